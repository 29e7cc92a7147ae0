#include "reading/vi_number.h"

#include <stdbool.h>

static const char *const names[] = {"không", "một", "hai", "ba",  "bốn",
                                    "năm",   "sáu", "bảy", "tám", "chín"};

static int value(struct wsp_str digits, size_t at)
{
    return digits.ptr[at] - '0';
}

void wsp_vi_add(struct wsp_buf *out, const char *words)
{
    if (out->len > 0)
        wsp_buf_putc(out, ' ');
    wsp_buf_puts(out, words);
}

void wsp_vi_digits(struct wsp_buf *out, struct wsp_str digits)
{
    for (size_t i = 0; i < digits.len; i++)
        if (digits.ptr[i] >= '0' && digits.ptr[i] <= '9')
            wsp_vi_add(out, names[value(digits, i)]);
}

static void add_unit_after_tens(struct wsp_buf *out, int tens, int unit)
{
    if (unit == 1 && tens > 1)
        wsp_vi_add(out, "mốt");
    else if (unit == 4 && tens > 1)
        wsp_vi_add(out, "tư");
    else if (unit == 5)
        wsp_vi_add(out, "lăm");
    else if (unit > 0)
        wsp_vi_add(out, names[unit]);
}

/* Up to three digits. `full`: something stands before, so empty hundreds are said too. */
static void add_group(struct wsp_buf *out, int number, bool full)
{
    int hundreds = number / 100, tens = number / 10 % 10, unit = number % 10;
    bool led = full || hundreds > 0;
    if (led) {
        wsp_vi_add(out, names[hundreds]);
        wsp_vi_add(out, "trăm");
    }
    if (tens == 0) {
        if (unit > 0 && led)
            wsp_vi_add(out, "linh");
        if (unit > 0)
            wsp_vi_add(out, names[unit]);
        return;
    }
    if (tens > 1)
        wsp_vi_add(out, names[tens]);
    wsp_vi_add(out, tens == 1 ? "mười" : "mươi");
    add_unit_after_tens(out, tens, unit);
}

static int group_at(struct wsp_str digits, size_t end)
{
    int number = 0;
    for (size_t i = end > 3 ? end - 3 : 0; i < end; i++)
        number = number * 10 + value(digits, i);
    return number;
}

/* Digits without a leading zero. What stands above the ninth digit is a number of "tỷ" again, so
 * that 10^18 is "một tỷ tỷ". Returns whether anything was said. */
static bool add_number(struct wsp_buf *out, struct wsp_str digits, bool full)
{
    enum { BILLION_DIGITS = 9 };
    static const char *const scales[] = {NULL, "nghìn", "triệu"};
    bool said = false;
    if (digits.len > BILLION_DIGITS) {
        struct wsp_str above = {digits.ptr, digits.len - BILLION_DIGITS};
        said = add_number(out, above, full);
        if (said)
            wsp_vi_add(out, "tỷ");
        digits.ptr += above.len;
        digits.len = BILLION_DIGITS;
    }
    for (size_t scale = (digits.len + 2) / 3; scale-- > 0;) {
        int group = group_at(digits, digits.len - 3 * scale);
        if (group == 0)
            continue;
        add_group(out, group, full || said);
        if (scales[scale])
            wsp_vi_add(out, scales[scale]);
        said = true;
    }
    return said;
}

void wsp_vi_cardinal(struct wsp_buf *out, struct wsp_str digits)
{
    bool leading_zero = digits.len > 1 && digits.ptr[0] == '0';
    if (digits.len > WSP_CARDINAL_DIGITS || leading_zero || digits.len == 1)
        wsp_vi_digits(out, digits);
    else
        add_number(out, digits, false);
}

void wsp_vi_ordinal(struct wsp_buf *out, struct wsp_str digits)
{
    while (digits.len > 1 && digits.ptr[0] == '0') {
        digits.ptr++;
        digits.len--;
    }
    if (wsp_str_is(digits, "4"))
        wsp_vi_add(out, "tư");
    else
        wsp_vi_cardinal(out, digits);
}
