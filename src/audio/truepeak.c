#include "audio/truepeak.h"

#include <math.h>

enum { TAPS = WSP_TRUE_PEAK_TAPS, HALF = WSP_TRUE_PEAK_HALF };

static const float near_share = 0.7F; /* of the highest so far: 3.1 dB below */

/* sin(pi x) / (pi x) at a quarter and at a half of the way between two samples, under a Hann window
 * of 24, each with the sum 1; three quarters are a quarter backwards. */
static const float quarter[TAPS] = {-0.0001922F, 0.0011322F,  -0.0030190F, 0.0060622F,  -0.0105325F,
                                    0.0168276F,  -0.0256165F, 0.0381894F,  -0.0574556F, 0.0916002F,
                                    -0.1752747F, 0.8992984F,  0.2972043F,  -0.1219773F, 0.0716870F,
                                    -0.0466807F, 0.0313064F,  -0.0208509F, 0.0134191F,  -0.0080982F,
                                    0.0043811F,  -0.0019451F, 0.0005555F,  -0.0000205F};
static const float half[TAPS] = {-0.0001184F, 0.0011537F,  -0.0034616F, 0.0073248F,  -0.0130984F,
                                 0.0212870F,  -0.0327106F, 0.0488969F,  -0.0731467F, 0.1141555F,
                                 -0.2041068F, 0.6338247F,  0.6338247F,  -0.2041068F, 0.1141555F,
                                 -0.0731467F, 0.0488969F,  -0.0327106F, 0.0212870F,  -0.0130984F,
                                 0.0073248F,  -0.0034616F, 0.0011537F,  -0.0001184F};

static float higher(float a, float b)
{
    return a > b ? a : b;
}

float wsp_true_peak_at(const float *frames)
{
    float first = 0, second = 0, third = 0;
    for (int t = 0; t < TAPS; t++) {
        first += quarter[t] * frames[t];
        second += half[t] * frames[t];
        third += quarter[TAPS - 1 - t] * frames[t];
    }
    return higher(higher(fabsf(first), fabsf(second)),
                  higher(fabsf(third), fabsf(frames[HALF - 1])));
}

float wsp_true_peak_near(const float *frames, size_t n, size_t i)
{
    if (i >= HALF - 1 && i + HALF < n)
        return wsp_true_peak_at(frames + i - (HALF - 1));
    float padded[TAPS];
    for (size_t t = 0; t < TAPS; t++)
        padded[t] = i + t >= HALF - 1 && i + t - (HALF - 1) < n ? frames[i + t - (HALF - 1)] : 0;
    return wsp_true_peak_at(padded);
}

float wsp_sample_peak(const float *frames, size_t n)
{
    enum { LANES = 16 }; /* of which the compiler makes vectors */
    float lanes[LANES] = {0}, highest = 0;
    size_t whole = n - n % LANES;
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            lanes[k] = higher(fabsf(frames[i + k]), lanes[k]);
    for (size_t k = 0; k < LANES; k++)
        highest = higher(lanes[k], highest);
    for (size_t i = whole; i < n; i++)
        highest = higher(fabsf(frames[i]), highest);
    return highest;
}

float wsp_true_peak(const float *frames, size_t n)
{
    enum { PIECE = 64 };
    float highest = wsp_sample_peak(frames, n), near = near_share * highest;
    for (size_t at = 0; at < n; at += PIECE) {
        size_t end = n - at < PIECE ? n : at + PIECE, first = at > 0 ? at - 1 : 0;
        if (wsp_sample_peak(frames + at, end - at) < near || highest == 0)
            continue;
        for (size_t i = first; i < end; i++) /* a peak lies between a sample and the next */
            if (fabsf(frames[i]) >= near || (i + 1 < n && fabsf(frames[i + 1]) >= near))
                highest = higher(wsp_true_peak_near(frames, n, i), highest);
        near = near_share * highest;
    }
    return highest;
}
