/* Signs that stand alone between words: "A & B", "2 + 3 = 5". */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/sign.h"
#include "reading/vi_number.h"

#include <string.h>

/* The x of "3 x 4", "5m x 10m". */
static bool is_cross(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (at == 0 || !(wsp_str_is(text, "x") || wsp_str_is(text, "X")))
        return false;
    struct wsp_str before = wsp_token_text(reading, at - 1), next = wsp_token_text(reading, at + 1);
    bool counted =
        at > 1 && wsp_digits_at(wsp_token_text(reading, at - 2), 0) > 0; /* "2 viên x 3" */
    bool parted = text.ptr[0] == 'x' && wsp_blank_follows(reading, at - 1) &&
                  wsp_blank_follows(reading, at); /* "CCCD phô tô x 02 bản" */
    return (wsp_digits_at(before, 0) > 0 || counted || parted) && wsp_digits_at(next, 0) > 0;
}

/* The slash of "60 mg / kg / ngày", with blanks around it: a unit before, a measure after. */
static bool is_per(const struct wsp_reading *reading, size_t at)
{
    bool counted = at > 1 && wsp_digits_at(wsp_token_text(reading, at - 2), 0) > 0;
    return at > 0 && wsp_str_is(wsp_token_text(reading, at), "/") &&
           ((wsp_context_is(reading, at, -1, "nghìn ngàn triệu đồng") && /* "3 ngàn / ký" */
             at + 1 < reading->n_tokens && reading->tokens[at + 1].kind == WSP_TOKEN_WORD) ||
            counted || wsp_is_unit(wsp_token_text(reading, at - 1))) &&
           (wsp_is_unit(wsp_token_text(reading, at + 1)) ||
            wsp_context_is(reading, at, -1, "nghìn ngàn triệu đồng") ||
            wsp_context_is(reading, at, 1, "giờ ngày đêm tuần tháng năm lần người"));
}

/* "Toán x2": behind a blank, so that it is no product of two. */
static bool say_factor(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    bool factor = at > 0 && text.len > 1 && text.ptr[0] == 'x' &&
                  wsp_digits_at(text, 1) == text.len - 1 && wsp_blank_follows(reading, at - 1);
    if (!factor)
        return false;
    struct wsp_buf words = WSP_BUF_INIT(256);
    wsp_vi_add(&words, "nhân");
    wsp_vi_cardinal(&words, (struct wsp_str){text.ptr + 1, text.len - 1});
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* "(+) với cúm", "HBsAg (-)", "nhóm O, Rh(-)" */
static bool say_finding(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str token = wsp_token_text(reading, at), gap = wsp_token_gap(reading, at);
    struct wsp_str before = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    bool plus = wsp_str_is(token, "+");
    bool bracketed =
        gap.len > 0 && gap.ptr[0] == ')' && before.len > 0 && before.ptr[before.len - 1] == '(';
    if ((!plus || !wsp_context_is(reading, at, 1, "với tính")) &&
        !(bracketed && (plus || wsp_dash_at(token, 0) == token.len)))
        return false;
    bool blood = wsp_context_is(reading, at, -1, "rh"); /* a group, no finding */
    wsp_say_words(reading, at, at + 1,
                  plus    ? blood ? WSP_STR("dương") : WSP_STR("dương tính")
                     : blood ? WSP_STR("âm")
                          : WSP_STR("âm tính"),
                  out);
    return true;
}

/* "Protein (++)": two plus. */
static bool say_degree(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    enum { MOST = 4 };
    struct wsp_str token = wsp_token_text(reading, at);
    if (token.len < 2 || token.len > MOST || strspn(token.ptr, "+") < token.len)
        return false;
    struct wsp_buf words = WSP_BUF_INIT(64);
    char digit = (char)('0' + token.len);
    wsp_vi_cardinal(&words, (struct wsp_str){&digit, 1});
    wsp_vi_add(&words, "cộng");
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* "nhóm máu AB-", "O-", "Rh-" */
static bool say_blood(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str token = wsp_token_text(reading, at), gap = wsp_token_gap(reading, at);
    if (!wsp_str_is_one_of(token, "A B AB O Rh") || wsp_dash_at(gap, 0) == 0 ||
        !(wsp_str_is(token, "Rh") || wsp_stands_before(reading, at, 8, "máu rh huyết đv vị")))
        return false;
    struct wsp_buf words = WSP_BUF_INIT(256);
    (void)wsp_add_letter_names(reading, &words, token, 2);
    wsp_vi_add(&words, "âm");
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return true;
}

/* The mark of an item inside a sentence: "Kết quả: + Đợt 1 ...; + Đợt 2 ...". */
static bool is_bullet(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    bool adds = wsp_digits_at(wsp_token_text(reading, at + 1), 0) > 0; /* "điểm: + 2" */
    if (at == 0 && wsp_str_is(wsp_token_text(reading, at), ">"))       /* a quotation in a mail */
        return !adds;
    return wsp_str_is(wsp_token_text(reading, at), "+") && gap.len > 0 &&
           (gap.ptr[0] == ';' || (strchr(":.", gap.ptr[0]) && !adds));
}

/* "1HP ~ 750W", "1CNY ~ 3.520đ": the units beside the sign differ. */
static bool differ(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str texts[] = {wsp_token_text(reading, at - 1), wsp_token_text(reading, at + 1)};
    for (size_t i = 0; i < WSP_LEN(texts); i++) {
        struct wsp_figure figure;
        size_t len = wsp_figure_read(texts[i], 0, &figure);
        texts[i] = (struct wsp_str){texts[i].ptr + len, texts[i].len - len};
    }
    bool hours = texts[0].len > 0 && texts[1].len > 0 && strchr("hg:", texts[0].ptr[0]) &&
                 strchr("hg:", texts[1].ptr[0]); /* "8h00 ~ 16h30" */
    return texts[0].len > 0 && !hours && !wsp_str_equal(texts[0], texts[1]);
}

/* The x of "65.000 đ/m2 x hệ số 1,3", "4 ml x cân nặng (kg) x %": a factor in words or a percent.
 */
static bool is_factor_word(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    return at > 0 && (wsp_str_is(text, "x") || wsp_str_is(text, "X")) &&
           wsp_blank_follows(reading, at) &&
           wsp_context_is(reading, at, 1, "hệ số cân đơn % diện giá lượng mức tỷ lương");
}

/* What the sign is called between those that stand beside it; empty: it has no name. */
static struct wsp_str name_of(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str token = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    bool before_number = wsp_digits_at(next, 0) > 0;
    if (wsp_str_is(token, "÷") && !wsp_context_is(reading, at, 2, "="))
        return WSP_STR("đến"); /* "từ Km11+000 ÷ Km23+900" */
    if (wsp_str_is(token, "~") && at > 0 && before_number && !differ(reading, at) &&
        wsp_digits_at(wsp_token_text(reading, at - 1), 0) > 0)
        return WSP_STR("đến");                              /* "5 ~ 7 ngày" */
    if (wsp_str_is_one_of(token, "< >") && before_number && /* "< 6 tháng" */
        (wsp_digits_at(next, next.len - 1) == 0 || wsp_is_what_is_measured(reading, at + 2)))
        return token.ptr[0] == '<' ? WSP_STR("dưới") : WSP_STR("trên");
    return wsp_sign_name(token);
}

size_t wsp_read_sign(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str token = wsp_token_text(reading, at);
    bool arrow =
        wsp_str_is(token, "↑") || wsp_str_is(token, "↓"); /* "TCM (↓ 7%)" tells something */
    if (is_bullet(reading, at) ||
        (arrow && wsp_digits_at(wsp_token_text(reading, at + 1), 0) == 0)) {
        wsp_pass(out, (struct wsp_span){reading->tokens[at].begin, reading->tokens[at].end});
        return 1;
    }
    if (at > 0 && wsp_dash_at(token, 0) == token.len &&
        wsp_ends_cell(reading, at - 1)) { /* a cell with nothing in it */
        wsp_say_words(reading, at, at + 1, WSP_STR("không"), out);
        return 1;
    }
    if (say_degree(reading, at, out) || say_finding(reading, at, out) ||
        say_blood(reading, at, out))
        return 1;
    if (is_cross(reading, at) || is_factor_word(reading, at)) {
        wsp_say_words(reading, at, at + 1, WSP_STR("nhân"), out);
        return 1;
    }
    if (is_per(reading, at)) {
        bool unit = wsp_is_unit(wsp_token_text(reading, at + 1));
        wsp_say_words(reading, at, at + 1, unit ? WSP_STR("trên") : WSP_STR("một"), out);
        return 1;
    }
    if (say_factor(reading, at, out))
        return 1;
    struct wsp_str name = name_of(reading, at);
    if (name.len == 0)
        return 0;
    if (wsp_sign_is_fraction(token) && at > 0 && wsp_blank_follows(reading, at - 1) &&
        wsp_digits_at(wsp_token_text(reading, at - 1), 0) == wsp_token_text(reading, at - 1).len)
        wsp_say_words(reading, at, at + 1, WSP_STR("và"), out); /* "1 ½ thìa" */
    wsp_say_words(reading, at, at + 1, name, out);
    return 1;
}
