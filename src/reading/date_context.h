/* What stands around two numbers that may be a day and a month: "17/5", "17-5", "17.5" may as well
 * be a fraction, a score, a range, a decimal, or a house. */
#ifndef WSP_READING_DATE_CONTEXT_H
#define WSP_READING_DATE_CONTEXT_H

#include "reading/date.h"
#include "reading/reader.h"

/* For wsp_context_is(): before a day; before a month; before the number of a place, of a part or of
 * a class ("số 12/5 đường Trần Phú"); what is counted in shares ("2/3 quả"). */
extern const char wsp_day_words[], wsp_month_words[], wsp_house_words[], wsp_shared_words[];

/* Does a word before token `at` ask for a date? "ngày 26 và 27/6" too. */
bool wsp_date_is_asked(const struct wsp_reading *reading, size_t at);

/* May token `at`, two numbers with a slash, with a dash, with a dot between, be a date there?
 * `date` is what it would be. */
bool wsp_slash_is_date(const struct wsp_reading *reading, size_t at, const struct wsp_date *date);
bool wsp_dash_is_date(const struct wsp_reading *reading, size_t at, const struct wsp_date *date);
bool wsp_dot_is_date(const struct wsp_reading *reading, size_t at);

/* Does token `at` stand behind a day of the week ("Thứ Hai, 17/5/21"), behind an hour ("20h 27.9"),
 * behind an hour and a slash ("10h00/22-9": nothing else is written so)? */
bool wsp_follows_weekday(const struct wsp_reading *reading, size_t at);
bool wsp_follows_hour(const struct wsp_reading *reading, size_t at);
bool wsp_is_joined_to_hour(const struct wsp_reading *reading, size_t at);

/* Do a dash and a month with its year stand behind token `at`: "T3 - T5/2025"? */
bool wsp_leads_to_month_of_year(const struct wsp_reading *reading, size_t at);

/* Does another of those that wsp_house_words lead stand before it: "lớp 1/2, 2/3", "hạng 1/4 và
 * 2/4"? */
bool wsp_follows_house(const struct wsp_reading *reading, size_t at);

/* Does a unit stand behind it, that counts it? */
bool wsp_has_unit_behind(const struct wsp_reading *reading, size_t at);

#endif
