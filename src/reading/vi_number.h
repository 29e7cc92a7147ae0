/* Numbers as Vietnamese says them: pure functions from digits to words. Northern usage: nghìn,
 * linh, tư after mươi. They append to `out`, a blank before every word but the first of the buffer;
 * a failure stays in out->status. */
#ifndef WSP_READING_VI_NUMBER_H
#define WSP_READING_VI_NUMBER_H

#include "base/buf.h"

/* One more word (or several, parted by blanks). */
void wsp_vi_add(struct wsp_buf *out, const char *words);

/* "0386" as "không ba tám sáu". `digits` holds 0-9; anything else is passed over. */
void wsp_vi_digits(struct wsp_buf *out, struct wsp_str digits);

/* "1005" as "một nghìn không trăm linh năm". `digits` is 0-9 only. Numbers of more than
 * WSP_CARDINAL_DIGITS digits are nothing that anybody can follow: they go digit by digit. A
 * leading zero is said ("05": không năm); where it only fills its place, reader_padded.c has taken
 * it away. */
#define WSP_CARDINAL_DIGITS 21
void wsp_vi_cardinal(struct wsp_buf *out, struct wsp_str digits);

/* A month or an ordinal: as a cardinal, but 4 is "tư". */
void wsp_vi_ordinal(struct wsp_buf *out, struct wsp_str digits);

#endif
