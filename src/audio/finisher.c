#include "audio/finisher.h"

#include "audio/centre.h"
#include "audio/resample.h"
#include "audio/truepeak.h"

#include <stdlib.h>

struct wsp_finisher {
    uint32_t rate_hz;
    struct wsp_resampler *resampler;
    struct wsp_limiter limiter;
    struct wsp_centre centre;
};

struct wsp_finisher *wsp_finisher_new(uint32_t rate_hz)
{
    struct wsp_finisher *finisher = calloc(1, sizeof *finisher);
    if (!finisher)
        return NULL;
    finisher->rate_hz = rate_hz;
    finisher->resampler = wsp_resampler_new();
    if (finisher->resampler)
        return finisher;
    wsp_finisher_free(finisher);
    return NULL;
}

void wsp_finisher_free(struct wsp_finisher *finisher)
{
    if (!finisher)
        return;
    wsp_resampler_free(finisher->resampler);
    wsp_limiter_release(&finisher->limiter);
    wsp_centre_release(&finisher->centre);
    free(finisher);
}

double wsp_finisher_margin(double ceiling)
{
    return 0.983 * ceiling; /* 0.15 dB */
}

/* No limiter is perfect; a take that comes out above the ceiling all the same is turned down. */
static double hold_under(float *frames, size_t n, double ceiling)
{
    double peak = (double)wsp_true_peak(frames, n);
    if (peak <= ceiling)
        return peak;
    const double aim = 0.999 * ceiling;
    for (size_t i = 0; i < n; i++)
        frames[i] *= (float)(aim / peak);
    return aim;
}

enum wsp_status wsp_finisher_run(struct wsp_finisher *finisher, float *frames, size_t n,
                                 uint32_t from_hz, const struct wsp_levels *levels,
                                 const struct wsp_limits *limits, float *out,
                                 struct wsp_finished *finished)
{
    struct wsp_limits inner = *limits;
    inner.ceiling = wsp_finisher_margin(limits->ceiling);
    if (wsp_limiter_plan(&finisher->limiter, levels, from_hz, &inner))
        return WSP_NOMEM;
    wsp_limiter_apply(&finisher->limiter, frames, n, limits->gain);
    if (finisher->limiter.deepest < 1 && wsp_centre_run(&finisher->centre, frames, n, from_hz))
        return WSP_NOMEM;
    if (wsp_resample(finisher->resampler, frames, n, from_hz, out, finisher->rate_hz))
        return WSP_NOMEM;
    size_t n_out = wsp_resampled_length(n, from_hz, finisher->rate_hz);
    finished->true_peak = hold_under(out, n_out, limits->ceiling);
    finished->deepest = finisher->limiter.deepest;
    return WSP_OK;
}
