/* Tokens. What stands between two of them is punctuation (shown, and a pause by the table
 * below) or has nothing to say (emoji, bullets, "***"); whatever sounds is inside a token. */
#include "reading/token.h"

#include "base/utf8.h"
#include "reading/abbreviation.h"
#include "reading/alphabet.h"
#include "reading/chars.h"
#include "reading/figure.h"
#include "reading/sign.h"
#include "reading/syllable.h"

#include <string.h>

/* ---- what is said ---- */

struct run {
    const char *text;
    size_t begin, end;
    struct wsp_span sentence;
    bool whole;  /* an address: nothing inside it is touched */
    bool bullet; /* a sign at its beginning is a mark */
};

static struct wsp_char char_or_none(const struct run *run, size_t at)
{
    return at < run->end ? wsp_char_at(run->text, at, run->end) : (struct wsp_char){0};
}

static bool is_number_at(const struct run *run, size_t at)
{
    return char_or_none(run, at).class == WSP_CHAR_DIGIT;
}

static bool is_letter_at(const struct run *run, size_t at)
{
    return char_or_none(run, at).class == WSP_CHAR_LETTER;
}

static bool number_before(const struct run *run, size_t at)
{
    return at > run->begin && wsp_char_before(run->text, run->begin, at).class == WSP_CHAR_DIGIT;
}

static struct wsp_str last_word(const struct run *run, const struct wsp_tokens *tokens)
{
    const struct wsp_token *last = tokens->n > 0 ? &tokens->items[tokens->n - 1] : NULL;
    return last ? (struct wsp_str){run->text + last->begin, last->end - last->begin} : WSP_STR("");
}

static bool is_address(const struct run *run)
{
    struct wsp_str text = {run->text + run->begin, run->end - run->begin};
    return memchr(text.ptr, '@', text.len) || memmem(text.ptr, text.len, "://", 3) ||
           (text.len > 4 && memcmp(text.ptr, "www.", 4) == 0);
}

/* "1.Thời gian", "Điều 5.Hiệu lực", "1/Nhà": the mark is a token of its own. Only Vietnamese
 * words part from it: "2.Net" or "5G" do not. */
static bool parts_mark(const struct run *run, size_t begin, size_t at, struct wsp_char c)
{
    if (c.code != '.' && c.code != '/' && c.code != '-')
        return false;
    size_t word = at + c.len, end = word;
    for (size_t p = begin; p < at; p++)
        if (run->text[p] < '0' || run->text[p] > '9')
            return false;
    while (end < run->end && is_letter_at(run, end) && end - word < 32)
        end += char_or_none(run, end).len;
    struct wsp_char first = char_or_none(run, word);
    bool ordinal = c.code == '-' && /* "thứ 2-thứ 6" */
                   wsp_str_is((struct wsp_str){run->text + word, end - word}, "thứ");
    return at > begin && end > word + first.len && (ordinal || wsp_char_is_upper(first)) &&
           wsp_char_is_lower(char_or_none(run, word + first.len)) &&
           wsp_syllable_parse((struct wsp_str){run->text + word, end - word}, NULL);
}

/* "THẾ GIỚI-17/5": a Vietnamese word and a number; not "COVID-19", "Y-12". */
static bool parts_word_from_number(const struct run *run, size_t piece, size_t at,
                                   struct wsp_char c)
{
    struct wsp_str word = {run->text + piece, at - piece};
    return is_number_at(run, at + c.len) && at > piece + 1 && wsp_syllable_parse(word, NULL);
}

/* Four digits after a comma, and a dash. */
static bool parts_years(const struct run *run, size_t at)
{
    size_t digits = 0;
    while (is_number_at(run, at + digits))
        digits++;
    return digits == 4 && char_or_none(run, at + digits).class == WSP_CHAR_DASH;
}

/* "các ngày 2,7" */
static bool several(const struct run *run, const struct wsp_tokens *tokens)
{
    const struct wsp_token *before = tokens->n > 1 ? &tokens->items[tokens->n - 2] : NULL;
    struct wsp_str word =
        before ? (struct wsp_str){run->text + before->begin, before->end - before->begin}
               : WSP_STR("");
    return wsp_str_is_one_of(word, "các những Các");
}

/* "67m2,2 phòng", "25-18,25-21": no decimals, because a letter or a dash stands before the digits,
 * and before a dash two more behind the comma. */
static bool ends_code_or_score(const struct run *run, size_t at)
{
    size_t begin = at, end = at + 1;
    while (begin > run->begin && number_before(run, begin))
        begin--;
    while (is_number_at(run, end))
        end++;
    if (begin == run->begin || at - begin > 2)
        return false;
    struct wsp_char before = wsp_char_before(run->text, run->begin, begin);
    bool height = before.code == 'H' && is_letter_at(run, end); /* "cột H7,5m" */
    bool code =
        before.class == WSP_CHAR_LETTER && before.code != 'x' && before.code != 'X' && !height;
    bool score = before.class == WSP_CHAR_DASH && end - at <= 3 &&
                 char_or_none(run, end).class == WSP_CHAR_DASH &&
                 number_before(run, begin - before.len);
    return code || score;
}

/* "1,2,3,4", "ngày 12,13,14": two commas or more, and no group that could be thousands. One comma
 * parts numbers that rise after the name of what is numbered: "phường 5,6", not "2,5". */
static bool lists_numbers(const struct run *run, const struct wsp_tokens *tokens, size_t at)
{
    size_t begin = at, end = at, commas = 0, digits = 0;
    while (begin > run->begin && (number_before(run, begin) || run->text[begin - 1] == ','))
        begin--;
    for (end = begin; is_number_at(run, end) ||
                      (end < run->end && run->text[end] == ',' && is_number_at(run, end + 1));
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
static size_t digits_on(const struct run *run, size_t at, size_t enough)
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
static bool parts_phones(const struct run *run, size_t piece, size_t at)
{
    enum { GROUP_MIN = 3, DIGITS_MIN = 9, DIGITS_MAX = 11 };
    size_t digits = 0;
    for (size_t p = piece; p < at; p++) {
        if (!strchr("0123456789.-", run->text[p]))
            return false;
        digits += wsp_utf8_is_digit((unsigned char)run->text[p]);
    }
    if (digits < GROUP_MIN || at + 1 >= run->end || run->text[at + 1] != '0')
        return false;
    size_t more = digits_on(run, at + 1, DIGITS_MIN);
    return more >= DIGITS_MIN && more <= DIGITS_MAX;
}

static bool is_word_at(const struct run *run, size_t at, const char *words)
{
    size_t end = at;
    while (is_letter_at(run, end) || char_or_none(run, end).class == WSP_CHAR_MARK)
        end += char_or_none(run, end).len;
    return end > at && wsp_str_is_one_of((struct wsp_str){run->text + at, end - at}, words);
}

/* "từ8h", "ngày15/3", "13hđến": a blank is missing between a word and a figure. */
static bool misses_blank(const struct run *run, size_t piece, size_t at, struct wsp_char c)
{
    static const char leads[] =
        "từ đến tới ngày Ngày tháng lúc Từ Lúc khoảng trước sau trên dưới hơn "
        "còn và gần Khu khu Ấp ấp thôn Thôn tổ Tổ lớp Lớp cấp phòng";
    if (at == piece || is_number_at(run, piece) == (c.class == WSP_CHAR_DIGIT))
        return false;
    struct wsp_str before = {run->text + piece, at - piece};
    if (c.class == WSP_CHAR_DIGIT)
        return wsp_str_is_one_of(before, leads);
    return (number_before(run, at) || strchr("hg", run->text[at - 1])) &&
           is_word_at(run, at, "đến tới sáng chiều tối trưa đêm ngày hôm");
}

/* Bytes of an hour at `at`: "22h", "10h00", "7:30"; 0: none. */
static size_t hour_at(const struct run *run, size_t at)
{
    size_t begin = at;
    while (is_number_at(run, at) && at - begin < 3)
        at++;
    if (at == begin || at - begin > 2 || at >= run->end || !strchr("hgH:", run->text[at]))
        return 0;
    bool colon = run->text[at++] == ':';
    size_t minutes = at;
    while (is_number_at(run, at))
        at++;
    return at - minutes == 2 || (at == minutes && !colon) ? at - begin : 0;
}

/* "22h/23h/0h30", "10h00/22-9", "19h/20/10": the slash stands behind an hour, before a day and a
 * month or the second of three hours. "24h/7" and "19h/5" are others' business. */
static bool parts_hour(const struct run *run, size_t piece, size_t at)
{
    size_t next = at + 1, end = next, more;
    if (hour_at(run, piece) != at - piece)
        return false;
    more = hour_at(run, next);
    if (more > 0) /* after it, or before */
        return run->text[next + more] == '/' || (piece > run->begin && run->text[piece - 1] == '/');
    while (is_number_at(run, end))
        end++;
    size_t month = end + 1;
    while (is_number_at(run, month))
        month++;
    return end > next && end - next <= 2 && end < run->end && strchr("-/.", run->text[end]) &&
           month > end + 1 && month - end <= 3 &&
           !(month < run->end && strchr("hg", run->text[month])) &&
           !(month < run->end && run->text[month] == ':' && is_number_at(run, month + 1));
}

/* "20/10-19h": the dash leads from a day to an hour. */
static bool parts_day_from_hour(const struct run *run, size_t piece, size_t at)
{
    size_t slashes = 0;
    for (size_t p = piece; p < at; p++) {
        slashes += run->text[p] == '/';
        if (run->text[p] != '/' && !is_number_at(run, p))
            return false;
    }
    return slashes > 0 && hour_at(run, at + 1) > 0;
}

/* "24/4" and nothing else before it. */
static bool follows_day(const struct run *run, size_t piece, size_t at)
{
    size_t slashes = 0;
    for (size_t p = piece; p < at; p++) {
        slashes += run->text[p] == '/';
        if (run->text[p] != '/' && !is_number_at(run, p))
            return false;
    }
    return slashes == 1 && at - piece <= 5;
}

/* "24,25/12": two days of a month. */
static bool lists_days(const struct run *run, size_t at)
{
    size_t begin = at, end = at + 1;
    while (begin > run->begin && number_before(run, begin))
        begin--;
    while (is_number_at(run, end))
        end++;
    struct wsp_str low = {run->text + begin, at - begin}, high = {run->text + at + 1, end - at - 1};
    struct wsp_str month = {run->text + end + 1, end + 1 < run->end ? run->end - end - 1 : 0};
    month.len = wsp_digits_at(month, 0);
    return low.len == 2 && high.len > 0 && high.len <= 2 && end < run->end &&
           run->text[end] == '/' && month.len > 0 && month.len <= 2 &&
           wsp_digits_value(low) < wsp_digits_value(high) && wsp_digits_value(high) <= 31 &&
           wsp_digits_value(month) <= 12;
}

/* Does the character at `at` part the run although there is no blank? "anh,chị", "vui…quá",
 * "người(cả già)"; not "2,5", "8:30", "TP.HCM". */
static bool parts(const struct run *run, const struct wsp_tokens *tokens, size_t piece, size_t at,
                  struct wsp_char c)
{
    bool numbers = number_before(run, at) && is_number_at(run, at + c.len);
    switch (c.class) {
    case WSP_CHAR_OPEN:
    case WSP_CHAR_CLOSE:
        return true;
    case WSP_CHAR_QUOTE: /* "O'Neil", "21°01'42"" */
        return c.code == '"' && !number_before(run, at);
    case WSP_CHAR_COMMA: /* "2021-2025,2026-2030": years are no thousands; "24/4,14h", "30/6:18.450"
                          */
        if (numbers && follows_day(run, piece, at) && (c.code == ':' || hour_at(run, at + 1) > 0))
            return true;
        return c.code == ';' || !numbers || parts_years(run, at + c.len) ||
               (c.code == ',' && (lists_numbers(run, tokens, at) || ends_code_or_score(run, at) ||
                                  lists_days(run, at)));
    case WSP_CHAR_STOP:
        if (c.code == '!' && char_or_none(run, at + c.len).code == '=') /* "x != 3" */
            return false;
        return c.code != '.' || char_or_none(run, at + c.len).code == '.' ||
               (at > run->begin && run->text[at - 1] == '.') || parts_mark(run, piece, at, c);
    case WSP_CHAR_DASH:
        return c.code == 0x2014 || c.code == 0x2015 || parts_mark(run, piece, at, c) ||
               parts_word_from_number(run, piece, at, c) ||
               (c.code == '-' &&
                (parts_phones(run, piece, at) || parts_day_from_hour(run, piece, at)));
    case WSP_CHAR_SIGN:
        return parts_mark(run, piece, at, c) ||
               (c.code == '/' && (parts_phones(run, piece, at) || parts_hour(run, piece, at)));
    case WSP_CHAR_SILENT: /* "C:\Users", "ten_tep", "a|b"; not "2*3", "#an_toan" */
        return c.code >= 0x80 || strchr("|\\`", (int)c.code) ||
               (strchr("_*", (int)c.code) && !numbers && run->text[piece] != '#' &&
                !(c.code == '*' && is_number_at(run, piece) && is_number_at(run, at + 1)));
    default:
        return false;
    }
}

/* "Sa Pa:-2°C", "Lai Châu,-1,5 độ"; "gồm:-5 suất" has a bullet. */
static bool counts_degrees(const struct run *run, size_t at)
{
    static const char *const units[] = {"°", "º", " độ"};
    while (is_number_at(run, at) || (is_number_at(run, at + 1) && run->text[at] == ','))
        at++;
    for (size_t i = 0; i < WSP_LEN(units); i++) {
        size_t len = strlen(units[i]);
        if (at + len <= run->sentence.end && memcmp(run->text + at, units[i], len) == 0)
            return true;
    }
    return false;
}

static bool is_minus(const struct run *run, size_t at, struct wsp_char c)
{
    bool sign = c.code == '+' || c.code == '-' || c.code == 0x2212 ||
                (c.code >= 0x2010 && c.code <= 0x2013);
    struct wsp_char before =
        at > run->begin ? wsp_char_before(run->text, run->begin, at) : (struct wsp_char){0};
    bool first = at == run->begin || before.class == WSP_CHAR_OPEN;
    bool joined = before.class == WSP_CHAR_COMMA || before.class == WSP_CHAR_STOP;
    first |= before.code == '|'; /* a table: "62.000|-500" */
    return sign && (first || (joined && counts_degrees(run, at + c.len))) &&
           is_number_at(run, at + c.len) && !(run->bullet && at == run->begin);
}

/* The "BĐ2" of ">BĐ2": the alarm for floods. */
static bool is_alarm_at(const struct run *run, size_t at)
{
    static const char alarm[] = "BĐ";
    size_t len = strlen(alarm);
    return run->end > at + len && memcmp(run->text + at, alarm, len) == 0 &&
           (is_number_at(run, at + len) || run->text[at + len] == 'I');
}

/* ">=18" */
static bool compares_at(const struct run *run, size_t at)
{
    return at + 2 <= run->end && is_number_at(run, at + 2) &&
           wsp_sign_is_comparison((struct wsp_str){run->text + at, 2});
}

/* Is the character at the beginning of a piece no part of the word? */
static bool is_outer_left(const struct run *run, size_t at, struct wsp_char c)
{
    switch (c.class) {
    case WSP_CHAR_DASH:
        return !is_minus(run, at, c);
    case WSP_CHAR_STOP: /* ".5", "!=0" */
        return (c.code != '.' || !is_number_at(run, at + c.len)) && !compares_at(run, at);
    case WSP_CHAR_SIGN: /* "+Nhà", "<tin@xa.vn>", "~~Tin"; "+84", "<5", "<-3", "$5", "#tin" stay */
        return c.code == '/' ||
               (c.code < 0x80 && strchr("+<>=~", (int)c.code) && !is_number_at(run, at + c.len) &&
                !(strchr("<>", (int)c.code) && at + 2 < run->end && run->text[at + 1] == '-' &&
                  is_number_at(run, at + 2)) &&
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
static bool is_quoted(const struct run *run, size_t at, uint32_t code)
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
static bool is_outer_right(const struct run *run, size_t begin, size_t at, struct wsp_char c)
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
            number_before(run, at - 1))
            return false;
        return !number_before(run, at) || is_quoted(run, begin, c.code);
    default:
        return true;
    }
}

/* "bón 3 -4 kg": a number that the one before it leads up to, one blank between; no minus. */
static bool ends_range(const struct run *run, const struct wsp_tokens *tokens, size_t begin,
                       size_t end)
{
    struct wsp_str low = last_word(run, tokens);
    size_t dash = wsp_dash_at((struct wsp_str){run->text + begin, end - begin}, 0);
    struct wsp_str high = {run->text + begin + dash, end - begin - dash};
    struct run before = *run; /* "16h30 -18h30" */
    before.end = begin;
    if (dash > 0 && begin == run->begin && hour_at(run, begin + dash) > 0 && low.len > 0 &&
        low.ptr + low.len + 1 == run->text + begin &&
        hour_at(&before, (size_t)(low.ptr - run->text)) == low.len)
        return true;
    struct wsp_figure from, to; /* "30k -35k", "100.000 -200.000" */
    size_t first = wsp_figure_read(low, 0, &from), second = wsp_figure_read(high, 0, &to);
    if (dash > 0 && begin == run->begin && first > 0 && second > 0 &&
        low.ptr + low.len + 1 == run->text + begin &&
        (from.grouped
             ? to.grouped
             : low.len > first &&
                   wsp_str_equal((struct wsp_str){low.ptr + first, low.len - first},
                                 (struct wsp_str){high.ptr + second, high.len - second})) &&
        (from.n_digits < to.n_digits ||
         (from.n_digits == to.n_digits && strcmp(from.digits, to.digits) < 0)))
        return true;
    bool decimals = first == low.len && from.decimals.len > 0 && second > 0 && /* "0,5 -0,8" */
                    to.decimals.len > 0 && strcmp(from.digits, to.digits) <= 0;
    if (dash > 0 && begin == run->begin && decimals && low.ptr + low.len + 1 == run->text + begin)
        return true;
    high.len = wsp_digits_at(high, 0);
    return dash > 0 && begin == run->begin && low.len > 0 && wsp_digits_at(low, 0) == low.len &&
           low.ptr + low.len + 1 == run->text + begin && low.len <= 9 && high.len <= 9 &&
           wsp_digits_value(low) < wsp_digits_value(high);
}

static void add_token(struct wsp_tokens *tokens, size_t begin, size_t end)
{
    if (tokens->n < WSP_TOKENS)
        tokens->items[tokens->n++] =
            (struct wsp_token){.begin = (uint32_t)begin, .end = (uint32_t)end};
}

/* A lone sign has a name, "&", and a comparison, ">="; a row of them is a line or an arrow. */
static bool has_words(const struct run *run, size_t begin, size_t end)
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
static bool is_degree_of_finding(const struct run *run, size_t begin, size_t end)
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
static bool is_finding(const struct run *run, size_t begin, size_t end)
{
    return begin > run->begin && end > begin && run->text[begin - 1] == '(' &&
           wsp_dash_at((struct wsp_str){run->text + begin, end - begin}, 0) == end - begin &&
           char_or_none(run, end).code == ')';
}

/* Bytes of the "<" of "SpO2< 90%", the ">=" of "SpO2>= 90%": at the end of a run, and a number
 * after the blank. 0: there is none. */
static size_t compares_next(const struct run *run, size_t begin)
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

static void add_piece(struct wsp_tokens *tokens, const struct run *run, size_t begin, size_t end)
{
    if (is_finding(run, begin, end) || is_degree_of_finding(run, begin, end))
        add_token(tokens, begin, end);
    if (!has_words(run, begin, end))
        return;
    bool free_before = begin == run->begin || wsp_char_before(run->text, run->begin, begin).class ==
                                                  WSP_CHAR_OPEN; /* "(+)" */
    bool free_after = end == run->end || char_or_none(run, end).class == WSP_CHAR_CLOSE;
    bool pair = wsp_sign_is_comparison((struct wsp_str){run->text + begin, end - begin});
    bool lone = free_before && free_after &&
                (pair || wsp_char_at(run->text, begin, end).len == end - begin);
    if (lone && (pair || wsp_char_at(run->text, begin, end).class == WSP_CHAR_SIGN)) {
        if (begin > run->sentence.begin || run->text[begin] != '+') /* "+ Thời gian" */
            add_token(tokens, begin, end);
        return;
    }
    while (begin < end) {
        struct wsp_char c = wsp_char_at(run->text, begin, run->end);
        if (!is_outer_left(run, begin, c) && !ends_range(run, tokens, begin, end))
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

static void add_run(struct wsp_tokens *tokens, struct run *run)
{
    run->whole = is_address(run);
    size_t piece = run->begin;
    bool other = false;
    for (size_t at = run->begin; at < run->end && !run->whole;) {
        struct wsp_char c = wsp_char_at(run->text, at, run->end);
        if (changes_alphabet(c, at == piece, &other) || misses_blank(run, piece, at, c)) {
            add_piece(tokens, run, piece, at);
            piece = at;
        }
        if (parts(run, tokens, piece, at, c)) {
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
    {',', PAUSE_COMMA},   {0x3001, PAUSE_COMMA}, {0xFF0C, PAUSE_COMMA},   {';', PAUSE_COLON},
    {':', PAUSE_COLON},   {0xFF1A, PAUSE_COLON}, {0xFF1B, PAUSE_COLON},   {'!', PAUSE_COLON},
    {'?', PAUSE_COLON},   {0x2026, PAUSE_COLON}, {'.', PAUSE_COLON},      {'(', PAUSE_BRACKET},
    {')', PAUSE_BRACKET}, {'[', PAUSE_BRACKET},  {']', PAUSE_BRACKET},    {'{', PAUSE_BRACKET},
    {'/', PAUSE_COMMA},   {'}', PAUSE_BRACKET},  {'|', PAUSE_COMMA},      {0x2022, PAUSE_COMMA},
    {0x2014, PAUSE_DASH}, {0x2015, PAUSE_DASH},  {0xFF08, PAUSE_BRACKET}, {0xFF09, PAUSE_BRACKET},
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

static uint8_t kind_of(struct wsp_str word)
{
    if (!wsp_syllable_parse(word, NULL))
        return WSP_TOKEN_OTHER;
    bool upper = wsp_char_is_upper(wsp_char_at(word.ptr, 0, word.len));
    size_t first = wsp_char_at(word.ptr, 0, word.len).len;
    for (size_t at = first; at < word.len;) {
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        if (wsp_char_is_upper(c))
            return WSP_TOKEN_OTHER;
        at += c.len;
    }
    if (upper && first == word.len) /* "A" */
        return WSP_TOKEN_OTHER;
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
        if (tokens->items[i].kind != WSP_TOKEN_OTHER) {
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
        struct run run = {.text = text, .begin = begin, .end = at, .sentence = sentence};
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
