/* The gain that each sample asks for is held over the samples around it, and a mean of as many
 * under a Hann window makes a smooth curve of that: all gains in the mean of a sample hold that
 * sample's own, so the mean does. Most blocks have no peak in reach, and are copied. */
#include "audio/crest.h"

#include "audio/truepeak.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 256, REACH_MAX = 16 };

static const double reach_s = 0.00025;
static const float near_share = 0.7F; /* of the highest: below it no peak is looked for */

static float lower(float a, float b)
{
    return a < b ? a : b;
}

/* Lower gains, gains[0] of sample `begin`, to what the samples of [begin, end) ask for. A peak
 * between two samples is asked for by both. */
static void ask(float *gains, const float *in, size_t n, size_t begin, size_t end, float highest)
{
    float near = near_share * highest;
    for (size_t i = begin > 0 ? begin - 1 : 0; i < end; i++) {
        if (fabsf(in[i]) < near && (i + 1 == n || fabsf(in[i + 1]) < near))
            continue;
        float size = wsp_true_peak_near(in, n, i), gain = size > highest ? highest / size : 1;
        if (i >= begin)
            gains[i - begin] = lower(gains[i - begin], gain);
        if (i + 1 < end)
            gains[i + 1 - begin] = lower(gains[i + 1 - begin], gain);
    }
}

/* Of `n` samples, whose own gains are `gains` from 2 * reach samples before the first of them to as
 * many behind the last. */
static void smooth(float *gains, size_t n, const float *window, size_t reach)
{
    float held[BLOCK + 2 * REACH_MAX];
    for (size_t i = 0; i < n + 2 * reach; i++) {
        held[i] = gains[i];
        for (size_t k = 1; k <= 2 * reach; k++)
            held[i] = lower(held[i], gains[i + k]);
    }
    for (size_t i = 0; i < n; i++) {
        gains[i] = 1; /* to the bit, where nothing is held */
        for (size_t k = 0; k <= 2 * reach; k++)
            gains[i] -= window[k] * (1 - held[i + k]);
    }
}

void wsp_crest_run(const float *in, float *out, size_t n, float highest, double rate_hz)
{
    size_t reach = (size_t)fmin(fmax(round(reach_s * rate_hz), 1), REACH_MAX), far = 2 * reach;
    float window[2 * REACH_MAX + 1], gains[BLOCK + 4 * REACH_MAX];
    for (size_t k = 0; k <= far; k++) /* its sum is 1 */
        window[k] = (float)((1 - cos(M_PI * (double)(k + 1) / (double)(reach + 1))) /
                            (2 * (double)(reach + 1)));
    for (size_t at = 0; at < n; at += BLOCK) {
        size_t len = n - at < BLOCK ? n - at : BLOCK;
        size_t begin = at > far ? at - far : 0, end = n - at > len + far ? at + len + far : n;
        memcpy(out + at, in + at, len * sizeof *out);
        size_t first = begin > 0 ? begin - 1 : 0, last = end < n ? end : n - 1;
        if (wsp_sample_peak(in + first, last - first + 1) < near_share * highest)
            continue;
        for (size_t i = 0; i < len + 2 * far; i++)
            gains[i] = 1; /* silence beyond the ends asks for nothing */
        ask(gains + (begin + far - at), in, n, begin, end, highest);
        smooth(gains, len, window, reach);
        for (size_t i = 0; i < len; i++)
            out[at + i] *= gains[i];
    }
}
