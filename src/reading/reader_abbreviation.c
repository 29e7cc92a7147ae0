/* Abbreviations with a dot or a colon: "TS. Nguyễn", "TP. Huế", "P. 4", "P.4", "v.v.", "ĐC:". A
 * letter is one only before a name or a number. */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/abbreviation.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/syllable.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

static bool begins_name(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str next = wsp_token_text(reading, at);
    if (next.len == 0)
        return false;
    struct wsp_char c = wsp_char_at(next.ptr, 0, next.len);
    return c.class == WSP_CHAR_DIGIT || wsp_char_is_upper(c);
}

static bool is_letter(struct wsp_str word)
{
    return word.len > 0 && wsp_char_at(word.ptr, 0, word.len).len == word.len;
}

/* What `head` is with just this joined to it: "P.Họp" by its cue ">họp". NULL: no row has it. */
static const char *find_cued(struct wsp_str head, struct wsp_str next)
{
    enum { LONGEST = 64 };
    struct wsp_buf cue = WSP_BUF_INIT(LONGEST);
    wsp_buf_putc(&cue, '>');
    const char *cued = wsp_utf8_add_lower(&cue, next)
                           ? NULL
                           : wsp_lexicon_find_before(&wsp_lexicon_abbreviations, head, cue.ptr);
    wsp_buf_release(&cue);
    return cued != wsp_lexicon_find(&wsp_lexicon_abbreviations, head) ? cued : NULL;
}

/* What `head` is with a name joined to it: "P.Họp" by its cue ">họp", "TT.Cần" by ">Aa". */
static const char *find_before_name(struct wsp_str head, struct wsp_str name)
{
    const char *cued = find_cued(head, name);
    return cued ? cued : wsp_lexicon_find_before(&wsp_lexicon_abbreviations, head, ">Aa");
}

/* "4", "295B" of "ĐT.295B", "1204" of "P.1204". */
static bool is_joined_number(struct wsp_str head, struct wsp_str rest, size_t figures)
{
    enum { LONGEST = 3 };
    bool lettered = figures > 0 && figures + 1 == rest.len && head.len > 1 &&
                    wsp_capitals_in((struct wsp_str){rest.ptr + figures, 1}) == 1;
    bool room = figures == LONGEST + 1 && /* "P.1204", "PL.2569" */
                (wsp_str_is(head, "P") || wsp_str_is(head, "PL") || wsp_str_is(head, "DL"));
    return figures == rest.len ? room || figures <= LONGEST : lettered && figures <= LONGEST;
}

/* What `head` is with a number joined to it: "ĐT.743", "P.204". */
static const char *find_before_number(struct wsp_str head, size_t figures)
{
    const char *road = head.len > 1 ? wsp_lexicon_find_numbered(&wsp_lexicon_acronyms, head) : NULL;
    return road && strcmp(road, "*") != 0
               ? road
               : wsp_lexicon_find_before(&wsp_lexicon_abbreviations, head,
                                         figures > 2 ? ">###" : "");
}

/* "P.4", "P.Bến": letters, a dot, and a number or the first word of a name, in one token. */
static bool say_joined(const struct wsp_reading *reading, size_t at, struct wsp_buf *words,
                       struct wsp_str word)
{
    const char *dot = memrchr(word.ptr, '.', word.len);
    if (!dot)
        return false;
    struct wsp_str head = {word.ptr, (size_t)(dot - word.ptr)};
    struct wsp_str rest = {dot + 1, word.len - head.len - 1};
    size_t figures = wsp_digits_at(rest, 0);
    bool digits = is_joined_number(head, rest, figures);
    const char *known = digits ? find_before_number(head, figures) : find_before_name(head, rest);
    if (!known || rest.len == 0 || (digits && wsp_str_is(head, "T")))
        return false;                               /* "T.7" */
    known = wsp_without_repeat(reading, at, known); /* "đường ĐT.601" */
    bool number = digits && strcmp(known, "huyện") != 0 && strcmp(known, "xã") != 0; /* "H.264" */
    bool name = rest.len > 1 && wsp_begins_upper(rest) && wsp_syllable_parse(rest, NULL);
    if (!number && !name)
        return false;
    wsp_vi_add(words, number && strcmp(known, "đường") == 0 ? "điều" : known); /* "Đ.173" */
    if (number) {
        wsp_vi_cardinal(words, (struct wsp_str){rest.ptr, figures});
        (void)wsp_add_letter_names(reading, words,
                                   (struct wsp_str){rest.ptr + figures, rest.len - figures}, 1);
    } else
        wsp_buf_printf(words, " %.*s", (int)rest.len, rest.ptr);
    return true;
}

/* "ThS.KTS": short forms with dots between, each known. */
static bool say_row(struct wsp_buf *words, struct wsp_str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.len; n++) {
        const char *dot = memchr(text.ptr + at, '.', text.len - at);
        struct wsp_str part = {text.ptr + at, dot ? (size_t)(dot - text.ptr) - at : text.len - at};
        size_t next = at + part.len + 1;
        const char *known =
            dot ? find_cued(part, (struct wsp_str){text.ptr + next, text.len - next}) : NULL;
        if (!known)
            known = wsp_lexicon_find(&wsp_lexicon_abbreviations, part);
        if (!known)
            known = wsp_lexicon_find(&wsp_lexicon_acronyms, part);
        if (is_letter(part) || !known || strcmp(known, "*") == 0)
            return false;
        wsp_vi_add(words, known);
        at = next;
    }
    return n > 1;
}

/* "P Bến Nghé, Q 1, TP HCM": one part of an address beside another, a comma between. */
static bool is_in_address(const struct wsp_reading *reading, size_t at)
{
    enum { NAME_MAX = 4 };
    static const char larger[] = "q h tp tphcm tx t quận huyện thành thị tỉnh";
    static const char smaller[] = "p x q h phường xã quận huyện đường phố ấp thôn kp";
    struct wsp_str word = wsp_token_text(reading, at);
    if (!is_letter(word) || !strchr("PQHX", word.ptr[0]) || !begins_name(reading, at + 1) ||
        !wsp_blank_follows(reading, at))
        return false;
    for (size_t next = at + 2; next <= at + 1 + NAME_MAX && next < reading->n_tokens; next++)
        if (reading->tokens[next - 1].pause_ms > 0)
            return wsp_context_is(reading, next, 0, larger);
    for (size_t back = 2; back <= at && back <= 1 + NAME_MAX; back++)
        if (wsp_context_is(reading, at - back, 0, smaller))
            return reading->tokens[at - 1].pause_ms > 0;
    return false;
}

/* "gặp a Bình", "c Hoa nhận", "nhà e": an elder brother or sister before a name, and the younger
 * one who writes; "điểm a Điều 5", "e ngại" and "vitamin e" are others. */
static bool is_kin(const struct wsp_reading *reading, size_t at)
{
    static const char labels[] = "điểm mục khoản câu lớp nhóm loại vitamin tiết chữ ý khối hạng";
    struct wsp_str word = wsp_token_text(reading, at);
    if (wsp_context_is(reading, at, -1, labels) || !wsp_blank_follows(reading, at) || at == 0)
        return false;
    if (wsp_str_is(word, "e"))
        return reading->tokens[at + 1].kind == WSP_TOKEN_WORD &&
               !wsp_context_is(reading, at, 1, "ngại rằng là thẹn dè sợ lệ ấp kíp");
    return (wsp_str_is(word, "a") || wsp_str_is(word, "c")) &&
           reading->tokens[at + 1].kind == WSP_TOKEN_NAME &&
           reading->tokens[at - 1].kind != WSP_TOKEN_NAME &&
           !wsp_context_is(reading, at, 1, "khoản điều mục");
}

/* Written with a dot or a colon after it, or a dot or a slash inside ("Th.S", "V/v"). */
static bool is_marked(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str word = wsp_token_text(reading, at), gap = wsp_token_gap(reading, at);
    return (gap.len > 0 && strchr(".:", gap.ptr[0])) || memchr(word.ptr, '.', word.len) ||
           memchr(word.ptr, '/', word.len);
}

/* Does token `at` stand in the name of a person: "Lê Q. Minh", "bà Lò Thị P. đạt", "bác sĩ P.
 * khám"? A street has a word or a number before it: "45 Lê Lợi P. Bến Nghé". */
static bool ends_name(const struct wsp_reading *reading, size_t at)
{
    enum { NAMES_MAX = 4 };
    static const char people[] = "ông bà anh chị em cháu cô chú sĩ cụ thầy";
    static const char places[] = "đường phố ngõ ngách hẻm xã phường thôn số trường lộ trấn chợ cầu "
                                 "ga chùa khu viện";
    bool alone = wsp_token_gap(reading, at).len == 1; /* no more than the blank, or ". " */
    const struct wsp_token *tokens = reading->tokens;
    bool place =
        at + 2 < reading->n_tokens && tokens[at + 1].kind == WSP_TOKEN_NAME && /* "Hồ Xá H. */
        tokens[at + 2].kind == WSP_TOKEN_NAME && tokens[at + 1].pause_ms == 0; /* Vĩnh Linh" */
    bool person = wsp_context_is(reading, at, 2, "tuổi con cháu lần năm") && /* "chị H. 35 tuổi" */
                  (wsp_stands_before(reading, at, NAMES_MAX, people) ||
                   wsp_context_is(reading, at, 2, "tuổi"));
    bool number = wsp_digits_at(wsp_token_text(reading, at + 1), 0) > 0 && !person &&
                  !memchr(wsp_token_gap(reading, at).ptr, ',', wsp_token_gap(reading, at).len);
    if (place || number || alone)
        return false;
    for (size_t back = 1; back <= at && back <= NAMES_MAX; back++) {
        size_t other = at - back;
        struct wsp_str before = other > 0 ? wsp_token_text(reading, other - 1) : WSP_STR("");
        if (tokens[other].pause_ms > 0)
            return false;
        if (wsp_context_is(reading, other, 0, people))
            return !wsp_context_is(reading, other, -1, places);
        if (tokens[other].kind != WSP_TOKEN_NAME)
            return false;
        if (wsp_is_family_name(wsp_token_text(reading, other)))
            return !wsp_context_is(reading, other, -1, places) && wsp_digits_at(before, 0) == 0;
    }
    return false;
}

/* The V of "Nguyễn V. A.": another initial comes next; "xã Tân Phong Q. Bình Thạnh" has none. */
static bool is_initial(const struct wsp_reading *reading, size_t at)
{
    if (is_letter(wsp_token_text(reading, at)) && ends_name(reading, at))
        return true;
    return is_letter(wsp_token_text(reading, at)) && at > 0 &&
           reading->tokens[at - 1].pause_ms == 0 && begins_name(reading, at - 1) &&
           wsp_syllable_parse(wsp_token_text(reading, at - 1), NULL) &&
           is_letter(wsp_token_text(reading, at + 1)) &&
           wsp_digits_at(wsp_token_text(reading, at + 1), 0) == 0;
}

/* "X. PHỤ LỤC" numbers a part, "X. Phú Mỹ" is a commune. */
static bool numbers_part(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str word = wsp_token_text(reading, at);
    return at == 0 && word.len == 1 && strchr("IVXLCDM", word.ptr[0]) &&
           wsp_capitals_in(wsp_token_text(reading, at + 1)) > 1;
}

size_t wsp_read_abbreviation(const struct wsp_reading *reading, size_t at,
                             struct wsp_utterance *out)
{
    struct wsp_str word = wsp_token_text(reading, at);
    const char *known = is_marked(reading, at) || is_in_address(reading, at) || is_kin(reading, at)
                            ? wsp_lexicon_choose(reading, at, &wsp_lexicon_abbreviations, word)
                            : NULL;
    struct wsp_buf words = WSP_BUF_INIT(512);
    if (at == 0 && wsp_str_is_one_of(word, "a c e"))
        known = NULL; /* "c. Đeo khẩu trang": the mark of an item */
    bool two = begins_name(reading, at + 2) && reading->tokens[at + 1].pause_ms == 0;
    if (known && wsp_str_is(word, "T") && !two)
        known = NULL; /* "loại T. Linh", not "T. Bình Định" */
    if (is_letter(word) &&
        memchr(wsp_token_gap(reading, at).ptr, '(', wsp_token_gap(reading, at).len))
        known = NULL; /* "Lê Thị T. (sinh năm 1978)" */
    /* A row that was chosen by what stands beside it needs no name: "P. họp". */
    bool cued = known && known != wsp_lexicon_find(&wsp_lexicon_abbreviations, word);
    bool said = known && (!is_letter(word) ||
                          (!is_initial(reading, at) &&
                           (cued || (begins_name(reading, at + 1) && !numbers_part(reading, at)))));
    if (said)
        wsp_vi_add(&words, known);
    else
        said = say_joined(reading, at, &words, word);
    if (!said && memchr(word.ptr, '.', word.len)) {
        wsp_buf_clear(&words);
        said = say_row(&words, word);
    }
    if (said)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}
