/* The one door to soxr: one utterance at a time from one rate to another (mono float32). */
#ifndef WSP_AUDIO_RESAMPLE_H
#define WSP_AUDIO_RESAMPLE_H

#include "base/error.h"

#include <stdint.h>

struct wsp_resampler; /* opaque; used from one thread at a time */

struct wsp_resampler *wsp_resampler_new(void); /* NULL when out of memory */
void wsp_resampler_free(struct wsp_resampler *resampler);

/* How many frames `n_in` become. */
size_t wsp_resampled_length(size_t n_in, uint32_t from_hz, uint32_t to_hz);

/* Resample `n_in` values into exactly wsp_resampled_length() values, from reset state; soxr's
 * delay is taken off. Equal rates copy. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_resample(struct wsp_resampler *resampler, const float *in, size_t n_in,
                             uint32_t from_hz, float *out, uint32_t to_hz);

#endif
