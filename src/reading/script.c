/* The index: the sentences of a document, each with its boundary, mood, identity and a guess
 * at its length. */
#include "reading/script.h"

#include "base/hash.h"
#include "reading/chars.h"
#include "reading/definition.h"
#include "reading/segment.h"

#include <stdlib.h>

void wsp_script_init(struct wsp_script *script)
{
    *script = (struct wsp_script){0};
}

void wsp_script_release(struct wsp_script *script)
{
    free(script->sentences);
    free(script->definitions);
    free(script->acronyms);
    wsp_script_init(script);
}

uint32_t wsp_boundary_pause_ms(enum wsp_boundary boundary)
{
    static const uint32_t pauses_ms[] = {
        [WSP_BOUNDARY_PHRASE] = 150,    [WSP_BOUNDARY_SENTENCE] = 450, [WSP_BOUNDARY_ITEM] = 450,
        [WSP_BOUNDARY_PARAGRAPH] = 750, [WSP_BOUNDARY_HEADING] = 900,  [WSP_BOUNDARY_END] = 0,
    };
    return (size_t)boundary < WSP_LEN(pauses_ms) ? pauses_ms[boundary] : 0;
}

/* ---- facts about one sentence ---- */

static bool asks(uint32_t code)
{
    return code == '?' || code == 0xFF1F || code == 0x203D || (code >= 0x2047 && code <= 0x2049);
}

static bool exclaims(uint32_t code)
{
    return code == '!' || code == 0xFF01 || code == 0x203C;
}

/* By the last group of stops: in "Thật sao?!" the question wins, in "(thật không?) rồi." there
 * is none. */
static enum wsp_mood mood_of(const char *text, size_t begin, size_t end)
{
    enum wsp_mood mood = WSP_MOOD_STATEMENT;
    bool stopped = false;
    while (end > begin) {
        struct wsp_char c = wsp_char_before(text, begin, end);
        bool passed = c.class == WSP_CHAR_CLOSE || c.class == WSP_CHAR_QUOTE ||
                      c.class == WSP_CHAR_SILENT || c.class == WSP_CHAR_BLANK;
        if (c.class != WSP_CHAR_STOP && (stopped || !passed))
            break;
        stopped |= c.class == WSP_CHAR_STOP;
        if (asks(c.code))
            return WSP_MOOD_QUESTION;
        if (exclaims(c.code))
            mood = WSP_MOOD_EXCLAMATION;
        end -= c.len;
    }
    return mood;
}

/* A syllable for every word of up to seven letters ("nghiêng") and for every digit. */
static uint32_t estimate_ms(const char *text, size_t begin, size_t end)
{
    enum { SYLLABLE_MS = 200, COMMA_MS = 200, LETTERS = 7 };
    uint32_t syllables = 0, commas = 0, letters = 0;
    for (size_t at = begin; at < end;) {
        struct wsp_char c = wsp_char_at(text, at, end);
        at += c.len;
        if (c.class == WSP_CHAR_LETTER) {
            syllables += letters++ % LETTERS == 0;
            continue;
        }
        letters = 0;
        syllables += c.class == WSP_CHAR_DIGIT || c.class == WSP_CHAR_SIGN;
        commas += c.class == WSP_CHAR_COMMA;
    }
    return syllables * SYLLABLE_MS + (syllables > 0 ? commas * COMMA_MS : 0);
}

/* ---- the walk over the blocks ---- */

static bool ends_in_colon(const struct wsp_document *document, const struct wsp_block *block)
{
    return block->end > block->begin && document->text.ptr[block->end - 1] == ':';
}

/* What comes after the last sentence of a block. A list is one thing with what announces it
 * ("Thành phần gồm:"), and its last item ends like a paragraph. */
static enum wsp_boundary boundary_after(const struct wsp_document *document, size_t number)
{
    const struct wsp_block *block = &document->blocks[number];
    bool item_next = number + 1 < document->n_blocks && block[1].kind == WSP_BLOCK_ITEM;
    switch ((enum wsp_block_kind)block->kind) {
    case WSP_BLOCK_TITLE:
    case WSP_BLOCK_HEADING:
        return WSP_BOUNDARY_HEADING;
    case WSP_BLOCK_ITEM:
        return item_next ? WSP_BOUNDARY_ITEM : WSP_BOUNDARY_PARAGRAPH;
    case WSP_BLOCK_PARAGRAPH:
        break;
    }
    return item_next && ends_in_colon(document, block) ? WSP_BOUNDARY_ITEM : WSP_BOUNDARY_PARAGRAPH;
}

static enum wsp_status index_block(struct wsp_script *script, size_t number)
{
    const struct wsp_document *document = script->document;
    const struct wsp_block *block = &document->blocks[number];
    const char *text = document->text.ptr;
    size_t before = script->n_sentences;
    struct wsp_segmenter segmenter;
    struct wsp_segment segment;

    wsp_segmenter_init(&segmenter, text, block->begin, block->end);
    while (wsp_segmenter_next(&segmenter, &segment)) {
        if (wsp_grow(&script->sentences, &script->cap_sentences, script->n_sentences,
                     sizeof *script->sentences))
            return WSP_NOMEM;
        script->sentences[script->n_sentences++] = (struct wsp_sentence){
            .begin = (uint32_t)segment.begin,
            .end = (uint32_t)segment.end,
            .block = (uint32_t)number,
            .estimate_ms = estimate_ms(text, segment.begin, segment.end),
            .id = wsp_hash(WSP_HASH_START, text + segment.begin, segment.end - segment.begin),
            .boundary = segment.phrase ? WSP_BOUNDARY_PHRASE : WSP_BOUNDARY_SENTENCE,
            .mood = (uint8_t)(segment.phrase ? WSP_MOOD_STATEMENT
                                             : mood_of(text, segment.begin, segment.end)),
        };
    }
    if (script->n_sentences > before)
        script->sentences[script->n_sentences - 1].boundary =
            (uint8_t)boundary_after(document, number);
    return WSP_OK;
}

static void finish(struct wsp_script *script)
{
    if (script->n_sentences > 0)
        script->sentences[script->n_sentences - 1].boundary = WSP_BOUNDARY_END;
    for (size_t i = 0; i < script->n_sentences; i++) {
        struct wsp_sentence *sentence = &script->sentences[i];
        if (sentence->estimate_ms > 0)
            sentence->estimate_ms += wsp_boundary_pause_ms((enum wsp_boundary)sentence->boundary);
    }
}

enum wsp_status wsp_script_index(struct wsp_script *script, const struct wsp_document *document,
                                 const struct wsp_reading_settings *settings, struct wsp_error *err)
{
    script->document = document;
    script->settings = settings ? *settings : (struct wsp_reading_settings){0};
    script->n_sentences = script->n_definitions = script->n_acronyms = 0;
    for (size_t i = 0; i < document->n_blocks; i++)
        if (index_block(script, i))
            return wsp_fail_nomem(err);
    finish(script);
    if (wsp_definitions_find(script))
        return wsp_fail_nomem(err);
    return WSP_OK;
}
