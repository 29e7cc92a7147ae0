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
float wsp_true_peak_at(const float *frames);

/* The same of sample `i` of `n`, with silence before and after them. */
float wsp_true_peak_near(const float *frames, size_t n, size_t i);

/* The highest magnitude of `n` samples. */
float wsp_sample_peak(const float *frames, size_t n);

/* The true peak of `n` samples, with silence before and after them. Between samples it is looked
 * only where one comes near the highest: the engine's sound has nothing above 11 kHz, so that at
 * 44.1 kHz and more a peak is at most 3 dB above its samples. */
float wsp_true_peak(const float *frames, size_t n);

#endif
