#include "audio/chime.h"

#include "audio/levels.h"
#include "audio/loudness.h"
#include "audio/truepeak.h"
#include "base/buf.h"

#include <math.h>
#include <string.h>

/* Bars of metal have partials at 1, 2.76 and 5.40 (free ends); a gong's lie close. */
const struct wsp_chime wsp_chimes[] = {
    {.name = "two-tone",
     .length_s = 2.2,
     .strikes = {{0, 659.26, 0.45}, {0.6, 523.25, 0.6}},
     .n_strikes = 2,
     .partials = {{1, 1}, {2, 0.25}, {2.76, 0.12}, {5.4, 0.03}},
     .n_partials = 4},
    {.name = "three-tone",
     .length_s = 2.8,
     .strikes = {{0, 523.25, 0.45}, {0.5, 659.26, 0.45}, {1.0, 783.99, 0.65}},
     .n_strikes = 3,
     .partials = {{1, 1}, {2, 0.25}, {2.76, 0.12}, {5.4, 0.03}},
     .n_partials = 4},
    {.name = "gong",
     .length_s = 4,
     .strikes = {{0, 196, 1.1}},
     .n_strikes = 1,
     .partials = {{1, 1}, {1.52, 0.6}, {2.03, 0.5}, {2.44, 0.35}, {3.01, 0.3}, {4.16, 0.15}},
     .n_partials = 6},
};
const size_t wsp_n_chimes = WSP_LEN(wsp_chimes);

static const double attack_s = 0.004, fade_s = 0.15;

const struct wsp_chime *wsp_chime_find(const char *name)
{
    for (size_t i = 0; i < wsp_n_chimes; i++)
        if (strcmp(wsp_chimes[i].name, name) == 0)
            return &wsp_chimes[i];
    return NULL;
}

size_t wsp_chime_length(const struct wsp_chime *chime, uint32_t rate_hz)
{
    return (size_t)(chime->length_s * rate_hz);
}

/* Higher partials die sooner. */
static double strike_at(const struct wsp_chime *chime, const struct wsp_strike *strike, double t)
{
    double sum = 0;
    for (size_t k = 0; k < chime->n_partials; k++) {
        const struct wsp_partial *partial = &chime->partials[k];
        sum += partial->level * exp(-t / strike->decay_s * sqrt(partial->ratio)) *
               sin(2 * M_PI * strike->hz * partial->ratio * t);
    }
    return sum * fmin(1, t / attack_s);
}

void wsp_chime_make(const struct wsp_chime *chime, float *frames, uint32_t rate_hz)
{
    size_t n = wsp_chime_length(chime, rate_hz);
    for (size_t i = 0; i < n; i++) {
        double t = (double)i / rate_hz, sum = 0;
        for (size_t k = 0; k < chime->n_strikes; k++)
            if (t >= chime->strikes[k].at_s)
                sum += strike_at(chime, &chime->strikes[k], t - chime->strikes[k].at_s);
        double left = chime->length_s - t;
        frames[i] = (float)(0.1 * sum * fmin(1, left / fade_s));
    }
}

enum wsp_status wsp_chime_level(float *frames, size_t n, uint32_t rate_hz, double lufs,
                                double true_peak_dbtp)
{
    struct wsp_levels levels = {0};
    struct wsp_loudness loudness = {0};
    struct wsp_meter meter;
    wsp_meter_init(&meter, rate_hz, 1);
    enum wsp_status st = wsp_levels_measure(&levels, frames, n, rate_hz);
    if (!st)
        st = wsp_meter_extend(&meter, n);
    for (size_t i = 0; i < levels.n && !st; i++)
        wsp_meter_add(&meter, i * WSP_LEVELS_BLOCK, (double)levels.blocks[i].power, 0);
    if (!st)
        st = wsp_meter_read(&meter, &loudness);
    double loudest = isinf(loudness.momentary_lufs) ? loudness.integrated_lufs /* under 0.4 s */
                                                    : loudness.momentary_lufs;
    double peak = (double)wsp_true_peak(frames, n);
    if (!st && peak > 0 && !isinf(loudest)) {
        double gain = pow(10, (lufs - loudest) / 20), ceiling = pow(10, true_peak_dbtp / 20);
        gain = fmin(gain, 0.98 * ceiling / peak);
        for (size_t i = 0; i < n; i++)
            frames[i] *= (float)gain;
    }
    wsp_levels_release(&levels);
    wsp_meter_release(&meter);
    return st;
}
