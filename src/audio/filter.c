#include "audio/filter.h"

#include "base/buf.h"

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

/* The analogue filters: B. De Man, "Evaluation of implementations of the EBU R128 loudness
 * measurement", AES 145 (2018). */
struct wsp_biquad wsp_biquad_k_shelf(double rate_hz)
{
    const double hz = 1681.974450955533, q = 0.7071752369554196;
    const double high = pow(10, 3.999843853973347 / 20), middle = pow(high, 0.4996667741545416);
    double k = tan(M_PI * hz / rate_hz), a0 = 1 + k / q + k * k;
    return (struct wsp_biquad){.b0 = (high + middle * k / q + k * k) / a0,
                               .b1 = 2 * (k * k - high) / a0,
                               .b2 = (high - middle * k / q + k * k) / a0,
                               .a1 = 2 * (k * k - 1) / a0,
                               .a2 = (1 - k / q + k * k) / a0};
}

/* The standard's table has 1, -2, 1 above: at 48 kHz 0.04 dB over what the filter should pass. That
 * belongs to the scale of LUFS, and so to every rate. */
struct wsp_biquad wsp_biquad_k_pass(double rate_hz)
{
    const double hz = 38.13547087602444, q = 0.5003270373238773;
    double k = tan(M_PI * hz / rate_hz), a0 = 1 + k / q + k * k;
    double tabled = tan(M_PI * hz / 48000), over = 1 + tabled / q + tabled * tabled;
    return (struct wsp_biquad){.b0 = over / a0,
                               .b1 = -2 * over / a0,
                               .b2 = over / a0,
                               .a1 = 2 * (k * k - 1) / a0,
                               .a2 = (1 - k / q + k * k) / a0};
}

struct section {
    double s1, s2;
};

static inline float step(const struct wsp_biquad *biquad, struct section *section, float sample)
{
    double x = (double)sample, y = biquad->b0 * x + section->s1;
    section->s1 = biquad->b1 * x - biquad->a1 * y + section->s2;
    section->s2 = biquad->b2 * x - biquad->a2 * y;
    return (float)y;
}

void wsp_biquad_run(const struct wsp_biquad *biquad, float *samples, size_t n)
{
    struct section section = {0, 0};
    for (size_t i = 0; i < n; i++)
        samples[i] = step(biquad, &section, samples[i]);
}

void wsp_biquad_run_backwards(const struct wsp_biquad *biquad, float *samples, size_t n)
{
    struct section section = {0, 0};
    for (size_t i = n; i-- > 0;)
        samples[i] = step(biquad, &section, samples[i]);
}

enum { HALF = WSP_EQUALISER_TAPS / 2, GROUP = 32 };

static double sum_db(const struct wsp_curve *const *curves, size_t n, double hz)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += wsp_curve_db(curves[i], hz);
    return sum;
}

/* Frequency sampling: the inverse transform of the curve, under a Hann window. */
void wsp_equaliser_design(struct wsp_equaliser *equaliser, const struct wsp_curve *const *curves,
                          size_t n, double rate_hz)
{
    enum { POINTS = 512 };
    double gains[POINTS + 1];
    for (int k = 0; k <= POINTS; k++)
        gains[k] = pow(10, sum_db(curves, n, k * rate_hz / 2 / POINTS + 1e-9) / 20);
    for (int t = -HALF; t <= HALF; t++) {
        double sum = (gains[0] + gains[POINTS] * cos(M_PI * t)) / 2;
        for (int k = 1; k < POINTS; k++)
            sum += gains[k] * cos(M_PI * k * t / POINTS);
        double window = 0.5 + 0.5 * cos(M_PI * t / (HALF + 1));
        equaliser->taps[t + HALF] = (float)(sum / POINTS * window);
    }
}

/* Eight samples together: one instruction with AVX2, two without; the same sums in any case, for no
 * two products are fused. */
typedef float eight __attribute__((vector_size(32)));

/* GROUP samples of `out` from `line`, which holds HALF samples before and after each. The taps are
 * symmetric. */
__attribute__((target_clones("avx2", "default"))) static void
convolve(const float *taps, const float *line, float *out)
{
    eight sums[GROUP / 8] = {0}, early, late;
    for (size_t t = 0; t < HALF; t++)
        for (size_t k = 0; k < GROUP / 8; k++) {
            memcpy(&early, line + t + 8 * k, sizeof early);
            memcpy(&late, line + (2 * (size_t)HALF - t + 8 * k), sizeof late);
            sums[k] += taps[t] * (early + late);
        }
    for (size_t k = 0; k < GROUP / 8; k++) {
        memcpy(&early, line + HALF + 8 * k, sizeof early);
        sums[k] += taps[HALF] * early;
    }
    memcpy(out, sums, sizeof sums);
}

void wsp_equaliser_run(const struct wsp_equaliser *equaliser, const float *in, float *out, size_t n)
{
    enum { BLOCK = 32 * GROUP };
    float line[BLOCK + 2 * HALF], done[GROUP];
    for (size_t at = 0; at < n; at += BLOCK) {
        size_t len = n - at < BLOCK ? n - at : BLOCK;
        for (size_t i = 0; i < WSP_LEN(line); i++) {
            size_t from = at + i; /* HALF later than the sample it stands for */
            line[i] = from >= HALF && from - HALF < n ? in[from - HALF] : 0;
        }
        for (size_t i = 0; i < len; i += GROUP) {
            convolve(equaliser->taps, line + i, done);
            memcpy(out + at + i, done, (len - i < GROUP ? len - i : GROUP) * sizeof *out);
        }
    }
}

double wsp_equaliser_response_db(const struct wsp_equaliser *equaliser, double hz, double rate_hz)
{
    double sum = (double)equaliser->taps[HALF];
    for (int t = 1; t <= HALF; t++)
        sum += 2 * (double)equaliser->taps[HALF + t] * cos(2 * M_PI * hz * t / rate_hz);
    return 20 * log10(fabs(sum) + 1e-12);
}
