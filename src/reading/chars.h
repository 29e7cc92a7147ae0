/* What a character is to a reader: a letter, a stop, a bracket, a bullet ... Segmentation and
 * tokens both stand on this one table. */
#ifndef WSP_READING_CHARS_H
#define WSP_READING_CHARS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum wsp_char_class {
    WSP_CHAR_SILENT, /* nothing to say: emoji, bullets, "*", "|", controls */
    WSP_CHAR_BLANK,
    WSP_CHAR_LETTER,
    WSP_CHAR_DIGIT, /* also ², ½, Ⅳ, ① */
    WSP_CHAR_MARK,  /* a combining mark: part of the character before it */
    WSP_CHAR_SIGN,  /* has a name that is said: & % + = $ ° / */
    WSP_CHAR_OPEN,
    WSP_CHAR_CLOSE,
    WSP_CHAR_QUOTE, /* opens or closes, by its place: " ' */
    WSP_CHAR_STOP,  /* may end a sentence: . ! ? … */
    WSP_CHAR_COMMA, /* , ; : */
    WSP_CHAR_DASH,  /* - – — */
};

struct wsp_char {
    uint32_t code;
    uint32_t len; /* bytes */
    enum wsp_char_class class;
};

extern const uint8_t wsp_ascii_classes[128];

/* The character at byte `at` (< end) of `text`. Bytes that are not UTF-8 come one at a time as
 * WSP_CHAR_SILENT. */
struct wsp_char wsp_char_decode(const char *text, size_t at, size_t end);

/* The same. Here, because a message is read character by character, and nearly all characters
 * are ASCII or a letter of Vietnamese: two bytes from À to ɏ, three from Ạ to ỹ. */
static inline struct wsp_char wsp_char_at(const char *text, size_t at, size_t end)
{
    const unsigned char *p = (const unsigned char *)text + at;
    if (p[0] < 0x80)
        return (struct wsp_char){p[0], 1, (enum wsp_char_class)wsp_ascii_classes[p[0]]};
    if (p[0] == 0xE1 && end - at > 2 && (p[1] & 0xFC) == 0xB8 && (p[2] & 0xC0) == 0x80)
        return (struct wsp_char){0x1000U | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU), 3,
                                 WSP_CHAR_LETTER};
    if (p[0] >= 0xC4 && p[0] <= 0xC8 && end - at > 1 && (p[1] & 0xC0) == 0x80)
        return (struct wsp_char){(p[0] & 0x1FU) << 6 | (p[1] & 0x3FU), 2, WSP_CHAR_LETTER};
    return wsp_char_decode(text, at, end);
}

/* The character that ends at byte `at` (> begin). */
struct wsp_char wsp_char_before(const char *text, size_t begin, size_t at);

/* A capital letter, a small letter? */
bool wsp_char_is_upper(struct wsp_char c);
bool wsp_char_is_lower(struct wsp_char c);

/* Does `word` begin with a capital letter? */
bool wsp_begins_upper(struct wsp_str word);

/* A digit 0-9? */
bool wsp_char_is_number(struct wsp_char c);

/* Code points that are alike, `last` included. */
struct wsp_char_range {
    uint32_t first, last;
    uint8_t value; /* what they are: a class, a language */
};

/* The one of `n` ranges, which rise, that holds `code`. NULL: none. */
const struct wsp_char_range *wsp_char_range_of(const struct wsp_char_range *ranges, size_t n,
                                               uint32_t code);

#endif
