/* Residue: what a web page leaves around a message when it is copied. */
#ifndef WSP_INPUT_RESIDUE_H
#define WSP_INPUT_RESIDUE_H

#include "input/decode.h"

/* Set `rule` of the lines of `clean` that are residue, by an ordered table of named rules.
 * Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_residue_mark(struct wsp_clean *clean);

#endif
