/* The index and the utterances: boundaries, moods, identities, words, pauses, and texts that
 * nobody would write. Where sentences end is in tests/golden/sentences.txt. */
#include "reading.h"

#include "script_check.h"

#include "reading/token.h"

#include <stdio.h>
#include <time.h>

static struct wsp_str str(const char *text)
{
    return (struct wsp_str){text, strlen(text)};
}

/* ---- the index ---- */

static void test_boundaries(void **state)
{
    (void)state;
    static const struct {
        enum wsp_block_kind kind;
        const char *text;
    } blocks[] = {
        {WSP_BLOCK_TITLE, "THÔNG BÁO"},
        {WSP_BLOCK_HEADING, "Lịch họp. Tháng ba"},
        {WSP_BLOCK_PARAGRAPH, "Mời bà con. Họp tại đình."},
        {WSP_BLOCK_PARAGRAPH, ""},
        {WSP_BLOCK_PARAGRAPH, "Nội dung gồm:"},
        {WSP_BLOCK_ITEM, "- Thu chi;"},
        {WSP_BLOCK_ITEM, "- Bầu tổ trưởng."},
        {WSP_BLOCK_PARAGRAPH, "Trân trọng!"},
    };
    static const enum wsp_boundary wanted[] = {
        WSP_BOUNDARY_HEADING,  WSP_BOUNDARY_SENTENCE,  WSP_BOUNDARY_HEADING,
        WSP_BOUNDARY_SENTENCE, WSP_BOUNDARY_PARAGRAPH, WSP_BOUNDARY_ITEM,
        WSP_BOUNDARY_ITEM,     WSP_BOUNDARY_PARAGRAPH, WSP_BOUNDARY_END,
    };
    struct reading_case c;
    case_init(&c);
    for (size_t i = 0; i < WSP_LEN(blocks); i++)
        add_block(&c, blocks[i].kind, str(blocks[i].text));
    assert_int_equal(wsp_script_index(&c.script, &c.doc, NULL, NULL), WSP_OK);
    assert_int_equal(c.script.n_sentences, WSP_LEN(wanted));
    for (size_t i = 0; i < WSP_LEN(wanted); i++) {
        struct wsp_str text = sentence_text(&c, i);
        print_message("  %.*s\n", (int)text.len, text.ptr);
        assert_int_equal(c.script.sentences[i].boundary, wanted[i]);
    }
    assert_null(check_script(&c.script));
    case_release(&c);
}

static void test_pauses_rise(void **state)
{
    (void)state;
    assert_int_equal(wsp_boundary_pause_ms(WSP_BOUNDARY_PHRASE), 150);
    assert_int_equal(wsp_boundary_pause_ms(WSP_BOUNDARY_SENTENCE), 450);
    assert_int_equal(wsp_boundary_pause_ms(WSP_BOUNDARY_ITEM), 450);
    assert_int_equal(wsp_boundary_pause_ms(WSP_BOUNDARY_PARAGRAPH), 750);
    assert_int_equal(wsp_boundary_pause_ms(WSP_BOUNDARY_HEADING), 900);
    assert_int_equal(wsp_boundary_pause_ms(WSP_BOUNDARY_END), 0);
}

static const struct {
    const char *text;
    enum wsp_mood mood;
} moods[] = {
    {"Trời đẹp.", WSP_MOOD_STATEMENT},
    {"Trời đẹp", WSP_MOOD_STATEMENT},
    {"Trời đẹp…", WSP_MOOD_STATEMENT},
    {"Bao giờ họp?", WSP_MOOD_QUESTION},
    {"“Bao giờ họp?”", WSP_MOOD_QUESTION},
    {"Thật sao?!", WSP_MOOD_QUESTION},
    {"Thật sao!?", WSP_MOOD_QUESTION},
    {"Thật à...?", WSP_MOOD_QUESTION},
    {"Chúc mừng!", WSP_MOOD_EXCLAMATION},
    {"Chúc mừng!!! 🎉", WSP_MOOD_EXCLAMATION},
    {"(Chúc mừng!)", WSP_MOOD_EXCLAMATION},
    {"Ông có biết (thật không?) rồi.", WSP_MOOD_STATEMENT},
    {"🎉", WSP_MOOD_STATEMENT},
};

static void test_moods(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(moods); i++) {
        struct reading_case c;
        print_message("  %s\n", moods[i].text);
        case_of(&c, str(moods[i].text));
        assert_int_equal(c.script.n_sentences, 1);
        assert_int_equal(c.script.sentences[0].mood, moods[i].mood);
        case_release(&c);
    }
}

static void test_identity(void **state)
{
    (void)state;
    struct reading_case a, b;
    case_of(&a, WSP_STR("Mời họp. Nhớ đến. Mời họp."));
    case_of(&b, WSP_STR("Xin chào.   Mời họp."));
    assert_int_equal(a.script.n_sentences, 3);
    assert_true(a.script.sentences[0].id == a.script.sentences[2].id);
    assert_true(a.script.sentences[0].id == b.script.sentences[1].id);
    assert_true(a.script.sentences[0].id != a.script.sentences[1].id);
    case_release(&a);
    case_release(&b);
}

static void test_estimates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t ms;
    } cases[] = {
        {"Mời bà con.", 600}, {"Mời bà con, mời cả nhà.", 1400},
        {"Năm 2021.", 1000},  {"***", 0},
        {"nghiêng", 200},     {"internet", 400},
        {"50%", 600},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct reading_case c;
        print_message("  %s\n", cases[i].text);
        case_of(&c, str(cases[i].text)); /* one sentence, the last: no pause after it */
        assert_int_equal(c.script.sentences[0].estimate_ms, cases[i].ms);
        case_release(&c);
    }
    struct reading_case c;
    case_of(&c, WSP_STR("Mời bà con. Mời bà con."));
    assert_int_equal(c.script.sentences[0].estimate_ms, 600 + 450);
    case_release(&c);
}

/* ---- words ---- */

/* The words as "word/pause word", the pause left out when there is none. */
static void show_words(const struct wsp_utterance *u, struct wsp_buf *out)
{
    for (size_t i = 0; i < u->n_words; i++) {
        const struct wsp_word *w = &u->words[i];
        wsp_buf_printf(out, "%s[%.*s]", i ? " " : "", (int)(w->spoken_end - w->spoken_begin),
                       u->spoken.ptr + w->spoken_begin);
        if (w->pause_ms)
            wsp_buf_printf(out, "%u", w->pause_ms);
    }
}

static const struct {
    const char *text, *spoken, *words;
} utterances[] = {
    /* commas and the like */
    {"Bà con, mời vào.", "Bà con, mời vào.", "[Bà] [con]200 [mời] [vào]"},
    {"anh,chị;em", "anh, chị; em", "[anh]200 [chị]300 [em]"},
    {"Thời gian: 8:30", "Thời gian: tám giờ ba mươi phút",
     "[Thời] [gian]300 [tám] [giờ] [ba] [mươi] [phút]"},
    {"Địa điểm:sân đình", "Địa điểm: sân đình", "[Địa] [điểm]300 [sân] [đình]"},
    {"Đợi… rồi đi", "Đợi… rồi đi", "[Đợi]300 [rồi] [đi]"},
    {"Đợi...rồi đi...", "Đợi... rồi đi...", "[Đợi]300 [rồi] [đi]"},
    {"Huế - Vinh, Huế – Vinh, Huế—Vinh", "Huế - Vinh, Huế – Vinh, Huế — Vinh",
     "[Huế]200 [Vinh]200 [Huế]200 [Vinh]200 [Huế]200 [Vinh]"},
    {"Thật à?! Ừ thì", "Thật à?!", "[Thật] [à]"},
    {"xong .", "xong.", "[xong]"},
    /* brackets and quotes */
    {"Liên minh (ITU), rồi", "Liên minh (i tê u), rồi", "[Liên] [minh]150 [i] [tê] [u]200 [rồi]"},
    {"chủ đề “Kết nối\" của", "chủ đề “Kết nối\" của", "[chủ] [đề] [Kết] [nối] [của]"},
    {"là \"một\" và 'hai' «ba»", "là \"một\" và 'hai' «ba»", "[là] [một] [và] [hai] [ba]"},
    {"người(cả già)đi", "người (cả già) đi", "[người]150 [cả] [già]150 [đi]"},
    {"(0274)3650111", "(không hai bảy bốn) ba sáu năm không một một một",
     "[không] [hai] [bảy] [bốn]150 [ba] [sáu] [năm] [không]120 [một] [một] [một]"},
    {"năm ‘2021’, O'Neil chạy 5'", "năm ‘hai nghìn không trăm hai mươi mốt’, O'Neil chạy năm phút",
     "[năm] [hai] [nghìn] [không] [trăm] [hai] [mươi] [mốt]200 [O'Neil] [chạy] [năm] [phút]"},
    /* the groups of a telephone number are heard, and not shown */
    {"0912.345.678", "không chín một hai ba bốn năm sáu bảy tám",
     "[không] [chín] [một] [hai]120 [ba] [bốn] [năm]120 [sáu] [bảy] [tám]"},
    {"0912 345 678", "không chín một hai ba bốn năm sáu bảy tám",
     "[không] [chín] [một] [hai]120 [ba] [bốn] [năm]120 [sáu] [bảy] [tám]"},
    {"0912-345-678", "không chín một hai ba bốn năm sáu bảy tám",
     "[không] [chín] [một] [hai]120 [ba] [bốn] [năm]120 [sáu] [bảy] [tám]"},
    {"0912345678", "không chín một hai ba bốn năm sáu bảy tám",
     "[không] [chín] [một] [hai]120 [ba] [bốn] [năm]120 [sáu] [bảy] [tám]"},
    {"1900 9095", "một chín không không chín không chín năm",
     "[một] [chín] [không] [không]120 [chín] [không] [chín] [năm]"},
    {"024.3825.1234", "không hai bốn ba tám hai năm một hai ba bốn",
     "[không] [hai] [bốn]120 [ba] [tám] [hai] [năm]120 [một] [hai] [ba] [bốn]"},
    {"02438251234", "không hai bốn ba tám hai năm một hai ba bốn",
     "[không] [hai] [bốn]120 [ba] [tám] [hai] [năm]120 [một] [hai] [ba] [bốn]"},
    {"02253842577", "không hai hai năm ba tám bốn hai năm bảy bảy",
     "[không] [hai] [hai] [năm]120 [ba] [tám] [bốn]120 [hai] [năm] [bảy] [bảy]"},
    {"+84 24 3846 1234", "cộng tám bốn hai bốn ba tám bốn sáu một hai ba bốn",
     "[cộng] [tám] [bốn]120 [hai] [bốn]120 [ba] [tám] [bốn] [sáu]120 [một] [hai] [ba] [bốn]"},
    {"+84912345678", "cộng tám bốn chín một hai ba bốn năm sáu bảy tám",
     "[cộng] [tám] [bốn]120 [chín] [một] [hai]120 [ba] [bốn] [năm]120 [sáu] [bảy] [tám]"},
    {"0236 3 888 777", "không hai ba sáu ba tám tám tám bảy bảy bảy",
     "[không] [hai] [ba] [sáu]120 [ba] [tám] [tám] [tám]120 [bảy] [bảy] [bảy]"},
    {"18001006-18009000",
     "một tám không không một không không sáu đến một tám không không chín không không không",
     "[một] [tám] [không] [không]120 [một] [không] [không] [sáu]120 [đến] [một] [tám] [không] "
     "[không]120 [chín] [không] [không] [không]"},
    {"gọi 113", "gọi một một ba", "[gọi] [một] [một] [ba]"},
    /* signs that sound stay in their words or are words */
    {"-15°C đến -3°C", "âm mười lăm độ xê đến âm ba độ xê",
     "[âm] [mười] [lăm] [độ] [xê] [đến] [âm] [ba] [độ] [xê]"},
    {"giảm 50% còn 3.500đ", "giảm năm mươi phần trăm còn ba nghìn năm trăm đồng",
     "[giảm] [năm] [mươi] [phần] [trăm] [còn] [ba] [nghìn] [năm] [trăm] [đồng]"},
    {"17/5, 8-9, 2,5, A/B", "ngày mười bảy tháng năm, tám đến chín, hai phẩy năm, a bê",
     "[ngày] [mười] [bảy] [tháng] [năm]200 [tám] [đến] [chín]200 [hai] [phẩy] [năm]200 [a] [bê]"},
    {"A & B + C = 5", "A và bê cộng xê bằng năm", "[A] [và] [bê] [cộng] [xê] [bằng] [năm]"},
    {"+84 và C++, 18+", "cộng tám mươi tư và xê cộng cộng, mười tám cộng",
     "[cộng] [tám] [mươi] [tư] [và] [xê] [cộng] [cộng]200 [mười] [tám] [cộng]"},
    {"từ $5, 5$, ~5, #tin, @ban", "từ năm đô la, năm đô la, khoảng năm, hashtag tin, a còng ban",
     "[từ] [năm] [đô] [la]200 [năm] [đô] [la]200 [khoảng] [năm]200 [hashtag] [tin]200 [a] [còng] "
     "[ban]"},
    {"21°01'42\"B", "hai mươi mốt độ một phút bốn mươi hai giây Bắc",
     "[hai] [mươi] [mốt] [độ] [một] [phút] [bốn] [mươi] [hai] [giây] [Bắc]"},
    {"CNTT-TT, COVID-19", "công nghệ thông tin truyền thông, cô vít mười chín",
     "[công] [nghệ] [thông] [tin] [truyền] [thông]200 [cô] [vít] [mười] [chín]"},
    /* abbreviations keep their dot, without a pause */
    {"TS. Nguyễn ở TP. Huế, Q. 1", "tiến sĩ Nguyễn ở thành phố Huế, quận một",
     "[tiến] [sĩ] [Nguyễn] [ở] [thành] [phố] [Huế]200 [quận] [một]"},
    {"ông Nguyễn V. A. đến", "ông Nguyễn V. A. đến", "[ông] [Nguyễn] [V] [A] [đến]"},
    /* marks of lists */
    {"- Tắt bếp", "Tắt bếp", "[Tắt] [bếp]"},
    {"-Tắt bếp", "Tắt bếp", "[Tắt] [bếp]"},
    {"+ Tắt bếp", "Tắt bếp", "[Tắt] [bếp]"},
    {"• Tắt bếp", "Tắt bếp", "[Tắt] [bếp]"},
    {"1. Tắt bếp", "một. Tắt bếp", "[một]300 [Tắt] [bếp]"},
    {"1.Tắt bếp", "một. Tắt bếp", "[một]300 [Tắt] [bếp]"},
    {"a) Tắt bếp", "a) Tắt bếp", "[a]150 [Tắt] [bếp]"},
    /* nothing to say */
    {"***", "", ""},
    {"---", "", ""},
    {"🎉🎉", "", ""},
    {"…", "", ""},
    {"( ) \"\" , .", "", ""},
    {"Vui 🎉 quá 🎉", "Vui quá", "[Vui] [quá]"},
    {"vui🎉quá", "vui quá", "[vui] [quá]"},
    {"**Chú ý** _kỹ_", "Chú ý kỹ", "[Chú] [ý] [kỹ]"},
    {"mục 1 => mục 2 -> hết", "mục một mục hai - hết", "[mục] [một] [mục] [hai]200 [hết]"},
    /* addresses are whole */
    {"(www.xa.vn), <tin@xa.vn>.",
     "(vê kép vê kép vê kép chấm xa chấm vê en nờ), tin a còng xa chấm vê en nờ.",
     "[vê] [kép] [vê] [kép] [vê] [kép] [chấm] [xa] [chấm] [vê] [en] [nờ]200 [tin] [a] [còng] [xa] "
     "[chấm] [vê] [en] [nờ]"},
    {"https://xa.vn/a?x=1,2;3!", "xa chấm vê en nờ gạch chéo a chấm hỏi ích bằng một hai ba!",
     "[xa] [chấm] [vê] [en] [nờ] [gạch] [chéo] [a] [chấm] [hỏi] [ích] [bằng] [một] [hai] [ba]"},
};

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(utterances); i++) {
        struct reading_case c;
        struct wsp_utterance u;
        struct wsp_buf words = WSP_BUF_INIT(4096);
        print_message("  %s\n", utterances[i].text);
        case_of(&c, str(utterances[i].text));
        wsp_utterance_init(&u);
        assert_int_equal(wsp_script_utterance(&c.script, 0, &u, NULL), WSP_OK);
        show_words(&u, &words);
        assert_string_equal(u.spoken.ptr, utterances[i].spoken);
        assert_string_equal(words.ptr, utterances[i].words);
        assert_null(check_script(&c.script));
        wsp_buf_release(&words);
        wsp_utterance_release(&u);
        case_release(&c);
    }
}

/* Where long sentences breathe: " |" is a light break. */
static const char *const breaths[] = {
    "Mọi người phải nhớ mang theo đèn pin áo mưa nước uống thuốc men giấy tờ tùy thân sạc dự phòng "
    "quần áo ấm | cho trẻ nhỏ và người già trong nhà | cùng lương khô đủ dùng ba ngày và một ít "
    "tiền "
    "mặt",
    "Lãnh đạo Ủy ban nhân dân huyện cùng đại diện các phòng ban chuyên môn tới dự lễ khánh thành "
    "nhà văn hóa thôn Đông | nằm bên bờ sông cạnh khu công nghiệp lớn nhất vùng đồng bằng ven biển "
    "phía bắc tỉnh nhà",
    /* not between two short things, not after a preposition, not in "kể từ khi" */
    "Bà con chú ý nghe báo động bằng kẻng hoặc loa truyền thanh của thôn mình | ở mọi lúc mọi nơi "
    "cả "
    "ngày lẫn đêm trong suốt mùa mưa bão năm nay",
    "Các hộ gia đình có người đi làm ăn xa trở về địa phương trong dịp Tết Nguyên đán | phải khai "
    "báo "
    "tạm trú với công an xã trong vòng một ngày kể từ khi về đến nhà",
    "Mức hỗ trợ là năm mươi hoặc sáu mươi triệu đồng | cho mỗi hộ nghèo hoặc cận nghèo xây nhà mới "
    "tùy theo diện tích | và số nhân khẩu thực tế đang sinh sống tại địa phương",
    "Trạm y tế xã phối hợp với hội phụ nữ và đoàn thanh niên tổ chức khám sức khỏe miễn phí | cho "
    "người cao tuổi và trẻ em dưới sáu tuổi có hoàn cảnh khó khăn",
    /* not in "không để", "thiết bị", "công bằng" */
    "Tổ bảo vệ an ninh trật tự cơ sở nhắc bà con khóa cửa cẩn thận | trước khi ra khỏi nhà không "
    "để "
    "xe máy xe đạp ngoài sân ngoài ngõ",
    "Nhà trường dùng toàn bộ số tiền quyên góp được hơn một tỷ đồng mua sắm thêm trang thiết bị "
    "dạy "
    "học và đồ dùng thí nghiệm | nhằm bảo đảm công bằng cho học sinh",
    /* a name stays together; the middle is better than the edge */
    "Sở Nông nghiệp và Môi trường cùng Sở Tài chính | và các đơn vị liên quan sẽ kiểm tra việc hỗ "
    "trợ "
    "nông dân bị thiệt hại | do dịch bệnh tại các xã Tân Phú Bình Minh Hòa Khương trong tháng này",
    "Bà con nào có nhu cầu vay vốn ngân hàng chính sách xã hội phát triển chăn nuôi trồng trọt "
    "buôn "
    "bán nhỏ | xin mời đăng ký tại nhà tổ trưởng tổ tiết kiệm và vay vốn thôn mình chậm nhất cuối "
    "tháng này",
    /* short enough */
    "Xã đã giao các thôn nhằm bảo đảm nước và phải báo cáo",
};

static void test_long_sentences_breathe(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(breaths); i++) {
        struct reading_case c;
        struct wsp_utterance u;
        struct wsp_buf text = WSP_BUF_INIT(4096), got = WSP_BUF_INIT(4096);
        for (const char *p = breaths[i]; *p; p += strncmp(p, " |", 2) == 0 ? 2 : 1)
            if (strncmp(p, " |", 2) != 0)
                wsp_buf_putc(&text, *p);
        case_of(&c, wsp_buf_str(&text));
        wsp_utterance_init(&u);
        assert_int_equal(wsp_script_utterance(&c.script, 0, &u, NULL), WSP_OK);
        for (size_t w = 0; w < u.n_words; w++)
            wsp_buf_printf(&got, "%s%.*s%s", w ? " " : "",
                           (int)(u.words[w].spoken_end - u.words[w].spoken_begin),
                           u.spoken.ptr + u.words[w].spoken_begin, u.words[w].pause_ms ? " |" : "");
        assert_string_equal(got.ptr, breaths[i]);
        wsp_buf_release(&got);
        wsp_buf_release(&text);
        wsp_utterance_release(&u);
        case_release(&c);
    }
}

/* A sign that begins an item is a bullet; in a paragraph it is a minus. */
static void test_bullet_or_minus(void **state)
{
    (void)state;
    static const struct {
        enum wsp_block_kind kind;
        const char *spoken;
    } cases[] = {{WSP_BLOCK_ITEM, "mười lăm giờ họp"},
                 {WSP_BLOCK_PARAGRAPH, "âm mười lăm giờ họp"}};
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct reading_case c;
        struct wsp_utterance u;
        case_init(&c);
        add_block(&c, cases[i].kind, WSP_STR("-15 giờ họp"));
        assert_int_equal(wsp_script_index(&c.script, &c.doc, NULL, NULL), WSP_OK);
        wsp_utterance_init(&u);
        assert_int_equal(wsp_script_utterance(&c.script, 0, &u, NULL), WSP_OK);
        assert_string_equal(u.spoken.ptr, cases[i].spoken);
        wsp_utterance_release(&u);
        case_release(&c);
    }
}

static void test_words_know_their_source(void **state)
{
    (void)state;
    struct reading_case c;
    struct wsp_utterance u;
    static const char *const sources[] = {"HỌP", "DÂN", "PHỐ", "17/5", "17/5", "17/5", "17/5"};
    static const char *const readers[] = {"capitals", "capitals", "capitals", "date",
                                          "date",     "date",     "date"};
    case_of(&c, WSP_STR("Xin chào. “HỌP DÂN (PHỐ) 17/5”?"));
    wsp_utterance_init(&u);
    assert_int_equal(wsp_script_utterance(&c.script, 1, &u, NULL), WSP_OK);
    assert_string_equal(u.spoken.ptr, "“họp dân (phố) mười bảy tháng năm”?");
    assert_int_equal(u.number, 1);
    assert_int_equal(u.mood, WSP_MOOD_QUESTION);
    assert_int_equal(u.pause_ms, 0);
    assert_int_equal(u.n_words, WSP_LEN(sources));
    for (size_t i = 0; i < u.n_words; i++) {
        const struct wsp_word *w = &u.words[i];
        print_message("  %s\n", sources[i]);
        assert_true(wsp_str_is(text_between(&c.doc, w->begin, w->end), sources[i]));
        assert_string_equal(wsp_readers[w->reader].name, readers[i]);
    }
    /* The same memory serves another sentence, and nothing of the old one is left. */
    assert_int_equal(wsp_script_utterance(&c.script, 0, &u, NULL), WSP_OK);
    assert_string_equal(u.spoken.ptr, "Xin chào.");
    assert_int_equal(u.n_words, 2);
    assert_int_equal(u.pause_ms, 450);
    wsp_utterance_release(&u);
    case_release(&c);
}

static void test_tokens(void **state)
{
    (void)state;
    static const char text[] = "Từ 7h30,rồi (về) NHÀ";
    static const struct {
        const char *text;
        uint16_t pause_ms;
        bool touches;
    } wanted[] = {{"Từ", 0, false},
                  {"7h30", 200, true},
                  {"rồi", 150, false},
                  {"về", 150, false},
                  {"NHÀ", 0, true}};
    static struct wsp_tokens tokens;
    wsp_tokens_make(&tokens, text, (struct wsp_span){0, sizeof text - 1}, false);
    assert_int_equal(tokens.n, WSP_LEN(wanted));
    assert_false(tokens.capitals);
    for (size_t i = 0; i < tokens.n; i++) {
        const struct wsp_token *t = &tokens.items[i];
        print_message("  %s\n", wanted[i].text);
        assert_true(
            wsp_str_is((struct wsp_str){text + t->begin, t->end - t->begin}, wanted[i].text));
        assert_int_equal(t->pause_ms, wanted[i].pause_ms);
        assert_int_equal(t->touches_next, wanted[i].touches);
    }
}

/* ---- the promises, on texts that nobody would write ---- */

/* `piece` as often as fits into `size` bytes. */
static void repeat(struct wsp_buf *out, const char *piece, size_t size)
{
    while (out->len + strlen(piece) <= size)
        wsp_buf_puts(out, piece);
}

/* Of this process: other tests run beside it. */
static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Best of three, in ms. */
static double index_ms(struct wsp_str text)
{
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        struct reading_case c;
        case_init(&c);
        add_block(&c, WSP_BLOCK_PARAGRAPH, text);
        double begin = now_ms();
        assert_int_equal(wsp_script_index(&c.script, &c.doc, NULL, NULL), WSP_OK);
        double took = now_ms() - begin;
        best = took < best ? took : best;
        case_release(&c);
    }
    return best;
}

static const char *const pieces[] = {
    "ế",
    "a",
    "ế ",
    "5",
    ". ",
    ".",
    "\"( ",
    "xong.Hôm.",
    "a.A.",
    "A. ",
    "… ",
    "- ",
    "1. ",
    "(((",
    ")))",
    "🎉",
    "\xCC\x81",
    "Ô TÔ, ",
    "TS. ",
    "v.v. ",
    ",;:",
    "’5'\"",
    "Nguyễn V. A. Hôm nay, bà con đến TP. Huế. ",
    "www.a.vn ",
    "@",
    "!?",
    "[1] .",
    "     ",
    "Tôi đi chợ mua rau và cá cho cả nhà ăn ",
};

static void test_promises(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(pieces); i++)
        for (size_t size = 1; size < 5000; size = size * 2 + 350) {
            struct reading_case c;
            struct wsp_buf text = WSP_BUF_INIT(8192);
            repeat(&text, pieces[i], size);
            case_of(&c, wsp_buf_str(&text));
            const char *broken = check_script(&c.script);
            if (broken)
                fail_msg("%zu bytes of '%s': %s", text.len, pieces[i], broken);
            case_release(&c);
            wsp_buf_release(&text);
        }
}

/* All pairs and triples of what rules look at. */
static void test_mixtures(void **state)
{
    (void)state;
    static const char *const parts[] = {"Hôm", "nay", "TS", "V", "5",  "1.2", ".",   "…", "!",
                                        "\"",  "(",   ")",  ",", " ",  "-",   "“",   "”", "🎉",
                                        "+",   "'",   "/",  "[", "]1", ":",   "đ/c", "%", "*"};
    for (size_t i = 0; i < WSP_LEN(parts) * WSP_LEN(parts) * WSP_LEN(parts); i++) {
        size_t n = WSP_LEN(parts);
        struct reading_case c;
        char text[64];
        snprintf(text, sizeof text, "%s%s%s %s%s%s", parts[i % n], parts[i / n % n],
                 parts[i / n / n], parts[i / n % n], parts[i / n / n], parts[i % n]);
        case_of(&c, str(text));
        const char *broken = check_script(&c.script);
        if (broken)
            fail_msg("'%s': %s", text, broken);
        case_release(&c);
    }
}

/* A long sentence is parted where a speaker would breathe. */
static void test_long_sentences(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        char before_part; /* what a part ends with */
    } cases[] = {
        {"một người đi chợ mua rau, cá và gạo cho cả nhà, ", ','},
        {"một người đi chợ, mua rau; ", ';'},
        {"một người đi chợ mua rau cá và gạo cho cả nhà ăn ", '\0'},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct reading_case c;
        struct wsp_buf text = WSP_BUF_INIT(8192);
        print_message("  %s\n", cases[i].piece);
        repeat(&text, cases[i].piece, 2000);
        wsp_buf_puts(&text, "hết.");
        case_of(&c, wsp_buf_str(&text));
        assert_null(check_script(&c.script));
        assert_in_range(c.script.n_sentences, 3, 5);
        for (size_t n = 0; n + 1 < c.script.n_sentences; n++) {
            struct wsp_str part = sentence_text(&c, n);
            assert_int_equal(c.script.sentences[n].boundary, WSP_BOUNDARY_PHRASE);
            assert_true(part.len > WSP_SENTENCE_LIMIT / 4);
            if (cases[i].before_part)
                assert_int_equal(part.ptr[part.len - 1], cases[i].before_part);
        }
        case_release(&c);
        wsp_buf_release(&text);
    }
}

/* The time grows with the length alone: eight times the text may take three times its share,
 * for the noise of a busy machine; a square law would take eight times its share. */
static void test_linear(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(pieces); i++) {
        struct wsp_buf text = WSP_BUF_INIT(2 << 20);
        repeat(&text, pieces[i], 1 << 17);
        double small_ms = index_ms(wsp_buf_str(&text));
        repeat(&text, pieces[i], 1 << 20);
        double ms = index_ms(wsp_buf_str(&text));
        wsp_buf_release(&text);
        print_message("  1 MB of '%s': %.1f ms, an eighth: %.1f ms\n", pieces[i], ms, small_ms);
        assert_true(ms < 3 * 8 * small_ms + 20);
    }
}

static void test_what_readers_see(void **state)
{
    (void)state;
    struct reading_case c;
    static struct wsp_tokens tokens;
    case_of(&c, WSP_STR("Từ 20/1 – 20/2 (dự kiến)."));
    const struct wsp_sentence *s = &c.script.sentences[0];
    wsp_tokens_make(&tokens, c.doc.text.ptr, (struct wsp_span){s->begin, s->end}, false);
    const struct wsp_reading reading = {
        .script = &c.script, .sentence = s, .tokens = tokens.items, .n_tokens = tokens.n};
    assert_true(wsp_str_is(wsp_token_text(&reading, 1), "20/1"));
    assert_true(wsp_str_is(wsp_token_gap(&reading, 1), " – "));
    assert_true(wsp_str_is(wsp_token_gap(&reading, tokens.n - 1), ")."));
    assert_int_equal(wsp_token_text(&reading, (size_t)0 - 1).len, 0);
    assert_int_equal(wsp_token_text(&reading, tokens.n).len, 0);
    assert_int_equal(wsp_token_gap(&reading, tokens.n).len, 0);
    case_release(&c);
}

/* An utterance that is full takes no more words and says so. */
static void test_say_keeps_its_limits(void **state)
{
    (void)state;
    struct wsp_utterance u;
    wsp_utterance_init(&u);
    while (wsp_say(&u, WSP_STR("một"), (struct wsp_span){0, 1}) == WSP_OK)
        ;
    assert_int_equal(u.spoken.status, WSP_DATA);
    assert_true(u.n_words < WSP_UTTERANCE_WORDS && u.spoken.len < WSP_UTTERANCE_BYTES);
    assert_int_equal(u.words[u.n_words - 1].spoken_end, u.spoken.len);
    wsp_utterance_release(&u);
}

static void test_empty(void **state)
{
    (void)state;
    struct reading_case c;
    case_init(&c);
    assert_int_equal(wsp_script_index(&c.script, &c.doc, NULL, NULL), WSP_OK);
    assert_int_equal(c.script.n_sentences, 0);
    add_block(&c, WSP_BLOCK_PARAGRAPH, WSP_STR(" \t "));
    assert_int_equal(wsp_script_index(&c.script, &c.doc, NULL, NULL), WSP_OK);
    assert_int_equal(c.script.n_sentences, 0);
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_boundaries),
        cmocka_unit_test(test_pauses_rise),
        cmocka_unit_test(test_moods),
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_estimates),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_long_sentences_breathe),
        cmocka_unit_test(test_bullet_or_minus),
        cmocka_unit_test(test_words_know_their_source),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_promises),
        cmocka_unit_test(test_mixtures),
        cmocka_unit_test(test_long_sentences),
        cmocka_unit_test(test_linear),
        cmocka_unit_test(test_what_readers_see),
        cmocka_unit_test(test_say_keeps_its_limits),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
