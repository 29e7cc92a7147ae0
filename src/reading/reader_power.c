/* Powers: "10^6", "10⁻³", "5.10^9/L", "3×10⁸", "6,02e23" as programs write it. A raised digit
 * behind another base than ten, two or a letter is a footnote's and no business of this reader. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/script_digit.h"
#include "reading/vi_number.h"

#include <string.h>

struct power {
    struct wsp_figure factor; /* n_digits 0: none */
    struct wsp_figure base;
    bool minus;
    char exponent[8]; /* digits, terminated */
    size_t n_digits;
    struct wsp_str rest; /* "/L" */
};

/* Read "^-3", "⁻³" at byte `at`. Returns its bytes, 0: there is no exponent. */
static size_t read_exponent(struct wsp_str text, size_t at, struct power *power)
{
    size_t begin = at;
    bool caret = at < text.len && text.ptr[at] == '^';
    at += caret;
    size_t minus = caret ? wsp_dash_at(text, at) : wsp_raised_minus_at(text, at);
    power->minus = minus > 0;
    at += minus;
    if (caret) {
        power->n_digits = wsp_digits_at(text, at);
        if (power->n_digits >= sizeof power->exponent)
            return 0;
        memcpy(power->exponent, text.ptr + at, power->n_digits);
        at += power->n_digits;
    } else {
        at += wsp_raised_digits_at(text, at, power->exponent, sizeof power->exponent,
                                   &power->n_digits);
    }
    return power->n_digits > 0 ? at - begin : 0;
}

/* The sign of a product before the base; its bytes. */
static size_t cross_at(struct wsp_str text, size_t at)
{
    static const char *const crosses[] = {"×", "x", "*", "·", "."};
    for (size_t i = 0; i < WSP_LEN(crosses); i++) {
        size_t len = strlen(crosses[i]);
        if (at + len <= text.len && memcmp(text.ptr + at, crosses[i], len) == 0)
            return len;
    }
    return 0;
}

/* "5.10^9": a factor and a product before the base, which is ten. */
static size_t read_factor(struct wsp_str text, struct power *power)
{
    for (size_t at = 1; at + 2 < text.len; at++) {
        size_t cross = cross_at(text, at);
        struct wsp_str factor = {text.ptr, at};
        bool ten = cross > 0 && wsp_digits_at(text, at + cross) == 2 &&
                   memcmp(text.ptr + at + cross, "10", 2) == 0;
        if (ten && read_exponent(text, at + cross + 2, power) > 0 &&
            wsp_figure_is(factor, &power->factor))
            return at + cross;
    }
    return 0;
}

/* "5.10^9/L" */
static bool read_power(struct wsp_str text, struct power *power)
{
    *power = (struct power){.minus = false};
    size_t at = read_factor(text, power);
    size_t base = wsp_figure_read(text, at, &power->base);
    if (base == 0)
        return false;
    at += base;
    size_t exponent = read_exponent(text, at, power);
    bool caret = exponent > 0 && text.ptr[at] == '^';
    unsigned value = wsp_digits_value((struct wsp_str){power->base.digits, power->base.n_digits});
    power->rest = (struct wsp_str){text.ptr + at + exponent, text.len - at - exponent};
    return exponent > 0 && (caret || value == 10 || value == 2);
}

/* "6.022e23": decimals before, or a sign behind, else it is a code. */
static bool read_scientific(struct wsp_str text, struct power *power)
{
    *power = (struct power){.minus = false};
    size_t at = wsp_figure_read(text, 0, &power->factor);
    if (at == 0 || at + 1 >= text.len || (text.ptr[at] | 0x20) != 'e')
        return false;
    if (power->factor.grouped) { /* "6.022" is no six thousand here */
        struct wsp_str dotted = {text.ptr, at};
        const char *dot = memchr(text.ptr, '.', at);
        if (!dot || dot - text.ptr > 2)
            return false;
        size_t whole = (size_t)(dot - text.ptr);
        (void)wsp_figure_is((struct wsp_str){dotted.ptr, whole}, &power->factor);
        power->factor.decimals = (struct wsp_str){dot + 1, at - whole - 1};
    }
    at++;
    size_t sign = wsp_dash_at(text, at);
    power->minus = sign > 0;
    bool signed_ = sign > 0 || text.ptr[at] == '+';
    at += sign > 0 ? sign : signed_;
    power->n_digits = wsp_digits_at(text, at);
    if ((power->factor.decimals.len == 0 && !signed_) || power->n_digits == 0 ||
        power->n_digits > 3 || at + power->n_digits != text.len)
        return false;
    memcpy(power->exponent, text.ptr + at, power->n_digits);
    (void)wsp_figure_is(WSP_STR("10"), &power->base);
    return true;
}

/* "/L", "m": what the power counts. */
static bool say_rest(struct wsp_buf *words, struct wsp_str rest)
{
    if (rest.len == 0)
        return true;
    bool slash = rest.ptr[0] == '/';
    if (slash)
        wsp_vi_add(words, "trên");
    return wsp_unit_say(words, (struct wsp_str){rest.ptr + slash, rest.len - slash}, false);
}

/* "mol^-1": a unit or a variable before. */
static bool say_letters(const struct wsp_reading *reading, struct wsp_str text,
                        struct wsp_buf *words)
{
    enum { LETTERS_MAX = 6 };
    size_t letters = 0;
    while (letters < text.len && (text.ptr[letters] | 0x20) >= 'a' &&
           (text.ptr[letters] | 0x20) <= 'z')
        letters++;
    struct power power;
    struct wsp_str name = {text.ptr, letters};
    if (letters == 0 || letters > LETTERS_MAX || text.ptr[letters] != '^' ||
        letters + read_exponent(text, letters, &power) != text.len)
        return false;
    if (!wsp_unit_say(words, name, true) &&
        !wsp_add_letter_names(reading, words, name, LETTERS_MAX))
        return false;
    wsp_vi_add(words, power.minus ? "mũ trừ" : "mũ");
    wsp_vi_cardinal(words, (struct wsp_str){power.exponent, power.n_digits});
    return true;
}

static bool say_number(struct wsp_str text, struct wsp_buf *words)
{
    struct power power;
    if (!read_power(text, &power) && !read_scientific(text, &power))
        return false;
    if (power.factor.n_digits > 0) {
        wsp_figure_say(words, &power.factor);
        wsp_vi_add(words, "nhân");
    }
    wsp_figure_say(words, &power.base);
    wsp_vi_add(words, power.minus ? "mũ trừ" : "mũ");
    wsp_vi_cardinal(words, (struct wsp_str){power.exponent, power.n_digits});
    return say_rest(words, power.rest);
}

size_t wsp_read_power(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_buf words = WSP_BUF_INIT(1024);
    bool said = say_number(text, &words);
    if (!said) {
        wsp_buf_clear(&words);
        said = say_letters(reading, text, &words);
    }
    if (said)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}
