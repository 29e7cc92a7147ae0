#include "app/attime.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    MINUTE_S = 60,
    HOUR_S = 3600,
    DAY_S = 86400,
    HOURS_MAX = 23,
    SIXTY = 60,
    ZONE_HOURS_MAX = 14
};

/* A start is waited for in nanoseconds of 64 bits, which end in April 2262. */
static const time_t LAST_S = INT64_MAX / 1000000000;

/* Exactly `digits` digits at *text, which moves behind them. */
static bool read_digits(const char **text, int digits, int *value)
{
    *value = 0;
    for (int i = 0; i < digits; i++, ++*text) {
        if (**text < '0' || **text > '9')
            return false;
        *value = *value * 10 + (**text - '0');
    }
    return true;
}

static bool read_sign(const char **text, char sign)
{
    if (**text != sign)
        return false;
    ++*text;
    return true;
}

static bool read_date(const char **text, struct tm *time)
{
    enum { YEAR_BEGIN = 1900 };
    const char *at = *text;
    if (!read_digits(&at, 4, &time->tm_year) || !read_sign(&at, '-') ||
        !read_digits(&at, 2, &time->tm_mon) || !read_sign(&at, '-') ||
        !read_digits(&at, 2, &time->tm_mday) || !(read_sign(&at, 'T') || read_sign(&at, ' ')))
        return false;
    time->tm_year -= YEAR_BEGIN;
    time->tm_mon -= 1;
    *text = at;
    return true;
}

static bool read_clock(const char **text, struct tm *time)
{
    const char *at = *text;
    if (!read_digits(&at, 2, &time->tm_hour) && !(at = *text, read_digits(&at, 1, &time->tm_hour)))
        return false;
    if (!read_sign(&at, ':') || !read_digits(&at, 2, &time->tm_min))
        return false;
    time->tm_sec = 0;
    if (read_sign(&at, ':') && !read_digits(&at, 2, &time->tm_sec))
        return false;
    *text = at;
    return time->tm_hour <= HOURS_MAX && time->tm_min < SIXTY && time->tm_sec < SIXTY;
}

/* A zone, in seconds east; *zoned says whether there is one. */
static bool read_zone(const char **text, bool *zoned, long *east)
{
    int hours, minutes = 0;
    while (**text == ' ')
        ++*text;
    *zoned = **text != '\0';
    *east = 0;
    if (!*zoned || read_sign(text, 'Z'))
        return true;
    int sign = **text == '+' ? 1 : **text == '-' ? -1 : 0;
    if (sign == 0)
        return false;
    ++*text;
    if (!read_digits(text, 2, &hours) || hours > ZONE_HOURS_MAX)
        return false;
    if (**text && ((void)read_sign(text, ':'), !read_digits(text, 2, &minutes)))
        return false;
    *east = sign * ((long)hours * HOUR_S + (long)minutes * MINUTE_S);
    return minutes < SIXTY;
}

/* The day of `now` in a zone. */
static void set_today(struct tm *time, time_t now, bool zoned, long east)
{
    struct tm today;
    time_t shifted = now + east;
    if (zoned)
        gmtime_r(&shifted, &today);
    else
        localtime_r(&now, &today);
    time->tm_year = today.tm_year;
    time->tm_mon = today.tm_mon;
    time->tm_mday = today.tm_mday;
}

/* Does the calendar have that day? (31 February becomes a day of March.) */
static bool to_seconds(struct tm wanted, bool zoned, long east, time_t *at)
{
    struct tm made = wanted;
    made.tm_isdst = -1;
    *at = zoned ? timegm(&made) - east : mktime(&made);
    return *at != (time_t)-1 && made.tm_mon == wanted.tm_mon && made.tm_mday == wanted.tm_mday;
}

enum wsp_status wsp_at_time(const char *text, time_t now, time_t *at, struct wsp_error *err)
{
    struct tm time = {0};
    const char *rest = text;
    bool zoned = false;
    long east = 0;
    bool dated = read_date(&rest, &time);
    if (!read_clock(&rest, &time) || !read_zone(&rest, &zoned, &east) || *rest)
        return wsp_fail(err, WSP_USAGE,
                        _("--at cannot be '%s'; give a time as in 07:30 or \"2026-05-17 07:30\""),
                        text);
    if (!dated)
        set_today(&time, now, zoned, east);
    if (!to_seconds(time, zoned, east, at))
        return wsp_fail(err, WSP_USAGE, _("--at: there is no such day as in '%s'"), text);
    if (!dated && *at < now) {
        time.tm_mday++;
        time.tm_isdst = -1;
        *at = zoned ? timegm(&time) - east : mktime(&time);
    }
    if (*at < now)
        return wsp_fail(err, WSP_USAGE, _("--at: '%s' has passed"), text);
    if (*at > LAST_S)
        return wsp_fail(err, WSP_USAGE, _("--at: '%s' is too far away; give a year before 2262"),
                        text);
    return WSP_OK;
}
