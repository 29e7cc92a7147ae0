/* Numbers, alone or with what they count: "3.417", "-15°C", "31-34°C", "20x30 cm", "6,5%/năm",
 * "35.000 đồng/trẻ", "80 km/h", "118 000". A unit that stands alone is one only after a number. */
#include "reading/readers.h"

#include "reading/abbreviation.h"
#include "reading/context.h"
#include "reading/quantity.h"
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
        if (digits != 3 ||
            (next.len > 3 && !wsp_is_unit((struct wsp_str){next.ptr + 3, next.len - 3})))
            break;
        wsp_buf_add_str(joined, next);
        if (next.len > 3)
            return n + 1;
    }
    return n > 1 ? n : 0;
}

static bool is_score(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, -1, "thắng thua hòa hoà dẫn set hiệp bại") ||
           wsp_context_is(reading, at, -2, "thắng thua hòa hoà dẫn") ||
           (wsp_context_is(reading, at, -1, "số") && wsp_context_is(reading, at, -2, "tỷ tỉ")) ||
           (wsp_context_is(reading, at, -1, "là") && wsp_context_is(reading, at, -2, "số") &&
            wsp_context_is(reading, at, -3, "tỷ tỉ"));
}

static enum wsp_quantity_hint hint_at(const struct wsp_reading *reading, size_t at)
{
    static const char lengths[] = "cao dài rộng sâu dày ngập";
    static const char screens[] = "tivi hình tv lcd led";
    if (wsp_context_is(reading, at, -1, lengths))
        return WSP_QUANTITY_LENGTH;
    if (wsp_context_is(reading, at, -1, screens) || wsp_context_is(reading, at, -2, screens))
        return WSP_QUANTITY_SCREEN;
    return WSP_QUANTITY_ANY;
}

/* "thứ 1", "tháng 4": ordinals. */
static bool say_after_ordinal_word(const struct wsp_reading *reading, size_t at,
                                   struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
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

/* A whole number above another of the kind, or no way to tell. */
static bool rises(const struct wsp_quantity *low, const struct wsp_quantity *high)
{
    size_t n = low->figure.n_digits, m = high->figure.n_digits;
    return n < m || (n == m && strcmp(low->figure.digits, high->figure.digits) <= 0) ||
           high->counts || low->figure.sign == WSP_FIGURE_MINUS;
}

/* "5", "-15°C", "31-34°C", "4-3", "20x30cm". `text` is token `at`, its groups joined. */
static bool say_text(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                     struct wsp_buf *words, enum wsp_doubt *doubt)
{
    struct wsp_quantity low, high;
    struct wsp_buf second = WSP_BUF_INIT(2048);
    enum wsp_quantity_hint hint = hint_at(reading, at);
    size_t end = wsp_quantity_say(words, text, 0, hint, &low), dash = wsp_dash_at(text, end);
    bool said = end > 0 && end == text.len;
    if (end > 0 && low.figure.n_digits > WSP_CARDINAL_DIGITS)
        *doubt = WSP_DOUBT_ABSURD;
    while (end > 0 && end < text.len && dash == 0) { /* crosses */
        size_t cross = text.ptr[end] == 'x' || text.ptr[end] == '*' ? 1 : strlen("×");
        wsp_vi_add(words, "nhân");
        size_t more = wsp_quantity_say(words, text, end + cross, hint, &high);
        end = more > 0 ? end + cross + more : 0;
        dash = wsp_dash_at(text, end);
        said = end == text.len;
    }
    size_t n = dash > 0 && end > 0 ? wsp_quantity_say(&second, text, end + dash, hint, &high) : 0;
    if (n > 0 && end + dash + n == text.len && high.figure.sign == WSP_FIGURE_PLAIN &&
        low.figure.sign != WSP_FIGURE_PLUS) {
        bool score = is_score(reading, at), falls = !low.counts && !rises(&low, &high);
        if (!score && !falls)
            wsp_vi_add(words, "đến");
        if (!score && falls)
            *doubt = WSP_DOUBT_SCORE;
        wsp_vi_add(words, second.ptr);
        said = true;
    }
    wsp_buf_release(&second);
    return said;
}

static bool ends_in_digit(struct wsp_str text)
{
    return text.len > 0 && text.ptr[text.len - 1] >= '0' && text.ptr[text.len - 1] <= '9';
}

/* Is token `at` counted by the number before it? */
static bool is_counted(const struct wsp_reading *reading, size_t at)
{
    return at > 0 && wsp_blank_follows(reading, at - 1) &&
           (ends_in_digit(wsp_token_text(reading, at - 1)) ||
            wsp_context_is(reading, at, -1, "nghìn ngàn triệu tỷ tỉ trăm tr"));
}

static size_t say(const struct wsp_reading *reading, size_t at, struct wsp_buf *words,
                  enum wsp_doubt *doubt)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_buf joined = WSP_BUF_INIT(128);
    size_t taken = join_groups(reading, at, &joined);
    if (taken > 0 && !say_text(reading, at, wsp_buf_str(&joined), words, doubt))
        taken = 0;
    wsp_buf_release(&joined);
    if (taken > 0)
        return taken;
    wsp_buf_clear(words);
    if (say_after_ordinal_word(reading, at, words))
        return 1;
    if (is_counted(reading, at) && wsp_unit_say(words, text, true))
        return 1;
    wsp_buf_clear(words);
    return say_text(reading, at, text, words, doubt);
}

/* Where no word of the message says "đến" and a dash means it: "5 - 7 ngày", "20°C - 25°C". */
static size_t say_second(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_figure first, figure;
    struct wsp_buf other = WSP_BUF_INIT(2048);
    enum wsp_doubt doubt = WSP_DOUBT_NONE;
    size_t taken = 0;
    if (wsp_dash_follows(reading, at) &&
        wsp_figure_read(wsp_token_text(reading, at), 0, &first) > 0 &&
        wsp_figure_read(wsp_token_text(reading, at + 1), 0, &figure) > 0)
        taken = say(reading, at + 1, &other, &doubt);
    if (taken > 0) {
        if (!is_score(reading, at))
            wsp_vi_add(words, "đến");
        wsp_vi_add(words, other.ptr);
    }
    wsp_buf_release(&other);
    return taken;
}

/* "thứ 2 - thứ 6", "lớp 6 - lớp 9": the same word before both numbers. */
static bool leads_to_same_word(const struct wsp_reading *reading, size_t at)
{
    struct wsp_figure figure;
    if (at == 0 || !wsp_dash_follows(reading, at) ||
        !wsp_figure_is(wsp_token_text(reading, at), &figure))
        return false;
    struct wsp_str before = wsp_token_text(reading, at - 1);
    return wsp_str_equal(before, wsp_token_text(reading, at + 1)) &&
           wsp_figure_read(wsp_token_text(reading, at + 2), 0, &figure) > 0;
}

/* "lớp 5A", "nhà 12B": a number and a letter that name a thing. */
static bool is_label(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = wsp_digits_at(text, 0);
    return at > 0 && digits > 0 && digits + 1 == text.len && text.ptr[digits] >= 'A' &&
           text.ptr[digits] <= 'Z' &&
           (wsp_takes_label(wsp_token_text(reading, at - 1)) ||
            wsp_context_is(reading, at, -1,
                           "số đường ngõ hẻm xe bến căn hộ dãy tầng ghế phố quầy học trường"));
}

size_t wsp_read_measure(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    if (is_label(reading, at))
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(2048);
    enum wsp_doubt doubt = WSP_DOUBT_NONE;
    size_t taken = say(reading, at, &words, &doubt);
    if (taken == 1)
        taken += say_second(reading, at, &words);
    if (taken == 1 && leads_to_same_word(reading, at))
        wsp_vi_add(&words, "đến");
    if (taken > 0) {
        wsp_say_words(reading, at, at + taken, wsp_buf_str(&words), out);
        if (doubt)
            wsp_doubt(out, doubt);
    }
    wsp_buf_release(&words);
    return taken;
}
