/* The log: what was said when, on which devices, whole or cut. JSON Lines, added to a file. */
#ifndef WSP_CONSOLE_PLAYLOG_H
#define WSP_CONSOLE_PLAYLOG_H

#include "studio/play.h"

struct wsp_playlog; /* opaque; one owner */

/* Returns WSP_OK, WSP_CANTCREAT or WSP_NOMEM. */
enum wsp_status wsp_playlog_open(struct wsp_playlog **out, const char *path, struct wsp_error *err);

/* Returns WSP_OK, or WSP_IO when a line could not be written. NULL is fine. */
enum wsp_status wsp_playlog_close(struct wsp_playlog *log, struct wsp_error *err);

struct wsp_play_guest wsp_playlog_guest(struct wsp_playlog *log);

#endif
