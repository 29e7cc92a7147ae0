#include "reading/language.h"

#include "base/utf8.h"
#include "reading/alphabet.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/syllable.h"
#include "reading/token.h"

const char *const wsp_language_tags[WSP_N_LANGUAGES] = {
    [WSP_LANGUAGE_VOICE] = "vi",    [WSP_LANGUAGE_ENGLISH] = "en",  [WSP_LANGUAGE_FRENCH] = "fr",
    [WSP_LANGUAGE_CHINESE] = "cmn", [WSP_LANGUAGE_JAPANESE] = "ja", [WSP_LANGUAGE_KOREAN] = "ko",
    [WSP_LANGUAGE_RUSSIAN] = "ru",  [WSP_LANGUAGE_ARABIC] = "ar",   [WSP_LANGUAGE_HINDI] = "hi",
    [WSP_LANGUAGE_THAI] = "th",     [WSP_LANGUAGE_GREEK] = "el",
};

/* Words that hardly a sentence does without. Those that are Vietnamese syllables too ("to", "the",
 * "on", "in") count only beside others that are none. */
static const char *const little_words[WSP_N_LANGUAGES] = {
    [WSP_LANGUAGE_ENGLISH] =
        "the of and to in is are was were be been for on with that this these those we you they "
        "our your their it its as at by from has have had will would can not or an all who which "
        "what how more than into about through between across also i he she his her us them do",
    [WSP_LANGUAGE_FRENCH] =
        "le la les de des du et en un une est sont dans pour que qui sur par avec au aux ce cette "
        "ces nous vous ils elles il elle notre votre leur plus ne pas ou comme entre se sa son",
};

/* Vietnamese marks: ă, đ, ơ, ư, a letter with two marks, hook or dot below. */
static bool is_vietnamese(struct wsp_str word)
{
    for (size_t at = 0; at < word.len;) {
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        uint32_t lower = wsp_utf8_lower(c.code);
        if (lower == 0x103 || lower == 0x111 || lower == 0x1A1 || lower == 0x1B0 ||
            (c.code >= 0x1EA0 && c.code <= 0x1EF9))
            return true;
        at += c.len;
    }
    return false;
}

static bool is_marked(struct wsp_str word)
{
    for (size_t at = 0; at < word.len; at++)
        if (word.ptr[at] & 0x80)
            return true;
    return false;
}

/* Half of the words, and three of four beside Vietnamese ones, have letters of other alphabets:
 * "我有 iPhone 手机" is Chinese. */
static bool is_in_other_letters(const struct wsp_reading *reading)
{
    size_t words = 0, other = 0, vietnamese = 0;
    for (size_t i = 0; i < reading->n_tokens; i++) {
        struct wsp_str word = wsp_token_text(reading, i);
        bool strange = wsp_is_other_word(word);
        words += strange || wsp_char_at(word.ptr, 0, word.len).class == WSP_CHAR_LETTER;
        other += strange;
        vietnamese += !strange && wsp_syllable_parse(word, NULL);
    }
    return other > 0 && 2 * other >= words && 4 * other >= 3 * (other + vietnamese);
}

enum wsp_language wsp_language_of(const struct wsp_reading *reading)
{
    if (is_in_other_letters(reading))
        return wsp_language_of_letters(
            wsp_document_text(reading->script->document, wsp_sentence_span(reading->sentence)));
    enum { WORDS_MIN = 4 };
    size_t words = 0, vietnamese = 0, marked = 0, foreign = 0, little[WSP_N_LANGUAGES] = {0};
    for (size_t i = 0; i < reading->n_tokens; i++) {
        struct wsp_str word = wsp_token_text(reading, i);
        if (wsp_char_at(word.ptr, 0, word.len).class != WSP_CHAR_LETTER ||
            (!reading->capitals && wsp_capitals_in(word) > 1)) /* WHO is no "who" */
            continue;
        words++;
        if (is_vietnamese(word)) {
            marked += !wsp_begins_upper(word); /* names stand in English too */
            if (5 * ++vietnamese > reading->n_tokens)
                return WSP_LANGUAGE_VOICE;
            continue;
        }
        bool syllable = wsp_syllable_parse(word, NULL);
        foreign += !syllable;
        marked += syllable && !wsp_begins_upper(word) && is_marked(word);
        for (size_t l = 1; l < WSP_LANGUAGE_CHINESE; l++)
            little[l] += wsp_context_is(reading, i, 0, little_words[l]);
    }
    size_t best = little[WSP_LANGUAGE_FRENCH] > little[WSP_LANGUAGE_ENGLISH] ? WSP_LANGUAGE_FRENCH
                                                                             : WSP_LANGUAGE_ENGLISH;
    bool whole = words >= WORDS_MIN && 2 * foreign >= words && little[best] >= 1 &&
                 10 * (foreign + little[best]) >= 7 * words && 6 * little[best] >= words;
    if (best == WSP_LANGUAGE_ENGLISH && marked > 1) /* "... economy," ông Smith của Nokia nói. */
        return WSP_LANGUAGE_VOICE;
    return whole ? (enum wsp_language)best : WSP_LANGUAGE_VOICE;
}
