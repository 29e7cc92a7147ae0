#include "reading/sign.h"

#include <string.h>

enum kind {
    PLAIN = 0,
    FRACTION = 1,
    LEADS = 2, /* may stand before a number in its token: "≥18" */
};

static const struct {
    const char *sign, *name;
    enum kind kind;
} signs[] = {
    {"&", "và", PLAIN},
    {"+", "cộng", PLAIN},
    {"=", "bằng", PLAIN},
    {"%", "phần trăm", PLAIN},
    {"@", "a còng", PLAIN},
    {"#", "thăng", PLAIN},
    {"×", "nhân", PLAIN},
    {"÷", "chia", PLAIN},
    {"±", "cộng trừ", LEADS},
    {"^", "mũ", PLAIN},
    {"⁺", "cộng", PLAIN},
    {"⁻", "trừ", PLAIN},
    {"<=", "nhỏ hơn hoặc bằng", LEADS}, /* the longer one first */
    {">=", "lớn hơn hoặc bằng", LEADS},
    {"!=", "khác", LEADS},
    {"<", "nhỏ hơn", LEADS},
    {">", "lớn hơn", LEADS},
    {"≤", "nhỏ hơn hoặc bằng", LEADS},
    {"≥", "lớn hơn hoặc bằng", LEADS},
    {"≠", "khác", LEADS},
    {"≈", "khoảng", LEADS},
    {"~", "khoảng", LEADS},
    {"↑", "tăng", LEADS},
    {"↓", "giảm", LEADS},
    {"√", "căn", LEADS},
    {"∛", "căn bậc ba", LEADS},
    {"°", "độ", PLAIN},
    {"∞", "vô cùng", PLAIN},
    {"∑", "tổng", PLAIN},
    {"∆", "đen ta", PLAIN},
    {"∈", "thuộc", PLAIN},
    {"∉", "không thuộc", PLAIN},
    {"⊂", "nằm trong", PLAIN},
    {"∩", "giao", PLAIN},
    {"∪", "hợp", PLAIN},
    {"∅", "rỗng", PLAIN},
    {"∠", "góc", PLAIN},
    {"∥", "song song", PLAIN},
    {"⊥", "vuông góc", PLAIN},
    {"§", "mục", LEADS},
    {"$", "đô la", PLAIN},
    {"€", "ơ rô", PLAIN},
    {"£", "bảng", PLAIN},
    {"¥", "yên", PLAIN},
    {"₫", "đồng", PLAIN},
    {"฿", "bạt", PLAIN},
    {"¢", "xu", PLAIN},
    {"₿", "bít coin", PLAIN},
    {"₩", "uôn", PLAIN},
    {"₹", "ru pi", PLAIN},
    {"‰", "phần nghìn", PLAIN},
    {"‱", "phần vạn", PLAIN},
    {"½", "một phần hai", FRACTION},
    {"¼", "một phần tư", FRACTION},
    {"¾", "ba phần tư", FRACTION},
    {"⅓", "một phần ba", FRACTION},
    {"⅔", "hai phần ba", FRACTION},
    {"⅙", "một phần sáu", FRACTION},
    {"⅛", "một phần tám", FRACTION},
    {"⅜", "ba phần tám", FRACTION},
    {"⅝", "năm phần tám", FRACTION},
    {"⅞", "bảy phần tám", FRACTION},
};

/* Greek ones, as they are said in science. */
static const struct {
    const char *sign, *name;
} letters[] = {
    {"α", "an pha"},  {"β", "bê ta"},     {"γ", "gam ma"},    {"Γ", "gam ma"},  {"δ", "đen ta"},
    {"Δ", "đen ta"},  {"ε", "ép xi lon"}, {"ζ", "dê ta"},     {"η", "ê ta"},    {"θ", "tê ta"},
    {"Θ", "tê ta"},   {"ι", "i ô ta"},    {"κ", "cáp pa"},    {"λ", "lam đa"},  {"Λ", "lam đa"},
    {"μ", "muy"},     {"ν", "nuy"},       {"ξ", "xi"},        {"Ξ", "xi"},      {"ο", "ô mi crôn"},
    {"π", "pi"},      {"Π", "pi"},        {"ρ", "rô"},        {"σ", "xích ma"}, {"ς", "xích ma"},
    {"Σ", "xích ma"}, {"τ", "tô"},        {"υ", "úp xi lon"}, {"φ", "phi"},     {"Φ", "phi"},
    {"χ", "khi"},     {"Ø", "phi"},       {"ø", "phi"},       {"ψ", "pơ xi"},   {"Ψ", "pơ xi"},
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
    return i < WSP_LEN(signs) && signs[i].kind == FRACTION;
}

struct wsp_str wsp_sign_before(struct wsp_str text, size_t *len)
{
    for (size_t i = 0; i < WSP_LEN(signs) && text.len > 0; i++) {
        if (signs[i].kind != LEADS || text.ptr[0] != signs[i].sign[0])
            continue;
        *len = strlen(signs[i].sign);
        if (text.len > *len && memcmp(text.ptr, signs[i].sign, *len) == 0)
            return (struct wsp_str){signs[i].name, strlen(signs[i].name)};
    }
    *len = 0;
    return WSP_STR("");
}

bool wsp_sign_is_comparison(struct wsp_str text)
{
    return text.len == 2 && strchr("<>!", text.ptr[0]) && text.ptr[1] == '=';
}
