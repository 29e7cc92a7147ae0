/* Words with a slash between them: "anh/chị", "và/hoặc", "HIV/AIDS"; and with a hyphen or an
 * ampersand when one of them is an acronym: "DPT-Hib", "HĐND&UBND". The slash and the hyphen are
 * silent. */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/quantity.h"
#include "reading/syllable.h"
#include "reading/token.h"

#include <string.h>

static bool is_letters(struct wsp_str part)
{
    for (size_t at = 0; at < part.len;) {
        struct wsp_char c = wsp_char_at(part.ptr, at, part.len);
        if (c.class != WSP_CHAR_LETTER && c.class != WSP_CHAR_MARK)
            return false;
        at += c.len;
    }
    return part.len > 0;
}

/* Where the part that begins at `at` ends. */
static size_t part_end(struct wsp_str text, size_t at)
{
    while (at < text.len && text.ptr[at] && !strchr("/-&", text.ptr[at]))
        at++;
    return at;
}

static bool is_acronym(struct wsp_str part)
{
    return wsp_capitals_in(part) > 1 && !wsp_syllable_parse(part, NULL);
}

static bool is_compound(struct wsp_str text)
{
    bool slash = memchr(text.ptr, '/', text.len), acronym = false;
    size_t parts = 0;
    for (size_t at = 0; at <= text.len; parts++) {
        struct wsp_str part = {text.ptr + at, part_end(text, at) - at};
        if (!is_letters(part))
            return false;
        acronym |= is_acronym(part);
        at += part.len + 1;
    }
    return parts > 1 && (slash || acronym);
}

static void say_part(const struct wsp_reading *reading, struct wsp_span span,
                     struct wsp_utterance *out)
{
    struct wsp_str part = wsp_document_text(reading->script->document, span);
    const char *known = wsp_lexicon_find(&wsp_lexicon_wordlike, part);
    if (!known)
        known = wsp_lexicon_find(&wsp_lexicon_acronyms, part);
    struct wsp_buf words = WSP_BUF_INIT(1024);
    bool spelled = (known && strcmp(known, "*") == 0) || (!known && is_acronym(part));
    if (spelled && wsp_add_letter_names(reading, &words, part, 8))
        wsp_say_span(reading, span, wsp_buf_str(&words), out);
    else if (known && !spelled)
        wsp_say_span(reading, span, (struct wsp_str){known, strlen(known)}, out);
    else if (wsp_capitals_in(part) > 1 && !wsp_utf8_add_lower(&words, part))
        (void)wsp_say(out, wsp_buf_str(&words), span);
    else
        wsp_say_foreign(out, part, span);
    wsp_buf_release(&words);
}

/* The slash of "3.500 lượt khách/ngày" says one: a number before, a measure of time or a person
 * after. */
static bool counts_by(const struct wsp_reading *reading, size_t at, struct wsp_str part)
{
    enum { FAR = 3 };
    static const char *const measures[] = {"giờ", "ngày", "đêm", "tuần",  "tháng", "quý", "năm",
                                           "vụ",  "ca",   "lần", "người", "hộ",    "lượt"};
    bool measure = false;
    for (size_t i = 0; i < WSP_LEN(measures); i++)
        measure |= wsp_str_is(part, measures[i]);
    measure |= wsp_capitals_in(part) == 0 && wsp_is_unit(part); /* "300 kg vôi bột/ha" */
    for (size_t back = 1; measure && back <= FAR && back <= at; back++)
        if (wsp_blank_follows(reading, at - back) &&
            wsp_digits_at(wsp_token_text(reading, at - back), 0) > 0)
            return true;
    return false;
}

size_t wsp_read_compound(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (!is_compound(text))
        return 0;
    uint32_t begin = reading->tokens[at].begin;
    for (size_t from = 0; from <= text.len;) {
        size_t end = part_end(text, from);
        struct wsp_span sign = {begin + (uint32_t)from - 1, begin + (uint32_t)from};
        if (from > 0 && text.ptr[from - 1] == '&')
            wsp_say_span(reading, sign, WSP_STR("và"), out);
        else if (from > 0 && counts_by(reading, at, (struct wsp_str){text.ptr + from, end - from}))
            wsp_say_span(reading, sign, WSP_STR("một"), out);
        struct wsp_span span = {begin + (uint32_t)from, begin + (uint32_t)end};
        struct wsp_buf unit = WSP_BUF_INIT(128);
        bool counted =
            from > 0 && counts_by(reading, at, wsp_document_text(reading->script->document, span));
        if (counted &&
            wsp_unit_say(&unit, wsp_document_text(reading->script->document, span), false))
            wsp_say_span(reading, span, wsp_buf_str(&unit), out);
        else
            say_part(reading, span, out);
        wsp_buf_release(&unit);
        from = end + 1;
    }
    return 1;
}
