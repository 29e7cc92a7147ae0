/* --check: the review before a message goes on air, for a person. */
#ifndef WSP_APP_CHECK_H
#define WSP_APP_CHECK_H

#include "studio/session.h"

/* List each reading that is a guess, in the order of the text, with its place and the lexicon line
 * that would settle it; then what was left out, and the account of all characters. Returns WSP_OK,
 * WSP_NOMEM, WSP_IO, or WSP_INTERNAL when a letter was lost. */
enum wsp_status wsp_print_check(struct wsp_session *session, struct wsp_error *err);

#endif
