#include "audio/compressor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Times in seconds, levels in dB. */
static const double hop_s = 0.0005, look_ahead_s = 0.002, window_s = 0.004;
static const double loud_share = 0.9; /* the level that nine tenths of the sound lie below */
static const double floor_db = 40,
                    fade_db = 15; /* below the loud level: no boost, and from where it fades */

void wsp_compressor_init(struct wsp_compressor *compressor)
{
    *compressor = (struct wsp_compressor){0};
}

void wsp_compressor_release(struct wsp_compressor *compressor)
{
    free(compressor->levels);
    wsp_compressor_init(compressor);
}

static enum wsp_status reserve(struct wsp_compressor *compressor, size_t n)
{
    if (n <= compressor->cap)
        return WSP_OK;
    float *levels = realloc(compressor->levels, n * sizeof *levels);
    if (!levels)
        return WSP_NOMEM;
    compressor->levels = levels;
    compressor->cap = n;
    return WSP_OK;
}

/* Mean power around each hop, `hop` samples apart. */
static void measure(float *levels, size_t n_hops, size_t hop, size_t window, const float *samples,
                    size_t n)
{
    double sum = 0;
    size_t from = 0, to = 0; /* the window: from <= i < to */
    for (size_t h = 0; h < n_hops; h++) {
        size_t middle = h * hop, begin = middle > window / 2 ? middle - window / 2 : 0;
        size_t end = middle + window / 2 < n ? middle + window / 2 : n;
        for (; to < end; to++)
            sum += (double)samples[to] * (double)samples[to];
        for (; from < begin; from++)
            sum -= (double)samples[from] * (double)samples[from];
        double power = end > begin ? sum / (double)(end - begin) : 0;
        levels[h] = 3.01029996F * log2f(power > 1e-12 ? (float)power : 1e-12F); /* 10 log10 */
    }
}

/* The level of the loud syllables, to a tenth of a dB: silence does not count. */
static double loud_level(const struct wsp_compressor *compressor, size_t n_hops)
{
    enum { SILENCE_DB = -60, STEPS_A_DB = 10, STEPS = -SILENCE_DB * STEPS_A_DB };
    uint32_t counts[STEPS + 1] = {0}; /* of the hops at each tenth of a dB */
    size_t kept = 0, passed = 0;
    for (size_t h = 0; h < n_hops; h++) {
        float step = (compressor->levels[h] - SILENCE_DB) * STEPS_A_DB;
        if (step <= 0)
            continue;
        counts[step < STEPS ? (size_t)step : STEPS]++;
        kept++;
    }
    for (size_t step = 0; step <= STEPS; step++) {
        passed += counts[step];
        if (kept > 0 && (double)passed > loud_share * (double)(kept - 1))
            return SILENCE_DB + (double)step / STEPS_A_DB;
    }
    return SILENCE_DB;
}

static double boost_of(const struct wsp_compression *params, double below_db)
{
    if (below_db <= 0)
        return below_db * (1 - 1 / params->loud_ratio);
    if (below_db <= params->from_db || below_db >= floor_db)
        return 0;
    double boost = (below_db - params->from_db) * (1 - 1 / params->ratio);
    if (boost > params->boost_max_db)
        boost = params->boost_max_db;
    double left = floor_db - below_db;
    return left < fade_db ? boost * left / fade_db : boost;
}

/* Gains come down within the attack and go up within the release. */
static void smooth(float *gains, size_t n, double attack_hops, double release_hops)
{
    double down = attack_hops > 0 ? exp(-1 / attack_hops) : 0;
    double up = release_hops > 0 ? exp(-1 / release_hops) : 0;
    double state = n > 0 ? (double)gains[0] : 0;
    for (size_t i = 0; i < n; i++) {
        double keep = (double)gains[i] < state ? down : up;
        state = keep * state + (1 - keep) * (double)gains[i];
        gains[i] = (float)state;
    }
}

enum wsp_status wsp_compressor_run(struct wsp_compressor *compressor,
                                   const struct wsp_compression *params, float *samples, size_t n,
                                   double rate_hz)
{
    if (params->ratio <= 1 || n == 0)
        return WSP_OK;
    size_t hop = (size_t)fmax(1, round(hop_s * rate_hz)), n_hops = n / hop + 2;
    if (reserve(compressor, n_hops))
        return WSP_NOMEM;
    float *levels = compressor->levels;
    measure(levels, n_hops, hop, (size_t)(window_s * rate_hz), samples, n);
    compressor->loud_db = params->loud_db < 0 ? params->loud_db : loud_level(compressor, n_hops);
    for (size_t h = 0; h < n_hops; h++)
        levels[h] = (float)boost_of(params, compressor->loud_db - (double)levels[h]);
    smooth(levels, n_hops, params->attack_ms / 1000 / hop_s, params->release_ms / 1000 / hop_s);
    size_t ahead = (size_t)(look_ahead_s / hop_s);
    for (size_t h = 0; h < n_hops; h++)
        levels[h] = exp2f(levels[h] * 0.166096405F); /* 10^(dB / 20) */
    for (size_t h = 0; h + 1 < n_hops; h++) {
        size_t at = h + ahead < n_hops ? h + ahead : n_hops - 1;
        size_t next = at + 1 < n_hops ? at + 1 : at;
        float from = levels[at], step = (levels[next] - from) / (float)hop;
        for (size_t i = 0; i < hop && h * hop + i < n; i++)
            samples[h * hop + i] *= from + step * (float)i;
    }
    return WSP_OK;
}
