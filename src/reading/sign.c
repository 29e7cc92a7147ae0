#include "reading/sign.h"

#include <string.h>

static const struct {
    const char *sign, *name;
    bool fraction;
} signs[] = {
    {"&", "và", false},
    {"+", "cộng", false},
    {"=", "bằng", false},
    {"%", "phần trăm", false},
    {"@", "a còng", false},
    {"#", "thăng", false},
    {"×", "nhân", false},
    {"÷", "chia", false},
    {"±", "cộng trừ", false},
    {"^", "mũ", false},
    {"⁺", "cộng", false},
    {"⁻", "trừ", false},
    {"<", "nhỏ hơn", false},
    {">", "lớn hơn", false},
    {"≤", "nhỏ hơn hoặc bằng", false},
    {"≥", "lớn hơn hoặc bằng", false},
    {"°", "độ", false},
    {"≈", "khoảng", false},
    {"~", "khoảng", false},
    {"$", "đô la", false},
    {"€", "ơ rô", false},
    {"½", "một phần hai", true},
    {"¼", "một phần tư", true},
    {"¾", "ba phần tư", true},
    {"⅓", "một phần ba", true},
    {"⅔", "hai phần ba", true},
    {"⅙", "một phần sáu", true},
    {"⅛", "một phần tám", true},
    {"⅜", "ba phần tám", true},
    {"⅝", "năm phần tám", true},
    {"⅞", "bảy phần tám", true},
};

/* Greek ones, as they are said in science. */
static const struct {
    const char *sign, *name;
} letters[] = {{"α", "an pha"},  {"β", "bê ta"},     {"γ", "gam ma"}, {"δ", "đen ta"},
               {"Δ", "đen ta"},  {"ε", "ép xi lon"}, {"θ", "tê ta"},  {"λ", "lam đa"},
               {"π", "pi"},      {"σ", "xích ma"},   {"φ", "phi"},    {"Φ", "phi"},
               {"ω", "ô mê ga"}, {"Ω", "ôm"}};

static size_t find_letter(struct wsp_str text)
{
    size_t i = 0;
    while (i < WSP_LEN(letters) && !wsp_str_is(text, letters[i].sign))
        i++;
    return i;
}

bool wsp_sign_is_letter(struct wsp_str text)
{
    return find_letter(text) < WSP_LEN(letters);
}

static size_t find(struct wsp_str text)
{
    size_t i = 0;
    while (i < WSP_LEN(signs) && !wsp_str_is(text, signs[i].sign))
        i++;
    return i;
}

struct wsp_str wsp_sign_name(struct wsp_str text)
{
    size_t i = find(text), letter = find_letter(text);
    const char *name = i < WSP_LEN(signs)          ? signs[i].name
                       : letter < WSP_LEN(letters) ? letters[letter].name
                                                   : "";
    return (struct wsp_str){name, strlen(name)};
}

bool wsp_sign_is_fraction(struct wsp_str text)
{
    size_t i = find(text);
    return i < WSP_LEN(signs) && signs[i].fraction;
}
