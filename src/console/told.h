/* What is told in JSON of what plays: through the socket and in the log. */
#ifndef WSP_CONSOLE_TOLD_H
#define WSP_CONSOLE_TOLD_H

#include "studio/play.h"

#include <jansson.h>

/* Objects that the caller releases; NULL when out of memory. docs/live.md says what is in them. */
json_t *wsp_told_state(const struct wsp_play *play);
json_t *wsp_told_event(const struct wsp_play *play, const struct wsp_play_event *event);

/* Append a line: the object, and a line feed. Releases it. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_told_line(struct wsp_buf *out, json_t *object);

/* Now, as in 2026-05-17T07:30:00.125+07:00. */
enum { WSP_TOLD_TIME_SIZE = 64 };
void wsp_told_time(char out[WSP_TOLD_TIME_SIZE]);

#endif
