/* Raised and lowered digits: "10⁸", "CO₂". */
#ifndef WSP_READING_SCRIPT_DIGIT_H
#define WSP_READING_SCRIPT_DIGIT_H

#include "base/buf.h"

#include <stddef.h>

/* The raised digits at byte `at` of `text` as plain ones, terminated, in `digits`, *n of them.
 * Returns their bytes; 0: there are none, or more than fit. */
size_t wsp_raised_digits_at(struct wsp_str text, size_t at, char *digits, size_t size, size_t *n);

/* The same for lowered ones. */
size_t wsp_lowered_digits_at(struct wsp_str text, size_t at, char *digits, size_t size, size_t *n);

/* Bytes of a raised minus (⁻) at `at`; 0: none. */
size_t wsp_raised_minus_at(struct wsp_str text, size_t at);

#endif
