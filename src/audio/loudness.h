/* Loudness after ITU-R BS.1770-4 and EBU R 128: the one door to libebur128. */
#ifndef WSP_AUDIO_LOUDNESS_H
#define WSP_AUDIO_LOUDNESS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct wsp_meter; /* opaque; one owner; used from one thread at a time */

/* What a meter has measured; -HUGE_VAL where there was nothing to measure. */
struct wsp_loudness {
    double integrated_lufs; /* without a gated block (under 0.4 s): of all there is, ungated */
    double range_lu;        /* EBU Tech 3342; 0 for short sounds */
    double momentary_lufs, short_term_lufs; /* the highest, EBU Tech 3341 */
    double sample_peak;                     /* linear */
    uint64_t n_frames;
};

/* Mono at `rate_hz`, heard from `channels` equal loudspeakers (1 or 2: two are 3 LU louder).
 * Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_meter_new(struct wsp_meter **out, uint32_t rate_hz, unsigned channels);
void wsp_meter_free(struct wsp_meter *meter); /* NULL is fine */

/* Take `n` mono frames in. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_meter_add(struct wsp_meter *meter, const float *frames, size_t n);

/* What was measured so far. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_meter_read(struct wsp_meter *meter, struct wsp_loudness *loudness);

#endif
