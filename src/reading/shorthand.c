#include "reading/shorthand.h"

#include "reading/context.h"
#include "reading/figure.h"

#include <string.h>

enum { BEFORE = 14, AFTER = 3, ANY = 1000000 };

/* One of `near` among the BEFORE tokens before and the AFTER behind, or NULL: always; none of
 * `others`. `per`: only with a slash behind it. The first row that holds counts. */
static const char electric[] = "pin bình ắc áp điện nguồn sạc đèn led mô dòng dc ac ampe";

static const struct {
    const char *unit, *spoken;
    unsigned most; /* of them */
    bool per;
    const char *near, *others;
} rows[] = {
    {"v", "viên", 200, false, "x uống thuốc hộp vỉ", electric},
    {"v", "viên", 20, false, NULL, electric},
    {"l", "lần", 10, true,
     "x uống thuốc viên gói bơm xịt bôi nhỏ tiêm rửa súc ngậm khí phun thở mạch nhịp tim truyền m",
     "nước sữa dầu xăng oxy oxi"},
    {"l", "lần", 200, true, "thở mạch nhịp tim m", "nước oxy oxi"},
    {"l", "lần", 10, false, "khám thai tập", "nước sữa dầu"},
    {"ck", "lần", 250, true, "mạch nhịp tim", NULL},
    {"g", "giọt", 200, true, "truyền dịch glucose natri ringer", NULL},
    {"th", "tháng", ANY, false, NULL, NULL},
    {"n", "năm", 60, false, "đóng bhxh tù công hạn tuổi", NULL},
    {"n", "ngày", 60, false, "x uống nghỉ cách ly sau trị viên ngày đợt", NULL},
    {"w", "tuần", 45, false, "thai", NULL},
    {"c", "con", 500, false, "tôm cá cua ghẹ giá cỡ size loại ốc", NULL},
    {"ng", "người", ANY, false, NULL, "nồng máu psa tsh vitamin ml"},
    {"b", "buổi", 20, true, NULL, NULL},
    {"T", "tháng", 12, false, "kiệm hạn suất gửi vay kế hành", NULL},
    {"đ", "điểm", 100, false,
     "câu bài bxh điểm thi bằng gplx hạng bảng phần toán văn đội tự luận nghiệm trừ cộng đạt",
     "giá phí"},
    {"tr", "trang", ANY, false, "vở dày cuốn quyển", "giá đồng tiền"},
    {"K", "nghìn", ANY, false, "lượt view like follow sub", NULL},
    {"M", "triệu", ANY, false, "lượt view like follow sub", NULL},
};

static bool stands_near(const struct wsp_reading *reading, size_t at, const char *words)
{
    return wsp_stands_near(reading, at, BEFORE, AFTER, words);
}

/* The unit behind the last number of `text`, "v" of "1/2v/ngày", and that number; all of it where
 * it has none. */
static struct wsp_str unit_of(struct wsp_str text, struct wsp_str *number)
{
    size_t end = 0;
    *number = WSP_STR("");
    for (size_t from = 0; from < text.len;) {
        struct wsp_figure figure;
        size_t digits = wsp_digits_at(text, from);
        size_t len = digits > 0 ? wsp_figure_read(text, from, &figure) : 0;
        if (len > 0) {
            end = from + len;
            *number = (struct wsp_str){text.ptr + from, figure.grouped ? 0 : digits};
        }
        from += len > 0 ? len : 1;
        if (len == 0 && end > 0 && text.ptr[from - 1] == '/' && from - 1 > end)
            break; /* the slash behind the unit */
    }
    return (struct wsp_str){text.ptr + end, text.len - end};
}

struct wsp_shorthand wsp_shorthand_at(const struct wsp_reading *reading, size_t at)
{
    enum { DIGITS_MAX = 6 };
    struct wsp_str text = wsp_token_text(reading, at), number;
    struct wsp_str unit = unit_of(text, &number);
    if (unit.len == text.len && at > 0)
        (void)unit_of(wsp_token_text(reading, at - 1), &number);
    if (number.len == 0 || number.len > DIGITS_MAX)
        return (struct wsp_shorthand){0};
    if (reading->capitals && wsp_str_is(unit, "M")) /* "MỨC 5M", "7X8M" */
        return (struct wsp_shorthand){WSP_STR("M"), "mét"};
    for (size_t i = 0; i < WSP_LEN(rows); i++) {
        size_t len = strlen(rows[i].unit);
        bool per = unit.len > len && unit.ptr[len] == '/';
        if (unit.len < len || memcmp(unit.ptr, rows[i].unit, len) != 0 ||
            (unit.len > len && !per) || (rows[i].per && !per) ||
            (per && wsp_str_is_one_of((struct wsp_str){unit.ptr + len + 1, unit.len - len - 1},
                                      "ml mL l L dl dL"))) /* "412 ng/mL" */
            continue;
        if (wsp_digits_value(number) <= rows[i].most &&
            (!rows[i].near || stands_near(reading, at, rows[i].near)) &&
            !(rows[i].others && stands_near(reading, at, rows[i].others)))
            return (struct wsp_shorthand){{rows[i].unit, len}, rows[i].spoken};
    }
    return (struct wsp_shorthand){0};
}

/* "2 con (5t và 3t)" */
static bool follows_children(const struct wsp_reading *reading, size_t at)
{
    enum { FAR = 3 };
    for (size_t back = 1; back <= FAR && back <= at; back++) {
        struct wsp_str gap = wsp_token_gap(reading, at - back);
        if (gap.len > 0 && gap.ptr[gap.len - 1] == '(')
            return wsp_context_is(reading, at - back, 0, "con");
    }
    return false;
}

bool wsp_tells_of_age(const struct wsp_reading *reading, size_t at)
{
    enum { FAR = 16, OLDEST = 120 };
    struct wsp_str text = wsp_token_text(reading, at);
    size_t begin = text.len;
    if (text.len == 0 || (text.ptr[text.len - 1] | 0x20) != 't')
        return false;
    while (begin > 1 && wsp_digits_at(text, begin - 2) > 0)
        begin--;
    begin -= begin > 0;
    struct wsp_str digits = {text.ptr + begin, wsp_digits_at(text, begin)};
    if (begin > 0 && strchr(".,", text.ptr[begin - 1]))
        return false;
    bool goods =
        wsp_blank_follows(reading, at) &&
        wsp_context_is(reading, at, 1,
                       "lúa thóc gạo hàng phân rác cát đá sắt thép xi than muối cá tôm mía "
                       "sắn ngô cà tiêu hạt giống xăng dầu rau củ quả vải thịt đường mủ");
    return digits.len > 0 && digits.len <= 3 && wsp_digits_value(digits) <= OLDEST && !goods &&
           !wsp_context_is(reading, at, -1, "xe tải trọng chở cẩu nặng") &&
           !wsp_stands_before(reading, at, FAR, "tải lúa thóc phân hàng xi thép gạo rác cát đá") &&
           (strchr("<>", text.ptr[0]) || memcmp(text.ptr, "≥", text.len < 3 ? text.len : 3) == 0 ||
            memcmp(text.ptr, "≤", text.len < 3 ? text.len : 3) == 0 ||
            follows_children(reading, at) ||
            wsp_stands_near(reading, at, FAR, 3,
                            "thọ gái trai trẻ em cụ ông bà nam nữ người cháu bn dương tượng bé "
                            "nct tuổi mũi tiêm khám vaccine vắc hpv chủng nhi dân viên niên hội "
                            "nữ/nam nam/nữ"));
}
