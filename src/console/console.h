/* The console: everyone who looks on and steers while it plays. A new one is a file and a row in
 * console.c. */
#ifndef WSP_CONSOLE_CONSOLE_H
#define WSP_CONSOLE_CONSOLE_H

#include "console/display.h"
#include "console/terminal.h"

struct wsp_console_settings {
    bool shows; /* a display, of this style */
    enum wsp_display_style style;
    const char *control; /* a socket's name, borrowed; NULL: none */
    const char *log;     /* a file's, likewise */
};

struct wsp_console {
    struct wsp_keys keys;
    struct wsp_display *display;
    struct wsp_control *control;
    struct wsp_playlog *log;
    struct wsp_mpris *mpris;
    struct wsp_play_guest guests[WSP_PLAY_GUESTS_MAX];
    size_t n_guests;
};

/* Returns WSP_OK, or what the socket and the log say; nothing is open then. */
enum wsp_status wsp_console_open(struct wsp_console *console,
                                 const struct wsp_console_settings *settings,
                                 struct wsp_error *err);

/* One more guest, who is not ours. */
void wsp_console_add(struct wsp_console *console, struct wsp_play_guest guest);

/* The terminal is as it was. Returns WSP_OK, or WSP_IO when the log could not be written. */
enum wsp_status wsp_console_close(struct wsp_console *console, struct wsp_error *err);

#endif
