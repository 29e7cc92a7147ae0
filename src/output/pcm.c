/* A long message is some hundred million samples, so this is written for the vectoriser: runs of a
 * fixed length, no branch, and clipping on the bits of the floats, since comparing floats may
 * trap by IEEE 754 and so stops gcc. Below 1 ns a sample with -O2. */
#include "output/pcm.h"

#include <endian.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { RUN = 256, SIGN = INT32_MIN, MAGNITUDE = INT32_MAX };

/* The bits of floats order like integers once the sign is off. */
enum { BITS_OF_ONE = 0x3F800000, BITS_OF_INFINITY = 0x7F800000 };

#define FULL_SCALE 8388608.0F /* 2^23 */
enum { LARGEST = 8388607 };

static void clip(float *samples)
{
    int32_t bits[RUN];
    memcpy(bits, samples, sizeof bits);
    for (size_t i = 0; i < RUN; i++) {
        int32_t magnitude = bits[i] & MAGNITUDE;
        magnitude = magnitude > BITS_OF_INFINITY ? 0 : magnitude; /* NaN */
        magnitude = magnitude > BITS_OF_ONE ? BITS_OF_ONE : magnitude;
        bits[i] = magnitude | (bits[i] & SIGN);
    }
    memcpy(samples, bits, sizeof bits);
}

/* From 2^23 to 2^24 floats are whole numbers: adding and taking away 2^23 rounds to the nearest,
 * in the processor's own rounding mode. */
static void quantise(uint32_t *restrict out, const float *restrict samples)
{
    for (size_t i = 0; i < RUN; i++) {
        float scaled = samples[i] * FULL_SCALE;
        float away = copysignf(FULL_SCALE, scaled);
        int32_t whole = (int32_t)((scaled + away) - away);
        out[i] = (uint32_t)(whole < LARGEST ? whole : LARGEST) & 0xFFFFFF;
    }
}

/* Four samples are twelve bytes. */
static void pack(unsigned char *restrict out, const uint32_t *restrict samples, size_t n)
{
    for (size_t i = 0; i < n; i += 4, out += 12) {
        uint64_t first = samples[i] | (uint64_t)samples[i + 1] << 24;
        uint64_t second = samples[i + 2] | (uint64_t)samples[i + 3] << 24;
        uint64_t low = htole64(first | second << 48);
        uint32_t high = htole32((uint32_t)(second >> 16));
        memcpy(out, &low, sizeof low);
        memcpy(out + sizeof low, &high, sizeof high);
    }
}

void wsp_pcm_pack24(unsigned char *out, const float *samples, size_t n)
{
    float clipped[RUN] = {0};
    uint32_t whole[RUN];
    for (; n >= RUN; n -= RUN, samples += RUN, out += (size_t)RUN * WSP_PCM24_BYTES) {
        memcpy(clipped, samples, sizeof clipped);
        clip(clipped);
        quantise(whole, clipped);
        pack(out, whole, RUN);
    }
    if (n == 0)
        return;
    unsigned char rest[RUN * WSP_PCM24_BYTES];
    memcpy(clipped, samples, n * sizeof *clipped);
    clip(clipped);
    quantise(whole, clipped);
    pack(rest, whole, RUN);
    memcpy(out, rest, n * WSP_PCM24_BYTES);
}

void wsp_pcm_clip(float *out, const float *samples, size_t n)
{
    float clipped[RUN] = {0};
    while (n > 0) {
        size_t len = n < RUN ? n : RUN;
        memcpy(clipped, samples, len * sizeof *clipped);
        clip(clipped);
        memcpy(out, clipped, len * sizeof *clipped);
        samples += len;
        out += len;
        n -= len;
    }
}

static double noise(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return (*state >> 8) / 16777216.0;
}

int16_t wsp_pcm_dither16(uint32_t *state, float sample)
{
    double first = noise(state), second = noise(state);
    double value = sample == 0 ? 0 : rint((double)sample * 32768 + first - second);
    return (int16_t)fmin(fmax(value, INT16_MIN), INT16_MAX);
}
