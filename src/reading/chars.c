#include "reading/chars.h"

#include "base/utf8.h"

/* One letter a class, so that the ASCII table can be read like a keyboard. */
enum {
    S = WSP_CHAR_SILENT,
    B = WSP_CHAR_BLANK,
    L = WSP_CHAR_LETTER,
    D = WSP_CHAR_DIGIT,
    M = WSP_CHAR_MARK,
    G = WSP_CHAR_SIGN,
    O = WSP_CHAR_OPEN,
    C = WSP_CHAR_CLOSE,
    Q = WSP_CHAR_QUOTE,
    T = WSP_CHAR_STOP,
    P = WSP_CHAR_COMMA,
    H = WSP_CHAR_DASH,
};

/* clang-format off */
const uint8_t wsp_ascii_classes[128] = {
    S, S, S, S, S, S, S, S, S, B, B, B, B, B, S, S,
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
 /*    !  "  #  $  %  &  '  (  )  *  +  ,  -  .  / */
    B, T, Q, G, G, G, G, Q, O, C, S, G, P, H, T, G,
 /* 0  1  2  3  4  5  6  7  8  9  :  ;  <  =  >  ? */
    D, D, D, D, D, D, D, D, D, D, P, P, G, G, G, T,
    G, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
 /* P  Q  R  S  T  U  V  W  X  Y  Z  [  \  ]  ^  _ */
    L, L, L, L, L, L, L, L, L, L, L, O, S, C, S, S,
    S, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
 /* p  q  r  s  t  u  v  w  x  y  z  {  |  }  ~    */
    L, L, L, L, L, L, L, L, L, L, L, O, S, C, G, S,
};

/* The rest, where the Unicode category does not say what a reader needs to know. */
static const struct wsp_char_range classes[] = {
    {0x80, 0x9F, S},     {0xA0, 0xA0, B},     {0xA2, 0xA5, G},     {0xA7, 0xA7, G},
    {0xAB, 0xAB, O},     {0xAC, 0xAC, G},     {0xAD, 0xAD, S},     {0xB0, 0xB1, G},
    {0xB2, 0xB3, D},     {0xB9, 0xB9, D},     {0xBB, 0xBB, C},     {0xBC, 0xBE, D},
    {0xD7, 0xD7, G},     {0xF7, 0xF7, G},     {0x0E3F, 0x0E3F, G}, {0x1680, 0x1680, B}, {0x2000, 0x200A, B},
    {0x200B, 0x200F, S}, {0x2010, 0x2015, H}, {0x2018, 0x2018, O}, {0x2019, 0x2019, Q},
    {0x201A, 0x201A, O}, {0x201B, 0x201C, O}, {0x201D, 0x201D, C}, {0x201E, 0x201F, O},
    {0x2026, 0x2026, T}, {0x2028, 0x2029, B}, {0x202A, 0x202E, S}, {0x202F, 0x202F, B},
    {0x2030, 0x2031, G}, {0x2032, 0x2037, G}, {0x2039, 0x2039, O}, {0x203A, 0x203A, C},
    {0x203C, 0x203D, T}, {0x2047, 0x2049, T}, {0x205F, 0x205F, B}, {0x2060, 0x206F, S},
    {0x2070, 0x2079, D}, {0x207A, 0x207C, G}, {0x2080, 0x2089, D}, {0x208A, 0x208C, G},
    {0x20A0, 0x20CF, G}, {0x20E3, 0x20E3, S}, {0x2103, 0x2103, G}, {0x2109, 0x2109, G},
    {0x2116, 0x2116, G}, {0x2150, 0x218B, D}, {0x2191, 0x2191, G}, {0x2192, 0x2192, H}, {0x2193, 0x2193, G}, {0x2200, 0x2211, G}, {0x2212, 0x2212, H},
    {0x2213, 0x22FF, G}, {0x2460, 0x24FF, D}, {0x2776, 0x2793, D}, {0x3000, 0x3000, B},
    {0x3001, 0x3001, P}, {0x3002, 0x3002, T}, {0x3008, 0x3008, O}, {0x3009, 0x3009, C},
    {0x300A, 0x300A, O}, {0x300B, 0x300B, C}, {0x300C, 0x300C, O}, {0x300D, 0x300D, C},
    {0x3371, 0x33DF, G}, {0xFE00, 0xFE0F, S}, {0xFEFF, 0xFEFF, S}, {0xFF01, 0xFF01, T},
    {0xFF05, 0xFF06, G}, {0xFF08, 0xFF08, O}, {0xFF09, 0xFF09, C}, {0xFF0B, 0xFF0B, G},
    {0xFF0C, 0xFF0C, P}, {0xFF0D, 0xFF0D, H}, {0xFF0E, 0xFF0E, T}, {0xFF0F, 0xFF0F, G},
    {0xFF10, 0xFF19, D}, {0xFF1A, 0xFF1B, P}, {0xFF1C, 0xFF1E, G}, {0xFF1F, 0xFF1F, T},
    {0xE0000, 0xE01EF, S},
};
/* clang-format on */

const struct wsp_char_range *wsp_char_range_of(const struct wsp_char_range *ranges, size_t n,
                                               uint32_t code)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code < ranges[middle].first)
            high = middle;
        else if (code > ranges[middle].last)
            low = middle + 1;
        else
            return &ranges[middle];
    }
    return NULL;
}

static enum wsp_char_class class_of(uint32_t code)
{
    const struct wsp_char_range *range = wsp_char_range_of(classes, WSP_LEN(classes), code);
    if (range)
        return (enum wsp_char_class)range->value;
    if (wsp_utf8_is_mark(code))
        return WSP_CHAR_MARK;
    return wsp_utf8_is_letter(code) ? WSP_CHAR_LETTER : WSP_CHAR_SILENT;
}

struct wsp_char wsp_char_decode(const char *text, size_t at, size_t end)
{
    struct wsp_char c;
    size_t n = wsp_utf8_decode(text + at, end - at, &c.code);
    if (n == 0)
        return (struct wsp_char){0xFFFD, 1, WSP_CHAR_SILENT};
    c.len = (uint32_t)n;
    bool latin = c.code >= 0xC0 && c.code < 0x100 && c.code != 0xD7 && c.code != 0xF7;
    c.class = latin ? WSP_CHAR_LETTER : class_of(c.code);
    return c;
}

struct wsp_char wsp_char_before(const char *text, size_t begin, size_t at)
{
    size_t from = at - 1;
    while (from > begin && at - from < 4 && ((unsigned char)text[from] & 0xC0) == 0x80)
        from--;
    struct wsp_char c = wsp_char_at(text, from, at);
    return c.len == at - from ? c : wsp_char_at(text, at - 1, at);
}

/* In the blocks where Vietnamese letters stand in pairs, the capital first, the question needs
 * no table: Latin-1 (À à are 32 apart) and U+1EA0 to U+1EF9 (Ạ ạ are neighbours). */
bool wsp_char_is_upper(struct wsp_char c)
{
    if (c.code < 0x80)
        return c.code >= 'A' && c.code <= 'Z';
    if (c.class != WSP_CHAR_LETTER)
        return false;
    if (c.code >= 0x1EA0 && c.code < 0x1EFA)
        return c.code % 2 == 0;
    if (c.code >= 0xC0 && c.code < 0x100)
        return c.code < 0xDF;
    return wsp_utf8_is_upper(c.code);
}

bool wsp_char_is_lower(struct wsp_char c)
{
    if (c.code < 0x80)
        return c.code >= 'a' && c.code <= 'z';
    if (c.code >= 0x1EA0 && c.code < 0x1EFA)
        return c.code % 2 == 1;
    return c.class == WSP_CHAR_LETTER && wsp_utf8_is_lower(c.code);
}

bool wsp_begins_upper(struct wsp_str word)
{
    return word.len > 0 && wsp_char_is_upper(wsp_char_at(word.ptr, 0, word.len));
}

bool wsp_char_is_number(struct wsp_char c)
{
    return wsp_utf8_is_digit(c.code);
}
