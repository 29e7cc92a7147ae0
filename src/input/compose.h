/* Letters that are written as a base and marks become the letters that Vietnamese has. */
#ifndef WSP_INPUT_COMPOSE_H
#define WSP_INPUT_COMPOSE_H

#include "base/buf.h"

/* More marks than this on one base are no letter (Unicode Standard Annex 15 draws the line at
 * the same place, in its Stream-Safe Text Format). */
enum { WSP_MARKS_LIMIT = 30 };

/* Bring the last character of `text`, its bytes from `from` on, to NFC: one base and at most
 * WSP_MARKS_LIMIT marks, valid UTF-8. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_compose_last(struct wsp_buf *text, size_t from);

#endif
