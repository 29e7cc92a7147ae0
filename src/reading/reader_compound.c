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

/* The letters of "VN-Index": what follows is the name of a foreign thing. */
static bool is_spelt_before(struct wsp_str part, struct wsp_str rest)
{
    if (rest.len < 2 || rest.ptr[0] != '-' || !is_acronym(part))
        return false;
    struct wsp_str next = {rest.ptr + 1, part_end(rest, 1) - 1};
    return !is_acronym(next) && !wsp_syllable_parse(next, NULL) &&
           !wsp_lexicon_find(&wsp_lexicon_acronyms, next);
}

static void say_part(const struct wsp_reading *reading, size_t at, struct wsp_span span,
                     struct wsp_utterance *out)
{
    struct wsp_str part = wsp_document_text(reading->script->document, span);
    struct wsp_str rest = wsp_document_text(reading->script->document,
                                            (struct wsp_span){span.end, reading->tokens[at].end});
    const char *known = wsp_lexicon_find(&wsp_lexicon_wordlike, part);
    if (!known)
        known = wsp_lexicon_choose(reading, at, &wsp_lexicon_acronyms, part);
    struct wsp_buf words = WSP_BUF_INIT(1024);
    bool spelled = is_spelt_before(part, rest) || (known && strcmp(known, "*") == 0) ||
                   (!known && is_acronym(part));
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

/* What a heading's capitals are as a unit: "KG". NULL: none. */
static const char *find_small_unit(struct wsp_str part)
{
    enum { LONGEST = 16 };
    struct wsp_buf small = WSP_BUF_INIT(LONGEST);
    const char *unit = wsp_utf8_add_lower(&small, part)
                           ? NULL
                           : wsp_lexicon_find(&wsp_lexicon_units, wsp_buf_str(&small));
    wsp_buf_release(&small);
    return unit;
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
    measure |= reading->capitals && find_small_unit(part);      /* "134.000 ĐỒNG/KG" */
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

/* The number of "4 liều/24 giờ", or with its unit that of "5 kg urê/1.000m2". */
static bool say_measured(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                         struct wsp_buf *words)
{
    struct wsp_figure figure;
    struct wsp_quantity quantity;
    if (wsp_figure_is(text, &figure)) {
        bool said = wsp_blank_follows(reading, at) && is_measured(reading, at, &figure);
        if (said)
            wsp_figure_say(words, &figure);
        return said;
    }
    return wsp_quantity_say(words, text, 0, (struct wsp_quantity_hint){0}, &quantity) == text.len &&
           quantity.counts && !quantity.prefix && follows_number(reading, at);
}

/* Say the word of what is counted, "trên", and the number. */
static bool say_per_number(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t slash = part_end(text, 0);
    struct wsp_str word = {text.ptr, slash};
    bool plain = is_letters(word) && wsp_char_is_lower(wsp_char_at(word.ptr, 0, word.len));
    if (slash + 1 >= text.len || text.ptr[slash] != '/' || !(plain || is_acronym(word)))
        return false;
    uint32_t begin = reading->tokens[at].begin;
    struct wsp_buf words = WSP_BUF_INIT(512);
    wsp_vi_add(&words, "trên");
    if (!say_measured(reading, at, (struct wsp_str){text.ptr + slash + 1, text.len - slash - 1},
                      &words)) {
        wsp_buf_release(&words);
        return false;
    }
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
        struct wsp_str part = {text.ptr + from, end - from};
        struct wsp_span span = {begin + (uint32_t)from, begin + (uint32_t)end};
        struct wsp_span sign = {span.begin - 1, span.begin};
        bool counted = from > 0 && counts_by(reading, at, part);
        if (from > 0 && text.ptr[from - 1] == '&')
            wsp_say_span(reading, sign, WSP_STR("và"), out);
        else if (from > 0 && counts_by_thousands(reading, at, part))
            wsp_say_span(reading, sign, WSP_STR("trên"), out);
        else if (counted)
            wsp_say_span(reading, sign, WSP_STR("một"), out);
        struct wsp_buf unit = WSP_BUF_INIT(128);
        const char *small = counted && reading->capitals ? find_small_unit(part) : NULL;
        if (small)
            wsp_vi_add(&unit, small);
        if (small || (counted && wsp_unit_say(&unit, part, false)))
            wsp_say_span(reading, span, wsp_buf_str(&unit), out);
        else
            say_part(reading, at, span, out);
        wsp_buf_release(&unit);
        from = end + 1;
    }
    return 1;
}
