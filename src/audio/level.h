/* Levels of a stretch of samples, in lanes that the compiler makes vectors of. */
#ifndef WSP_AUDIO_LEVEL_H
#define WSP_AUDIO_LEVEL_H

#include <stddef.h>

/* The sum of squares of `n` samples (some thousand: it is summed in float32). */
double wsp_power(const float *samples, size_t n);

/* The highest magnitude. */
float wsp_peak(const float *samples, size_t n);

#endif
