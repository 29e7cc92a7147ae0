/* A look-ahead limiter on the true peak of one take, from rest. It works on the take's levels: for
 * each block a gain, found before any sound is touched, so that the loudness of what it will do is
 * known beforehand. */
#ifndef WSP_AUDIO_LIMITER_H
#define WSP_AUDIO_LIMITER_H

#include "audio/levels.h"

/* How a gain moves. */
struct wsp_limiter_pace {
    size_t ahead;     /* blocks, 1 to WSP_LIMITER_AHEAD_MAX: over so many it comes down */
    double release_s; /* in which a reduction is let go: to 1/e */
};

enum { WSP_LIMITER_AHEAD_MAX = 3 }; /* 4.4 ms at the engine's rate */

/* Speech sounds best when a reduction is let go slowly: the first is the one to take. But no
 * loudness can be had that way that is less below the peaks than a vowel is below its own; the next
 * are faster, and the last follows every period of a deep voice. */
extern const struct wsp_limiter_pace wsp_limiter_paces[];
extern const size_t wsp_n_limiter_paces;

/* What a limiter is asked to do. */
struct wsp_limits {
    double gain;    /* linear, before it */
    double ceiling; /* linear true peak, after it */
    struct wsp_limiter_pace pace;
};

struct wsp_limiter {
    float *gains; /* owned: at each block's beginning, and at the end; at most 1 */
    size_t n, cap;
    double deepest; /* the least of them */
};

void wsp_limiter_release(struct wsp_limiter *limiter);

/* Find the gains that hold a take at `rate_hz` within `limits`. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_limiter_plan(struct wsp_limiter *limiter, const struct wsp_levels *levels,
                                 uint32_t rate_hz, const struct wsp_limits *limits);

/* The power of block `i` after that, the gain included. */
double wsp_limiter_power(const struct wsp_limiter *limiter, const struct wsp_levels *levels,
                         size_t i, double gain);

/* Its peak after that, at most. */
double wsp_limiter_peak(const struct wsp_limiter *limiter, const struct wsp_levels *levels,
                        size_t i, double gain);

/* Do it: `frames` are those whose levels were planned with. In place. */
void wsp_limiter_apply(const struct wsp_limiter *limiter, float *frames, size_t n, double gain);

#endif
