#include "input/compatible.h"

#include "base/utf8.h"

/* One by one; `code` rises. */
static const struct {
    uint32_t code;
    const char *plain;
} singles[] = {
    {0x00D0, "Đ"}, /* Ð, the Icelandic letter, stands for Đ in many fonts and keyboards */
    {0x00F0, "đ"},     {0x0189, "Đ"}, /* Ɖ, the African one */
    {0x0256, "đ"},     {0x02DA, "°"}, /* ˚, a ring that is written for a degree */
    {0x2044, "/"},                    /* ⁄ */
    {0x2113, "l"},                    /* ℓ */
    {0x2116, "số "},                  /* № */
    {0x2215, "/"},                    /* ∕ */
    {0x2236, ":"},                    /* ∶ */
    {0x33A7, "m/s"},                  /* ㎧: the slash of Unicode's forms is ∕ */
    {0x33A8, "m/s2"},                 /* ㎨ */
    {0x33AE, "rad/s"},                /* ㎮ */
    {0x33DE, "V/m"},                  /* ㏞ */
    {0x33DF, "A/m"},                  /* ㏟ */
    {0xF076, "•"},                    /* list marks of the fonts Symbol and Wingdings */
    {0xF0A7, "•"},     {0xF0B7, "•"}, {0xF0D8, "•"}, {0xF0FC, "•"},
};

enum way {
    UNICODE, /* Unicode's compatibility form */
    LETTER,  /* the same in brackets: a circled letter is the mark of an item */
    NUMBER,  /* a number in brackets; the first one's is `value` */
    FIGURE,  /* a figure of another script; the first one is 0 */
};

/* And whole ranges; `first` rises. */
static const struct {
    uint32_t first, last;
    enum way way;
    unsigned value;
} ranges[] = {
    {0x03D0, 0x03D6, UNICODE, 0},   /* ϑ ϕ */
    {0x03F0, 0x03F6, UNICODE, 0},   /* ϵ */
    {0x0660, 0x0669, FIGURE, 0},    /* Arabic */
    {0x06F0, 0x06F9, FIGURE, 0},    /* Persian */
    {0x0966, 0x096F, FIGURE, 0},    /* Devanagari */
    {0x09E6, 0x09EF, FIGURE, 0},    /* Bengali */
    {0x0E50, 0x0E59, FIGURE, 0},    /* Thai */
    {0x0ED0, 0x0ED9, FIGURE, 0},    /* Lao */
    {0x1040, 0x1049, FIGURE, 0},    /* Burmese */
    {0x17E0, 0x17E9, FIGURE, 0},    /* Khmer */
    {0x2160, 0x217F, UNICODE, 0},   /* Ⅳ */
    {0x2460, 0x2473, NUMBER, 1},    /* ① */
    {0x2474, 0x24B5, UNICODE, 0},   /* ⑴ ⒈ ⒜ */
    {0x24B6, 0x24E9, LETTER, 0},    /* Ⓐ */
    {0x24EA, 0x24EA, NUMBER, 0},    /* ⓪ */
    {0x24EB, 0x24F4, NUMBER, 11},   /* ⓫ */
    {0x24F5, 0x24FE, NUMBER, 1},    /* ⓵ */
    {0x2776, 0x277F, NUMBER, 1},    /* ❶ */
    {0x2780, 0x2789, NUMBER, 1},    /* ➀ */
    {0x278A, 0x2793, NUMBER, 1},    /* ➊ */
    {0x3251, 0x325F, NUMBER, 21},   /* ㉑ */
    {0x32B1, 0x32BF, NUMBER, 36},   /* ㊱ */
    {0x3371, 0x337A, UNICODE, 0},   /* ㍱ */
    {0x3380, 0x33DF, UNICODE, 0},   /* ㎡ ㎏ ㎖ */
    {0xFB00, 0xFB06, UNICODE, 0},   /* ﬁ */
    {0xFF01, 0xFF5E, UNICODE, 0},   /* １ Ａ （ ： */
    {0xFFE0, 0xFFE1, UNICODE, 0},   /* ￠ ￡ */
    {0xFFE5, 0xFFE6, UNICODE, 0},   /* ￥ ￦ */
    {0x1D400, 0x1D7FF, UNICODE, 0}, /* 𝗕, which people take for bold letters */
    {0x1F110, 0x1F129, UNICODE, 0}, /* 🄐 */
    {0x1F130, 0x1F149, LETTER, 0},  /* 🄰 */
};

static const char *single(uint32_t code)
{
    for (size_t i = 0; i < WSP_LEN(singles) && singles[i].code <= code; i++)
        if (singles[i].code == code)
            return singles[i].plain;
    return NULL;
}

/* The number of the range that holds `code`; WSP_LEN(ranges): none. */
static size_t find_range(uint32_t code)
{
    for (size_t i = 0; i < WSP_LEN(ranges) && ranges[i].first <= code; i++)
        if (code <= ranges[i].last)
            return i;
    return WSP_LEN(ranges);
}

bool wsp_compatible_add(struct wsp_buf *text, uint32_t code)
{
    const char *plain = single(code);
    if (plain) {
        wsp_buf_puts(text, plain);
        return true;
    }
    size_t i = find_range(code);
    if (i == WSP_LEN(ranges))
        return false;
    unsigned value = ranges[i].value + (unsigned)(code - ranges[i].first);
    switch (ranges[i].way) {
    case UNICODE:
        return wsp_utf8_add_compatible(text, code);
    case LETTER:
        wsp_buf_putc(text, '(');
        wsp_utf8_add_compatible(text, code);
        wsp_buf_putc(text, ')');
        break;
    case NUMBER:
        wsp_buf_printf(text, "(%u)", value);
        break;
    case FIGURE:
        wsp_buf_putc(text, (char)('0' + value));
        break;
    }
    return true;
}
