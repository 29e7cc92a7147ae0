/* UTF-8: decoding, validation, and the Unicode facts that utf8proc knows. */
#ifndef WSP_BASE_UTF8_H
#define WSP_BASE_UTF8_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decode one code point from `text` of `len` bytes (len > 0) into *code. Returns the number of
 * bytes, 1 to 4, or 0 when the bytes there are not valid UTF-8 (overlong forms, surrogates and
 * code points beyond U+10FFFF are not). */
size_t wsp_utf8_decode(const char *text, size_t len, uint32_t *code);

/* Append `code` to `buf`. */
enum wsp_status wsp_utf8_append(struct wsp_buf *buf, uint32_t code);

/* Offset of the first byte that is not valid UTF-8, or `len`. */
size_t wsp_utf8_valid_prefix(const char *text, size_t len);

/* Number of code points in valid UTF-8. */
size_t wsp_utf8_count(struct wsp_str text);

uint32_t wsp_utf8_lower(uint32_t code);
uint32_t wsp_utf8_upper(uint32_t code);
bool wsp_utf8_is_letter(uint32_t code); /* general category L* or M* */
bool wsp_utf8_is_upper(uint32_t code);  /* has a different lower-case form, or is Lu */
bool wsp_utf8_is_lower(uint32_t code);
bool wsp_utf8_is_digit(uint32_t code);  /* 0-9 only: what Vietnamese offices write */
unsigned wsp_utf8_width(uint32_t code); /* columns on a terminal: 0, 1 or 2 */
bool wsp_utf8_is_mark(uint32_t code);   /* combining mark, category M* */
bool wsp_utf8_is_space(uint32_t code);  /* category Z*, tab and line ends */
/* A control, format, unassigned or private-use character: nothing to be said. */
bool wsp_utf8_is_unspeakable(uint32_t code);

/* Append the lower-case form of valid UTF-8. */
enum wsp_status wsp_utf8_add_lower(struct wsp_buf *out, struct wsp_str text);

/* Append the NFC form of valid UTF-8 (Unicode Standard Annex 15). */
enum wsp_status wsp_utf8_add_nfc(struct wsp_buf *out, struct wsp_str text);

/* Append the compatibility form of one character (the K of NFKC): "m2" for "㎡". Returns false, and
 * appends nothing, when it has none. */
bool wsp_utf8_add_compatible(struct wsp_buf *out, uint32_t code);

/* Append valid UTF-8 as ASCII, for fields that hold nothing else: letters without their marks
 * ("Thông báo": Thong bao, "đ": d), dashes and quotation marks as ASCII has them, "?" for the rest.
 */
enum wsp_status wsp_utf8_add_ascii(struct wsp_buf *out, struct wsp_str text);

#endif
