/* Places on a road and on the globe: "Km25+300", "số nhà 101-102A", "phòng 2.05", "16°03'N
 * 108°12'E", "15,5°N".
 */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/date.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/vi_number.h"

#include <string.h>

/* ---- chainage ---- */

static bool is_km(struct wsp_str text, size_t len)
{
    return len == 2 && (text.ptr[0] | 0x20) == 'k' && (text.ptr[1] | 0x20) == 'm';
}

/* "Km25+300" or, `led` by "km" before it, "25+300", at byte `at`. Returns its bytes. */
static size_t say_chainage(struct wsp_buf *words, struct wsp_str text, size_t at, bool led)
{
    size_t begin = at;
    struct wsp_str all = {text.ptr + at, text.len - at};
    bool km = all.len > 2 && is_km(all, 2) && !wsp_is_unit(all);               /* "km2" */
    bool dyke = all.len > 2 && all.ptr[0] == 'K' && wsp_digits_at(all, 1) > 0; /* "K25+100" */
    at += km ? 2 : dyke;
    struct wsp_figure whole;
    size_t len = wsp_figure_read(text, at, &whole);
    if (!(km || dyke || led) || len == 0 || whole.sign || whole.n_digits > 5)
        return 0;
    at += len;
    size_t metres = at < text.len && text.ptr[at] == '+' ? wsp_digits_at(text, at + 1) : 0;
    if (metres == 0 && !km)
        return 0;
    if (km || dyke)
        wsp_vi_add(words, km ? "ki lô mét" : "ca");
    wsp_figure_say(words, &whole);
    if (metres > 0) {
        struct wsp_str rest = {text.ptr + at + 1, metres};
        wsp_vi_add(words, "cộng");
        if (wsp_digits_value(rest) == 0)
            wsp_vi_add(words, "không");
        else
            wsp_vi_cardinal(words, rest);
        at += 1 + metres;
    }
    return at - begin;
}

/* ---- houses ---- */

/* "102A": a number and perhaps a capital, which is no ampere here. Returns its bytes. */
static size_t say_house(const struct wsp_reading *reading, struct wsp_buf *words,
                        struct wsp_str text, size_t at)
{
    size_t digits = wsp_digits_at(text, at);
    struct wsp_str letter = {text.ptr + at + digits, 1};
    bool lettered = at + digits < text.len && letter.ptr[0] >= 'A' && letter.ptr[0] <= 'Z';
    if (digits > 0)
        wsp_vi_cardinal(words, (struct wsp_str){text.ptr + at, digits});
    if (digits > 0 && lettered)
        (void)wsp_add_letter_names(reading, words, letter, 1);
    return digits > 0 ? digits + lettered : 0;
}

/* "số nhà 101-102A" */
static bool say_houses(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (!wsp_context_is(reading, at, -1, "nhà hẻm ngõ ngách kiệt") ||
        wsp_digits_at(text, text.len - 1) > 0) /* "thắng chủ nhà 3-1" */
        return false;
    size_t first = say_house(reading, words, text, 0);
    size_t dash = first > 0 ? wsp_dash_at(text, first) : 0;
    if (dash == 0)
        return false;
    wsp_vi_add(words, "đến");
    size_t second = say_house(reading, words, text, first + dash);
    return second > 0 && first + dash + second == text.len;
}

/* "…, Q1, TP.HCM", "ở Q12": a district; a quarter of the year has no more than four, and no comma
 * before it. */
static bool say_district(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    enum { QUARTERS = 4, DISTRICTS = 12 };
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_str number = {text.ptr + 1, text.len > 0 ? text.len - 1 : 0};
    if (number.len == 0 || number.len > 2 || text.ptr[0] != 'Q' ||
        wsp_digits_at(number, 0) != number.len || !wsp_in_range(number, 1, DISTRICTS))
        return false;
    bool behind = at > 0 && reading->tokens[at - 1].pause_ms > 0 &&
                  wsp_str_is(wsp_token_gap(reading, at - 1), ", ");
    if (wsp_digits_value(number) <= QUARTERS && !behind &&
        !wsp_context_is(reading, at, -1, "ở tại về qua tới đến"))
        return false;
    wsp_vi_add(words, "quận");
    wsp_vi_cardinal(words, number);
    return true;
}

/* "phòng 2.05": the floor and the door. */
static bool say_room(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t floor = wsp_digits_at(text, 0);
    struct wsp_str door = {text.ptr + floor + 1, text.len > floor ? text.len - floor - 1 : 0};
    if (floor == 0 || floor > 2 || door.len != 2 || text.ptr[floor] != '.' ||
        wsp_digits_at(door, 0) != door.len || !wsp_context_is(reading, at, -1, "phòng"))
        return false;
    wsp_vi_cardinal(words, (struct wsp_str){text.ptr, floor});
    wsp_vi_add(words, "chấm");
    wsp_vi_digits(words, door);
    return true;
}

/* ---- on a road ---- */

/* "km" that stands before "8+500". */
static bool leads_chainage(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    size_t digits = wsp_digits_at(next, 0);
    return is_km(text, text.len) && digits > 0 && (digits == next.len || next.ptr[digits] == '+');
}

static bool say_chainages(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (leads_chainage(reading, at)) {
        wsp_vi_add(words, "ki lô mét");
        return true;
    }
    bool led =
        wsp_context_is(reading, at, -1, "km trình") || wsp_context_is(reading, at, -3, "km trình");
    if (led && !memchr(text.ptr, '+', text.len)) /* "km 25" is a number like others */
        return false;
    size_t end = say_chainage(words, text, 0, led);
    size_t dash = end > 0 ? wsp_dash_at(text, end) : 0;
    if (dash > 0) {
        wsp_vi_add(words, "đến");
        size_t more = say_chainage(words, text, end + dash, true);
        end = more > 0 ? end + dash + more : 0;
    }
    if (end == 0 || end != text.len)
        return false;
    struct wsp_buf next = WSP_BUF_INIT(256);
    bool range = dash == 0 && wsp_dash_follows(reading, at) &&
                 say_chainage(&next, wsp_token_text(reading, at + 1), 0, false) > 0;
    wsp_buf_release(&next);
    struct wsp_str after = wsp_token_text(reading, at + 1); /* "km52 - km 54" */
    if (range || (dash == 0 && wsp_dash_follows(reading, at) && after.len >= 2 && is_km(after, 2)))
        wsp_vi_add(words, "đến");
    return true;
}

/* ---- degrees ---- */

static const struct {
    const char *written, *spoken;
} directions[] = {{"N", "Bắc"},  {"S", "Nam"},   {"E", "Đông"},  {"W", "Tây"},     {"B", "Bắc"},
                  {"Đ", "Đông"}, {"Bắc", "Bắc"}, {"Nam", "Nam"}, {"Đông", "Đông"}, {"Tây", "Tây"}};

static bool begins(struct wsp_str text, size_t at, const char *with)
{
    size_t len = strlen(with);
    return at <= text.len && text.len - at >= len && memcmp(text.ptr + at, with, len) == 0;
}

static size_t sign_at(struct wsp_str text, size_t at, const char *const *signs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (begins(text, at, signs[i]))
            return strlen(signs[i]);
    return 0;
}

/* "03'" after the degrees. Returns its bytes. */
static size_t say_sixtieth(struct wsp_buf *words, struct wsp_str text, size_t at,
                           const char *const *signs, size_t n, const char *name)
{
    struct wsp_figure figure;
    size_t digits = wsp_figure_read(text, at, &figure);
    size_t sign = digits > 0 ? sign_at(text, at + digits, signs, n) : 0;
    if (sign == 0)
        return 0;
    const char *plain = figure.digits;
    while (*plain == '0' && plain[1])
        plain++;
    memmove(figure.digits, plain, strlen(plain) + 1);
    figure.n_digits = strlen(figure.digits);
    wsp_figure_say(words, &figure);
    wsp_vi_add(words, name);
    return digits + sign;
}

/* "30" of `8°37'30"`, its sign parted off like a closing quotation mark. Returns its bytes. */
static size_t say_last_seconds(struct wsp_buf *words, struct wsp_str text, size_t at, bool quoted)
{
    struct wsp_str rest = {text.ptr + at, text.len - at};
    if (!quoted || rest.len == 0 || rest.len > 2 || wsp_digits_at(rest, 0) != rest.len)
        return 0;
    bool zero = rest.len == 2 && rest.ptr[0] == '0';
    wsp_vi_cardinal(words, (struct wsp_str){rest.ptr + zero, rest.len - zero});
    wsp_vi_add(words, "giây");
    return rest.len;
}

/* "16°03'42\"N", "15,5°N", "112,3E"; `sure`: another place stands beside it, `quoted`: a quotation
 * mark after it. Returns its bytes; 0: it is none. */
static size_t say_degrees(struct wsp_buf *words, struct wsp_str text, size_t at, bool sure,
                          bool quoted)
{
    static const char *const degrees[] = {"°", "º", "˚"};
    static const char *const minutes[] = {"'", "’", "′"};
    static const char *const seconds[] = {"''", "\"", "”", "″"};
    struct wsp_figure figure;
    size_t begin = at, digits = wsp_figure_read(text, at, &figure);
    if (digits == 0)
        return 0;
    at += digits;
    size_t degree = sign_at(text, at, degrees, WSP_LEN(degrees));
    if (figure.grouped) /* "50.000Đ" */
        return 0;
    bool plain = figure.decimals.len == 0 || figure.n_digits < 2; /* "dầu 0,05S" is no place */
    if (degree == 0 && plain && !sure)
        return 0;
    at += degree;
    wsp_figure_say(words, &figure);
    wsp_vi_add(words, "độ");
    size_t minute =
        degree > 0 ? say_sixtieth(words, text, at, minutes, WSP_LEN(minutes), "phút") : 0;
    at += minute;
    if (minute > 0) {
        at += say_sixtieth(words, text, at, seconds, WSP_LEN(seconds), "giây");
        at += say_last_seconds(words, text, at, quoted);
    }
    for (size_t i = WSP_LEN(directions); i-- > 0;)
        if (begins(text, at, directions[i].written)) {
            wsp_vi_add(words, directions[i].spoken);
            return at + strlen(directions[i].written) - begin;
        }
    return minute > 0 ? at - begin : 0;
}

/* "110,5-115,0E": from one to the other, with one direction for both. */
static bool say_range_of_degrees(const struct wsp_reading *reading, size_t at,
                                 struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_figure low;
    size_t first = wsp_figure_read(text, 0, &low), dash = wsp_dash_at(text, first);
    bool sure = wsp_stands_before(reading, at, 6, "tuyến vĩ kinh tọa toạ");
    if (first == 0 || dash == 0)
        return false;
    wsp_figure_say(words, &low);
    wsp_vi_add(words, "đến");
    return first + dash + say_degrees(words, text, first + dash, sure, false) == text.len;
}

/* "110,5 - 115,0E": the first of the two, parted from the second by a blank. */
static bool say_first_degrees(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str next = wsp_token_text(reading, at + 1);
    struct wsp_figure figure;
    struct wsp_buf other = WSP_BUF_INIT(512);
    bool said = wsp_figure_is(wsp_token_text(reading, at), &figure) &&
                wsp_dash_follows(reading, at) &&
                say_degrees(&other, next, 0, false, false) == next.len;
    wsp_buf_release(&other);
    if (!said)
        return false;
    wsp_figure_say(words, &figure);
    wsp_vi_add(words, "đến");
    return true;
}

/* "12,0N-17,5N", "15N-17N": from one to another in the same direction. */
static bool is_span(struct wsp_str text)
{
    char direction = text.len > 0 ? text.ptr[text.len - 1] : '\0';
    size_t at = 0;
    while (at < text.len &&
           ((text.ptr[at] >= '0' && text.ptr[at] <= '9') || strchr(",.", text.ptr[at])))
        at++;
    return direction && strchr("NSEW", direction) && at > 0 && at + 1 < text.len &&
           text.ptr[at] == direction && wsp_dash_at(text, at + 1) > 0;
}

/* One place, or two with a dash, a comma or a slash between. */
static bool say_coordinates(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at), gap = wsp_token_gap(reading, at);
    bool quoted = gap.len > 0 && (gap.ptr[0] == '"' || begins(gap, 0, "”"));
    bool sure = text.len > 7 && (text.ptr[text.len - 1] == 'E' ||
                                 memcmp(text.ptr + text.len - 2, "Đ", 2) == 0); /* "9,5N-110,8E" */
    bool span = is_span(text);
    sure |= span;
    if (say_range_of_degrees(reading, at, words) || say_first_degrees(reading, at, words))
        return true;
    wsp_buf_clear(words);
    size_t end = say_degrees(words, text, 0, sure, quoted);
    while (end > 0 && end < text.len) {
        size_t dash = wsp_dash_at(text, end);
        size_t sign = dash > 0 ? dash : strchr(",;/", text.ptr[end]) ? 1 : 0;
        if (dash > 0 && span)
            wsp_vi_add(words, "đến");
        size_t more = sign > 0 ? say_degrees(words, text, end + sign, sure, quoted) : 0;
        end = more > 0 ? end + sign + more : 0;
    }
    return end > 0;
}

/* "N10°45'": the direction stands first and is said last. */
static bool say_led_degrees(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len < 3 || !strchr("NSEW", text.ptr[0]) || wsp_digits_at(text, 1) == 0 ||
        !memmem(text.ptr, text.len, "°", strlen("°")))
        return false;
    size_t end = 1 + say_degrees(words, text, 1, true, false);
    for (size_t i = 0; end == text.len && i < WSP_LEN(directions); i++)
        if (directions[i].written[0] == text.ptr[0] && !directions[i].written[1])
            wsp_vi_add(words, directions[i].spoken);
    return end == text.len;
}

/* The "N" of "15,5 độ N", "20 độ 30 phút N". */
static bool say_direction(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len != 1 || !strchr("NSEW", text.ptr[0]) ||
        !wsp_context_is(reading, at, -1, "độ phút giây") || at < 2 ||
        wsp_digits_at(wsp_token_text(reading, at - 2), 0) == 0)
        return false;
    for (size_t i = 0; i < WSP_LEN(directions); i++)
        if (wsp_str_is(text, directions[i].written))
            wsp_vi_add(words, directions[i].spoken);
    return true;
}

size_t wsp_read_place(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(1024);
    bool said = say_chainages(reading, at, &words);
    if (!said) {
        wsp_buf_clear(&words);
        said = say_district(reading, at, &words) || say_room(reading, at, &words) ||
               say_houses(reading, at, &words);
    }
    if (!said) {
        wsp_buf_clear(&words);
        said = say_led_degrees(reading, at, &words) || say_coordinates(reading, at, &words) ||
               say_direction(reading, at, &words);
    }
    if (said)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}
