/* Numbers, alone or with what they count: "3.417", "-15°C", "31-34°C", "20x30 cm", "6,5%/năm",
 * "35.000 đồng/trẻ", "80 km/h", "118 000". A unit that stands alone is one only after a number. */
#include "reading/readers.h"

#include "reading/abbreviation.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/date.h"
#include "reading/quantity.h"
#include "reading/range.h"
#include "reading/sign.h"
#include "reading/token.h"
#include "reading/unit_word.h"
#include "reading/vi_number.h"

#include <string.h>

/* "118 000": groups that blanks part. Returns how many tokens, the digits joined in `joined`. */
static size_t join_groups(const struct wsp_reading *reading, size_t at, struct wsp_buf *joined)
{
    struct wsp_str first = wsp_token_text(reading, at);
    if (first.len > 3 || wsp_digits_at(first, 0) != first.len || first.ptr[0] == '0')
        return 0;
    size_t n = 1;
    wsp_buf_add_str(joined, first);
    for (; wsp_blank_follows(reading, at + n - 1); n++) {
        struct wsp_str next = wsp_token_text(reading, at + n);
        size_t digits = wsp_digits_at(next, 0);
        struct wsp_str rest = {next.ptr + 3, next.len > 3 ? next.len - 3 : 0};
        const char *slash = rest.len > 0 ? memchr(rest.ptr, '/', rest.len) : NULL;
        struct wsp_str unit = {rest.ptr, slash ? (size_t)(slash - rest.ptr) : rest.len};
        bool decimals =
            rest.len > 1 && rest.ptr[0] == ',' && wsp_digits_at(rest, 1) == rest.len - 1;
        if (digits != 3 || (rest.len > 0 && !decimals && !wsp_is_unit(unit)))
            break;
        wsp_buf_add_str(joined, next);
        if (next.len > 3)
            return n + 1;
    }
    return n > 1 ? n : 0;
}

static enum wsp_quantity_kind kind_at(const struct wsp_reading *reading, size_t at)
{
    if (wsp_tells_of_age(reading, at))
        return WSP_QUANTITY_AGE;
    static const char lengths[] = "cao dài rộng sâu dày ngập";
    static const char screens[] = "tivi hình tv lcd led";
    bool height = wsp_context_is(reading, at, -1, "dưới trên hơn") &&
                  wsp_context_is(reading, at, -2, "em trẻ cháu khách người");
    bool left = wsp_context_is(reading, at, -1, "còn") && /* "cách mặt đê còn 1m2" */
                wsp_stands_before(reading, at, 5, "cách");
    bool about = wsp_context_is(reading, at, -1, "khoảng gần hơn tầm chừng trên dưới") &&
                 wsp_context_is(reading, at, -2, lengths);
    if (height || about || left || wsp_context_is(reading, at, -1, lengths))
        return WSP_QUANTITY_LENGTH;
    if (wsp_context_is(reading, at, -1, screens) || wsp_context_is(reading, at, -2, screens))
        return WSP_QUANTITY_SCREEN;
    if (wsp_context_is(reading, at, -1, "phút"))
        return WSP_QUANTITY_MINUTE;
    size_t digits = wsp_digits_at(wsp_token_text(reading, at), 0);
    if (digits > 0 && digits < 3 && wsp_stands_before(reading, at, 20, "hạng thi chuẩn"))
        return WSP_QUANTITY_MARKS;
    static const char prices[] = "giá lương thưởng vốn phí nợ vé";
    struct wsp_str next = wsp_token_text(reading, at + 1);
    bool money = wsp_str_is(next, "USD") || wsp_str_is(next, "usd") || wsp_str_is(next, "đồng") ||
                 wsp_str_is(next, "VND") || wsp_str_is(next, "đô");
    if (money || wsp_context_is(reading, at, -1, prices))
        return WSP_QUANTITY_MONEY;
    return WSP_QUANTITY_ANY;
}

/* "5th", in the name of a congress. */
static bool say_english_ordinal(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    bool name = at + 1 < reading->n_tokens && (reading->tokens[at + 1].kind & WSP_TOKEN_OTHER) &&
                wsp_begins_upper(wsp_token_text(reading, at + 1));
    if (text.len > 2 && text.ptr[text.len - 2] == 't' && !name) /* "bảo hành 12th": months */
        return false;
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    size_t digits = wsp_digits_at(text, 0);
    for (size_t i = 0; i < WSP_LEN(ends); i++)
        if (digits > 0 && text.len == digits + 2 && memcmp(text.ptr + digits, ends[i], 2) == 0) {
            wsp_vi_add(words, "thứ");
            wsp_vi_ordinal(words, (struct wsp_str){text.ptr, digits});
            return true;
        }
    return false;
}

/* "thứ 1", "tháng 4": ordinals. */
static bool say_after_ordinal_word(const struct wsp_reading *reading, size_t at,
                                   struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (wsp_str_is(text, "4") && wsp_context_is(reading, at, -1, "ngã")) {
        wsp_vi_add(words, "tư");
        return true;
    }
    bool listed =
        wsp_str_is(text, "4") &&
        (wsp_context_is(reading, at, -2, "thứ") || wsp_context_is(reading, at, -3, "thứ")) &&
        wsp_digits_at(wsp_token_text(reading, at - 1), 0) == 1; /* "thứ 2, 4, 6" */
    if (!(listed || wsp_context_is(reading, at, -1, "thứ tháng quý quí")) ||
        wsp_digits_at(text, 0) != text.len)
        return false;
    if (wsp_str_is(text, "1") && wsp_context_is(reading, at, -1, "thứ"))
        wsp_vi_add(words, "nhất");
    else
        wsp_vi_ordinal(words, text);
    return true;
}

/* "(~42 ms)", ">38,5": what stands before a number in its token. Returns its bytes. */
static size_t say_lead(struct wsp_buf *words, struct wsp_str text, bool measured)
{
    size_t len;
    struct wsp_str name = wsp_sign_before(text, &len);
    if (len == 1 && measured) /* "sốt > 38,5°C", "<6 tuổi" */
        name = text.ptr[0] == '>' ? WSP_STR("trên") : text.ptr[0] == '<' ? WSP_STR("dưới") : name;
    if (len > 0)
        wsp_vi_add(words, name.ptr);
    return len;
}

/* Numbers with crosses between them, from byte *at on: "5", "-15°C", "20x30cm". */
static bool say_crossed(struct wsp_buf *words, struct wsp_str text, size_t *at,
                        struct wsp_quantity_hint hint, struct wsp_quantity *first)
{
    struct wsp_quantity more;
    size_t n = wsp_quantity_say(words, text, *at, hint, first);
    *at += n;
    while (n > 0 && *at < text.len && wsp_dash_at(text, *at) == 0) {
        size_t cross = strchr("xX*", text.ptr[*at]) ? 1 : strlen("×");
        wsp_vi_add(words, "nhân");
        n = wsp_quantity_say(words, text, *at + cross, hint, &more);
        *at += n > 0 ? cross + n : 0;
    }
    return n > 0;
}

/* "khách sạn 5★" */
static bool is_starred(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = wsp_token_gap(reading, at);
    bool hotel = gap.len > 0 && gap.ptr[0] == '*' &&
                 wsp_stands_before(reading, at, 3, "ocop sạn hạng resort sao");
    return hotel ||
           (gap.len >= 3 && (memcmp(gap.ptr, "★", 3) == 0 || memcmp(gap.ptr, "⭐", 3) == 0));
}

/* "$2,5 triệu": the currency that stands before the number is said after all of it. Returns how
 * many tokens were taken after `at`. */
static size_t say_currency(const struct wsp_reading *reading, size_t at, const char *currency,
                           struct wsp_buf *words)
{
    bool multiplied = wsp_blank_follows(reading, at) &&
                      wsp_context_is(reading, at, 1, "nghìn ngàn triệu tỷ tỉ trăm");
    if (multiplied && !wsp_multiplier_say(words, wsp_token_text(reading, at + 1)))
        multiplied = false;
    wsp_vi_add(words, currency);
    return multiplied;
}

/* "14.862 độ vĩ Bắc": no thousands of degrees. */
static bool say_degrees(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                        struct wsp_buf *words)
{
    size_t whole = wsp_digits_at(text, 0);
    if (whole == 0 || whole > 3 || whole + 4 != text.len || text.ptr[whole] != '.' ||
        wsp_digits_at(text, whole + 1) != 3 || !wsp_context_is(reading, at, 1, "độ") ||
        !wsp_context_is(reading, at, 2, "vĩ kinh bắc nam đông tây"))
        return false;
    wsp_vi_cardinal(words, (struct wsp_str){text.ptr, whole});
    wsp_vi_add(words, "phẩy");
    wsp_vi_digits(words, (struct wsp_str){text.ptr + whole + 1, 3});
    return true;
}

/* "30.000+ loài": more than that. */
static bool say_more_than(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                          struct wsp_buf *words)
{
    struct wsp_figure figure;
    struct wsp_str number = {text.ptr, text.len > 0 ? text.len - 1 : 0};
    if (number.len == 0 || text.ptr[number.len] != '+' || !wsp_figure_is(number, &figure) ||
        figure.sign || !wsp_blank_follows(reading, at) ||
        !(figure.grouped || /* "3+ năm" */
          wsp_context_is(reading, at, 1,
                         "năm tuổi người đơn khách hàng mẫu triệu tỷ nghìn lượt sản diễn giả phút "
                         "giờ ngày tháng lần quốc nước tỉnh trường")))
        return false;
    wsp_vi_add(words, "hơn");
    wsp_figure_say(words, &figure);
    return true;
}

/* The "<" of "6-<12 tháng". Returns its bytes. */
static size_t less_at(struct wsp_str text, size_t at, struct wsp_buf *words)
{
    if (at >= text.len || text.ptr[at] != '<' || wsp_digits_at(text, at + 1) == 0)
        return 0;
    wsp_vi_add(words, "dưới");
    return 1;
}

/* "5", "-15°C", "31-34°C", "4-3", "20x30cm", "$10-20", "6-<12". `text` is the last of `n_tokens`
 * tokens from `at` on, its groups joined. Returns how many tokens were taken. */
static size_t say_text(const struct wsp_reading *reading, size_t at, size_t n_tokens,
                       struct wsp_str text, struct wsp_buf *words, enum wsp_doubt *doubt)
{
    struct wsp_quantity low, high;
    struct wsp_buf second = WSP_BUF_INIT(2048);
    struct wsp_quantity_hint hint = {kind_at(reading, at), wsp_shorthand_at(reading, at)};
    bool measured = !wsp_ends_in_digit(text) || /* with its unit, or that is the next token */
                    wsp_is_what_is_measured(reading, at + n_tokens);
    size_t end = say_lead(words, text, measured);
    if (!say_crossed(words, text, &end, hint, &low))
        return 0;
    if (low.figure.n_digits > WSP_CARDINAL_DIGITS)
        *doubt = WSP_DOUBT_ABSURD;
    bool said = end == text.len;
    size_t dash = wsp_dash_at(text, end);
    size_t less = dash > 0 ? less_at(text, end + dash, &second) : 0;
    dash += less;
    size_t n = dash > 0 ? wsp_quantity_say(&second, text, end + dash, hint, &high) : 0;
    bool code = (low.figure.n_digits > 2 && low.figure.digits[0] == '0') || /* "0123-4567" */
                (n > 0 && high.figure.n_digits > 2 && high.figure.digits[0] == '0'); /* "79-036" */
    bool minus =
        n > 0 && high.figure.sign == WSP_FIGURE_MINUS && low.figure.sign == WSP_FIGURE_MINUS;
    if (n > 0 && end + dash + n == text.len &&
        (minus || high.figure.sign == WSP_FIGURE_PLAIN) && /* "-3~-1°C" */
        low.figure.sign != WSP_FIGURE_PLUS && !code) {
        bool mains =
            end > 1 && text.len > end && text.ptr[end - 1] == 'V' && text.ptr[text.len - 1] != 'V';
        const char *word = mains ? NULL /* "220V-50Hz" */
                                 : wsp_dash_word(reading, at, &low, &high, doubt);
        if (word)
            wsp_vi_add(words, word);
        wsp_vi_add(words, second.ptr);
        said = true;
    }
    size_t more = 0, last = at + n_tokens - 1;
    if (said && low.prefix)
        more = say_currency(reading, last, low.prefix, words);
    else if (said && is_starred(reading, last))
        wsp_vi_add(words, "sao");
    wsp_buf_release(&second);
    return said ? n_tokens + more : 0;
}

/* "1.1. Đối tượng", "mục 2.3", "phiên bản 2.0", "công nghiệp 4.0": numbers beside numbers. */
static bool say_numbering(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    static const char numbered[] = "mục bảng hình biểu điều khoản phần chương tiết bản web nghiệp "
                                   "ios android windows macos python";
    struct wsp_str text = wsp_token_text(reading, at), gap = wsp_token_gap(reading, at);
    struct wsp_str next = wsp_token_text(reading, at + 1);
    size_t first = wsp_digits_at(text, 0);
    if (first == 0 || first > 2 || first + 1 >= text.len || text.ptr[first] != '.')
        return false;
    struct wsp_str second = {text.ptr + first + 1, text.len - first - 1};
    bool marks = at == 0 && wsp_begins_upper(next) &&
                 (gap.ptr[0] == '.' || wsp_capitals_in(next) == 0) && !wsp_is_unit(next);
    if (second.len > 2 || wsp_digits_at(second, 0) != second.len ||
        !(marks || wsp_context_is(reading, at, -1, numbered)))
        return false;
    wsp_vi_cardinal(words, (struct wsp_str){text.ptr, first});
    wsp_vi_add(words, "chấm");
    wsp_vi_cardinal(words, second);
    return true;
}

/* "1,000 VND": no decimals, for there are no hundredths of a đồng; nor "100,000 người". */
static bool say_english_thousands(const struct wsp_reading *reading, size_t at,
                                  struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    const char *comma = text.len > 4 ? memchr(text.ptr, ',', text.len) : NULL;
    struct wsp_str next = wsp_token_text(reading, at + 1); /* "12,500 đồng/kg" */
    size_t word = strlen("đồng");
    bool priced = next.len > word && memcmp(next.ptr, "đồng/", word + 1) == 0;
    size_t first = comma ? (size_t)(comma - text.ptr) : 0;
    if (first == 0 || first > 3 || wsp_digits_at(text, 0) != first ||
        wsp_digits_at(text, first + 1) != 3 || text.len != first + 4 ||
        !(wsp_context_is(reading, at, 1, "vnd vnđ đ ₫ đồng") || priced ||
          (first > 1 && memcmp(comma + 1, "000", 3) == 0 &&
           !wsp_is_unit(wsp_token_text(reading, at + 1)))))
        return false;
    char digits[8];
    memcpy(digits, text.ptr, first);
    memcpy(digits + first, comma + 1, 3);
    wsp_vi_cardinal(words, (struct wsp_str){digits, first + 3});
    return true;
}

/* "thai 38w2d": weeks and days. */
static bool say_weeks(struct wsp_str text, struct wsp_buf *words)
{
    size_t weeks = wsp_digits_at(text, 0), days = wsp_digits_at(text, weeks + 1);
    if (weeks == 0 || weeks > 2 || days != 1 || weeks + days + 2 != text.len ||
        text.ptr[weeks] != 'w' || text.ptr[text.len - 1] != 'd')
        return false;
    wsp_vi_cardinal(words, (struct wsp_str){text.ptr, weeks});
    wsp_vi_add(words, "tuần");
    wsp_vi_cardinal(words, (struct wsp_str){text.ptr + weeks + 1, days});
    wsp_vi_add(words, "ngày");
    return true;
}

/* "gió c6, giật c8-9": the force of a wind. */
static bool say_force(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t first = wsp_digits_at(text, 1), dash = wsp_dash_at(text, 1 + first);
    size_t from = 1 + first + dash;
    from += dash > 0 && from < text.len && (text.ptr[from] | 0x20) == 'c'; /* "C6-C7" */
    size_t second = dash > 0 ? wsp_digits_at(text, from) : 0;
    if (text.len < 2 || (text.ptr[0] | 0x20) != 'c' || first == 0 || first > 2 ||
        from + second != text.len || !wsp_stands_before(reading, at, 4, "gió giật sức"))
        return false;
    wsp_vi_add(words, "cấp");
    wsp_vi_cardinal(words, (struct wsp_str){text.ptr + 1, first});
    if (second > 0) {
        wsp_vi_add(words, "đến");
        wsp_vi_cardinal(words, (struct wsp_str){text.ptr + from, second});
    }
    return true;
}

static size_t say(const struct wsp_reading *reading, size_t at, struct wsp_buf *words,
                  enum wsp_doubt *doubt)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (say_force(reading, at, words) || say_weeks(text, words))
        return 1;
    struct wsp_buf joined = WSP_BUF_INIT(128);
    size_t taken = join_groups(reading, at, &joined);
    if (taken > 0)
        taken = say_text(reading, at, taken, wsp_buf_str(&joined), words, doubt);
    wsp_buf_release(&joined);
    if (taken > 0)
        return taken;
    wsp_buf_clear(words);
    if (say_degrees(reading, at, text, words) || say_more_than(reading, at, text, words))
        return 1;
    if (say_english_ordinal(reading, at, words) || say_after_ordinal_word(reading, at, words) ||
        say_english_thousands(reading, at, words) || say_numbering(reading, at, words))
        return 1;
    size_t digits = wsp_digits_at(text, 0);
    struct wsp_str unit = {text.ptr + digits, text.len - digits};
    const char *meant = digits > 0 ? wsp_unit_by_context(reading, at, unit) : NULL;
    if (meant) { /* "1v" */
        wsp_vi_cardinal(words, (struct wsp_str){text.ptr, digits});
        wsp_vi_add(words, meant);
        return 1;
    }
    if (wsp_unit_word_say(reading, at, words))
        return 1;
    return say_text(reading, at, 1, text, words, doubt);
}

/* Bytes of the sign of "$500". */
static size_t led_by_currency(const struct wsp_reading *reading, size_t at)
{
    static const char *const signs[] = {"$", "€", "£", "¥"};
    struct wsp_str text = wsp_token_text(reading, at);
    for (size_t i = 0; i < WSP_LEN(signs); i++)
        if (text.len > strlen(signs[i]) && memcmp(text.ptr, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 0;
}

/* "Mũi 1 - 3 tháng - mũi 2" */
static bool is_numbered(const struct wsp_reading *reading, size_t at)
{
    static const char words[] = "mũi liều đợt lần";
    return at > 0 && wsp_context_is(reading, at, -1, words) &&
           wsp_stands_near(reading, at - 1, 6, 6, words);
}

/* Is it one of three numbers or more with dashes between, which are no range: "2 - 3 - 4 tháng"? */
static bool is_in_row(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str next = wsp_token_text(reading, at + 1);
    return (at > 0 && wsp_dash_follows(reading, at - 1) &&
            wsp_begins_figure(wsp_token_text(reading, at - 1))) ||
           (wsp_dash_follows(reading, at + 1) && wsp_digits_at(next, 0) == next.len &&
            wsp_begins_figure(wsp_token_text(reading, at + 2)));
}

/* Where no word of the message says "đến" and a dash means it: "5 - 7 ngày", "20°C - 25°C". */
static size_t say_second(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_figure first, figure;
    struct wsp_buf other = WSP_BUF_INIT(2048);
    enum wsp_doubt doubt = WSP_DOUBT_NONE;
    size_t taken = 0;
    if (wsp_dash_follows(reading, at) && !is_numbered(reading, at) && !is_in_row(reading, at) &&
        wsp_figure_read(wsp_token_text(reading, at), led_by_currency(reading, at), &first) > 0 &&
        wsp_figure_read(wsp_token_text(reading, at + 1), led_by_currency(reading, at + 1),
                        &figure) > 0)
        taken = say(reading, at + 1, &other, &doubt);
    if (taken > 0) {
        if (wsp_context_is(reading, at, 2, "=") || wsp_context_is(reading, at, -1, "tính"))
            wsp_vi_add(words, "trừ");
        else if (!wsp_tells_of_score(reading, at))
            wsp_vi_add(words, "đến");
        wsp_vi_add(words, other.ptr);
    }
    wsp_buf_release(&other);
    return taken;
}

/* Does a slash that says something stand before token `at`: "100 mg /ngày", "gói (2,5 ml)/lần"? */
static bool slash_before(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    if (at == 1 && wsp_str_is(gap, "/ ")) /* "3/ Xe khách": the mark of a list */
        return false;
    return wsp_str_is(gap, ")/") || wsp_str_is(gap, " /") || wsp_str_is(gap, ") /") ||
           wsp_str_is(gap, "/ ");
}

/* "8k/ hộp", "60 ngàn / ký": money before the slash, and a plain word behind it. */
static bool follows_price(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str before = wsp_token_text(reading, at - 1);
    size_t n;
    struct wsp_figure figure;
    size_t len = wsp_figure_read(before, 0, &figure);
    struct wsp_str unit = {before.ptr + len, before.len - len};
    if (reading->tokens[at].kind != WSP_TOKEN_WORD)
        return false;
    return wsp_context_is(reading, at, -1, "nghìn ngàn triệu tr") ||
           (unit.len > 0 && wsp_lexicon_rows(&wsp_lexicon_currencies, unit, &n)) ||
           (len > 0 && unit.len > 0 &&
            (unit.ptr[0] == 'k' || unit.ptr[0] == 'K' ||
             (unit.len >= 2 && memcmp(unit.ptr, "tr", 2) == 0)));
}

/* What is counted by: "một ngày". */
static bool say_after_slash(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (!slash_before(reading, at) ||
        !(wsp_is_unit(text) || follows_price(reading, at) ||
          wsp_context_is(reading, at, 0,
                         "lần giờ ngày đêm tuần tháng năm người hộ xe con bé trẻ em")))
        return false;
    wsp_vi_add(words, "một");
    struct wsp_buf unit = WSP_BUF_INIT(256);
    bool said = wsp_unit_say(&unit, text, true);
    wsp_buf_putc(words, ' ');
    wsp_buf_add_str(words, said ? wsp_buf_str(&unit) : text);
    wsp_buf_release(&unit);
    return true;
}

/* "người" of "5 người - 10 người": a plain word that leads to its like. */
static bool say_word_of_range(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (wsp_begins_figure(text) || !wsp_leads_to_like(reading, at) || wsp_capitals_in(text) > 0)
        return false;
    return !wsp_buf_add_str(words, text);
}

/* "tháng 13", "ngày 35 tháng 2": there is none. */
static bool is_absurd(const struct wsp_reading *reading, size_t at)
{
    enum { DAYS = 31, MONTHS = 12 };
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len == 0 || wsp_digits_at(text, 0) != text.len || text.len > 3)
        return false;
    unsigned value = wsp_digits_value(text);
    bool month = wsp_context_is(reading, at, -1, "tháng") && value > MONTHS &&
                 !wsp_context_is(reading, at, -2, "thứ");
    return month || (wsp_context_is(reading, at, -1, "ngày") && value > DAYS &&
                     wsp_context_is(reading, at, 1, "tháng"));
}

/* "lớp 5A", "nhà 12B": a number and a letter that name a thing. */
static bool is_label(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = wsp_digits_at(text, 0);
    static const char electric[] = "điện dòng dao aptomat attomat át sạc pin ổ le nguồn ampe";
    if (text.len < 2 || digits == 0 || digits + 1 != text.len || text.ptr[digits] < 'A' ||
        text.ptr[digits] > 'Z')
        return false;
    bool road = text.ptr[digits] == 'A' &&
                !wsp_stands_before(reading, at, 10, electric); /* "quốc lộ 1A", no ampere */
    bool named = at + 1 < reading->n_tokens && reading->tokens[at + 1].kind == WSP_TOKEN_NAME &&
                 wsp_blank_follows(reading, at); /* "208A Lê Lợi" at the beginning */
    return (at > 0 || named) &&
           (road || wsp_takes_label(wsp_token_text(reading, at - 1)) ||
            wsp_context_is(
                reading, at, -1,
                "số đường lộ tuyến buýt ngõ hẻm xe bến căn hộ dãy tầng ghế phố quầy học trường"));
}

/* "rét nhất: - 0,7°C": a minus with a blank behind it, where no range and no bullet can be meant.
 * Its bytes and its blank; 0: none. */
static uint32_t minus_before(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = wsp_digits_at(text, 0);
    if (gap.len < 2 || gap.ptr[gap.len - 1] != ' ' || digits == 0 || digits > 2)
        return 0;
    struct wsp_char dash = wsp_char_before(gap.ptr, 0, gap.len - 1);
    if (dash.class != WSP_CHAR_DASH ||
        !(gap.ptr[0] == ':' ||
          wsp_context_is(reading, at, -1, "nhất là xuống còn mức tới đạt ở dưới giữ")))
        return 0;
    bool frozen = wsp_context_is(reading, at, -1, "xuống giữ dưới") || /* "giữ ở - 18°C" */
                  wsp_stands_before(reading, at, 8, "kho quản đông lạnh giữ");
    if (digits > 1 && !frozen) /* "thấp nhất - 25°C" is none */
        return 0;
    while (digits < text.len && strchr("0123456789,", text.ptr[digits]))
        digits++;
    struct wsp_str unit = {text.ptr + digits, text.len - digits};
    if (unit.len == 0)
        unit = wsp_token_text(reading, at + 1);
    return wsp_str_is_one_of(unit, "°C ºC ℃ oC độ") ? dash.len + 1 : 0;
}

/* Say `words` for the tokens, with the minus that stands apart before them, and without the one
 * that a word has said: "nhiệt độ âm -5°C". */
static void say_signed(const struct wsp_reading *reading, size_t at, size_t taken,
                       struct wsp_str words, struct wsp_utterance *out)
{
    struct wsp_str minus = WSP_STR("âm");
    uint32_t bytes = minus_before(reading, at), begin = reading->tokens[at].begin;
    if (bytes > 0)
        wsp_say_span(reading, (struct wsp_span){begin - bytes, begin - 1}, minus, out);
    if (wsp_context_is(reading, at, -1, "âm") && words.len > minus.len &&
        memcmp(words.ptr, minus.ptr, minus.len) == 0)
        words = (struct wsp_str){words.ptr + minus.len + 1, words.len - minus.len - 1};
    wsp_say_words(reading, at, at + taken, words, out);
}

size_t wsp_read_measure(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    enum { FORMULA = 30 }; /* tokens of one */
    if (is_label(reading, at))
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(2048);
    enum wsp_doubt doubt = WSP_DOUBT_NONE;
    size_t taken = say_after_slash(reading, at, &words) ? 1 : say(reading, at, &words, &doubt);
    if (taken == 0)
        taken = say_word_of_range(reading, at, &words);
    if (taken == 1)
        taken += say_second(reading, at, &words);
    bool arrow = taken == 1 && at + 1 < reading->n_tokens && /* "số 12 -> 98/4B" */
                 wsp_arrow_follows(reading, at) &&
                 wsp_begins_figure(wsp_token_text(reading, at + 1));
    if (arrow || (taken == 1 && wsp_leads_to_like(reading, at)))
        wsp_vi_add(&words, "đến");
    bool divides =
        taken > 0 && slash_before(reading, at) && wsp_begins_figure(wsp_token_text(reading, at));
    bool rate = divides && wsp_is_unit(wsp_token_text(reading, at + 1)); /* "muối /100 lít" */
    divides = divides && !rate && wsp_str_is(wsp_token_gap(reading, at - 1), ")/") &&
              wsp_stands_before(reading, at, FORMULA, "= + x ×"); /* "(Toán + Văn)/2" */
    if (rate || divides) {
        struct wsp_span slash = {reading->tokens[at - 1].end, reading->tokens[at].begin};
        wsp_say_span(reading, slash, rate ? WSP_STR("trên") : WSP_STR("chia"), out);
    }
    if (taken > 0)
        say_signed(reading, at, taken, wsp_buf_str(&words), out);
    if (taken == 1 && is_absurd(reading, at))
        doubt = WSP_DOUBT_ABSURD;
    else if (taken == 1 && !doubt &&
             (wsp_shorthand_at(reading, at).unit.len == 1 || wsp_tells_of_age(reading, at)))
        doubt = WSP_DOUBT_UNIT; /* "2v", "72t" */
    if (taken > 0 && doubt)
        wsp_doubt(out, doubt);
    wsp_buf_release(&words);
    return taken;
}
