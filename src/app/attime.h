/* --at: a time of the wall clock. */
#ifndef WSP_APP_ATTIME_H
#define WSP_APP_ATTIME_H

#include "base/error.h"

#include <stdint.h>
#include <time.h>

/* Read "07:30" or "07:30:15" (today, or tomorrow when that has passed), or a date before it
 * ("2026-05-17 07:30", "2026-05-17T07:30"), and behind it perhaps a zone ("+07:00", "+07", "Z";
 * else it is the machine's). `now` is the present. *at is in seconds since 1970. Returns WSP_OK or
 * WSP_USAGE (it cannot be read, or has passed). */
enum wsp_status wsp_at_time(const char *text, time_t now, time_t *at, struct wsp_error *err);

#endif
