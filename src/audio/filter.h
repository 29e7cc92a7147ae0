/* Linear filters for one utterance at a time, from rest. */
#ifndef WSP_AUDIO_FILTER_H
#define WSP_AUDIO_FILTER_H

#include "base/curve.h"

/* A second-order section, direct form II transposed. */
struct wsp_biquad {
    double b0, b1, b2, a1, a2;
};

/* Butterworth high-pass, 12 dB an octave (R. Bristow-Johnson's cookbook, Q = 1/sqrt 2). `hz` below
 * half the rate. */
struct wsp_biquad wsp_biquad_high_pass(double hz, double rate_hz);

/* The two sections of K-weighting (ITU-R BS.1770-4, tables 1 and 2), for any rate: the analogue
 * filters that the tables' coefficients for 48 kHz are made from. */
struct wsp_biquad wsp_biquad_k_shelf(double rate_hz);
struct wsp_biquad wsp_biquad_k_pass(double rate_hz);

/* Filter `n` samples in place, from rest. */
void wsp_biquad_run(const struct wsp_biquad *biquad, float *samples, size_t n);

/* The same from the last sample to the first: after a run forwards what was late is in time again.
 */
void wsp_biquad_run_backwards(const struct wsp_biquad *biquad, float *samples, size_t n);

/* An equaliser of linear phase: its delay is taken off, so contours and timings stay. */
enum { WSP_EQUALISER_TAPS = 255 };

struct wsp_equaliser {
    float taps[WSP_EQUALISER_TAPS];
};

/* The sum of `n` curves, for signals at `rate_hz`. */
void wsp_equaliser_design(struct wsp_equaliser *equaliser, const struct wsp_curve *const *curves,
                          size_t n, double rate_hz);

/* Filter `n` samples of `in` into `out`; silence stands before and after. */
void wsp_equaliser_run(const struct wsp_equaliser *equaliser, const float *in, float *out,
                       size_t n);

/* Its gain at a frequency, in dB. */
double wsp_equaliser_response_db(const struct wsp_equaliser *equaliser, double hz, double rate_hz);

#endif
