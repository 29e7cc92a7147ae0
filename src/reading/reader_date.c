/* Dates: "17/5/2021", "17-5", "5/2021", "11-17/11", "1/6 - 15/8", "2016-2020". Two numbers with a
 * slash or a dash between them are a date only when something near says so, for they may as well be
 * a fraction, a score or a range. Years are 1000 to 2999. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/date.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/vi_number.h"

#include <string.h>

static bool is_whole(struct wsp_str text, size_t len)
{
    return len > 0 && len == text.len;
}

static void say_year(struct wsp_buf *words, struct wsp_str year)
{
    wsp_vi_add(words, "năm");
    wsp_vi_cardinal(words, year);
}

static void say_day(struct wsp_buf *words, struct wsp_str day)
{
    while (day.len > 1 && day.ptr[0] == '0') {
        day.ptr++;
        day.len--;
    }
    wsp_vi_cardinal(words, day);
}

static void say_date(struct wsp_buf *words, const struct wsp_date *date, bool after_month_word)
{
    if (date->day.len > 0)
        say_day(words, date->day);
    if (!after_month_word || date->day.len > 0)
        wsp_vi_add(words, "tháng");
    wsp_vi_ordinal(words, date->month);
    if (date->year.len > 0)
        say_year(words, date->year);
}

/* ---- what stands around it ---- */

static const char day_words[] = "ngày mùng mồng sáng trưa chiều tối đêm hôm lịch";
static const char date_words[] = "từ đến tới trước sau vào hạn dịp lễ tết";
static const char month_words[] = "tháng";
static const char part_words[] = "hơn gần khoảng chiếm được bằng còn mất chừng ăn số hết phần giảm "
                                 "tăng thêm đạt lệ tỷ tỉ xuống hạng bậc nhà hẻm ngõ ngách kiệt "
                                 "quá đủ vắng dưới thiểu đa chỉ ngập bầu lên thiếu lấy đổ cử";
static const char counted_words[] =
    "quả trái cái chiếc củ bó lòng tháng viên gói ống liều chén muỗng "
    "sào lãnh bình hộp vỉ cuộc lạng cân "
    "công héc đất rừng quỹ kinh nguồn tài thu số tổng diện dân "
    "quãng chặng thời đường bát ly cốc thìa "
    "lượng sức của căn ngôi thửa mảnh suất vốn tiền phần gia "
    "thân bánh nồi bể hố giờ sao thùng xô chậu ruộng ao hồ mặt đại cửa dưới";

/* "ngày 12, 13 và 14/8": days before it, and the word before them. */
static bool ends_list_of_days(const struct wsp_reading *reading, size_t at)
{
    enum { LONGEST = 12 };
    size_t back = 1;
    while (back <= LONGEST && back < at &&
           (wsp_context_is(reading, at, -(int)back, "và") ||
            wsp_is_day(wsp_token_text(reading, at - back))))
        back++;
    return back > 1 && wsp_context_is(reading, at, -(int)back, day_words);
}

/* Is token `at` an hour: "22h", "7h30", "17:00"? */
static bool is_hour(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = wsp_digits_at(text, 0);
    return digits > 0 && digits <= 2 && digits < text.len && strchr("hgH:", text.ptr[digits]);
}

/* "20h 27.9", "17h00, 15.8", "10h00/22-9" */
static bool follows_hour(const struct wsp_reading *reading, size_t at)
{
    return at > 0 && is_hour(reading, at - 1) &&
           (wsp_str_is_one_of(wsp_token_gap(reading, at - 1), "/ ,") ||
            wsp_str_is(wsp_token_gap(reading, at - 1), " ") ||
            wsp_str_is(wsp_token_gap(reading, at - 1), ", "));
}

/* "10h00/22-9": nothing else is written so. */
static bool is_joined_to_hour(const struct wsp_reading *reading, size_t at)
{
    return follows_hour(reading, at) && wsp_str_is(wsp_token_gap(reading, at - 1), "/");
}

/* Before the number of a place, of a part or of a class: "số 12/5 đường Trần Phú". */
static const char house_words[] = "số nhà lớp phòng căn vòng ngõ ngách hẻm kiệt tổ đội lô trang "
                                  "tiết bài dốc phhs gvcn binh tầng hiệp ca bậc hạng áp ha kp";

/* Does a word before it ask for a date? "ngày 26 và 27/6" too. */
static bool date_is_asked(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, -1, day_words) ||
           wsp_context_is(reading, at, -1, month_words) ||
           wsp_context_is(reading, at, -1, date_words) || ends_list_of_days(reading, at) ||
           is_joined_to_hour(reading, at);
}

/* A unit after it counts it; "đồng loạt" and "đồng bào" are no money. */
static bool has_unit(const struct wsp_reading *reading, size_t at)
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
           wsp_context_is(reading, at, -1, "+ = × x ÷ và") || has_unit(reading, at);
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

/* May two numbers with a slash be a day and a month here? */
static bool slash_is_date(const struct wsp_reading *reading, size_t at, const struct wsp_date *date)
{
    bool falls = wsp_digits_value(date->day) > wsp_digits_value(date->month);
    bool joined =
        wsp_context_is(reading, at, -1, "và") && /* "9 và 10/6" */
        !(at > 1 && !falls &&
          wsp_digits_at(wsp_token_text(reading, at - 2), 0) == wsp_token_text(reading, at - 2).len);
    if (wsp_context_is(reading, at, -1, "tới đến") && wsp_context_is(reading, at, -2, "có") &&
        wsp_counts_a_total(reading, at)) /* "có tới 7/10 vụ" */
        return false;
    if (wsp_blank_follows(reading, at) &&
        wsp_context_is(reading, at, 1, "bằng = cộng trừ nhân chia") &&
        !wsp_context_is(reading, at, -1, "ngày"))
        return false; /* "5/8 bằng 0,625" */
    if (date_is_asked(reading, at) ||
        (wsp_context_is(reading, at, -1, "hết") && wsp_context_is(reading, at, -2, "đến tới")) ||
        (at > 1 && wsp_context_is(reading, at, -1, "hết") && /* "từ 3/6 - hết 4/6" */
         wsp_dash_follows(reading, at - 2)))
        return true;
    if (at > 0 && wsp_dash_follows(reading, at - 1) && ends_in_date(reading, at - 1))
        return true; /* "30/4 - 1/5" */
    if (wsp_context_is(reading, at, 1, "al âl") ||
        (wsp_context_is(reading, at, 1, "âm") && wsp_context_is(reading, at, 2, "lịch")))
        return true;                                            /* "giỗ tổ 10/3 ÂL" */
    bool prevents = wsp_context_is(reading, at, -1, "phòng") && /* "tiêm phòng 12/6" */
                    wsp_context_is(reading, at, -2, "tiêm dự đề dân quốc chủng hải biên cứu");
    bool house = date->day.len > 0 && !prevents && wsp_context_is(reading, at, -1, house_words);
    bool sight = wsp_stands_before(reading, at, 8, "lực mây") && wsp_str_is(date->month, "10");
    struct wsp_str next = wsp_token_text(reading, at + 1);
    if (!falls && next.len > 1 && next.ptr[next.len - 1] == '%' &&
        wsp_str_is(wsp_token_gap(reading, at), " (")) /* "2/3 (66,7%)" */
        return false;
    bool valve = wsp_context_is(reading, at, -1, "lá") && wsp_stands_before(reading, at, 4, "van");
    if (house || sight || valve || is_share(reading, at, date) ||
        (wsp_str_is(wsp_token_text(reading, at), "24/7") &&
         !wsp_str_is(wsp_token_gap(reading, at), "/ "))) /* but "24/7/ 2024" */
        return false;
    if ((is_counting(reading, at) && !joined) || is_alone(reading, at, date))
        return false;
    if (wsp_context_is(reading, at, -1, part_words))
        return date->month.len > 0 && date->year.len == 0 &&
               (falls || wsp_context_is(reading, at, 1, "năm"));
    bool counts = wsp_blank_follows(reading, at) &&
                  (wsp_context_is(reading, at, 1, counted_words) || /* "trực 7/7 ngày" */
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

/* And with a dash? Only after a word that asks for a date and without a thing counted after it, or
 * when it can be nothing else: "30-4". */
static bool dash_is_date(const struct wsp_reading *reading, size_t at, const struct wsp_date *date)
{
    static const char things[] = "người em cháu hộ chiếc xe lần ngày giờ tháng con cái trẻ";
    struct wsp_str text = wsp_token_text(reading, at);
    unsigned day = wsp_digits_value(date->day), month = wsp_digits_value(date->month);
    bool pause = reading->tokens[at].pause_ms > 0;
    bool apart = at > 0 && reading->tokens[at - 1].pause_ms > 0 && /* "3-5 ngày, 1-2 tuần" */
                 wsp_token_gap(reading, at - 1).ptr[0] == ',';
    bool day_asked = wsp_context_is(reading, at, -1, day_words) && !apart;
    if (day_asked && day < month && /* "sau mổ ngày 1-3" */
        wsp_context_is(reading, at, -2, "sốt mổ sinh bệnh đẻ phát"))
        return false;
    if (apart && day < month)
        return false;
    if ((wsp_tells_of_score(reading, at) && !day_asked) ||
        (!pause && (has_unit(reading, at) || wsp_context_is(reading, at, 1, things))))
        return false;
    if (wsp_context_is(reading, at, -1, "mùng mồng") && day < month &&
        wsp_context_is(reading, at, 1, "tết tháng âm")) /* "mùng 4-5 Tết" */
        return false;
    bool weekday =
        at > 1 && wsp_context_is(reading, at, -2, "thứ chủ") && /* "thứ 4 (12-3)" */
        strchr(wsp_token_gap(reading, at - 1).ptr, '(') == wsp_token_gap(reading, at - 1).ptr + 1;
    if (is_joined_to_hour(reading, at) || weekday ||
        (follows_hour(reading, at) && (at + 1 >= reading->n_tokens || pause)))
        return true;
    if (day < month && wsp_context_is(reading, at, 1, "hàng hằng mỗi")) /* "ngày 8-12 hàng tháng" */
        return false;
    bool dose = day < month && pause && /* "ngày 2-5: 1 viên" */
                wsp_context_is(reading, at, 2, "viên gói ống giọt liều lần thìa muỗng ml");
    if (dose)
        return false;
    if (wsp_context_is(reading, at, -1, day_words) || wsp_context_is(reading, at, -1, "lễ dịp tết"))
        return true;
    bool measured = day < month && wsp_context_is(reading, at, -1, "từ") && /* "UV từ 8-10" */
                    wsp_stands_before(reading, at, 14, "chỉ nhiệt cấp mức điểm độ");
    if (measured || is_on_a_scale(reading, at))
        return false;
    size_t first = wsp_digits_at(text, 0);
    bool zero = text.ptr[0] == '0' || (first + 1 < text.len && text.ptr[first + 1] == '0');
    bool last = at + 1 >= reading->n_tokens || reading->tokens[at].pause_ms > 0;
    bool leads = wsp_context_is(reading, at, -1, date_words) &&
                 (year_follows(reading, at) ||
                  wsp_context_is(reading, at, 1, "đến đồng có áp bắt giá lượt toàn các tất nay"));
    struct wsp_str other = at > 1 ? wsp_token_text(reading, at - 2) : WSP_STR("");
    struct wsp_date before; /* "30-4 và 1-5" */
    bool follows =
        wsp_context_is(reading, at, -1, "và đến tới") &&
        is_whole(other, wsp_date_read_pair(other, 0, "-", &before)) && before.day.len > 0 &&
        (wsp_digits_value(before.day) > 12 || wsp_context_is(reading, at, -3, "lễ dịp từ ngày"));
    bool feast = last && wsp_stands_before(reading, at, 8, "ngày") && day <= 31; /* "Ngày Quốc tế
                                                                       Thiếu nhi 1-6," */
    return zero || follows || leads || feast || (day > 12 && day > month) ||
           (last &&
            (wsp_context_is(reading, at, -1, date_words) || wsp_context_is(reading, at, -1, "là")));
}

/* "Thứ Hai, 17/5/21" */
static bool follows_weekday(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, -1, "hai ba tư năm sáu bảy nhật") &&
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
    bool leads = wsp_context_is(reading, at, -1, "từ");
    bool alone = wsp_digits_at(text, 0) == 2 && !wsp_context_is(reading, at, 1, "đến tới");
    if (leads && (first || alone))
        return true;
    return (second && wsp_context_is(reading, at, -3, "từ")) ||
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
static bool dot_is_date(const struct wsp_reading *reading, size_t at)
{
    bool apart =
        at > 1 && (reading->tokens[at - 1].pause_ms > 0 || reading->tokens[at].pause_ms > 0 ||
                   wsp_context_is(reading, at, 1, "đến tới và"));
    bool today = apart && wsp_context_is(reading, at, -1, "nay mai qua") &&
                 wsp_context_is(reading, at, -2, "hôm ngày sáng trưa chiều tối đêm");
    bool second = at > 1 && wsp_dash_follows(reading, at - 1) && /* "ngày 28 - 31.10" */
                  wsp_context_is(reading, at, -2, day_words) &&
                  wsp_is_day(wsp_token_text(reading, at - 1));
    bool weekday = apart && follows_weekday(reading, at);
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
                 wsp_context_is(reading, at, -1, "trước sau đến từ tới"); /* "trước 15.10." */
    bool counted = has_unit(reading, at) || wsp_counts_a_total(reading, at) ||
                   wsp_context_is(reading, at, 1, counted_by_dots);
    bool lunar =
        wsp_context_is(reading, at, 1, "al dl âl") ||
        (wsp_context_is(reading, at, 1, "âm dương") && wsp_context_is(reading, at, 2, "lịch"));
    if ((!counted && (follows_hour(reading, at) || is_dotted_span(reading, at) ||
                      heads_dotted_day(reading, at))) ||
        until || lunar)
        return true;
    return today || second || weekday || padded || late || limit ||
           wsp_context_is(reading, at, -1, day_words) ||
           (wsp_context_is(reading, at, -1, "đến tới và") &&
            wsp_context_is(reading, at, -3, day_words));
}

/* ---- a year of two digits ---- */

/* Read "1/6/24" at byte `begin`, one of `separators` between. Returns its bytes, 0: none. */
static size_t read_short(struct wsp_str text, size_t begin, const char *separators,
                         struct wsp_date *date)
{
    for (; *separators; separators++) {
        struct wsp_str p[3];
        size_t at = begin;
        if (wsp_date_split(text, &at, *separators, p, 3) != 3 || !wsp_is_day(p[0]) ||
            !wsp_is_month(p[1]) || p[2].len != 2)
            continue;
        *date = (struct wsp_date){p[0], p[1], p[2]};
        return at - begin;
    }
    return 0;
}

/* A date that cannot be a range, its year of two digits or of four. Returns its bytes. */
static size_t read_date(struct wsp_str text, size_t begin, struct wsp_date *date)
{
    size_t len = wsp_date_read_full(text, begin, date);
    len = len > 0 ? len : read_short(text, begin, "/", date);
    return len > 0 ? len : wsp_date_read(text, begin, date);
}

static bool short_is_asked(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str other = at > 1 ? wsp_token_text(reading, at - 2) : WSP_STR("");
    struct wsp_str before = at > 0 ? wsp_token_text(reading, at - 1) : WSP_STR("");
    struct wsp_str next = wsp_token_text(reading, at + 1);
    struct wsp_date date;
    bool first = wsp_dash_follows(reading, at) && is_whole(next, read_short(next, 0, "/", &date));
    bool second = at > 0 && wsp_dash_follows(reading, at - 1) && /* "1/6/24 - 5/6/24" */
                  is_whole(before, read_short(before, 0, "/", &date));
    bool joined =
        wsp_context_is(reading, at, -1, "và") && is_whole(other, read_short(other, 0, "/", &date));
    return first || second || joined || date_is_asked(reading, at) ||
           follows_weekday(reading, at) || follows_hour(reading, at) ||
           wsp_context_is(reading, at, -1, "hsd nsx hạn sinh ký");
}

/* Numbers that rise to a dozen, or are doubled: "lớp 10/11/12", "6/12/24 tháng". */
static bool may_be_list(const struct wsp_date *date)
{
    enum { DOZEN = 12 };
    unsigned day = wsp_digits_value(date->day), month = wsp_digits_value(date->month),
             year = wsp_digits_value(date->year);
    bool doubled = month == 2 * day && year == 2 * month;
    return doubled || (day < month && month < year && year <= DOZEN);
}

/* And where nothing asks? Not what may be a place ("15/3/20 Lê Lợi"). */
static bool is_short_alone(const struct wsp_reading *reading, size_t at,
                           const struct wsp_date *date)
{
    enum { PADDED = 8 };
    if (wsp_context_is(reading, at, -1, house_words))
        return false;
    if (wsp_token_text(reading, at).len == PADDED &&
        (date->day.ptr[0] == '0' || date->month.ptr[0] == '0'))
        return true; /* "12/05/24" */
    bool place = wsp_blank_follows(reading, at) && at + 1 < reading->n_tokens &&
                 (reading->tokens[at + 1].kind == WSP_TOKEN_NAME ||
                  wsp_context_is(reading, at, 1, "đường phố ấp tổ khu phường hẻm xã thôn"));
    return !may_be_list(date) && !place && !has_unit(reading, at) &&
           !wsp_context_is(reading, at, -1, "lệ npk khối");
}

/* "01/06/24" */
static bool say_short_year(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    bool day = wsp_context_is(reading, at, -1, day_words) ||
               wsp_context_is(reading, at, -1, "hsd nsx sinh"); /* "ngày 1.6.24" */
    if (!is_whole(text, read_short(text, 0, day ? "/.-" : "/", &date)) ||
        (may_be_list(&date) && wsp_context_is(reading, at, 1, "tháng năm ngày tuổi")) ||
        (!short_is_asked(reading, at) && !is_short_alone(reading, at, &date)))
        return false;
    say_date(words, &date, wsp_context_is(reading, at, -1, month_words));
    return true;
}

/* ---- one token ---- */

/* "26-27-28/6/2024": days that follow each other. */
static bool say_three_days(struct wsp_str text, struct wsp_buf *words)
{
    struct wsp_str days[2];
    struct wsp_date last;
    size_t at = 0;
    for (size_t i = 0; i < WSP_LEN(days); i++) {
        days[i] = (struct wsp_str){text.ptr + at, wsp_digits_at(text, at)};
        size_t dash = wsp_dash_at(text, at + days[i].len);
        if (!wsp_is_day(days[i]) || dash == 0)
            return false;
        at += days[i].len + dash;
    }
    if (!is_whole((struct wsp_str){text.ptr + at, text.len - at}, read_date(text, at, &last)) ||
        last.day.len == 0 || wsp_digits_value(days[0]) + 1 != wsp_digits_value(days[1]) ||
        wsp_digits_value(days[1]) + 1 != wsp_digits_value(last.day))
        return false;
    for (size_t i = 0; i < WSP_LEN(days); i++)
        say_day(words, days[i]);
    say_date(words, &last, false);
    return true;
}

/* "15–20/6", "10+11/6", "7-9/2022": the first number is of the kind of the second date's first. */
static bool say_days_of_month(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date last;
    size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
    bool sum =
        first < text.len && text.ptr[first] == '+' && wsp_context_is(reading, at, -1, "ngày");
    dash += sum;
    if (first == 0 || first > 2 || dash == 0)
        return false;
    size_t from = first + dash, len = read_date(text, from, &last);
    if (len == 0 && (dot_is_date(reading, at) || wsp_context_is(reading, at, -1, "từ")))
        len = wsp_date_read_pair(text, from, ".", &last); /* "đêm 16-17.12" */
    if (len == 0 || from + len != text.len)
        return false;
    struct wsp_str low = {text.ptr, first};
    const char *word = text.ptr[first] == '+' ? "và" : "đến";
    if (last.day.len > 0 && wsp_is_day(low)) {
        say_day(words, low);
    } else if (last.day.len == 0 && wsp_is_month(low)) {
        if (!wsp_context_is(reading, at, -1, month_words))
            wsp_vi_add(words, "tháng");
        wsp_vi_ordinal(words, low);
    } else {
        return false;
    }
    wsp_vi_add(words, word);
    say_date(words, &last, false);
    return true;
}

/* "28.5-3.6" behind "từ": it falls, and is no range of numbers. */
static bool say_dotted_dates(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_date low, high;
    struct wsp_str text = wsp_token_text(reading, at);
    size_t first = wsp_date_read_pair(text, 0, ".", &low);
    size_t dash = first > 0 ? wsp_dash_at(text, first) : 0;
    size_t second = dash > 0 ? wsp_date_read_pair(text, first + dash, ".", &high) : 0;
    if (second == 0 || first + dash + second != text.len || low.day.len == 0 || high.day.len == 0 ||
        has_unit(reading, at) ||
        !(wsp_context_is(reading, at, -1, day_words) ||
          (wsp_context_is(reading, at, -1, "từ") &&
           wsp_digits_value(low.day) > wsp_digits_value(high.day))))
        return false;
    say_date(words, &low, false);
    wsp_vi_add(words, "đến");
    say_date(words, &high, false);
    return true;
}

/* "15/6-30/7", "20/1/2024–20/2/2024"; not "1/5-1/3 ống" */
static bool say_date_to_date(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_date low, high;
    struct wsp_str text = wsp_token_text(reading, at);
    size_t first = read_date(text, 0, &low);
    if (first > 0 && low.year.len == 0 && !wsp_context_is(reading, at, -1, day_words) &&
        (has_unit(reading, at) || wsp_context_is(reading, at, 1, counted_words) ||
         wsp_context_is(reading, at, -1, "điểm")))
        return false;
    size_t dash = first > 0 ? wsp_dash_at(text, first) : 0;
    if (dash == 0)
        return false;
    size_t from = first + dash, second = read_date(text, from, &high);
    if (second == 0 || from + second != text.len)
        return false;
    say_date(words, &low, false);
    wsp_vi_add(words, "đến");
    say_date(words, &high, false);
    return true;
}

/* "2016-2020": years only when they rise. */
static bool say_years(struct wsp_str text, struct wsp_buf *words)
{
    size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
    struct wsp_str low = {text.ptr, first};
    if (dash == 0 || !wsp_is_year(low))
        return false;
    struct wsp_str high = {text.ptr + first + dash, wsp_digits_at(text, first + dash)};
    if (!wsp_is_year(high) || first + dash + high.len != text.len ||
        wsp_digits_value(low) >= wsp_digits_value(high))
        return false;
    wsp_vi_cardinal(words, low);
    wsp_vi_add(words, "đến");
    wsp_vi_cardinal(words, high);
    return true;
}

static bool say_single(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    bool month_before = wsp_context_is(reading, at, -1, month_words);
    if (wsp_context_is(reading, at, -1, "qcvn tcvn iso"))
        return false;
    if (is_whole(text, wsp_date_read_full(text, 0, &date))) {
        say_date(words, &date, month_before);
        return true;
    }
    if (is_whole(text, wsp_date_read_pair(text, 0, "/", &date))) {
        if (!slash_is_date(reading, at, &date))
            return false;
        if (date.day.len == 0 && wsp_digits_value(date.year) < 1900 && !month_before)
            return false; /* "1/1000" */
    } else if (is_whole(text, wsp_date_read_pair(text, 0, "-", &date))) {
        bool month = date.day.len == 0 &&
                     (month_before || date.month.ptr[0] == '0'); /* "tháng 6-2023", "02-2000" */
        if (!month && (date.day.len == 0 || !dash_is_date(reading, at, &date)))
            return false;
    } else if (!is_whole(text, wsp_date_read_pair(text, 0, ".", &date)) ||
               !(date.day.len > 0 ? dot_is_date(reading, at) : month_before)) { /* "tháng 4.2018" */
        return false;
    }
    if (date.day.len > 0 && month_before) /* "tháng 5/6" is no day */
        return false;
    say_date(words, &date, month_before);
    return true;
}

/* "Quý 3/2020", "quý IV/2023", "Q4/2025", "Q.IV/2025"; "đợt 2/2025", which is no month */
static bool say_quarter(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    static const struct {
        const char *written, *digit;
    } quarters[] = {{"1", "1"},  {"2", "2"},  {"3", "3"},   {"4", "4"},  {"01", "1"}, {"02", "2"},
                    {"03", "3"}, {"04", "4"}, {"III", "3"}, {"II", "2"}, {"IV", "4"}, {"I", "1"}};
    struct wsp_str text = wsp_token_text(reading, at);
    bool dotted = text.len > 3 && memcmp(text.ptr, "Q.", 2) == 0;
    size_t led = dotted ? 2 : text.len > 2 && text.ptr[0] == 'Q' && wsp_digits_at(text, 1) == 1;
    bool quarter = led > 0 || wsp_context_is(reading, at, -1, "quý quí");
    if (!quarter && !wsp_context_is(reading, at, -1, "đợt lần kỳ kì khóa khoá vụ"))
        return false;
    struct wsp_str inner = {text.ptr + led, text.len - led};
    for (size_t i = 0; i < WSP_LEN(quarters); i++) {
        size_t len = strlen(quarters[i].written);
        if (inner.len < len || memcmp(inner.ptr, quarters[i].written, len) != 0)
            continue;
        struct wsp_str rest = {inner.ptr + len, inner.len - len};
        struct wsp_str year = {rest.ptr + 1, rest.len > 0 ? rest.len - 1 : 0};
        bool dated = rest.len == 5 && strchr("/-.", rest.ptr[0]) && wsp_digits_at(year, 0) == 4 &&
                     wsp_is_year(year);
        if ((rest.len > 0 || led > 0 || !quarter) && !dated)
            continue;
        if (led > 0)
            wsp_vi_add(words, "quý");
        struct wsp_str digit = {quarters[i].digit, 1};
        quarter ? wsp_vi_ordinal(words, digit) : wsp_vi_cardinal(words, digit);
        if (dated)
            say_year(words, year);
        return true;
    }
    return false;
}

/* Is token `at` a month, or a day and a month before a slash: "01/06/ 2004"? */
static bool is_month_before_year(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), gap = wsp_token_gap(reading, at);
    struct wsp_date date;
    if (gap.len > 1 && gap.ptr[0] == '/')
        return wsp_is_month(text) ||
               (is_whole(text, wsp_date_read_pair(text, 0, "/", &date)) && date.day.len > 0);
    return wsp_context_is(reading, at, -1, month_words) && wsp_is_month(text) &&
           wsp_blank_follows(reading, at);
}

/* "tháng 1 2024": a year after its month. */
static bool say_year_after_month(const struct wsp_reading *reading, size_t at,
                                 struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len != 4 || wsp_digits_at(text, 0) != 4 || !wsp_in_range(text, 1900, 2099) || at < 1 ||
        !is_month_before_year(reading, at - 1))
        return false;
    say_year(words, text);
    return true;
}

/* "12/ 2018": a month with its year after a blank. */
static bool say_month_before_year(const struct wsp_reading *reading, size_t at,
                                  struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at), year = wsp_token_text(reading, at + 1);
    if (!wsp_is_month(text) || !wsp_str_is(wsp_token_gap(reading, at), "/ ") ||
        wsp_digits_at(year, 0) != year.len || !wsp_is_year(year) ||
        wsp_context_is(reading, at, -1, month_words))
        return false;
    wsp_vi_add(words, "tháng");
    wsp_vi_ordinal(words, text);
    return true;
}

/* "9T/2023": the first nine months. */
static bool say_months_of_year(struct wsp_str text, struct wsp_buf *words)
{
    size_t digits = wsp_digits_at(text, 0);
    struct wsp_str months = {text.ptr, digits};
    if (digits + 6 != text.len || memcmp(text.ptr + digits, "T/", 2) != 0 || !wsp_is_month(months))
        return false;
    struct wsp_str year = {text.ptr + digits + 2, 4};
    if (wsp_digits_at(year, 0) != 4 || !wsp_is_year(year))
        return false;
    wsp_vi_cardinal(words, months);
    wsp_vi_add(words, "tháng");
    say_year(words, year);
    return true;
}

/* "CPI T8": a month that no day of the week is; "T5/2026" is one. */
static bool say_month_letter(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    struct wsp_str dated = {text.ptr + 1, text.len > 0 ? text.len - 1 : 0};
    if (text.len > 5 && text.ptr[0] == 'T' &&
        is_whole(dated, wsp_date_read_pair(dated, 0, "/", &date)) && date.year.len > 0) {
        say_date(words, &date, false);
        return true;
    }
    struct wsp_str month = {text.ptr + 1, text.len > 0 ? text.len - 1 : 0};
    bool weekday = wsp_digits_value(month) > 1 && wsp_digits_value(month) < 8 && /* "rằm T7" */
                   !wsp_context_is(reading, at, -1, "rằm điện nước lương phí tiền");
    if (month.len == 0 || text.ptr[0] != 'T' || !wsp_is_month(month) || month.ptr[0] == '0' ||
        weekday)
        return false;
    wsp_vi_add(words, "tháng");
    wsp_vi_ordinal(words, month);
    return true;
}

static bool say_token(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    return say_months_of_year(text, words) ||
           (!wsp_context_is(reading, at, -1, "ga tháp tòa toà cổng sảnh") && /* "nhà ga T1" */
            say_month_letter(reading, at, words)) ||
           say_short_year(reading, at, words) || say_month_before_year(reading, at, words) ||
           say_quarter(reading, at, words) || say_year_after_month(reading, at, words) ||
           say_days_of_month(reading, at, words) ||
           say_three_days(wsp_token_text(reading, at), words) ||
           say_date_to_date(reading, at, words) || say_dotted_dates(reading, at, words) ||
           say_years(text, words) || say_single(reading, at, words);
}

/* "24 - 7 - 2002" */
static bool says_spaced_triple(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_date date = {wsp_token_text(reading, at), wsp_token_text(reading, at + 1),
                            wsp_token_text(reading, at + 2)};
    if (!wsp_is_day(date.day) || !wsp_is_month(date.month) ||
        wsp_digits_at(date.year, 0) != date.year.len || !wsp_is_year(date.year) ||
        !wsp_dash_follows(reading, at) || !wsp_dash_follows(reading, at + 1))
        return false;
    say_date(words, &date, false);
    return true;
}

/* "ngày 17 - 5": it falls, so it is no range of days. Takes both tokens. */
static bool says_spaced_date(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str day = wsp_token_text(reading, at), month = wsp_token_text(reading, at + 1);
    if (!wsp_context_is(reading, at, -1, "ngày") || !wsp_dash_follows(reading, at) ||
        wsp_digits_at(day, 0) != day.len || wsp_digits_at(month, 0) != month.len ||
        !wsp_is_day(day) || !wsp_is_month(month) ||
        wsp_digits_value(day) <= wsp_digits_value(month))
        return false;
    say_date(words, &(struct wsp_date){.day = day, .month = month}, false);
    return true;
}

/* "ngày 5 - 7/4": a day, and after a dash a date of the same month. */
static bool says_first_day(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    struct wsp_date last;
    if (wsp_digits_at(text, 0) != text.len || !wsp_dash_follows(reading, at) ||
        !(is_whole(next, read_date(next, 0, &last)) ||
          (dot_is_date(reading, at) && is_whole(next, wsp_date_read_pair(next, 0, ".", &last)))))
        return false;
    if (last.day.len > 0 && wsp_is_day(text)) {
        say_day(words, text);
    } else if (last.day.len == 0 && wsp_is_month(text)) {
        if (!wsp_context_is(reading, at, -1, month_words))
            wsp_vi_add(words, "tháng");
        wsp_vi_ordinal(words, text);
    } else {
        return false;
    }
    return true;
}

/* "22h00 ngày 18/7 - 04h00 ngày 19/7", "ngày 22.1 - 21 giờ ngày 28.1" */
static bool begins_time(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    size_t digits = wsp_digits_at(text, 0);
    if (digits == 0 || digits > 2)
        return false;
    return digits < text.len ? strchr("hg:", text.ptr[digits]) != NULL
                             : wsp_context_is(reading, at, 1, "giờ");
}

/* The second of "28-5 -> 3-6": of the same kind as the first. */
static bool say_like_first(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str first = wsp_token_text(reading, at), text = wsp_token_text(reading, at + 1);
    struct wsp_date date;
    for (const char *sign = "-."; *sign; sign++) {
        const char separator[] = {*sign, '\0'};
        if (is_whole(first, wsp_date_read_pair(first, 0, separator, &date)) && date.day.len > 0 &&
            is_whole(text, wsp_date_read_pair(text, 0, separator, &date)) && date.day.len > 0) {
            say_date(words, &date, false);
            return true;
        }
    }
    return false;
}

/* "05/06/2024 - 08:15": when a page was put on the web. */
static bool is_dateline(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    struct wsp_date date;
    return is_whole(text, wsp_date_read_full(text, 0, &date)) && memchr(next.ptr, ':', next.len) &&
           !wsp_context_is(reading, at, -1, "từ");
}

/* "17/5" where nothing asks for a date: a person should look. */
static bool is_guess(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    if (is_whole(text, read_short(text, 0, "/", &date)))
        return !short_is_asked(reading, at);
    return is_whole(text, wsp_date_read_pair(text, 0, "/-", &date)) && date.day.len > 0 &&
           !date_is_asked(reading, at);
}

/* "30/2", "29/2/2023": no month has that day. */
static bool is_no_day(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_date date;
    if (!is_whole(text, wsp_date_read_full(text, 0, &date)) &&
        !(is_whole(text, wsp_date_read_pair(text, 0, "/-", &date)) && date.day.len > 0))
        return false;
    return !wsp_date_exists(&date);
}

/* A day that begins the sentence: "15/3, xã tổ chức tiêm" is told with "ngày". */
static bool leads_line(const struct wsp_reading *reading)
{
    struct wsp_str text = wsp_token_text(reading, 0);
    struct wsp_date date;
    size_t first = wsp_digits_at(text, 0), dash = wsp_dash_at(text, first);
    bool range = dash > 0 && first <= 2 && wsp_date_read(text, first + dash, &date) > 0;
    bool single = !range && (wsp_date_read(text, 0, &date) > 0 ||
                             wsp_date_read_pair(text, 0, "-", &date) > 0);
    return (range || single) && date.day.len > 0;
}

size_t wsp_read_date(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(1024), other = WSP_BUF_INIT(1024);
    size_t taken = 0;
    if (says_spaced_triple(reading, at, &words)) {
        taken = 3;
    } else if (says_spaced_date(reading, at, &words)) {
        taken = 2;
    } else if (says_first_day(reading, at, &words) || say_token(reading, at, &words)) {
        taken = 1;
        if (wsp_dash_follows(reading, at) &&
            (say_token(reading, at + 1, &other) || say_like_first(reading, at, &other))) {
            wsp_vi_add(&words, "đến");
            wsp_vi_add(&words, other.ptr);
            taken = 2;
        }
    }
    if (taken == 1 && wsp_dash_follows(reading, at) && begins_time(reading, at + 1) &&
        !is_dateline(reading, at))
        wsp_vi_add(&words, "đến");
    if (taken > 0 && ((at == 0 && leads_line(reading)) || is_joined_to_hour(reading, at)))
        wsp_say_words(reading, at, at + 1, WSP_STR("ngày"), out);
    if (taken > 0)
        wsp_say_words(reading, at, at + taken, wsp_buf_str(&words), out);
    if (taken == 1 && is_no_day(reading, at))
        wsp_doubt(out, WSP_DOUBT_ABSURD);
    else if (taken == 1 && is_guess(reading, at))
        wsp_doubt(out, WSP_DOUBT_DATE);
    wsp_buf_release(&words);
    wsp_buf_release(&other);
    return taken;
}
