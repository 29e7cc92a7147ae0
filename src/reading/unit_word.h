/* Units in tokens of their own: behind the number they count ("5 tỷ đ", "30 kg"), in the head of a
 * column ("Giá (đ/kg)"), and alone where nothing else can be meant ("đơn vị km"). */
#ifndef WSP_READING_UNIT_WORD_H
#define WSP_READING_UNIT_WORD_H

#include "reading/reader.h"

/* Append what token `at` says, when it is such a unit; else `words` is left empty. */
bool wsp_unit_word_say(const struct wsp_reading *reading, size_t at, struct wsp_buf *words);

/* What `unit`, of token `at`, means where it stands: an age, metres in a heading. NULL: what it
 * always means. */
const char *wsp_unit_by_context(const struct wsp_reading *reading, size_t at, struct wsp_str unit);

#endif
