/* The terminal: keys come one by one, the cursor is hidden, and all is as it was before when it is
 * given back: at the end, while the program is stopped (Ctrl-Z), and when it crashes. There is one.
 */
#ifndef WSP_CONSOLE_TERMINAL_H
#define WSP_CONSOLE_TERMINAL_H

#include <stdbool.h>

/* What is taken of it. */
struct wsp_terminal_wish {
    bool keys; /* from standard input, or from the controlling terminal when that is no terminal */
    bool screen; /* drawn to on standard error: the cursor is hidden */
    bool whole;  /* the other screen, all of it */
};

/* Returns what could be had: no keys without a terminal. In the background nothing is taken yet. */
struct wsp_terminal_wish wsp_terminal_take(struct wsp_terminal_wish wish);

/* The descriptor to read keys from, without waiting; -1: none, or we are in the background. Takes
 * them when we have come to the foreground. */
int wsp_terminal_keys(void);

/* It has no more keys: its end was read. */
void wsp_terminal_lose_keys(void);

/* Give it back; async-signal-safe, and may be called again. */
void wsp_terminal_give_back(void);

/* Has its size changed, or was the program stopped, since the last call? Then all is drawn anew. */
bool wsp_terminal_has_changed(void);

/* Has Ctrl-Z been pressed? Then stop the program as soon as it may be: returns when it goes on. (A
 * second Ctrl-Z does not wait.) */
bool wsp_terminal_is_to_stop(void);
void wsp_terminal_stop(void);

/* Are we in its foreground? Else it is the shell's, and nothing is drawn. */
bool wsp_terminal_is_ours(void);

void wsp_terminal_size(unsigned *columns, unsigned *rows); /* 80 and 24 when it does not say */

#endif
