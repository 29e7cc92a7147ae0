/* Signs that stand alone between words: "A & B", "2 + 3 = 5". */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"

#include <string.h>

static const struct {
    const char *sign, *spoken;
} signs[] = {
    {"&", "và"},
    {"+", "cộng"},
    {"=", "bằng"},
    {"%", "phần trăm"},
    {"×", "nhân"},
    {"±", "cộng trừ"},
    {"<", "nhỏ hơn"},
    {">", "lớn hơn"},
    {"≤", "nhỏ hơn hoặc bằng"},
    {"≥", "lớn hơn hoặc bằng"},
    {"°", "độ"},
    {"≈", "khoảng"},
    {"~", "khoảng"},
    {"½", "một phần hai"},
    {"¼", "một phần tư"},
    {"¾", "ba phần tư"},
    {"⅓", "một phần ba"},
    {"⅔", "hai phần ba"},
    {"⅙", "một phần sáu"},
    {"⅛", "một phần tám"},
    {"⅜", "ba phần tám"},
    {"⅝", "năm phần tám"},
    {"⅞", "bảy phần tám"},
    {"÷", "chia"},
    {"$", "đô la"},
    {"€", "ơ rô"},
};

/* The x of "3 x 4", "5m x 10m". */
static bool is_cross(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (at == 0 || !(wsp_str_is(text, "x") || wsp_str_is(text, "X")))
        return false;
    struct wsp_str before = wsp_token_text(reading, at - 1), next = wsp_token_text(reading, at + 1);
    bool counted =
        at > 1 && wsp_digits_at(wsp_token_text(reading, at - 2), 0) > 0; /* "2 viên x 3" */
    return (wsp_digits_at(before, 0) > 0 || counted) && wsp_digits_at(next, 0) > 0;
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

size_t wsp_read_sign(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str token = wsp_token_text(reading, at);
    if (say_finding(reading, at, out))
        return 1;
    if (is_cross(reading, at)) {
        wsp_say_words(reading, at, at + 1, WSP_STR("nhân"), out);
        return 1;
    }
    for (size_t i = 0; i < WSP_LEN(signs); i++)
        if (wsp_str_is(token, signs[i].sign)) {
            struct wsp_str spoken = {signs[i].spoken, strlen(signs[i].spoken)};
            wsp_say_words(reading, at, at + 1, spoken, out);
            return 1;
        }
    return 0;
}
