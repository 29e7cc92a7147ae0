/* The engine interface: what a synthesizer must offer to be a row of the table in engine.c.
 *
 * An engine is started once in a process, the nursery, which never speaks; every utterance is
 * spoken by a child forked from it, whose memory is as it was in the nursery. So an engine may keep
 * what state it likes: no utterance sees another's. It must give back what it takes from the kernel
 * (descriptors, mappings of its own). One engine a process, therefore no handle. */
#ifndef WSP_SPEECH_ENGINE_H
#define WSP_SPEECH_ENGINE_H

#include "reading/script.h"
#include "speech/take.h"
#include "speech/voice.h"

#include <stdbool.h>

/* Where an engine puts what it makes, as it makes it. */
struct wsp_engine_output {
    void *context;
    bool want_phonemes;
    /* Borrowed samples in order. Returns false to stop the engine. */
    bool (*samples)(void *context, const int16_t *samples, size_t n);
    bool (*cue)(void *context, struct wsp_cue cue);
    void (*phonemes)(void *context, struct wsp_str mnemonics);
};

struct wsp_engine {
    const char *name; /* as in a voice file's `engine` */
    /* Get ready to speak with `voice` (borrowed for the life of the process) at `rate_wpm` words
     * a minute and `pitch` (the voice file's unit). Sets *rate_hz. Returns WSP_OK,
     * WSP_UNAVAILABLE or WSP_INTERNAL. */
    enum wsp_status (*start)(const struct wsp_voice *voice, double rate_wpm, double pitch,
                             uint32_t *rate_hz, struct wsp_error *err);
    /* Speak one utterance. Nothing was spoken before. Returns WSP_OK or WSP_INTERNAL. */
    enum wsp_status (*speak)(const struct wsp_utterance *utterance,
                             const struct wsp_engine_output *output, struct wsp_error *err);
    /* Append what tells its version and its data from others: where that is the same, the same
     * text becomes the same sound. From any process, started or not. */
    void (*identify)(struct wsp_buf *out);
};

extern const struct wsp_engine wsp_engine_espeak;

/* The engine called `name` in `engines` (NULL-terminated), or in the built-in table when that
 * is NULL; NULL when there is none. */
const struct wsp_engine *wsp_engine_find(const struct wsp_engine *const *engines, const char *name);

#endif
