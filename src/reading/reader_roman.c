/* Roman numerals: after a word that counts in them ("thế kỷ XIX", "khóa XII", "phụ lục iv"; small
 * letters only there), as the number of a part ("II. Kết quả"), or after a name ("Louis XIV"). */
#include "reading/readers.h"

#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/syllable.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <stdio.h>
#include <string.h>

static unsigned letter_value(char letter)
{
    static const char letters[] = "IVXLCDM";
    static const unsigned values[] = {1, 5, 10, 50, 100, 500, 1000};
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found ? values[found - letters] : 0;
}

static void write_roman(char *out, unsigned number)
{
    static const struct {
        unsigned value;
        const char *letters;
    } steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    for (size_t i = 0; i < WSP_LEN(steps); i++)
        for (; number >= steps[i].value; number -= steps[i].value)
            out = stpcpy(out, steps[i].letters);
}

/* 0: it is none, or not written as it should be. */
static unsigned roman_value(struct wsp_str text)
{
    enum { LONGEST = 15 }; /* MMMDCCCLXXXVIII */
    char right[64] = "";
    unsigned sum = 0;
    if (text.len == 0 || text.len > LONGEST || (text.len == 1 && strchr("CDLM", text.ptr[0])))
        return 0; /* "bằng lái hạng C" is a letter */
    if (text.len == 1)
        return letter_value(text.ptr[0]);
    for (size_t i = 0; i < text.len; i++) {
        unsigned value = letter_value(text.ptr[i]);
        unsigned next = i + 1 < text.len ? letter_value(text.ptr[i + 1]) : 0;
        if (value == 0)
            return 0;
        sum = value < next ? sum - value : sum + value;
    }
    if (sum == 0 || sum >= 4000)
        return 0;
    write_roman(right, sum);
    return wsp_str_is(text, right) ? sum : 0;
}

/* "báo động lũ I, II, III": numerals before it, and one of `words` before them. */
static bool ends_list(const struct wsp_reading *reading, size_t at, const char *words)
{
    enum { LONGEST = 8 };
    size_t back = 1;
    while (back <= LONGEST && back < at && roman_value(wsp_token_text(reading, at - back)) > 0)
        back++;
    return back > 1 && wsp_context_is(reading, at, -(int)back, words);
}

static bool counts(const struct wsp_reading *reading, size_t at)
{
    static const char words[] =
        "kỷ kỉ khóa khoá kỳ thứ chương hạng động phần mục quyển tập hội lục khu đời điều đoạn bậc "
        "loại cấp nhóm bảng kì tiết bài quý quí vùng lớp pha ngành lần đợt mức độ bộ tuyến "
        "bsck dsck gói đh khoản vòng chiến điểm hồi kì ương bđ nhật tầng vực hk sở thôn xóm ấp đai "
        "lũ gđ tháng khóm tk";
    static const char joined[] = "và , -";
    struct wsp_str text = wsp_token_text(reading, at);
    bool year = wsp_context_is(reading, at, -1, "năm") && text.len > 3;
    bool unit = wsp_context_is(reading, at, -1, "đoàn") && /* "Quân đoàn IV" */
                wsp_context_is(reading, at, -2, "quân sư binh trung lữ") &&
                strspn(text.ptr, "IVX") >= text.len;
    bool number = wsp_context_is(reading, at, -1, "số") && strspn(text.ptr, "IVX") >= text.len;
    return year || number || unit || wsp_context_is(reading, at, -1, words) ||
           (at > 1 && wsp_context_is(reading, at, -1, joined) &&
            wsp_context_is(reading, at, -3, words)) ||
           ends_list(reading, at, words);
}

/* Fewer words are followed by small ones: "vi" and "mi" are syllables, "khu di tích". */
static bool counts_small(const struct wsp_reading *reading, size_t at)
{
    bool longer = wsp_token_text(reading, at).len > 1;
    return wsp_context_is(reading, at, -1,
                          "chương mục lục khoản điều phần điểm tiết quyển tập trang thứ đoạn") ||
           (longer && wsp_context_is(reading, at, -1, "khóa khoá kỳ số hạng bảng vòng hồi đợt")) ||
           (wsp_str_is_one_of(wsp_token_text(reading, at), "ii iii iv") && /* not "quý vi" */
            wsp_context_is(reading, at, -1, "quý quí")) ||
           (wsp_token_text(reading, at).len > 3 && wsp_context_is(reading, at, -1, "năm")) ||
           (wsp_context_is(reading, at, -1, "kỷ kỉ") && wsp_context_is(reading, at, -2, "thế"));
}

/* "Louis XIV": at least two letters, of I, V and X alone ("áo XL" is a size), after a name; one
 * after that of a school: "trường Lê Lợi I". */
static bool follows_name(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), before = wsp_token_text(reading, at - 1);
    bool school = text.len == 1 &&
                  wsp_stands_before(reading, at, 6, "trường thcs thpt mầm khu viện") &&
                  !(at + 1 < reading->n_tokens && reading->tokens[at + 1].kind == WSP_TOKEN_NAME);
    bool heading = reading->capitals && wsp_syllable_parse(before, NULL);
    if (at > 1 && roman_value(before) > 0 && roman_value(before) < roman_value(text) &&
        reading->tokens[at - 2].kind == WSP_TOKEN_NAME)
        return true; /* "Trà Nóc I, II" */
    if (at == 0 || heading || (text.len < 2 && !school) || strcspn(text.ptr, "IVX") > 0 ||
        strspn(text.ptr, "IVX") < text.len || before.len < 2)
        return false;
    struct wsp_char first = wsp_char_at(before.ptr, 0, before.len);
    size_t capitals = wsp_capitals_in(before); /* "VSIP II" */
    return wsp_char_is_upper(first) && (capitals == 0 || capitals > 2) &&
           wsp_blank_follows(reading, at - 1);
}

/* "II. Kết quả": the number of a part. */
static bool heads_line(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = wsp_token_gap(reading, at);
    return at == 0 && reading->n_tokens > 1 && gap.len > 0 && strchr("./)", gap.ptr[0]);
}

/* Its capitals, "" when it is too long or mixed. */
static struct wsp_str capitals_of(struct wsp_str text, char *upper, size_t size)
{
    size_t small = 0;
    for (size_t i = 0; i < text.len && i < size; i++) {
        small += text.ptr[i] >= 'a' && text.ptr[i] <= 'z';
        upper[i] = (char)(text.ptr[i] & ~0x20);
    }
    if (text.len > size)
        return WSP_STR("");
    bool plain = strspn(text.ptr, "ivx") >= text.len || /* "di" and "mi" are syllables, no 501 */
                 (text.len > 1 && !wsp_syllable_parse(text, NULL));
    return small == text.len && plain ? (struct wsp_str){upper, text.len} : text;
}

/* "thế kỷ XIX-XX", "lớp I, II": the value, and that of a second after a dash. */
static bool read_values(const struct wsp_reading *reading, size_t at, unsigned *low, unsigned *high)
{
    char upper[16], other[16];
    struct wsp_str text = wsp_token_text(reading, at);
    size_t first = 0, dash = 0;
    while (first < text.len && (dash = wsp_dash_at(text, first)) == 0)
        first++;
    *low = roman_value(capitals_of((struct wsp_str){text.ptr, first}, upper, sizeof upper));
    *high = 0;
    struct wsp_str last = {text.ptr + first + dash, text.len - first - dash};
    if (dash > 0)
        *high = roman_value(capitals_of(last, other, sizeof other));
    return *low > 0 && (dash == 0 || *high > *low);
}

static bool is_small(struct wsp_str text)
{
    return text.len > 0 && text.ptr[0] >= 'a';
}

static void add_value(struct wsp_buf *words, unsigned value, bool ordinal)
{
    char digits[16];
    int len = snprintf(digits, sizeof digits, "%u", value);
    struct wsp_str text = {digits, (size_t)len};
    if (ordinal && value == 1)
        wsp_vi_add(words, "nhất");
    else if (ordinal)
        wsp_vi_ordinal(words, text);
    else
        wsp_vi_cardinal(words, text);
}

/* "mục IV.2" */
static bool say_numbered(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    const char *dot = text.len > 0 ? memchr(text.ptr, '.', text.len) : NULL;
    size_t first = dot ? (size_t)(dot - text.ptr) : 0;
    struct wsp_str number = {text.ptr + first + 1, dot ? text.len - first - 1 : 0};
    unsigned value = roman_value((struct wsp_str){text.ptr, first});
    if (value == 0 || number.len == 0 || number.len > 2 || wsp_digits_at(number, 0) != number.len ||
        !counts(reading, at))
        return false;
    struct wsp_buf words = WSP_BUF_INIT(256);
    add_value(&words, value, false);
    wsp_vi_add(&words, "chấm");
    wsp_vi_cardinal(&words, number);
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* "vượt BĐIII 0,5m", "trên BĐII-BĐIII", "(>BĐ2 0,1m)": the alarm for floods, of three levels. */
static bool say_alarm(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    static const char alarm[] = "BĐ";
    enum { LEVELS = 3 };
    size_t len = strlen(alarm), n = 0;
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_buf words = WSP_BUF_INIT(256);
    bool above = text.len > 0 && text.ptr[0] == '>', below = text.len > 0 && text.ptr[0] == '<';
    if (above || below) {
        wsp_vi_add(&words, above ? "trên" : "dưới");
        text = (struct wsp_str){text.ptr + 1, text.len - 1};
    }
    while (text.len > len && memcmp(text.ptr, alarm, len) == 0) {
        size_t level = 0, digits = wsp_digits_at(text, len);
        while (len + level < text.len && text.ptr[len + level] == 'I')
            level++;
        size_t end = len + level + digits;
        struct wsp_str figure = {text.ptr + len, digits};
        size_t value = digits > 0 ? wsp_digits_value(figure) : level;
        size_t dash = wsp_dash_at(text, end);
        wsp_vi_add(&words, n > 0 ? "đến báo động" : "báo động");
        if (value == 0 || value > LEVELS || (digits > 0 && level > 0) ||
            (dash == 0 && end < text.len))
            break;
        add_value(&words, (unsigned)value, false);
        text = (struct wsp_str){text.ptr + end + dash, text.len - end - dash};
        n++;
    }
    bool said = n > 0 && text.len == 0;
    if (said)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}

/* "QII/2025": a quarter; "tháng II/2026": a month. */
static bool say_part_of_year(const struct wsp_reading *reading, size_t at,
                             struct wsp_utterance *out)
{
    enum { QUARTERS = 4, MONTHS = 12 };
    struct wsp_str text = wsp_token_text(reading, at);
    const char *slash = text.len > 2 ? memchr(text.ptr, '/', text.len) : NULL;
    size_t end = slash ? (size_t)(slash - text.ptr) : 0;
    if (end == 0 || wsp_digits_at(text, end + 1) != 4 || end + 5 != text.len)
        return false;
    bool quarter = end > 1 && text.ptr[0] == 'Q';
    struct wsp_str part = {text.ptr + quarter, end - quarter}, year = {text.ptr + end + 1, 4};
    unsigned value = roman_value(part);
    if (value == 0 || value > (quarter ? QUARTERS : MONTHS) ||
        !(quarter || wsp_context_is(reading, at, -1, "tháng")))
        return false;
    struct wsp_buf words = WSP_BUF_INIT(256);
    if (quarter)
        wsp_vi_add(&words, "quý");
    add_value(&words, value, quarter || value > 1);
    wsp_vi_add(&words, "năm");
    wsp_vi_cardinal(&words, year);
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* "giai đoạn IIIb": a part of it. */
static bool say_lettered(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len < 2 || !strchr("abcAB", text.ptr[text.len - 1]) || !counts(reading, at))
        return false;
    struct wsp_str roman = {text.ptr, text.len - 1}, letter = {text.ptr + roman.len, 1};
    unsigned value = strspn(roman.ptr, "IVX") >= roman.len ? roman_value(roman) : 0;
    if (value == 0)
        return false;
    struct wsp_buf words = WSP_BUF_INIT(128);
    add_value(&words, value, false);
    (void)wsp_add_letter_names(reading, &words, letter, 1);
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* "(ii) hỏi họ tên": an item of a list in a sentence. */
static bool is_item(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), after = wsp_token_gap(reading, at);
    struct wsp_str before = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    return text.len > 1 && strspn(text.ptr, "ivx") >= text.len && before.len > 0 &&
           before.ptr[before.len - 1] == '(' && after.len > 0 && after.ptr[0] == ')';
}

size_t wsp_read_roman(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    unsigned low, high;
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len == 0 || !text.ptr[0] || !strchr("IVXLCDMivxlcdmQB<>", text.ptr[0]))
        return 0; /* most words */
    if (say_numbered(reading, at, out) || say_part_of_year(reading, at, out) ||
        say_alarm(reading, at, out) || say_lettered(reading, at, out))
        return 1;
    bool cross = wsp_str_is(text, "x") && /* "150 phần x 300k" */
                 wsp_digits_at(wsp_token_text(reading, at + 1), 0) > 0;
    if (cross || !read_values(reading, at, &low, &high))
        return 0;
    bool small = is_small(text), asked = small ? counts_small(reading, at) : counts(reading, at);
    /* No word and no abbreviation is as long. */
    asked |= !small && text.len > 3 && high == 0 && strspn(text.ptr, "IVX") >= text.len;
    asked |= small ? is_item(reading, at) : wsp_context_is(reading, at, 1, "giọt giọt/phút");
    bool named = !asked && !small && follows_name(reading, at);
    if (!asked && !named && (small || !heads_line(reading, at)))
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(256);
    add_value(&words, low, wsp_context_is(reading, at, -1, "thứ quý quí"));
    if (high > 0) {
        wsp_vi_add(&words, "đến");
        add_value(&words, high, false);
    }
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    if (named)
        wsp_doubt(out, WSP_DOUBT_ROMAN);
    wsp_buf_release(&words);
    return 1;
}
