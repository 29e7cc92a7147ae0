/* Finds "full name (ACRONYM)". The name ends before the bracket; where it begins is told by the
 * letters when they begin its words ("công nghệ thông tin (CNTT)"), else by the last word that
 * begins the name of an institution ("theo Tổ chức Y tế Thế giới (WHO)"). What is neither is no
 * definition: a wrong one would be heard all through the message. */
#include "reading/definition.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/lexicon.h"
#include "reading/syllable.h"
#include "reading/token.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_WORDS = 20, NAME_BYTES = 240, TERM_BYTES = 24 };

/* The words before the bracket, the nearest first. */
struct words {
    struct wsp_span items[NAME_WORDS];
    size_t n;
};

static struct wsp_str text_of(const struct wsp_script *script, struct wsp_span span)
{
    return wsp_document_text(script->document, span);
}

/* A letter without tone, in upper case: Ủ is U, but Ư, Ơ, Đ, Â stay what they are. */
static uint32_t initial_of(uint32_t code)
{
    static const char toned[] = "ÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ";
    static const uint16_t plain[] = {'A', 0xC2, 0x102, 'E', 0xCA,  'I',
                                     'O', 0xD4, 0x1A0, 'U', 0x1AF, 'Y'};
    code = wsp_utf8_upper(code);
    if (code < 0x80)
        return code;
    size_t number = 0, n;
    for (size_t at = 0; at < sizeof toned - 1; at += n, number++) {
        uint32_t other;
        n = wsp_utf8_decode(toned + at, sizeof toned - 1 - at, &other);
        if (n == 0)
            break;
        if (other == code)
            return plain[number / 5];
    }
    return code;
}

/* May `letter` of an acronym stand for a word that begins with `code`? UBND has U for Ủ, TPHCM H
 * for Hồ; people write D for Đ too. */
static bool stands_for(uint32_t letter, uint32_t code)
{
    static const struct {
        uint32_t initial, also;
    } plain[] = {{0xC2, 'A'},  {0x102, 'A'}, {0xCA, 'E'}, {0xD4, 'O'},
                 {0x1A0, 'O'}, {0x1AF, 'U'}, {0x110, 'D'}};
    uint32_t initial = initial_of(code);
    if (initial_of(letter) == initial)
        return true;
    for (size_t i = 0; i < WSP_LEN(plain); i++)
        if (plain[i].initial == initial && plain[i].also == letter)
            return true;
    return false;
}

/* ---- the name before the bracket ---- */

static bool ends_name(struct wsp_char c)
{
    return c.class == WSP_CHAR_COMMA || c.class == WSP_CHAR_STOP || c.class == WSP_CHAR_OPEN ||
           c.class == WSP_CHAR_CLOSE || c.class == WSP_CHAR_DIGIT || c.class == WSP_CHAR_SIGN ||
           c.code == '\n';
}

/* The words that end before byte `end`, back to a comma, a number or the like. Blanks, dashes and
 * quotation marks part them. */
static void collect_words(const struct wsp_script *script, uint32_t end, struct words *words)
{
    const char *text = script->document->text.ptr;
    uint32_t least = end > NAME_BYTES ? end - NAME_BYTES : 0, at = end, word_end = end;
    words->n = 0;
    while (at > least && words->n < NAME_WORDS) {
        struct wsp_char c = wsp_char_before(text, least, at);
        bool parts =
            c.class == WSP_CHAR_BLANK || c.class == WSP_CHAR_DASH || c.class == WSP_CHAR_QUOTE;
        if (ends_name(c) || parts) {
            if (word_end > at)
                words->items[words->n++] = (struct wsp_span){at, word_end};
            if (!parts)
                return;
            word_end = at - c.len;
        }
        at -= c.len;
    }
    if (at == 0 && word_end > at && words->n < NAME_WORDS)
        words->items[words->n++] = (struct wsp_span){at, word_end};
}

static uint32_t first_code(const struct wsp_script *script, struct wsp_span word)
{
    struct wsp_str text = text_of(script, word);
    uint32_t code = 0;
    (void)wsp_utf8_decode(text.ptr, text.len, &code);
    return code;
}

/* How many of the nearest words the letters of `term` begin, each letter one; small joining words
 * may be left over. 0: they do not. */
static size_t words_by_initials(const struct wsp_script *script, struct wsp_str term,
                                const struct words *words)
{
    size_t word = 0, letters = 0;
    for (size_t at = term.len; at > 0;) {
        struct wsp_char c = wsp_char_before(term.ptr, 0, at);
        at -= c.len;
        if (c.class != WSP_CHAR_LETTER)
            continue;
        while (
            word < words->n && !stands_for(c.code, first_code(script, words->items[word])) &&
            wsp_str_is_one_of(text_of(script, words->items[word]), "và của cho về với các VÀ CỦA"))
            word++;
        if (word == words->n || !stands_for(c.code, first_code(script, words->items[word])))
            return 0;
        word++;
        letters++;
    }
    return letters >= 2 ? word : 0;
}

/* "Theo Tổ chức Y tế Thế giới": the farthest word that begins an institution's name. */
static size_t words_by_name(const struct wsp_script *script, const struct words *words)
{
    static const char heads[] = "Tổ Liên Hiệp Ngân Quỹ Hội Ủy Uỷ Cơ Chương Diễn Viện Trung Cục Tập "
                                "Công Đại Trường Bệnh Cộng "
                                "Phòng Văn Hãng Đài Mạng Khu Nhóm Đảng Nghị Hệ Mặt";
    size_t name = 0;
    for (size_t i = 0; i < words->n; i++) {
        struct wsp_str word = text_of(script, words->items[i]);
        if (!wsp_syllable_parse(word, NULL))
            break;
        if (i > 0 && wsp_str_is_one_of(word, heads))
            name = i + 1;
    }
    return name;
}

/* ---- the term in the brackets ---- */

static bool is_term(struct wsp_str text)
{
    size_t capitals = 0;
    if (text.len < 2 || text.len > TERM_BYTES)
        return false;
    for (size_t at = 0; at < text.len;) {
        struct wsp_char c = wsp_char_at(text.ptr, at, text.len);
        if (c.class == WSP_CHAR_LETTER)
            capitals += wsp_char_is_upper(c);
        else if (c.class != WSP_CHAR_DASH && c.code != '&' && c.code != '.')
            return false;
        at += c.len;
    }
    return capitals >= 2;
}

/* The term before or behind the only comma of `inside`: "(HBV, trụ sở tại Huế)", "(cloud computing,
 * ĐTĐM)". Empty: there is none. */
static struct wsp_str term_beside_comma(struct wsp_str inside)
{
    const char *comma = memchr(inside.ptr, ',', inside.len);
    size_t first = comma ? (size_t)(comma - inside.ptr) : 0;
    if (!comma || memchr(comma + 1, ',', inside.len - first - 1) || first + 2 >= inside.len)
        return WSP_STR("");
    struct wsp_str before = {inside.ptr, first}, behind = {comma + 2, inside.len - first - 2};
    return is_term(before) ? before : is_term(behind) ? behind : WSP_STR("");
}

/* The last word in the brackets that open at `open`: all that stands there, or after "viết tắt
 * là" and the like; or beside a comma, and then *aside. Empty: no term. */
static struct wsp_span term_in(const struct wsp_script *script, uint32_t open, bool *aside)
{
    enum { BRACKET_BYTES = 96 };
    static const char *const leads[] = {"viết tắt", "gọi tắt", "sau đây gọi"};
    const char *text = script->document->text.ptr;
    size_t len = script->document->text.len - open - 1;
    const char *inner = text + open + 1;
    const char *close = memchr(inner, ')', len < BRACKET_BYTES ? len : BRACKET_BYTES);
    if (!close)
        return (struct wsp_span){0};
    struct wsp_str inside = {inner, (size_t)(close - inner)};
    const char *blank = memrchr(inside.ptr, ' ', inside.len);
    bool led = false;
    for (size_t i = 0; i < WSP_LEN(leads); i++)
        led |= memmem(inside.ptr, inside.len, leads[i], strlen(leads[i])) != NULL;
    const char *begin = blank ? blank + 1 : inner;
    struct wsp_str term = {begin, (size_t)(close - begin)};
    *aside = blank && !led;
    if (*aside)
        term = term_beside_comma(inside);
    if (!is_term(term))
        return (struct wsp_span){0};
    return (struct wsp_span){(uint32_t)(term.ptr - text), (uint32_t)(term.ptr - text + term.len)};
}

static enum wsp_status look_at_bracket(struct wsp_script *script, uint32_t open)
{
    bool aside = false;
    struct wsp_span term = term_in(script, open, &aside);
    if (term.end == 0 || open == 0)
        return WSP_OK;
    struct words words;
    collect_words(script, open, &words);
    size_t n = words_by_initials(script, text_of(script, term), &words);
    if (n == 0 && !aside)
        n = words_by_name(script, &words);
    if (n < 2)
        return WSP_OK;
    if (wsp_grow(&script->definitions, &script->cap_definitions, script->n_definitions,
                 sizeof *script->definitions))
        return WSP_NOMEM;
    script->definitions[script->n_definitions++] = (struct wsp_definition){
        .term = term, .meaning = {words.items[n - 1].begin, words.items[0].end}};
    return WSP_OK;
}

/* ---- looking up ---- */

static int compare_text(struct wsp_str a, struct wsp_str b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_spans(const char *text, struct wsp_span a, struct wsp_span b)
{
    int order = compare_text((struct wsp_str){text + a.begin, a.end - a.begin},
                             (struct wsp_str){text + b.begin, b.end - b.begin});
    return order ? order : (a.begin > b.begin) - (a.begin < b.begin);
}

static int compare_definitions(const void *a, const void *b, void *text)
{
    return compare_spans(text, ((const struct wsp_definition *)a)->term,
                         ((const struct wsp_definition *)b)->term);
}

/* Does `span` stand before (term, at): by its letters, then by its place? */
static bool stands_before(const struct wsp_script *script, struct wsp_span span,
                          struct wsp_str term, uint32_t at)
{
    int order = compare_text(text_of(script, span), term);
    return order < 0 || (order == 0 && span.begin < at);
}

/* How many definitions stand before (term, at) in their order. */
static size_t rank(const struct wsp_script *script, struct wsp_str term, uint32_t at)
{
    size_t low = 0, high = script->n_definitions;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stands_before(script, script->definitions[middle].term, term, at))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct wsp_definition *wsp_definition_before(const struct wsp_script *script,
                                                   struct wsp_str term, uint32_t since, uint32_t at)
{
    size_t i = rank(script, term, at);
    if (i == 0)
        return NULL;
    const struct wsp_definition *found = &script->definitions[i - 1];
    return found->term.begin >= since && wsp_str_equal(text_of(script, found->term), term) ? found
                                                                                           : NULL;
}

const struct wsp_definition *wsp_definition_at(const struct wsp_script *script, struct wsp_str term,
                                               uint32_t at)
{
    size_t i = rank(script, term, at);
    if (i == script->n_definitions || script->definitions[i].term.begin != at)
        return NULL;
    return wsp_str_equal(text_of(script, script->definitions[i].term), term)
               ? &script->definitions[i]
               : NULL;
}

bool wsp_definition_is_by_initials(const struct wsp_script *script,
                                   const struct wsp_definition *definition)
{
    struct words words;
    collect_words(script, definition->meaning.end, &words);
    return words_by_initials(script, text_of(script, definition->term), &words) > 0;
}

/* ---- where an acronym stands first ---- */

static int compare_acronyms(const void *a, const void *b, void *text)
{
    return compare_spans(text, *(const struct wsp_span *)a, *(const struct wsp_span *)b);
}

static enum wsp_status collect_acronyms(struct wsp_script *script,
                                        const struct wsp_sentence *sentence)
{
    struct wsp_tokens tokens;
    wsp_tokens_make(&tokens, script->document->text.ptr, wsp_sentence_span(sentence), false);
    for (size_t i = 0; i < tokens.n; i++) {
        struct wsp_span span = {tokens.items[i].begin, tokens.items[i].end};
        if (wsp_capitals_in(text_of(script, span)) < 2)
            continue;
        if (wsp_grow(&script->acronyms, &script->cap_acronyms, script->n_acronyms,
                     sizeof *script->acronyms))
            return WSP_NOMEM;
        script->acronyms[script->n_acronyms++] = span;
    }
    return WSP_OK;
}

static enum wsp_status find_acronyms(struct wsp_script *script)
{
    for (size_t i = 0; i < script->n_sentences; i++)
        if (collect_acronyms(script, &script->sentences[i]))
            return WSP_NOMEM;
    if (script->n_acronyms == 0)
        return WSP_OK;
    qsort_r(script->acronyms, script->n_acronyms, sizeof *script->acronyms, compare_acronyms,
            script->document->text.ptr);
    return WSP_OK;
}

bool wsp_is_first_time(const struct wsp_script *script, struct wsp_str term, uint32_t since,
                       uint32_t at)
{
    size_t low = 0, high = script->n_acronyms;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stands_before(script, script->acronyms[middle], term, at))
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 || script->acronyms[low - 1].begin < since ||
           !wsp_str_equal(text_of(script, script->acronyms[low - 1]), term);
}

/* ---- the walk ---- */

enum wsp_status wsp_definitions_find(struct wsp_script *script)
{
    const struct wsp_buf *text = &script->document->text;
    const char *open = memchr(text->ptr, '(', text->len);
    while (open) {
        size_t at = (size_t)(open - text->ptr);
        if (look_at_bracket(script, (uint32_t)at))
            return WSP_NOMEM;
        open = memchr(open + 1, '(', text->len - at - 1);
    }
    if (script->n_definitions > 1)
        qsort_r(script->definitions, script->n_definitions, sizeof *script->definitions,
                compare_definitions, text->ptr);
    return script->settings.acronyms == WSP_ACRONYMS_FIRST ? find_acronyms(script) : WSP_OK;
}
