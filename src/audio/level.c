#include "audio/level.h"

#include <math.h>

enum { LANES = 16 };

double wsp_power(const float *samples, size_t n)
{
    float lanes[LANES] = {0};
    double sum = 0;
    size_t whole = n - n % LANES;
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            lanes[k] += samples[i + k] * samples[i + k];
    for (size_t k = 0; k < LANES; k++)
        sum += (double)lanes[k];
    for (size_t i = whole; i < n; i++)
        sum += (double)samples[i] * (double)samples[i];
    return sum;
}

float wsp_peak(const float *samples, size_t n)
{
    float lanes[LANES] = {0}, highest = 0;
    size_t whole = n - n % LANES;
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++) {
            float x = fabsf(samples[i + k]);
            lanes[k] = x > lanes[k] ? x : lanes[k];
        }
    for (size_t k = 0; k < LANES; k++)
        highest = lanes[k] > highest ? lanes[k] : highest;
    for (size_t i = whole; i < n; i++)
        highest = fabsf(samples[i]) > highest ? fabsf(samples[i]) : highest;
    return highest;
}
