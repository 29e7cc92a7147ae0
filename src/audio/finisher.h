/* The last of what is done to a take, when its gain is known: gain and limiter at the engine's
 * rate, then the programme's rate. From rest: what comes out depends on the take and the gain
 * alone. */
#ifndef WSP_AUDIO_FINISHER_H
#define WSP_AUDIO_FINISHER_H

#include "audio/levels.h"

struct wsp_finisher; /* opaque; used from one thread at a time */

/* For a programme at `rate_hz` under `ceiling` (linear true peak). NULL when out of memory. */
struct wsp_finisher *wsp_finisher_new(uint32_t rate_hz, double ceiling);
void wsp_finisher_free(struct wsp_finisher *finisher); /* NULL is fine */

struct wsp_finished {
    double true_peak; /* linear */
    double deepest;   /* the limiter's least gain, 1 or less */
};

/* Finish `n` frames at `from_hz`, which are overwritten, into wsp_resampled_length() frames of
 * `out`. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_finisher_run(struct wsp_finisher *finisher, float *frames, size_t n,
                                 uint32_t from_hz, const struct wsp_levels *levels, double gain,
                                 float *out, struct wsp_finished *finished);

#endif
