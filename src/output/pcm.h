/* Samples as sound files hold them, made of float32. */
#ifndef WSP_OUTPUT_PCM_H
#define WSP_OUTPUT_PCM_H

#include <stddef.h>
#include <stdint.h>

#define WSP_PCM24_BYTES 3 /* of one sample */

/* Pack `n` samples into `out` (3 * n bytes, little endian). Full scale is 2^23, rounded to the
 * nearest (ties to even); what is beyond [-1, 1] is clipped, and NaN is silence. 1.0 itself
 * becomes 2^23 - 1, the largest there is. */
void wsp_pcm_pack24(unsigned char *out, const float *samples, size_t n);

/* Copy `n` samples; what is beyond [-1, 1] is clipped, and NaN is silence. */
void wsp_pcm_clip(float *out, const float *samples, size_t n);

/* Round one sample to 16 bits with dither: noise of two least bits with a triangle's distribution
 * makes the rounding inaudible. *state is the noise's, 0 at first. Silence stays silence. */
int16_t wsp_pcm_dither16(uint32_t *state, float sample);

#endif
