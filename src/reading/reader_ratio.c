/* Numbers with a slash that are no date: a part of a total ("12/15 xã": trên), a fraction ("2/5
 * diện tích": phần), the number of a law with its year ("số 15/2020": năm), a house in an alley
 * ("45/7/2") and "24/7". Scales: "tỷ lệ 1:500". And standards with their year: "TCVN 5574:2018". */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/date_context.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

enum { NUMBERS_MAX = 5, DIGITS_MAX = 12 };

struct numbers {
    struct wsp_figure items[NUMBERS_MAX];
    size_t n;
    struct wsp_str rest; /* what follows the last, "h" of "24/24h" */
};

/* Numbers with `separator` between them, at least two. */
static bool read_numbers(struct wsp_str text, char separator, struct numbers *numbers)
{
    size_t at = 0;
    numbers->n = 0;
    while (numbers->n < NUMBERS_MAX) {
        struct wsp_figure *figure = &numbers->items[numbers->n];
        size_t len = wsp_figure_read(text, at, figure);
        bool minus = figure->sign == WSP_FIGURE_MINUS; /* "-3/4", "-5/-2", "1,2/-0,3" */
        if (len == 0 || figure->n_digits > DIGITS_MAX ||
            (figure->sign != WSP_FIGURE_PLAIN && !minus))
            return false;
        numbers->n++;
        at += len;
        if (at >= text.len || text.ptr[at] != separator)
            break;
        at++;
    }
    numbers->rest = (struct wsp_str){text.ptr + at, text.len - at};
    return numbers->n > 1;
}

static struct wsp_str digits_of(const struct wsp_figure *figure)
{
    return (struct wsp_str){figure->digits, figure->n_digits};
}

static bool is_whole(const struct wsp_figure *figure)
{
    return figure->decimals.len == 0;
}

static bool is_year(const struct wsp_figure *figure)
{
    unsigned value = wsp_digits_value(digits_of(figure));
    return figure->n_digits == 4 && !figure->grouped && value >= 1900 && value < 2100;
}

static bool is_fraction(const struct wsp_reading *reading, size_t at, const struct numbers *numbers)
{
    unsigned low = wsp_digits_value(digits_of(&numbers->items[0]));
    unsigned high = wsp_digits_value(digits_of(&numbers->items[1]));
    bool padded = numbers->items[0].digits[0] == '0' && numbers->items[0].n_digits > 1;
    bool tenths =
        !padded && ((low == 1 && high <= 10) || high == 10 || high == 100 || /* "1/5 học sinh" */
                    (high == low + 1 && high <= 4 && !wsp_context_is(reading, at, -1, "có")));
    static const char works[] = "hồ tổ máy trạm cống đập khoản nạn"; /* "6/10 tổ máy" */
    if (wsp_context_is(reading, at, 1, works) || (wsp_counts_a_total(reading, at) && !tenths) ||
        !is_whole(&numbers->items[0]) || !is_whole(&numbers->items[1]) ||
        wsp_follows_house(reading, at) ||
        wsp_context_is(reading, at, -1,
                       "nhà ngõ hẻm ngách kiệt đạt lớp phòng căn tổ hạng bậc thứ đội lô trang "
                       "tiết bài binh tầng hiệp ca áp ha kp phhs gvcn kỳ apgar"))
        return false;
    return low < high && numbers->items[1].sign == WSP_FIGURE_PLAIN &&
           (low < 4 || high <= 10 || high == 100 || high == 1000);
}

static const char *between(const struct wsp_reading *reading, size_t at,
                           const struct numbers *numbers)
{
    unsigned low = wsp_digits_value(digits_of(&numbers->items[0]));
    if (numbers->n == 2 && is_year(&numbers->items[1]) &&
        !wsp_context_is(reading, at, -1, "lệ")) /* "tỷ lệ 1/2000" */
        return is_year(&numbers->items[0]) && low < wsp_digits_value(digits_of(&numbers->items[1]))
                   ? "đến" /* "mùa giải 2023/2024" */
                   : "năm";
    unsigned high = wsp_digits_value(digits_of(&numbers->items[1]));
    if (numbers->n == 2 && is_year(&numbers->items[0]) && numbers->items[1].n_digits == 2 &&
        high == (low + 1) % 100)
        return "đến";                               /* "mùa giải 2024/25" */
    if (wsp_stands_before(reading, at, 12, "chọi")) /* "tỷ lệ chọi là 1/12" */
        return "trên";
    if (wsp_context_is(reading, at, -1, "vòng dốc") || /* "vòng 1/8", "bán kết 1/2" */
        (wsp_context_is(reading, at, -1, "kết") && wsp_context_is(reading, at, -2, "bán tứ")))
        return "phần";
    return numbers->n == 2 && is_fraction(reading, at, numbers) ? "phần" : "trên";
}

/* A whole number before it makes a mixed one. */
static bool follows_whole(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str before = at > 0 ? wsp_token_text(reading, at - 1) : WSP_STR("");
    size_t sign = wsp_dash_at(before, 0);
    return before.len > sign && wsp_digits_at(before, sign) == before.len - sign &&
           wsp_blank_follows(reading, at - 1);
}

/* "03/05 người": the zero fills a place. */
static void say_number(struct wsp_buf *words, const struct wsp_figure *figure, bool counted)
{
    struct wsp_str digits = digits_of(figure);
    if (counted && digits.len == 2 && digits.ptr[0] == '0')
        wsp_vi_cardinal(words, (struct wsp_str){digits.ptr + 1, 1});
    else
        wsp_figure_say(words, figure);
}

/* "7-6 (7/5)": side by side. */
static bool say_tie(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                    struct wsp_buf *words)
{
    struct numbers numbers;
    if (!wsp_tells_of_tie(reading, at) || !read_numbers(text, '/', &numbers) || numbers.n != 2 ||
        numbers.rest.len > 0)
        return false;
    wsp_figure_say(words, &numbers.items[0]);
    wsp_figure_say(words, &numbers.items[1]);
    return true;
}

static bool say_slashes(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                        struct wsp_buf *words)
{
    struct numbers numbers;
    if (!read_numbers(text, '/', &numbers))
        return false;
    if (numbers.n == 3 && numbers.items[2].n_digits == 4) /* a date that there is not */
        return false;
    bool hours = wsp_str_is(numbers.rest, "h") || wsp_str_is(numbers.rest, "giờ") ||
                 wsp_str_is(text, "24/24g");
    bool house = numbers.rest.len == 1 && numbers.rest.ptr[0] >= 'A' && numbers.rest.ptr[0] <= 'Z';
    struct wsp_buf unit = WSP_BUF_INIT(256), meant = WSP_BUF_INIT(256);
    bool counts = !house && numbers.rest.len > 0 &&
                  (wsp_is_unit(numbers.rest) || /* "1/2kg", "96/80km/h", "1/2v" */
                   wsp_unit_say(&unit, numbers.rest, false));
    wsp_buf_release(&unit);
    bool shorthand = wsp_shorthand_say(&meant, numbers.rest, wsp_shorthand_at(reading, at));
    if (numbers.rest.len > 0 && !hours && !counts && !house && !shorthand) {
        wsp_buf_release(&meant);
        return false;
    }
    const char *sign = house ? "trên" : between(reading, at, &numbers); /* "45/7A Lê Văn Sỹ" */
    if (strcmp(sign, "phần") == 0 && follows_whole(reading, at))        /* "2 1/2 ngày" */
        wsp_vi_add(words, "và");
    bool counted = wsp_counts_a_total(reading, at);
    say_number(words, &numbers.items[0], counted);
    for (size_t i = 1; i < numbers.n; i++) {
        wsp_vi_add(words, sign);
        if (strcmp(sign, "phần") == 0)
            wsp_vi_ordinal(words, digits_of(&numbers.items[i])); /* "ba phần tư" */
        else
            say_number(words, &numbers.items[i], counted);
    }
    if (shorthand)
        wsp_vi_add(words, meant.ptr);
    else if (hours)
        wsp_vi_add(words, "giờ");
    else if (house)
        (void)wsp_add_letter_names(reading, words, numbers.rest, 1);
    else if (counts && wsp_str_is(numbers.rest, "đ") && numbers.items[1].n_digits < 4)
        wsp_vi_add(words, "điểm"); /* "9/10đ" */
    else if (counts)
        (void)wsp_unit_say(words, numbers.rest, false);
    wsp_buf_release(&meant);
    return true;
}

/* "1/5-1/3 ống": a dash between two fractions of one digit each, the second the larger. */
static bool say_share_range(struct wsp_str text, struct wsp_buf *words)
{
    enum { LENGTH = 7, SECOND = 4 };
    if (text.len != LENGTH || text.ptr[SECOND - 1] != '-')
        return false;
    unsigned parts[4];
    for (size_t i = 0; i < WSP_LEN(parts); i++) {
        if (wsp_digits_at(text, 2 * i) != 1 || (i % 2 == 0 && text.ptr[2 * i + 1] != '/'))
            return false;
        parts[i] = (unsigned)(text.ptr[2 * i] - '0');
    }
    for (size_t i = 0; i < WSP_LEN(parts); i += 2) {
        if (i > 0 && parts[0] * parts[3] < parts[2] * parts[1])
            wsp_vi_add(words, "đến");
        wsp_vi_cardinal(words, (struct wsp_str){text.ptr + 2 * i, 1});
        wsp_vi_add(words, "phần");
        wsp_vi_ordinal(words, (struct wsp_str){text.ptr + 2 * i + 2, 1});
    }
    return true;
}

/* "110-120/70-80", "120/80-139/89": ranges of blood pressure. */
static bool say_pressures(struct wsp_str text, struct wsp_buf *words)
{
    size_t at = 0, slashes = 0, dashes = 0, before = words->len;
    while (at < text.len) {
        size_t digits = wsp_digits_at(text, at), dash = wsp_dash_at(text, at + digits);
        bool slash = at + digits < text.len && text.ptr[at + digits] == '/';
        if (digits < 2 || digits > 3 || (at + digits < text.len && dash == 0 && !slash)) {
            wsp_buf_cut(words, before);
            return false;
        }
        wsp_vi_cardinal(words, (struct wsp_str){text.ptr + at, digits});
        at += digits + (dash > 0 ? dash : slash);
        slashes += slash;
        dashes += dash > 0;
        if (dash > 0 || slash)
            wsp_vi_add(words, slash ? "trên" : "đến");
    }
    bool ranges = (slashes == 1 && dashes == 2) || (slashes == 2 && dashes == 1);
    if (!ranges)
        wsp_buf_cut(words, before);
    return ranges;
}

static bool is_scale(const struct wsp_reading *reading, size_t at)
{
    static const char words[] = "lệ suất";
    if (wsp_stands_near(reading, at, 4, 2, "pha loãng trộn"))
        return true;
    return wsp_context_is(reading, at, -1, words) || wsp_context_is(reading, at, -2, words);
}

static bool say_colon(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                      struct wsp_buf *words)
{
    struct numbers numbers;
    if (!read_numbers(text, ':', &numbers) || numbers.n != 2)
        return false;
    bool named = wsp_context_is(reading, at, -1, "tcvn qcvn iso iec");
    bool standard = is_year(&numbers.items[1]) && (named || numbers.items[0].n_digits > 2);
    struct wsp_str body = {numbers.rest.ptr + 1, numbers.rest.len > 0 ? numbers.rest.len - 1 : 0};
    if (numbers.rest.len > 0 &&
        !(standard && numbers.rest.ptr[0] == '/' && wsp_capitals_in(body) > 1))
        return false;
    bool scale =
        is_scale(reading, at) || numbers.items[1].n_digits > 2 || numbers.items[1].n_digits == 1;
    bool score = !standard && wsp_tells_of_score(reading, at);
    if (!standard && !scale && !score)
        return false;
    wsp_figure_say(words, &numbers.items[0]);
    if (!score)
        wsp_vi_add(words, standard ? "năm" : "trên");
    wsp_figure_say(words, &numbers.items[1]);
    const char *known = body.len > 0 ? wsp_lexicon_find(&wsp_lexicon_acronyms, body) : NULL;
    if (known && strcmp(known, "*") != 0)
        wsp_vi_add(words, known); /* who has set the standard: "QCVN 81:2014/BTTTT" */
    else
        (void)wsp_add_letter_names(reading, words, body, body.len);
    return true;
}

/* "tỷ lệ 2 : 1", "10 : 2 = 5": blanks around the colon, which says nothing itself. */
static size_t say_parted(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_figure low, high;
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    bool divided = wsp_context_is(reading, at, 2, "=");
    if (!wsp_str_is(wsp_token_gap(reading, at), " : ") || !(divided || is_scale(reading, at)) ||
        wsp_figure_read(text, 0, &low) != text.len || wsp_figure_read(next, 0, &high) != next.len)
        return 0;
    wsp_figure_say(words, &low);
    wsp_vi_add(words, divided ? "chia" : "trên");
    wsp_figure_say(words, &high);
    return 2;
}

/* "tỷ giá USD/VND": two currencies; "25.093 VND/USD" is a price. */
static bool say_currencies(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                           struct wsp_buf *words)
{
    enum { CODE = 3 }; /* letters, as in ISO 4217 */
    size_t n;
    bool price = at > 0 && wsp_digits_at(wsp_token_text(reading, at - 1), 0) > 0;
    if (price || text.len != 2 * CODE + 1 || text.ptr[CODE] != '/')
        return false;
    const struct wsp_lexicon_row *first, *second;
    first = wsp_lexicon_rows(&wsp_lexicon_currencies, (struct wsp_str){text.ptr, CODE}, &n);
    second =
        wsp_lexicon_rows(&wsp_lexicon_currencies, (struct wsp_str){text.ptr + CODE + 1, CODE}, &n);
    if (!first || !second)
        return false;
    wsp_vi_add(words, first->spoken);
    wsp_vi_add(words, "trên");
    wsp_vi_add(words, second->spoken);
    return true;
}

size_t wsp_read_ratio(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_buf words = WSP_BUF_INIT(1024);
    size_t taken = text.len > 0 ? say_parted(reading, at, &words) : 0;
    if (taken == 0 && text.len > 0)
        taken = wsp_digits_at(text, wsp_dash_at(text, 0)) > 0
                    ? say_share_range(text, &words) ||
                          (wsp_stands_before(reading, at, 8, "áp ha mmhg") &&
                           say_pressures(text, &words)) ||
                          say_tie(reading, at, text, &words) ||
                          say_slashes(reading, at, text, &words) ||
                          say_colon(reading, at, text, &words)
                    : say_currencies(reading, at, text, &words);
    if (taken > 0)
        wsp_say_words(reading, at, at + taken, wsp_buf_str(&words), out);
    if (taken > 0 && wsp_context_is(reading, at, -1, "ngày hôm mùng")) /* "ngày 32/13" */
        wsp_doubt(out, WSP_DOUBT_ABSURD);
    wsp_buf_release(&words);
    return taken;
}
