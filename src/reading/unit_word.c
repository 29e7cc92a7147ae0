#include "reading/unit_word.h"

#include "reading/chars.h"
#include "reading/context.h"
#include "reading/date.h"
#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/quantity.h"
#include "reading/shorthand.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

/* Is token `at` counted by the number before it? */
static bool is_counted(const struct wsp_reading *reading, size_t at)
{
    struct wsp_figure figure;
    if (at == 0 || !(wsp_blank_follows(reading, at - 1) ||
                     wsp_str_is(wsp_token_gap(reading, at - 1), "\t"))) /* "5<tab>đ" */
        return false;
    struct wsp_str before = wsp_token_text(reading, at - 1), unit = wsp_token_text(reading, at);
    if (wsp_digits_at(before, 0) == 4 && wsp_is_year(before) &&
        wsp_capitals_in(unit) > 1) /* "World Cup 2026 KV châu Á" */
        return false;
    if (wsp_ends_in_digit(before) ||
        wsp_context_is(reading, at, -1, "nghìn ngàn triệu tỷ tỉ trăm tr chục"))
        return true;
    size_t len = wsp_figure_read(before, 0, &figure);
    struct wsp_str scale = {before.ptr + len, before.len - len};
    return len > 0 && wsp_str_is_one_of(scale, "tr tỷ tỉ triệu nghìn k K M B"); /* "1,5tr đ/ha" */
}

/* Is it the unit of a table's column: "Mực nước (m)", "(đơn vị: đồng/kg)"? */
static bool heads_column(const struct wsp_reading *reading, size_t at, struct wsp_str unit)
{
    struct wsp_str before = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    struct wsp_str gap = wsp_token_gap(reading, at);
    bool opened =
        before.len > 0 && before.ptr[before.len - 1] == '(' && gap.len > 0 && gap.ptr[0] == ')';
    if (!opened && !(wsp_str_is(before, ": ") && wsp_context_is(reading, at, -1, "vị tính đvt")))
        return false;
    return !wsp_begins_upper(unit) && !wsp_str_is_one_of(unit, "tr hl ph cc tb") &&
           (wsp_str_is_one_of(unit, "m đ đồng ha tấn tạ lít") ||
            (unit.len > 1 && wsp_is_unit(unit)));
}

/* A unit that no Vietnamese word is, in a text without its number: "đơn vị km". */
static bool is_surely_unit(const struct wsp_reading *reading, size_t at, struct wsp_str unit)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (wsp_str_is(text, "Km")) /* "Km số 5" */
        return true;
    if (wsp_str_is(text, "kg") && /* "bà con kg được ra" */
        wsp_context_is(reading, at, 1,
                       "được đc dc duoc nên ra đi làm có phải tự đến cho còn bị tụ ai cần"))
        return false;
    return (reading->tokens[at].kind & WSP_TOKEN_OTHER) && unit.len > 1 && wsp_is_unit(unit) &&
           text.ptr[0] >= 'a' && text.ptr[0] <= 'z' &&
           !wsp_str_is_one_of(text, "tr ph hp kv tb cc hl");
}

/* "đ-2.000": the unit of the number before, and the end of its range. */
static bool say_unit_and_range(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_quantity high;
    size_t end = 0;
    while (end < text.len && wsp_dash_at(text, end) == 0)
        end++;
    size_t dash = wsp_dash_at(text, end);
    struct wsp_str unit = {text.ptr, end};
    if (dash == 0 || end == 0 || !wsp_unit_say(words, unit, true))
        return false;
    wsp_vi_add(words, "đến");
    size_t n = wsp_quantity_say(words, text, end + dash, (struct wsp_quantity_hint){0}, &high);
    return n > 0 && end + dash + n == text.len;
}

const char *wsp_unit_by_context(const struct wsp_reading *reading, size_t at, struct wsp_str unit)
{
    struct wsp_str gap = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    bool person = (gap.len > 0 && gap.ptr[gap.len - 1] == '(') ||
                  wsp_context_is(reading, at, -2, "nct") || /* "NCT ≥ 60t" */
                  wsp_context_is(reading, at, -1, "nct bn nam nữ ông bà anh chị cháu bé em");
    if (wsp_str_is(unit, "M") && reading->capitals) /* "MỨC 5 M" */
        return "mét";
    struct wsp_str after = wsp_token_gap(reading, at);
    bool aside = person && after.len > 0 && after.ptr[0] == ','; /* "ông B (55T, trú tổ 3)" */
    if ((wsp_str_is(unit, "t") && person) || (wsp_str_is(unit, "T") && aside)) /* "BN nữ 35t" */
        return "tuổi";
    return wsp_str_is(unit, "T") && wsp_context_is(reading, at, 1, "đầu đạt ước năm")
               ? "tháng" /* "thu ngân sách 8T đạt 71%" */
               : NULL;
}

/* "5 TỶ Đ", "5 nghìnđ" */
static bool say_counted(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    const char *meant = wsp_unit_by_context(reading, at, text);
    if (meant) {
        wsp_vi_add(words, meant);
        return true;
    }
    if (wsp_digits_at(text, 0) == 0 &&
        wsp_shorthand_say(words, text, wsp_shorthand_at(reading, at)))
        return true;
    if (wsp_unit_say(words, text, true))
        return true;
    wsp_buf_clear(words);
    if (say_unit_and_range(reading, at, words))
        return true;
    wsp_buf_clear(words);
    bool grouped = at > 0 && wsp_token_text(reading, at - 1).len > 5 && /* "30.000 Đ" */
                   memchr(wsp_token_text(reading, at - 1).ptr, '.', 4);
    if (wsp_str_is(text, "Đ") &&
        (grouped || wsp_context_is(reading, at, -1, "nghìn ngàn triệu tỷ tỉ trăm chục"))) {
        wsp_vi_add(words, "đồng");
        return true;
    }
    return wsp_multiplier_say(words, text);
}

bool wsp_unit_word_say(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (is_counted(reading, at) && say_counted(reading, at, words))
        return true;
    wsp_buf_clear(words);
    const char *slash = memchr(text.ptr, '/', text.len);
    struct wsp_str unit = {text.ptr, slash ? (size_t)(slash - text.ptr) : text.len};
    bool column = heads_column(reading, at, unit); /* as behind a number: "đ" is one there */
    if ((column || is_surely_unit(reading, at, unit)) && wsp_unit_say(words, text, !column))
        return true;
    wsp_buf_clear(words);
    return false;
}
