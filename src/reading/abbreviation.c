#include "reading/abbreviation.h"

#include "base/utf8.h"

#include <string.h>

/* Matched without regard to case when longer than one letter; letters alone are what they are
 * only as written here ("h." after a number is an hour, "H." a district). */
/* clang-format off */
static const struct {
    struct wsp_str text;
    enum wsp_abbreviation class;
} abbreviations[] = {
#define ROW(word, class) {{word, sizeof(word) - 1}, class}
#define TITLE(word) ROW(word, WSP_ABBR_TITLE)
#define FAMILY(word) ROW(word, WSP_ABBR_FAMILY)
#define PLACE(word) ROW(word, WSP_ABBR_PLACE)
#define NEVER(word) ROW(word, WSP_ABBR_NEVER)
#define MAY(word) ROW(word, WSP_ABBR_MAY)
    /* titles and forms of address */
    TITLE("TS"), TITLE("Th.S"), TITLE("ThS"), TITLE("PGS"), TITLE("GS"), TITLE("TSKH"),
    TITLE("BS"), TITLE("BSCK"), TITLE("BSCKI"), TITLE("BSCKII"), TITLE("DS"), TITLE("ĐD"),
    TITLE("KS"), TITLE("KTS"), TITLE("LS"), TITLE("NS"), TITLE("NSND"), TITLE("NSƯT"),
    TITLE("NGND"), TITLE("NGƯT"), TITLE("LM"), TITLE("GM"), TITLE("HT"), TITLE("ĐĐ"), TITLE("a"), TITLE("c"), TITLE("s"), TITLE("Ô"), TITLE("Đ/c"),
    TITLE("Đc"), TITLE("Mr"), TITLE("Mrs"), TITLE("Ms"), TITLE("Dr"), TITLE("Prof"), TITLE("Ph"),
    TITLE("St"), FAMILY("CN"), FAMILY("HS"), FAMILY("SV"),
    /* places */
    PLACE("TP"), PLACE("T.P"), PLACE("TX"), PLACE("TT"), PLACE("KP"), PLACE("Q"), PLACE("P"),
    PLACE("H"), PLACE("X"), PLACE("T"), PLACE("Đ"), PLACE("q"), PLACE("p"),
    /* something always follows */
    NEVER("tr"), NEVER("NXB"), NEVER("ĐT"), NEVER("SĐT"), NEVER("ĐTDĐ"), NEVER("DĐ"),
    NEVER("Tel"), NEVER("Fax"), NEVER("STK"), NEVER("VD"), NEVER("K/g"), NEVER("C.ty"),
    NEVER("Cty"), NEVER("vs"), NEVER("e.g"), NEVER("i.e"), NEVER("P.S"), NEVER("T/M"),
    NEVER("TM"), NEVER("KT"), NEVER("TL"), NEVER("TUQ"),
    /* at home in both places */
    MAY("v.v"), MAY("vv"), MAY("T.Ư"), MAY("T.W"), MAY("TCN"), MAY("SCN"), MAY("a.m"), MAY("p.m"),
    MAY("U.S"), MAY("U.K"), MAY("Ph.D"), MAY("etc"), MAY("Inc"), MAY("Ltd"), MAY("Corp"),
    MAY("Jr"),
#undef ROW
};
/* clang-format on */

#define W(word)                \
    {                          \
        word, sizeof(word) - 1 \
    }

static const struct wsp_str family_names[] = {
    W("Nguyễn"), W("Trần"), W("Lê"),    W("Phạm"), W("Hoàng"), W("Huỳnh"), W("Phan"),   W("Vũ"),
    W("Võ"),     W("Đặng"), W("Bùi"),   W("Đỗ"),   W("Hồ"),    W("Ngô"),   W("Dương"),  W("Lý"),
    W("Đinh"),   W("Mai"),  W("Trịnh"), W("Đào"),  W("Đoàn"),  W("Lương"), W("Trương"), W("Lâm"),
    W("Tạ"),     W("Cao"),  W("Châu"),  W("Tôn"),  W("Hà"),    W("Phùng"), W("Kiều"),   W("Tô"),
    W("Quách"),  W("Chu"),  W("Thái"),  W("La"),   W("Văn"),   W("Từ"),    W("Nông"),   W("Vương"),
};

/* "vitamin C. Hôm nay": the letter ends the sentence, it is no initial. */
static const struct wsp_str labelled[] = {
    W("lớp"),  W("hạng"),    W("loại"), W("nhóm"), W("khối"),  W("điểm"),  W("máu"),  W("cúm"),
    W("gan"),  W("vitamin"), W("khu"),  W("lô"),   W("tòa"),   W("toà"),   W("nhà"),  W("block"),
    W("cổng"), W("bảng"),    W("án"),   W("câu"),  W("tuyến"), W("đội"),   W("tổ"),   W("mục"),
    W("cấp"),  W("kiểu"),    W("mẫu"),  W("tỉnh"), W("xã"),    W("huyện"), W("ty"),   W("anh"),
    W("chị"),  W("em"),      W("ông"),  W("bà"),   W("cô"),    W("chú"),   W("bác"),  W("cháu"),
    W("cáo"),  W("can"),     W("nhân"), W("sinh"), W("tên"),   W("phòng"), W("gian"), W("phần"),
    W("mã"),   W("vực"),
};

static const struct wsp_str numbered[] = {
    W("điều"), W("chương"), W("mục"),  W("phần"), W("bài"), W("khoản"), W("câu"), W("bước"),
    W("tiết"), W("hình"),   W("bảng"), W("biểu"), W("lục"), W("tập"),   W("vấn"), W("số"),
};

static const struct wsp_str counted[] = {
    W("quận"), W("phường"), W("tổ"),   W("thôn"),  W("ấp"),   W("khóm"),
    W("khối"), W("lớp"),    W("điều"), W("khoản"), W("ngày"), W("mùng"),
};

#undef W

/* Letter for letter without regard to case. Upper and lower case of the letters in the tables
 * have the same number of bytes, so most rows are refused by their length. */
static bool same(struct wsp_str word, struct wsp_str row)
{
    if (word.len != row.len || ((word.ptr[0] ^ row.ptr[0]) & 0xDF) != 0)
        return false; /* nearly always; 0x20 is the case of an ASCII letter */
    for (size_t at = 0; at < word.len;) {
        uint32_t a, b;
        size_t n = wsp_utf8_decode(word.ptr + at, word.len - at, &a);
        if (n == 0 || n != wsp_utf8_decode(row.ptr + at, row.len - at, &b) ||
            wsp_utf8_lower(a) != wsp_utf8_lower(b))
            return false;
        at += n;
    }
    return true;
}

static enum wsp_abbreviation find_whole(struct wsp_str word)
{
    bool letter = wsp_utf8_count(word) == 1;
    for (size_t i = 0; i < WSP_LEN(abbreviations); i++) {
        struct wsp_str row = abbreviations[i].text;
        if (letter ? wsp_str_equal(word, row) : same(word, row))
            return abbreviations[i].class;
    }
    return WSP_ABBR_NONE;
}

enum wsp_abbreviation wsp_abbreviation_find(struct wsp_str word)
{
    enum { LONGEST = 24 }; /* bytes; "PGS.TSKH.BSCKII" */
    if (word.len == 0 || word.len > LONGEST)
        return WSP_ABBR_NONE;
    enum wsp_abbreviation class = find_whole(word);
    const char *dot = memrchr(word.ptr, '.', word.len);
    if (class != WSP_ABBR_NONE || !dot)
        return class;
    size_t before = (size_t)(dot - word.ptr);
    /* A letter after a dot is an initial: the H of "N.V.H." is no district. */
    struct wsp_str last = {dot + 1, word.len - before - 1};
    return last.len > 0 && wsp_utf8_count(last) > 1 ? find_whole(last) : WSP_ABBR_NONE;
}

static bool is_one_of(struct wsp_str word, const struct wsp_str *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (same(word, rows[i]))
            return true;
    return false;
}

bool wsp_is_family_name(struct wsp_str word)
{
    return is_one_of(word, family_names, WSP_LEN(family_names));
}

bool wsp_takes_label(struct wsp_str word)
{
    return is_one_of(word, labelled, WSP_LEN(labelled));
}

bool wsp_numbers_things(struct wsp_str word)
{
    return is_one_of(word, counted, WSP_LEN(counted));
}

bool wsp_numbers_heading(struct wsp_str word)
{
    return is_one_of(word, numbered, WSP_LEN(numbered));
}
