#include "reading/date_context.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/quantity.h"

#include <string.h>

static bool is_whole(struct wsp_str text, size_t len)
{
    return len > 0 && len == text.len;
}

const char wsp_day_words[] = "ngày mùng mồng sáng trưa chiều tối đêm hôm lịch";
static const char date_words[] = "quà mừng từ đến tới trước sau vào hạn dịp lễ tết";
const char wsp_month_words[] = "tháng";
static const char part_words[] = "hơn gần khoảng chiếm được bằng còn mất chừng ăn số hết phần giảm "
                                 "tăng thêm đạt lệ tỷ tỉ xuống hạng bậc nhà hẻm ngõ ngách kiệt "
                                 "vắng thiểu đa ngập bầu lấy đổ cử góp mở chết chi cạn gặt đầy";
static const char small_part_words[] = "quá đủ dưới chỉ lên thiếu"; /* "quá 1/2", not "quá 5/9" */
const char wsp_shared_words[] =
    "quả trái cái chiếc lá củ bó lòng tháng viên gói ống liều chén muỗng "
    "sào lãnh bình hộp vỉ cuộc lạng cân "
    "công héc đất rừng quỹ kinh nguồn tài thu số tổng diện dân "
    "quãng chặng thời đường bát ly cốc thìa khối dạ gan nhiệm "
    "lượng sức của căn ngôi thửa mảnh suất vốn tiền phần gia "
    "thân bánh nồi bể hố giờ sao thùng xô chậu ruộng ao hồ mặt đại cửa dưới khoản kế lao";

/* "ngày 12, 13 và 14/8": days before it, and the word before them. */
static bool ends_list_of_days(const struct wsp_reading *reading, size_t at)
{
    enum { LONGEST = 12 };
    size_t back = 1;
    while (back <= LONGEST && back < at &&
           (wsp_context_is(reading, at, -(int)back, "và") ||
            wsp_is_day(wsp_token_text(reading, at - back))))
        back++;
    return back > 1 && wsp_context_is(reading, at, -(int)back, wsp_day_words);
}

/* Is token `at` an hour: "22h", "7h30", "17:00"? */
static bool is_hour(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = wsp_digits_at(text, 0);
    return digits > 0 && digits <= 2 && digits < text.len && strchr("hgH:", text.ptr[digits]);
}

/* "20h 27.9", "17h00, 15.8", "10h00/22-9" */
bool wsp_follows_hour(const struct wsp_reading *reading, size_t at)
{
    return at > 0 && is_hour(reading, at - 1) &&
           (wsp_str_is_one_of(wsp_token_gap(reading, at - 1), "/ , -") ||
            wsp_str_is(wsp_token_gap(reading, at - 1), " ") ||
            wsp_str_is(wsp_token_gap(reading, at - 1), ", "));
}

/* "10h00/22-9": nothing else is written so. */
bool wsp_is_joined_to_hour(const struct wsp_reading *reading, size_t at)
{
    return wsp_follows_hour(reading, at) &&
           wsp_str_is_one_of(wsp_token_gap(reading, at - 1), "/ -");
}

/* Before the number of a place, of a part or of a class: "số 12/5 đường Trần Phú". */
const char wsp_house_words[] = "số nhà lớp phòng căn vòng ngõ ngách hẻm kiệt tổ đội lô trang "
                               "tiết bài dốc phhs gvcn binh tầng hiệp ca bậc hạng áp ha kp apgar";

/* Does a word before it ask for a date? "ngày 26 và 27/6" too. */
bool wsp_date_is_asked(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, -1, wsp_day_words) ||
           wsp_context_is(reading, at, -1, wsp_month_words) ||
           wsp_context_is(reading, at, -1, date_words) || ends_list_of_days(reading, at) ||
           wsp_is_joined_to_hour(reading, at);
}

/* A unit after it counts it; "đồng loạt" and "đồng bào" are no money. */
bool wsp_has_unit_behind(const struct wsp_reading *reading, size_t at)
{
    static const char units[] = "mét lít phút tấn tạ héc ki cây";
    if (wsp_context_is(reading, at, 1, "đồng") && wsp_context_is(reading, at, 2, "loạt bào thời ý"))
        return false;
    return wsp_is_unit(wsp_token_text(reading, at + 1)) || wsp_context_is(reading, at, 1, units);
}

/* Part of a sum, of a mixed number, or with a unit after it: "1/2 + 1/2", "5 1/2", "3/4 mét". */
static bool is_counting(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str before = at > 0 ? wsp_token_text(reading, at - 1) : WSP_STR("");
    size_t sign = wsp_dash_at(before, 0); /* "-12 1/4" */
    bool mixed = before.len > sign && wsp_digits_at(before, sign) == before.len - sign &&
                 wsp_blank_follows(reading, at - 1) &&
                 !(at > 1 && is_hour(reading, at - 2)); /* "7h 30 22/11" */
    bool probable =
        wsp_context_is(reading, at, -1, "là") && wsp_context_is(reading, at, -2, "suất lệ số quả");
    return mixed || probable || wsp_context_is(reading, at, 1, "+ = × x ÷") ||
           wsp_context_is(reading, at, -1, "+ = × x ÷ và") || wsp_has_unit_behind(reading, at);
}

/* "3/4" and nothing else: no notice has a day alone in a line, but tables and rules have fractions.
 */
static bool is_alone(const struct wsp_reading *reading, size_t at, const struct wsp_date *date)
{
    enum { TENTHS = 10 };
    unsigned low = wsp_digits_value(date->day), high = wsp_digits_value(date->month);
    return reading->n_tokens == 1 && at == 0 && date->day.len == 1 && date->month.ptr[0] != '0' &&
           low < high && high <= TENTHS;
}

static bool ends_in_date(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    return is_whole(text, wsp_date_read_pair(text, 0, "/", &date)) && date.day.len > 0;
}

/* "..., 2/3 là cho trẻ em" */
static bool is_share(const struct wsp_reading *reading, size_t at, const struct wsp_date *date)
{
    unsigned low = wsp_digits_value(date->day), high = wsp_digits_value(date->month);
    return at > 0 && low < high && high <= 4 && date->day.len == 1 && date->month.len == 1 &&
           reading->tokens[at - 1].pause_ms > 0 && wsp_context_is(reading, at, 1, "là trong số") &&
           !wsp_context_is(reading, at, 2, "ngày dịp");
}

/* "có tới 7/10 vụ", "5/8 bằng 0,625", "2/3 (66,7%)" */
static bool is_surely_share(const struct wsp_reading *reading, size_t at, bool falls)
{
    struct wsp_str next = wsp_token_text(reading, at + 1);
    bool total = wsp_context_is(reading, at, -1, "tới đến") &&
                 wsp_context_is(reading, at, -2, "có") && wsp_counts_a_total(reading, at);
    bool sum = wsp_blank_follows(reading, at) && !wsp_context_is(reading, at, -1, "ngày") &&
               wsp_context_is(reading, at, 1, "bằng = cộng trừ nhân chia");
    bool percent = !falls && !wsp_date_is_asked(reading, at) && next.len > 1 &&
                   next.ptr[next.len - 1] == '%' && wsp_str_is(wsp_token_gap(reading, at), " (");
    bool rank = wsp_context_is(reading, at, -1, "thứ") && /* "xếp thứ 3/10" */
                wsp_context_is(reading, at, -2, "xếp đứng hạng");
    bool dose = !falls && wsp_context_is(reading, at, 1, "viên gói ống") && /* not "viên chức" */
                !wsp_context_is(reading, at, 2, "chức thầu");
    bool wage = wsp_context_is(reading, at, 1, "ngày") && /* "1/2 ngày lương" */
                wsp_context_is(reading, at, 2, "lương công phép");
    bool rate =
        !falls && !wsp_context_is(reading, at, -1, wsp_day_words) &&
        (wsp_stands_before(reading, at, 3, "lệ suất xác") || /* "tỷ lệ chết 9/10" */
         (wsp_context_is(reading, at, -1, "là") && wsp_stands_before(reading, at, 12, "chọi")));
    bool scale =
        !wsp_context_is(reading, at, -1, wsp_day_words) && /* "điểm VAS từ 7/10 còn 2/10" */
        wsp_digits_at(wsp_token_text(reading, at), 0) == 1 &&
        wsp_token_text(reading, at).len == 4 &&
        memcmp(wsp_token_text(reading, at).ptr + 1, "/10", 3) == 0 &&
        wsp_stands_before(reading, at, 5, "vas đau thang");
    return total || sum || percent || rank || dose || wage || rate || scale;
}

/* "giỗ tổ 10/3 ÂL" */
static bool is_lunar(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, 1, "al dl âl") ||
           (wsp_context_is(reading, at, 1, "âm dương") && wsp_context_is(reading, at, 2, "lịch"));
}

/* Asked for, the end of a range ("đến hết 4/6", "30/4 - 1/5"), or lunar. */
static bool is_surely_day(const struct wsp_reading *reading, size_t at)
{
    bool until =
        wsp_context_is(reading, at, -1, "hết") && (wsp_context_is(reading, at, -2, "đến tới") ||
                                                   (at > 1 && wsp_dash_follows(reading, at - 2)));
    bool second = at > 0 && wsp_dash_follows(reading, at - 1) && ends_in_date(reading, at - 1);
    return wsp_date_is_asked(reading, at) || until || second || is_lunar(reading, at);
}

bool wsp_leads_to_month_of_year(const struct wsp_reading *reading, size_t at)
{
    return wsp_dash_follows(reading, at) && wsp_is_month_of_year(wsp_token_text(reading, at + 1));
}

bool wsp_follows_house(const struct wsp_reading *reading, size_t at)
{
    bool joined = wsp_context_is(reading, at, -1, "và");
    size_t other = at - joined; /* the one before it is that of token other - 1 */
    struct wsp_str before = other > 0 ? wsp_token_text(reading, other - 1) : WSP_STR("");
    return before.len >= 3 && before.ptr[1] == '/' &&
           (joined || reading->tokens[other - 1].pause_ms > 0) &&
           wsp_context_is(reading, other, -2, wsp_house_words);
}

/* A house, a class, sight in tenths, the valve of a heart, "24/7". */
static bool is_no_day(const struct wsp_reading *reading, size_t at, const struct wsp_date *date)
{
    bool prevents = wsp_context_is(reading, at, -1, "phòng") && /* "tiêm phòng 12/6" */
                    wsp_context_is(reading, at, -2, "tiêm dự đề dân quốc chủng hải biên cứu");
    bool house =
        date->day.len > 0 && !prevents &&
        (wsp_follows_house(reading, at) || wsp_context_is(reading, at, -1, wsp_house_words));
    bool sight = wsp_stands_before(reading, at, 8, "lực mây") && wsp_str_is(date->month, "10");
    bool whole = wsp_str_equal(date->day, date->month); /* "tốt nghiệp 12/12" */
    bool school =
        wsp_str_is_one_of(date->month, "12 10") && /* "trình độ văn hóa 9/12" */
        wsp_digits_value(date->day) <= wsp_digits_value(date->month) &&
        ((whole && wsp_context_is(reading, at, -1, "nghiệp") &&
          !wsp_stands_before(reading, at, 4, "lễ ngày kỳ thi")) ||
         wsp_context_is(reading, at, -1, "độ tđvh") ||
         (wsp_context_is(reading, at, -1, "hóa hoá vấn") && wsp_context_is(reading, at, -3, "độ")));
    bool risk = wsp_context_is(reading, at, -1, "cấp") && /* "rủi ro thiên tai: cấp 3/5" */
                wsp_stands_before(reading, at, 7, "rủi cháy độ");
    bool valve = wsp_context_is(reading, at, -1, "lá") && wsp_stands_before(reading, at, 4, "van");
    bool always = wsp_str_is(wsp_token_text(reading, at), "24/7") &&
                  !wsp_str_is(wsp_token_gap(reading, at), "/ "); /* but "24/7/ 2024" */
    return house || sight || school || risk || valve || always || is_share(reading, at, date) ||
           wsp_tells_of_tie(reading, at);
}

/* "9 và 10/6", not "3/4 và 1/2". */
static bool is_joined_day(const struct wsp_reading *reading, size_t at, bool falls)
{
    struct wsp_str before = at > 1 ? wsp_token_text(reading, at - 2) : WSP_STR("");
    return wsp_context_is(reading, at, -1, "và") && !wsp_has_unit_behind(reading, at) &&
           !(at > 1 && !falls && wsp_digits_at(before, 0) == before.len);
}

bool wsp_slash_is_date(const struct wsp_reading *reading, size_t at, const struct wsp_date *date)
{
    bool falls = wsp_digits_value(date->day) > wsp_digits_value(date->month);
    if (is_surely_share(reading, at, falls))
        return false;
    if (is_surely_day(reading, at))
        return true;
    if (is_no_day(reading, at, date) || is_alone(reading, at, date) ||
        (is_counting(reading, at) && !is_joined_day(reading, at, falls)))
        return false;
    unsigned whole = wsp_digits_value(date->month);
    bool small = !falls && (whole <= 5 || whole == 10) &&
                 wsp_context_is(reading, at, -1, small_part_words) &&
                 !wsp_context_is(reading, at, -2, "dời đẩy lùi chuyển hoãn");
    if (small || wsp_context_is(reading, at, -1, part_words))
        return date->month.len > 0 && date->year.len == 0 &&
               (falls || wsp_context_is(reading, at, 1, "năm"));
    bool counts = wsp_blank_follows(reading, at) &&
                  (wsp_context_is(reading, at, 1, wsp_shared_words) || /* "trực 7/7 ngày" */
                   (!falls && wsp_str_equal(date->day, date->month) &&
                    wsp_context_is(reading, at, 1, "ngày")));
    return !counts && !wsp_counts_a_total(reading, at);
}

/* Scales: "thang điểm từ 1-5". */
static bool is_on_a_scale(const struct wsp_reading *reading, size_t at)
{
    static const char scales[] =
        "loại hạng điểm cấp độ mức lũ bậc số thôn xóm tổ khu ấp bản khối lớp phòng";
    return wsp_context_is(reading, at, -1, scales) || wsp_context_is(reading, at, -2, scales);
}

/* "từ 1-6 năm 2025", not "sau 5-6 năm cho quả". */
static bool year_follows(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, 1, "năm") &&
           (wsp_digits_at(wsp_token_text(reading, at + 2), 0) == 4 ||
            wsp_context_is(reading, at, 2, "nay sau ngoái tới trước"));
}

/* "3-5 ngày, 1-2 tuần", "sau mổ ngày 1-3", "mùng 4-5 Tết", "ngày 8-12 hàng tháng", "ngày 2-5: 1
 * viên": numbers that rise, and something says that they are no day and month. */
static bool is_surely_range(const struct wsp_reading *reading, size_t at)
{
    bool apart = at > 0 && reading->tokens[at - 1].pause_ms > 0 &&
                 wsp_token_gap(reading, at - 1).ptr[0] == ',';
    bool treated = wsp_context_is(reading, at, -1, wsp_day_words) &&
                   wsp_context_is(reading, at, -2, "sốt mổ sinh bệnh đẻ phát");
    bool feast = wsp_context_is(reading, at, -1, "mùng mồng") &&
                 wsp_context_is(reading, at, 1, "tết tháng âm");
    bool monthly = wsp_context_is(reading, at, 1, "hàng hằng mỗi");
    bool dose = reading->tokens[at].pause_ms > 0 &&
                wsp_context_is(reading, at, 2, "viên gói ống giọt liều lần thìa muỗng ml");
    bool measured = wsp_context_is(reading, at, -1, "từ") && /* "UV từ 8-10" */
                    wsp_stands_before(reading, at, 14, "chỉ nhiệt cấp mức điểm độ");
    return apart || treated || feast || monthly || dose || measured;
}

/* "7h/10-9", "8g 1-10.", "thứ 4 (12-3)" */
static bool follows_time(const struct wsp_reading *reading, size_t at)
{
    bool last = at + 1 >= reading->n_tokens || reading->tokens[at].pause_ms > 0;
    struct wsp_str gap = at > 1 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    bool weekday = gap.len > 1 && gap.ptr[1] == '(' && wsp_context_is(reading, at, -2, "thứ chủ");
    return wsp_is_joined_to_hour(reading, at) || weekday ||
           ((wsp_follows_hour(reading, at) || wsp_follows_weekday(reading, at)) && last);
}

/* "30-4 và 1-5", "từ 1-6 đến 30-6": behind another of its kind. */
static bool follows_dashed_day(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str other = at > 1 ? wsp_token_text(reading, at - 2) : WSP_STR("");
    struct wsp_date before;
    return wsp_context_is(reading, at, -1, "và đến tới") &&
           is_whole(other, wsp_date_read_pair(other, 0, "-", &before)) && before.day.len > 0 &&
           (wsp_digits_value(before.day) > 12 || wsp_context_is(reading, at, -3, "lễ dịp từ ngày"));
}

/* Only after a word that asks for a date and without a thing counted after it, or when it can be
 * nothing else: "30-4". */
bool wsp_dash_is_date(const struct wsp_reading *reading, size_t at, const struct wsp_date *date)
{
    static const char things[] = "người em cháu hộ chiếc xe lần ngày giờ tháng con cái trẻ";
    unsigned day = wsp_digits_value(date->day), month = wsp_digits_value(date->month);
    bool last = at + 1 >= reading->n_tokens || reading->tokens[at].pause_ms > 0;
    bool asked = wsp_context_is(reading, at, -1, wsp_day_words);
    if ((wsp_tells_of_score(reading, at) && !asked) ||
        (reading->tokens[at].pause_ms == 0 &&
         (wsp_has_unit_behind(reading, at) || wsp_context_is(reading, at, 1, things))))
        return false;
    if (follows_time(reading, at) ||
        (is_lunar(reading, at) && !wsp_context_is(reading, at, -1, "mùng mồng")))
        return true;
    if (day < month && is_surely_range(reading, at))
        return false;
    if (asked || wsp_context_is(reading, at, -1, "lễ dịp tết khánh"))
        return true;
    if (is_on_a_scale(reading, at))
        return false;
    bool zero = date->day.ptr[0] == '0' || date->month.ptr[0] == '0';
    bool led = wsp_context_is(reading, at, -1, date_words);
    bool leads =
        led && (day == month || year_follows(reading, at) ||
                wsp_context_is(reading, at, 1, "đến đồng có áp bắt giá lượt toàn các tất nay"));
    bool feast = last && wsp_stands_before(reading, at, 8, "ngày") && day <= 31; /* "Ngày Quốc tế
                                                                       Thiếu nhi 1-6," */
    return zero || follows_dashed_day(reading, at) || leads || feast || (day > 12 && day > month) ||
           (last && (led || wsp_context_is(reading, at, -1, "là")));
}

/* "Thứ Hai, 17/5/21" */
bool wsp_follows_weekday(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str day = at > 0 ? wsp_token_text(reading, at - 1) : WSP_STR("");
    return (wsp_in_range(day, 2, 7) ||
            wsp_context_is(reading, at, -1, "hai ba tư năm sáu bảy nhật")) &&
           wsp_context_is(reading, at, -2, "thứ chủ");
}

static const char counted_by_dots[] =
    "triệu tỷ tỉ nghìn ngàn trăm phần độ điểm lần lên xuống mét giờ inch tấn richter trở";

/* "1.6" */
static bool is_dotted_day(struct wsp_str text)
{
    struct wsp_date date;
    return is_whole(text, wsp_date_read_pair(text, 0, ".", &date)) && date.day.len > 0 &&
           text.ptr[text.len - 2] != '0';
}

/* "từ 1.6 đến 15.6", "1.6 - 15.6", "từ 15.3": two days with dots, or one behind a word, and nothing
 * counted behind them. */
static bool is_dotted_span(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), last = wsp_token_text(reading, at + 2);
    if (!is_dotted_day(text))
        return false;
    bool first = wsp_context_is(reading, at, 1, "đến tới và") && is_dotted_day(last) &&
                 !wsp_is_unit(wsp_token_text(reading, at + 3)) &&
                 !wsp_context_is(reading, at, 3, counted_by_dots);
    bool second = at > 1 && wsp_context_is(reading, at, -1, "đến tới và") &&
                  is_dotted_day(wsp_token_text(reading, at - 2));
    bool listed = at > 1 && reading->tokens[at - 1].pause_ms > 0 && /* "ngày 15.6, 16.6" */
                  is_dotted_day(wsp_token_text(reading, at - 1)) &&
                  wsp_context_is(reading, at, -2, wsp_day_words);
    bool leads = wsp_context_is(reading, at, -1, "từ");
    bool alone = wsp_digits_at(text, 0) == 2 && !wsp_context_is(reading, at, 1, "đến tới");
    if (leads && (first || alone))
        return true;
    return listed || (second && wsp_context_is(reading, at, -3, "từ")) ||
           (wsp_context_is(reading, at, -1, "chót rằm giỗ hạn") &&
            wsp_digits_at(text, 0) + 2 <= text.len);
}

/* "Lịch phun: 13.6: ấp 1; 14.6: ấp 2": a day with a colon behind it; "1.2: Kết quả" is no day. */
static bool heads_dotted_day(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    bool begins = at == 0 || reading->tokens[at - 1].pause_ms > 0;
    return begins && is_dotted_day(text) && wsp_digits_at(text, 0) == 2 &&
           wsp_str_is(wsp_token_gap(reading, at), ": ");
}

/* "ngày 27.02", "đến 15.3" after "ngày 5.3", "hôm nay, 17.5". */
bool wsp_dot_is_date(const struct wsp_reading *reading, size_t at)
{
    bool apart =
        at > 1 && (reading->tokens[at - 1].pause_ms > 0 || reading->tokens[at].pause_ms > 0 ||
                   wsp_context_is(reading, at, 1, "đến tới và"));
    bool today = apart && wsp_context_is(reading, at, -1, "nay mai qua") &&
                 wsp_context_is(reading, at, -2, "hôm ngày sáng trưa chiều tối đêm");
    bool second = at > 1 && wsp_dash_follows(reading, at - 1) && /* "ngày 28 - 31.10" */
                  wsp_context_is(reading, at, -2, wsp_day_words) &&
                  wsp_is_day(wsp_token_text(reading, at - 1));
    bool weekday = apart && wsp_follows_weekday(reading, at);
    struct wsp_str text = wsp_token_text(reading, at);
    bool padded = text.ptr[0] == '0' && text.len > 2 && text.ptr[1] != '.' && /* "05.9" */
                  !wsp_context_is(reading, at, 1, counted_by_dots);
    bool late = text.len == 5 && text.ptr[3] == '1' && reading->tokens[at].pause_ms > 0 &&
                wsp_context_is(reading, at, -1, "vào"); /* "rơi vào 23.10," */
    bool limit =
        wsp_context_is(reading, at, -1, "hạn") && !wsp_context_is(reading, at, -2, "kỳ thời");
    bool last = at + 1 >= reading->n_tokens || reading->tokens[at].pause_ms > 0;
    bool until = last && text.len >= 4 && text.ptr[2] == '.' &&
                 (text.len == 5 || text.ptr[3] != '0') &&
                 wsp_in_range((struct wsp_str){text.ptr, 2}, 13, 31) &&
                 wsp_context_is(reading, at, -1, "trước sau đến từ tới hết"); /* "trước 15.10." */
    bool counted = wsp_has_unit_behind(reading, at) || wsp_counts_a_total(reading, at) ||
                   wsp_context_is(reading, at, 1, counted_by_dots);
    if ((!counted && (wsp_follows_hour(reading, at) || is_dotted_span(reading, at) ||
                      heads_dotted_day(reading, at))) ||
        until || is_lunar(reading, at))
        return true;
    return today || ends_list_of_days(reading, at) || second || weekday || padded || late ||
           limit || wsp_context_is(reading, at, -1, wsp_day_words) ||
           (wsp_context_is(reading, at, -1, "đến tới và") &&
            wsp_context_is(reading, at, -3, wsp_day_words));
}
