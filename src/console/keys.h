/* Keys on the terminal, while it plays. */
#ifndef WSP_CONSOLE_KEYS_H
#define WSP_CONSOLE_KEYS_H

#include "studio/play.h"

struct wsp_keys {
    char number[8]; /* what has been typed after "g"; for the display */
    bool asks;      /* it is being typed */
    int escape;     /* how far an escape sequence has come; 0: none */
};

/* The terminal must have been taken. `keys` outlives the guest. */
struct wsp_play_guest wsp_keys_guest(struct wsp_keys *keys);

#endif
