/* Dates as they are written: "17/5/2021", "2021-05-17", "17/5", "5/2021". Years are 1000 to 2999.
 */
#ifndef WSP_READING_DATE_H
#define WSP_READING_DATE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct wsp_date {
    struct wsp_str day, month, year; /* empty: not written */
};

/* Are the digits a number from `low` to `high`; of a day (1 to 31), a month, a year? */
bool wsp_in_range(struct wsp_str digits, unsigned low, unsigned high);
bool wsp_is_day(struct wsp_str digits);
bool wsp_is_month(struct wsp_str digits);
bool wsp_is_month_of_year(struct wsp_str text); /* "T5/2025", "5/2025" */
bool wsp_is_year(struct wsp_str digits);

/* The numbers of `text` from *at on, `separator` between them, at most `n_max`; *at is behind the
 * last. Returns how many, 0: none. */
size_t wsp_date_split(struct wsp_str text, size_t *at, char separator, struct wsp_str *parts,
                      size_t n_max);

/* Read a date at byte `begin`: with day, month and year; a pair, "17/5" or "5/2021", with one of
 * `separators` between; or whichever of these cannot be a range. Returns its bytes, 0: none. */
size_t wsp_date_read_full(struct wsp_str text, size_t begin, struct wsp_date *date);
size_t wsp_date_read_pair(struct wsp_str text, size_t begin, const char *separators,
                          struct wsp_date *date);
size_t wsp_date_read(struct wsp_str text, size_t begin, struct wsp_date *date);

/* Is there such a day, by the Gregorian calendar? Without a year: in some year. `date` has a day.
 */
bool wsp_date_exists(const struct wsp_date *date);

#endif
