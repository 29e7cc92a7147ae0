#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

size_t wsp_utf8_decode(const char *text, size_t len, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80) { /* most bytes that are asked about */
        *code = p[0];
        return 1;
    }
    utf8proc_int32_t decoded;
    utf8proc_ssize_t n = utf8proc_iterate(p, (utf8proc_ssize_t)len, &decoded);
    if (n <= 0)
        return 0;
    *code = (uint32_t)decoded;
    return (size_t)n;
}

enum wsp_status wsp_utf8_append(struct wsp_buf *buf, uint32_t code)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
    return wsp_buf_add(buf, (const char *)bytes, (size_t)n);
}

size_t wsp_utf8_valid_prefix(const char *text, size_t len)
{
    size_t at = 0;
    uint32_t code;
    while (at < len) {
        size_t n = wsp_utf8_decode(text + at, len - at, &code);
        if (n == 0)
            break;
        at += n;
    }
    return at;
}

size_t wsp_utf8_count(struct wsp_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

uint32_t wsp_utf8_lower(uint32_t code)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

uint32_t wsp_utf8_upper(uint32_t code)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code);
}

static utf8proc_category_t category(uint32_t code)
{
    return utf8proc_category((utf8proc_int32_t)code);
}

bool wsp_utf8_is_letter(uint32_t code)
{
    if (code < 0x80)
        return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
    utf8proc_category_t c = category(code);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool wsp_utf8_is_upper(uint32_t code)
{
    return category(code) == UTF8PROC_CATEGORY_LU;
}

bool wsp_utf8_is_lower(uint32_t code)
{
    return category(code) == UTF8PROC_CATEGORY_LL;
}

bool wsp_utf8_is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

unsigned wsp_utf8_width(uint32_t code)
{
    int width = utf8proc_charwidth((utf8proc_int32_t)code);
    return width > 0 ? (unsigned)width : 0;
}

bool wsp_utf8_is_mark(uint32_t code)
{
    utf8proc_category_t c = category(code);
    return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

bool wsp_utf8_is_space(uint32_t code)
{
    if (code < 0x80)
        return code == ' ' || (code >= '\t' && code <= '\r');
    utf8proc_category_t c = category(code);
    return c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP;
}

bool wsp_utf8_is_unspeakable(uint32_t code)
{
    utf8proc_category_t c = category(code);
    return c == UTF8PROC_CATEGORY_CN || c >= UTF8PROC_CATEGORY_CC;
}

enum wsp_status wsp_utf8_add_lower(struct wsp_buf *out, struct wsp_str text)
{
    uint32_t code;
    for (size_t at = 0; at < text.len;) {
        size_t n = wsp_utf8_decode(text.ptr + at, text.len - at, &code);
        if (n == 0)
            return WSP_DATA;
        wsp_utf8_append(out, wsp_utf8_lower(code));
        at += n;
    }
    return out->status;
}

enum wsp_status wsp_utf8_add_nfc(struct wsp_buf *out, struct wsp_str text)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &folded,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0)
        return n == UTF8PROC_ERROR_NOMEM ? WSP_NOMEM : WSP_DATA;
    enum wsp_status st = wsp_buf_add(out, (const char *)folded, (size_t)n);
    free(folded);
    return st;
}

bool wsp_utf8_add_compatible(struct wsp_buf *out, uint32_t code)
{
    utf8proc_int32_t parts[8];
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, parts, WSP_LEN(parts),
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
    if (n <= 0 || n > (utf8proc_ssize_t)WSP_LEN(parts) || (uint32_t)parts[0] == code)
        return false;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        wsp_utf8_append(out, (uint32_t)parts[i]);
    return true;
}

/* What no decomposition tells. */
static const char *plain_form(uint32_t code)
{
    static const struct {
        uint32_t code;
        const char *plain;
    } forms[] = {{0x110, "D"},  {0x111, "d"},   {0xC6, "AE"},   {0xE6, "ae"},    {0xD8, "O"},
                 {0xF8, "o"},   {0xDF, "ss"},   {0x141, "L"},   {0x142, "l"},    {0x2010, "-"},
                 {0x2011, "-"}, {0x2013, "-"},  {0x2014, "-"},  {0x2212, "-"},   {0x2018, "'"},
                 {0x2019, "'"}, {0x201C, "\""}, {0x201D, "\""}, {0x2026, "..."}, {0xA0, " "}};
    for (size_t i = 0; i < WSP_LEN(forms); i++)
        if (forms[i].code == code)
            return forms[i].plain;
    return NULL;
}

enum wsp_status wsp_utf8_add_ascii(struct wsp_buf *out, struct wsp_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t code = 0;
        size_t len = wsp_utf8_decode(text.ptr + at, text.len - at, &code);
        at += len ? len : 1;
        const char *plain = plain_form(code);
        utf8proc_int32_t parts[8];
        utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, parts, WSP_LEN(parts),
                                                     UTF8PROC_DECOMPOSE, NULL);
        if (plain)
            wsp_buf_puts(out, plain);
        else if (len > 0 && n > 0 && parts[0] < 0x80)
            wsp_buf_putc(out, (char)parts[0]);
        else if (len == 0 || !wsp_utf8_is_mark(code))
            wsp_buf_putc(out, '?');
    }
    return out->status;
}
