#include "audio/loudness.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

struct wsp_meter {
    ebur128_state *state;
    uint32_t rate_hz;
    double dual_lu; /* two loudspeakers */
    size_t step;    /* frames between two looks at momentary and short-term loudness */
    size_t to_look;
    double momentary, short_term, sample_peak, power;
    uint64_t n_frames;
};

enum wsp_status wsp_meter_new(struct wsp_meter **out, uint32_t rate_hz, unsigned channels)
{
    *out = NULL;
    struct wsp_meter *meter = calloc(1, sizeof *meter);
    if (!meter)
        return WSP_NOMEM;
    meter->state = ebur128_init(
        1, rate_hz, EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_S | EBUR128_MODE_M);
    if (!meter->state) {
        free(meter);
        return WSP_NOMEM;
    }
    meter->rate_hz = rate_hz;
    meter->dual_lu = channels == 2 ? 10 * log10(2) : 0;
    meter->step = rate_hz / 10;
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
    free(meter);
}

static void look(struct wsp_meter *meter)
{
    double value;
    if (meter->n_frames * 10 >= meter->rate_hz * 4ULL &&
        ebur128_loudness_momentary(meter->state, &value) == EBUR128_SUCCESS &&
        value > meter->momentary)
        meter->momentary = value;
    if (meter->n_frames >= meter->rate_hz * 3ULL &&
        ebur128_loudness_shortterm(meter->state, &value) == EBUR128_SUCCESS &&
        value > meter->short_term)
        meter->short_term = value;
}

enum wsp_status wsp_meter_add(struct wsp_meter *meter, const float *frames, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double x = fabs((double)frames[i]);
        meter->power += x * x;
        if (x > meter->sample_peak)
            meter->sample_peak = x;
    }
    while (n > 0) {
        size_t piece = n < meter->to_look ? n : meter->to_look;
        if (ebur128_add_frames_float(meter->state, frames, piece) != EBUR128_SUCCESS)
            return WSP_NOMEM;
        frames += piece;
        n -= piece;
        meter->n_frames += piece;
        meter->to_look -= piece;
        if (meter->to_look == 0) {
            look(meter);
            meter->to_look = meter->step;
        }
    }
    return WSP_OK;
}

enum wsp_status wsp_meter_read(struct wsp_meter *meter, struct wsp_loudness *loudness)
{
    *loudness = (struct wsp_loudness){.momentary_lufs = meter->momentary + meter->dual_lu,
                                      .short_term_lufs = meter->short_term + meter->dual_lu,
                                      .sample_peak = meter->sample_peak,
                                      .n_frames = meter->n_frames};
    if (ebur128_loudness_global(meter->state, &loudness->integrated_lufs) != EBUR128_SUCCESS ||
        ebur128_loudness_range(meter->state, &loudness->range_lu) != EBUR128_SUCCESS)
        return WSP_NOMEM;
    if (isinf(loudness->integrated_lufs) && meter->power > 0) /* too short for a block */
        loudness->integrated_lufs = -0.691 + 10 * log10(meter->power / (double)meter->n_frames);
    loudness->integrated_lufs += meter->dual_lu;
    return WSP_OK;
}
