/* Takes the shift away that is left where peaks are held: the half of a wave that peaks is turned
 * down, the other is not. A high-pass would do so too, but its phase makes new peaks. */
#ifndef WSP_AUDIO_CENTRE_H
#define WSP_AUDIO_CENTRE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct wsp_centre {
    float *means; /* owned: of blocks */
    size_t cap;
};

void wsp_centre_release(struct wsp_centre *centre);

/* Subtract from each of `n` frames their mean around it, under a triangle of 160 ms. Silence stands
 * before and after, and what is subtracted begins and ends with nothing. Returns WSP_OK or
 * WSP_NOMEM. */
enum wsp_status wsp_centre_run(struct wsp_centre *centre, float *frames, size_t n,
                               uint32_t rate_hz);

#endif
