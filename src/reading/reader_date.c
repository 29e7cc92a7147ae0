/* Dates: "17/5/2021", "17-5", "5/2021", "11-17/11", "1/6 - 15/8", "2016-2020". Two numbers with a
 * slash or a dash between them are a date only when something near says so, for they may as well be
 * a fraction, a score or a range. Years are 1000 to 2999. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/date_context.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/vi_number.h"

#include <string.h>

static bool is_whole(struct wsp_str text, size_t len)
{
    return len > 0 && len == text.len;
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

static void say_date(struct wsp_buf *words, const struct wsp_date *date, bool after_month_word)
{
    if (date->day.len > 0)
        say_day(words, date->day);
    if (!after_month_word || date->day.len > 0)
        wsp_vi_add(words, "tháng");
    wsp_vi_ordinal(words, date->month);
    if (date->year.len > 0)
        say_year(words, date->year);
}

/* ---- a year of two digits ---- */

/* Read "1/6/24" at byte `begin`, one of `separators` between. Returns its bytes, 0: none. */
static size_t read_short(struct wsp_str text, size_t begin, const char *separators,
                         struct wsp_date *date)
{
    for (; *separators; separators++) {
        struct wsp_str p[3];
        size_t at = begin;
        if (wsp_date_split(text, &at, *separators, p, 3) != 3 || !wsp_is_day(p[0]) ||
            !wsp_is_month(p[1]) || p[2].len != 2)
            continue;
        *date = (struct wsp_date){p[0], p[1], p[2]};
        return at - begin;
    }
    return 0;
}

/* A date that cannot be a range, its year of two digits or of four. Returns its bytes. */
static size_t read_date(struct wsp_str text, size_t begin, struct wsp_date *date)
{
    size_t len = wsp_date_read_full(text, begin, date);
    len = len > 0 ? len : read_short(text, begin, "/", date);
    return len > 0 ? len : wsp_date_read(text, begin, date);
}

static bool short_is_asked(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str other = at > 1 ? wsp_token_text(reading, at - 2) : WSP_STR("");
    struct wsp_str before = at > 0 ? wsp_token_text(reading, at - 1) : WSP_STR("");
    struct wsp_str next = wsp_token_text(reading, at + 1);
    struct wsp_date date;
    bool first = wsp_dash_follows(reading, at) && is_whole(next, read_short(next, 0, "/", &date));
    bool second = at > 0 && wsp_dash_follows(reading, at - 1) && /* "1/6/24 - 5/6/24" */
                  is_whole(before, read_short(before, 0, "/", &date));
    bool joined =
        wsp_context_is(reading, at, -1, "và") && is_whole(other, read_short(other, 0, "/", &date));
    return first || second || joined || wsp_date_is_asked(reading, at) ||
           wsp_follows_weekday(reading, at) || wsp_follows_hour(reading, at) ||
           wsp_context_is(reading, at, -1, "hsd nsx hạn sinh ký");
}

/* Numbers that rise to a dozen, or are doubled: "lớp 10/11/12", "6/12/24 tháng". */
static bool may_be_list(const struct wsp_date *date)
{
    enum { DOZEN = 12 };
    unsigned day = wsp_digits_value(date->day), month = wsp_digits_value(date->month),
             year = wsp_digits_value(date->year);
    bool doubled = month == 2 * day && year == 2 * month;
    return doubled || (day < month && month < year && year <= DOZEN);
}

/* And where nothing asks? Not what may be a place ("15/3/20 Lê Lợi"). */
static bool is_short_alone(const struct wsp_reading *reading, size_t at,
                           const struct wsp_date *date)
{
    enum { PADDED = 8 };
    if (wsp_context_is(reading, at, -1, wsp_house_words))
        return false;
    if (wsp_token_text(reading, at).len == PADDED &&
        (date->day.ptr[0] == '0' || date->month.ptr[0] == '0'))
        return true; /* "12/05/24" */
    bool place = wsp_blank_follows(reading, at) && at + 1 < reading->n_tokens &&
                 (reading->tokens[at + 1].kind == WSP_TOKEN_NAME ||
                  wsp_context_is(reading, at, 1, "đường phố ấp tổ khu phường hẻm xã thôn"));
    return !may_be_list(date) && !place && !wsp_has_unit_behind(reading, at) &&
           !wsp_context_is(reading, at, -1, "lệ npk khối");
}

/* "01/06/24" */
static bool say_short_year(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    bool day = wsp_context_is(reading, at, -1, wsp_day_words) ||
               wsp_context_is(reading, at, -1, "hsd nsx sinh"); /* "ngày 1.6.24" */
    if (!is_whole(text, read_short(text, 0, day ? "/.-" : "/", &date)) ||
        (may_be_list(&date) && wsp_context_is(reading, at, 1, "tháng năm ngày tuổi")) ||
        (!short_is_asked(reading, at) && !is_short_alone(reading, at, &date)))
        return false;
    say_date(words, &date, wsp_context_is(reading, at, -1, wsp_month_words));
    return true;
}

/* ---- one token ---- */

/* "26-27-28/6/2024": days that follow each other. */
static bool say_three_days(struct wsp_str text, struct wsp_buf *words)
{
    struct wsp_str days[2];
    struct wsp_date last;
    size_t at = 0;
    for (size_t i = 0; i < WSP_LEN(days); i++) {
        days[i] = (struct wsp_str){text.ptr + at, wsp_digits_at(text, at)};
        size_t dash = wsp_dash_at(text, at + days[i].len);
        if (!wsp_is_day(days[i]) || dash == 0)
            return false;
        at += days[i].len + dash;
    }
    if (!is_whole((struct wsp_str){text.ptr + at, text.len - at}, read_date(text, at, &last)) ||
        last.day.len == 0 || wsp_digits_value(days[0]) + 1 != wsp_digits_value(days[1]) ||
        wsp_digits_value(days[1]) + 1 != wsp_digits_value(last.day))
        return false;
    for (size_t i = 0; i < WSP_LEN(days); i++)
        say_day(words, days[i]);
    say_date(words, &last, false);
    return true;
}

/* "15–20/6", "10+11/6", "7-9/2022": the first number is of the kind of the second date's first. */
static bool say_days_of_month(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date last;
    size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
    bool sum =
        first < text.len && text.ptr[first] == '+' && wsp_context_is(reading, at, -1, "ngày");
    dash += sum;
    if (first == 0 || first > 2 || dash == 0)
        return false;
    size_t from = first + dash, len = read_date(text, from, &last);
    if (len == 0 && (wsp_dot_is_date(reading, at) || wsp_context_is(reading, at, -1, "từ")))
        len = wsp_date_read_pair(text, from, ".", &last); /* "đêm 16-17.12" */
    if (len == 0 || from + len != text.len)
        return false;
    struct wsp_str low = {text.ptr, first};
    const char *word = text.ptr[first] == '+' ? "và" : "đến";
    if (last.day.len > 0 && wsp_is_day(low)) {
        say_day(words, low);
    } else if (last.day.len == 0 && wsp_is_month(low)) {
        if (!wsp_context_is(reading, at, -1, wsp_month_words))
            wsp_vi_add(words, "tháng");
        wsp_vi_ordinal(words, low);
    } else {
        return false;
    }
    wsp_vi_add(words, word);
    say_date(words, &last, false);
    return true;
}

/* "28.5-3.6" behind "từ": it falls, and is no range of numbers. */
static bool say_dotted_dates(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_date low, high;
    struct wsp_str text = wsp_token_text(reading, at);
    size_t first = wsp_date_read_pair(text, 0, ".", &low);
    size_t dash = first > 0 ? wsp_dash_at(text, first) : 0;
    size_t second = dash > 0 ? wsp_date_read_pair(text, first + dash, ".", &high) : 0;
    size_t full = dash > 0 ? wsp_date_read_full(text, first + dash, &high) : 0;
    if (full > 0 && first + dash + full == text.len && low.day.len > 0) { /* "19.5–2.9.2024" */
        say_date(words, &low, false);
        wsp_vi_add(words, "đến");
        say_date(words, &high, false);
        return true;
    }
    if (second == 0 || first + dash + second != text.len || low.day.len == 0 || high.day.len == 0 ||
        wsp_has_unit_behind(reading, at) ||
        !(wsp_context_is(reading, at, -1, wsp_day_words) ||
          (wsp_context_is(reading, at, -1, "từ") &&
           wsp_digits_value(low.day) > wsp_digits_value(high.day))))
        return false;
    say_date(words, &low, false);
    wsp_vi_add(words, "đến");
    say_date(words, &high, false);
    return true;
}

/* "15/6-30/7", "20/1/2024–20/2/2024"; not "1/5-1/3 ống" */
static bool say_date_to_date(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_date low, high;
    struct wsp_str text = wsp_token_text(reading, at);
    size_t first = read_date(text, 0, &low);
    if (first > 0 && low.year.len == 0 && wsp_blank_follows(reading, at) &&
        !wsp_context_is(reading, at, -1, wsp_day_words) &&
        (wsp_has_unit_behind(reading, at) || wsp_context_is(reading, at, 1, wsp_shared_words) ||
         wsp_context_is(reading, at, -1, "điểm")))
        return false;
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
    if (dash == 0 || !wsp_is_year(low))
        return false;
    struct wsp_str high = {text.ptr + first + dash, wsp_digits_at(text, first + dash)};
    if (!wsp_is_year(high) || first + dash + high.len != text.len ||
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
    struct wsp_date date;
    bool month_before = wsp_context_is(reading, at, -1, wsp_month_words);
    if (wsp_context_is(reading, at, -1, "qcvn tcvn iso"))
        return false;
    if (is_whole(text, wsp_date_read_full(text, 0, &date))) {
        say_date(words, &date, month_before);
        return true;
    }
    if (is_whole(text, wsp_date_read_pair(text, 0, "/", &date))) {
        if (!wsp_slash_is_date(reading, at, &date))
            return false;
        if (date.day.len == 0 && !month_before &&
            (wsp_digits_value(date.year) < 1900 || wsp_context_is(reading, at, -1, "lệ")))
            return false; /* "1/1000", "tỷ lệ 1/2000" */
    } else if (is_whole(text, wsp_date_read_pair(text, 0, "-", &date))) {
        bool month = date.day.len == 0 &&
                     (month_before || date.month.ptr[0] == '0'); /* "tháng 6-2023", "02-2000" */
        if (!month && (date.day.len == 0 || !wsp_dash_is_date(reading, at, &date)))
            return false;
    } else if (!is_whole(text, wsp_date_read_pair(text, 0, ".", &date)) ||
               !(date.day.len > 0 ? wsp_dot_is_date(reading, at)
                                  : month_before)) { /* "tháng 4.2018" */
        return false;
    }
    if (date.day.len > 0 && month_before) /* "tháng 5/6" is no day */
        return false;
    say_date(words, &date, month_before);
    return true;
}

/* "Quý 3/2020", "quý IV/2023", "Q4/2025", "Q.IV/2025"; "đợt 2/2025", which is no month */
static bool say_quarter(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    static const struct {
        const char *written, *digit;
    } quarters[] = {{"1", "1"},   {"2", "2"},  {"3", "3"},   {"4", "4"},  {"01", "1"}, {"02", "2"},
                    {"03", "3"},  {"04", "4"}, {"III", "3"}, {"II", "2"}, {"IV", "4"}, {"I", "1"},
                    {"iii", "3"}, {"ii", "2"}, {"iv", "4"},  {"i", "1"}};
    struct wsp_str text = wsp_token_text(reading, at);
    bool dotted = text.len > 3 && memcmp(text.ptr, "Q.", 2) == 0;
    size_t led = dotted ? 2 : text.len > 2 && text.ptr[0] == 'Q' && wsp_digits_at(text, 1) == 1;
    bool quarter = led > 0 || wsp_context_is(reading, at, -1, "quý quí");
    if (!quarter && !wsp_context_is(reading, at, -1, "đợt lần kỳ kì khóa khoá vụ"))
        return false;
    struct wsp_str inner = {text.ptr + led, text.len - led};
    for (size_t i = 0; i < WSP_LEN(quarters); i++) {
        size_t len = strlen(quarters[i].written);
        if (inner.len < len || memcmp(inner.ptr, quarters[i].written, len) != 0)
            continue;
        struct wsp_str rest = {inner.ptr + len, inner.len - len};
        struct wsp_str year = {rest.ptr + 1, rest.len > 0 ? rest.len - 1 : 0};
        bool dated = rest.len == 5 && strchr("/-.", rest.ptr[0]) && wsp_digits_at(year, 0) == 4 &&
                     wsp_is_year(year);
        if ((rest.len > 0 || led > 0 || !quarter) && !dated)
            continue;
        if (led > 0)
            wsp_vi_add(words, "quý");
        struct wsp_str digit = {quarters[i].digit, 1};
        quarter ? wsp_vi_ordinal(words, digit) : wsp_vi_cardinal(words, digit);
        if (dated)
            say_year(words, year);
        return true;
    }
    return false;
}

/* Is token `at` a month, or a day and a month before a slash: "01/06/ 2004"? */
static bool is_month_before_year(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), gap = wsp_token_gap(reading, at);
    struct wsp_date date;
    if (gap.len > 1 && gap.ptr[0] == '/')
        return wsp_is_month(text) ||
               (is_whole(text, wsp_date_read_pair(text, 0, "/", &date)) && date.day.len > 0);
    return wsp_context_is(reading, at, -1, wsp_month_words) && wsp_is_month(text) &&
           wsp_blank_follows(reading, at);
}

/* "tháng 1 2024": a year after its month. */
static bool say_year_after_month(const struct wsp_reading *reading, size_t at,
                                 struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len != 4 || wsp_digits_at(text, 0) != 4 || !wsp_in_range(text, 1900, 2099) || at < 1 ||
        !is_month_before_year(reading, at - 1))
        return false;
    say_year(words, text);
    return true;
}

/* "12/ 2018": a month with its year after a blank. */
static bool say_month_before_year(const struct wsp_reading *reading, size_t at,
                                  struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at), year = wsp_token_text(reading, at + 1);
    if (!wsp_is_month(text) || !wsp_str_is(wsp_token_gap(reading, at), "/ ") ||
        wsp_digits_at(year, 0) != year.len || !wsp_is_year(year) ||
        wsp_context_is(reading, at, -1, wsp_month_words))
        return false;
    wsp_vi_add(words, "tháng");
    wsp_vi_ordinal(words, text);
    return true;
}

/* "9T/2023": the first nine months. */
static bool say_months_of_year(struct wsp_str text, struct wsp_buf *words)
{
    size_t digits = wsp_digits_at(text, 0);
    struct wsp_str months = {text.ptr, digits};
    if (digits + 6 != text.len || memcmp(text.ptr + digits, "T/", 2) != 0 || !wsp_is_month(months))
        return false;
    struct wsp_str year = {text.ptr + digits + 2, 4};
    if (wsp_digits_at(year, 0) != 4 || !wsp_is_year(year))
        return false;
    wsp_vi_cardinal(words, months);
    wsp_vi_add(words, "tháng");
    say_year(words, year);
    return true;
}

/* "CPI T8": a month that no day of the week is; "T5/2026" is one. */
static bool say_month_letter(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    struct wsp_str dated = {text.ptr + 1, text.len > 0 ? text.len - 1 : 0};
    if (text.len > 5 && text.ptr[0] == 'T' &&
        is_whole(dated, wsp_date_read_pair(dated, 0, "/", &date)) && date.year.len > 0) {
        say_date(words, &date, false);
        return true;
    }
    struct wsp_str month = {text.ptr + 1, text.len > 0 ? text.len - 1 : 0};
    bool weekday =
        wsp_digits_value(month) > 1 && wsp_digits_value(month) < 8 && /* "rằm T7" */
        !wsp_context_is(reading, at, -1, "rằm điện nước lương phí tiền cuối đầu giữa kỳ") &&
        !wsp_leads_to_month_of_year(reading, at);
    if (month.len == 0 || text.ptr[0] != 'T' || !wsp_is_month(month) || month.ptr[0] == '0' ||
        weekday)
        return false;
    wsp_vi_add(words, "tháng");
    wsp_vi_ordinal(words, month);
    return true;
}

/* "T9-T11", "T10-12": months that no weekday has taken; `named`: "tháng" stands before them. */
static bool say_month_letters(struct wsp_str text, bool named, struct wsp_buf *words)
{
    size_t first = wsp_digits_at(text, 1), dash = wsp_dash_at(text, 1 + first);
    size_t from = 1 + first + dash;
    from += from < text.len && text.ptr[from] == 'T';
    struct wsp_str low = {text.ptr + 1, first}, high = {text.ptr + from, text.len - from};
    if (first == 0 || dash == 0 || low.ptr[0] == '0' || high.len == 0 ||
        wsp_digits_at(high, 0) != high.len || !wsp_is_month(low) || !wsp_is_month(high))
        return false;
    if (!named)
        wsp_vi_add(words, "tháng");
    wsp_vi_ordinal(words, low);
    wsp_vi_add(words, "đến tháng");
    wsp_vi_ordinal(words, high);
    return true;
}

static bool say_months_by_letter(const struct wsp_reading *reading, size_t at,
                                 struct wsp_buf *words)
{
    static const char places[] = "ga tháp tòa toà cổng sảnh tầng lớp sống block nhà cư khối khu";
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len < 2 || text.ptr[0] != 'T' || /* "nhà ga T1", "tầng T9-T11" */
        wsp_context_is(reading, at, -1, places))
        return false;
    return say_month_letters(text, wsp_context_is(reading, at, -1, wsp_month_words), words) ||
           say_month_letter(reading, at, words);
}

static bool say_token(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    return say_months_of_year(text, words) || say_months_by_letter(reading, at, words) ||
           say_short_year(reading, at, words) || say_month_before_year(reading, at, words) ||
           say_quarter(reading, at, words) || say_year_after_month(reading, at, words) ||
           say_days_of_month(reading, at, words) ||
           say_three_days(wsp_token_text(reading, at), words) ||
           say_date_to_date(reading, at, words) || say_dotted_dates(reading, at, words) ||
           say_years(text, words) || say_single(reading, at, words);
}

/* "24 - 7 - 2002" */
static bool says_spaced_triple(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_date date = {wsp_token_text(reading, at), wsp_token_text(reading, at + 1),
                            wsp_token_text(reading, at + 2)};
    if (!wsp_is_day(date.day) || !wsp_is_month(date.month) ||
        wsp_digits_at(date.year, 0) != date.year.len || !wsp_is_year(date.year) ||
        !wsp_dash_follows(reading, at) || !wsp_dash_follows(reading, at + 1))
        return false;
    say_date(words, &date, false);
    return true;
}

/* "ngày 17 - 5": it falls, so it is no range of days. Takes both tokens. */
static bool says_spaced_date(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str day = wsp_token_text(reading, at), month = wsp_token_text(reading, at + 1);
    if (!wsp_context_is(reading, at, -1, "ngày") || !wsp_dash_follows(reading, at) ||
        wsp_digits_at(day, 0) != day.len || wsp_digits_at(month, 0) != month.len ||
        !wsp_is_day(day) || !wsp_is_month(month) ||
        wsp_digits_value(day) <= wsp_digits_value(month))
        return false;
    say_date(words, &(struct wsp_date){.day = day, .month = month}, false);
    return true;
}

/* "ngày 5 - 7/4": a day, and after a dash a date of the same month. */
static bool says_first_day(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    struct wsp_date last;
    if (wsp_digits_at(text, 0) != text.len || !wsp_dash_follows(reading, at) ||
        !(is_whole(next, read_date(next, 0, &last)) ||
          (wsp_dot_is_date(reading, at) &&
           is_whole(next, wsp_date_read_pair(next, 0, ".", &last)))))
        return false;
    if (last.day.len > 0 && wsp_is_day(text)) {
        say_day(words, text);
    } else if (last.day.len == 0 && wsp_is_month(text)) {
        if (!wsp_context_is(reading, at, -1, wsp_month_words))
            wsp_vi_add(words, "tháng");
        wsp_vi_ordinal(words, text);
    } else {
        return false;
    }
    return true;
}

/* "22h00 ngày 18/7 - 04h00 ngày 19/7", "ngày 22.1 - 21 giờ ngày 28.1" */
static bool begins_time(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = wsp_digits_at(text, 0);
    if (digits == 0 || digits > 2)
        return false;
    return digits < text.len ? strchr("hg:", text.ptr[digits]) != NULL
                             : wsp_context_is(reading, at, 1, "giờ");
}

/* The second of "28-5 -> 3-6": of the same kind as the first. */
static bool say_like_first(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str first = wsp_token_text(reading, at), text = wsp_token_text(reading, at + 1);
    struct wsp_date date;
    for (const char *sign = "-."; *sign; sign++) {
        const char separator[] = {*sign, '\0'};
        if (is_whole(first, wsp_date_read_pair(first, 0, separator, &date)) && date.day.len > 0 &&
            is_whole(text, wsp_date_read_pair(text, 0, separator, &date)) && date.day.len > 0) {
            say_date(words, &date, false);
            return true;
        }
    }
    return false;
}

/* "05/06/2024 - 08:15": when a page was put on the web. */
static bool is_dateline(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    struct wsp_date date;
    bool full = is_whole(text, wsp_date_read_full(text, 0, &date)) && /* "15/6 - 8h30" too */
                memchr(next.ptr, ':', next.len);
    return (full || at == 0) && !wsp_context_is(reading, at, -1, "từ");
}

/* "17/5" where nothing asks for a date: a person should look. */
static bool is_guess(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    if (is_whole(text, read_short(text, 0, "/", &date)))
        return !short_is_asked(reading, at);
    return is_whole(text, wsp_date_read_pair(text, 0, "/-", &date)) && date.day.len > 0 &&
           !wsp_date_is_asked(reading, at);
}

/* "30/2", "29/2/2023": no month has that day. */
static bool is_no_day(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    if (!is_whole(text, wsp_date_read_full(text, 0, &date)) &&
        !(is_whole(text, wsp_date_read_pair(text, 0, "/-", &date)) && date.day.len > 0))
        return false;
    return !wsp_date_exists(&date);
}

/* "10/10", "31/1/2026", "10-12/10", and, if `dashes`, "15-3": a day stands first. */
static bool begins_with_day(struct wsp_str text, bool dashes)
{
    struct wsp_date date;
    size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
    bool range = dash > 0 && first <= 2 && wsp_date_read(text, first + dash, &date) > 0;
    bool single = !range && (wsp_date_read(text, 0, &date) > 0 ||
                             (dashes && wsp_date_read_pair(text, 0, "-", &date) > 0));
    return (range || single) && date.day.len > 0;
}

/* Is the date in the `taken` tokens from `at` told with "ngày": where it begins the sentence
 * ("15/3, xã tổ chức tiêm") and behind an hour, with which it would be heard as minutes ("8h
 * 10/10"); not where it is more likely a share of something: "17h, 3/4 nhiệm vụ". */
static bool is_told_with_day(const struct wsp_reading *reading, size_t at, size_t taken)
{
    static const char behind[] = "tại ở và đến tới này của cho trên trong sẽ là với tức từ";
    struct wsp_str text = wsp_token_text(reading, at);
    size_t last = at + taken - 1;
    if (wsp_is_joined_to_hour(reading, at) || (at == 0 && begins_with_day(text, true)))
        return true;
    bool counts = wsp_blank_follows(reading, last) &&
                  reading->tokens[last + 1].kind == WSP_TOKEN_WORD &&
                  !wsp_context_is(reading, last, 1, behind);
    return wsp_follows_hour(reading, at) && begins_with_day(text, false) && !counts;
}

size_t wsp_read_date(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(1024), other = WSP_BUF_INIT(1024);
    size_t taken = 0;
    if (says_spaced_triple(reading, at, &words)) {
        taken = 3;
    } else if (says_spaced_date(reading, at, &words)) {
        taken = 2;
    } else if (says_first_day(reading, at, &words) || say_token(reading, at, &words)) {
        taken = 1;
        if (wsp_dash_follows(reading, at) &&
            (say_token(reading, at + 1, &other) || say_like_first(reading, at, &other))) {
            wsp_vi_add(&words, "đến");
            wsp_vi_add(&words, other.ptr);
            taken = 2;
        }
    }
    bool until = wsp_context_is(reading, at, 1, "hết"); /* "từ 3/6 - hết 4/6" */
    if (taken == 1 && wsp_dash_follows(reading, at) &&
        (until || (begins_time(reading, at + 1) && !is_dateline(reading, at))))
        wsp_vi_add(&words, "đến");
    if (taken > 0 && is_told_with_day(reading, at, taken))
        wsp_say_words(reading, at, at + taken, WSP_STR("ngày"), out);
    if (taken > 0)
        wsp_say_words(reading, at, at + taken, wsp_buf_str(&words), out);
    if (taken == 1 && is_no_day(reading, at))
        wsp_doubt(out, WSP_DOUBT_ABSURD);
    else if (taken == 1 && is_guess(reading, at))
        wsp_doubt(out, WSP_DOUBT_DATE);
    wsp_buf_release(&words);
    wsp_buf_release(&other);
    return taken;
}
