/* Fitting a message into a slot: first the rate, within what can still be understood, then the
 * pauses between sentences, to the frame. */
#ifndef WSP_STUDIO_SLOT_H
#define WSP_STUDIO_SLOT_H

#include <stdbool.h>

/* How long a message was at a rate, in seconds. */
struct wsp_slot_measure {
    double rate_wpm;
    double speech; /* what sounds of the sentences, with the pauses inside them */
    double pauses; /* between sentences: these can be stretched */
    double rest;   /* chime, pre-roll, gaps */
};

/* Speech is understood from 0.7 to 1.6 times the voice's own rate, and the ear takes pauses of half
 * to two and a half times their length for pauses still. */
#define WSP_SLOT_RATE_MIN 0.7
#define WSP_SLOT_RATE_MAX 1.6
#define WSP_SLOT_PAUSE_MIN 0.5
#define WSP_SLOT_PAUSE_MAX 2.5

/* The rate at which a message so measured would fill `seconds`, were speech and pauses to shrink
 * and grow together; within the bounds around `own_wpm`, the voice's own rate. */
double wsp_slot_rate(const struct wsp_slot_measure *measure, double own_wpm, double seconds);

/* The factor for the pauses that makes it last `seconds` exactly, within the bounds. Returns
 * whether it does. */
bool wsp_slot_stretch(const struct wsp_slot_measure *measure, double seconds, double *stretch);

/* The shortest and the longest that can be had of it, about. */
void wsp_slot_bounds(const struct wsp_slot_measure *measure, double own_wpm, double *least,
                     double *most);

#endif
