/* Two numbers with a slash that are no date: a part of a total ("12/15 xã": trên), a fraction ("2/5
 * diện tích": phần), and the number of a law with its year ("số 15/2020": năm). And "4x6". */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/vi_number.h"

#include <string.h>

/* The things that a total is made of. */
static const char counted[] = "xã phường thị huyện quận tỉnh thành thôn xóm tổ hộ phiếu đại học em "
                              "người trường lớp đơn công điểm ca mẫu môn trận giờ";

static bool is_fraction(const struct wsp_reading *reading, size_t at, unsigned low, unsigned high)
{
    if (wsp_context_is(reading, at, 1, counted))
        return false;
    return low < high && (low < 4 || high <= 10 || high % 100 == 0);
}

static const char *between(const struct wsp_reading *reading, size_t at, struct wsp_str low,
                           struct wsp_str high)
{
    unsigned a = wsp_digits_value(low), b = wsp_digits_value(high);
    if (high.len == 4 && b >= 1900 && b < 2100)
        return "năm";
    return is_fraction(reading, at, a, b) ? "phần" : "trên";
}

size_t wsp_read_ratio(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_str low = {text.ptr, wsp_digits_at(text, 0)};
    if (low.len == 0 || low.len > 4 || low.len + 1 >= text.len)
        return 0;
    char sign = text.ptr[low.len];
    struct wsp_str high = {text.ptr + low.len + 1, wsp_digits_at(text, low.len + 1)};
    if ((sign != '/' && sign != 'x') || high.len == 0 || high.len > 4 ||
        low.len + 1 + high.len != text.len)
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(256);
    wsp_vi_cardinal(&words, low);
    const char *sign_word = sign == 'x' ? "nhân" : between(reading, at, low, high);
    wsp_vi_add(&words, sign_word);
    if (strcmp(sign_word, "phần") == 0)
        wsp_vi_ordinal(&words, high); /* "ba phần tư" */
    else
        wsp_vi_cardinal(&words, high);
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return 1;
}
