/* A take: what one utterance became. The engine's own sound first (`struct wsp_sound`), then,
 * shaped, the take that the programme is put together from. */
#ifndef WSP_SPEECH_TAKE_H
#define WSP_SPEECH_TAKE_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

enum wsp_cue_kind {
    WSP_CUE_WORD,   /* `word` begins at `sample` */
    WSP_CUE_PHRASE, /* the phrase whose last word is `word` has ended, its silence included */
};

struct wsp_cue {
    uint32_t sample; /* of the engine's sound */
    uint16_t word;   /* index into the utterance's words */
    uint16_t kind;   /* enum wsp_cue_kind */
};

/* The engine's own sound: mono, 16 bit, with its own silences. */
struct wsp_sound {
    uint32_t rate_hz;
    int16_t *samples;
    size_t n_samples, cap_samples;
    struct wsp_cue *cues; /* `sample` rises */
    size_t n_cues, cap_cues;
};

/* Where a word sounds, in frames of the take: silences around it excluded. */
struct wsp_mark {
    uint32_t word;
    uint32_t begin, end;
};

struct wsp_take {
    uint32_t number; /* of the sentence */
    uint32_t rate_hz;
    float *frames; /* mono, full scale [-1, 1], no silence at either end */
    size_t n_frames, cap_frames;
    struct wsp_mark *marks; /* one for each word that sounds, in order */
    size_t n_marks, cap_marks;
    struct wsp_buf packed;   /* frames and marks as the shaper keeps them, who may give these alone;
                                empty: `frames` are there */
    struct wsp_buf phonemes; /* the engine's mnemonics, when asked for */
    struct wsp_error failure; /* status WSP_OK: spoken; else why it could not be */
};

void wsp_sound_clear(struct wsp_sound *sound); /* keeps the memory */
void wsp_sound_release(struct wsp_sound *sound);
void wsp_take_init(struct wsp_take *take);
void wsp_take_clear(struct wsp_take *take); /* keeps the memory */
void wsp_take_release(struct wsp_take *take);

/* Room for `n` frames in all. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_take_reserve(struct wsp_take *take, size_t n);

#endif
