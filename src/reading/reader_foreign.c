/* Foreign words and names. People keep seeing "Facebook"; the engine is given Vietnamese syllables,
 * so that the voice does not fall into another language in the middle of a sentence: those of
 * the lexicon ("name"), or what the rule makes of the spelling ("foreign"). */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/foreign_rule.h"
#include "reading/lexicon.h"
#include "reading/syllable.h"

#include <string.h>

/* Letters, perhaps with hyphens and apostrophes inside. */
static bool is_letters(struct wsp_str word)
{
    for (size_t at = 0; at < word.len;) {
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        bool inner = at > 0 && (c.class == WSP_CHAR_DASH || c.code == '\'' || c.code == 0x2019);
        if (c.class != WSP_CHAR_LETTER && c.class != WSP_CHAR_MARK && !inner)
            return false;
        at += c.len;
    }
    return word.len > 0;
}

/* "Mai-Lan": syllables with hyphens between them. */
static bool is_vietnamese(struct wsp_str word)
{
    for (size_t at = 0; at <= word.len;) {
        const char *hyphen = memchr(word.ptr + at, '-', word.len - at);
        size_t end = hyphen ? (size_t)(hyphen - word.ptr) : word.len;
        if (!wsp_syllable_parse((struct wsp_str){word.ptr + at, end - at}, NULL))
            return false;
        at = end + 1;
    }
    return true;
}

static void say_as_written(const struct wsp_reading *reading, size_t at, size_t taken,
                           struct wsp_str spelling, struct wsp_utterance *out)
{
    struct wsp_span span = {reading->tokens[at].begin, reading->tokens[at + taken - 1].end};
    (void)wsp_say(out, wsp_document_text(reading->script->document, span), span);
    wsp_spell_for_engine(out, spelling);
}

size_t wsp_read_name(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    const char *known = NULL;
    struct wsp_str word = wsp_token_text(reading, at);
    bool vietnamese = is_vietnamese(word);
    if (vietnamese && !wsp_char_is_upper(wsp_char_at(word.ptr, 0, word.len)))
        return 0; /* nearly all words */
    size_t taken = wsp_lexicon_match(reading, at, &wsp_lexicon_foreign, &known);
    if (taken == 0 || (vietnamese && taken < 2)) /* "San" is a word, "San Francisco" a name */
        return 0;
    say_as_written(reading, at, taken, (struct wsp_str){known, strlen(known)}, out);
    return taken;
}

/* "Kạn": a Vietnamese syllable but for its K, which elsewhere stands before e and i alone. */
static bool is_syllable_with_k(struct wsp_str word)
{
    enum { LONGEST = 13 }; /* bytes of a syllable */
    char written[LONGEST];
    if (word.len == 0 || word.len > LONGEST || (word.ptr[0] | 0x20) != 'k')
        return false;
    memcpy(written, word.ptr, word.len);
    written[0] = 'c';
    return wsp_syllable_parse((struct wsp_str){written, word.len}, NULL);
}

void wsp_say_foreign(struct wsp_utterance *out, struct wsp_str word, struct wsp_span source)
{
    struct wsp_buf spelling = WSP_BUF_INIT(WSP_UTTERANCE_ENGINE_BYTES), lower = WSP_BUF_INIT(1024);
    (void)wsp_utf8_add_lower(&lower, word);
    const char *known = wsp_lexicon_find(&wsp_lexicon_foreign, wsp_buf_str(&lower));
    (void)wsp_say(out, word, source);
    if (known) {
        wsp_spell_for_engine(out, (struct wsp_str){known, strlen(known)});
    } else if (!is_vietnamese(word) && !is_syllable_with_k(word) && /* the engine says it so */
               wsp_foreign_respell(&spelling, word)) {
        wsp_spell_for_engine(out, wsp_buf_str(&spelling));
        wsp_doubt(out, WSP_DOUBT_FOREIGN);
    }
    wsp_buf_release(&spelling);
    wsp_buf_release(&lower);
}

/* Letters, few and without a vowel: they have names. */
static bool is_unpronounceable(struct wsp_str word)
{
    enum { LONGEST = 4 };
    for (size_t i = 0; i < word.len; i++)
        if ((word.ptr[i] & 0x80) || strchr("aeiouyAEIOUY-'", word.ptr[i]))
            return wsp_utf8_count(word) == 1;
    return word.len <= LONGEST;
}

size_t wsp_read_foreign(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str word = wsp_token_text(reading, at);
    if (!is_letters(word) || is_vietnamese(word))
        return 0;
    if (is_unpronounceable(word)) { /* the V of "Nguyễn V. A.", "vắc xin Td" */
        struct wsp_buf name = WSP_BUF_INIT(64);
        (void)wsp_add_letter_names(reading, &name, word, word.len);
        say_as_written(reading, at, 1, wsp_buf_str(&name), out);
        wsp_buf_release(&name);
        return 1;
    }
    wsp_say_foreign(out, word,
                    (struct wsp_span){reading->tokens[at].begin, reading->tokens[at].end});
    return 1;
}
