/* Acronyms and codes. What the message says itself comes first ("Liên minh Viễn thông quốc tế
 * (ITU)"), then the lexicon; the others are spelt ("ITU": i tê u), and so are codes with digits
 * ("QL1A", "15/QĐ-UBND"), part by part: the signs between the parts are silent. Legal syllables are
 * words, and left to the readers after this one. */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/definition.h"
#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/syllable.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

enum { LETTERS_MAX = 6 }; /* longer ones with a vowel are words or names: VIETINBANK */

/* What is being made of one token. */
struct code {
    const struct wsp_reading *reading;
    size_t at; /* the token */
    struct wsp_buf *words;
    bool spelled;  /* the lexicon is not asked */
    bool document; /* it is the number of a document */
    bool model;    /* a syllable that is spelt all the same */
    bool unknown;  /* letters were spelt that no lexicon knows */
};

/* The lexicon's reading that stands for a thing that is spelt, and known to be: "GDP". */
static bool is_known_as_spelt(const char *spoken)
{
    return strcmp(spoken, "*") == 0;
}

/* What the user's own lexicon has for it. */
static const char *find_own(const struct code *code, struct wsp_str part)
{
    const struct wsp_lexicon *own = code->reading->script->settings.own;
    return own ? wsp_lexicon_choose(code->reading, code->at, own, part) : NULL;
}

/* In the number of a document ("56/CV-SGDĐT") the parts are kinds of documents first. */
static const char *find_part(const struct code *code, struct wsp_str part, bool numbered)
{
    const char *users = find_own(code, part);
    if (users) /* of the user's own lexicon, whatever the rest is */
        return is_known_as_spelt(users) ? NULL : users;
    const char *kind =
        code->document ? wsp_lexicon_choose(code->reading, code->at, &wsp_lexicon_documents, part)
                       : NULL;
    if (kind && !code->spelled)
        return kind;
    const char *known = code->spelled ? NULL
                        : numbered    ? wsp_lexicon_find_numbered(&wsp_lexicon_acronyms, part)
                                      : wsp_lexicon_find(&wsp_lexicon_acronyms, part);
    return known && !is_known_as_spelt(known) ? known : NULL;
}

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

static bool spell(struct code *code, struct wsp_str letters, size_t at_most)
{
    return wsp_add_letter_names(code->reading, code->words, letters, at_most);
}

static bool has_vowel(struct wsp_str part)
{
    for (size_t i = 0; i < part.len; i++)
        if ((part.ptr[i] & 0x80) || strchr("AEIOUY", part.ptr[i]))
            return true;
    return false;
}

/* `numbered`: digits come next, as in "ĐT743". */
static bool say_letters(struct code *code, struct wsp_str part, bool numbered)
{
    const char *known = numbered && part.len > 2 ? wsp_lexicon_find(&wsp_lexicon_wordlike, part)
                                                 : NULL; /* "RON95" */
    if (!known && part.len > 1)
        known = find_part(code, part, numbered);
    if (known) {
        wsp_vi_add(code->words, wsp_without_repeat(code->reading, code->at, known));
        return true;
    }
    const char *spelt = wsp_lexicon_find(&wsp_lexicon_acronyms, part);
    code->unknown |= wsp_utf8_count(part) > 1 && !(spelt && is_known_as_spelt(spelt)) &&
                     !wsp_str_is(part, "QH"); /* "45/2019/QH14" */
    return spell(code, part, has_vowel(part) ? LETTERS_MAX : part.len);
}

enum { SERIAL = 4 }; /* more digits are a serial number, nothing to be counted */

/* "2021" after a slash in "15/2021/QĐ-UBND" is a year. */
static void say_digits(struct wsp_buf *words, struct wsp_str part, bool after_slash)
{
    unsigned value = wsp_digits_value(part);
    if (after_slash && part.len == 4 && value >= 1900 && value < 2100)
        wsp_vi_add(words, "năm");
    if (part.len > SERIAL)
        wsp_vi_digits(words, part);
    else
        wsp_vi_cardinal(words, part);
}

static bool is_silent(char sign)
{
    return sign && strchr("/-.", sign);
}

/* "BĐ2-BĐ3", "BN13728-13782": from one number to a higher one, the letters before both or only
 * before the first. */
static bool is_range(struct wsp_str word, size_t dash)
{
    enum { LONG = 3 };     /* shorter ones without letters are parts of a code: "A12-15" */
    size_t letters = dash; /* and digits, before the last ones: "6A1-6A4" */
    while (letters > 0 && word.ptr[letters - 1] >= '0' && word.ptr[letters - 1] <= '9')
        letters--;
    size_t from = dash + 1, first = dash - letters;
    bool repeated = from + letters < word.len && memcmp(word.ptr, word.ptr + from, letters) == 0;
    from += repeated ? letters : 0;
    size_t second = wsp_digits_at(word, from);
    if (letters == 0 || first == 0 || from + second != word.len)
        return false;
    int order = memcmp(word.ptr + letters, word.ptr + from, first < second ? first : second);
    return first == second ? order < 0 && (repeated || first >= LONG) : repeated && first < second;
}

/* Small letters that stand in codes: "QĐ-TTg", "45/TTr-UBND", "GDTrH", "12a3" */
static bool is_code_letters(const struct code *code, struct wsp_str part)
{
    bool two = part.len > 2 && wsp_capitals_in((struct wsp_str){part.ptr, 2}) == 2;
    return wsp_capitals_in(part) > 0 || wsp_utf8_count(part) == 1 || (code->document && two);
}

/* "15/QĐ-UBND", "19-NQ/TW": a number, and letters after the first sign, a slash among them. */
static bool is_document_number(struct wsp_str word)
{
    struct wsp_figure figure;
    size_t digits = wsp_figure_read(word, 0, &figure);
    if (digits == 0 || figure.decimals.len > 0 || digits + 2 >= word.len ||
        !strchr("/-", word.ptr[digits]))
        return false;
    size_t len = part_length(word, digits + 1);
    struct wsp_str part = {word.ptr + digits + 1, len};
    if (!memchr(word.ptr, '/', word.len)) /* "49-NQ-TW" */
        return digits + 1 + len < word.len && wsp_lexicon_find(&wsp_lexicon_documents, part);
    bool year = wsp_digits_at(part, 0) == 4 && digits + 1 + len < word.len;
    return year || (wsp_char_at(part.ptr, 0, part.len).class == WSP_CHAR_LETTER && len > 1);
}

/* Are all parts of letters known? A number that is half spelt is harder to follow than one that is
 * spelt. */
static bool knows_all_parts(const struct code *code, struct wsp_str word)
{
    size_t len;
    for (size_t at = 0; at < word.len; at += len) {
        len = part_length(word, at);
        struct wsp_str part = {word.ptr + at, len}, rest = {word.ptr + at, word.len - at};
        if (wsp_char_at(word.ptr, at, word.len).class != WSP_CHAR_LETTER)
            continue;
        if (find_part(code, rest, false))
            return true;
        bool congress = wsp_str_is(part, "QH"); /* "45/2019/QH14" is always spelt */
        if (congress || !find_part(code, part, false))
            return false;
    }
    return true;
}

/* Does "Nghị định" or "Nghị định số" stand before token `at`, when that is the `kind`? */
static bool is_named_before(const struct wsp_reading *reading, size_t at, struct wsp_str part,
                            const char *kind)
{
    at -= at > 0 && wsp_context_is(reading, at, -1, "số");
    if (at > 0 && wsp_str_equal(wsp_token_text(reading, at - 1), part)) /* "NĐ 15/2020/NĐ-CP" */
        return true;
    for (const char *word = kind; word; word = strchr(word + 1, ' '), at--)
        if (at == 0 || !wsp_context_is(reading, at, -1, kind))
            return false;
    return true;
}

/* Does it say itself whose the document is: "15/QĐ-UBND ngày 3/5 của UBND tỉnh"? */
static bool tells_whose(const struct wsp_reading *reading, size_t at)
{
    while (++at < reading->n_tokens && (wsp_has_digit(wsp_token_text(reading, at)) ||
                                        wsp_context_is(reading, at, 0, "ngày tháng năm")))
        continue;
    return wsp_context_is(reading, at, 0, "của");
}

/* Is it somebody who issues documents, "Bộ Y tế" and not "phòng chống thiên tai"? */
static bool is_issuer(const char *spoken)
{
    static const char *const issuers[] = {
        "ban ",       "bảo hiểm ", "bệnh viện",    "bộ ",       "chính phủ",  "chi cục ",
        "chủ tịch ",  "công an",   "công đoàn",    "cục ",      "đảng ủy",    "đoàn ",
        "hội ",       "huyện ủy",  "liên đoàn ",   "mặt trận",  "ngân hàng ", "phòng giáo ",
        "quốc hội",   "sở ",       "thành ủy",     "thanh tra", "thị ủy",     "thủ tướng",
        "tòa án",     "tỉnh ủy",   "tổng công ty", "tổng cục ", "trạm y tế",  "trung tâm ",
        "trung ương", "trường ",   "ủy ban ",      "văn phòng", "viện ",
    };
    struct wsp_buf lower = WSP_BUF_INIT(512);
    (void)wsp_utf8_add_lower(&lower, (struct wsp_str){spoken, strlen(spoken)});
    bool found = false;
    for (size_t i = 0; i < WSP_LEN(issuers) && !found; i++)
        found = lower.len >= strlen(issuers[i]) &&
                memcmp(lower.ptr, issuers[i], strlen(issuers[i])) == 0;
    wsp_buf_release(&lower);
    return found;
}

/* "Nghị định 15/2020/NĐ-CP", with the kind at byte `at`: a kind that is named before the number is
 * not said again, but whose the document is, and where that is said too, the letters are. Returns
 * whether the kind is done with. */
static bool say_whose(struct code *code, struct wsp_str word, size_t at, size_t len)
{
    struct wsp_str part = {word.ptr + at, len}, rest = {word.ptr + at, word.len - at};
    if (!code->document || code->spelled || at == 0 || len + 1 >= rest.len || find_own(code, rest))
        return false;
    const char *kind = find_part(code, part, false);
    if (!kind || !is_named_before(code->reading, code->at, part, kind))
        return false;
    struct wsp_str whole = {rest.ptr + len + 1, rest.len - len - 1},
                   next = {whole.ptr, part_length(whole, 0)};
    const char *issuer = find_part(code, whole, false);
    issuer = issuer ? issuer : find_part(code, next, false);
    if (!issuer || !is_issuer(issuer))
        return false;
    code->spelled = tells_whose(code->reading, code->at);
    if (!code->spelled)
        wsp_vi_add(code->words, "của");
    return !code->spelled;
}

/* "v1.2" */
static bool is_version(struct wsp_str word)
{
    return (word.ptr[0] | 0x20) == 'v' && wsp_digits_at(word, 1) > 0;
}

/* What "PM" and "FM" count has decimals; so has a number before one letter ("0.05S") and before the
 * form of a pesticide ("3.6EC", the codes of CropLife International). */
static bool takes_decimals(struct wsp_str word, size_t at)
{
    struct wsp_figure figure;
    size_t len = at == 0 ? wsp_figure_read(word, 0, &figure) : 0;
    struct wsp_str rest = {word.ptr + len, word.len - len};
    if (len > 0 &&
        (rest.len == 1 || wsp_str_is_one_of(rest, "EC WG SC WP SL SP GR OD EW ME CS DC")))
        return figure.decimals.len > 0;
    return at == 2 && (memcmp(word.ptr, "PM", 2) == 0 || memcmp(word.ptr, "FM", 2) == 0);
}

/* The figure of a code at byte `at`; *len is its bytes. Returns whether it may stand in a code: not
 * that of "500.000đ" or "ca SXH/100.000 dân". */
static bool say_figure(struct code *code, struct wsp_str word, size_t at, char before, size_t *len)
{
    struct wsp_figure figure;
    struct wsp_str part = {word.ptr + at, *len};
    bool longer = wsp_figure_read(word, at, &figure) > *len;
    if (longer && (takes_decimals(word, at) || (code->document && at == 0))) {
        *len = wsp_figure_read(word, at, &figure); /* "PM2.5", "1.234/QĐ-UBND" */
        wsp_figure_say(code->words, &figure);
        return true;
    }
    if ((longer && figure.grouped && (at == 0 || before == '/')) ||
        wsp_digits_at(part, 0) != part.len)
        return false;
    say_digits(code->words, part, before == '/');
    return true;
}

/* "XBB.1.5", "B.1.617.2", "JN.1": letters and numbers with dots between, as viruses are called. */
static bool is_variant(struct wsp_str word)
{
    enum { LETTERS = 3, DIGITS = 3 };
    size_t at = 0, dots = 0;
    while (at < word.len && word.ptr[at] >= 'A' && word.ptr[at] <= 'Z')
        at++;
    size_t letters = at;
    for (size_t digits; at < word.len && word.ptr[at] == '.'; at += 1 + digits, dots++) {
        digits = wsp_digits_at(word, at + 1);
        bool padded = digits > 1 && word.ptr[at + 1] == '0'; /* the number of a road, "CT.01" */
        if (digits == 0 || digits > DIGITS || (dots == 0 && digits == DIGITS) || padded)
            return false;
    }
    return at == word.len && letters > 0 && letters <= LETTERS && dots > (letters == 1);
}

/* Returns whether the sign at byte `at` may stand in a code. */
static bool say_code_sign(struct code *code, struct wsp_str word, size_t at)
{
    if (word.ptr[at] == '.' && (is_version(word) || is_variant(word)))
        wsp_vi_add(code->words, "chấm");
    else if (word.ptr[at] == '-' && is_range(word, at))
        wsp_vi_add(code->words, "đến");
    return is_silent(word.ptr[at]);
}

/* Returns whether all of `word` is letters in capitals and digits with silent signs between, and
 * not letters alone that are a syllable. */
static bool say_code(struct code *code, struct wsp_str word)
{
    size_t len, letters = 0, parts = 0;
    char before = '\0';
    code->document = is_document_number(word);
    if (word.ptr[0] == '-' && wsp_digits_at(word, 1) > 0) /* "-1SD" */
        wsp_vi_add(code->words, "âm");
    code->spelled |= code->document && !knows_all_parts(code, word);
    for (size_t at = 0; at < word.len; at += len, parts++) {
        len = part_length(word, at);
        struct wsp_str part = {word.ptr + at, len}, rest = {word.ptr + at, word.len - at};
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        bool letter = c.class == WSP_CHAR_LETTER && is_code_letters(code, part);
        if (letter && say_whose(code, word, at, len)) {
            letters++;
            continue;
        }
        const char *known = at > 0 ? find_part(code, rest, false) : NULL;
        if (known) { /* "NĐ-CP" at the end of "15/2020/NĐ-CP" */
            wsp_vi_add(code->words, known);
            return true;
        }
        bool said = letter ? say_letters(code, part, wsp_digits_at(word, at + len) > 0)
                    : c.class == WSP_CHAR_DIGIT ? say_figure(code, word, at, before, &len)
                                                : say_code_sign(code, word, at);
        if (!said)
            return false;
        letters += letter;
        before = word.ptr[at];
    }
    return letters > 0 && (parts > 1 || code->model || !wsp_syllable_parse(word, NULL));
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

/* The meaning's words as they stand, in small letters where it is a heading's. */
static void add_meaning(struct code *code, const struct wsp_definition *definition)
{
    struct wsp_str meaning =
        wsp_document_text(code->reading->script->document, definition->meaning);
    bool heading = wsp_capitals_in(meaning) > 0;
    for (size_t at = 0; at < meaning.len;) {
        size_t begin = at;
        struct wsp_char c = wsp_char_at(meaning.ptr, at, meaning.len);
        for (; at < meaning.len && (c.class == WSP_CHAR_LETTER || c.class == WSP_CHAR_MARK);
             c = wsp_char_at(meaning.ptr, at, meaning.len)) {
            at += c.len;
            if (at == meaning.len)
                break;
        }
        struct wsp_str word = {meaning.ptr + begin, at - begin};
        if (word.len == 0) {
            at += c.len;
            continue;
        }
        if (code->words->len > 0)
            wsp_buf_putc(code->words, ' ');
        if (heading)
            wsp_utf8_add_lower(code->words, word);
        else
            wsp_buf_add_str(code->words, word);
    }
}

/* A consonant alone, "lớp 9B", "vitamin C", "điểm d"; vowels are their own names. The initials of
 * "Nguyễn V. A." stay, for their dots belong to them. */
static bool say_single(struct code *code, size_t at, struct wsp_str word)
{
    uint32_t c;
    if (wsp_utf8_decode(word.ptr, word.len, &c) != word.len || !wsp_utf8_is_letter(c))
        return false;
    struct wsp_str gap = wsp_token_gap(code->reading, at);
    struct wsp_str next = wsp_token_text(code->reading, at + 1);
    bool named = wsp_begins_upper(next);
    bool initial =
        at > 0 && (wsp_str_is(gap, ".") || wsp_str_is(gap, ". ")) && wsp_utf8_is_upper(c) && named;
    bool consonant = c == 0x110 || c == 0x111 || (c < 0x80 && !strchr("aeiouy", (int)(c | 0x20)));
    return consonant && !initial && spell(code, word, 1);
}

/* "OM 18": capitals before a number name a kind of rice, even when they are a syllable. */
static bool is_model(struct code *code, size_t at, struct wsp_str word)
{
    code->model = !code->reading->capitals && wsp_capitals_in(word) > 1 &&
                  wsp_utf8_count(word) == word.len && word.len <= 3 &&
                  wsp_digits_at(wsp_token_text(code->reading, at + 1), 0) > 0;
    return code->model;
}

/* "SAWACO", "HADICO": vowels and consonants in turn, as people make names of companies to be said
 * as words. Four letters have to begin with a consonant. */
static bool is_sayable(struct wsp_str word)
{
    enum { SHORTEST = 4 };
    for (size_t i = 0; i < word.len; i++) {
        bool vowel = strchr("AEIOU", word.ptr[i]),
             before = i > 0 && strchr("AEIOU", word.ptr[i - 1]);
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z' || (i > 0 && vowel == before))
            return false;
    }
    return word.len > SHORTEST || (word.len == SHORTEST && !strchr("AEIOU", word.ptr[0]));
}

/* "cccd", "Gplx", "tnGT": what its capitals stand for, when it is no word; words that could be of
 * another language have to be in small letters. NULL: nothing is known. */
static const char *find_capitals_of(const struct code *code, size_t at, struct wsp_str word)
{
    enum { SHORTEST = 3, LONGEST = 32 };
    bool small = true, vowels = false;
    size_t run = 0, longest = 0; /* of consonants: "luc" is a word without its marks, "attp" none */
    if (word.len > LONGEST || wsp_utf8_count(word) < SHORTEST || wsp_syllable_parse(word, NULL))
        return NULL;
    struct wsp_buf upper = WSP_BUF_INIT(128);
    bool letters = true;
    for (size_t i = 0; i < word.len;) {
        struct wsp_char c = wsp_char_at(word.ptr, i, word.len);
        letters &= c.class == WSP_CHAR_LETTER;
        small &= !wsp_char_is_upper(c);
        bool vowel = c.code < 0x80 && strchr("aeiouyAEIOUY", (int)c.code);
        vowels |= vowel;
        run = vowel ? 0 : run + 1;
        longest = run > longest ? run : longest;
        wsp_utf8_append(&upper, wsp_utf8_upper(c.code));
        i += c.len;
    }
    const char *known =
        letters && (!vowels || (small && longest > 2))
            ? wsp_lexicon_choose(code->reading, at, &wsp_lexicon_acronyms, wsp_buf_str(&upper))
            : NULL;
    wsp_buf_release(&upper);
    return known && !is_known_as_spelt(known) ? known : NULL;
}

/* "EVNCSKH", "BCHPCTT": two acronyms that are known, one behind the other; no name of a company
 * that begins like one. Returns whether it was said. */
static bool say_joined(struct code *code, struct wsp_str word)
{
    enum { LEAST = 3, BOTH = 6 };
    if (wsp_capitals_in(word) < BOTH || is_sayable(word))
        return false;
    for (size_t at = LEAST; at + LEAST <= word.len; at++) {
        struct wsp_str head = {word.ptr, at}, tail = {word.ptr + at, word.len - at};
        const char *first = wsp_lexicon_find(&wsp_lexicon_acronyms, head);
        const char *second = wsp_lexicon_find(&wsp_lexicon_acronyms, tail);
        if (!first || !second || is_known_as_spelt(second))
            continue;
        if (is_known_as_spelt(first))
            spell(code, head, head.len);
        else
            wsp_vi_add(code->words, first);
        wsp_vi_add(code->words, second);
        code->unknown = true;
        return true;
    }
    return false;
}

/* Returns whether it was said. */
static bool say(struct code *code, size_t at, struct wsp_str word)
{
    const struct wsp_script *script = code->reading->script;
    uint32_t place = code->reading->tokens[at].begin;
    uint32_t since = script->settings.by_blocks
                         ? script->document->blocks[code->reading->sentence->block].begin
                         : 0;
    const struct wsp_definition *definition = wsp_definition_before(script, word, since, place);
    bool first = !definition && wsp_is_first_time(script, word, since, place);
    code->spelled = script->settings.acronyms == WSP_ACRONYMS_SPELLED ||
                    (script->settings.acronyms == WSP_ACRONYMS_FIRST && !first);
    const char *known = wsp_lexicon_choose(code->reading, at, &wsp_lexicon_wordlike, word);
    if (known) { /* a word to those who hear it, however acronyms are read */
        wsp_vi_add(code->words, known);
        return true;
    }
    if (definition && !code->spelled) {
        add_meaning(code, definition);
        return true;
    }
    if (definition && !is_sayable(word))
        return spell(code, word, word.len);
    known = wsp_lexicon_choose(code->reading, at, &wsp_lexicon_acronyms, word);
    if (!known)
        known = find_capitals_of(code, at, word);
    if (known && is_known_as_spelt(known)) {
        return spell(code, word, word.len);
    }
    if (known && !code->spelled) {
        wsp_vi_add(code->words, known);
        return true;
    }
    if (wsp_utf8_count(word) == 1)
        return say_single(code, at, word);
    if (!known && is_sayable(word))
        return false;
    if (!known && !code->spelled && say_joined(code, word))
        return true;
    return (wsp_has_digit(word) || known || !holds_syllable(word) || is_model(code, at, word)) &&
           say_code(code, word);
}

/* "(UBND)", and not "(gọi tắt là UBND)". */
static bool stands_alone(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    struct wsp_str after = wsp_token_gap(reading, at);
    return gap.len > 0 && gap.ptr[gap.len - 1] == '(' && after.len > 0 && after.ptr[0] == ')';
}

size_t wsp_read_acronym(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str word = wsp_token_text(reading, at);
    struct wsp_span span = {reading->tokens[at].begin, reading->tokens[at].end};
    const struct wsp_definition *definition = wsp_definition_at(reading->script, word, span.begin);
    struct wsp_buf words = WSP_BUF_INIT(2048);
    struct code code = {.reading = reading, .at = at, .words = &words};
    const char *known = definition ? wsp_lexicon_find(&wsp_lexicon_wordlike, word) : NULL;
    bool said = true;
    if (known)
        wsp_vi_add(&words, known);
    else if (!definition || is_sayable(word))
        said = say(&code, at, word);
    else if (reading->script->settings.acronyms != WSP_ACRONYMS_ALWAYS ||
             !stands_alone(reading, at) ||
             !wsp_definition_is_by_initials(reading->script, definition))
        said = spell(&code, word, word.len); /* to be known when it comes again */
    else
        wsp_pass(out, span); /* its name has just been said */
    if (said && words.len > 0) {
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
        if (code.unknown)
            wsp_doubt(out, WSP_DOUBT_ACRONYM);
    }
    wsp_buf_release(&words);
    return said;
}
