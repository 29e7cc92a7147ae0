/* From one place to another: "từ Thanh Hóa – Quảng Trị", "từ cầu Rạch Gốc -> công viên"; from one
 * day of the moon to another: "27 tháng Chạp - mùng 6 tháng Giêng"; and to today: "2010 - nay". */
#include "reading/readers.h"

#include "reading/chars.h"
#include "reading/context.h"
#include "reading/date.h"
#include "reading/figure.h"
#include "reading/syllable.h"
#include "reading/token.h"

#include <string.h>

/* Does "từ" stand before the words that end with token `at`? */
static bool is_led(const struct wsp_reading *reading, size_t at)
{
    enum { LONGEST = 6 };
    for (size_t back = 1; back <= LONGEST && back <= at; back++) {
        if (reading->tokens[at - back].pause_ms > 0)
            return false;
        if (wsp_context_is(reading, at - back, 0, "từ"))
            return true;
        if (reading->tokens[at - back].kind & WSP_TOKEN_OTHER)
            return false;
    }
    return false;
}

static bool is_name(struct wsp_str word)
{
    return word.len > 1 && wsp_begins_upper(word) && wsp_capitals_in(word) == 0 &&
           wsp_syllable_parse(word, NULL);
}

/* "Nẵng–Bình" of "từ Đà Nẵng–Bình Định". */
static bool say_joined(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t first = 0, dash = 0;
    while (first < text.len && (dash = wsp_dash_at(text, first)) == 0)
        first++;
    struct wsp_str name = {text.ptr, first},
                   other = {text.ptr + first + dash, text.len - first - dash};
    if (dash == 0 || !is_name(name) || !is_name(other) || !is_led(reading, at))
        return false;
    uint32_t begin = reading->tokens[at].begin, end = reading->tokens[at].end;
    uint32_t middle = begin + (uint32_t)first;
    wsp_say_span(reading, (struct wsp_span){begin, middle}, name, out);
    wsp_say_span(reading, (struct wsp_span){middle, middle + (uint32_t)dash}, WSP_STR("đến"), out);
    wsp_say_span(reading, (struct wsp_span){middle + (uint32_t)dash, end}, other, out);
    return true;
}

/* "2010 - nay": up to today. */
static bool say_until_now(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    enum { YEAR = 4 };
    if (at == 0 || !wsp_context_is(reading, at, 0, "nay") || !wsp_dash_follows(reading, at - 1) ||
        wsp_context_is(reading, at, 1, "là thuộc đổi gọi được")) /* "Thôn 2010 - nay là ..." */
        return false;
    struct wsp_str from = wsp_token_text(reading, at - 1);
    struct wsp_str year = {from.ptr + from.len - (from.len < YEAR ? from.len : YEAR), YEAR};
    if (from.len < YEAR || wsp_digits_at(year, 0) != YEAR || !wsp_is_year(year))
        return false;
    wsp_say_span(reading, (struct wsp_span){reading->tokens[at - 1].end, reading->tokens[at].begin},
                 WSP_STR("đến"), out);
    wsp_say_words(reading, at, at + 1, wsp_token_text(reading, at), out);
    return true;
}

size_t wsp_read_span(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    if (say_until_now(reading, at, out))
        return 1;
    if (reading->tokens[at].kind & WSP_TOKEN_OTHER)
        return say_joined(reading, at, out);
    bool arrow = wsp_arrow_follows(reading, at);
    bool names = at + 1 < reading->n_tokens && reading->tokens[at].kind == WSP_TOKEN_NAME &&
                 reading->tokens[at + 1].kind == WSP_TOKEN_NAME;
    bool moon =
        wsp_context_is(reading, at, -1, "tháng") && wsp_context_is(reading, at, 1, "mùng mồng");
    if (!wsp_dash_follows(reading, at) || !(moon || ((arrow || names) && is_led(reading, at))))
        return 0;
    wsp_say_words(reading, at, at + 1, wsp_token_text(reading, at), out);
    wsp_say_span(reading, (struct wsp_span){reading->tokens[at].end, reading->tokens[at + 1].begin},
                 WSP_STR("đến"), out);
    return 1;
}
