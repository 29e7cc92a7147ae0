#include "reading/figure.h"

#include "reading/chars.h"
#include "reading/vi_number.h"

#include <string.h>

size_t wsp_digits_at(struct wsp_str text, size_t at)
{
    size_t n = 0;
    while (at + n < text.len && text.ptr[at + n] >= '0' && text.ptr[at + n] <= '9')
        n++;
    return n;
}

bool wsp_ends_in_digit(struct wsp_str text)
{
    return text.len > 0 && wsp_char_before(text.ptr, 0, text.len).class == WSP_CHAR_DIGIT;
}

bool wsp_has_digit(struct wsp_str text)
{
    for (size_t at = 0; at < text.len; at++)
        if (wsp_digits_at(text, at) > 0)
            return true;
    return false;
}

unsigned wsp_digits_value(struct wsp_str digits)
{
    unsigned value = 0;
    for (size_t i = 0; i < digits.len && i < 9; i++)
        value = value * 10 + (unsigned)(digits.ptr[i] - '0');
    return value;
}

static bool begins(struct wsp_str text, size_t at, const char *sign)
{
    size_t len = strlen(sign);
    return at <= text.len && text.len - at >= len && memcmp(text.ptr + at, sign, len) == 0;
}

size_t wsp_dash_at(struct wsp_str text, size_t at)
{
    static const char *const dashes[] = {"->", "-", "–", "−", "‐", "‑", "÷", "→"};
    if (at >= text.len ||
        (text.ptr[at] != '-' && text.ptr[at] != '~' && (unsigned char)text.ptr[at] < 0x80))
        return 0;
    for (size_t i = 0; i < WSP_LEN(dashes); i++)
        if (begins(text, at, dashes[i]))
            return strlen(dashes[i]);
    size_t next = at + 1 + (at + 1 < text.len && text.ptr[at + 1] == '-');
    bool between = at > 0 && begins(text, at, "~") && wsp_digits_at(text, next) > 0;
    return between; /* "150~160cm", "-3~-1°C" */
}

/* How many groups of exactly three digits follow, each led by `separator`. */
static size_t groups_at(struct wsp_str text, size_t at, char separator)
{
    size_t n = 0;
    while (at < text.len && text.ptr[at] == separator && wsp_digits_at(text, at + 1) == 3) {
        at += 4;
        n++;
    }
    return n;
}

static bool add_digits(struct wsp_figure *figure, struct wsp_str text, size_t at, size_t n)
{
    if (figure->n_digits + n >= sizeof figure->digits)
        return false;
    memcpy(figure->digits + figure->n_digits, text.ptr + at, n);
    figure->n_digits += n;
    figure->digits[figure->n_digits] = '\0';
    return true;
}

static size_t read_sign(struct wsp_str text, size_t at, struct wsp_figure *figure)
{
    size_t dash = wsp_dash_at(text, at);
    if (dash > 0)
        figure->sign = WSP_FIGURE_MINUS;
    else if (begins(text, at, "+"))
        figure->sign = WSP_FIGURE_PLUS;
    return dash > 0 ? dash : figure->sign == WSP_FIGURE_PLUS;
}

/* "1,299.50", as English writes it: a dot with decimals after groups that commas part. */
static bool is_english(struct wsp_str text, size_t at, size_t commas)
{
    size_t end = at + 4 * commas;
    return commas > 0 && end < text.len && text.ptr[end] == '.' && wsp_digits_at(text, end + 1) > 0;
}

/* "50,000đ", "12,500 VND": one comma and three digits are thousands before money alone. */
static bool is_money(struct wsp_str text, size_t at, size_t first)
{
    if (at > first && text.ptr[at - first - 1] == '$') /* "$5,000" */
        return true;
    static const char *const marks[] = {"đ", "Đ", "₫", "VN", "vn", "d/"};
    for (size_t i = 0; i < WSP_LEN(marks); i++)
        if (begins(text, at + 4, marks[i]))
            return true;
    return false;
}

/* Groups after the first digits; returns their bytes. */
static size_t read_groups(struct wsp_str text, size_t at, size_t first, struct wsp_figure *figure)
{
    size_t dots = groups_at(text, at, '.'), commas = groups_at(text, at, ',');
    bool english = is_english(text, at, commas);
    size_t groups = dots > 0                                                              ? dots
                    : commas > 1 || english || (commas == 1 && is_money(text, at, first)) ? commas
                                                                                          : 0;
    if (first == 1 && text.ptr[at - 1] == '0') /* "0.001" */
        return 0;
    if (first > 3 || groups == 0)
        return 0;
    figure->grouped = true;
    for (size_t i = 0; i < groups; i++)
        if (!add_digits(figure, text, at + 4 * i + 1, 3))
            return 0;
    return 4 * groups;
}

size_t wsp_figure_read(struct wsp_str text, size_t at, struct wsp_figure *figure)
{
    *figure = (struct wsp_figure){.sign = WSP_FIGURE_PLAIN};
    size_t begin = at;
    at += read_sign(text, at, figure);
    size_t first = wsp_digits_at(text, at);
    if (first == 0 || !add_digits(figure, text, at, first))
        return 0;
    at += first;
    size_t groups = read_groups(text, at, first, figure);
    bool english = groups > 0 && text.ptr[at] == ',';
    at += groups;
    size_t decimals = at < text.len ? wsp_digits_at(text, at + 1) : 0;
    bool comma = decimals > 0 && text.ptr[at] == ',';
    bool zero = figure->n_digits == 1 && figure->digits[0] == '0';
    bool dot = decimals > 0 && text.ptr[at] == '.' &&
               (figure->grouped ? english : decimals != 3 || zero || first > 3);
    if (comma || dot) {
        figure->decimals = (struct wsp_str){text.ptr + at + 1, decimals};
        at += 1 + decimals;
    }
    return at - begin;
}

bool wsp_figure_is(struct wsp_str text, struct wsp_figure *figure)
{
    size_t n = wsp_figure_read(text, 0, figure);
    return n > 0 && n == text.len;
}

bool wsp_begins_figure(struct wsp_str text)
{
    struct wsp_figure figure;
    return wsp_figure_read(text, 0, &figure) > 0;
}

void wsp_figure_say(struct wsp_buf *out, const struct wsp_figure *figure)
{
    if (figure->sign == WSP_FIGURE_MINUS)
        wsp_vi_add(out, "âm");
    else if (figure->sign == WSP_FIGURE_PLUS)
        wsp_vi_add(out, "cộng");
    bool padded = figure->decimals.len > 0 && figure->n_digits == 2 && figure->digits[0] == '0';
    wsp_vi_cardinal(out, (struct wsp_str){figure->digits + padded, figure->n_digits - padded});
    if (figure->decimals.len == 0)
        return;
    wsp_vi_add(out, "phẩy");
    if (figure->decimals.len == 2 && figure->decimals.ptr[0] != '0')
        wsp_vi_cardinal(out, figure->decimals);
    else
        wsp_vi_digits(out, figure->decimals);
}
