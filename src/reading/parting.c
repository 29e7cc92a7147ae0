#include "reading/parting.h"

#include "base/utf8.h"
#include "reading/abbreviation.h"
#include "reading/figure.h"
#include "reading/syllable.h"

#include <string.h>

struct wsp_char wsp_run_char(const struct wsp_unparted *run, size_t at)
{
    return at < run->end ? wsp_char_at(run->text, at, run->end) : (struct wsp_char){0};
}

bool wsp_run_is_number(const struct wsp_unparted *run, size_t at)
{
    return wsp_run_char(run, at).class == WSP_CHAR_DIGIT;
}

bool wsp_run_is_letter(const struct wsp_unparted *run, size_t at)
{
    return wsp_run_char(run, at).class == WSP_CHAR_LETTER;
}

bool wsp_run_follows_number(const struct wsp_unparted *run, size_t at)
{
    return at > run->begin && wsp_char_before(run->text, run->begin, at).class == WSP_CHAR_DIGIT;
}

static struct wsp_str last_word(const struct wsp_unparted *run, const struct wsp_tokens *tokens)
{
    const struct wsp_token *last = tokens->n > 0 ? &tokens->items[tokens->n - 1] : NULL;
    return last ? (struct wsp_str){run->text + last->begin, last->end - last->begin} : WSP_STR("");
}

/* "1.Thời gian", "Điều 5.Hiệu lực", "1/Nhà": the mark is a token of its own. Only Vietnamese
 * words part from it: "2.Net" or "5G" do not. */
static bool parts_mark(const struct wsp_unparted *run, size_t begin, size_t at, struct wsp_char c)
{
    if (c.code != '.' && c.code != '/' && c.code != '-')
        return false;
    size_t word = at + c.len, end = word;
    for (size_t p = begin; p < at; p++)
        if (run->text[p] < '0' || run->text[p] > '9')
            return false;
    while (end < run->end && wsp_run_is_letter(run, end) && end - word < 32)
        end += wsp_run_char(run, end).len;
    struct wsp_char first = wsp_run_char(run, word);
    bool ordinal = c.code == '-' && /* "thứ 2-thứ 6", "tháng 5-tháng 10" */
                   wsp_str_is_one_of((struct wsp_str){run->text + word, end - word}, "thứ tháng");
    return at > begin && end > word + first.len && (ordinal || wsp_char_is_upper(first)) &&
           wsp_char_is_lower(wsp_run_char(run, word + first.len)) &&
           wsp_syllable_parse((struct wsp_str){run->text + word, end - word}, NULL);
}

/* "THẾ GIỚI-17/5": a Vietnamese word and a number; not "COVID-19", "Y-12". */
static bool parts_word_from_number(const struct wsp_unparted *run, size_t piece, size_t at,
                                   struct wsp_char c)
{
    struct wsp_str word = {run->text + piece, at - piece};
    return wsp_run_is_number(run, at + c.len) && at > piece + 1 && wsp_syllable_parse(word, NULL);
}

/* Four digits after a comma, and a dash. */
static bool parts_years(const struct wsp_unparted *run, size_t at)
{
    size_t digits = 0;
    while (wsp_run_is_number(run, at + digits))
        digits++;
    return digits == 4 && wsp_run_char(run, at + digits).class == WSP_CHAR_DASH;
}

/* "các ngày 2,7" */
static bool several(const struct wsp_unparted *run, const struct wsp_tokens *tokens)
{
    const struct wsp_token *before = tokens->n > 1 ? &tokens->items[tokens->n - 2] : NULL;
    struct wsp_str word =
        before ? (struct wsp_str){run->text + before->begin, before->end - before->begin}
               : WSP_STR("");
    return wsp_str_is_one_of(word, "các những Các");
}

/* "67m2,2 phòng", "25-18,25-21": no decimals, because a letter or a dash stands before the digits,
 * and before a dash two more behind the comma. */
static bool ends_code_or_score(const struct wsp_unparted *run, size_t at)
{
    size_t begin = at, end = at + 1;
    while (begin > run->begin && wsp_run_follows_number(run, begin))
        begin--;
    while (wsp_run_is_number(run, end))
        end++;
    if (begin == run->begin || at - begin > 2)
        return false;
    struct wsp_char before = wsp_char_before(run->text, run->begin, begin);
    bool height = before.code == 'H' && wsp_run_is_letter(run, end); /* "cột H7,5m" */
    bool code =
        before.class == WSP_CHAR_LETTER && before.code != 'x' && before.code != 'X' && !height;
    bool score = before.class == WSP_CHAR_DASH && end - at <= 3 &&
                 wsp_run_char(run, end).class == WSP_CHAR_DASH &&
                 wsp_run_follows_number(run, begin - before.len);
    return code || score;
}

/* "1,2,3,4", "ngày 12,13,14": two commas or more, and no group that could be thousands. One comma
 * parts numbers that rise after the name of what is numbered: "phường 5,6", not "2,5". */
static bool lists_numbers(const struct wsp_unparted *run, const struct wsp_tokens *tokens,
                          size_t at)
{
    size_t begin = at, end = at, commas = 0, digits = 0;
    while (begin > run->begin &&
           (wsp_run_follows_number(run, begin) || run->text[begin - 1] == ','))
        begin--;
    for (end = begin; wsp_run_is_number(run, end) ||
                      (end < run->end && run->text[end] == ',' && wsp_run_is_number(run, end + 1));
         end++) {
        digits = run->text[end] == ',' ? 0 : digits + 1;
        commas += run->text[end] == ',';
        if (digits > 2)
            return false;
    }
    if (commas > 1)
        return true;
    struct wsp_str low = {run->text + begin, at - begin}, high = {run->text + at + 1, end - at - 1};
    return tokens->n > 0 && low.ptr[0] != '0' && high.ptr[0] != '0' &&
           wsp_digits_value(low) < wsp_digits_value(high) &&
           wsp_numbers_things(last_word(run, tokens)) &&
           (low.len > 1 || (end < run->end && run->text[end] == '/') || several(run, tokens) ||
            !wsp_str_is(last_word(run, tokens), "ngày")); /* "mỗi ngày 1,5 lít" */
}

/* Digits of the groups that stand at `at` and go on behind single blanks, dots and dashes:
 * "0987 654 321". */
static size_t digits_on(const struct wsp_unparted *run, size_t at, size_t enough)
{
    size_t digits = 0;
    for (; at < run->sentence.end; at++) {
        bool digit = wsp_utf8_is_digit((unsigned char)run->text[at]);
        bool next =
            at + 1 < run->sentence.end && wsp_utf8_is_digit((unsigned char)run->text[at + 1]);
        if (!digit && !(next && strchr(" .-", run->text[at])))
            break;
        if (!digit && digits >= enough && run->text[at + 1] == '0') /* the next number */
            break;
        digits += digit;
    }
    return digits;
}

/* "0912 345 678/0987 654 321": the slash or dash stands between two telephone numbers. */
static bool parts_phones(const struct wsp_unparted *run, size_t piece, size_t at)
{
    enum { GROUP_MIN = 3, DIGITS_MIN = 9, DIGITS_MAX = 11 };
    size_t digits = 0;
    if (at + 1 >= run->end || run->text[at + 1] != '0')
        return false;
    for (size_t p = piece; p < at; p++) {
        if (!strchr("0123456789.-", run->text[p]))
            return false;
        digits += wsp_utf8_is_digit((unsigned char)run->text[p]);
    }
    if (digits < GROUP_MIN)
        return false;
    size_t more = digits_on(run, at + 1, DIGITS_MIN);
    return more >= DIGITS_MIN && more <= DIGITS_MAX;
}

static bool is_word_at(const struct wsp_unparted *run, size_t at, const char *words)
{
    size_t end = at;
    while (wsp_run_is_letter(run, end) || wsp_run_char(run, end).class == WSP_CHAR_MARK)
        end += wsp_run_char(run, end).len;
    return end > at && wsp_str_is_one_of((struct wsp_str){run->text + at, end - at}, words);
}

/* "từ8h", "ngày15/3", "13hđến": a blank is missing between a word and a figure. */
bool wsp_run_misses_blank(const struct wsp_unparted *run, size_t piece, size_t at,
                          struct wsp_char c)
{
    static const char leads[] =
        "từ đến tới ngày Ngày tháng lúc Từ Lúc khoảng trước sau trên dưới hơn "
        "còn và gần Khu khu Ấp ấp thôn Thôn tổ Tổ lớp Lớp cấp phòng";
    if (at == piece || wsp_run_is_number(run, piece) == (c.class == WSP_CHAR_DIGIT))
        return false;
    struct wsp_str before = {run->text + piece, at - piece};
    if (c.class == WSP_CHAR_DIGIT)
        return wsp_str_is_one_of(before, leads);
    return (wsp_run_follows_number(run, at) || strchr("hg", run->text[at - 1])) &&
           is_word_at(run, at, "đến tới sáng chiều tối trưa đêm ngày hôm");
}

/* Bytes of an hour at `at`: "22h", "10h00", "7:30"; 0: none. */
static size_t hour_at(const struct wsp_unparted *run, size_t at)
{
    size_t begin = at;
    while (wsp_run_is_number(run, at) && at - begin < 3)
        at++;
    if (at == begin || at - begin > 2 || at >= run->end || !strchr("hgH:", run->text[at]))
        return 0;
    bool colon = run->text[at++] == ':';
    size_t minutes = at;
    while (wsp_run_is_number(run, at) && at - minutes < 3)
        at++;
    return at - minutes == 2 || (at == minutes && !colon) ? at - begin : 0;
}

/* "22h/23h/0h30", "10h00/22-9", "19h/20/10": the slash stands behind an hour, before a day and a
 * month or the second of three hours. "24h/7" and "19h/5" are others' business. */
static bool parts_hour(const struct wsp_unparted *run, size_t piece, size_t at)
{
    size_t next = at + 1, end = next, more, begin = at;
    while (begin > piece && at - begin < strlen("10h00") && run->text[begin - 1] != '-')
        begin--; /* "8h-10h/15-6" */
    if (hour_at(run, begin) != at - begin)
        return false;
    more = hour_at(run, next);
    if (more > 0) /* after it, or before */
        return run->text[next + more] == '/' || (piece > run->begin && run->text[piece - 1] == '/');
    while (wsp_run_is_number(run, end))
        end++;
    size_t month = end + 1;
    while (wsp_run_is_number(run, month))
        month++;
    return end > next && end - next <= 2 && end < run->end && strchr("-/.", run->text[end]) &&
           month > end + 1 && month - end <= 3 &&
           !(month < run->end && strchr("hg", run->text[month])) &&
           !(month < run->end && run->text[month] == ':' && wsp_run_is_number(run, month + 1));
}

/* The slashes of a day and a month, and perhaps a year; 0: something else stands there too. */
static size_t count_slashes(const struct wsp_unparted *run, size_t piece, size_t at)
{
    size_t slashes = 0;
    if (at - piece > strlen("31/12/2025"))
        return 0;
    for (size_t p = piece; p < at; p++) {
        slashes += run->text[p] == '/';
        if (run->text[p] != '/' && !wsp_run_is_number(run, p))
            return 0;
    }
    return slashes;
}

/* "20/10-19h": the dash leads from a day to an hour. */
static bool parts_day_from_hour(const struct wsp_unparted *run, size_t piece, size_t at)
{
    return hour_at(run, at + 1) > 0 && count_slashes(run, piece, at) > 0;
}

/* "Sở-6h20": a word before the dash, an hour behind. */
static bool parts_word_from_hour(const struct wsp_unparted *run, size_t at)
{
    bool word = at > run->begin + 1 &&
                wsp_char_is_lower(wsp_char_before(run->text, run->begin, at)) &&
                !wsp_run_follows_number(run, at - 1);
    return word && hour_at(run, at + 1) > 3;
}

/* "8h30-15/6/2024": and from an hour to its day. */
static bool parts_hour_from_day(const struct wsp_unparted *run, size_t piece, size_t at)
{
    struct wsp_str day = {run->text + at + 1, at + 1 < run->end ? run->end - at - 1 : 0};
    size_t digits = wsp_digits_at(day, 0);
    return hour_at(run, piece) == at - piece && at > piece && digits > 0 && digits <= 2 &&
           digits + 1 < day.len && day.ptr[digits] == '/' && wsp_digits_at(day, digits + 1) > 0;
}

/* "40k.LH:0912": a dot behind a price, and capitals. */
static bool parts_price(const struct wsp_unparted *run, size_t piece, size_t at)
{
    enum { LONGEST = 24 };
    struct wsp_figure figure;
    if (at - piece > LONGEST || !wsp_char_is_upper(wsp_run_char(run, at + 1)))
        return false;
    size_t len = wsp_figure_read((struct wsp_str){run->text + piece, at - piece}, 0, &figure);
    struct wsp_str unit = {run->text + piece + len, at - piece - len};
    return len > 0 && wsp_str_is_one_of(unit, "k K đ tr tr/tháng k/kg đ/kg");
}

/* "24/4" and nothing else before it. */
static bool follows_day(const struct wsp_unparted *run, size_t piece, size_t at)
{
    return count_slashes(run, piece, at) == 1 && at - piece <= strlen("31/12");
}

/* "24,25/12": two days of a month. */
static bool lists_days(const struct wsp_unparted *run, size_t at)
{
    size_t begin = at, end = at + 1;
    while (begin > run->begin && at - begin < 3 && wsp_run_follows_number(run, begin))
        begin--;
    while (wsp_run_is_number(run, end) && end - at < 4)
        end++;
    struct wsp_str low = {run->text + begin, at - begin}, high = {run->text + at + 1, end - at - 1};
    struct wsp_str month = {run->text + end + 1, end + 1 < run->end ? run->end - end - 1 : 0};
    month.len = wsp_digits_at(month, 0);
    return low.len == 2 && high.len > 0 && high.len <= 2 && end < run->end &&
           run->text[end] == '/' && month.len > 0 && month.len <= 2 &&
           wsp_digits_value(low) < wsp_digits_value(high) && wsp_digits_value(high) <= 31 &&
           wsp_digits_value(month) <= 12;
}

/* A comma, colon or semicolon between two numbers: "2021-2025,2026-2030" (years are no thousands),
 * "24/4,14h", "30/6:18.450", "tuyến 3:6h10"; not "2,5", "8:30". */
static bool parts_numbers(const struct wsp_unparted *run, const struct wsp_tokens *tokens,
                          size_t piece, size_t at, struct wsp_char c)
{
    size_t hour = hour_at(run, at + 1);
    bool colons = memchr(run->text + at + 1, ':', hour);
    if (c.code == ';' || (c.code == ':' && hour > strlen("6h") && !colons))
        return true;
    if (follows_day(run, piece, at) && (c.code == ':' || hour > 0))
        return true;
    return parts_years(run, at + c.len) ||
           (c.code == ',' &&
            (lists_numbers(run, tokens, at) || ends_code_or_score(run, at) || lists_days(run, at)));
}

bool wsp_run_parts(const struct wsp_unparted *run, const struct wsp_tokens *tokens, size_t piece,
                   size_t at, struct wsp_char c)
{
    bool numbers = wsp_run_follows_number(run, at) && wsp_run_is_number(run, at + c.len);
    switch (c.class) {
    case WSP_CHAR_OPEN:
    case WSP_CHAR_CLOSE:
        return true;
    case WSP_CHAR_QUOTE: /* "O'Neil", "21°01'42"" */
        return c.code == '"' && !wsp_run_follows_number(run, at);
    case WSP_CHAR_COMMA:
        return !numbers || parts_numbers(run, tokens, piece, at, c);
    case WSP_CHAR_STOP:
        if (c.code == '!' && wsp_run_char(run, at + c.len).code == '=') /* "x != 3" */
            return false;
        return c.code != '.' || wsp_run_char(run, at + c.len).code == '.' ||
               (at > run->begin && run->text[at - 1] == '.') || parts_mark(run, piece, at, c) ||
               parts_price(run, piece, at);
    case WSP_CHAR_DASH: /* "2010-nay" */
        return (wsp_run_follows_number(run, at) && is_word_at(run, at + c.len, "nay")) ||
               c.code == 0x2014 || c.code == 0x2015 || parts_mark(run, piece, at, c) ||
               parts_word_from_number(run, piece, at, c) ||
               (c.code == '-' &&
                (parts_word_from_hour(run, at) || parts_phones(run, piece, at) ||
                 parts_day_from_hour(run, piece, at) || parts_hour_from_day(run, piece, at)));
    case WSP_CHAR_SIGN:
        return parts_mark(run, piece, at, c) ||
               (c.code == '/' && (parts_phones(run, piece, at) || parts_hour(run, piece, at)));
    case WSP_CHAR_SILENT: /* "C:\Users", "ten_tep", "a|b"; not "2*3", "#an_toan" */
        return c.code >= 0x80 || strchr("|\\`", (int)c.code) ||
               (strchr("_*", (int)c.code) && !numbers && run->text[piece] != '#' &&
                !(c.code == '*' && wsp_run_is_number(run, piece) &&
                  wsp_run_is_number(run, at + 1)));
    default:
        return false;
    }
}

static bool rises(const struct wsp_figure *from, const struct wsp_figure *to)
{
    int order = strcmp(from->digits, to->digits);
    bool decimals = from->decimals.len > 0 && to->decimals.len > 0;
    return from->n_digits < to->n_digits ||
           (from->n_digits == to->n_digits && (order < 0 || (order == 0 && decimals)));
}

bool wsp_run_ends_range(const struct wsp_unparted *run, const struct wsp_tokens *tokens,
                        size_t begin, size_t end)
{
    struct wsp_figure from, to;
    struct wsp_unparted before = *run;
    struct wsp_str low = last_word(run, tokens);
    size_t dash = wsp_dash_at((struct wsp_str){run->text + begin, end - begin}, 0);
    struct wsp_str high = {run->text + begin + dash, end - begin - dash};
    if (dash == 0 || begin != run->begin || low.len == 0 ||
        low.ptr + low.len + 1 != run->text + begin || low.ptr[low.len] != ' ')
        return false;
    before.end = begin; /* "16h30 -18h30" */
    if (hour_at(run, begin + dash) > 0 &&
        hour_at(&before, (size_t)(low.ptr - run->text)) == low.len)
        return true;
    size_t first = wsp_figure_read(low, 0, &from), second = wsp_figure_read(high, 0, &to);
    struct wsp_str unit = {low.ptr + first, low.len - first};
    struct wsp_str other = {high.ptr + second, high.len - second};
    bool alike = unit.len == 0 || wsp_str_equal(unit, other); /* "3 -4 kg", "30k -35k" */
    return first > 0 && second > 0 && alike && from.grouped == to.grouped && rises(&from, &to);
}
