/* The control socket: other programs steer what plays, and hear of it. JSON, a line each way;
 * docs/live.md has the protocol. */
#ifndef WSP_CONSOLE_CONTROL_H
#define WSP_CONSOLE_CONTROL_H

#include "studio/play.h"

struct wsp_control; /* opaque; one owner */

/* Listen at `path`, for the user alone. What a program that has ended left there is taken away.
 * Returns WSP_OK, WSP_USAGE (too long a name), WSP_UNAVAILABLE (another program listens there),
 * WSP_CANTCREAT or WSP_NOMEM. */
enum wsp_status wsp_control_open(struct wsp_control **out, const char *path, struct wsp_error *err);
void wsp_control_close(struct wsp_control *control); /* NULL is fine */

struct wsp_play_guest wsp_control_guest(struct wsp_control *control);

/* Say a command ("next", or "go" with "12") to the program that listens at `path`, and append its
 * answer, a line. Returns WSP_OK, WSP_USAGE, WSP_UNAVAILABLE (nobody listens, or it refuses),
 * WSP_IO or WSP_NOMEM. */
enum wsp_status wsp_control_ask(const char *path, const char *const *words, size_t n_words,
                                struct wsp_buf *answer, struct wsp_error *err);

#endif
