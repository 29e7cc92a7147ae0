/* What espeak-ng is given for an utterance: its words, respelled where the engine would get
 * them wrong, joined by blanks, with a comma wherever a pause is wanted. No punctuation of the
 * message reaches the engine, so nothing in it can be taken for a command. */
#ifndef WSP_SPEECH_ENGINETEXT_H
#define WSP_SPEECH_ENGINETEXT_H

#include "reading/script.h"
#include "speech/voice.h"

struct wsp_engine_text {
    struct wsp_buf text;   /* UTF-8 */
    uint32_t *word_begins; /* for each word, its first character (code points, from 0) */
    size_t n_words, cap_words;
};

void wsp_engine_text_init(struct wsp_engine_text *text);
void wsp_engine_text_release(struct wsp_engine_text *text);

/* For `voice`: its respellings, and its way with foreign words. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_engine_text_make(struct wsp_engine_text *text,
                                     const struct wsp_utterance *utterance,
                                     const struct wsp_voice *voice);

/* The word in which character `at` stands, or, between words, the one before; the first
 * when there is none before. */
size_t wsp_engine_text_word(const struct wsp_engine_text *text, uint32_t at);

#endif
