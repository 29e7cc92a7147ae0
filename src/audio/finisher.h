/* The last of what is done to a take, when its gain is known: gain and limiter at the engine's
 * rate, then the programme's rate. From rest: what comes out depends on the take and the gain
 * alone. */
#ifndef WSP_AUDIO_FINISHER_H
#define WSP_AUDIO_FINISHER_H

#include "audio/limiter.h"

struct wsp_finisher; /* opaque; used from one thread at a time */

/* For a programme at `rate_hz`. NULL when out of memory. */
struct wsp_finisher *wsp_finisher_new(uint32_t rate_hz);
void wsp_finisher_free(struct wsp_finisher *finisher); /* NULL is fine */

struct wsp_finished {
    double true_peak; /* linear */
    double deepest;   /* the limiter's least gain, 1 or less */
};

/* Finish `n` frames at `from_hz`, which are overwritten, into wsp_resampled_length() frames of
 * `out`. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_finisher_run(struct wsp_finisher *finisher, float *frames, size_t n,
                                 uint32_t from_hz, const struct wsp_levels *levels,
                                 const struct wsp_limits *limits, float *out,
                                 struct wsp_finished *finished);

/* What the limiter is told for a true peak of at most `ceiling`: a little less, for what it does
 * not see (the resampler's own ripple, and a gain that moves). */
double wsp_finisher_margin(double ceiling);

#endif
