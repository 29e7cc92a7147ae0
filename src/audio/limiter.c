/* For each frame the gain that its true peak asks for; the least of the next 4 ms is held, so that
 * the gain is down before the peak comes; it is let go with 60 ms, and smoothed by a mean over the
 * same 4 ms, so that it never steps. At a peak all gains in the mean are at most what it asks for.
 */
#include "audio/limiter.h"

#include "audio/truepeak.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TAPS = WSP_TRUE_PEAK_TAPS, HALF = WSP_TRUE_PEAK_HALF };

static const double look_ahead_s = 0.004, release_s = 0.060;
static const double near_share = 0.66; /* of the ceiling, 3.6 dB below: see truepeak.h */
static const double at_rest = 1 - 1e-7;

/* All rings have `size` places (a power of two); place `number & mask` is frame `number`'s. */
struct wsp_limiter {
    double ceiling, release;
    float near; /* samples below it have no peak above the ceiling beside them */
    size_t ahead, size, mask;
    float *line;   /* twice: the second half repeats the first, so that TAPS frames lie together */
    double *asked; /* the gain each frame asks for */
    double *held;  /* after holding and letting go */
    uint64_t *least; /* frames that may be the least of a window, rising: a queue */
    uint64_t least_begin, least_end;
    uint64_t number;     /* of the next frame */
    uint64_t busy_until; /* before this frame something is being limited */
    double state, sum, deepest;
    double share; /* 1 / ahead */
};

void wsp_limiter_free(struct wsp_limiter *limiter)
{
    if (!limiter)
        return;
    free(limiter->line);
    free(limiter->asked);
    free(limiter->held);
    free(limiter->least);
    free(limiter);
}

enum wsp_status wsp_limiter_new(struct wsp_limiter **out, uint32_t rate_hz, double ceiling)
{
    *out = NULL;
    struct wsp_limiter *limiter = calloc(1, sizeof *limiter);
    if (!limiter)
        return WSP_NOMEM;
    limiter->ceiling = ceiling;
    limiter->near = (float)(near_share * ceiling);
    limiter->release = exp(-1 / (release_s * rate_hz));
    limiter->ahead = (size_t)(look_ahead_s * rate_hz) + 1;
    limiter->share = 1 / (double)limiter->ahead;
    limiter->size = 1;
    while (limiter->size < 2 * (limiter->ahead + TAPS))
        limiter->size *= 2;
    limiter->mask = limiter->size - 1;
    limiter->line = calloc(2 * limiter->size, sizeof *limiter->line);
    limiter->asked = calloc(limiter->size, sizeof *limiter->asked);
    limiter->held = calloc(limiter->size, sizeof *limiter->held);
    limiter->least = calloc(limiter->size, sizeof *limiter->least);
    if (!limiter->line || !limiter->asked || !limiter->held || !limiter->least) {
        wsp_limiter_free(limiter);
        return WSP_NOMEM;
    }
    wsp_limiter_reset(limiter);
    *out = limiter;
    return WSP_OK;
}

void wsp_limiter_reset(struct wsp_limiter *limiter)
{
    memset(limiter->line, 0, 2 * limiter->size * sizeof *limiter->line);
    for (size_t i = 0; i < limiter->size; i++)
        limiter->asked[i] = limiter->held[i] = 1;
    limiter->least_begin = limiter->least_end = 0;
    limiter->number = limiter->size; /* so that none is before the first */
    limiter->busy_until = 0;
    limiter->state = limiter->deepest = 1;
    limiter->sum = (double)limiter->ahead;
}

size_t wsp_limiter_delay(const struct wsp_limiter *limiter)
{
    return HALF + limiter->ahead - 1;
}

static void put(struct wsp_limiter *limiter, uint64_t number, float frame)
{
    size_t place = number & limiter->mask;
    limiter->line[place] = limiter->line[place + limiter->size] = frame;
}

/* What frame `number` asks for; TAPS frames around it are in the line. */
static double ask(const struct wsp_limiter *limiter, uint64_t number)
{
    const float *frames = limiter->line + ((number - (HALF - 1)) & limiter->mask);
    if (fabsf(frames[HALF - 1]) < limiter->near && fabsf(frames[HALF]) < limiter->near)
        return 1;
    double peak = wsp_true_peak_at(frames);
    return peak > limiter->ceiling ? limiter->ceiling / peak : 1;
}

/* The least of what the last `ahead` frames up to `number` ask for. */
static double least(struct wsp_limiter *limiter, uint64_t number)
{
    double asked = limiter->asked[number & limiter->mask];
    while (
        limiter->least_end > limiter->least_begin &&
        limiter->asked[limiter->least[(limiter->least_end - 1) & limiter->mask] & limiter->mask] >=
            asked)
        limiter->least_end--;
    limiter->least[limiter->least_end++ & limiter->mask] = number;
    if (limiter->least[limiter->least_begin & limiter->mask] + limiter->ahead <= number)
        limiter->least_begin++;
    return limiter->asked[limiter->least[limiter->least_begin & limiter->mask] & limiter->mask];
}

static float flow_one(struct wsp_limiter *limiter, float frame)
{
    uint64_t number = limiter->number++, looked = number - HALF;
    uint64_t out = looked - (limiter->ahead - 1);
    put(limiter, number, frame);
    limiter->asked[looked & limiter->mask] = ask(limiter, looked);
    double hold = least(limiter, looked);
    limiter->state =
        hold < limiter->state ? hold : hold + (limiter->state - hold) * limiter->release;
    if (limiter->state > at_rest)
        limiter->state = 1;
    limiter->sum += limiter->state - limiter->held[(out - limiter->ahead) & limiter->mask];
    limiter->held[out & limiter->mask] = limiter->state;
    if (limiter->state < 1)
        limiter->busy_until = number + limiter->size;
    double gain = limiter->sum * limiter->share;
    gain = gain < 1 ? gain : 1;
    if (gain < limiter->deepest)
        limiter->deepest = gain;
    return (float)((double)limiter->line[out & limiter->mask] * gain);
}

/* Nothing is limited and nothing comes near: a delay is all that is left of it. */
static bool can_pass(const struct wsp_limiter *limiter, const float *in, size_t n)
{
    if (limiter->number < limiter->busy_until)
        return false;
    float near = limiter->near;
    for (size_t i = 0; i < n; i++)
        if (!(fabsf(in[i]) < near))
            return false;
    for (size_t i = 1; i <= HALF + 1; i++) /* those whose neighbours were not there yet */
        if (fabsf(limiter->line[(limiter->number - i) & limiter->mask]) >= near)
            return false;
    return true;
}

static void pass(struct wsp_limiter *limiter, const float *in, float *out, size_t n)
{
    size_t delay = wsp_limiter_delay(limiter);
    for (size_t i = 0; i < n; i++) {
        uint64_t number = limiter->number++;
        put(limiter, number, in[i]);
        limiter->asked[(number - HALF) & limiter->mask] = 1;
        limiter->held[(number - delay) & limiter->mask] = 1;
        out[i] = limiter->line[(number - delay) & limiter->mask];
    }
    limiter->sum = (double)limiter->ahead;
    limiter->least_begin = limiter->least_end = 0;
}

void wsp_limiter_flow(struct wsp_limiter *limiter, const float *in, float *out, size_t n)
{
    enum { PIECE = 256 };
    while (n > 0) {
        size_t piece = n < PIECE ? n : PIECE;
        if (can_pass(limiter, in, piece))
            pass(limiter, in, out, piece);
        else
            for (size_t i = 0; i < piece; i++)
                out[i] = flow_one(limiter, in[i]);
        in += piece;
        out += piece;
        n -= piece;
    }
}

double wsp_limiter_deepest_db(const struct wsp_limiter *limiter)
{
    return -20 * log10(limiter->deepest);
}
