/* Dates: "17/5/2021", "17-5", "5/2021", "11-17/11", "1/6 - 15/8", "2016-2020". Two numbers with a
 * slash or a dash between them are a date only when something near says so, for they may as well be
 * a fraction, a score or a range. Years are 1000 to 2999. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/vi_number.h"

struct date {
    struct wsp_str day, month, year; /* empty: not written */
};

static bool in_range(struct wsp_str digits, unsigned low, unsigned high)
{
    unsigned value = wsp_digits_value(digits);
    return digits.len > 0 && digits.len <= 4 && value >= low && value <= high;
}

static bool is_day(struct wsp_str digits)
{
    return digits.len <= 2 && in_range(digits, 1, 31);
}

static bool is_month(struct wsp_str digits)
{
    return digits.len <= 2 && in_range(digits, 1, 12);
}

static bool is_year(struct wsp_str digits)
{
    return digits.len == 4 && in_range(digits, 1000, 2999);
}

/* The numbers of `text` from *at on, `separator` between them, at most `n_max`. */
static size_t split(struct wsp_str text, size_t *at, char separator, struct wsp_str *parts,
                    size_t n_max)
{
    size_t n = 0;
    while (n < n_max) {
        size_t len = wsp_digits_at(text, *at);
        if (len == 0)
            return 0;
        parts[n++] = (struct wsp_str){text.ptr + *at, len};
        *at += len;
        if (n == n_max || *at >= text.len || text.ptr[*at] != separator ||
            wsp_digits_at(text, *at + 1) == 0)
            break;
        ++*at;
    }
    return n;
}

/* "17/5/2021", "17-5-2021", "17.5.2021", "2021-05-17". Returns its bytes. */
static size_t read_full(struct wsp_str text, size_t begin, struct date *date)
{
    static const char separators[] = "/-.";
    for (const char *s = separators; *s; s++) {
        struct wsp_str p[3];
        size_t at = begin;
        if (split(text, &at, *s, p, 3) != 3)
            continue;
        *date = (struct date){p[0], p[1], p[2]};
        if (*s == '-' && is_year(p[0]))
            *date = (struct date){p[2], p[1], p[0]};
        if (is_day(date->day) && is_month(date->month) && is_year(date->year))
            return at - begin;
    }
    return 0;
}

/* "17/5" and "5/2021"; with `dashed` also "17-5". */
static size_t read_pair(struct wsp_str text, size_t begin, bool dashed, struct date *date)
{
    struct wsp_str p[2];
    size_t at = begin;
    *date = (struct date){.day = WSP_STR("")};
    if (split(text, &at, '/', p, 2) != 2) {
        at = begin;
        if (!dashed || split(text, &at, '-', p, 2) != 2)
            return 0;
    }
    if (is_day(p[0]) && is_month(p[1])) {
        date->day = p[0];
        date->month = p[1];
    } else if (is_month(p[0]) && is_year(p[1])) {
        date->month = p[0];
        date->year = p[1];
    } else {
        return 0;
    }
    return at - begin;
}

/* A date that cannot be a range: in full, or with a slash. */
static size_t read_date(struct wsp_str text, size_t begin, struct date *date)
{
    size_t len = read_full(text, begin, date);
    return len > 0 ? len : read_pair(text, begin, false, date);
}

static void say_year(struct wsp_buf *words, struct wsp_str year)
{
    wsp_vi_add(words, "năm");
    wsp_vi_cardinal(words, year);
}

static void say_day(struct wsp_buf *words, struct wsp_str day)
{
    while (day.len > 1 && day.ptr[0] == '0') {
        day.ptr++;
        day.len--;
    }
    wsp_vi_cardinal(words, day);
}

static void say_date(struct wsp_buf *words, const struct date *date, bool after_month_word)
{
    if (date->day.len > 0)
        say_day(words, date->day);
    if (!after_month_word || date->day.len > 0)
        wsp_vi_add(words, "tháng");
    wsp_vi_ordinal(words, date->month);
    if (date->year.len > 0)
        say_year(words, date->year);
}

/* ---- what stands around it ---- */

static const char day_words[] = "ngày mùng mồng sáng trưa chiều tối đêm hôm lịch";
static const char date_words[] = "từ đến tới trước sau vào hạn dịp lễ tết";
static const char month_words[] = "tháng";
static const char part_words[] = "hơn gần khoảng chiếm được bằng còn mất chừng ăn số hết phần giảm "
                                 "tăng đạt lệ tỷ tỉ xuống nhà hẻm ngõ ngách kiệt";
static const char counted_words[] = "số tổng diện dân quãng chặng thời đường bát ly cốc thìa "
                                    "lượng sức";
static const char score_words[] = "thắng thua hòa hoà dẫn";

/* Does a word before it ask for a date? */
static bool date_is_asked(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, -1, day_words) ||
           wsp_context_is(reading, at, -1, month_words) ||
           wsp_context_is(reading, at, -1, date_words);
}

/* May two numbers with a slash be a day and a month here? */
static bool slash_is_date(const struct wsp_reading *reading, size_t at)
{
    if (date_is_asked(reading, at))
        return true;
    return !wsp_context_is(reading, at, -1, part_words) &&
           !wsp_context_is(reading, at, 1, counted_words) && !wsp_counts_a_total(reading, at);
}

/* And with a dash? Only after a word that asks for a date, and without a unit after it. */
static bool dash_is_date(const struct wsp_reading *reading, size_t at, struct wsp_str text)
{
    if (wsp_context_is(reading, at, -1, score_words))
        return false;
    size_t first = wsp_digits_at(text, 0);
    bool zero = text.ptr[0] == '0' || (first + 1 < text.len && text.ptr[first + 1] == '0');
    bool last = at + 1 >= reading->n_tokens || reading->tokens[at].pause_ms > 0;
    return wsp_context_is(reading, at, -1, day_words) || zero ||
           (last &&
            (wsp_context_is(reading, at, -1, date_words) || wsp_context_is(reading, at, -1, "là")));
}

/* ---- one token ---- */

static bool is_whole(struct wsp_str text, size_t len)
{
    return len > 0 && len == text.len;
}

/* "15–20/6", "7-9/2022": the first number is of the kind of the second date's first. */
static bool say_days_of_month(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct date last;
    size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
    if (first == 0 || first > 2 || dash == 0)
        return false;
    size_t from = first + dash, len = read_date(text, from, &last);
    if (len == 0 || from + len != text.len)
        return false;
    struct wsp_str low = {text.ptr, first};
    if (last.day.len > 0 && is_day(low)) {
        say_day(words, low);
    } else if (last.day.len == 0 && is_month(low)) {
        if (!wsp_context_is(reading, at, -1, month_words))
            wsp_vi_add(words, "tháng");
        wsp_vi_ordinal(words, low);
    } else {
        return false;
    }
    wsp_vi_add(words, "đến");
    say_date(words, &last, false);
    return true;
}

/* "15/6-30/7", "20/1/2024–20/2/2024" */
static bool say_date_to_date(struct wsp_str text, struct wsp_buf *words)
{
    struct date low, high;
    size_t first = read_date(text, 0, &low);
    size_t dash = first > 0 ? wsp_dash_at(text, first) : 0;
    if (dash == 0)
        return false;
    size_t from = first + dash, second = read_date(text, from, &high);
    if (second == 0 || from + second != text.len)
        return false;
    say_date(words, &low, false);
    wsp_vi_add(words, "đến");
    say_date(words, &high, false);
    return true;
}

/* "2016-2020": years only when they rise. */
static bool say_years(struct wsp_str text, struct wsp_buf *words)
{
    size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
    struct wsp_str low = {text.ptr, first};
    if (dash == 0 || !is_year(low))
        return false;
    struct wsp_str high = {text.ptr + first + dash, wsp_digits_at(text, first + dash)};
    if (!is_year(high) || first + dash + high.len != text.len ||
        wsp_digits_value(low) >= wsp_digits_value(high))
        return false;
    wsp_vi_cardinal(words, low);
    wsp_vi_add(words, "đến");
    wsp_vi_cardinal(words, high);
    return true;
}

static bool say_single(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct date date;
    bool month_before = wsp_context_is(reading, at, -1, month_words);
    if (is_whole(text, read_full(text, 0, &date))) {
        say_date(words, &date, month_before);
        return true;
    }
    bool slash = is_whole(text, read_pair(text, 0, false, &date));
    if (slash ? !slash_is_date(reading, at)
              : !is_whole(text, read_pair(text, 0, true, &date)) || date.day.len == 0 ||
                    !dash_is_date(reading, at, text))
        return false;
    if (date.day.len > 0 && month_before) /* "tháng 5/6" is no day */
        return false;
    say_date(words, &date, month_before);
    return true;
}

/* "Quý 3/2020", "quý IV/2023" */
static bool say_quarter(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    static const struct {
        const char *written, *digit;
    } quarters[] = {{"1", "1"}, {"2", "2"},  {"3", "3"},   {"4", "4"},
                    {"I", "1"}, {"II", "2"}, {"III", "3"}, {"IV", "4"}};
    struct wsp_str text = wsp_token_text(reading, at);
    if (!wsp_context_is(reading, at, -1, "quý quí"))
        return false;
    for (size_t i = 0; i < WSP_LEN(quarters); i++) {
        struct wsp_str quarter = {quarters[i].written, 0};
        while (quarter.ptr[quarter.len])
            quarter.len++;
        if (text.len < quarter.len ||
            !wsp_str_equal((struct wsp_str){text.ptr, quarter.len}, quarter))
            continue;
        struct wsp_str rest = {text.ptr + quarter.len, text.len - quarter.len};
        struct wsp_str year = {rest.ptr + 1, rest.len > 0 ? rest.len - 1 : 0};
        bool dated = rest.len == 5 && rest.ptr[0] == '/' && wsp_digits_at(year, 0) == 4;
        if (rest.len > 0 && !(dated && is_year(year)))
            continue;
        wsp_vi_ordinal(words, (struct wsp_str){quarters[i].digit, 1});
        if (dated)
            say_year(words, year);
        return true;
    }
    return false;
}

static bool say_token(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    return say_quarter(reading, at, words) || say_days_of_month(reading, at, words) ||
           say_date_to_date(text, words) || say_years(text, words) ||
           say_single(reading, at, words);
}

/* "ngày 5 - 7/4": a day, and after a dash a date of the same month. */
/* "ngày 17 - 5": it falls, so it is no range of days. Takes both tokens. */
static bool says_spaced_date(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str day = wsp_token_text(reading, at), month = wsp_token_text(reading, at + 1);
    if (!wsp_context_is(reading, at, -1, "ngày") || !wsp_dash_follows(reading, at) ||
        wsp_digits_at(day, 0) != day.len || wsp_digits_at(month, 0) != month.len || !is_day(day) ||
        !is_month(month) || wsp_digits_value(day) <= wsp_digits_value(month))
        return false;
    say_date(words, &(struct date){.day = day, .month = month}, false);
    return true;
}

static bool says_first_day(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    struct date last;
    if (wsp_digits_at(text, 0) != text.len || !wsp_dash_follows(reading, at) ||
        !is_whole(next, read_date(next, 0, &last)))
        return false;
    if (last.day.len > 0 && is_day(text)) {
        say_day(words, text);
    } else if (last.day.len == 0 && is_month(text)) {
        if (!wsp_context_is(reading, at, -1, month_words))
            wsp_vi_add(words, "tháng");
        wsp_vi_ordinal(words, text);
    } else {
        return false;
    }
    return true;
}

/* "17/5" where nothing asks for a date: a person should look. */
static bool is_guess(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct date date;
    return is_whole(text, read_pair(text, 0, true, &date)) && date.day.len > 0 &&
           !date_is_asked(reading, at);
}

size_t wsp_read_date(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(1024), other = WSP_BUF_INIT(1024);
    size_t taken = 0;
    if (says_spaced_date(reading, at, &words)) {
        taken = 2;
    } else if (says_first_day(reading, at, &words) || say_token(reading, at, &words)) {
        taken = 1;
        if (wsp_dash_follows(reading, at) && say_token(reading, at + 1, &other)) {
            wsp_vi_add(&words, "đến");
            wsp_vi_add(&words, other.ptr);
            taken = 2;
        }
    }
    if (taken > 0)
        wsp_say_words(reading, at, at + taken, wsp_buf_str(&words), out);
    if (taken == 1 && is_guess(reading, at))
        wsp_doubt(out, WSP_DOUBT_DATE);
    wsp_buf_release(&words);
    wsp_buf_release(&other);
    return taken;
}
