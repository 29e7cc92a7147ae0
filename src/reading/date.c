#include "reading/date.h"

#include "reading/figure.h"

bool wsp_in_range(struct wsp_str digits, unsigned low, unsigned high)
{
    unsigned value = wsp_digits_value(digits);
    return digits.len > 0 && digits.len <= 4 && value >= low && value <= high;
}

bool wsp_is_day(struct wsp_str digits)
{
    return wsp_digits_at(digits, 0) == digits.len && digits.len <= 2 && wsp_in_range(digits, 1, 31);
}

bool wsp_is_month(struct wsp_str digits)
{
    return wsp_digits_at(digits, 0) == digits.len && digits.len <= 2 && wsp_in_range(digits, 1, 12);
}

bool wsp_is_month_of_year(struct wsp_str text)
{
    enum { YEAR = 4 };
    size_t led = text.len > 0 && text.ptr[0] == 'T', digits = wsp_digits_at(text, led);
    return digits > 0 && digits <= 2 && led + digits + 1 + YEAR == text.len &&
           text.ptr[led + digits] == '/' && wsp_digits_at(text, led + digits + 1) == YEAR;
}

bool wsp_is_year(struct wsp_str digits)
{
    return digits.len == 4 && wsp_in_range(digits, 1000, 2999);
}

/* The numbers of `text` from *at on, `separator` between them, at most `n_max`. */
size_t wsp_date_split(struct wsp_str text, size_t *at, char separator, struct wsp_str *parts,
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

/* "17/5/2021", "17-5-2021", "17.5.2021", "2021-05-17", "2021/05/17". Returns its bytes. */
size_t wsp_date_read_full(struct wsp_str text, size_t begin, struct wsp_date *date)
{
    static const char separators[] = "/-.";
    for (const char *s = separators; *s; s++) {
        struct wsp_str p[3];
        size_t at = begin;
        if (wsp_date_split(text, &at, *s, p, 3) != 3)
            continue;
        *date = (struct wsp_date){p[0], p[1], p[2]};
        if (*s != '.' && wsp_is_year(p[0]))
            *date = (struct wsp_date){p[2], p[1], p[0]};
        else if (*s == '/' && wsp_is_month(p[0]) && wsp_is_day(p[1]) && !wsp_is_month(p[1]))
            *date = (struct wsp_date){p[1], p[0], p[2]}; /* "8/15/2020", as programs write it */
        if (wsp_is_day(date->day) && wsp_is_month(date->month) && wsp_is_year(date->year))
            return at - begin;
    }
    return 0;
}

/* "17/5" and "5/2021", with one of `separators` between. */
size_t wsp_date_read_pair(struct wsp_str text, size_t begin, const char *separators,
                          struct wsp_date *date)
{
    struct wsp_str p[2];
    *date = (struct wsp_date){.day = WSP_STR("")};
    for (; *separators; separators++) {
        size_t at = begin;
        if (wsp_date_split(text, &at, *separators, p, 2) != 2)
            continue;
        if (wsp_is_day(p[0]) && wsp_is_month(p[1])) {
            date->day = p[0];
            date->month = p[1];
            return at - begin;
        }
        if (wsp_is_month(p[0]) && wsp_is_year(p[1])) {
            date->month = p[0];
            date->year = p[1];
            return at - begin;
        }
    }
    return 0;
}

/* A date that cannot be a range: in full, or with a slash. */
size_t wsp_date_read(struct wsp_str text, size_t begin, struct wsp_date *date)
{
    size_t len = wsp_date_read_full(text, begin, date);
    return len > 0 ? len : wsp_date_read_pair(text, begin, "/", date);
}

bool wsp_date_exists(const struct wsp_date *date)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned day = wsp_digits_value(date->day), month = wsp_digits_value(date->month);
    unsigned year = date->year.len > 0 ? wsp_digits_value(date->year) : 0;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day >= 1 && day <= days[month - 1] && (day < 29 || month != 2 || leap);
}
