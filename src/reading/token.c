/* Tokens. What stands between two of them is punctuation (shown, and a pause by the table
 * below) or has nothing to say (emoji, bullets, "***"); whatever sounds is inside a token. */
#include "reading/token.h"

#include "base/utf8.h"
#include "reading/abbreviation.h"
#include "reading/alphabet.h"
#include "reading/chars.h"
#include "reading/figure.h"
#include "reading/parting.h"
#include "reading/sign.h"
#include "reading/syllable.h"

#include <string.h>

/* ---- what is said ---- */

static bool is_address(const struct wsp_unparted *run)
{
    struct wsp_str text = {run->text + run->begin, run->end - run->begin};
    return memchr(text.ptr, '@', text.len) || memmem(text.ptr, text.len, "://", 3) ||
           (text.len > 4 && memcmp(text.ptr, "www.", 4) == 0);
}

/* "Sa Pa:-2°C", "Lai Châu,-1,5 độ"; "gồm:-5 suất" has a bullet. */
static bool counts_degrees(const struct wsp_unparted *run, size_t at)
{
    static const char *const units[] = {"°", "º", " độ"};
    while (wsp_run_is_number(run, at) || (wsp_run_is_number(run, at + 1) && run->text[at] == ','))
        at++;
    for (size_t i = 0; i < WSP_LEN(units); i++) {
        size_t len = strlen(units[i]);
        if (at + len <= run->sentence.end && memcmp(run->text + at, units[i], len) == 0)
            return true;
    }
    return false;
}

static bool is_minus(const struct wsp_unparted *run, size_t at, struct wsp_char c)
{
    bool sign = c.code == '+' || c.code == '-' || c.code == 0x2212 ||
                (c.code >= 0x2010 && c.code <= 0x2013);
    struct wsp_char before =
        at > run->begin ? wsp_char_before(run->text, run->begin, at) : (struct wsp_char){0};
    bool first = at == run->begin || before.class == WSP_CHAR_OPEN;
    bool joined = before.class == WSP_CHAR_COMMA || before.class == WSP_CHAR_STOP;
    first |= before.code == '|'; /* a table: "62.000|-500" */
    return sign && (first || (joined && counts_degrees(run, at + c.len))) &&
           wsp_run_is_number(run, at + c.len) && !(run->bullet && at == run->begin);
}

/* The "BĐ2" of ">BĐ2": the alarm for floods. */
static bool is_alarm_at(const struct wsp_unparted *run, size_t at)
{
    static const char alarm[] = "BĐ";
    size_t len = strlen(alarm);
    return run->end > at + len && memcmp(run->text + at, alarm, len) == 0 &&
           (wsp_run_is_number(run, at + len) || run->text[at + len] == 'I');
}

/* ">=18" */
static bool compares_at(const struct wsp_unparted *run, size_t at)
{
    return at + 2 <= run->end && wsp_run_is_number(run, at + 2) &&
           wsp_sign_is_comparison((struct wsp_str){run->text + at, 2});
}

/* Is the character at the beginning of a piece no part of the word? */
static bool is_outer_left(const struct wsp_unparted *run, size_t at, struct wsp_char c)
{
    switch (c.class) {
    case WSP_CHAR_DASH:
        return !is_minus(run, at, c);
    case WSP_CHAR_STOP: /* ".5", "!=0" */
        return (c.code != '.' || !wsp_run_is_number(run, at + c.len)) && !compares_at(run, at);
    case WSP_CHAR_SIGN: /* "+Nhà", "<tin@xa.vn>", "~~Tin"; "+84", "<5", "<-3", "$5", "#tin" stay */
        return c.code == '/' ||
               (c.code < 0x80 && strchr("+<>=~", (int)c.code) &&
                !wsp_run_is_number(run, at + c.len) &&
                !(strchr("<>", (int)c.code) && at + 2 < run->end && run->text[at + 1] == '-' &&
                  wsp_run_is_number(run, at + 2)) &&
                !compares_at(run, at) && !is_alarm_at(run, at + c.len)) ||
               (c.code == '+' && !is_minus(run, at, c));
    case WSP_CHAR_LETTER:
    case WSP_CHAR_DIGIT:
        return false;
    default:
        return true;
    }
}

/* Was a quotation opened before `at` that the mark `code` could close? Not by "O'Neil". */
static bool is_quoted(const struct wsp_unparted *run, size_t at, uint32_t code)
{
    uint32_t opener = code == 0x2019 ? 0x2018 : code; /* ’ closes ‘ */
    while (at > run->sentence.begin) {
        struct wsp_char c = wsp_char_before(run->text, run->sentence.begin, at);
        at -= c.len;
        if (c.code != opener)
            continue;
        if (at == run->sentence.begin)
            return true;
        enum wsp_char_class before = wsp_char_before(run->text, run->sentence.begin, at).class;
        if (before == WSP_CHAR_BLANK || before == WSP_CHAR_OPEN)
            return true;
    }
    return false;
}

/* And at its end? */
static bool is_outer_right(const struct wsp_unparted *run, size_t begin, size_t at,
                           struct wsp_char c)
{
    switch (c.class) {
    case WSP_CHAR_LETTER:
    case WSP_CHAR_DIGIT:
    case WSP_CHAR_MARK:
        return false;
    case WSP_CHAR_SIGN: /* "50%", "C++" stay */
        return strchr("/~<>=", (int)c.code) && c.code < 0x80;
    case WSP_CHAR_QUOTE: /* minutes and seconds: 5', 21°01'42", 23'' */
        if (c.code == '\'' && at > begin + 1 && run->text[at - 1] == '\'' &&
            wsp_run_follows_number(run, at - 1))
            return false;
        return !wsp_run_follows_number(run, at) || is_quoted(run, begin, c.code);
    default:
        return true;
    }
}

static void add_token(struct wsp_tokens *tokens, size_t begin, size_t end)
{
    if (tokens->n < WSP_TOKENS)
        tokens->items[tokens->n++] =
            (struct wsp_token){.begin = (uint32_t)begin, .end = (uint32_t)end};
}

/* A lone sign has a name, "&", and a comparison, ">="; a row of them is a line or an arrow. */
static bool has_words(const struct wsp_unparted *run, size_t begin, size_t end)
{
    size_t signs = 0;
    if (wsp_sign_is_comparison((struct wsp_str){run->text + begin, end - begin}))
        return true;
    for (size_t at = begin; at < end;) {
        struct wsp_char c = wsp_char_at(run->text, at, end);
        if (c.class == WSP_CHAR_LETTER || c.class == WSP_CHAR_DIGIT)
            return true;
        signs += c.class == WSP_CHAR_SIGN;
        at += c.len;
    }
    return signs == 1;
}

/* "++", "+++": how much of something was found. */
static bool is_degree_of_finding(const struct wsp_unparted *run, size_t begin, size_t end)
{
    enum { MOST = 4 };
    if (end - begin < 2 || end - begin > MOST || begin == run->sentence.begin)
        return false;
    for (size_t at = begin; at < end; at++)
        if (run->text[at] != '+')
            return false;
    return true;
}

/* "HBsAg (-)", "Rh(-)": a minus in brackets is a finding, and nothing to be passed over. */
static bool is_finding(const struct wsp_unparted *run, size_t begin, size_t end)
{
    return begin > run->begin && end > begin && run->text[begin - 1] == '(' &&
           wsp_dash_at((struct wsp_str){run->text + begin, end - begin}, 0) == end - begin &&
           wsp_run_char(run, end).code == ')';
}

/* Bytes of the "<" of "SpO2< 90%", the ">=" of "SpO2>= 90%": at the end of a run, and a number
 * after the blank. 0: there is none. */
static size_t compares_next(const struct wsp_unparted *run, size_t begin)
{
    size_t at = run->end, end = run->sentence.end;
    bool pair = at - begin > 2 && wsp_sign_is_comparison((struct wsp_str){run->text + at - 2, 2});
    size_t sign = pair ? 2 : 1;
    while (at < end && wsp_char_at(run->text, at, end).class == WSP_CHAR_BLANK)
        at += wsp_char_at(run->text, at, end).len;
    bool compares = strchr("<>=", run->text[run->end - 1]) && at < end &&
                    wsp_char_at(run->text, at, end).class == WSP_CHAR_DIGIT;
    return compares ? sign : 0;
}

static bool is_cell_edge(char c)
{
    return c == '\t' || c == '|';
}

/* Has the row three bars and tabs, or more? */
static bool is_long_row(const char *text, struct wsp_span row)
{
    unsigned edges = 0;
    for (uint32_t at = row.begin; at < row.end && edges < 3; at++)
        edges += is_cell_edge(text[at]);
    return edges == 3;
}

/* A dash that is all of a table's cell, which says that there is none: "Đỗ An | - | 8h". Between
 * two tabs it needs a third one: "8h<tab>-<tab>10h" is a range. */
static bool is_none(const struct wsp_unparted *run, size_t begin, size_t end)
{
    struct wsp_char c = wsp_char_at(run->text, begin, end);
    if (begin == end || c.class != WSP_CHAR_DASH || c.len != end - begin)
        return false;
    while (begin > run->sentence.begin && run->text[begin - 1] == ' ')
        begin--;
    while (end < run->sentence.end && run->text[end] == ' ')
        end++;
    char left = begin > run->sentence.begin ? run->text[begin - 1] : '\0';
    char right = end < run->sentence.end ? run->text[end] : '\t';
    return is_cell_edge(left) && is_cell_edge(right) &&
           (left == '|' || right == '|' || is_long_row(run->text, run->sentence));
}

/* "(+)", "<" or "≥" by itself. */
static bool is_lone_sign(const struct wsp_unparted *run, size_t begin, size_t end)
{
    bool free_before =
        begin == run->begin || wsp_char_before(run->text, run->begin, begin).class == WSP_CHAR_OPEN;
    bool free_after = end == run->end || wsp_run_char(run, end).class == WSP_CHAR_CLOSE;
    struct wsp_char c = wsp_char_at(run->text, begin, end);
    return free_before && free_after &&
           ((c.class == WSP_CHAR_SIGN && c.len == end - begin) ||
            wsp_sign_is_comparison((struct wsp_str){run->text + begin, end - begin}));
}

static void add_piece(struct wsp_tokens *tokens, const struct wsp_unparted *run, size_t begin,
                      size_t end)
{
    bool empty_cell = tokens->n > 0 && is_none(run, begin, end); /* "|-|-|" is a rule */
    if (is_finding(run, begin, end) || is_degree_of_finding(run, begin, end) || empty_cell)
        add_token(tokens, begin, end);
    if (!has_words(run, begin, end))
        return;
    if (is_lone_sign(run, begin, end)) {
        if (begin > run->sentence.begin || run->text[begin] != '+') /* "+ Thời gian" */
            add_token(tokens, begin, end);
        return;
    }
    while (begin < end) {
        struct wsp_char c = wsp_char_at(run->text, begin, run->end);
        if (!is_outer_left(run, begin, c) && !wsp_run_ends_range(run, tokens, begin, end))
            break;
        begin += c.len;
    }
    size_t sign = end == run->end ? compares_next(run, begin) : 0;
    while (end > begin) {
        struct wsp_char c = wsp_char_before(run->text, begin, end);
        if (!is_outer_right(run, begin, end - c.len, c))
            break;
        end -= c.len;
    }
    if (end <= begin || !has_words(run, begin, end))
        return;
    add_token(tokens, begin, end);
    if (sign > 0 && end + sign == run->end)
        add_token(tokens, end, run->end);
}

/* "5人", "AI技术": other letters are a token of their own. *other: those before are such ones. */
static bool changes_alphabet(struct wsp_char c, bool first, bool *other)
{
    if (c.class != WSP_CHAR_LETTER && c.class != WSP_CHAR_DIGIT)
        return false;
    bool before = *other;
    *other = wsp_is_other_letter(c);
    return !first && before != *other;
}

static void add_run(struct wsp_tokens *tokens, struct wsp_unparted *run)
{
    run->whole = is_address(run);
    size_t piece = run->begin;
    bool other = false;
    for (size_t at = run->begin; at < run->end && !run->whole;) {
        struct wsp_char c = wsp_char_at(run->text, at, run->end);
        if (changes_alphabet(c, at == piece, &other) || wsp_run_misses_blank(run, piece, at, c)) {
            add_piece(tokens, run, piece, at);
            piece = at;
        }
        if (wsp_run_parts(run, tokens, piece, at, c)) {
            add_piece(tokens, run, piece, at);
            piece = at + c.len;
        }
        at += c.len;
    }
    add_piece(tokens, run, piece, run->end);
}

/* ---- pauses ---- */

enum {
    PAUSE_COMMA = 200,
    PAUSE_DASH = 200,
    PAUSE_BRACKET = 150,
    PAUSE_COLON = 300, /* and a semicolon, and a stop inside the sentence */
};

static const struct {
    uint32_t code;
    uint16_t pause_ms;
} pauses[] = {
    {',', PAUSE_COMMA},      {0x3001, PAUSE_COMMA}, {0xFF0C, PAUSE_COMMA}, {';', PAUSE_COLON},
    {':', PAUSE_COLON},      {0xFF1A, PAUSE_COLON}, {0xFF1B, PAUSE_COLON}, {'!', PAUSE_COLON},
    {'?', PAUSE_COLON},      {0x2026, PAUSE_COLON}, {'.', PAUSE_COLON},    {'(', PAUSE_BRACKET},
    {')', PAUSE_BRACKET},    {'[', PAUSE_BRACKET},  {']', PAUSE_BRACKET},  {'{', PAUSE_BRACKET},
    {'/', PAUSE_COMMA},      {'}', PAUSE_BRACKET},  {'|', PAUSE_COMMA},    {0x2022, PAUSE_COMMA},
    {'\t', PAUSE_COMMA},     {0x2014, PAUSE_DASH},  {0x2015, PAUSE_DASH},  {0xFF08, PAUSE_BRACKET},
    {0xFF09, PAUSE_BRACKET},
};

static uint16_t pause_of(uint32_t code)
{
    for (size_t i = 0; i < WSP_LEN(pauses); i++)
        if (pauses[i].code == code)
            return pauses[i].pause_ms;
    return 0;
}

/* One dot inside a sentence asks for a pause after a list mark, not after "TS" or "V". */
static bool is_abbreviation(const char *text, const struct wsp_token *token, bool first)
{
    struct wsp_str word = {text + token->begin, token->end - token->begin};
    struct wsp_char c = wsp_char_at(text, token->begin, token->end);
    bool initial = !first && wsp_char_is_upper(c) && c.len == word.len;
    return initial || wsp_abbreviation_find(word) != WSP_ABBR_NONE;
}

/* What the punctuation between a token and the next one asks for. */
static void read_gap(const char *text, struct wsp_token *token, size_t next, bool first)
{
    unsigned dashes = 0, dots = 0;
    bool blank = false;
    uint16_t pause = 0;
    for (size_t at = token->end; at < next;) {
        struct wsp_char c = wsp_char_at(text, at, next);
        blank |= c.class == WSP_CHAR_BLANK;
        dashes += c.class == WSP_CHAR_DASH;
        dots += c.code == '.';
        uint16_t asked =
            c.code == '.' && dots < 2 && is_abbreviation(text, token, first) ? 0 : pause_of(c.code);
        pause = asked > pause ? asked : pause;
        at += c.len;
    }
    bool numbers = wsp_utf8_is_digit((unsigned char)text[token->end - 1]) &&
                   wsp_utf8_is_digit((unsigned char)text[next]);
    if (dashes > 0 && (blank || numbers) && pause < PAUSE_DASH)
        pause = PAUSE_DASH;
    token->pause_ms = pause;
    token->touches_next = !blank;
}

/* ---- the sentence ---- */

size_t wsp_capitals_in(struct wsp_str word)
{
    size_t letters = 0;
    for (size_t at = 0; at < word.len;) {
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        if (c.class == WSP_CHAR_LETTER && !wsp_char_is_upper(c))
            return 0;
        letters += c.class == WSP_CHAR_LETTER;
        at += c.len;
    }
    return letters;
}

static bool has_letter(struct wsp_str word)
{
    for (size_t at = 0; at < word.len;) {
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        if (c.class == WSP_CHAR_LETTER)
            return true;
        at += c.len;
    }
    return false;
}

static bool is_letters(struct wsp_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char lower = (char)(word.ptr[i] | 0x20);
        if (lower < 'a' || lower > 'z')
            return false;
    }
    return true;
}

static uint8_t kind_of(struct wsp_str word)
{
    uint8_t other = is_letters(word) ? WSP_TOKEN_LETTERS : WSP_TOKEN_MIXED;
    if (!wsp_syllable_parse(word, NULL))
        return other;
    bool upper = wsp_begins_upper(word);
    size_t first = wsp_char_at(word.ptr, 0, word.len).len;
    for (size_t at = first; at < word.len;) {
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        if (wsp_char_is_upper(c))
            return other;
        at += c.len;
    }
    if (upper && first == word.len) /* "A" */
        return other;
    return upper ? WSP_TOKEN_NAME : WSP_TOKEN_WORD;
}

/* Readers ask for the words around a token again and again; small letters are made once. */
static void add_lower(struct wsp_tokens *tokens, const char *text)
{
    struct wsp_buf lower = {tokens->lower, 0, sizeof tokens->lower, sizeof tokens->lower - 1,
                            WSP_OK};
    for (size_t i = 0; i < tokens->n; i++) {
        struct wsp_token *token = &tokens->items[i];
        token->lower = (uint16_t)lower.len;
        wsp_buf_putc(&lower, ' ');
        wsp_utf8_add_lower(&lower,
                           (struct wsp_str){text + token->begin, token->end - token->begin});
        wsp_buf_putc(&lower, '\0');
    }
}

/* Two acronyms make no heading ("RON 95-III"): two of the words must be Vietnamese. */
static bool in_capitals(const struct wsp_tokens *tokens, const char *text)
{
    size_t words = 0, capitals = 0, syllables = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        struct wsp_str word = {text + tokens->items[i].begin,
                               tokens->items[i].end - tokens->items[i].begin};
        if (!(tokens->items[i].kind & WSP_TOKEN_OTHER)) {
            words++;
            continue;
        }
        size_t letters = wsp_capitals_in(word);
        words += has_letter(word);
        capitals += letters > 0;
        syllables += letters > 0 && wsp_syllable_parse(word, NULL);
    }
    return syllables >= 2 && 2 * capitals > words;
}

void wsp_tokens_make(struct wsp_tokens *tokens, const char *text, struct wsp_span sentence,
                     bool bullet)
{
    tokens->n = 0;
    for (size_t at = sentence.begin; at < sentence.end;) {
        struct wsp_char c = wsp_char_at(text, at, sentence.end);
        size_t begin = at;
        while (at < sentence.end && c.class != WSP_CHAR_BLANK) {
            at += c.len;
            if (at < sentence.end)
                c = wsp_char_at(text, at, sentence.end);
        }
        struct wsp_unparted run = {.text = text, .begin = begin, .end = at, .sentence = sentence};
        run.bullet = bullet && begin == sentence.begin;
        if (at > begin)
            add_run(tokens, &run);
        else
            at += c.len;
    }
    for (size_t i = 0; i < tokens->n; i++)
        tokens->items[i].kind = kind_of((struct wsp_str){
            text + tokens->items[i].begin, tokens->items[i].end - tokens->items[i].begin});
    for (size_t i = 0; i < tokens->n; i++)
        read_gap(text, &tokens->items[i],
                 i + 1 < tokens->n ? tokens->items[i + 1].begin : sentence.end, i == 0);
    add_lower(tokens, text);
    tokens->capitals = in_capitals(tokens, text);
}
