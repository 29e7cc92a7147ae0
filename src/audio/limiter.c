/* Each block asks for a gain. The least of a block and the few after it is held, so that the
 * gain is down before the peak comes; it is let go slowly; and a mean over as many blocks makes a
 * ramp of each step. All gains in the mean of a block hold its own peak, so the mean does. Between
 * the blocks' edges, where the lower neighbour counts, the gain is a straight line.
 */
#include "audio/limiter.h"

#include "base/buf.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

const struct wsp_limiter_pace wsp_limiter_paces[] = {
    {3, 0.060}, {3, 0.020}, {2, 0.004}, {1, 0.001}};
const size_t wsp_n_limiter_paces = WSP_LEN(wsp_limiter_paces);

static const float at_rest = 1 - 1e-5F;

void wsp_limiter_release(struct wsp_limiter *limiter)
{
    free(limiter->gains);
    *limiter = (struct wsp_limiter){0};
}

static float lower(float a, float b) /* fminf() is a call */
{
    return a < b ? a : b;
}

static float asked(const struct wsp_levels *levels, size_t i, float level)
{
    float peak = i < levels->n ? levels->blocks[i].peak : 0;
    return peak > level ? level / peak : 1;
}

/* gains[i], of block i, becomes the mean. A take that begins loud begins turned down. */
static void hold_and_smooth(struct wsp_limiter *limiter, const struct wsp_levels *levels,
                            size_t ahead, float level, float release)
{
    float ask[WSP_LIMITER_AHEAD_MAX], held[WSP_LIMITER_AHEAD_MAX], state = 1; /* rings */
    for (size_t k = 0; k < ahead; k++) {
        ask[k] = asked(levels, k, level);
        state = lower(state, ask[k]);
    }
    for (size_t k = 0; k < ahead; k++)
        held[k] = state;
    for (size_t i = 0, at = 0; i < levels->n; i++) {
        float hold = 1, sum = 0;
        for (size_t k = 0; k < ahead; k++)
            hold = lower(hold, ask[k]);
        ask[at] = asked(levels, i + ahead, level);
        state = hold < state ? hold : hold + (state - hold) * release;
        if (state > at_rest)
            state = hold;
        held[at] = state;
        for (size_t k = 0; k < ahead; k++)
            sum += held[k];
        limiter->gains[i] = lower(sum / (float)ahead, 1);
        at = at + 1 < ahead ? at + 1 : 0;
    }
}

static void to_edges(struct wsp_limiter *limiter, size_t n)
{
    float before = n > 0 ? limiter->gains[0] : 1, least = 1;
    for (size_t i = 0; i <= n; i++) {
        float here = i < n ? limiter->gains[i] : before;
        limiter->gains[i] = lower(before, here);
        least = lower(least, here);
        before = here;
    }
    limiter->deepest = (double)least;
}

enum wsp_status wsp_limiter_plan(struct wsp_limiter *limiter, const struct wsp_levels *levels,
                                 uint32_t rate_hz, const struct wsp_limits *limits)
{
    limiter->n = levels->n + 1;
    if (limiter->n > limiter->cap) {
        float *grown = realloc(limiter->gains, limiter->n * sizeof *grown);
        if (!grown)
            return WSP_NOMEM;
        limiter->gains = grown;
        limiter->cap = limiter->n;
    }
    float release = (float)exp(-WSP_LEVELS_BLOCK / (limits->pace.release_s * rate_hz));
    hold_and_smooth(limiter, levels, limits->pace.ahead > 0 ? limits->pace.ahead : 1,
                    (float)(limits->ceiling / limits->gain), release);
    to_edges(limiter, levels->n);
    return WSP_OK;
}

double wsp_limiter_power(const struct wsp_limiter *limiter, const struct wsp_levels *levels,
                         size_t i, double gain)
{
    double from = (double)limiter->gains[i], to = (double)limiter->gains[i + 1];
    return (double)levels->blocks[i].power * gain * gain * (from * from + from * to + to * to) / 3;
}

double wsp_limiter_peak(const struct wsp_limiter *limiter, const struct wsp_levels *levels,
                        size_t i, double gain)
{
    double from = (double)limiter->gains[i], to = (double)limiter->gains[i + 1];
    double most = from > to ? from : to;
    return (double)levels->blocks[i].peak * gain * most;
}

void wsp_limiter_apply(const struct wsp_limiter *limiter, float *frames, size_t n, double gain)
{
    for (size_t at = 0; at < n; at += WSP_LEVELS_BLOCK) {
        size_t block = at / WSP_LEVELS_BLOCK, len = n - at;
        float from = (float)gain * limiter->gains[block];
        float step = ((float)gain * limiter->gains[block + 1] - from) / WSP_LEVELS_BLOCK;
        for (size_t i = 0; i < WSP_LEVELS_BLOCK && i < len; i++)
            frames[at + i] *= from + step * (float)i;
    }
}
