/* What no other reader has taken and holds a digit: nothing of it may reach the engine as it is.
 * Words in it stay words, letters are named, numbers are said: digit by digit where all of it is
 * digits and signs and so no number, date or time that there is ("99/99/9999", "25:61"). */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/abbreviation.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/script_digit.h"
#include "reading/sign.h"
#include "reading/syllable.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

static bool has(struct wsp_str text, enum wsp_char_class class)
{
    for (size_t at = 0; at < text.len;) {
        struct wsp_char c = wsp_char_at(text.ptr, at, text.len);
        if (c.class == class)
            return true;
        at += c.len;
    }
    return false;
}

/* "β" */
static bool is_named_sign(struct wsp_str text, size_t at, struct wsp_char c)
{
    return c.code >= 0x80 && wsp_sign_is_letter((struct wsp_str){text.ptr + at, c.len});
}

/* "β-lactam" */
static bool holds_named_sign(struct wsp_str text)
{
    for (size_t at = 0; at < text.len;) {
        struct wsp_char c = wsp_char_at(text.ptr, at, text.len);
        if (is_named_sign(text, at, c))
            return true;
        at += c.len;
    }
    return false;
}

/* Characters of one kind; its bytes. */
static size_t part_length(struct wsp_str text, size_t at)
{
    struct wsp_char first = wsp_char_at(text.ptr, at, text.len);
    bool letter = first.class == WSP_CHAR_LETTER;
    size_t end = at;
    if (text.len - at > 2 && wsp_sign_is_comparison((struct wsp_str){text.ptr + at, 2}))
        return 2;
    if (is_named_sign(text, at, first))
        return first.len;
    while (end < text.len) {
        struct wsp_char c = wsp_char_at(text.ptr, end, text.len);
        if (is_named_sign(text, end, c)) /* "Δx" */
            break;
        bool same =
            c.class == first.class || (first.class == WSP_CHAR_LETTER && c.class == WSP_CHAR_MARK);
        bool plain = (c.code <= '9') == (first.code <= '9'); /* "2³" are two numbers */
        if (end > at && (!same || !plain || c.class == WSP_CHAR_SIGN) && !(same && letter))
            break;
        end += c.len;
    }
    return end - at;
}

/* Is the dash at `at` a minus: "-5:-2"? A number behind it and none before. */
static bool is_minus(struct wsp_str text, size_t at)
{
    size_t dash = wsp_dash_at(text, at);
    return dash > 0 && wsp_digits_at(text, at + dash) > 0 &&
           (at == 0 || strchr("/:;,~<>=", text.ptr[at - 1]));
}

/* Does the dash at `at` lead from one number to a larger: "pH=6,0-8,5", "18-22NSS"? */
static bool leads_up(struct wsp_str text, size_t at)
{
    struct wsp_figure low, high;
    size_t dash = wsp_dash_at(text, at), begin = at;
    while (begin > 0 && (wsp_digits_at(text, begin - 1) > 0 || strchr(",.", text.ptr[begin - 1])))
        begin--;
    if (dash == 0 || (begin > 0 && !strchr("=<>:~", text.ptr[begin - 1])) ||
        wsp_figure_read(text, begin, &low) != at - begin ||
        wsp_figure_read(text, at + dash, &high) == 0 || high.sign)
        return false;
    return low.n_digits < high.n_digits ||
           (low.n_digits == high.n_digits && strcmp(low.digits, high.digits) < 0);
}

/* The "-" of "20-5=15", the ":" of "30:2=15". */
static bool is_operator(struct wsp_str text, size_t at)
{
    const char *equals = memchr(text.ptr, '=', text.len);
    return strchr("-:", text.ptr[at]) && at > 0 && wsp_digits_at(text, at - 1) > 0 &&
           wsp_digits_at(text, at + 1) > 0 && equals && equals > text.ptr + at;
}

/* "99/99/9999", "25:61" */
static bool is_digits_and_marks(struct wsp_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!text.ptr[i] || !strchr("0123456789/:.,-", text.ptr[i]) || is_minus(text, i))
            return false;
    return true;
}

/* "192.168.1.10", "2.0.1": an address, a version. */
static bool is_dotted(struct wsp_str text)
{
    size_t dots = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        if (!digit && text.ptr[i] != '.')
            return false;
        dots += !digit;
    }
    return dots > 1;
}

static void say_dotted(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_buf words = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    for (size_t from = 0; from < text.len;) {
        size_t digits = wsp_digits_at(text, from);
        if (digits > 0)
            wsp_vi_cardinal(&words, (struct wsp_str){text.ptr + from, digits});
        else
            wsp_vi_add(&words, "chấm");
        from += digits > 0 ? digits : 1;
    }
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
}

/* "NPK 16-16-8", "sơ đồ 4-4-2": short numbers beside numbers; "tổ 13+16+17" too. */
static bool is_row_of_numbers(const struct wsp_reading *reading, size_t at_token)
{
    struct wsp_str text = wsp_token_text(reading, at_token);
    bool named = at_token > 0 && wsp_takes_label(wsp_token_text(reading, at_token - 1));
    size_t least = named && memchr(text.ptr, '+', text.len) ? 2 : 3;
    size_t at = 0, n = 0;
    while (at < text.len) {
        size_t digits = wsp_digits_at(text, at);
        if (digits == 0 || digits > 2 || (digits > 1 && text.ptr[at] == '0'))
            return false;
        at += digits;
        at += at < text.len && (text.ptr[at] == '-' || (named && text.ptr[at] == '+'));
        n++;
    }
    return n >= least;
}

static void say_row_of_numbers(const struct wsp_reading *reading, size_t at,
                               struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_buf words = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    for (size_t from = 0; from < text.len;) {
        size_t digits = wsp_digits_at(text, from);
        wsp_vi_cardinal(&words, (struct wsp_str){text.ptr + from, digits});
        from += digits + 1;
    }
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
}

/* Digit by digit, as one thing. */
static void say_absurd(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    wsp_vi_digits(&words, wsp_token_text(reading, at));
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_doubt(out, WSP_DOUBT_ABSURD);
    wsp_buf_release(&words);
}

static size_t capitals(struct wsp_str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.len; at += wsp_char_at(text.ptr, at, text.len).len)
        n += wsp_char_is_upper(wsp_char_at(text.ptr, at, text.len));
    return n;
}

/* Capitals are named ("M2"); more than anybody can follow are a name: "VINASAT-2". */
static void say_letters(const struct wsp_reading *reading, struct wsp_span span,
                        struct wsp_str part, struct wsp_utterance *out)
{
    enum { NAMED_MAX = 6, MIXED_MAX = 4 };
    struct wsp_buf words = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    bool variable = wsp_utf8_count(part) == 1;                                 /* "x²" */
    variable |= part.len > 2 && part.len <= MIXED_MAX && capitals(part) > 1 && /* "pCO2", "FiO2" */
                !wsp_syllable_parse(part, NULL);
    const char *known = wsp_lexicon_find(&wsp_lexicon_wordlike, part); /* "ASEAN+3" */
    if (known)
        wsp_say_span(reading, span, (struct wsp_str){known, strlen(known)}, out);
    else if ((variable || wsp_capitals_in(part) > 0) &&
             wsp_add_letter_names(reading, &words, part, NAMED_MAX))
        wsp_say_span(reading, span, wsp_buf_str(&words), out);
    else
        wsp_say_foreign(out, part, span);
    wsp_buf_release(&words);
}

/* The "mc" of "mc²": two small consonants, and no word that a footnote could be for. */
static bool is_product(struct wsp_str text)
{
    const char *last = text.ptr + text.len;
    bool small = text.len > 1 && strchr("bcdghklmnpqrstvxz", last[-1]) &&
                 strchr("bcdghklmnpqrstvxz", last[-2]);
    return small && (text.len == 2 || last[-3] == ' ' || last[-3] == '=');
}

/* The digits of "CO₂" are a number, those of "x²" and "Ca²⁺" an exponent or a charge, and a raised
 * one behind a word is the mark of a footnote: silent. */
static void say_raised(const struct wsp_reading *reading, struct wsp_span span,
                       struct wsp_buf *words, struct wsp_utterance *out)
{
    const struct wsp_document *document = reading->script->document;
    struct wsp_str part = wsp_document_text(document, span);
    struct wsp_str before =
        wsp_document_text(document, (struct wsp_span){reading->sentence->begin, span.begin});
    struct wsp_str after =
        wsp_document_text(document, (struct wsp_span){span.end, reading->sentence->end});
    char digits[16];
    size_t n, letters = 0;
    for (size_t at = before.len; at > 0; letters++) {
        struct wsp_char c = wsp_char_before(before.ptr, 0, at);
        if (c.class != WSP_CHAR_LETTER && c.class != WSP_CHAR_MARK)
            break;
        at -= c.len;
    }
    bool charge =
        after.len >= 3 && (memcmp(after.ptr, "⁺", 3) == 0 || memcmp(after.ptr, "⁻", 3) == 0);
    if (wsp_lowered_digits_at(part, 0, digits, sizeof digits, &n) == part.len) {
        wsp_vi_cardinal(words, (struct wsp_str){digits, n});
    } else if (wsp_raised_digits_at(part, 0, digits, sizeof digits, &n) == part.len &&
               (letters < 2 || charge || is_product(before))) {
        if (!charge)
            wsp_vi_add(words, "mũ");
        wsp_vi_cardinal(words, (struct wsp_str){digits, n});
    } else {
        wsp_pass(out, span);
    }
}

static bool is_digit(const struct wsp_reading *reading, uint32_t at)
{
    struct wsp_str sign =
        wsp_document_text(reading->script->document, (struct wsp_span){at, at + 1});
    return wsp_digits_at(sign, 0) == 1;
}

static bool stands_behind_digit(const struct wsp_reading *reading, struct wsp_span span)
{
    return span.begin > reading->sentence->begin && is_digit(reading, span.begin - 1);
}

static bool stands_before_digit(const struct wsp_reading *reading, struct wsp_span span)
{
    return span.end < reading->sentence->end && is_digit(reading, span.end);
}

static void say_part(const struct wsp_reading *reading, struct wsp_span span, size_t words_before,
                     struct wsp_utterance *out)
{
    struct wsp_str part = wsp_document_text(reading->script->document, span);
    struct wsp_buf words = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    enum wsp_char_class class = wsp_char_at(part.ptr, 0, part.len).class;
    struct wsp_figure figure;
    if (wsp_sign_is_fraction(part) && out->n_words > words_before) /* "2½" */
        wsp_vi_add(&words, "và");
    if (wsp_sign_name(part).len > 0)
        wsp_vi_add(&words, wsp_sign_name(part).ptr);
    else if (class == WSP_CHAR_DIGIT && wsp_digits_at(part, 0) == 0)
        say_raised(reading, span, &words, out);
    else if (class == WSP_CHAR_DIGIT && wsp_figure_is(part, &figure))
        wsp_figure_say(&words, &figure);
    else if (class == WSP_CHAR_DIGIT)
        wsp_vi_digits(&words, part);
    else if (stands_behind_digit(reading, span) && wsp_str_is(part, "k") &&
             !stands_before_digit(reading, span))
        wsp_vi_add(&words, "nghìn"); /* "800k=9,6tr" */
    else if (class == WSP_CHAR_LETTER && part.len > 1 && stands_behind_digit(reading, span) &&
             !stands_before_digit(reading, span) && /* "6in1" */
             wsp_unit_say(&words, part, false))     /* "250kVA-22/0,4kV" */
        ;
    else if (stands_behind_digit(reading, span) && stands_before_digit(reading, span) &&
             wsp_str_is_one_of(part, "x X"))
        wsp_vi_add(&words, "nhân"); /* "2x3=6" */
    else if (class == WSP_CHAR_LETTER && stands_before_digit(reading, span) &&
             !stands_behind_digit(reading, span) && /* "kp2", "q12" */
             wsp_lexicon_find_numbered(&wsp_lexicon_acronyms, part) && wsp_capitals_in(part) == 0)
        wsp_vi_add(&words, wsp_lexicon_find_numbered(&wsp_lexicon_acronyms, part));
    else if (class == WSP_CHAR_LETTER)
        say_letters(reading, span, part, out);
    else if (wsp_str_is(part, "/") && stands_behind_digit(reading, span) &&
             stands_before_digit(reading, span))
        wsp_vi_add(&words, "trên");
    wsp_say_span(reading, span, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
}

/* "450m" of "L=450m": a quantity up to the end. Returns whether it was said. */
static bool say_quantity(const struct wsp_reading *reading, struct wsp_span span,
                         struct wsp_utterance *out)
{
    struct wsp_str text = wsp_document_text(reading->script->document, span);
    struct wsp_buf words = WSP_BUF_INIT(2048);
    struct wsp_quantity quantity;
    bool said =
        wsp_quantity_say(&words, text, 0, (struct wsp_quantity_hint){0}, &quantity) == text.len &&
        quantity.counts && !quantity.prefix;
    if (said)
        wsp_say_span(reading, span, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}

/* Small letters and a number, and behind a dash the same letters with a larger one. */
static bool leads_to_like(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    size_t letters = 0;
    while (letters < text.len && text.ptr[letters] >= 'a' && text.ptr[letters] <= 'z')
        letters++;
    struct wsp_str low = {text.ptr + letters, text.len - letters};
    if (letters == 0 || low.len == 0 || low.len > 3 || wsp_digits_at(low, 0) != low.len ||
        !wsp_dash_follows(reading, at) || next.len <= letters ||
        memcmp(next.ptr, text.ptr, letters) != 0)
        return false;
    struct wsp_str high = {next.ptr + letters, next.len - letters};
    return high.len <= 3 && wsp_digits_at(high, 0) == high.len &&
           wsp_digits_value(low) < wsp_digits_value(high);
}

/* What the sign at `at` says between two numbers or before one; NULL: what its name says. */
static const char *sign_word(struct wsp_str text, size_t at)
{
    if (is_minus(text, at))
        return "âm";
    if (is_operator(text, at))
        return text.ptr[at] == ':' ? "chia" : "trừ";
    return leads_up(text, at) ? "đến" : NULL;
}

static void say_parts(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t words = out->n_words, len;
    for (size_t from = 0; from < text.len; from += len) {
        uint32_t place = reading->tokens[at].begin + (uint32_t)from;
        size_t digits = wsp_digits_at(text, from);
        bool led = from > 0 && (strchr("=<>:", text.ptr[from - 1]) ||
                                (from == 1 && strchr("DH", text.ptr[0]))); /* "ống D800mm" */
        if (led && digits > 0 &&
            say_quantity(reading, (struct wsp_span){place, reading->tokens[at].end}, out))
            break;
        struct wsp_figure figure; /* "0,05S" */
        len = digits > 0 ? wsp_figure_read(text, from, &figure) : 0;
        if (len == 0)
            len = part_length(text, from);
        struct wsp_span part = {place, place + (uint32_t)len};
        const char *word = sign_word(text, from);
        if (word)
            wsp_say_span(reading, part, (struct wsp_str){word, strlen(word)}, out);
        else
            say_part(reading, part, words, out);
    }
}

size_t wsp_read_rest(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (!has(text, WSP_CHAR_DIGIT) && !has(text, WSP_CHAR_SIGN) && !holds_named_sign(text) &&
        !memchr(text.ptr, '^', text.len))
        return 0;
    if (is_dotted(text)) {
        say_dotted(reading, at, out);
        return 1;
    }
    if (is_row_of_numbers(reading, at)) {
        say_row_of_numbers(reading, at, out);
        return 1;
    }
    if (is_digits_and_marks(text)) {
        say_absurd(reading, at, out);
        return 1;
    }
    size_t words = out->n_words;
    say_parts(reading, at, out);
    if (leads_to_like(reading, at)) /* "kp1 - kp4" */
        wsp_say_span(reading,
                     (struct wsp_span){reading->tokens[at].end, reading->tokens[at + 1].begin},
                     WSP_STR("đến"), out);
    if (out->n_words == words && !has(text, WSP_CHAR_LETTER)) /* "¬": it has no name */
        wsp_pass(out, (struct wsp_span){reading->tokens[at].begin, reading->tokens[at].end});
    return 1;
}
