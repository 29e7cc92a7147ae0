/* Signals. SIGINT, SIGTERM and SIGHUP end the program without a half-made file and without a
 * worker left; the exit status is 128 + the signal's number. */
#ifndef WSP_APP_INTERRUPT_H
#define WSP_APP_INTERRUPT_H

#include "base/cancel.h"
#include "studio/play.h"

/* Catch the signals: each raises `cancel`. A second one ends the program on the spot, as does the
 * first while nothing but reading is going on (wsp_interrupt_at_once). A closed pipe and a
 * file-size limit become plain errors of write(). */
void wsp_interrupt_init(struct wsp_cancel *cancel);

/* While it plays, SIGUSR1 pauses and resumes, SIGUSR2 goes to the next sentence. */
struct wsp_play_guest wsp_interrupt_guest(void);

/* Until told otherwise, the first signal ends the program on the spot: nothing is in the making,
 * and a read from a terminal may wait for ever. */
void wsp_interrupt_at_once(int yes);

#endif
