/* The compressor of one utterance: soft syllables and consonants come nearer to the loud ones. It
 * knows the whole utterance, so its look-ahead costs no delay and it needs no level from outside:
 * it works down from the utterance's own loud syllables, which stay as they are. */
#ifndef WSP_AUDIO_COMPRESSOR_H
#define WSP_AUDIO_COMPRESSOR_H

#include "audio/profile.h"
#include "base/error.h"

struct wsp_compressor {
    double loud_db; /* RMS of loud syllables, dBFS, that the last utterance was compressed by */
    float *levels;  /* of the envelope, dB, one for each hop */
    size_t cap;
};

void wsp_compressor_init(struct wsp_compressor *compressor);
void wsp_compressor_release(struct wsp_compressor *compressor);

/* Compress `n` samples in place. What is more than 40 dB below the loud syllables is left alone, so
 * that no noise comes up. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_compressor_run(struct wsp_compressor *compressor,
                                   const struct wsp_compression *params, float *samples, size_t n,
                                   double rate_hz);

#endif
