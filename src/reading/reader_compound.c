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
#include "reading/vi_number.h"

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

static void say_part(const struct wsp_reading *reading, size_t at, struct wsp_span span,
                     struct wsp_utterance *out)
{
    struct wsp_str part = wsp_document_text(reading->script->document, span);
    const char *known = wsp_lexicon_find(&wsp_lexicon_wordlike, part);
    if (!known)
        known = wsp_lexicon_choose(reading, at, &wsp_lexicon_acronyms, part);
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

/* Does a number stand a few words before? */
static bool follows_number(const struct wsp_reading *reading, size_t at)
{
    enum { FAR = 5 };
    for (size_t back = 1; back <= FAR && back <= at; back++) {
        if (reading->tokens[at - back].pause_ms > 0)
            return false;
        struct wsp_str other = wsp_token_text(reading, at - back);
        size_t sign = other.len > 0 && strchr("<>~", other.ptr[0]) ? 1 : 0; /* "<5g muối/ngày" */
        if (wsp_blank_follows(reading, at - back) && wsp_digits_at(other, sign) > 0)
            return true;
    }
    return false;
}

/* The slash of "3.500 lượt khách/ngày" says one: a number before, a measure of time or a person
 * after. */
static bool counts_by(const struct wsp_reading *reading, size_t at, struct wsp_str part)
{
    static const char *const measures[] = {
        "giờ", "ngày",   "đêm",   "tuần",  "tháng", "quý",  "năm",   "vụ",     "ca",
        "lần", "người",  "hộ",    "lượt",  "xã",    "thôn", "huyện", "tỉnh",   "trường",
        "lớp", "sào",    "công",  "bông",  "khóm",  "cây",  "bình",  "bao",    "chi",
        "đội", "nhóm",   "suất",  "phiếu", "đơn",   "lứa",  "mùa",   "chuyến", "mẻ",
        "đàn", "chuồng", "luống", "gốc",   "bàn",   "buổi", "cái",   "mẫu"};

    bool measure = false;
    for (size_t i = 0; i < WSP_LEN(measures); i++)
        measure |= wsp_str_is(part, measures[i]);
    measure |= wsp_capitals_in(part) == 0 && wsp_is_unit(part); /* "300 kg vôi bột/ha" */
    return measure && follows_number(reading, at);
}

/* "32 giường bệnh/vạn dân" */
static bool counts_by_thousands(const struct wsp_reading *reading, size_t at, struct wsp_str part)
{
    return wsp_str_is_one_of(part, "nghìn ngàn vạn triệu") && follows_number(reading, at);
}

/* Do times or quantities follow the number of "4 liều/24 giờ", "36 ca/100.000 dân"? Not so "30
 * nam/30 nữ", "1.450 hộ/5.620 khẩu". */
static bool is_measured(const struct wsp_reading *reading, size_t at,
                        const struct wsp_figure *figure)
{
    static const char times[] = "giây phút giờ ngày đêm tuần tháng quý năm";
    bool round = figure->digits[0] == '1' && figure->n_digits > 2 &&
                 strspn(figure->digits + 1, "0") == figure->n_digits - 1;
    return wsp_context_is(reading, at, 1, times) || wsp_is_unit(wsp_token_text(reading, at + 1)) ||
           (round && wsp_context_is(reading, at, 1, "dân người trẻ hộ"));
}

/* Say the word of what is counted, "trên", and the number. */
static bool say_per_number(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t slash = part_end(text, 0);
    struct wsp_str word = {text.ptr, slash};
    struct wsp_figure figure;
    bool plain =
        wsp_syllable_parse(word, NULL) && wsp_char_is_lower(wsp_char_at(word.ptr, 0, word.len));
    if (slash + 1 >= text.len || text.ptr[slash] != '/' || !(plain || is_acronym(word)) ||
        !wsp_figure_is((struct wsp_str){text.ptr + slash + 1, text.len - slash - 1}, &figure) ||
        !wsp_blank_follows(reading, at) || !is_measured(reading, at, &figure))
        return false;
    uint32_t begin = reading->tokens[at].begin;
    struct wsp_buf words = WSP_BUF_INIT(512);
    wsp_vi_add(&words, "trên");
    wsp_figure_say(&words, &figure);
    say_part(reading, at, (struct wsp_span){begin, begin + (uint32_t)slash}, out);
    wsp_say_span(reading, (struct wsp_span){begin + (uint32_t)slash, reading->tokens[at].end},
                 wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

size_t wsp_read_compound(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    if (say_per_number(reading, at, out))
        return 1;
    struct wsp_str text = wsp_token_text(reading, at);
    if (!is_compound(text))
        return 0;
    uint32_t begin = reading->tokens[at].begin;
    for (size_t from = 0; from <= text.len;) {
        size_t end = part_end(text, from);
        struct wsp_span sign = {begin + (uint32_t)from - 1, begin + (uint32_t)from};
        if (from > 0 && text.ptr[from - 1] == '&')
            wsp_say_span(reading, sign, WSP_STR("và"), out);
        else if (from > 0 &&
                 counts_by_thousands(reading, at, (struct wsp_str){text.ptr + from, end - from}))
            wsp_say_span(reading, sign, WSP_STR("trên"), out);
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
            say_part(reading, at, span, out);
        wsp_buf_release(&unit);
        from = end + 1;
    }
    return 1;
}
