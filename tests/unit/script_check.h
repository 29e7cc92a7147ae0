/* The promises of script.h, checked on any document: used by the unit tests and by the fuzzer.
 * Each returns NULL, or what is broken. */
#ifndef WSP_TESTS_SCRIPT_CHECK_H
#define WSP_TESTS_SCRIPT_CHECK_H

#include "base/hash.h"
#include "base/utf8.h"
#include "reading/reader.h"
#include "reading/script.h"

#include <stdlib.h>

static bool is_blank_at(struct wsp_str text, size_t at, size_t *len)
{
    uint32_t code;
    *len = wsp_utf8_decode(text.ptr + at, text.len - at, &code);
    if (*len == 0)
        *len = 1;
    else
        return wsp_utf8_is_space(code);
    return false;
}

static bool all_blank(struct wsp_str text)
{
    size_t len;
    for (size_t at = 0; at < text.len; at += len)
        if (!is_blank_at(text, at, &len))
            return false;
    return true;
}

/* Does a letter or a digit stand in `text`? */
static bool holds_word(struct wsp_str text)
{
    uint32_t code;
    for (size_t at = 0; at < text.len;) {
        size_t n = wsp_utf8_decode(text.ptr + at, text.len - at, &code);
        if (n > 0 && !wsp_utf8_is_mark(code) &&
            (wsp_utf8_is_letter(code) || wsp_utf8_is_digit(code)))
            return true;
        at += n ? n : 1;
    }
    return false;
}

static struct wsp_str text_between(const struct wsp_document *doc, size_t begin, size_t end)
{
    return (struct wsp_str){doc->text.ptr + begin, end - begin};
}

/* Every byte of every block that is no blank belongs to exactly one sentence. */
static const char *check_index(const struct wsp_script *script)
{
    const struct wsp_document *doc = script->document;
    size_t at = 0, i = 0;
    for (size_t b = 0; b < doc->n_blocks; b++) {
        at = doc->blocks[b].begin;
        for (; i < script->n_sentences && script->sentences[i].block == b; i++) {
            const struct wsp_sentence *s = &script->sentences[i];
            if (s->begin < at || s->end <= s->begin || s->end > doc->blocks[b].end)
                return "a sentence overlaps another or leaves its block";
            if (!all_blank(text_between(doc, at, s->begin)))
                return "a byte between two sentences is no blank";
            if (s->end - s->begin > WSP_SENTENCE_LIMIT)
                return "a sentence is longer than the limit";
            if (s->id != wsp_hash(WSP_HASH_START, doc->text.ptr + s->begin, s->end - s->begin))
                return "the id is not the text's";
            if ((s->boundary == WSP_BOUNDARY_END) != (i + 1 == script->n_sentences))
                return "the end is not at the end";
            at = s->end;
        }
        if (!all_blank(text_between(doc, at, doc->blocks[b].end)))
            return "a byte after the last sentence is no blank";
    }
    return i == script->n_sentences ? NULL : "a sentence names the wrong block";
}

/* Does a letter or a digit stand in the bytes begin..end that is not silent by a rule? */
static bool holds_unsaid(const struct wsp_script *script, const struct wsp_utterance *u,
                         uint32_t begin, uint32_t end)
{
    for (size_t i = 0; i < u->n_silent && !u->skipped; i++) {
        const struct wsp_silent *silent = &u->silent[i];
        if (silent->end <= begin || silent->begin >= end)
            continue;
        if (silent->begin > begin &&
            holds_word(text_between(script->document, begin, silent->begin)))
            return true;
        begin = silent->end;
    }
    return begin < end && holds_word(text_between(script->document, begin, end));
}

/* Words that stand for the same bytes follow each other: "17/5" is four of them. */
static const char *check_words(const struct wsp_script *script, const struct wsp_utterance *u)
{
    const struct wsp_sentence *s = &script->sentences[u->number];
    uint32_t at = s->begin, spoken = 0;
    for (size_t w = 0; w < u->n_words; w++) {
        const struct wsp_word *word = &u->words[w];
        bool same = w > 0 && word->begin == word[-1].begin && word->end == word[-1].end;
        if ((word->begin < at && !same) || word->end <= word->begin || word->end > s->end)
            return "a word's source overlaps another's or leaves the sentence";
        if (word->spoken_begin < spoken || word->spoken_end <= word->spoken_begin ||
            word->spoken_end > u->spoken.len)
            return "a word's spoken bytes overlap another's or leave the text";
        if (w > 0 && word->spoken_begin == spoken)
            return "two words touch";
        if (word->reader >= wsp_n_readers || word->doubt >= WSP_N_DOUBTS)
            return "a word has no reader, or a doubt that there is not";
        if (word->engine_begin > word->engine_end || word->engine_end > u->engine.len)
            return "a spelling for the engine is not there";
        if (!same && holds_unsaid(script, u, at, word->begin))
            return "a letter or digit before a word is not said";
        at = word->end;
        spoken = word->spoken_end;
    }
    if (!u->skipped && holds_unsaid(script, u, at, s->end))
        return "a letter or digit at the end is not said";
    if (u->n_words > 0 && u->words[u->n_words - 1].pause_ms != 0)
        return "the last word has a pause of its own";
    return NULL;
}

static const char *check_utterance(const struct wsp_script *script, const struct wsp_utterance *u)
{
    if (u->n_words >= WSP_UTTERANCE_WORDS || u->spoken.len >= WSP_UTTERANCE_BYTES)
        return "an utterance is too long";
    if ((u->n_words == 0) != (u->spoken.len == 0))
        return "spoken text and words do not agree";
    if (wsp_utf8_valid_prefix(u->spoken.ptr, u->spoken.len) != u->spoken.len)
        return "the spoken text is not UTF-8";
    if (u->mood != script->sentences[u->number].mood)
        return "the mood is not the sentence's";
    return check_words(script, u);
}

static const char *check_script(const struct wsp_script *script)
{
    const char *broken = check_index(script);
    struct wsp_utterance u;
    wsp_utterance_init(&u);
    for (size_t i = 0; i < script->n_sentences && !broken; i++)
        broken = wsp_script_utterance(script, i, &u, NULL) || u.number != i
                     ? "an utterance could not be made"
                     : check_utterance(script, &u);
    wsp_utterance_release(&u);
    return broken;
}

#endif
