/* A look-ahead limiter on the true peak. It is a stage of a stream: frames go in, as many come out,
 * and its delay is drained at the end. */
#ifndef WSP_AUDIO_LIMITER_H
#define WSP_AUDIO_LIMITER_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct wsp_limiter; /* opaque; one owner */

/* Hold mono frames at `rate_hz` under `ceiling` (linear true peak). Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_limiter_new(struct wsp_limiter **out, uint32_t rate_hz, double ceiling);
void wsp_limiter_free(struct wsp_limiter *limiter); /* NULL is fine */

/* Forget the signal, keep the memory. */
void wsp_limiter_reset(struct wsp_limiter *limiter);

/* Frames by which the output is later than the input. To drain, put that many of silence in. */
size_t wsp_limiter_delay(const struct wsp_limiter *limiter);

/* Take `n` frames in and give `n` out; before the first come wsp_limiter_delay() frames of silence.
 * `in` and `out` may be the same. */
void wsp_limiter_flow(struct wsp_limiter *limiter, const float *in, float *out, size_t n);

/* The deepest reduction so far, in dB (0 or more). */
double wsp_limiter_deepest_db(const struct wsp_limiter *limiter);

#endif
