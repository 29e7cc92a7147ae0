/* Signs that have a name: "&", "%", "½". */
#ifndef WSP_READING_SIGN_H
#define WSP_READING_SIGN_H

#include "base/buf.h"

/* The name of the one sign that `text` is; empty: it has none. */
struct wsp_str wsp_sign_name(struct wsp_str text);

/* Is it "½" or another fraction that is one character? */
bool wsp_sign_is_fraction(struct wsp_str text);

/* The name of the sign that stands before more of `text`, as in "≥18" or "~42"; its bytes are *len.
 * Empty, and 0: there is none. */
struct wsp_str wsp_sign_before(struct wsp_str text, size_t *len);

/* Is it one of those that are two characters: ">=", "<=", "!="? */
bool wsp_sign_is_comparison(struct wsp_str text);

/* Is it a Greek letter that science uses: "β"? */
bool wsp_sign_is_letter(struct wsp_str text);

#endif
