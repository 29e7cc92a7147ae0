/* Takes the crests off: of a vowel, the peaks that begin each period of a voice, a fraction of a
 * millisecond long. A limiter that comes down for them takes the vowel down with them. */
#ifndef WSP_AUDIO_CREST_H
#define WSP_AUDIO_CREST_H

#include <stddef.h>

/* Write `n` samples of `in` to `out`, another buffer, none beyond `highest` (above 0): a gain comes
 * down within a quarter of a millisecond and goes up as fast, so that what it does to a peak stays
 * near it in frequency too. */
void wsp_crest_run(const float *in, float *out, size_t n, float highest, double rate_hz);

#endif
