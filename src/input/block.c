/* Looks at single lines. The tables below are what Vietnamese offices write; a new kind of mark
 * or heading is a new row. */
#include "input/block.h"

#include "base/utf8.h"

#include <string.h>

enum {
    HEADING_CHARS = 160, /* a longer line is no heading */
    LETTERHEAD_CHARS = 48,
    NUMBER_DIGITS = 3, /* "2021. " is a year at the end of a sentence, not a mark */
};

/* ---- walking over a line ------------------------------------------------------------------ */

/* The character at `at`, 0 at the end; *n is its length. */
static uint32_t code_at(struct wsp_str line, size_t at, size_t *n)
{
    uint32_t code = 0;
    *n = at < line.len ? wsp_utf8_decode(line.ptr + at, line.len - at, &code) : 0;
    return *n ? code : 0;
}

static uint32_t code_here(struct wsp_str line, size_t at)
{
    size_t n;
    return code_at(line, at, &n);
}

static struct wsp_str rest(struct wsp_str line, size_t at)
{
    return (struct wsp_str){line.ptr + at, line.len - at};
}

static bool begins(struct wsp_str line, const char *with)
{
    size_t len = strlen(with);
    return line.len >= len && memcmp(line.ptr, with, len) == 0;
}

/* Does the line begin with `folded`, which is in small letters, whatever the case of its own?
 * Returns the number of its bytes that are it, 0: no. */
static size_t begins_folded(struct wsp_str line, const char *folded)
{
    struct wsp_str want = {folded, strlen(folded)};
    size_t at = 0, n, m;
    for (size_t i = 0; i < want.len; i += m, at += n)
        if (wsp_utf8_lower(code_at(line, at, &n)) != code_at(want, i, &m) || n == 0)
            return 0;
    return at;
}

static bool contains_folded(struct wsp_str line, const char *folded)
{
    for (size_t at = 0; at < line.len; at++)
        if (begins_folded(rest(line, at), folded))
            return true;
    return false;
}

/* ---- the marks of lists ------------------------------------------------------------------- */

static const struct {
    const char *sign;
    bool may_touch; /* a letter may follow at once: "-Địa điểm: ..." */
} bullets[] = {
    {"-", true}, {"–", true}, {"—", true}, {"+", true}, {"*", false}, {"•", true}, {"●", true},
    {"○", true}, {"◦", true}, {"▪", true}, {"■", true}, {"□", true},  {"◆", true}, {"➢", true},
    {"➤", true}, {"✓", true}, {"✔", true}, {"→", true}, {"⇒", true},  {"·", true}, {"−", true},
};

/* All these return the number of bytes of the mark, blanks after it included; 0: none. A mark
 * with nothing after it is none. */

static size_t after_mark(struct wsp_str line, size_t at, bool may_touch)
{
    uint32_t code = code_here(line, at);
    if (code == ' ' && at + 1 < line.len)
        return at + 1;
    return may_touch && wsp_utf8_is_letter(code) ? at : 0;
}

static size_t bullet_length(struct wsp_str line)
{
    for (size_t i = 0; i < WSP_LEN(bullets); i++)
        if (begins(line, bullets[i].sign))
            return after_mark(line, strlen(bullets[i].sign), bullets[i].may_touch);
    return 0;
}

static size_t digits_length(struct wsp_str line, size_t at)
{
    size_t n = 0;
    while (at + n < line.len && wsp_utf8_is_digit((unsigned char)line.ptr[at + n]))
        n++;
    return n;
}

static bool closes_mark(uint32_t code)
{
    return code == '.' || code == ')' || code == '/';
}

/* "1. ", "2) ", "3/ ", "1.2. ", "1.Thời gian", "1.2 Mục tiêu"; not "3.500 người", "17.5.2021". */
static size_t number_length(struct wsp_str line, uint16_t *number)
{
    size_t at = 0, parts = 0, digits;
    while ((digits = digits_length(line, at)) > 0 && digits <= NUMBER_DIGITS) {
        *number = 0;
        for (size_t i = at; i < at + digits; i++)
            *number = (uint16_t)(*number * 10 + (line.ptr[i] - '0'));
        at += digits;
        parts++;
        if (at + 1 >= line.len || line.ptr[at] != '.' || digits_length(line, at + 1) == 0)
            break;
        at++;
    }
    if (parts == 0 || at >= line.len)
        return 0;
    if (closes_mark((unsigned char)line.ptr[at])) {
        bool touch = line.ptr[at] != '/' && wsp_utf8_is_upper(code_here(line, at + 1));
        return after_mark(line, at + 1, touch);
    }
    bool chapter = parts > 1 && digits <= 2 && line.ptr[at] == ' ';
    return chapter && wsp_utf8_is_upper(code_here(line, at + 1)) ? at + 1 : 0;
}

/* "a) ", "đ. ", "B/ " */
static size_t letter_length(struct wsp_str line)
{
    size_t n;
    uint32_t code = code_at(line, 0, &n);
    if (!wsp_utf8_is_letter(code) || !closes_mark(code_here(line, n)))
        return 0;
    return after_mark(line, n + 1, false);
}

/* "(1) ", "[a] " */
static size_t bracket_length(struct wsp_str line, uint16_t *number)
{
    if (line.len < 4 || (line.ptr[0] != '(' && line.ptr[0] != '['))
        return 0;
    size_t n = digits_length(line, 1);
    if (n > 0 && n <= 2)
        *number =
            (uint16_t)(n == 1 ? line.ptr[1] - '0' : (line.ptr[1] - '0') * 10 + (line.ptr[2] - '0'));
    else if (n == 0 && wsp_utf8_is_letter(code_at(line, 1, &n)))
        *number = 0;
    else
        return 0;
    uint32_t close = code_here(line, 1 + n);
    return close == ')' || close == ']' ? after_mark(line, n + 2, false) : 0;
}

static size_t roman_digits(struct wsp_str line, size_t at)
{
    size_t n = 0;
    while (at + n < line.len && strchr("IVXL", line.ptr[at + n]) && line.ptr[at + n])
        n++;
    return n;
}

/* "IV. ", "I/ ", "II.Tình hình" */
static size_t roman_length(struct wsp_str line)
{
    size_t n = roman_digits(line, 0);
    if (n == 0 || n > 6 || n >= line.len || !closes_mark((unsigned char)line.ptr[n]))
        return 0;
    return after_mark(line, n + 1, wsp_utf8_is_upper(code_here(line, n + 1)));
}

/* ---- parts, letterheads ------------------------------------------------------------------- */

static const struct {
    const char *word; /* in small letters */
    uint8_t level;
} parts[] = {
    {"phần ", 1}, {"phụ lục ", 1}, {"chương ", 2},   {"bài ", 2},
    {"mục ", 3},  {"tiết ", 3},    {"tiểu mục ", 4}, {"điều ", 4},
};

/* "thứ nhất" and its like; more than ten parts are counted in digits. */
static const char *const ordinals[] = {"thứ nhất", "thứ hai", "thứ ba",  "thứ tư",   "thứ năm",
                                       "thứ sáu",  "thứ bảy", "thứ tám", "thứ chín", "thứ mười"};

static size_t count_length(struct wsp_str line, size_t at)
{
    size_t n = digits_length(line, at);
    if (n == 0)
        n = roman_digits(line, at);
    for (size_t i = 0; n == 0 && i < WSP_LEN(ordinals); i++)
        n = begins_folded(rest(line, at), ordinals[i]);
    return n;
}

/* "Chương II", "Điều 5. Hiệu lực", "PHẦN THỨ NHẤT"; not "Điều 5 của Luật này quy định ...".
 * Returns the level, 0: no part. */
static uint8_t part_level(struct wsp_str line)
{
    for (size_t i = 0; i < WSP_LEN(parts); i++) {
        size_t at = begins_folded(line, parts[i].word);
        size_t n = at > 0 ? count_length(line, at) : 0;
        uint32_t next = code_here(line, at + n);
        if (n > 0 && (next == 0 || next == ':' || next == '-' || closes_mark(next) ||
                      (next == ' ' && line.ptr[at + n + 1] == '-')))
            return parts[i].level;
    }
    return 0;
}

/* What stands over the letters of offices. The motto is written with many dashes. */
static const struct {
    const char *begin, *within; /* in small letters */
    bool capitals;              /* only when it is written in capitals */
} letterheads[] = {
    {"cộng h", "xã hội chủ nghĩa việt nam", false},
    {"độc lập", "hạnh phúc", false},
    {"đảng cộng sản", "", true},
    {"ủy ban nhân dân", "", true},
    {"uỷ ban nhân dân", "", true},
    {"hội đồng nhân dân", "", true},
    {"ubnd ", "", true},
    {"bộ ", "", true},
    {"sở ", "", true},
    {"tổng công ty ", "", true},
    {"công ty ", "", true},
    {"ban chỉ ", "", true},
};

static bool is_letterhead(struct wsp_str line, bool capitals)
{
    for (size_t i = 0; i < WSP_LEN(letterheads); i++)
        if ((capitals || !letterheads[i].capitals) && begins_folded(line, letterheads[i].begin) &&
            (!*letterheads[i].within || contains_folded(line, letterheads[i].within)))
            return true;
    return false;
}

/* ---- one look ----------------------------------------------------------------------------- */

/* Quotes and brackets that close after the full stop. */
static bool is_closing(uint32_t code)
{
    return code == '"' || code == '\'' || code == ')' || code == ']' || code == 0x201D ||
           code == 0x2019 || code == 0xBB;
}

/* The last character before `*end`, which goes back to where it begins. */
static uint32_t last_code(struct wsp_str line, size_t *end)
{
    size_t at = *end;
    while (at > 0 && ((unsigned char)line.ptr[--at] & 0xC0) == 0x80)
        ;
    *end = at;
    return code_here(line, at);
}

static void look_at_end(struct wsp_str line, struct wsp_look *look)
{
    size_t at = line.len;
    uint32_t code = last_code(line, &at);
    while (at > 0 && is_closing(code))
        code = last_code(line, &at);
    look->end = WSP_END_OPEN;
    if (code == '.' || code == '!' || code == '?' || code == 0x2026)
        look->end = WSP_END_SENTENCE;
    else if (code == ':' || code == ';')
        look->end = WSP_END_COLON;
    else if (code == ',')
        look->end = WSP_END_COMMA;
    else if (code == '-' || code == 0x2010 || code == 0x2013 || code == 0x2014)
        look->end = WSP_END_HYPHEN;
    look->tight_hyphen = look->end == WSP_END_HYPHEN && at > 0 && line.ptr[at - 1] != ' ';
}

struct letters {
    size_t upper, lower, others; /* others: digits and letters without case */
    bool first_lower;
};

/* Stops at the second small letter: then the line is not in capitals. One is let pass, for
 * "CẮT ĐIỆN TỪ 8h NGÀY 5/6". */
static struct letters count_letters(struct wsp_str line)
{
    struct letters seen = {.upper = 0};
    size_t n;
    for (size_t at = 0; at < line.len && seen.lower < 2; at += n) {
        uint32_t code = code_at(line, at, &n);
        if (n == 0)
            break;
        if (wsp_utf8_is_lower(code)) {
            seen.first_lower |= seen.upper + seen.lower + seen.others == 0;
            seen.lower++;
        } else if (wsp_utf8_is_upper(code)) {
            seen.upper++;
        } else if (wsp_utf8_is_digit(code) || wsp_utf8_is_letter(code)) {
            seen.others++;
        }
    }
    return seen;
}

static bool is_in_capitals(struct wsp_str line, const struct letters *seen)
{
    bool many = seen->upper >= 4 || (seen->upper >= 2 && memchr(line.ptr, ' ', line.len));
    return many && (seen->lower == 0 || (seen->lower == 1 && seen->upper >= 12));
}

static size_t item_length(struct wsp_str line, uint16_t *number)
{
    size_t n = bullet_length(line);
    if (n == 0)
        n = number_length(line, number);
    if (n == 0) {
        *number = 0;
        n = letter_length(line);
    }
    return n ? n : bracket_length(line, number);
}

static uint8_t kind_of(struct wsp_str line, const struct letters *seen, struct wsp_look *look)
{
    if (seen->upper + seen->lower + seen->others == 0)
        return WSP_LOOK_RULE;
    bool capitals = is_in_capitals(line, seen);
    bool titled = look->chars <= HEADING_CHARS && look->end != WSP_END_COMMA &&
                  look->end != WSP_END_COLON &&
                  (look->end != WSP_END_SENTENCE || line.ptr[line.len - 1] != '.');
    if (look->chars <= LETTERHEAD_CHARS && is_letterhead(line, capitals)) {
        look->level = 1;
        return WSP_LOOK_LETTERHEAD;
    }
    look->level = look->chars <= HEADING_CHARS ? part_level(line) : 0;
    if (look->level && (titled || look->first_word + NUMBER_DIGITS + 4 >= look->chars))
        return WSP_LOOK_PART;
    if (roman_length(line)) {
        look->level = titled ? 2 : 0;
        return titled ? WSP_LOOK_PART : WSP_LOOK_ITEM;
    }
    look->level = 0;
    if (item_length(line, &look->number))
        return WSP_LOOK_ITEM;
    look->number = 0;
    if (!capitals || !(titled || (look->end == WSP_END_COLON && look->chars <= HEADING_CHARS)))
        return WSP_LOOK_PROSE;
    look->level = 1;
    return WSP_LOOK_CAPITALS;
}

static bool is_salutation(struct wsp_str line)
{
    static const char *const begin[] = {"Kính ", "KÍNH ",    "Thưa ",
                                        "Gửi ",  "Thân gửi", "Trân trọng"};
    for (size_t i = 0; i < WSP_LEN(begin); i++)
        if (begins(line, begin[i]))
            return true;
    return false;
}

static uint8_t count_edges(struct wsp_str line)
{
    uint8_t edges = 0;
    for (size_t at = 1; at + 1 < line.len && edges < 2; at++)
        if (line.ptr[at] == '\t' || memcmp(line.ptr + at - 1, " | ", 3) == 0)
            edges++;
    return edges;
}

struct wsp_look wsp_line_look(struct wsp_str line)
{
    struct wsp_look look = {.chars = (uint32_t)wsp_utf8_count(line)};
    const char *blank = memchr(line.ptr, ' ', line.len);
    size_t word = blank ? (size_t)(blank - line.ptr) : line.len;
    look.first_word = (uint32_t)wsp_utf8_count((struct wsp_str){line.ptr, word});
    look_at_end(line, &look);
    struct letters seen = count_letters(line);
    look.lower = seen.first_lower;
    look.salutation = is_salutation(line);
    look.kind = kind_of(line, &seen, &look);
    look.edges = count_edges(line);
    return look;
}
