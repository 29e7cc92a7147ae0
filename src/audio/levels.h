/* The levels of one take, in blocks of a millisecond and a half: all that a gain, a limiter and a
 * loudness need to know of its sound, a sixteenth of its size. */
#ifndef WSP_AUDIO_LEVELS_H
#define WSP_AUDIO_LEVELS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum { WSP_LEVELS_BLOCK = 32 }; /* frames of a block; the last may be shorter */

struct wsp_level {
    float peak;  /* the highest true peak in it, linear */
    float power; /* the sum of its K-weighted squares (ITU-R BS.1770-4) */
};

struct wsp_levels {
    struct wsp_level *blocks; /* owned */
    size_t n, cap;
};

/* How many blocks `n_frames` have. */
size_t wsp_levels_count(size_t n_frames);

/* Room for `n` blocks. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_levels_reserve(struct wsp_levels *levels, size_t n);
void wsp_levels_release(struct wsp_levels *levels);

/* Measure `n` mono frames at `rate_hz` (16 to 192 kHz), with silence before and after. K-weighting
 * is made at this rate: within 0.02 LU of what BS.1770's own filter at 48 kHz says of speech.
 * Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_levels_measure(struct wsp_levels *levels, const float *frames, size_t n,
                                   uint32_t rate_hz);

#endif
