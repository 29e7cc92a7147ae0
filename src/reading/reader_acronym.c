/* Acronyms and codes. The lexicon says what offices mean by theirs ("UBND"); others are spelt with
 * Vietnamese letter names ("ITU": i tê u), and so are codes with digits ("QL1A", "15/QĐ-UBND"),
 * part by part: the signs between the parts are silent. Legal syllables are words, and left to
 * the readers after this one. */
#include "reading/readers.h"

#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/syllable.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

enum { LETTERS_MAX = 6 }; /* longer ones in capitals are words or names: VIETINBANK */

/* Letters, digits, or one sign; its bytes. */
static size_t part_length(struct wsp_str word, size_t at)
{
    size_t end = at;
    enum wsp_char_class class = wsp_char_at(word.ptr, at, word.len).class;
    while (end < word.len) {
        struct wsp_char c = wsp_char_at(word.ptr, end, word.len);
        if (c.class != class)
            break;
        end += c.len;
        if (class != WSP_CHAR_LETTER && class != WSP_CHAR_DIGIT)
            break;
    }
    return end - at;
}

static bool say_letters(struct wsp_buf *words, struct wsp_str part)
{
    const char *known = part.len > 1 ? wsp_lexicon_find(&wsp_lexicon_acronyms, part) : NULL;
    if (known) {
        wsp_vi_add(words, known);
        return true;
    }
    size_t letters = 0;
    for (size_t at = 0; at < part.len; letters++) {
        struct wsp_char c = wsp_char_at(part.ptr, at, part.len);
        const char *name =
            wsp_lexicon_find(&wsp_lexicon_letters, (struct wsp_str){part.ptr + at, c.len});
        if (!name || letters == LETTERS_MAX)
            return false;
        wsp_vi_add(words, name);
        at += c.len;
    }
    return true;
}

/* "2021" after a slash in "15/2021/QĐ-UBND" is a year. */
static void say_digits(struct wsp_buf *words, struct wsp_str part, bool after_slash)
{
    unsigned value = wsp_digits_value(part);
    if (after_slash && part.len == 4 && value >= 1900 && value < 2100)
        wsp_vi_add(words, "năm");
    wsp_vi_cardinal(words, part);
}

static bool is_silent(char sign)
{
    return sign && strchr("/-.", sign);
}

/* Returns whether all of `word` is letters in capitals and digits with silent signs between, and
 * not letters alone that are a syllable. */
static bool say_code(struct wsp_buf *words, struct wsp_str word)
{
    size_t len, letters = 0, parts = 0;
    char before = '\0';
    for (size_t at = 0; at < word.len; at += len, parts++) {
        len = part_length(word, at);
        struct wsp_str part = {word.ptr + at, len};
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        struct wsp_str rest = {word.ptr + at, word.len - at};
        const char *known = at > 0 ? wsp_lexicon_find(&wsp_lexicon_acronyms, rest) : NULL;
        if (known) { /* "NĐ-CP" at the end of "15/2020/NĐ-CP" */
            wsp_vi_add(words, known);
            return true;
        }
        if (c.class == WSP_CHAR_LETTER && (wsp_capitals_in(part) || wsp_str_is(part, "TTg"))) {
            if (!say_letters(words, part))
                return false;
            letters++;
        } else if (c.class == WSP_CHAR_DIGIT && wsp_digits_at(part, 0) == part.len) {
            say_digits(words, part, before == '/');
        } else if (!is_silent(word.ptr[at])) {
            return false;
        }
        before = word.ptr[at];
    }
    return letters > 0 && (parts > 1 || !wsp_syllable_parse(word, NULL));
}

static bool has_digit(struct wsp_str word)
{
    for (size_t at = 0; at < word.len; at++)
        if (word.ptr[at] >= '0' && word.ptr[at] <= '9')
            return true;
    return false;
}

/* "HÀ NỘI-HUẾ": words, parted by a sign. */
static bool holds_syllable(struct wsp_str word)
{
    size_t len;
    for (size_t at = 0; at < word.len; at += len) {
        len = part_length(word, at);
        if (len > 1 && wsp_syllable_parse((struct wsp_str){word.ptr + at, len}, NULL))
            return true;
    }
    return false;
}

size_t wsp_read_acronym(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str word = wsp_token_text(reading, at);
    struct wsp_buf words = WSP_BUF_INIT(2048);
    const char *known = wsp_lexicon_find(&wsp_lexicon_acronyms, word);
    bool single = wsp_char_at(word.ptr, 0, word.len).len == word.len;
    bool said = true;
    if (known)
        wsp_vi_add(&words, known);
    else
        said = !single && (has_digit(word) || !holds_syllable(word)) && say_code(&words, word);
    if (said)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}
