/* The script: what `reading` makes of a document. The index (sentences, definitions) is made at
 * once and small; the words of an utterance are made on demand and dropped when spoken, so
 * that any sentence can be reached directly and a book starts as fast as a sentence. */
#ifndef WSP_READING_SCRIPT_H
#define WSP_READING_SCRIPT_H

#include "base/buf.h"
#include "input/document.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What comes after an utterance, and so how long the silence is (wsp_boundary_pause_ms). */
enum wsp_boundary {
    WSP_BOUNDARY_PHRASE, /* a sentence too long for one breath of the engine goes on */
    WSP_BOUNDARY_SENTENCE,
    WSP_BOUNDARY_ITEM,
    WSP_BOUNDARY_PARAGRAPH,
    WSP_BOUNDARY_HEADING,
    WSP_BOUNDARY_END, /* of the document */
};

/* How a sentence ends; the engine's intonation follows it. */
enum wsp_mood {
    WSP_MOOD_STATEMENT,
    WSP_MOOD_QUESTION,
    WSP_MOOD_EXCLAMATION,
};

struct wsp_sentence {
    uint32_t begin, end;  /* bytes of the document's text, outer blanks excluded */
    uint32_t block;       /* the block it stands in */
    uint32_t estimate_ms; /* how long it will sound at the voice's own rate: a guess */
    uint64_t id;          /* made from its content: the same text has the same id */
    uint8_t boundary;     /* enum wsp_boundary */
    uint8_t mood;         /* enum wsp_mood */
};

/* "Liên minh Viễn thông quốc tế (ITU)": from `from` on, `term` may be read as `meaning`. */
struct wsp_definition {
    struct wsp_span term, meaning; /* bytes of the document's text */
    uint32_t from;                 /* the first sentence in which it holds */
};

struct wsp_script {
    const struct wsp_document *document; /* borrowed: outlives the script */
    struct wsp_sentence *sentences;
    size_t n_sentences, cap_sentences;
    struct wsp_definition *definitions;
    size_t n_definitions, cap_definitions;
};

/* One spoken word, or what the engine takes for one. */
struct wsp_word {
    uint32_t spoken_begin, spoken_end; /* bytes of utterance.spoken */
    uint32_t begin, end;               /* bytes of the document's text that it stands for */
    uint16_t pause_ms;                 /* silence after it inside the sentence; 0: none */
    uint8_t reader;                    /* which reader said it: index into wsp_readers[] */
};

/* What is said for one sentence. Flat: it crosses a socket as it is. */
struct wsp_utterance {
    uint32_t number;       /* of the sentence, from 0 */
    uint32_t pause_ms;     /* silence after it */
    uint8_t mood;          /* enum wsp_mood */
    struct wsp_buf spoken; /* UTF-8, with the punctuation a person would want to see */
    struct wsp_word *words;
    size_t n_words, cap_words; /* no words: nothing to say */
};

/* The longest sentence of the index, in bytes of text: longer ones are parted at the nearest
 * comma or blank, with WSP_BOUNDARY_PHRASE. Four breaths of a speaker. */
#define WSP_SENTENCE_LIMIT 700

/* Words and spoken bytes of one utterance stay below these. */
#define WSP_UTTERANCE_WORDS 2048
#define WSP_UTTERANCE_BYTES 32768

void wsp_script_init(struct wsp_script *script);
void wsp_script_release(struct wsp_script *script);

/* Index `document`, which outlives `script` (initialised). Sentences with nothing to say are
 * in the index too: they have no words. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_script_index(struct wsp_script *script, const struct wsp_document *document,
                                 struct wsp_error *err);

void wsp_utterance_init(struct wsp_utterance *utterance);
void wsp_utterance_release(struct wsp_utterance *utterance);

/* Say sentence `number` (< n_sentences) of `script`: fills `utterance` (initialised; its old
 * contents are replaced, its memory is used again). Depends on document, index and number
 * alone. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_script_utterance(const struct wsp_script *script, size_t number,
                                     struct wsp_utterance *utterance, struct wsp_error *err);

/* The silence that belongs to a boundary. */
uint32_t wsp_boundary_pause_ms(enum wsp_boundary boundary);

#endif
