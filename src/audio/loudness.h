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

/* Speech has nothing above 11 kHz, so at 44.1 kHz and more every second frame tells nearly as much,
 * at half the cost: within 0.01 LU on flat sound, 0.1 on bright. */
enum wsp_meter_care { WSP_METER_QUICK, WSP_METER_EXACT };

/* Mono at `rate_hz`, heard from `channels` equal loudspeakers (1 or 2: two are 3 LU louder).
 * Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_meter_new(struct wsp_meter **out, enum wsp_meter_care care, uint32_t rate_hz,
                              unsigned channels);
void wsp_meter_free(struct wsp_meter *meter); /* NULL is fine */

/* Take `n` mono frames in. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_meter_add(struct wsp_meter *meter, const float *frames, size_t n);

/* What was measured so far. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_meter_read(struct wsp_meter *meter, struct wsp_loudness *loudness);

/* The power of the blocks that integrated loudness is made of, 400 ms long and 100 ms apart, as
 * K-weighted mean squares; borrowed until more is added. Block i ends at frame (i + 4) * rate / 10.
 */
const double *wsp_meter_blocks(const struct wsp_meter *meter, size_t *n);

/* The integrated loudness of such blocks (BS.1770-4: gates at -70 LUFS and 10 LU under the mean of
 * what passes that), -HUGE_VAL when none passes. */
double wsp_gated_loudness(const double *blocks, size_t n);

#endif
