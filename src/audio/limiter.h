/* A look-ahead limiter on the true peak of one take, from rest. It works on the take's levels: for
 * each block a gain, found before any sound is touched, so that the loudness of what it will do is
 * known beforehand. */
#ifndef WSP_AUDIO_LIMITER_H
#define WSP_AUDIO_LIMITER_H

#include "audio/levels.h"

struct wsp_limiter {
    float *gains; /* owned: at each block's beginning, and at the end; at most 1 */
    size_t n, cap;
    double deepest; /* the least of them */
};

void wsp_limiter_release(struct wsp_limiter *limiter);

/* Find the gains that hold a take at `rate_hz`, made louder by `gain` (linear), under `ceiling`
 * (linear true peak). Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_limiter_plan(struct wsp_limiter *limiter, const struct wsp_levels *levels,
                                 uint32_t rate_hz, double gain, double ceiling);

/* The power of block `i` after that, the gain included. */
double wsp_limiter_power(const struct wsp_limiter *limiter, const struct wsp_levels *levels,
                         size_t i, double gain);

/* Do it: `frames` are those whose levels were planned with. In place. */
void wsp_limiter_apply(const struct wsp_limiter *limiter, float *frames, size_t n, double gain);

#endif
