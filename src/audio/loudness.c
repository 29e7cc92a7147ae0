#include "audio/loudness.h"

#include "audio/level.h"
#include "base/buf.h"

#include <ebur128.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

struct wsp_meter {
    ebur128_state *state;
    uint32_t rate_hz;
    unsigned stride;   /* 2: every second frame is measured */
    uint32_t skipped;  /* frames since the last that was */
    double correct_lu; /* two loudspeakers; the thinning */
    size_t step;       /* measured frames between two looks: 100 ms */
    size_t to_look;
    double momentary, short_term, sample_peak, power;
    uint64_t n_frames, n_measured;
    double *blocks;
    size_t n_blocks, cap_blocks;
};

/* At half the rate the filter of BS.1770, a bilinear transform, rises a little more below the end
 * of the band: 0.033 to 0.052 LU on speech in all voices and profiles. */
static const double thin_lu = 0.043;

enum wsp_status wsp_meter_new(struct wsp_meter **out, enum wsp_meter_care care, uint32_t rate_hz,
                              unsigned channels)
{
    enum { DENSE_HZ = 44100 };
    *out = NULL;
    struct wsp_meter *meter = calloc(1, sizeof *meter);
    if (!meter)
        return WSP_NOMEM;
    bool dense = rate_hz >= DENSE_HZ && rate_hz % 2 == 0;
    meter->stride = dense && care == WSP_METER_QUICK ? 2 : 1;
    meter->rate_hz = rate_hz / meter->stride;
    meter->state = ebur128_init(
        1, meter->rate_hz, EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_S | EBUR128_MODE_M);
    if (!meter->state) {
        free(meter);
        return WSP_NOMEM;
    }
    meter->correct_lu = (channels == 2 ? 10 * log10(2) : 0) - (meter->stride == 2 ? thin_lu : 0);
    meter->step = meter->rate_hz / 10;
    meter->to_look = meter->step;
    meter->momentary = meter->short_term = -HUGE_VAL;
    *out = meter;
    return WSP_OK;
}

void wsp_meter_free(struct wsp_meter *meter)
{
    if (!meter)
        return;
    ebur128_destroy(&meter->state);
    free(meter->blocks);
    free(meter);
}

static const double offset_lu = 0.691; /* BS.1770 */

static enum wsp_status look(struct wsp_meter *meter)
{
    enum {
        SHORT_TERM_EVERY = 2
    }; /* blocks: 3 s are long, and EBU Tech 3341 asks for 10 a second
          of displays only */
    double value;
    if (meter->n_measured < 4 * meter->step)
        return WSP_OK;
    if (ebur128_loudness_momentary(meter->state, &value) != EBUR128_SUCCESS ||
        wsp_grow(&meter->blocks, &meter->cap_blocks, meter->n_blocks, sizeof *meter->blocks))
        return WSP_NOMEM;
    meter->blocks[meter->n_blocks++] =
        isinf(value) ? 0 : pow(10, (value + meter->correct_lu + offset_lu) / 10);
    meter->momentary = fmax(meter->momentary, value);
    if (meter->n_measured < 30 * meter->step || meter->n_blocks % SHORT_TERM_EVERY)
        return WSP_OK;
    if (ebur128_loudness_shortterm(meter->state, &value) != EBUR128_SUCCESS)
        return WSP_NOMEM;
    meter->short_term = fmax(meter->short_term, value);
    return WSP_OK;
}

static enum wsp_status measure(struct wsp_meter *meter, const float *frames, size_t n)
{
    while (n > 0) {
        size_t piece = n < meter->to_look ? n : meter->to_look;
        if (ebur128_add_frames_float(meter->state, frames, piece) != EBUR128_SUCCESS)
            return WSP_NOMEM;
        frames += piece;
        n -= piece;
        meter->n_measured += piece;
        meter->to_look -= piece;
        if (meter->to_look > 0)
            continue;
        meter->to_look = meter->step;
        if (look(meter))
            return WSP_NOMEM;
    }
    return WSP_OK;
}

enum wsp_status wsp_meter_add(struct wsp_meter *meter, const float *frames, size_t n)
{
    enum { PIECE = 4096 };
    float thin[PIECE];
    for (size_t at = 0; at < n; at += PIECE) {
        const float *piece = frames + at;
        size_t len = n - at < PIECE ? n - at : PIECE, kept = 0;
        meter->power += wsp_power(piece, len);
        meter->sample_peak = fmax(meter->sample_peak, (double)wsp_peak(piece, len));
        size_t first = meter->stride - 1 - meter->skipped;
        for (size_t i = first; i < len; i += meter->stride)
            thin[kept++] = piece[i];
        meter->skipped = (uint32_t)((meter->skipped + len) % meter->stride);
        if (measure(meter, thin, kept))
            return WSP_NOMEM;
    }
    meter->n_frames += n;
    return WSP_OK;
}

enum wsp_status wsp_meter_read(struct wsp_meter *meter, struct wsp_loudness *loudness)
{
    *loudness = (struct wsp_loudness){.momentary_lufs = meter->momentary + meter->correct_lu,
                                      .short_term_lufs = meter->short_term + meter->correct_lu,
                                      .sample_peak = meter->sample_peak,
                                      .n_frames = meter->n_frames};
    if (ebur128_loudness_global(meter->state, &loudness->integrated_lufs) != EBUR128_SUCCESS ||
        ebur128_loudness_range(meter->state, &loudness->range_lu) != EBUR128_SUCCESS)
        return WSP_NOMEM;
    if (isinf(loudness->integrated_lufs) && meter->power > 0) /* too short for a block */
        loudness->integrated_lufs = 10 * log10(meter->power / (double)meter->n_frames) - offset_lu;
    loudness->integrated_lufs += meter->correct_lu;
    return WSP_OK;
}

const double *wsp_meter_blocks(const struct wsp_meter *meter, size_t *n)
{
    *n = meter->n_blocks;
    return meter->blocks;
}

/* Mean of the blocks above `gate`; 0: none is. */
static double mean_above(const double *blocks, size_t n, double gate)
{
    double sum = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (blocks[i] > gate) {
            sum += blocks[i];
            kept++;
        }
    return kept > 0 ? sum / (double)kept : 0;
}

double wsp_gated_loudness(const double *blocks, size_t n)
{
    double absolute = pow(10, (-70 + offset_lu) / 10);
    double mean = mean_above(blocks, n, absolute);
    double gated = mean_above(blocks, n, fmax(absolute, mean / 10));
    return gated > 0 ? 10 * log10(gated) - offset_lu : -HUGE_VAL;
}
