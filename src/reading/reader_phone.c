/* Telephone numbers, digit by digit: "0225.3842.577", "0903 218 456", "+84 903 111 222",
 * "1800 8119", and short ones after a word that asks for it: "gọi 113". Its groups are parted by
 * light breaks, as an announcer lets people write along. */
#include "reading/readers.h"

#include "reading/chars.h"
#include "reading/context.h"
#include "reading/date.h"
#include "reading/figure.h"
#include "reading/phrase.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

/* Digits of a token that holds nothing but digits, dots, dashes and a leading plus; 0: no. */
static size_t phone_digits(struct wsp_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        if (!digit && (!text.ptr[i] || !strchr(i == 0 ? "+" : ".-", text.ptr[i])))
            return 0;
        n += digit;
    }
    return n;
}

static bool is_led_like_phone(struct wsp_str text)
{
    static const char *const leads[] = {"0", "+84", "1800", "1900"};
    for (size_t i = 0; i < WSP_LEN(leads); i++) {
        size_t len = strlen(leads[i]);
        if (text.len >= len && memcmp(text.ptr, leads[i], len) == 0)
            return true;
    }
    return false;
}

/* "19001006-19009000": two numbers of eight digits. */
static bool is_pair(struct wsp_str text)
{
    const size_t each = 8;
    struct wsp_str second = {text.ptr + each + 1, each};
    return text.len == 2 * each + 1 && text.ptr[each] == '-' && phone_digits(text) == 2 * each &&
           is_led_like_phone(text) && is_led_like_phone(second);
}

/* "giai đoạn 1900-1954" */
static bool is_span_of_years(const struct wsp_reading *reading, size_t at)
{
    const size_t each = 4;
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_str low = {text.ptr, each}, high = {text.ptr + each + 1, each};
    return text.len == 2 * each + 1 && text.ptr[each] == '-' && wsp_digits_at(text, 0) == each &&
           wsp_is_year(high) && wsp_digits_value(low) < wsp_digits_value(high) &&
           wsp_context_is(reading, at, -1, "đoạn năm kỳ kì từ");
}

/* How many tokens from `at` on are one number: nine to eleven digits, or ten at most after 1800. */
static size_t phone_tokens(const struct wsp_reading *reading, size_t at)
{
    enum { DIGITS_MIN = 9, DIGITS_MAX = 12, SERVICE_MIN = 8 };
    struct wsp_str first = wsp_token_text(reading, at);
    if (!is_led_like_phone(first) || is_span_of_years(reading, at))
        return 0;
    size_t digits = 0, n = 0, good = 0;
    size_t least = first.ptr[0] == '1' ? SERVICE_MIN : DIGITS_MIN;
    while (at + n < reading->n_tokens) {
        size_t more = phone_digits(wsp_token_text(reading, at + n));
        struct wsp_str next = wsp_token_text(reading, at + n + 1);
        bool alone = n > 0 && more < 2 && wsp_digits_at(next, 0) < 3; /* "0236 3 888 777" */
        if (more == 0 || digits + more > DIGITS_MAX || alone)
            break;
        digits += more;
        n++;
        if (digits >= least)
            good = n;
        struct wsp_str gap = wsp_token_gap(reading, at + n - 1);
        if (!wsp_str_is(gap, " ") && !wsp_str_is(gap, ") ") && !wsp_str_is(gap, ")"))
            break;
    }
    return good;
}

/* Is token `at` a group of a number that began up to GROUPS tokens before? Each group is taken for
 * itself, so that its brackets and its pause stay. */
static bool is_in_phone(const struct wsp_reading *reading, size_t at)
{
    enum { GROUPS = 5 };
    for (size_t back = 0; back <= at && back < GROUPS; back++)
        if (phone_tokens(reading, at - back) > back)
            return true;
    return false;
}

/* How many tokens of digits stand together at `at`, blanks between them, that are no thousands:
 * three or more, "1234 5678 9012 3456". */
static size_t card_tokens(const struct wsp_reading *reading, size_t at)
{
    size_t n = 0, longer = 0;
    while (at + n < reading->n_tokens) {
        struct wsp_str text = wsp_token_text(reading, at + n);
        if (text.len < 3 || wsp_digits_at(text, 0) != text.len)
            break;
        longer += text.len > 3;
        n++;
        if (!wsp_blank_follows(reading, at + n - 1))
            break;
    }
    return n >= 3 && longer >= 2 ? n : 0;
}

static bool is_in_card(const struct wsp_reading *reading, size_t at)
{
    enum { GROUPS = 5 };
    for (size_t back = 0; back <= at && back < GROUPS; back++)
        if (card_tokens(reading, at - back) > back)
            return true;
    return false;
}

static bool is_digits(struct wsp_str text)
{
    return text.len > 0 && wsp_digits_at(text, 0) == text.len;
}

/* "STK: 3500 201 004 567": groups behind a word for an account. */
static bool is_in_account(const struct wsp_reading *reading, size_t at)
{
    enum { GROUPS = 6 };
    size_t back = 1;
    while (back < GROUPS && back < at && is_digits(wsp_token_text(reading, at - back)))
        back++;
    bool grouped = back > 1 || is_digits(wsp_token_text(reading, at + 1));
    return grouped && is_digits(wsp_token_text(reading, at)) &&
           wsp_token_text(reading, at).len > 1 &&
           (wsp_context_is(reading, at, -(int)back, "stk") ||
            (wsp_context_is(reading, at, -(int)back, "khoản") &&
             wsp_context_is(reading, at, -(int)back - 1, "tài")));
}

/* "+380 63 863 8999": groups behind the code of a country, six digits of them and more. */
static bool is_abroad(const struct wsp_reading *reading, size_t at)
{
    enum { GROUPS = 5, LEAST = 4, CODE_MAX = 4 };
    size_t back = 0, digits = 0;
    while (back < GROUPS && back < at && is_digits(wsp_token_text(reading, at - back)) &&
           wsp_blank_follows(reading, at - back - 1))
        back++;
    struct wsp_str code = wsp_token_text(reading, at - back);
    if (code.len < 2 || code.len > CODE_MAX || code.ptr[0] != '+' ||
        wsp_digits_at(code, 1) != code.len - 1)
        return false;
    for (size_t i = at - back + 1; wsp_blank_follows(reading, i - 1); i++) {
        if (!is_digits(wsp_token_text(reading, i)))
            break;
        digits += wsp_token_text(reading, i).len;
    }
    return digits >= LEAST;
}

/* "+1.800.555.1234", "+65-6123-4567": the same in one token. */
static bool is_abroad_joined(struct wsp_str text)
{
    enum { LEAST = 9, CODE_MAX = 3 };
    size_t code = text.len > 1 && text.ptr[0] == '+' ? wsp_digits_at(text, 1) : 0;
    return code > 0 && code <= CODE_MAX && 1 + code < text.len &&
           strchr(".-", text.ptr[1 + code]) && phone_digits(text) >= LEAST;
}

/* "giấy chứng nhận số BK 345678": two capitals and six digits. */
static bool is_serial(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    return at > 1 && text.len == 6 && is_digits(text) &&
           wsp_capitals_in(wsp_token_text(reading, at - 1)) == 2 &&
           wsp_context_is(reading, at, -2, "số seri sêri chiếu hành");
}

/* "BĐ", "QNg", "TTH": the province of a boat. */
static bool begins_with_capitals(struct wsp_str word)
{
    struct wsp_char c = word.len > 0 ? wsp_char_at(word.ptr, 0, word.len) : (struct wsp_char){0};
    return word.len > c.len && wsp_char_is_upper(c) &&
           wsp_char_is_upper(wsp_char_at(word.ptr, c.len, word.len)) && word.len <= 5;
}

/* "ĐT: 3822115; 3.822.115": like the number before it, which a word for telephones leads. */
static bool is_second_phone(const struct wsp_reading *reading, size_t at)
{
    enum { TOWN_MIN = 7, TOWN_MAX = 8 };
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = phone_digits(text);
    if (at < 2 || digits < TOWN_MIN || digits > TOWN_MAX || wsp_blank_follows(reading, at))
        return false;
    size_t before = phone_digits(wsp_token_text(reading, at - 1));
    size_t other = at - 2 - (wsp_context_is(reading, at, -1, "hoặc và") && at > 2);
    if (before == 0 && wsp_context_is(reading, at, -1, "hoặc và"))
        before = phone_digits(wsp_token_text(reading, at - 2));
    return before >= TOWN_MIN && before <= TOWN_MAX &&
           wsp_context_is(reading, other, 0, "thoại đt sđt gọi bàn tel");
}

/* "số điện thoại 3.8556169": a number of a town of old. "mã số: 8720163" */
static bool is_number_of_thing(const struct wsp_reading *reading, size_t at)
{
    enum { TOWN_MIN = 6, CODE_MIN = 5 };
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = phone_digits(text);
    bool phone = digits >= TOWN_MIN && (wsp_context_is(reading, at, -1, "thoại đt sđt") ||
                                        (wsp_context_is(reading, at, -1, "bàn") &&
                                         wsp_context_is(reading, at, -2, "thoại đt số")) ||
                                        is_second_phone(reading, at));
    bool code =
        ((wsp_context_is(reading, at, -1, "số ngành") && wsp_context_is(reading, at, -2, "mã")) ||
         (wsp_context_is(reading, at, -1, "khẩu") && wsp_context_is(reading, at, -2, "mật"))) &&
        digits == text.len &&
        (text.len >= CODE_MIN || (text.len == 4 && wsp_context_is(reading, at, -1, "khẩu")));
    bool secret = text.len >= CODE_MIN && digits == text.len && /* "mã OTP 123456" */
                  wsp_context_is(reading, at, -1, "otp pin");
    bool ship = at > 1 && digits == text.len && digits >= 4 && digits <= 5 && /* "tàu BĐ 96688" */
                begins_with_capitals(wsp_token_text(reading, at - 1)) &&
                wsp_stands_before(reading, at - 1, 2, "tàu ghe thuyền");
    bool inner =
        digits == text.len && digits >= 3 && digits <= 4 && /* "máy lẻ 215" */
        ((wsp_context_is(reading, at, -1, "lẻ") && wsp_context_is(reading, at, -2, "máy số")) ||
         (wsp_context_is(reading, at, -1, "bộ") && wsp_context_is(reading, at, -2, "nội")));
    bool prize = digits == text.len && digits >= 5 && /* "giải Nhất, số 62905" */
                 wsp_context_is(reading, at, -1, "số nhất nhì ba đb biệt") &&
                 wsp_stands_before(reading, at, 12, "giải vé xổ thưởng");
    bool postal = text.len >= CODE_MIN && digits == text.len && /* "mã bưu chính 900000" */
                  (wsp_context_is(reading, at, -1, "chính wifi pass mk") &&
                   wsp_stands_before(reading, at, 4, "mã bưu mật pass mk wifi"));
    bool gold = wsp_str_is(text, "9999") && wsp_stands_before(reading, at, 2, "vàng nhẫn");
    bool fax = wsp_stands_before(reading, at, 3, "fax tel") && digits > 1; /* "(84-24) 3826 1234" */
    bool named = text.len > 7 && digits == text.len && /* "số tài khoản là 123456789" */
                 wsp_context_is(reading, at, -1, "là số") &&
                 wsp_stands_before(reading, at, 7, "khoản cmnd cccd cmt mst stk") &&
                 !wsp_context_is(reading, at, 1, "đồng đ vnđ vnd usd");
    return named || is_abroad_joined(text) || ship || inner || prize || postal || phone || code ||
           secret || gold || fax || is_abroad(reading, at) || is_in_account(reading, at) ||
           is_serial(reading, at);
}

/* "gọi 113", "đầu số 1039", "tổng đài 19001234", "nhắn tin tới 9029" */
static bool is_short_number(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len > 7 && wsp_digits_at(text, 0) == text.len && /* of papers and accounts */
        wsp_context_is(reading, at, -1, "cmnd cccd cmt mst stk khoản thuế chiếu thẻ công dân dân"))
        return true;
    if (text.len < 3 || text.len > 8 || wsp_digits_at(text, 0) != text.len)
        return false;
    bool emergency = text.len == 3 && memcmp(text.ptr, "11", 2) == 0;
    static const char asks[] = "nạn an hỏa hoả cứu thương báo sát";
    return (emergency && wsp_stands_before(reading, at, 8, "hotline cứu nóng đài")) ||
           (emergency && (wsp_context_is(reading, at, -1, asks) ||
                          (wsp_context_is(reading, at, -1, "ngay cho") &&
                           wsp_context_is(reading, at, -2, "báo")))) ||
           (wsp_context_is(reading, at, -1, "gửi") &&
            (wsp_stands_before(reading, at, 10, "soạn nhắn tin") ||
             (wsp_context_is(reading, at, -2, "ký") && wsp_context_is(reading, at, -3, "đăng") &&
              (at + 1 == reading->n_tokens || reading->tokens[at].pause_ms > 0)))) ||
           wsp_context_is(reading, at, -1, "gọi đài hotline") ||
           (emergency && wsp_context_is(reading, at, -1, "hoặc và") &&
            wsp_stands_before(reading, at, 8, "gọi báo")) ||
           ((emergency || text.len > 5) && wsp_context_is(reading, at, -1, "điện đt sđt")) ||
           wsp_context_is(reading, at, -1, "fax") ||
           (text.len == 4 && wsp_context_is(reading, at, -2, "fax")) ||
           (wsp_context_is(reading, at, -1, "ngay cho tới đến máy") &&
            wsp_context_is(reading, at, -2, "gọi")) ||
           (wsp_context_is(reading, at, -1, "số") && wsp_context_is(reading, at, -2, "đầu gọi")) ||
           (wsp_context_is(reading, at, -1, "số") &&
            wsp_context_is(reading, at, -2, "ngay máy tới") &&
            wsp_context_is(reading, at, -3, "gọi")) ||
           (wsp_context_is(reading, at, -1, "thoại") && wsp_context_is(reading, at, -2, "điện")) ||
           (wsp_context_is(reading, at, -1, "tới đến") && wsp_context_is(reading, at, -2, "tin"));
}

/* "*101#", "*098#": what is keyed in, signs and all. */
static bool say_keys(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    uint32_t before = at > 0 ? reading->tokens[at - 1].end : reading->sentence->begin;
    struct wsp_str gap = wsp_document_text(reading->script->document,
                                           (struct wsp_span){before, reading->tokens[at].begin});
    size_t digits = wsp_digits_at(text, 0);
    if (text.len < 3 || digits < 2 || digits + 1 != text.len || text.ptr[digits] != '#' ||
        gap.len == 0 || gap.ptr[gap.len - 1] != '*')
        return false;
    struct wsp_buf words = WSP_BUF_INIT(256);
    wsp_vi_add(&words, "sao");
    wsp_vi_digits(&words, (struct wsp_str){text.ptr, digits});
    wsp_vi_add(&words, "thăng");
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* "0989.xxx.123": parts of it are hidden. */
static bool say_hidden(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = 0, hidden = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += text.ptr[i] >= '0' && text.ptr[i] <= '9';
        hidden += (text.ptr[i] | 0x20) == 'x';
        if (!strchr("0123456789.-xX*", text.ptr[i]) || !text.ptr[i])
            return false;
    }
    if (digits < 6 || hidden < 2 || text.ptr[0] != '0')
        return false;
    struct wsp_buf words = WSP_BUF_INIT(256);
    for (size_t i = 0; i < text.len; i++) {
        if ((text.ptr[i] | 0x20) == 'x')
            wsp_vi_add(&words, "ích");
        else if (wsp_digits_at(text, i) > 0)
            wsp_vi_digits(&words, (struct wsp_str){text.ptr + i, 1});
    }
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* ---- saying ---- */

/* How announcers part what is written as one: the first row whose beginning and number of digits
 * fit. */
static const struct {
    const char *begins;
    size_t digits;
    const char *sizes;
} usual_groups[] = {
    {"024", 11, "344"},   {"028", 11, "344"},  {"0", 11, "434"},      {"0", 10, "433"},
    {"1", 10, "433"},     {"1", 8, "44"},      {"+8424", 12, "2244"}, {"+8428", 12, "2244"},
    {"+842", 12, "2343"}, {"+84", 11, "2333"}, {"", 9, "333"},        {"", 8, "44"},
    {"", 7, "43"},
};

/* "433" for "0912345678"; "": it is one group. */
static const char *sizes_of(struct wsp_str group)
{
    size_t digits = phone_digits(group);
    for (size_t i = 0; i < WSP_LEN(usual_groups); i++) {
        size_t len = strlen(usual_groups[i].begins);
        if (digits == usual_groups[i].digits && group.len >= len &&
            memcmp(group.ptr, usual_groups[i].begins, len) == 0)
            return usual_groups[i].sizes;
    }
    return "";
}

static void breathe(struct wsp_utterance *out)
{
    if (out->n_words > 0)
        out->words[out->n_words - 1].pause_ms = WSP_BREATH_MS;
}

static void say_piece(const struct wsp_reading *reading, size_t at, struct wsp_str piece,
                      struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(512);
    if (piece.ptr[0] == '+')
        wsp_vi_add(&words, "cộng");
    wsp_vi_digits(&words, piece);
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
}

/* Say `group`, which is not empty, in pieces of `sizes` digits, a light break between them. */
static void say_group(const struct wsp_reading *reading, size_t at, struct wsp_str group,
                      const char *sizes, struct wsp_utterance *out)
{
    for (; *sizes; sizes++) {
        size_t len = (size_t)(*sizes - '0') + (group.ptr[0] == '+');
        if (len >= group.len)
            break;
        say_piece(reading, at, (struct wsp_str){group.ptr, len}, out);
        breathe(out);
        group = (struct wsp_str){group.ptr + len, group.len - len};
    }
    say_piece(reading, at, group, out);
}

/* Say `text`, groups of digits with dots and dashes between them, a light break after each but the
 * last; a digit alone goes with the next: "3.888.777". `usual`: part long ones as usual. */
static void say_groups(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                       bool usual, struct wsp_utterance *out)
{
    while (text.len > 0) {
        size_t len = 0;
        while (len < text.len && text.ptr[len] != '.' && text.ptr[len] != '-')
            len++;
        struct wsp_str group = {text.ptr, len};
        if (len > 0)
            say_group(reading, at, group, usual ? sizes_of(group) : "", out);
        len += len < text.len;
        text = (struct wsp_str){text.ptr + len, text.len - len};
        if (text.len > 0 && group.len > 1)
            breathe(out);
    }
}

static bool is_said_by_digits(const struct wsp_reading *reading, size_t at)
{
    return is_in_phone(reading, at) || is_pair(wsp_token_text(reading, at)) ||
           is_short_number(reading, at) || is_in_card(reading, at) ||
           is_number_of_thing(reading, at);
}

size_t wsp_read_phone(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    if (say_keys(reading, at, out) || say_hidden(reading, at, out))
        return 1;
    if (!is_said_by_digits(reading, at))
        return 0;
    struct wsp_str text = wsp_token_text(reading, at);
    if (is_pair(text)) {
        size_t each = text.len / 2;
        say_groups(reading, at, (struct wsp_str){text.ptr, each}, true, out);
        breathe(out);
        wsp_say_words(reading, at, at + 1, WSP_STR("đến"), out);
        text = (struct wsp_str){text.ptr + each + 1, each};
    }
    bool phone = is_in_phone(reading, at) || is_pair(wsp_token_text(reading, at));
    say_groups(reading, at, text, phone, out);
    if (text.len > 1 && wsp_blank_follows(reading, at) && is_said_by_digits(reading, at + 1))
        breathe(out);
    return 1;
}
