#include "audio/leveller.h"

#include "audio/finisher.h"
#include "audio/levels.h"
#include "audio/limiter.h"
#include "audio/loudness.h"
#include "audio/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A cough of a first take tells little; louder than this it is not made. */
static const double gain_max_db = 30;

struct wsp_leveller {
    struct wsp_leveller_settings settings;
    struct wsp_meter meter; /* of the takes as they came in */
    struct wsp_levels levels;
    struct wsp_limiter limiter;
    struct wsp_finisher *finisher;
    uint64_t length;
    struct wsp_limits limits;
    double taken_lu; /* by the limiter, of the takes lately */
    float *frames, *out;
    size_t cap, cap_out;
};

static double from_db(double db)
{
    return pow(10, db / 20);
}

enum wsp_status wsp_leveller_open(struct wsp_leveller **out,
                                  const struct wsp_leveller_settings *settings)
{
    *out = NULL;
    struct wsp_leveller *leveller = calloc(1, sizeof *leveller);
    if (!leveller)
        return WSP_NOMEM;
    leveller->settings = *settings;
    leveller->limits = (struct wsp_limits){
        .gain = 1, .ceiling = from_db(settings->true_peak_dbtp), .pace = wsp_limiter_paces[1]};
    wsp_meter_init(&leveller->meter, settings->rate_hz, 1);
    leveller->finisher = wsp_finisher_new(settings->rate_hz);
    if (!leveller->finisher) {
        wsp_leveller_close(leveller);
        return WSP_NOMEM;
    }
    *out = leveller;
    return WSP_OK;
}

void wsp_leveller_close(struct wsp_leveller *leveller)
{
    if (!leveller)
        return;
    wsp_meter_release(&leveller->meter);
    wsp_levels_release(&leveller->levels);
    wsp_limiter_release(&leveller->limiter);
    wsp_finisher_free(leveller->finisher);
    free(leveller->frames);
    free(leveller->out);
    free(leveller);
}

static enum wsp_status measure(struct wsp_leveller *leveller, const float *frames, size_t n,
                               uint32_t rate_hz)
{
    double scale = (double)leveller->settings.rate_hz / rate_hz;
    uint64_t begin = leveller->length;
    leveller->length += wsp_resampled_length(n, rate_hz, leveller->settings.rate_hz);
    if (wsp_levels_measure(&leveller->levels, frames, n, rate_hz) ||
        wsp_meter_extend(&leveller->meter, leveller->length))
        return WSP_NOMEM;
    for (size_t i = 0; i < leveller->levels.n; i++)
        wsp_meter_add(&leveller->meter, begin + (uint64_t)((double)(i * WSP_LEVELS_BLOCK) * scale),
                      (double)leveller->levels.blocks[i].power * scale, 0);
    return WSP_OK;
}

/* What the limiter takes of the take at the gain that would be right without it, in LU. */
static enum wsp_status weigh_limiter(struct wsp_leveller *leveller, uint32_t rate_hz,
                                     double *taken_lu)
{
    double before = 0, after = 0;
    if (wsp_limiter_plan(&leveller->limiter, &leveller->levels, rate_hz, &leveller->limits))
        return WSP_NOMEM;
    for (size_t i = 0; i < leveller->levels.n; i++) {
        before += (double)leveller->levels.blocks[i].power * leveller->limits.gain *
                  leveller->limits.gain;
        after += wsp_limiter_power(&leveller->limiter, &leveller->levels, i, leveller->limits.gain);
    }
    *taken_lu = after > 0 ? 10 * log10(before / after) : 0;
    return WSP_OK;
}

/* What is made good is limited in its turn, so it takes rounds. */
static enum wsp_status find_gain(struct wsp_leveller *leveller, uint32_t rate_hz)
{
    enum { ROUNDS_MAX = 12 };
    const double close_lu = 0.05;
    double lufs = wsp_meter_integrated(&leveller->meter);
    if (isinf(lufs))
        return WSP_OK;
    double plain_db = leveller->settings.loudness_lufs - lufs;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        double before_lu = leveller->taken_lu;
        leveller->limits.gain = from_db(fmin(plain_db + before_lu, gain_max_db));
        if (weigh_limiter(leveller, rate_hz, &leveller->taken_lu))
            return WSP_NOMEM;
        if (fabs(leveller->taken_lu - before_lu) < close_lu)
            break;
    }
    return WSP_OK;
}

static enum wsp_status reserve(struct wsp_leveller *leveller, size_t n, size_t n_out)
{
    float *frames = n > leveller->cap ? realloc(leveller->frames, n * sizeof *frames) : NULL;
    if (frames) {
        leveller->frames = frames;
        leveller->cap = n;
    }
    float *out = n_out > leveller->cap_out ? realloc(leveller->out, n_out * sizeof *out) : NULL;
    if (out) {
        leveller->out = out;
        leveller->cap_out = n_out;
    }
    return n > leveller->cap || n_out > leveller->cap_out ? WSP_NOMEM : WSP_OK;
}

enum wsp_status wsp_leveller_sound(struct wsp_leveller *leveller, const float *frames, size_t n,
                                   uint32_t rate_hz, struct wsp_error *err)
{
    size_t n_out = wsp_resampled_length(n, rate_hz, leveller->settings.rate_hz);
    struct wsp_finished finished;
    if (measure(leveller, frames, n, rate_hz) || find_gain(leveller, rate_hz) ||
        reserve(leveller, n, n_out))
        return wsp_fail_nomem(err);
    memcpy(leveller->frames, frames, n * sizeof *frames);
    if (wsp_finisher_run(leveller->finisher, leveller->frames, n, rate_hz, &leveller->levels,
                         &leveller->limits, leveller->out, &finished))
        return wsp_fail_nomem(err);
    return leveller->settings.receiver.receive(leveller->settings.receiver.context, leveller->out,
                                               n_out, err);
}

enum wsp_status wsp_leveller_silence(struct wsp_leveller *leveller, uint64_t n,
                                     struct wsp_error *err)
{
    leveller->length += n;
    return wsp_receive_silence(&leveller->settings.receiver, n, err);
}
