#include "audio/levels.h"

#include "audio/filter.h"
#include "audio/truepeak.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t wsp_levels_count(size_t n_frames)
{
    return (n_frames + WSP_LEVELS_BLOCK - 1) / WSP_LEVELS_BLOCK;
}

enum wsp_status wsp_levels_reserve(struct wsp_levels *levels, size_t n)
{
    if (n <= levels->cap)
        return WSP_OK;
    struct wsp_level *grown = realloc(levels->blocks, n * sizeof *grown);
    if (!grown)
        return WSP_NOMEM;
    levels->blocks = grown;
    levels->cap = n;
    return WSP_OK;
}

void wsp_levels_release(struct wsp_levels *levels)
{
    free(levels->blocks);
    *levels = (struct wsp_levels){0};
}

/* ---- power ------------------------------------------------------------------------------- */

/* Both sections in one loop: the second works on a frame while the first is at the next. */
static void measure_powers(struct wsp_level *blocks, const float *frames, size_t n,
                           uint32_t rate_hz)
{
    const struct wsp_biquad shelf = wsp_biquad_k_shelf(rate_hz), pass = wsp_biquad_k_pass(rate_hz);
    double s1 = 0, s2 = 0, p1 = 0, p2 = 0;
    for (size_t at = 0; at < n; at += WSP_LEVELS_BLOCK) {
        size_t end = n - at < WSP_LEVELS_BLOCK ? n : at + WSP_LEVELS_BLOCK;
        double sum = 0;
        for (size_t i = at; i < end; i++) {
            double x = (double)frames[i], y = shelf.b0 * x + s1;
            s1 = shelf.b1 * x - shelf.a1 * y + s2;
            s2 = shelf.b2 * x - shelf.a2 * y;
            double z = pass.b0 * y + p1;
            p1 = pass.b1 * y - pass.a1 * z + p2;
            p2 = pass.b2 * y - pass.a2 * z;
            sum += z * z;
        }
        blocks[at / WSP_LEVELS_BLOCK].power = (float)sum;
    }
}

/* The filters ring on where the sound has ended; what has no peak has no power that a gain could
 * make loud. K-weighting adds 4 dB at most. */
static void bound_powers(struct wsp_levels *levels)
{
    for (size_t i = 0; i < levels->n; i++) {
        float most = WSP_LEVELS_BLOCK * 2.52F * levels->blocks[i].peak * levels->blocks[i].peak;
        if (levels->blocks[i].power > most)
            levels->blocks[i].power = most;
    }
}

/* ---- peaks ------------------------------------------------------------------------------- */

/* No limiter ever asks what lies this far under the highest; there the bound below will do. */
static const float far_below = 0.15F; /* -16 dB */
static const float bound = 1.6F;      /* a peak between samples over the higher of both, */
static const float far_bound = 2.2F;  /* and over what is anywhere in the block */

/* A peak between two samples belongs to the block of the first; the last looks one back too, for
 * the frames between two blocks have the gains of both. */
static void measure_peaks(struct wsp_level *blocks, const float *frames, size_t n)
{
    float highest = wsp_sample_peak(frames, n);
    for (size_t at = 0; at < n; at += WSP_LEVELS_BLOCK) {
        size_t begin = at > 0 ? at - 1 : 0;
        size_t end = n - at < WSP_LEVELS_BLOCK ? n : at + WSP_LEVELS_BLOCK;
        size_t next = end < n ? end + 1 : end;
        float peak = wsp_sample_peak(frames + begin, next - begin), near = peak / bound;
        struct wsp_level *block = &blocks[at / WSP_LEVELS_BLOCK];
        block->peak = peak < far_below * highest ? peak * far_bound : peak;
        if (peak < far_below * highest)
            continue;
        for (size_t i = begin; i < end; i++) {
            if (fabsf(frames[i]) < near && !(i + 1 < n && fabsf(frames[i + 1]) >= near))
                continue;
            float here = wsp_true_peak_near(frames, n, i);
            block->peak = here > block->peak ? here : block->peak;
        }
    }
}

enum wsp_status wsp_levels_measure(struct wsp_levels *levels, const float *frames, size_t n,
                                   uint32_t rate_hz)
{
    levels->n = wsp_levels_count(n);
    if (wsp_levels_reserve(levels, levels->n))
        return WSP_NOMEM;
    measure_powers(levels->blocks, frames, n, rate_hz);
    measure_peaks(levels->blocks, frames, n);
    bound_powers(levels);
    return WSP_OK;
}
