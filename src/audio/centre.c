#include "audio/centre.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 32 }; /* frames; what changes slowly needs no more */

static const double half_width_s = 0.080,
                    ramp_s = 0.010; /* at the ends, where a step would be heard */

void wsp_centre_release(struct wsp_centre *centre)
{
    free(centre->means);
    *centre = (struct wsp_centre){0};
}

/* A running mean over `width` values, odd; what is beyond the ends is zero. */
static void smooth(const float *in, float *out, size_t n, size_t width)
{
    size_t half = width / 2;
    double sum = 0;
    for (size_t i = 0; i < half && i < n; i++)
        sum += (double)in[i];
    for (size_t i = 0; i < n; i++) {
        sum += i + half < n ? (double)in[i + half] : 0;
        sum -= i > half ? (double)in[i - half - 1] : 0;
        out[i] = (float)(sum / (double)width);
    }
}

enum wsp_status wsp_centre_run(struct wsp_centre *centre, float *frames, size_t n, uint32_t rate_hz)
{
    size_t blocks = n / BLOCK + 2;
    if (2 * blocks > centre->cap) {
        float *grown = realloc(centre->means, 2 * blocks * sizeof *grown);
        if (!grown)
            return WSP_NOMEM;
        centre->means = grown;
        centre->cap = 2 * blocks;
    }
    float *means = centre->means, *smoothed = centre->means + blocks;
    memset(means, 0, blocks * sizeof *means);
    for (size_t at = 0; at < n; at += BLOCK) {
        float sum = 0;
        for (size_t i = at; i < at + BLOCK && i < n; i++)
            sum += frames[i];
        means[at / BLOCK] = sum / BLOCK;
    }
    size_t width = (size_t)(half_width_s * rate_hz / BLOCK) | 1;
    smooth(means, smoothed, blocks, width);
    smooth(smoothed, means, blocks, width);
    size_t ramp = (size_t)(ramp_s * rate_hz / BLOCK) + 1, last = n / BLOCK;
    for (size_t i = 0; i < ramp && i <= last; i++) {
        float part = (float)i / (float)ramp;
        means[i] *= part;
        means[last - i] *= part;
    }
    means[last + 1] = 0;
    for (size_t at = 0; at < n; at += BLOCK) { /* a straight line from one block's middle on */
        float from = means[at / BLOCK], step = (means[at / BLOCK + 1] - from) / BLOCK;
        for (size_t i = 0; i < BLOCK && at + i < n; i++)
            frames[at + i] -= from + step * (float)i;
    }
    return WSP_OK;
}
