#include "reading/script_digit.h"

#include <string.h>

static const char raised[][4] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
static const char lowered[][4] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};

static size_t begins(struct wsp_str text, size_t at, const char *with)
{
    size_t len = strlen(with);
    return at + len <= text.len && memcmp(text.ptr + at, with, len) == 0 ? len : 0;
}

static size_t digits_at(struct wsp_str text, size_t at, const char (*forms)[4], char *digits,
                        size_t size, size_t *n)
{
    size_t begin = at;
    for (*n = 0; at < text.len;) {
        size_t value = 0, len = 0;
        while (value < 10 && (len = begins(text, at, forms[value])) == 0)
            value++;
        if (len == 0)
            break;
        if (*n + 1 >= size)
            return 0;
        digits[(*n)++] = (char)('0' + value);
        at += len;
    }
    digits[*n] = '\0';
    return at - begin;
}

size_t wsp_raised_digits_at(struct wsp_str text, size_t at, char *digits, size_t size, size_t *n)
{
    return digits_at(text, at, raised, digits, size, n);
}

size_t wsp_lowered_digits_at(struct wsp_str text, size_t at, char *digits, size_t size, size_t *n)
{
    return digits_at(text, at, lowered, digits, size, n);
}

size_t wsp_raised_minus_at(struct wsp_str text, size_t at)
{
    return begins(text, at, "⁻");
}
