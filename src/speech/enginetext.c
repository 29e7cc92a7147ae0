#include "speech/enginetext.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_LIMIT = 1 << 20 };

void wsp_engine_text_init(struct wsp_engine_text *text)
{
    *text = (struct wsp_engine_text){0};
    wsp_buf_init(&text->text, TEXT_LIMIT);
}

void wsp_engine_text_release(struct wsp_engine_text *text)
{
    wsp_buf_release(&text->text);
    free(text->word_begins);
    *text = (struct wsp_engine_text){0};
}

/* "[[" would begin phonemes, so brackets inside a word become blanks. */
static void add_harmless(struct wsp_buf *out, struct wsp_str word)
{
    for (size_t i = 0; i < word.len; i++)
        wsp_buf_putc(out, word.ptr[i] == '[' || word.ptr[i] == ']' ? ' ' : word.ptr[i]);
}

static void add_word(struct wsp_engine_text *text, struct wsp_str word,
                     const struct wsp_respell *respell)
{
    struct wsp_str other = wsp_respell_find(respell, word);
    if (other.ptr)
        wsp_buf_add_str(&text->text, other);
    else
        add_harmless(&text->text, word);
}

/* A spelling for the engine: syllables with blanks between them. */
static void add_words(struct wsp_engine_text *text, struct wsp_str words,
                      const struct wsp_respell *respell)
{
    for (size_t at = 0; at < words.len;) {
        const char *blank = memchr(words.ptr + at, ' ', words.len - at);
        size_t len = blank ? (size_t)(blank - words.ptr) - at : words.len - at;
        if (at > 0)
            wsp_buf_putc(&text->text, ' ');
        add_word(text, (struct wsp_str){words.ptr + at, len}, respell);
        at += len + 1;
    }
}

static char final_mark(enum wsp_mood mood)
{
    switch (mood) {
    case WSP_MOOD_QUESTION:
        return '?';
    case WSP_MOOD_EXCLAMATION:
        return '!';
    case WSP_MOOD_STATEMENT:
        break;
    }
    return '.';
}

enum wsp_status wsp_engine_text_make(struct wsp_engine_text *text,
                                     const struct wsp_utterance *utterance,
                                     const struct wsp_voice *voice)
{
    const struct wsp_respell *respell = &voice->respell;
    bool as_written = strcmp(voice->foreign_words, "as-written") == 0;
    wsp_buf_clear(&text->text);
    text->n_words = 0;
    uint32_t characters = 0;
    size_t counted = 0; /* bytes of the text that `characters` covers */

    for (size_t i = 0; i < utterance->n_words; i++) {
        const struct wsp_word *word = &utterance->words[i];
        if (i > 0)
            wsp_buf_puts(&text->text, word[-1].pause_ms > 0 ? ", " : " ");
        if (wsp_grow(&text->word_begins, &text->cap_words, i, sizeof *text->word_begins))
            return WSP_NOMEM;
        characters += (uint32_t)wsp_utf8_count(
            (struct wsp_str){text->text.ptr + counted, text->text.len - counted});
        counted = text->text.len;
        text->word_begins[text->n_words++] = characters;
        if (word->engine_end > word->engine_begin && !as_written)
            add_words(text,
                      (struct wsp_str){utterance->engine.ptr + word->engine_begin,
                                       (size_t)(word->engine_end - word->engine_begin)},
                      respell);
        else
            add_word(text,
                     (struct wsp_str){utterance->spoken.ptr + word->spoken_begin,
                                      word->spoken_end - word->spoken_begin},
                     respell);
    }
    wsp_buf_putc(&text->text, final_mark(utterance->mood));
    return text->text.status;
}

size_t wsp_engine_text_word(const struct wsp_engine_text *text, uint32_t at)
{
    size_t low = 0, high = text->n_words;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->word_begins[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}
