#include "audio/truepeak.h"

#include <math.h>
#include <string.h>

enum { TAPS = WSP_TRUE_PEAK_TAPS, HALF = WSP_TRUE_PEAK_HALF };

static const double near_share = 0.7; /* of the highest so far: 3.1 dB below */

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

double wsp_true_peak_at(const float *frames)
{
    float first = 0, second = 0, third = 0;
    for (int t = 0; t < TAPS; t++) {
        first += quarter[t] * frames[t];
        second += half[t] * frames[t];
        third += quarter[TAPS - 1 - t] * frames[t];
    }
    float between = fmaxf(fmaxf(fabsf(first), fabsf(second)), fabsf(third));
    return (double)fmaxf(between, fabsf(frames[HALF - 1]));
}

void wsp_true_peak_init(struct wsp_true_peak *peak)
{
    *peak = (struct wsp_true_peak){.peak = 0};
}

/* `frames` holds TAPS - 1 samples before the `n` new ones. */
static void look(struct wsp_true_peak *peak, const float *frames, size_t n)
{
    float near = (float)(near_share * peak->peak);
    for (size_t i = 0; i < n; i++) {
        if (!(fabsf(frames[i + HALF - 1]) > near || fabsf(frames[i + HALF]) > near))
            continue;
        double here = wsp_true_peak_at(frames + i);
        if (here > peak->peak) {
            peak->peak = here;
            near = (float)(near_share * here);
        }
    }
}

void wsp_true_peak_add(struct wsp_true_peak *peak, const float *frames, size_t n)
{
    enum { PIECE = 1024, PAST = TAPS - 1 };
    float line[PAST + PIECE];
    while (n > 0) {
        size_t piece = n < PIECE ? n : PIECE;
        memcpy(line, peak->history, PAST * sizeof *line);
        memcpy(line + PAST, frames, piece * sizeof *line);
        look(peak, line, piece);
        memcpy(peak->history, line + piece, PAST * sizeof *line);
        frames += piece;
        n -= piece;
    }
}
