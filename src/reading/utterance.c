/* From a sentence of the index to what is said: tokens, readers, and the punctuation between
 * the words as a person would want to see it. */
#include "base/text.h"
#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/language.h"
#include "reading/phrase.h"
#include "reading/reader.h"
#include "reading/readers.h"
#include "reading/script.h"
#include "reading/token.h"

#include <stdlib.h>
#include <string.h>

void wsp_utterance_init(struct wsp_utterance *utterance)
{
    *utterance = (struct wsp_utterance){0};
    wsp_buf_init(&utterance->spoken, WSP_UTTERANCE_BYTES);
    wsp_buf_init(&utterance->engine, WSP_UTTERANCE_ENGINE_BYTES);
}

void wsp_utterance_release(struct wsp_utterance *utterance)
{
    wsp_buf_release(&utterance->spoken);
    wsp_buf_release(&utterance->engine);
    free(utterance->words);
    free(utterance->silent);
    wsp_utterance_init(utterance);
}

/* ---- punctuation between the words ---- */

static bool ends_in_blank(const struct wsp_buf *spoken)
{
    return spoken->len == 0 || spoken->ptr[spoken->len - 1] == ' ';
}

static bool ends_in(const struct wsp_buf *spoken, const char *end)
{
    size_t len = strlen(end);
    return spoken->len >= len && memcmp(spoken->ptr + spoken->len - len, end, len) == 0;
}

static void put_mark(struct wsp_buf *spoken, const char *mark, size_t len, bool blank_before)
{
    if (blank_before && !ends_in_blank(spoken))
        wsp_buf_putc(spoken, ' ');
    wsp_buf_add(spoken, mark, len);
}

/* "{" is a mark of programs, and no punctuation. */
static bool is_brace(uint32_t code)
{
    return code == '{' || code == '}';
}

/* Show what stands between two words. At the beginning only opening marks are shown: bullets
 * and dashes there are marks of the layout. */
static void show_gap(struct wsp_buf *spoken, const char *text, struct wsp_span gap, bool quiet)
{
    bool blank = spoken->len == 0, dash = false;
    for (size_t at = gap.begin; at < gap.end;) {
        struct wsp_char c = wsp_char_at(text, at, gap.end);
        const char *mark = text + at;
        bool first = spoken->len == 0;
        at += c.len;
        if (is_brace(c.code))
            continue;
        switch (c.class) {
        case WSP_CHAR_BLANK:
            blank = true;
            break;
        case WSP_CHAR_OPEN:
        case WSP_CHAR_QUOTE:
            if (!quiet)
                put_mark(spoken, mark, c.len, c.class == WSP_CHAR_OPEN || blank);
            break;
        case WSP_CHAR_CLOSE:
            if (!quiet && !first)
                put_mark(spoken, mark, c.len, false);
            break;
        case WSP_CHAR_STOP:
        case WSP_CHAR_COMMA: /* not of what is left out: "xã,,  huyện" */
            if (!first && !(c.code == ',' && ends_in(spoken, ",")))
                put_mark(spoken, mark, c.len, false);
            break;
        case WSP_CHAR_DASH: /* one that has been said ("đến") is not shown */
            if (!first && !dash && c.code != 0x2192 && !ends_in(spoken, " đến"))
                put_mark(spoken, mark, c.len, true);
            dash = true;
            break;
        default:
            break;
        }
    }
}

/* A dash with nothing after it is no dash any more: "tin -". */
static void drop_last_dash(struct wsp_buf *spoken)
{
    while (spoken->len > 0) {
        struct wsp_char c = wsp_char_before(spoken->ptr, 0, spoken->len);
        if (c.class != WSP_CHAR_DASH && c.class != WSP_CHAR_BLANK)
            break;
        spoken->len -= c.len;
        spoken->ptr[spoken->len] = '\0';
    }
}

static void cut(struct wsp_buf *spoken, size_t len)
{
    if (spoken->len > len) {
        spoken->len = len;
        spoken->ptr[len] = '\0';
    }
}

/* ---- saying the tokens ---- */

static struct wsp_span gap_before(const struct wsp_reading *reading, size_t at)
{
    uint32_t begin = at > 0 ? reading->tokens[at - 1].end : reading->sentence->begin;
    uint32_t end = at < reading->n_tokens ? reading->tokens[at].begin : reading->sentence->end;
    return (struct wsp_span){begin, end};
}

/* "TS." has become "tiến sĩ": its dot belongs to it. */
static bool dot_is_said(const struct wsp_utterance *out)
{
    return out->n_words > 0 &&
           wsp_readers[out->words[out->n_words - 1].reader].read == wsp_read_abbreviation;
}

/* Show the gaps from..to. When there are several, what stood between was not said, and the
 * brackets around it are not shown. */
static void show_gaps(struct wsp_utterance *out, const struct wsp_reading *reading, size_t from,
                      size_t to)
{
    const char *text = reading->script->document->text.ptr;
    for (size_t at = from; at <= to; at++) {
        struct wsp_span gap = gap_before(reading, at);
        if (at == from && at < reading->n_tokens && gap.begin < gap.end && text[gap.begin] == '.' &&
            dot_is_said(out))
            gap.begin++;
        show_gap(&out->spoken, text, gap, from < to);
    }
}

/* The voice of another language is given every token as it is written, but English and French ones
 * no letters of other alphabets. */
static bool takes_part(const struct wsp_reader *reader, enum wsp_language language)
{
    return language == WSP_LANGUAGE_VOICE || reader->read == wsp_read_word ||
           (reader->read == wsp_read_alphabet && !wsp_language_has_letters(language));
}

/* Let the readers have the token, the first that wants it. Returns how many tokens it took. */
static size_t read_at(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    for (size_t r = 0; r < wsp_n_readers; r++) {
        if (!(wsp_readers[r].kinds & reading->tokens[at].kind) ||
            !takes_part(&wsp_readers[r], (enum wsp_language)out->language))
            continue;
        size_t words = out->n_words, silent = out->n_silent;
        size_t taken = wsp_readers[r].read(reading, at, out);
        if (taken == 0)
            continue;
        for (size_t w = words; w < out->n_words; w++)
            out->words[w].reader = (uint8_t)r;
        for (size_t s = silent; s < out->n_silent; s++)
            out->silent[s].reader = (uint8_t)r;
        return taken < reading->n_tokens - at ? taken : reading->n_tokens - at;
    }
    return 1;
}

static void add_pause(struct wsp_utterance *out, uint16_t pause_ms)
{
    if (out->n_words > 0 && out->words[out->n_words - 1].pause_ms < pause_ms)
        out->words[out->n_words - 1].pause_ms = pause_ms;
}

/* "BĐ1 3,0m", "QL3 2km": two numbers, one behind the other, must not be heard as one. A telephone's
 * have pauses of their own. */
static bool parts_numbers(const struct wsp_utterance *out, const struct wsp_reading *reading,
                          size_t at)
{
    const char *text = reading->script->document->text.ptr;
    bool phone =
        out->n_words > 0 && wsp_readers[out->words[out->n_words - 1].reader].read == wsp_read_phone;
    return !phone && at < reading->n_tokens && wsp_blank_follows(reading, at - 1) &&
           wsp_utf8_is_digit((unsigned char)text[reading->tokens[at - 1].end - 1]) &&
           wsp_utf8_is_digit((unsigned char)text[reading->tokens[at].begin]);
}

static void say_tokens(const struct wsp_reading *reading, struct wsp_utterance *out)
{
    enum { NUMBERS_PAUSE_MS = 120 };
    size_t shown = 0; /* gaps before this one have been shown */
    for (size_t at = 0; at < reading->n_tokens;) {
        size_t words = out->n_words, len = out->spoken.len;
        show_gaps(out, reading, shown, at);
        size_t taken = read_at(reading, at, out);
        at += taken;
        if (out->n_words > words)
            shown = at;
        else
            cut(&out->spoken, len);
        add_pause(out, reading->tokens[at - 1].pause_ms);
        if (parts_numbers(out, reading, at))
            add_pause(out, NUMBERS_PAUSE_MS);
    }
    show_gaps(out, reading, shown, reading->n_tokens);
    drop_last_dash(&out->spoken);
    if (out->n_words > 0)
        out->words[out->n_words - 1].pause_ms = 0; /* the utterance has its own */
    else
        cut(&out->spoken, 0);
}

enum wsp_status wsp_script_utterance(const struct wsp_script *script, size_t number,
                                     struct wsp_utterance *utterance, struct wsp_error *err)
{
    const struct wsp_sentence *sentence = &script->sentences[number];
    const struct wsp_block *block = &script->document->blocks[sentence->block];
    struct wsp_tokens tokens;
    wsp_tokens_make(&tokens, script->document->text.ptr, wsp_sentence_span(sentence),
                    block->kind == WSP_BLOCK_ITEM && sentence->begin == block->begin);
    const struct wsp_reading reading = {
        .script = script,
        .sentence = sentence,
        .tokens = tokens.items,
        .lower = tokens.lower,
        .n_tokens = tokens.n,
        .capitals = tokens.capitals,
    };
    wsp_buf_clear(&utterance->spoken);
    wsp_buf_clear(&utterance->engine);
    utterance->n_words = utterance->n_silent = 0;
    utterance->language = WSP_LANGUAGE_VOICE;
    utterance->skipped = false;
    utterance->number = (uint32_t)number;
    utterance->mood = sentence->mood;
    utterance->pause_ms = wsp_boundary_pause_ms((enum wsp_boundary)sentence->boundary);
    enum wsp_language language = wsp_language_of(&reading);
    if (language == WSP_LANGUAGE_VOICE ||
        (script->settings.foreign == WSP_FOREIGN_RESPELL && !wsp_language_has_letters(language))) {
        say_tokens(&reading, utterance);
        wsp_phrase(utterance);
    } else if (script->settings.foreign == WSP_FOREIGN_VOICE && language < WSP_N_LANGUAGES) {
        utterance->language = (uint8_t)language;
        say_tokens(&reading, utterance);
    } else {
        utterance->skipped = true;
    }
    if (utterance->spoken.status == WSP_NOMEM)
        return wsp_fail_nomem(err);
    return WSP_OK;
}
