/* The ordered table of readers. A reader looks at the tokens from `at` on and says the ones it
 * knows; the first in the table that takes a token has it. A new way of reading is one file
 * with one function and one row here. */
#ifndef WSP_READING_READER_H
#define WSP_READING_READER_H

#include "reading/script.h"

/* Most tokens are words, and most readers have no business with words. */
enum wsp_token_kind {
    WSP_TOKEN_WORD = 1,    /* one Vietnamese syllable in small letters: "xã" */
    WSP_TOKEN_NAME = 2,    /* the same, with a capital first: "Hà" */
    WSP_TOKEN_LETTERS = 4, /* letters of ASCII that are neither: "UBND", "Facebook", "A" */
    WSP_TOKEN_MIXED = 8,   /* all else: "5kg", "QĐ", "@" */
    WSP_TOKEN_OTHER = WSP_TOKEN_LETTERS | WSP_TOKEN_MIXED,
};

/* A run of the sentence's text between blanks, its outer punctuation parted off. */
struct wsp_token {
    uint32_t begin, end; /* bytes of the document's text */
    uint16_t pause_ms;   /* what the punctuation after it asks for */
    bool touches_next;   /* no blank before the next token */
    uint8_t kind;        /* enum wsp_token_kind */
    uint16_t lower;      /* where it stands in wsp_reading.lower */
};

struct wsp_reading {
    const struct wsp_script *script;
    const struct wsp_sentence *sentence;
    const struct wsp_token *tokens; /* all of the sentence */
    const char *lower; /* their small letters, each with a blank before it and a NUL behind */
    size_t n_tokens;
    bool capitals; /* the sentence is written in capitals, as headings are */
};

struct wsp_reader {
    const char *name; /* as in the JSON's `class` */
    uint8_t kinds;    /* of tokens that it looks at: enum wsp_token_kind, joined by | */
    /* Say tokens from `at` on by wsp_say(). Returns how many it took; 0: not mine. */
    size_t (*read)(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);
};

extern const struct wsp_reader wsp_readers[];
extern const size_t wsp_n_readers;

/* Append one word to `out`: `spoken` stands for the bytes `source` of the document. A blank
 * parts it from what is there, but not from an opening bracket or quote. The punctuation between
 * tokens and the pauses are not a reader's business: wsp_script_utterance() adds them, after the
 * last word that the reader said; a token that is taken and not said loses its brackets too.
 * Returns WSP_OK, WSP_NOMEM, or WSP_DATA at WSP_UTTERANCE_WORDS or WSP_UTTERANCE_BYTES (the word
 * is not there then); out->spoken.status remembers it, so a reader need not look. */
enum wsp_status wsp_say(struct wsp_utterance *out, struct wsp_str spoken, struct wsp_span source);

/* Let the bytes `source` pass in silence, by the reader's rule. */
void wsp_pass(struct wsp_utterance *out, struct wsp_span source);

/* The same, and a person should know. */
void wsp_leave_out(struct wsp_utterance *out, struct wsp_span source, enum wsp_doubt doubt);

/* The last words, as far as they stand for the same bytes, should be looked at by a person. */
void wsp_doubt(struct wsp_utterance *out, enum wsp_doubt doubt);

/* Give the engine `spelling` for the last word. */
void wsp_spell_for_engine(struct wsp_utterance *out, struct wsp_str spelling);

/* The text of a token, borrowed from the document; "" where the sentence has none, so that a
 * reader may look at tokens `at - 3` to `at + 2` without counting. */
static inline struct wsp_str wsp_token_text(const struct wsp_reading *reading, size_t at)
{
    if (at >= reading->n_tokens)
        return WSP_STR("");
    return wsp_document_text(reading->script->document,
                             (struct wsp_span){reading->tokens[at].begin, reading->tokens[at].end});
}

/* What stands between token `at` and the next, blanks included: " – " in "20/1 – 20/2". */
struct wsp_str wsp_token_gap(const struct wsp_reading *reading, size_t at);

#endif
