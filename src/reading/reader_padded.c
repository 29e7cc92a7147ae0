/* A zero that only fills the place of a two-digit number is not said where something is counted:
 * "05 học viên", "02-03 ngày", "hồi 07 giờ", "ngày 02 tháng 01". In the name of a thing ("quầy số
 * 07", "tuyến 08") it is part of the name, and the readers after this one say it. Nor are minutes
 * said that are none ("8 giờ 00"). */
#include "reading/readers.h"

#include "reading/abbreviation.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

/* "05" without its zero; empty: it is no such number. */
static struct wsp_str unpadded(struct wsp_str digits)
{
    bool padded =
        digits.len == 2 && digits.ptr[0] == '0' && digits.ptr[1] >= '1' && digits.ptr[1] <= '9';
    return padded ? (struct wsp_str){digits.ptr + 1, 1} : WSP_STR("");
}

/* "bị thương: 01", "bầu 03 trong số 05 người" */
static bool is_told(const struct wsp_reading *reading, size_t at)
{
    bool last = at + 1 >= reading->n_tokens || reading->tokens[at].pause_ms > 0;
    bool total = last && at > 0 && wsp_str_is(wsp_token_gap(reading, at - 1), ": ") &&
                 !wsp_stands_before(reading, at, 3, "số mã");
    bool part =
        wsp_context_is(reading, at, 1, "trong") && wsp_context_is(reading, at, 2, "số tổng");
    bool whole = wsp_context_is(reading, at, -1, "số") && wsp_context_is(reading, at, -2, "trong");
    return total || part || whole;
}

/* Does the number at `at` tell how many, or which hour, day or month? */
static bool counts(const struct wsp_reading *reading, size_t at)
{
    static const char dated[] = "ngày tháng mùng mồng giờ phút lượng";
    static const char named[] =
        "số mã tổ tuyến nhà phòng lô đội ấp thôn khu đường khóa khoá mẫu biểu quyển bài "
        "ca chương bến ga tầng ngõ hẻm cụm trạm kênh đài trường mã phường quận xóm bản vùng";
    static const char functions[] =
        "và hoặc của về trong tại ở theo là thì có đã đang sẽ không chưa được bị vào ra lên xuống "
        "đến tới từ đi chợ do bởi để cho với chuyên nằm bán giáp gồm cũng";
    if (wsp_context_is(reading, at, -1, dated))
        return true;
    if (is_told(reading, at))
        return true;
    if (wsp_str_is(wsp_token_gap(reading, at), " (") && !wsp_context_is(reading, at, -1, named))
        return true; /* "02 (hai) con" */
    if (wsp_dash_follows(reading, at) && wsp_token_text(reading, at + 1).len == 2 &&
        wsp_digits_at(wsp_token_text(reading, at + 1), 0) == 2) /* "02 - 03 viên" */
        return counts(reading, at + 1);
    bool led = at > 0 && wsp_blank_follows(reading, at - 1) &&
               (wsp_context_is(reading, at, -1, named) ||
                ((reading->tokens[at - 1].kind & WSP_TOKEN_OTHER) &&
                 !wsp_str_is(wsp_token_text(reading, at - 1), "x")) ||
                (wsp_takes_label(wsp_token_text(reading, at - 1)) &&
                 !wsp_context_is(reading, at, -2, "thời"))); /* "thời gian 02 tiết" */
    if (wsp_context_is(reading, at, 1, "giờ phút giây tháng") || wsp_dash_follows(reading, at))
        return wsp_context_is(reading, at, 1, "giờ phút giây tháng");
    if (led || !wsp_blank_follows(reading, at) || at + 1 >= reading->n_tokens)
        return false;
    static const char givers[] = "có gồm nộp nhận tặng trao mất nhặt thu giữ kèm và với cho mua";
    struct wsp_str next = wsp_token_text(reading, at + 1);
    const char *known = wsp_lexicon_find(&wsp_lexicon_acronyms, next);
    bool people = known && *known != '*' && wsp_char_is_lower(wsp_char_at(known, 0, strlen(known)));
    if (wsp_context_is(reading, at, 1, "đ/c") || people ||
        (wsp_capitals_in(next) > 1 && wsp_context_is(reading, at, -1, givers)))
        return true; /* "có 01 CCCD", "tuyển 05 GV" */
    return (reading->tokens[at + 1].kind == WSP_TOKEN_WORD ||
            wsp_context_is(reading, at, 1, "tổ thôn xã phường")) &&
           !wsp_context_is(reading, at, 1, functions);
}

/* "05", "02-03" */
static bool say(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
    size_t from = first + dash;
    struct wsp_str low = unpadded((struct wsp_str){text.ptr, first});
    struct wsp_str last = {text.ptr + from, text.len - from};
    bool number = dash > 0 ? last.len == 2 && wsp_digits_at(last, 0) == 2 : last.len == 0;
    if (low.len == 0 || !number || !counts(reading, at) ||
        (wsp_dash_follows(reading, at) && wsp_dash_follows(reading, at + 1))) /* "07 - 05 - 2024" */
        return false;
    bool month = wsp_context_is(reading, at, -1, "tháng");
    struct wsp_str plain = unpadded(last), high = plain.len > 0 ? plain : last;
    month ? wsp_vi_ordinal(words, low) : wsp_vi_cardinal(words, low);
    if (dash > 0) {
        wsp_vi_add(words, "đến");
        month ? wsp_vi_ordinal(words, high) : wsp_vi_cardinal(words, high);
    }
    return true;
}

/* "00" of "8 giờ 00". */
static bool is_no_minutes(const struct wsp_reading *reading, size_t at)
{
    return wsp_str_is(wsp_token_text(reading, at), "00") &&
           wsp_context_is(reading, at, -1, "giờ") && !wsp_context_is(reading, at, 1, "phút");
}

size_t wsp_read_padded(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    if (wsp_str_is(wsp_token_text(reading, at), "00") &&
        wsp_context_is(reading, at, 1, "giờ phút")) {
        wsp_say_words(reading, at, at + 1, WSP_STR("không"), out);
        return 1;
    }
    if (is_no_minutes(reading, at)) {
        wsp_pass(out, (struct wsp_span){reading->tokens[at].begin, reading->tokens[at].end});
        return 1;
    }
    struct wsp_buf words = WSP_BUF_INIT(64);
    bool said = say(reading, at, &words);
    if (said && wsp_dash_follows(reading, at) &&
        wsp_digits_at(wsp_token_text(reading, at + 1), 0) == 2)
        wsp_vi_add(&words, "đến");
    if (said)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}
