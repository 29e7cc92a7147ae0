/* What is shown while it plays, on standard error: the sentence with the word that sounds, what
 * comes next, and how it stands. */
#ifndef WSP_CONSOLE_DISPLAY_H
#define WSP_CONSOLE_DISPLAY_H

#include "console/keys.h"

enum wsp_display_style {
    WSP_DISPLAY_PLAIN, /* a line a sentence and nothing else: a log, or a screen reader */
    WSP_DISPLAY_LINES, /* drawn where the terminal's cursor stands */
    WSP_DISPLAY_LARGE, /* the whole terminal, in letters of many cells */
};

struct wsp_display; /* opaque; one owner. There is one terminal, so there is one display. */

/* `keys` is borrowed, or NULL. Returns NULL when out of memory. */
struct wsp_display *wsp_display_new(enum wsp_display_style style, const struct wsp_keys *keys);
void wsp_display_free(struct wsp_display *display); /* what was drawn is gone; NULL is fine */

struct wsp_play_guest wsp_display_guest(struct wsp_display *display);

/* Take what is drawn away, so that a message can be printed; it is drawn again. */
void wsp_display_step_aside(void);

#endif
