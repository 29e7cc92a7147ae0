/* Characters that are read as others: fullwidth figures, squared units, circled numbers.
 *
 * This is settled where the text is decoded, beside NFC, and not in the readers: there a run of the
 * map says which bytes of the source a character came from, whatever became of it; the marks of
 * lists ("① Nội dung") are looked for afterwards; and no reader has to know that a figure can be
 * written in another way. Unicode's own compatibility forms (NFKC) of everything would be too much:
 * they take "x²" for "x2", "½" for "1⁄2" and "™" for "TM", which the readers tell apart. So a table
 * says whose forms are taken. */
#ifndef WSP_INPUT_COMPATIBLE_H
#define WSP_INPUT_COMPATIBLE_H

#include "base/buf.h"

#include <stdint.h>

/* Append what `code` is read as to `text`: "m2" for "㎡", "(1)" for "①". A blank at its end parts
 * it from what follows, if anything does. Returns false, and appends nothing, when it is read as
 * itself. */
bool wsp_compatible_add(struct wsp_buf *text, uint32_t code);

#endif
