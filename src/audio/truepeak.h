/* True peak: the highest value between samples too, four times oversampled (ITU-R BS.1770-4, annex
 * 2). */
#ifndef WSP_AUDIO_TRUEPEAK_H
#define WSP_AUDIO_TRUEPEAK_H

#include <stddef.h>

enum {
    WSP_TRUE_PEAK_TAPS = 24, /* samples that one value between samples is made of */
    WSP_TRUE_PEAK_HALF = WSP_TRUE_PEAK_TAPS / 2,
};

/* The highest of the sample `frames[WSP_TRUE_PEAK_HALF - 1]` and the three values between it and
 * the next; `frames` holds WSP_TRUE_PEAK_TAPS samples. */
double wsp_true_peak_at(const float *frames);

/* Follows the highest true peak of a stream, from rest. Between samples it is looked only where one
 * comes near the highest so far: the engine's sound has nothing above 11 kHz, so that at 48 kHz a
 * peak is at most 2.5 dB above its samples. */
struct wsp_true_peak {
    float history[WSP_TRUE_PEAK_TAPS];
    double peak; /* linear */
};

void wsp_true_peak_init(struct wsp_true_peak *peak);
void wsp_true_peak_add(struct wsp_true_peak *peak, const float *frames, size_t n);

#endif
