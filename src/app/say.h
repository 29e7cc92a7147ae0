/* Messages on standard error, one line each: "wtisd-speak: tin.txt:12: what is wrong; what to
 * do". Control characters in what they quote are shown as '?', so that a name cannot play tricks
 * with the terminal. */
#ifndef WSP_APP_SAY_H
#define WSP_APP_SAY_H

#include "base/error.h"

/* Print `err` with its place. */
void wsp_say_error(const struct wsp_error *err);

/* Print a remark about a place: `file` may be NULL, the line's `number` 0. */
void wsp_say_remark(const char *file, size_t number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
