/* The keeper of the terminal: a process that waits until we are gone, and then puts the terminal
 * back to what it was if we could not do so ourselves (SIGKILL). It is in a session of its own, so
 * that what ends our whole process group leaves it alone, and ends with us. There is one. */
#ifndef WSP_CONSOLE_KEEPER_H
#define WSP_CONSOLE_KEEPER_H

#include <signal.h>
#include <termios.h>

/* What would have to be undone, as it stands: in memory that the keeper sees. */
struct wsp_kept {
    struct termios before, keys;         /* the modes as they were, and as we have made them */
    volatile sig_atomic_t taken;         /* the keys: the terminal is as `keys` says */
    volatile sig_atomic_t screen, whole; /* the cursor is hidden; the other screen is shown */
};

/* Write what gives the screen back; async-signal-safe. */
void wsp_kept_show(const struct wsp_kept *kept);

/* Start it for the terminal behind descriptor `terminal` (-1: none) and standard error. Where that
 * cannot be done, what is returned is the same, and nobody looks at it. */
struct wsp_kept *wsp_keeper_start(int terminal);

/* End it; nothing is undone. Async-signal-safe, and may be called again; what wsp_keeper_start()
 * has returned stays. */
void wsp_keeper_end(void);

#endif
