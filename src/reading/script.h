/* The script: what `reading` makes of a document. The index (sentences, definitions) is made at
 * once and small; the words of an utterance are made on demand and dropped when spoken, so
 * that any sentence can be reached directly and a book starts as fast as a sentence. */
#ifndef WSP_READING_SCRIPT_H
#define WSP_READING_SCRIPT_H

#include "base/buf.h"
#include "input/document.h"
#include "reading/settings.h"

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

/* Its bytes of the document's text. */
static inline struct wsp_span wsp_sentence_span(const struct wsp_sentence *sentence)
{
    return (struct wsp_span){sentence->begin, sentence->end};
}

/* "Liên minh Viễn thông quốc tế (ITU)": after `term`, which stands in the brackets, the same
 * letters may be read as `meaning`. */
struct wsp_definition {
    struct wsp_span term, meaning; /* bytes of the document's text */
};

struct wsp_script {
    const struct wsp_document *document; /* borrowed: outlives the script */
    struct wsp_reading_settings settings;
    struct wsp_sentence *sentences;
    size_t n_sentences, cap_sentences;
    struct wsp_definition *definitions; /* sorted by the letters of the term, then by place */
    size_t n_definitions, cap_definitions;
    struct wsp_span *acronyms; /* with WSP_ACRONYMS_FIRST: all that could be one, so sorted */
    size_t n_acronyms, cap_acronyms;
};

/* Why a person should look at a reading before it goes on air. */
enum wsp_doubt {
    WSP_DOUBT_NONE,
    WSP_DOUBT_ACRONYM,  /* unknown: spelled letter by letter */
    WSP_DOUBT_DATE,     /* may as well be a fraction or a range */
    WSP_DOUBT_SCORE,    /* may as well be a range */
    WSP_DOUBT_FOREIGN,  /* respelled by rule */
    WSP_DOUBT_ROMAN,    /* a numeral without a word that asks for one, or letters */
    WSP_DOUBT_ABSURD,   /* no such number, date or time: digit by digit */
    WSP_DOUBT_LANGUAGE, /* a sentence in another language */
    WSP_DOUBT_UNIT,     /* a letter for one of several units: hours or grams, pills or volts */
    WSP_DOUBT_ALPHABET, /* in letters that are not Latin: left out */
    WSP_N_DOUBTS,
};

/* One spoken word, or what the engine takes for one. */
struct wsp_word {
    uint32_t spoken_begin, spoken_end; /* bytes of utterance.spoken */
    uint32_t begin, end;               /* bytes of the document's text that it stands for */
    uint16_t engine_begin, engine_end; /* bytes of utterance.engine to be given to the engine in its
                                          place: "phây búc" for "Facebook"; none: the word itself */
    uint16_t pause_ms;                 /* silence after it inside the sentence; 0: none */
    uint8_t reader;                    /* which reader said it: index into wsp_readers[] */
    uint8_t doubt;                     /* enum wsp_doubt */
};

/* Letters or digits that are silent by a rule: a footnote mark, a word in Cyrillic. */
struct wsp_silent {
    uint32_t begin, end; /* bytes of the document's text */
    uint8_t reader;      /* whose rule: index into wsp_readers[] */
    uint8_t doubt;       /* enum wsp_doubt: a person should know that it is left out */
};

/* What the sentence is written in. */
enum wsp_language {
    WSP_LANGUAGE_VOICE, /* the voice's own: Vietnamese */
    WSP_LANGUAGE_ENGLISH,
    WSP_LANGUAGE_FRENCH,
    WSP_LANGUAGE_CHINESE, /* from here on they have letters of their own */
    WSP_LANGUAGE_JAPANESE,
    WSP_LANGUAGE_KOREAN,
    WSP_LANGUAGE_RUSSIAN,
    WSP_LANGUAGE_ARABIC,
    WSP_LANGUAGE_HINDI,
    WSP_LANGUAGE_THAI,
    WSP_LANGUAGE_GREEK,
    WSP_N_LANGUAGES,
    WSP_LANGUAGE_UNSPOKEN = WSP_N_LANGUAGES, /* one that no voice speaks: of no utterance */
};

/* What is said for one sentence. Flat: it crosses a socket as it is. */
struct wsp_utterance {
    uint32_t number;       /* of the sentence, from 0 */
    uint32_t pause_ms;     /* silence after it */
    uint8_t mood;          /* enum wsp_mood */
    uint8_t language;      /* enum wsp_language: whose voice the engine takes */
    bool skipped;          /* left out, as a sentence in another language: it has no words */
    struct wsp_buf spoken; /* UTF-8, with the punctuation a person would want to see */
    struct wsp_buf engine; /* spellings for the engine, see struct wsp_word */
    struct wsp_word *words;
    size_t n_words, cap_words; /* no words: nothing to say */
    struct wsp_silent *silent; /* stays in this process */
    size_t n_silent, cap_silent;
};

/* The longest sentence of the index, in bytes of text: longer ones are parted at the nearest
 * comma or blank, with WSP_BOUNDARY_PHRASE. Four breaths of a speaker. */
#define WSP_SENTENCE_LIMIT 700

/* Words, spoken bytes and spellings for the engine of one utterance stay below these. */
#define WSP_UTTERANCE_WORDS 2048
#define WSP_UTTERANCE_BYTES 32768
#define WSP_UTTERANCE_ENGINE_BYTES 8192

void wsp_script_init(struct wsp_script *script);
void wsp_script_release(struct wsp_script *script);

/* Index `document`, which outlives `script` (initialised), to be read by `settings` (NULL: as a
 * northern announcer would). Sentences with nothing to say are in the index too: they have no
 * words. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_script_index(struct wsp_script *script, const struct wsp_document *document,
                                 const struct wsp_reading_settings *settings,
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
