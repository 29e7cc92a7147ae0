#include "testing.h"

#include "base/utf8.h"
#include "input/document.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct wsp_input_settings usual = {.keep_all = false};
static const struct wsp_input_settings keep_all = {.keep_all = true};
static const struct wsp_input_settings single_lines = {.single_lines = true};

static struct wsp_str str(const char *text)
{
    return (struct wsp_str){text, strlen(text)};
}

static void read_text(struct wsp_document *doc, struct wsp_str source,
                      const struct wsp_input_settings *settings)
{
    struct wsp_error err = {.status = WSP_OK};
    wsp_document_init(doc);
    enum wsp_status st = wsp_document_read_text(doc, "--text", source, settings, &err);
    if (st)
        print_message("  %s\n", err.text);
    assert_int_equal(st, WSP_OK);
}

/* The blocks as text, one a line, after a letter for their kind: "T Bản tin", "P Hôm nay ..." */
static void render(const struct wsp_document *doc, struct wsp_buf *out)
{
    static const char *const kinds[] = {"T", "H", "P", "I"};
    for (size_t i = 0; i < doc->n_blocks; i++) {
        const struct wsp_block *block = &doc->blocks[i];
        struct wsp_str text = wsp_document_text(doc, (struct wsp_span){block->begin, block->end});
        wsp_buf_puts(out, kinds[block->kind]);
        if (block->level)
            wsp_buf_printf(out, "%d", block->level);
        wsp_buf_printf(out, " %.*s\n", (int)text.len, text.ptr);
    }
}

static void check_blocks(const char *source, const struct wsp_input_settings *settings,
                         const char *want)
{
    struct wsp_document doc;
    struct wsp_buf out = WSP_BUF_INIT(1 << 20);
    print_message("  <%s>\n", source);
    read_text(&doc, str(source), settings);
    render(&doc, &out);
    assert_string_equal(out.ptr, want);
    wsp_buf_release(&out);
    wsp_document_release(&doc);
}

/* ---- decoding ----------------------------------------------------------------------------- */

static void test_clean_text(void **state)
{
    (void)state;
    static const struct {
        const char *source, *want;
    } cases[] = {
        {"\xEF\xBB\xBFXin chào", "Xin chào"},
        {"Xin\u00A0chào\u202Fcác\u2007bạn\u3000ơi", "Xin chào các bạn ơi"},
        {"Xin  chào \u00A0 các   bạn  ", "Xin chào các bạn"},
        {"Thôn 2\t150 hộ", "Thôn 2\t150 hộ"}, /* a table */
        {"Thôn 2 \t 150 hộ     7,5%", "Thôn 2\t150 hộ\t7,5%"},
        {"1.\tThời gian:\t8h", "1. Thời gian: 8h"}, /* no cells */
        {"-\tMang theo: áo,\tmũ", "- Mang theo: áo, mũ"},
        {"(a)\tHết\t", "(a) Hết"},
        {"Tổ\t7\n•\tHết", "Tổ\t7\n• Hết"},
        {"Điều 12.\tHết\n50%\t7%", "Điều 12. Hết\n50%\t7%"},
        {"chủ đề \u200BKết nối", "chủ đề Kết nối"},
        {"từ\u200C vựng\u200D ở\u2060 đây\uFEFF", "từ vựng ở đây"},
        {"thông\u00AD tin, viễn\u00ADthông", "thông tin, viễnthông"},
        {"\u200Ea\u202Eb\u2066c\u2069", "abc"},
        {"tim \u2764\uFE0F", "tim \u2764"},
        {"a\x01\x1B\x7F\xC2\x82z", "az"},
        {"Ðường, Ɖà Nẵng, ði", "Đường, Đà Nẵng, đi"},
        {"Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"},
        {"Vie\u0302\u0323t", "Việt"}, /* marks in the other order */
        {"A\u0301\u0302 e\u0303\u0302 \u00F3\u0302 a\u0300\u0306", "Ấ ễ ố ằ"}, /* the tone first */
        {"\u01A1\u0301 o\u0301\u031B u\u031B\u0323", "ớ ớ ự"},
        {"e\u200B\u0302\u00AD\u0301", "ế"}, /* through what was dropped */
        {"a \u0301 b", "a \u0301 b"},       /* a blank is no base */
        {"\u212B\u2126", "\u00C5\u03A9"},
        {"\u1100\u1161\u11A8", "\uAC01"},
        {"\uF0B7 mục", "\u2022 mục"},
        {"100 m² ½ ‰ “ngoặc” – … ₫", "100 m² ½ ‰ “ngoặc” – … ₫"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_document doc;
        print_message("  %s\n", cases[i].want);
        read_text(&doc, str(cases[i].source), &usual);
        assert_string_equal(doc.text.ptr, cases[i].want);
        wsp_document_release(&doc);
    }
}

static void test_line_ends(void **state)
{
    (void)state;
    static const char *const ends[] = {"\n",     "\r\n",   "\r", "\r\r\n", "\xC2\x85",
                                       "\u2028", "\u2029", "\f", "\v"};
    for (size_t i = 0; i < WSP_LEN(ends); i++) {
        char source[64];
        print_message("  line end %zu\n", i);
        snprintf(source, sizeof source, "- Một.%s- Hai.%s%s- Ba.%s", ends[i], ends[i], ends[i],
                 ends[i]);
        check_blocks(source, &usual, "I - Một.\nI - Hai.\nI - Ba.\n");
    }
}

static void test_marks_without_end(void **state)
{
    (void)state;
    enum { MARKS = 500000 };
    struct wsp_document doc;
    struct wsp_buf source = WSP_BUF_INIT(2 * MARKS + 16);
    wsp_buf_puts(&source, "o");
    for (size_t i = 0; i < MARKS; i++)
        wsp_buf_puts(&source, "\u0302");
    wsp_buf_puts(&source, "n");
    read_text(&doc, wsp_buf_str(&source), &usual);
    assert_true(doc.text.len < 80);
    assert_memory_equal(doc.text.ptr, "ô", 2);
    assert_int_equal(doc.text.ptr[doc.text.len - 1], 'n');
    wsp_document_release(&doc);
    wsp_buf_release(&source);
}

/* ---- the map to the source ---------------------------------------------------------------- */

/* What the source says at a place, cleaned in another way than the decoder's: NFC by the
 * library, then what is dropped is taken out. */
static void clean_slowly(struct wsp_str raw, struct wsp_buf *out)
{
    struct wsp_buf seen = WSP_BUF_INIT(4096);
    uint32_t code;
    for (size_t at = 0, n; at < raw.len; at += n) {
        n = wsp_utf8_decode(raw.ptr + at, raw.len - at, &code);
        assert_true(n > 0);
        if (code != 0xAD && code != 0x200B && code != 0xFEFF)
            wsp_utf8_append(&seen, code == 0xD0 ? 0x110 : code);
    }
    assert_int_equal(wsp_utf8_add_nfc(out, wsp_buf_str(&seen)), WSP_OK);
    wsp_buf_release(&seen);
}

static size_t check_words(const struct wsp_document *doc, struct wsp_str source)
{
    size_t words = 0;
    for (uint32_t begin = 0, end; begin < doc->text.len; begin = end + 1) {
        end = begin;
        while (end < doc->text.len && !strchr(" \t\n", doc->text.ptr[end]))
            end++;
        if (end == begin) /* an empty line */
            continue;
        struct wsp_span from = wsp_document_source(doc, (struct wsp_span){begin, end});
        struct wsp_str want = wsp_document_text(doc, (struct wsp_span){begin, end});
        struct wsp_buf got = WSP_BUF_INIT(4096);
        assert_true(from.begin < from.end && from.end <= source.len);
        clean_slowly((struct wsp_str){source.ptr + from.begin, from.end - from.begin}, &got);
        if (!wsp_str_equal(wsp_buf_str(&got), want))
            fail_msg("'%.*s' comes from '%s'", (int)want.len, want.ptr, got.ptr);
        wsp_buf_release(&got);
        words++;
    }
    return words;
}

static void test_source_of_words(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        size_t words;
    } cases[] = {
        {"Xin chào các bạn.", 4},
        {"\xEF\xBB\xBFXin  chào\u00A0\u00A0các\tbạn.\r\n\r\n\r\nĐây là hết.", 7},
        {"Tie\u0302\u0301ng Vie\u0323\u0302t co\u0301 da\u0302\u0301u.", 4},
        {"\u200BTiê\u200B\u0301ng Ðà\u00AD Nẵng\u200B, e\u200B\u0302\u0301", 4},
        {"- Đón tiếp và trưng bày ảnh hoạt động của câu lạc bộ\n"
         "  do bác Thịnh và nhóm nhiếp ảnh\u00A0\n\tchuẩn bị, đầy đủ;\n\n- Hết",
         26},
        {"Skip to main content\nXin chào.\n", 2},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_document doc;
        print_message("  <%s>\n", cases[i].source);
        read_text(&doc, str(cases[i].source), &usual);
        assert_int_equal(check_words(&doc, str(cases[i].source)), cases[i].words);
        wsp_document_release(&doc);
        if (strncmp(cases[i].source, "Skip", 4) != 0) {
            read_text(&doc, str(cases[i].source), &single_lines);
            check_words(&doc, str(cases[i].source));
            wsp_document_release(&doc);
        }
    }
}

static void test_source_exactly(void **state)
{
    (void)state;
    struct wsp_document doc;
    /*                   0    5    9 10         16 */
    const char *source = "a\r\n\r\nVie\u0323\u0302t\u00A0\u00A0 Nam";
    read_text(&doc, str(source), &usual);
    assert_string_equal(doc.text.ptr, "a\nViệt Nam");
    static const struct {
        struct wsp_span text, want;
        uint32_t line;
    } cases[] = {
        {{0, 1}, {0, 1}, 1},    {{1, 2}, {1, 5}, 1},   {{2, 3}, {5, 6}, 3},
        {{4, 7}, {7, 12}, 3},   {{7, 8}, {12, 13}, 3}, {{8, 9}, {13, 18}, 3},
        {{9, 12}, {18, 21}, 3}, {{0, 12}, {0, 21}, 1}, {{12, 12}, {21, 21}, 3},
        {{5, 6}, {7, 12}, 3}, /* inside a letter: all of it */
        {{9, 9}, {18, 18}, 3},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_span got = wsp_document_source(&doc, cases[i].text);
        print_message("  %u-%u: %u-%u\n", cases[i].text.begin, cases[i].text.end, got.begin,
                      got.end);
        assert_int_equal(got.begin, cases[i].want.begin);
        assert_int_equal(got.end, cases[i].want.end);
        assert_int_equal(wsp_document_line(&doc, got.begin), cases[i].line);
    }
    wsp_document_release(&doc);
}

/* What is read as something else keeps its place, also where it has the length of what it is read
 * as: "㎡" and "①" are three bytes. */
static void test_source_of_compatible(void **state)
{
    (void)state;
    struct wsp_document doc;
    /*                   0  3 456   9  12   15  18 21 24 */
    const char *source = "Số 5\u33A1 \u2460 \uFF11\uFF12\u2163 \u21167";
    read_text(&doc, str(source), &usual);
    assert_string_equal(doc.text.ptr, "Số 5m2 (1) 12IV số 7");
    static const struct {
        const char *text;
        struct wsp_span want;
    } cases[] = {{"5", {5, 6}},      {"m2", {6, 9}},   {"2", {6, 9}},     {"(1)", {10, 13}},
                 {"1)", {10, 13}},   {"12", {14, 20}}, {"2IV", {17, 23}}, {"IV", {20, 23}},
                 {"số 7", {24, 28}}, {"7", {27, 28}}};
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        uint32_t at = (uint32_t)(strstr(doc.text.ptr, cases[i].text) - doc.text.ptr);
        struct wsp_span got =
            wsp_document_source(&doc, (struct wsp_span){at, at + (uint32_t)strlen(cases[i].text)});
        print_message("  %s: %u-%u\n", cases[i].text, got.begin, got.end);
        assert_int_equal(got.begin, cases[i].want.begin);
        assert_int_equal(got.end, cases[i].want.end);
    }
    wsp_document_release(&doc);

    read_text(&doc, str("\u2460 Nhà\n\u2461 Xe\n3\uFE0F\u20E3 Ao\n\u2116"), &usual);
    assert_string_equal(doc.text.ptr, "(1) Nhà\n(2) Xe\n3. Ao\nsố");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(doc.blocks[i].kind, WSP_BLOCK_ITEM);
    wsp_document_release(&doc);
}

static void test_few_runs(void **state)
{
    (void)state;
    struct wsp_document doc;
    read_text(&doc,
              str("Vậy là một năm nữa đã trôi qua. Năm vừa rồi câu lạc bộ của\n"
                  "chúng ta có thêm 18 thành viên mới, mở được lớp dưỡng sinh\n"
                  "buổi sáng ở công viên Hòa Bình. Ðẹp lắm!\nHết."),
              &usual);
    assert_int_equal(doc.n_runs, 1); /* byte answers to byte, even for the line ends and Ð */
    wsp_document_release(&doc);
}

/* ---- blocks ------------------------------------------------------------------------------- */

static void test_paragraphs(void **state)
{
    (void)state;
    static const struct {
        const char *source, *want;
    } cases[] = {
        /* hard-wrapped, with an item that goes on */
        {"Vậy là một năm nữa đã trôi qua. Năm vừa rồi câu lạc bộ của\n"
         "chúng ta có thêm 18 thành viên mới, mở được lớp dưỡng sinh ở\n"
         "Hòa Bình và quyên góp được hơn 25 triệu đồng giúp các cháu.\n"
         "Những việc ấy tuy nhỏ nhưng đều nhờ công sức của mọi người.\n"
         "\n"
         "- Văn nghệ: ai có tiết mục xin đăng ký với cô Lan trước ngày\n"
         "  10/2;\n"
         "- Mừng thọ.\n",
         "P Vậy là một năm nữa đã trôi qua. Năm vừa rồi câu lạc bộ của chúng ta có thêm 18 thành "
         "viên mới, mở được lớp dưỡng sinh ở Hòa Bình và quyên góp được hơn 25 triệu đồng giúp các "
         "cháu. Những việc ấy tuy nhỏ nhưng đều nhờ công sức của mọi người.\n"
         "I - Văn nghệ: ai có tiết mục xin đăng ký với cô Lan trước ngày 10/2;\n"
         "I - Mừng thọ.\n"},
        /* hard-wrapped, paragraphs by indent, no blank lines */
        {"  Vậy là một năm nữa đã trôi qua. Năm vừa rồi câu lạc bộ của\n"
         "chúng ta có thêm 18 thành viên mới.\n"
         "  Buổi họp mặt bắt đầu lúc 8 giờ sáng thứ Bảy tại Nhà văn hóa\n"
         "phường Bình An.\n",
         "P Vậy là một năm nữa đã trôi qua. Năm vừa rồi câu lạc bộ của chúng ta có thêm 18 thành "
         "viên mới.\n"
         "P Buổi họp mặt bắt đầu lúc 8 giờ sáng thứ Bảy tại Nhà văn hóa phường Bình An.\n"},
        /* a paragraph a line, without blank lines */
        {"Hôm nay trời nắng đẹp.\nNgày mai có mưa rào và dông vài nơi, gió nhẹ.\nHết tin.",
         "P Hôm nay trời nắng đẹp.\nP Ngày mai có mưa rào và dông vài nơi, gió nhẹ.\nP Hết tin.\n"},
        /* rows of a table, whose cells may begin with small letters */
        {"Chúng tôi xin báo cho bà con trong xã biết lịch cắt điện để\n"
         "sửa chữa đường dây như sau, trong ngày:\n"
         "khu vực\ttừ giờ\tđến giờ của ngày\nthôn Đông, thôn Đoài của xã nhà\t7h\t11h30\n"
         "thôn Nam | 13h | 16h\nthôn Bắc | 16h | 17h\n",
         "P Chúng tôi xin báo cho bà con trong xã biết lịch cắt điện để sửa chữa đường dây như "
         "sau, trong ngày:\n"
         "P khu vực\ttừ giờ\tđến giờ của ngày\nP thôn Đông, thôn Đoài của xã nhà\t7h\t11h30\n"
         "P thôn Nam | 13h | 16h\nP thôn Bắc | 16h | 17h\n"},
        /* verses */
        {"Sông quê nước chảy đôi dòng\nBên này mẹ đợi, bên sông con về\n",
         "P Sông quê nước chảy đôi dòng\nP Bên này mẹ đợi, bên sông con về\n"},
        /* a list without marks stays one, also in a text that is broken elsewhere */
        {"Chúng tôi kính mời bà con trong xã đến dự buổi tập huấn phòng\n"
         "chống bão lụt ở nhà văn hóa và nhớ mang theo:\n"
         "áo mưa\nđèn pin\nnước uống\n",
         "P Chúng tôi kính mời bà con trong xã đến dự buổi tập huấn phòng chống bão lụt ở nhà văn "
         "hóa và nhớ mang theo:\nP áo mưa\nP đèn pin\nP nước uống\n"},
        /* a title in capitals that was broken too */
        {"THÔNG BÁO LỊCH TẬP HUẤN PHÒNG CHỐNG BÃO LỤT VÀ TÌM KIẾM CỨU\n"
         "NẠN NĂM NAY\n"
         "Chúng tôi kính mời bà con trong xã đến dự buổi tập huấn phòng\n"
         "chống bão lụt ở nhà văn hóa.\n",
         "T THÔNG BÁO LỊCH TẬP HUẤN PHÒNG CHỐNG BÃO LỤT VÀ TÌM KIẾM CỨU NẠN NĂM NAY\n"
         "P Chúng tôi kính mời bà con trong xã đến dự buổi tập huấn phòng chống bão lụt ở nhà văn "
         "hóa.\n"},
        /* hyphens at the end of a line */
        {"Chúng tôi xin mời toàn thể bà con đi chuyến Hà Nội -\n"
         "Hải Phòng và các bạn đang công tác trong ngành CNTT-\n"
         "TT của tỉnh nhà về dự lễ khai trương tuyến đường mới\n"
         "vào sáng mai.",
         "P Chúng tôi xin mời toàn thể bà con đi chuyến Hà Nội - Hải Phòng và các bạn đang công "
         "tác "
         "trong ngành CNTT-TT của tỉnh nhà về dự lễ khai trương tuyến đường mới vào sáng mai.\n"},
        /* a number at the beginning of a broken line is no mark */
        {"Lễ khai giảng năm học mới của toàn trường sẽ diễn ra vào ngày\n"
         "5. Sau đó các em về lớp gặp thầy cô chủ nhiệm để nhận sách và\n"
         "thời khóa biểu.",
         "P Lễ khai giảng năm học mới của toàn trường sẽ diễn ra vào ngày 5. Sau đó các em về lớp "
         "gặp thầy cô chủ nhiệm để nhận sách và thời khóa biểu.\n"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++)
        check_blocks(cases[i].source, &usual, cases[i].want);
}

static void test_items(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        char kind;
    } cases[] = {
        {"- Cứu hỏa: 114", 'I'},
        {"-Địa điểm: nhà văn hóa", 'I'},
        {"+ Nước uống;", 'I'},
        {"• Thuốc men", 'I'},
        {"* Ghi chú", 'I'},
        {"– Pin đèn", 'I'},
        {"1. Thời gian: 8h ngày 5/6", 'I'},
        {"12) Khác", 'I'},
        {"3/ Địa điểm", 'I'},
        {"a) Sáng", 'I'},
        {"đ) Chiều", 'I'},
        {"b. Tối", 'I'},
        {"(2) Hai", 'I'},
        {"1.2. Mục tiêu", 'I'},
        {"1.Thời gian", 'I'},
        {"1.2 Mục tiêu chung", 'I'},
        {"3.500 người dự.", 'P'},
        {"17.5.2021 là ngày lễ.", 'P'},
        {"-5 độ C ở Mẫu Sơn.", 'P'},
        {"2021. Năm ấy mưa nhiều.", 'P'},
        {"12/5 là ngày họp.", 'P'},
        {"8h30 có mặt.", 'P'},
        {"1.200.000 đồng.", 'P'},
        {"19,2 độ vĩ Bắc.", 'P'},
        {"-", 'P'},
        {"1.", 'P'},
        {"----------", 'P'},
        {"(ITU) là một tổ chức.", 'P'},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        char source[128], want[256];
        snprintf(source, sizeof source, "Mở đầu.\n%s\nHết.", cases[i].line);
        snprintf(want, sizeof want, "P Mở đầu.\n%c %s\nP Hết.\n", cases[i].kind, cases[i].line);
        check_blocks(source, &usual, want);
    }
}

static void test_headings(void **state)
{
    (void)state;
    static const struct {
        const char *source, *want;
    } cases[] = {
        {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTHÔNG BÁO\n"
         "Về việc cắt nước\n\nKính gửi: Bà con xóm Đông\n\nMai cắt nước.",
         "H1 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nH1 Độc lập - Tự do - Hạnh phúc\nT THÔNG BÁO\n"
         "H2 Về việc cắt nước\nP Kính gửi: Bà con xóm Đông\nP Mai cắt nước.\n"},
        {"UBND XÃ AN PHÚ\nTRẠM Y TẾ\nCó lịch tiêm mới.",
         "H1 UBND XÃ AN PHÚ\nT TRẠM Y TẾ\nP Có lịch tiêm mới.\n"},
        {"TIN BÃO SỐ 3 VÀ\nMƯA LŨ SAU BÃO\nBão đang vào gần bờ.",
         "T TIN BÃO SỐ 3 VÀ MƯA LŨ SAU BÃO\nP Bão đang vào gần bờ.\n"},
        {"Thư mời họp mặt\n\nKính mời bà con đến dự.",
         "T Thư mời họp mặt\nP Kính mời bà con đến dự.\n"},
        {"Kính thưa quý vị,\n\nHôm nay họp.", "P Kính thưa quý vị,\nP Hôm nay họp.\n"},
        {"Hôm nay họp.\n\nMai nghỉ.", "P Hôm nay họp.\nP Mai nghỉ.\n"},
        {"Xin chào", "P Xin chào\n"},
        {"Mở đầu.\nChương II\nĐiều 5. Phạm vi\nĐiều 6 của Luật này quy định.\nPHẦN THỨ NHẤT\nHết.",
         "P Mở đầu.\nH2 Chương II\nH4 Điều 5. Phạm vi\nP Điều 6 của Luật này quy định.\n"
         "H1 PHẦN THỨ NHẤT\nP Hết.\n"},
        {"Mở đầu.\nI. TÌNH HÌNH CHUNG\nIV/ Dự báo\nII. Trời mưa.\nCHÀO MỪNG NĂM MỚI!\nMƯA TO, GIÓ "
         "LỚN.\n",
         "P Mở đầu.\nH2 I. TÌNH HÌNH CHUNG\nH2 IV/ Dự báo\nI II. Trời mưa.\nH1 CHÀO MỪNG NĂM MỚI!\n"
         "P MƯA TO, GIÓ LỚN.\n"},
        {"Mở đầu.\n\nTình hình mưa lũ\n\nMực nước các sông đang lên nhanh, bà con chú ý đề "
         "phòng.\n\n"
         "Nguyễn Văn A",
         "P Mở đầu.\nH2 Tình hình mưa lũ\nP Mực nước các sông đang lên nhanh, bà con chú ý đề "
         "phòng."
         "\nP Nguyễn Văn A\n"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++)
        check_blocks(cases[i].source, &usual, cases[i].want);
}

static void test_single_lines(void **state)
{
    (void)state;
    static const struct {
        const char *source, *want;
    } cases[] = {
        {"một\nhai", "P một\nP hai\n"},
        {"một\nhai\n", "P một\nP hai\n"},
        {"một\n\nhai\n\n", "P một\nP \nP hai\nP \n"},
        {"\n", "P \n"},
        {"", ""},
        {"\xEF\xBB\xBF", ""},
        {"  \u200B\nSkip to main content\r\n- một\u2028hai\r",
         "P \nP Skip to main content\nP - một hai\n"},
        {"😀", "P 😀\n"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++)
        check_blocks(cases[i].source, &single_lines, cases[i].want);
}

/* ---- residue ------------------------------------------------------------------------------ */

#define TITLE "LỊCH TIÊM CHỦNG THÁNG 6 CỦA TRẠM Y TẾ XÃ AN PHÚ"
#define BODY "Trạm Y tế xã An Phú thông báo lịch tiêm chủng cho trẻ dưới 24 tháng tuổi."

static void check_removed(const char *source, const char *const *rules, const uint32_t *lines,
                          size_t n)
{
    struct wsp_document doc;
    print_message("  <%s>\n", source);
    read_text(&doc, str(source), &usual);
    for (size_t i = 0; i < doc.n_removed; i++)
        print_message("  line %u: %s\n", doc.removed[i].line, doc.removed[i].rule);
    assert_int_equal(doc.n_removed, n);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(doc.removed[i].rule, rules[i]);
        assert_int_equal(doc.removed[i].line, lines[i]);
        assert_int_equal(wsp_document_line(&doc, doc.removed[i].begin), lines[i]);
    }
    wsp_document_release(&doc);
    read_text(&doc, str(source), &keep_all);
    assert_int_equal(doc.n_removed, 0);
    wsp_document_release(&doc);
}

static void test_residue_of_a_page(void **state)
{
    (void)state;
    static const char source[] = "Skip Ribbon Commands\nSkip to main content\n\n" TITLE "\n\n"
                                 "Tin tức - Sự kiện \u00A0 \n" TITLE "\n" BODY "\n\nHết.";
    static const char *const rules[] = {"skip-link", "skip-link", "breadcrumb", "repeated-title"};
    static const uint32_t lines[] = {1, 2, 6, 7};
    check_removed(source, rules, lines, WSP_LEN(lines));
    check_blocks(source, &usual, "T " TITLE "\nP " BODY "\nP Hết.\n");

    struct wsp_document doc;
    read_text(&doc, str(source), &usual);
    assert_memory_equal(source + doc.removed[1].begin, "Skip to main content", 20);
    assert_int_equal(doc.removed[1].end - doc.removed[1].begin, 20);
    wsp_document_release(&doc);
}

static void test_residue_rules(void **state)
{
    (void)state;
    static const struct {
        const char *source, *rule;
        uint32_t line; /* 0: nothing is removed */
    } cases[] = {
        {"TURN ON MORE ACCESSIBLE MODE\nXin chào.", "skip-link", 1},
        {"Bỏ qua đến nội dung chính\nXin chào.", "skip-link", 1},
        {"Trang chủ › Tin tức\n\n" TITLE "\n" BODY, "breadcrumb", 1},
        {"Trang chủ / Tin tức / Tiêm chủng\n\n" TITLE "\n" BODY, "breadcrumb", 1},
        {TITLE "\nLịch  tiêm chủng tháng 6 của Trạm Y tế xã An Phú\n" BODY, "repeated-title", 2},
        {BODY "\nLượt xem: 1.234\n", "page-tool", 2},
        {BODY "\n1.234 lượt xem\n", "page-tool", 2},
        {BODY "\nCỡ chữ: A- A A+\n", "page-tool", 2},
        {BODY "\nIn trang\n", "page-tool", 2},
        {BODY "\nLượt xem: 1.024 In bài Gửi email\n", "page-tool", 2},
        {BODY "\nLượt xem: 1.024\tIn bài\n", "page-tool", 2},
        {BODY "\nChia sẻ 25 Thích 112 Bình luận 8\n", "page-tool", 2},
        /* what could be meant stays */
        {"Hãy bấm vào Skip to main content để đi tiếp.", NULL, 0},
        {"Tin tức - Sự kiện\n\n" BODY, NULL, 0},
        {BODY "\nTrang chủ › Tin tức\n", NULL, 0},
        {"Trang chủ của huyện đã đổi tên\n" BODY, NULL, 0},
        {"Hãy ở nhà nhé bà con!\nHãy ở nhà nhé bà con!\n" BODY, NULL, 0},
        {"Việt Nam ơi\nViệt Nam ơi\n" BODY, NULL, 0},
        {"Con sông quê con sông quê\nCon sông quê con sông quê\nMênh mang", NULL, 0},
        {TITLE "\n" BODY "\n" TITLE, NULL, 0},
        {BODY "\n\nChia sẻ\n\n" BODY, NULL, 0},
        {BODY "\nLượt xem trong tháng tăng gấp đôi.\n", NULL, 0},
        {BODY "\nZalo, Facebook, email\n", NULL, 0},
        {BODY "\nChia sẻ 25 suất cơm\n", NULL, 0},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++)
        check_removed(cases[i].source, &cases[i].rule, &cases[i].line, cases[i].line ? 1 : 0);
}

static void test_only_residue(void **state)
{
    (void)state;
    struct wsp_document doc;
    read_text(&doc, WSP_STR("Skip to main content\n"), &usual);
    assert_int_equal(doc.n_blocks, 0);
    assert_int_equal(doc.n_removed, 1);
    struct wsp_span span = wsp_document_source(&doc, (struct wsp_span){0, 0});
    assert_int_equal(span.end, 0);
    wsp_document_release(&doc);
}

/* ---- bad input ---------------------------------------------------------------------------- */

static void test_bad_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        size_t line, column;
        const char *says;
    } cases[] = {
        {"", 0, 0, 0, "no text"},
        {" \r\n\t\u200B\uFEFF", 10, 0, 0, "no text"},
        {"m\n\xEF\xBB\xBF\xE1\xBA", 7, 2, 4, "0xE1"},
        {"Th\xF4ng b\xE1o", 9, 1, 3, "0xF4"},
        {"\xEF\xBB\xBFm\n\nh\xED\xA0\x80", 10, 3, 2, "0xED"},
        {"\xFF\xFEx\0i\0", 6, 0, 0, "UTF-16"},
        {"\xFE\xFF\0x\0i", 6, 0, 0, "UTF-16"},
        {"X\0i\0n\0 \0", 8, 0, 0, "UTF-16"},
        {"%PDF-1.7\n1 0 obj", 16, 0, 0, "PDF"},
        {"PK\003\004\x14\0\x06\0", 8, 0, 0, "ZIP"},
        {"\x89PNG\r\n\x1A\n", 8, 0, 0, "picture"},
        {"\x7F"
         "ELF\x02\x01\x01\0",
         8, 0, 0, "program"},
        {"RIFF\x24\0\0\0WAVEfmt ", 16, 0, 0, "sound"},
        {"{\\rtf1\\ansi Xin}", 16, 0, 0, "RTF"},
        {"a\0\0\0\0\0b", 7, 0, 0, "not text"},
        {"\1\2\3\4abc", 7, 0, 0, "not text"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_document doc;
        struct wsp_error err = {.status = WSP_OK};
        struct wsp_str source = {cases[i].bytes, cases[i].len};
        wsp_document_init(&doc);
        assert_int_equal(wsp_document_read_text(&doc, "tin.txt", source, &usual, &err), WSP_DATA);
        print_message("  %zu: %s\n", i, err.text);
        assert_non_null(strstr(err.text, cases[i].says));
        assert_string_equal(err.file, "tin.txt");
        assert_int_equal(err.line, cases[i].line);
        assert_int_equal(err.column, cases[i].column);
        assert_int_equal(doc.n_blocks + doc.n_lines + doc.text.len, 0);
        assert_int_equal(wsp_document_read_text(&doc, "tin.txt", source, &usual, NULL), WSP_DATA);
        wsp_document_release(&doc);
    }
    check_blocks("ID3 là một chuẩn.", &usual, "P ID3 là một chuẩn.\n");
    check_blocks("BZhang họp.", &usual, "P BZhang họp.\n");
}

static void test_late_zero_byte(void **state)
{
    (void)state;
    struct wsp_document doc;
    struct wsp_error err = {.status = WSP_OK};
    struct wsp_buf source = WSP_BUF_INIT(1 << 16);
    for (size_t i = 0; i < 1000; i++)
        wsp_buf_puts(&source, "dòng\n");
    wsp_buf_add(&source, "ab\0c", 4);
    wsp_document_init(&doc);
    assert_int_equal(wsp_document_read_text(&doc, "x", wsp_buf_str(&source), &single_lines, &err),
                     WSP_DATA);
    assert_int_equal(err.line, 1001);
    assert_int_equal(err.column, 3);
    wsp_document_release(&doc);
    wsp_buf_release(&source);
}

static void test_long_line(void **state)
{
    (void)state;
    struct wsp_document doc;
    struct wsp_error err = {.status = WSP_OK};
    struct wsp_buf source = WSP_BUF_INIT(WSP_LINE_LIMIT + 64);
    wsp_buf_puts(&source, "một\n");
    assert_int_equal(wsp_buf_reserve(&source, WSP_LINE_LIMIT + 1), WSP_OK);
    memset(source.ptr + source.len, 'a', WSP_LINE_LIMIT + 1);
    source.len += WSP_LINE_LIMIT;
    wsp_document_init(&doc);
    assert_int_equal(wsp_document_read_text(&doc, "x", wsp_buf_str(&source), &usual, &err), WSP_OK);
    source.len++;
    assert_int_equal(wsp_document_read_text(&doc, "x", wsp_buf_str(&source), &usual, &err),
                     WSP_DATA);
    assert_int_equal(err.line, 2);
    source.ptr[source.len] = '\0';
    wsp_document_release(&doc);
    wsp_buf_release(&source);
}

/* ---- files -------------------------------------------------------------------------------- */

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/wsp-input-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void file_path(char *path, size_t size, const char *name)
{
    snprintf(path, size, "%s/%s", folder, name);
}

static void check_file_error(const char *path, enum wsp_status want, const char *says)
{
    struct wsp_document doc;
    struct wsp_error err = {.status = WSP_OK};
    wsp_document_init(&doc);
    enum wsp_status st = wsp_document_read_file(&doc, path, &usual, &err);
    print_message("  %s: %s\n", path, err.text);
    assert_int_equal(st, want);
    assert_int_equal(err.status, want);
    assert_string_equal(err.file, path);
    assert_non_null(strstr(err.text, says));
    wsp_document_release(&doc);
}

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void test_files(void **state)
{
    (void)state;
    char path[128];
    file_path(path, sizeof path, "tin.txt");
    check_file_error(path, WSP_NOINPUT, "no such file");
    check_file_error(folder, WSP_NOINPUT, "folder");
    check_file_error("/dev/null", WSP_DATA, "no text");
    check_file_error("/dev/zero", WSP_DATA, "not text");

    static const char text[] = "Xin chào.\n";
    write_file(path, text, sizeof text - 1);
    if (geteuid() != 0) { /* root may read all */
        assert_int_equal(chmod(path, 0), 0);
        check_file_error(path, WSP_NOINPUT, "permission denied");
        assert_int_equal(chmod(path, 0600), 0);
    }
    struct wsp_document doc;
    struct wsp_error err;
    wsp_document_init(&doc);
    assert_int_equal(wsp_document_read_file(&doc, path, &usual, &err), WSP_OK);
    assert_string_equal(doc.text.ptr, "Xin chào.");
    assert_string_equal(doc.name.ptr, path);
    assert_int_equal(wsp_document_read_file(&doc, path, &usual, &err), WSP_OK); /* once more */
    assert_int_equal(doc.n_blocks, 1);
    wsp_document_release(&doc);
    assert_int_equal(unlink(path), 0);
}

/* 100 MB that take no room on the disk, and the same from a pipe without end. */
static void test_large_sources(void **state)
{
    (void)state;
    char path[128];
    file_path(path, sizeof path, "lon.txt");
    char line[8192];
    memset(line, 'a', sizeof line);
    write_file(path, line, sizeof line);
    assert_int_equal(truncate(path, 100 << 20), 0);
    check_file_error(path, WSP_DATA, "larger than 64 MB");
    assert_int_equal(unlink(path), 0);

    file_path(path, sizeof path, "ong");
    assert_int_equal(mkfifo(path, 0600), 0);
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0) {
        int fd = open(path, O_WRONLY);
        while (write(fd, line, sizeof line) > 0) /* until SIGPIPE */
            ;
        _exit(0);
    }
    check_file_error(path, WSP_DATA, "larger than 64 MB");
    assert_int_equal(unlink(path), 0);
}

static void test_standard_input(void **state)
{
    (void)state;
    int ends[2], kept = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "Xin chào.", 10), 10);
    close(ends[1]);
    assert_true(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    close(ends[0]);
    struct wsp_document doc;
    wsp_document_init(&doc);
    assert_int_equal(wsp_document_read_file(&doc, "-", &usual, NULL), WSP_OK);
    assert_string_equal(doc.text.ptr, "Xin chào.");
    assert_string_equal(doc.name.ptr, "-");
    wsp_document_release(&doc);
    if (kept >= 0) {
        dup2(kept, STDIN_FILENO);
        close(kept);
    } else {
        close(STDIN_FILENO);
    }
}

/* ---- the samples -------------------------------------------------------------------------- */

static void test_samples(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t titles, headings, items, removed;
    } cases[] = {
        {"thong-diep.txt", 1, 0, 3, 0},     {"bao-so-3.txt", 1, 3, 9, 0},
        {"lich-cat-dien.txt", 1, 3, 12, 0}, {"trang-web.txt", 1, 0, 0, 12},
        {"ngat-dong.txt", 1, 0, 3, 0},      {"nfd.txt", 1, 0, 0, 0},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        char path[512];
        struct wsp_document doc;
        struct wsp_error err = {.status = WSP_OK};
        size_t kinds[WSP_BLOCK_ITEM + 1] = {0};
        snprintf(path, sizeof path, "%s/../samples/%s", WSP_TEST_DATA, cases[i].name);
        print_message("  %s\n", cases[i].name);
        wsp_document_init(&doc);
        assert_int_equal(wsp_document_read_file(&doc, path, &usual, &err), WSP_OK);
        for (size_t block = 0; block < doc.n_blocks; block++)
            kinds[doc.blocks[block].kind]++;
        assert_int_equal(kinds[WSP_BLOCK_TITLE], cases[i].titles);
        assert_int_equal(kinds[WSP_BLOCK_HEADING], cases[i].headings);
        assert_int_equal(kinds[WSP_BLOCK_ITEM], cases[i].items);
        assert_int_equal(doc.n_removed, cases[i].removed);
        wsp_document_release(&doc);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean_text),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_marks_without_end),
        cmocka_unit_test(test_source_of_words),
        cmocka_unit_test(test_source_exactly),
        cmocka_unit_test(test_source_of_compatible),
        cmocka_unit_test(test_few_runs),
        cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_single_lines),
        cmocka_unit_test(test_residue_of_a_page),
        cmocka_unit_test(test_residue_rules),
        cmocka_unit_test(test_only_residue),
        cmocka_unit_test(test_bad_bytes),
        cmocka_unit_test(test_late_zero_byte),
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_large_sources),
        cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_samples),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
