/* Days of the week in short: "T2-T6", "nghỉ T7, CN", "sáng T.7". Alone "T2" is a code: it needs a
 * day beside it, or a word that asks for one. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/date.h"
#include "reading/date_context.h"
#include "reading/figure.h"
#include "reading/vi_number.h"

#include <string.h>

static const char *day_name(char digit)
{
    static const char *const names[] = {"hai", "ba", "tư", "năm", "sáu", "bảy"};
    return digit >= '2' && digit <= '7' ? names[digit - '2'] : NULL;
}

/* "T2", "t7", "T.7", "CN" at byte `at`. Returns its bytes and, if `words`, says it. */
static size_t day_at(struct wsp_str text, size_t at, struct wsp_buf *words)
{
    size_t left = text.len - at;
    const char *p = text.ptr + at;
    if (left >= 2 && (memcmp(p, "CN", 2) == 0 || memcmp(p, "cn", 2) == 0)) {
        if (words)
            wsp_vi_add(words, "chủ nhật");
        return 2;
    }
    if (left < 2 || (p[0] | 0x20) != 't')
        return 0;
    size_t dot = p[1] == '.';
    const char *name = left > 1 + dot ? day_name(p[1 + dot]) : NULL;
    if (!name || wsp_digits_at(text, at + 2 + dot) > 0)
        return 0;
    if (words) {
        wsp_vi_add(words, "thứ");
        wsp_vi_add(words, name);
    }
    return 2 + dot;
}

/* Bytes of what stands between two days: a dash, or a sign that lists them: "T2/T4/T6", "T3&T5". */
static size_t sign_at(struct wsp_str text, size_t at, bool *listed)
{
    size_t dash = wsp_dash_at(text, at);
    if (dash > 0 || at >= text.len)
        return dash;
    if (strchr("/&+,", text.ptr[at]))
        *listed = true;
    return strchr("~/&+,", text.ptr[at]) != NULL;
}

static bool is_day(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t len = text.len > 0 ? day_at(text, 0, NULL) : 0;
    bool listed = false;
    return len > 0 && !wsp_is_month_of_year(text) &&
           (len == text.len || sign_at(text, len, &listed) > 0);
}

/* "Hà Nội T3: 14-19 độ; T4 rét hơn" */
static bool has_other_day(const struct wsp_reading *reading, size_t at)
{
    enum { FAR = 24 };
    size_t begin = at > FAR ? at - FAR : 0;
    for (size_t other = begin; other < reading->n_tokens && other <= at + FAR; other++)
        if (other != at && is_day(reading, other))
            return true;
    return false;
}

/* An hour, or a day and a month: "20h", "15/3/2026". */
static bool is_hour_or_date(struct wsp_str text, const char *signs)
{
    size_t digits = wsp_digits_at(text, 0);
    return digits > 0 && digits <= 2 && digits < text.len && strchr(signs, text.ptr[digits]);
}

/* "20h T7", "từ 8-16h CN", "CN, 15/3/2026", "T7 17h30", "nghỉ bù T7 (10/1)", "ngày 28/11 (T7)" */
static bool stands_beside_time(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str before = at > 0 ? wsp_token_text(reading, at - 1) : WSP_STR("");
    struct wsp_str after = wsp_token_text(reading, at + 1), gap = wsp_token_gap(reading, at);
    bool hours =
        before.len > 1 && wsp_digits_at(before, 0) > 0 && before.ptr[before.len - 1] == 'h';
    bool timed = hours || is_hour_or_date(before, "hg") ||
                 (wsp_context_is(reading, at, -1, "giờ") && at > 1 &&
                  wsp_digits_at(wsp_token_text(reading, at - 2), 0) > 0);
    bool parted = wsp_str_is(gap, ", ") || wsp_str_is(gap, " ") || wsp_str_is(gap, " (") ||
                  wsp_str_is(gap, " - ");
    bool behind =
        at > 0 && is_hour_or_date(before, "/") && wsp_str_is(wsp_token_gap(reading, at - 1), " (");
    return timed || behind || (parted && is_hour_or_date(after, "/")) ||
           (wsp_str_is(gap, " ") && is_hour_or_date(after, "hg"));
}

/* "T2: Toán; T3: Văn", "Hà Nội T3: 14-19 độ; T4 rét hơn" */
static bool heads_part(const struct wsp_reading *reading, size_t at)
{
    bool begins = at == 0 || reading->tokens[at - 1].pause_ms > 0;
    bool named = at > 0 && reading->tokens[at - 1].kind == WSP_TOKEN_NAME;
    bool headed = wsp_str_is(wsp_token_gap(reading, at), ": ") ||
                  wsp_str_is(wsp_token_gap(reading, at), " :") ||
                  (at == 0 && wsp_dash_follows(reading, at));
    bool figure = wsp_digits_at(wsp_token_text(reading, at + 1), 0) > 0;
    if (begins && (has_other_day(reading, at) || wsp_stands_before(reading, at, 8, "thứ")))
        return true;
    return headed && at + 1 < reading->n_tokens && (named || (begins && !figure));
}

static bool asks_for_day(const struct wsp_reading *reading, size_t at)
{
    static const char words[] = "sáng chiều tối trưa đêm ngày hàng mỗi trừ nghỉ các và từ đến "
                                "cả trước sau hết vào hôm";
    static const char next[] = "hàng và đến ngày tuần nghỉ đầu cuối";
    if (wsp_context_is(reading, at, -1, "cuối đầu giữa")) /* "nửa cuối T5": a month */
        return false;
    if (stands_beside_time(reading, at) || heads_part(reading, at))
        return true;
    bool dated =
        wsp_context_is(reading, at, 1, next) ||
        (reading->tokens[at].touches_next && wsp_digits_at(wsp_token_text(reading, at + 1), 0) > 0);
    return is_day(reading, at + 1) || (at > 0 && is_day(reading, at - 1)) || dated ||
           (wsp_context_is(reading, at, -1, words) && !wsp_context_is(reading, at, -2, "ga"));
}

/* "T7", "T2-T6", "T2-6", "T3-5-7": two are a range, more are days. Returns how many days all of
 * `text` is, 0: it is something else; *bare: there is one without its T. */
static size_t say_days(struct wsp_str text, struct wsp_buf *words, bool *bare)
{
    size_t n = 1, end = day_at(text, 0, words), dash;
    struct wsp_buf more = WSP_BUF_INIT(128);
    bool listed = false;
    *bare = false;
    while (end > 0 && (dash = sign_at(text, end, &listed)) > 0 && end + dash < text.len) {
        size_t len = day_at(text, end + dash, &more);
        const char *name = len == 0 ? day_name(text.ptr[end + dash]) : NULL;
        *bare |= name != NULL;
        if (name && end + dash + 1 == text.len && n == 1)
            wsp_vi_add(&more, "thứ");
        if (name)
            wsp_vi_add(&more, name);
        end = len > 0 || name ? end + dash + (name ? 1 : len) : 0;
        n++;
    }
    if (n == 2 && !listed)
        wsp_vi_add(words, "đến");
    if (n > 1)
        wsp_vi_add(words, more.ptr);
    wsp_buf_release(&more);
    return end == text.len ? n : 0;
}

/* "thứ Hai - thứ Sáu": the dash says "đến". */
static bool say_named_range(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    if (!wsp_context_is(reading, at, -1, "thứ") || !wsp_dash_follows(reading, at) ||
        !wsp_context_is(reading, at, 0, "hai ba tư năm sáu bảy") ||
        !wsp_context_is(reading, at, 1, "thứ chủ"))
        return false;
    wsp_say_words(reading, at, at + 1, wsp_token_text(reading, at), out);
    wsp_say_words(reading, at, at + 1, WSP_STR("đến"), out);
    return true;
}

/* The "2-4" of "thứ 2-4": from one day to another. */
static bool say_numbered_range(const struct wsp_reading *reading, size_t at,
                               struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t dash = text.len > 2 ? wsp_dash_at(text, 1) : 0;
    const char *first = dash > 0 ? day_name(text.ptr[0]) : NULL;
    const char *last = dash > 0 && 1 + dash + 1 == text.len ? day_name(text.ptr[1 + dash]) : NULL;
    if (!wsp_context_is(reading, at, -1, "thứ") || !first || !last ||
        text.ptr[0] >= text.ptr[1 + dash])
        return false;
    struct wsp_buf words = WSP_BUF_INIT(128);
    wsp_vi_add(&words, first);
    wsp_vi_add(&words, "đến thứ");
    wsp_vi_add(&words, last);
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* The "3,5" of "thứ 3,5": two days, no decimal. */
static bool say_numbered_days(const struct wsp_reading *reading, size_t at,
                              struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len < 3 || text.len % 2 == 0 || !wsp_context_is(reading, at, -1, "thứ") ||
        wsp_is_what_is_measured(reading, at + 1)) /* "đồng thứ 2,5 triệu" */
        return false;
    struct wsp_buf words = WSP_BUF_INIT(128);
    bool days = true;
    for (size_t i = 0; i < text.len && days; i += 2) {
        const char *name = day_name(text.ptr[i]);
        days = name && (i + 1 == text.len || text.ptr[i + 1] == ',') &&
               (i == 0 || text.ptr[i] > text.ptr[i - 2]);
        if (days && i > 0)
            wsp_vi_add(&words, "thứ");
        if (days)
            wsp_vi_add(&words, name);
    }
    if (days)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return days;
}

/* "T3-T4 hằng năm", "T3 - T5/2025" */
static bool are_months(const struct wsp_reading *reading, size_t at)
{
    return wsp_leads_to_month_of_year(reading, at) ||
           (wsp_context_is(reading, at, 1, "hằng hàng mỗi") &&
            wsp_context_is(reading, at, 2, "năm"));
}

size_t wsp_read_weekday(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    if (say_named_range(reading, at, out) || say_numbered_range(reading, at, out) ||
        say_numbered_days(reading, at, out))
        return 1;
    if (!is_day(reading, at) || are_months(reading, at))
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(128);
    bool bare;
    size_t n = say_days(wsp_token_text(reading, at), &words, &bare);
    bool said = n > 2 || (n > 0 && ((n > 1 && !bare) || asks_for_day(reading, at)));
    if (said && wsp_dash_follows(reading, at) && is_day(reading, at + 1))
        wsp_vi_add(&words, "đến");
    if (said)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}
