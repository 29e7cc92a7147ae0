#include "audio/filter.h"

#include <math.h>
#include <string.h>

struct wsp_biquad wsp_biquad_high_pass(double hz, double rate_hz)
{
    double w = 2 * M_PI * hz / rate_hz, c = cos(w), alpha = sin(w) * M_SQRT1_2;
    double a0 = 1 + alpha;
    return (struct wsp_biquad){.b0 = (1 + c) / 2 / a0,
                               .b1 = -(1 + c) / a0,
                               .b2 = (1 + c) / 2 / a0,
                               .a1 = -2 * c / a0,
                               .a2 = (1 - alpha) / a0};
}

void wsp_biquad_run(const struct wsp_biquad *biquad, float *samples, size_t n)
{
    double s1 = 0, s2 = 0;
    for (size_t i = 0; i < n; i++) {
        double x = (double)samples[i], y = biquad->b0 * x + s1;
        s1 = biquad->b1 * x - biquad->a1 * y + s2;
        s2 = biquad->b2 * x - biquad->a2 * y;
        samples[i] = (float)y;
    }
}

/* The curve at `hz`, in dB. */
static double curve_db(const struct wsp_band *bands, size_t n, double hz)
{
    if (hz <= bands[0].hz)
        return bands[0].db;
    for (size_t i = 1; i < n; i++)
        if (hz <= bands[i].hz) {
            double part = log(hz / bands[i - 1].hz) / log(bands[i].hz / bands[i - 1].hz);
            return bands[i - 1].db + part * (bands[i].db - bands[i - 1].db);
        }
    return bands[n - 1].db;
}

/* Frequency sampling: the inverse transform of the curve, under a Hann window. */
void wsp_equaliser_design(struct wsp_equaliser *equaliser, const struct wsp_band *bands,
                          size_t n_bands, double rate_hz)
{
    enum { POINTS = 512, HALF = WSP_EQUALISER_TAPS / 2 };
    double gains[POINTS + 1];
    for (int k = 0; k <= POINTS; k++)
        gains[k] = pow(10, curve_db(bands, n_bands, k * rate_hz / 2 / POINTS + 1e-9) / 20);
    for (int t = -HALF; t <= HALF; t++) {
        double sum = (gains[0] + gains[POINTS] * cos(M_PI * t)) / 2;
        for (int k = 1; k < POINTS; k++)
            sum += gains[k] * cos(M_PI * k * t / POINTS);
        double window = 0.5 + 0.5 * cos(M_PI * t / (HALF + 1));
        equaliser->taps[t + HALF] = (float)(sum / POINTS * window);
    }
}

/* The taps are symmetric. A block is summed tap by tap, so that the compiler can use vectors. */
void wsp_equaliser_run(const struct wsp_equaliser *equaliser, const float *in, float *out, size_t n)
{
    enum { HALF = WSP_EQUALISER_TAPS / 2, BLOCK = 1024 };
    float padded[BLOCK + WSP_EQUALISER_TAPS - 1], sum[BLOCK];
    for (size_t at = 0; at < n; at += BLOCK) {
        size_t len = n - at < BLOCK ? n - at : BLOCK;
        for (size_t i = 0; i < len + WSP_EQUALISER_TAPS - 1; i++) {
            size_t from = at + i; /* HALF later than the sample it stands for */
            padded[i] = from >= HALF && from - HALF < n ? in[from - HALF] : 0;
        }
        memset(sum, 0, sizeof sum);
        for (size_t t = 0; t < HALF; t++) {
            float tap = equaliser->taps[t];
            const float *early = padded + t, *late = padded + WSP_EQUALISER_TAPS - 1 - t;
            for (size_t i = 0; i < BLOCK && i < len; i++)
                sum[i] += tap * (early[i] + late[i]);
        }
        for (size_t i = 0; i < len; i++)
            out[at + i] = sum[i] + equaliser->taps[HALF] * padded[HALF + i];
    }
}

double wsp_equaliser_response_db(const struct wsp_equaliser *equaliser, double hz, double rate_hz)
{
    enum { HALF = WSP_EQUALISER_TAPS / 2 };
    double sum = (double)equaliser->taps[HALF];
    for (int t = 1; t <= HALF; t++)
        sum += 2 * (double)equaliser->taps[HALF + t] * cos(2 * M_PI * hz * t / rate_hz);
    return 20 * log10(fabs(sum) + 1e-12);
}
