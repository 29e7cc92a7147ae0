#include "reading/range.h"

#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"

#include <string.h>

/* Whole numbers that rise are a range; "3-2" and "1-1" are scores, or a person has to look. */
static bool rises(const struct wsp_quantity *low, const struct wsp_quantity *high)
{
    size_t n = low->figure.n_digits, m = high->figure.n_digits;
    int order = n == m ? strcmp(low->figure.digits, high->figure.digits) : n < m ? -1 : 1;
    if (high->counts || low->figure.sign == WSP_FIGURE_MINUS)
        return true;
    bool decimals = low->figure.decimals.len > 0 || high->figure.decimals.len > 0;
    return order < 0 || (order == 0 && decimals); /* "1-1,5 m", not "1,5-0,5" */
}

/* "25-23, 22-25": beside a pair that falls, so both are scores. */
static bool stands_beside_score(const struct wsp_reading *reading, size_t at)
{
    for (size_t other = at > 0 ? at - 1 : at + 1; other <= at + 1; other++) {
        struct wsp_str text = wsp_token_text(reading, other);
        size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
        struct wsp_str low = {text.ptr, first},
                       high = {text.ptr + first + dash, text.len - first - dash};
        if (other != at && first > 0 && first <= 2 && dash > 0 && high.len > 0 && high.len <= 2 &&
            wsp_digits_at(high, 0) == high.len && wsp_digits_value(low) > wsp_digits_value(high))
            return true;
    }
    return false;
}

/* "Vòng 15: HAGL - Nam Định 1-2, ...": behind two names that a dash parts, alone, in sport.
 * Elsewhere the dash says "đến": to leave it out of a forecast would be worse. */
static bool stands_behind_pair(const struct wsp_reading *reading, size_t at)
{
    enum { NAME_MAX = 3, FAR = 12 };
    static const char sport[] = "vòng trận lượt bóng v-league league cúp hòa hoà thắng thua";
    if (!wsp_stands_before(reading, at, FAR, sport))
        return false;
    bool alone = at + 1 >= reading->n_tokens || reading->tokens[at].pause_ms > 0;
    for (size_t back = 2; alone && back <= NAME_MAX + 1 && back <= at; back++) {
        if (!wsp_begins_upper(wsp_token_text(reading, at - back + 1)))
            return false;
        if (wsp_dash_follows(reading, at - back))
            return wsp_begins_upper(wsp_token_text(reading, at - back));
    }
    return false;
}

const char *wsp_dash_word(const struct wsp_reading *reading, size_t at,
                          const struct wsp_quantity *low, const struct wsp_quantity *high,
                          enum wsp_doubt *doubt)
{
    if (!low->counts && !high->counts && wsp_tells_of_score(reading, at))
        return NULL;
    if (wsp_context_is(reading, at, -1, "bằng tính trừ"))
        return "trừ";
    struct wsp_str year = {high->figure.digits, high->figure.n_digits};
    struct wsp_str first = {low->figure.digits, low->figure.n_digits};
    if (wsp_context_is(reading, at, -1, "boeing airbus dap npk"))
        return NULL; /* "Boeing 737-800", "DAP 18-46" */
    if (first.len == 4 && year.len == 2 && !low->counts && !high->counts &&
        wsp_digits_value(first) >= 1900 && wsp_digits_value(first) < 2100 &&
        wsp_digits_value(year) > wsp_digits_value(first) % 100)
        return "đến"; /* "1954-75" */
    if (wsp_context_is(reading, at, -1, "số") && year.len == 4 && low->figure.n_digits < 4 &&
        wsp_digits_value(year) >= 1900 && wsp_digits_value(year) < 2100)
        return "năm"; /* "hợp đồng số 12-2024" */
    bool small =
        low->figure.n_digits <= 2 && high->figure.n_digits <= 2 && !low->counts && !high->counts;
    if (small && stands_beside_score(reading, at))
        return NULL;
    if (small && stands_behind_pair(reading, at)) {
        *doubt = WSP_DOUBT_SCORE;
        return NULL;
    }
    if (low->counts || rises(low, high))
        return "đến";
    *doubt = WSP_DOUBT_SCORE;
    return NULL;
}

/* "6 tháng - 2 tuổi", "500 mg - 1 g": two measures of one kind. */
static bool measure_alike(const struct wsp_reading *reading, size_t at, size_t other)
{
    static const char times[] = "giây phút giờ ngày tuần tháng năm tuổi";
    size_t n;
    if (wsp_context_is(reading, at, 0, times))
        return wsp_context_is(reading, other, 0, times);
    struct wsp_str low = wsp_token_text(reading, at), high = wsp_token_text(reading, other);
    return wsp_is_unit(low) && wsp_is_unit(high) &&
           (wsp_lexicon_rows(&wsp_lexicon_currencies, low, &n) != NULL) ==
               (wsp_lexicon_rows(&wsp_lexicon_currencies, high, &n) != NULL);
}

/* "22h", "7:30" */
static bool is_hour(struct wsp_str text)
{
    size_t digits = wsp_digits_at(text, 0);
    return digits > 0 && digits <= 2 && digits < text.len && strchr("hg:", text.ptr[digits]);
}

bool wsp_leads_to_like(const struct wsp_reading *reading, size_t at)
{
    if (at == 0 || !wsp_dash_follows(reading, at))
        return false;
    struct wsp_str text = wsp_token_text(reading, at), before = wsp_token_text(reading, at - 1);
    struct wsp_str next = wsp_token_text(reading, at + 1), last = wsp_token_text(reading, at + 2);
    bool hours = wsp_str_is(text, "giờ") && wsp_begins_figure(before) && /* "7 giờ - 9h30" */
                 is_hour(next);
    bool spanned = wsp_context_is(reading, at, 0, "trước nay qua sáng chiều tối đêm") && /* "22h
                                                              hôm trước – 5h hôm sau" */
                   is_hour(next) &&
                   ((at > 1 && is_hour(wsp_token_text(reading, at - 2))) || is_hour(before));
    bool same = wsp_begins_figure(text) && wsp_begins_figure(last) && /* "Thứ 2 - thứ 6" */
                strcmp(reading->lower + reading->tokens[at - 1].lower,
                       reading->lower + reading->tokens[at + 1].lower) == 0;
    return hours || spanned || same ||
           (wsp_begins_figure(before) && wsp_begins_figure(next) &&
            (wsp_str_equal(text, last) || measure_alike(reading, at, at + 2)));
}
