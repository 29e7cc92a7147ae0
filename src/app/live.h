/* Playing as the command line asks for it: the console, the clock, what is said of devices. */
#ifndef WSP_APP_LIVE_H
#define WSP_APP_LIVE_H

#include "app/options.h"
#include "studio/play.h"

/* Play what `session` has read on its loudspeakers; `guest` hears of it too. `at` is when, in
 * seconds since 1970; 0: at once. Returns as wsp_session_play() does, or what the console says (a
 * socket, a log). */
enum wsp_status wsp_live_play(const struct wsp_options *options, time_t at,
                              struct wsp_session *session, struct wsp_play_guest guest,
                              const struct wsp_session_watch *watch,
                              struct wsp_session_report *report, struct wsp_error *err);

/* --ask: say a command to a program that plays, and print its answer. */
enum wsp_status wsp_live_ask(const struct wsp_options *options, struct wsp_error *err);

#endif
