/* How a message is read by its settings: region, acronyms, letters, other languages, a user's own
 * lexicons. */
#include "reading.h"

#include "reading/account.h"
#include "reading/ownlexicon.h"
#include "script_check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is said of all sentences of `text`, parted by '|'. */
static void say(struct wsp_buf *out, const char *text, const struct wsp_reading_settings *settings)
{
    struct reading_case c;
    struct wsp_utterance u;
    case_init(&c);
    add_block(&c, WSP_BLOCK_PARAGRAPH, (struct wsp_str){text, strlen(text)});
    assert_int_equal(wsp_script_index(&c.script, &c.doc, settings, NULL), WSP_OK);
    const char *broken = check_script(&c.script);
    if (broken)
        fail_msg("%s: %s", text, broken);
    wsp_utterance_init(&u);
    for (size_t i = 0; i < c.script.n_sentences; i++) {
        assert_int_equal(wsp_script_utterance(&c.script, i, &u, NULL), WSP_OK);
        wsp_buf_printf(out, "%s%s", i > 0 ? "|" : "", u.spoken.ptr);
    }
    wsp_utterance_release(&u);
    case_release(&c);
}

static void check(const char *text, const char *wanted, const struct wsp_reading_settings *settings)
{
    struct wsp_buf out = WSP_BUF_INIT(1 << 16);
    say(&out, text, settings);
    assert_string_equal(out.ptr, wanted);
    wsp_buf_release(&out);
}

/* ---- region ---- */

static void test_region(void **state)
{
    (void)state;
    const struct wsp_reading_settings south = {.region = WSP_REGION_SOUTH};
    check("Có 1.024 hộ và 105 em.",
          "Có một nghìn không trăm hai mươi tư hộ và một trăm linh năm em.", NULL);
    check("Có 1.024 hộ và 105 em.", "Có một ngàn không trăm hai mươi bốn hộ và một trăm lẻ năm em.",
          &south);
    check("Tháng 4, thứ 4, vé 24k.", "Tháng tư, thứ tư, vé hai mươi bốn ngàn.", &south);
    check("Chú Tư nói nghìn lần với cha Linh.", "Chú Tư nói nghìn lần với cha Linh.", &south);
}

/* ---- acronyms ---- */

static void test_acronyms(void **state)
{
    (void)state;
    static const char text[] = "Ủy ban nhân dân (UBND) xã họp. UBND xã mời. UBND huyện dự.";
    const struct wsp_reading_settings first = {.acronyms = WSP_ACRONYMS_FIRST},
                                      spelled = {.acronyms = WSP_ACRONYMS_SPELLED};
    check(text, "Ủy ban nhân dân xã họp.|Ủy ban nhân dân xã mời.|Ủy ban nhân dân huyện dự.", NULL);
    check(text,
          "Ủy ban nhân dân (u bê en nờ dê) xã họp.|u bê en nờ dê xã mời.|u bê en nờ dê huyện dự.",
          &first);
    check("HĐND họp. HĐND bầu.", "hội đồng nhân dân họp.|hát đê en nờ dê bầu.", &first);
    check("HĐND họp.", "hát đê en nờ dê họp.", &spelled);
    check("ASEAN họp.", "a xê an họp.", &spelled);
}

static void test_definitions(void **state)
{
    (void)state;
    check("Theo Liên minh Viễn thông quốc tế (ITU), nhờ ITU mà có.",
          "Theo Liên minh Viễn thông quốc tế (i tê u), nhờ Liên minh Viễn thông quốc tế mà có.",
          NULL);
    check("Chương trình trồng mới rừng xanh (TMRX) bắt đầu. TMRX kéo dài.",
          "Chương trình trồng mới rừng xanh bắt đầu.|trồng mới rừng xanh kéo dài.", NULL);
    check("Ban liên lạc (gọi tắt là BLL) họp. BLL bầu.",
          "Ban liên lạc (gọi tắt là bê e lờ e lờ) họp.|Ban liên lạc bầu.", NULL);
    /* what is in brackets and fits nothing teaches nothing */
    check("Anh Nam (XYK) đến. XYK về.", "Anh Nam (ích y ca) đến.|ích y ca về.", NULL);
    /* the last definition before it holds */
    check("Hội người cao tuổi (HNCT) họp. HNCT vui. Hội nông cụ tốt (HNCT) họp. HNCT bán.",
          "Hội người cao tuổi họp.|Hội người cao tuổi vui.|Hội nông cụ tốt họp.|Hội nông cụ tốt "
          "bán.",
          NULL);
}

/* With by_blocks, a line teaches the next nothing. */
static void test_blocks_alone(void **state)
{
    (void)state;
    struct reading_case c;
    struct wsp_utterance u;
    const struct wsp_reading_settings alone = {.by_blocks = true};
    case_init(&c);
    add_block(&c, WSP_BLOCK_PARAGRAPH, WSP_STR("Rạp xiếc thú nhỏ (RXTN) mở"));
    add_block(&c, WSP_BLOCK_PARAGRAPH, WSP_STR("RXTN đóng"));
    wsp_utterance_init(&u);
    assert_int_equal(wsp_script_index(&c.script, &c.doc, NULL, NULL), WSP_OK);
    assert_int_equal(wsp_script_utterance(&c.script, 1, &u, NULL), WSP_OK);
    assert_string_equal(u.spoken.ptr, "Rạp xiếc thú nhỏ đóng");
    assert_int_equal(wsp_script_index(&c.script, &c.doc, &alone, NULL), WSP_OK);
    assert_int_equal(wsp_script_utterance(&c.script, 1, &u, NULL), WSP_OK);
    assert_string_equal(u.spoken.ptr, "e rờ ích tê en nờ đóng");
    wsp_utterance_release(&u);
    case_release(&c);
}

/* ---- letters, languages ---- */

static void test_letters(void **state)
{
    (void)state;
    const struct wsp_reading_settings english = {.letters = WSP_LETTERS_ENGLISH};
    check("Mã XKB, lớp 9B.", "Mã ích ca bê, lớp chín bê.", NULL);
    check("Mã XKB, lớp 9B.", "Mã ếch cây bi, lớp chín bi.", &english);
}

static void test_languages(void **state)
{
    (void)state;
    static const char text[] = "The commission of the united nations is on the list. Xin mời. "
                               "The commission of the united nations and the backbone of the "
                               "economy is on the list, ông Smith của Nokia nói.";
    struct reading_case c;
    struct wsp_utterance u;
    const struct wsp_reading_settings skip = {.foreign = WSP_FOREIGN_SKIP},
                                      respell = {.foreign = WSP_FOREIGN_RESPELL};
    const struct {
        const struct wsp_reading_settings *settings;
        enum wsp_language language;
        bool skipped, respelled;
    } ways[] = {{NULL, WSP_LANGUAGE_ENGLISH, false, false},
                {&skip, WSP_LANGUAGE_VOICE, true, false},
                {&respell, WSP_LANGUAGE_VOICE, false, true}};
    for (size_t i = 0; i < WSP_LEN(ways); i++) {
        case_init(&c);
        add_block(&c, WSP_BLOCK_PARAGRAPH, (struct wsp_str){text, strlen(text)});
        assert_int_equal(wsp_script_index(&c.script, &c.doc, ways[i].settings, NULL), WSP_OK);
        wsp_utterance_init(&u);
        assert_int_equal(wsp_script_utterance(&c.script, 0, &u, NULL), WSP_OK);
        assert_int_equal(u.language, ways[i].language);
        assert_int_equal(u.skipped, ways[i].skipped);
        assert_int_equal(u.engine.len > 0, ways[i].respelled);
        assert_int_equal(wsp_script_utterance(&c.script, 1, &u, NULL), WSP_OK);
        assert_string_equal(u.spoken.ptr, "Xin mời.");
        assert_int_equal(u.language, WSP_LANGUAGE_VOICE);
        assert_int_equal(wsp_script_utterance(&c.script, 2, &u, NULL), WSP_OK);
        assert_int_equal(u.language, WSP_LANGUAGE_VOICE); /* it only quotes English */
        wsp_utterance_release(&u);
        case_release(&c);
    }
}

static void test_letters_of_others(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum wsp_language language;
    } cases[] = {{"你好世界", WSP_LANGUAGE_CHINESE},
                 {"世界はひとつ。", WSP_LANGUAGE_JAPANESE},
                 {"안녕하세요 世界", WSP_LANGUAGE_KOREAN},
                 {"Как дела?", WSP_LANGUAGE_RUSSIAN},
                 {"\u0645\u0631\u062D\u0628\u0627", WSP_LANGUAGE_ARABIC},
                 {"सत्य मेव जयते", WSP_LANGUAGE_HINDI},
                 {"สวัสดีครับ", WSP_LANGUAGE_THAI},
                 {"Καλημέρα κόσμε", WSP_LANGUAGE_GREEK},
                 {"ម៉ែ", WSP_LANGUAGE_UNSPOKEN},
                 {"Xin chào 你好", WSP_LANGUAGE_VOICE},
                 {"सत्य a", WSP_LANGUAGE_VOICE}};
    for (size_t i = 0; i < 3 * WSP_LEN(cases); i++) {
        const struct wsp_reading_settings settings = {.foreign = (enum wsp_foreign)(i % 3)};
        enum wsp_language language = cases[i / 3].language;
        bool whole = language != WSP_LANGUAGE_VOICE;
        bool spoken = settings.foreign == WSP_FOREIGN_VOICE && language < WSP_N_LANGUAGES;
        const char *text = cases[i / 3].text;
        struct reading_case c;
        struct wsp_utterance u;
        print_message("  %s\n", text);
        case_init(&c);
        add_block(&c, WSP_BLOCK_PARAGRAPH, (struct wsp_str){text, strlen(text)});
        assert_int_equal(wsp_script_index(&c.script, &c.doc, &settings, NULL), WSP_OK);
        wsp_utterance_init(&u);
        assert_int_equal(wsp_script_utterance(&c.script, 0, &u, NULL), WSP_OK);
        assert_int_equal(u.language, spoken ? language : WSP_LANGUAGE_VOICE);
        assert_int_equal(u.skipped, whole && !spoken);
        assert_int_equal(u.n_silent, !whole);
        if (!whole)
            assert_int_equal(u.silent[0].doubt, WSP_DOUBT_ALPHABET);
        wsp_utterance_release(&u);
        case_release(&c);
    }
}

/* ---- a user's own lexicons ---- */

static char told[16][256];
static size_t n_told;

static void remember(void *context, const struct wsp_error *err)
{
    (void)context;
    assert_true(n_told < WSP_LEN(told));
    snprintf(told[n_told++], sizeof told[0], "%zu", err->line);
}

static void load(struct wsp_own_lexicon *own, const char *text)
{
    char path[] = "/tmp/wsp-lexicon-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    n_told = 0;
    assert_int_equal(wsp_own_lexicon_load(own, path, remember, NULL, NULL), WSP_OK);
    unlink(path);
}

static void test_own_lexicon(void **state)
{
    (void)state;
    struct wsp_own_lexicon own;
    wsp_own_lexicon_init(&own);
    load(&own, "\xEF\xBB\xBF# riêng của xã\r\n"
               "UBND\tủy ban\r\n"
               "hai chín\tba mươi\n"
               "hỏng\n"
               "B5\tbê 5\n"
               "Sông Trăng\tsông Giăng\n"
               "LX\tlong xuyên\t<bến\n"
               "LX\tliên xã\n"
               "\tkhông\n"
               "GPX\t*");
    assert_int_equal(n_told, 3);
    assert_string_equal(told[0], "4");
    assert_string_equal(told[1], "5");
    assert_string_equal(told[2], "9");
    const struct wsp_reading_settings settings = {.own = &own.lexicon};
    check("UBND xã, Hai chín người, sông trăng, Sông Trăng.",
          "ủy ban xã, ba mươi người, sông trăng, sông Giăng.", &settings);
    check("Bến xe LX và đường LX.", "Bến xe long xuyên và đường liên xã.", &settings);
    check("Mã GPX.", "Mã giê pê ích.", &settings);

    /* what came first wins */
    load(&own, "UBND\tủy ban nhân dân tỉnh\n");
    check("UBND họp.", "ủy ban họp.", &settings);
    wsp_own_lexicon_release(&own);
}

static void test_pls(void **state)
{
    (void)state;
    struct wsp_own_lexicon own;
    wsp_own_lexicon_init(&own);
    load(&own,
         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<lexicon version=\"1.0\" alphabet=\"ipa\" xml:lang=\"vi\"\n"
         "  xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\">\n"
         "<lexeme><grapheme>W3C</grapheme><alias>vê kép ba xê</alias></lexeme>\n"
         "<lexeme><grapheme>HTR</grapheme><grapheme>H.T.R</grapheme><alias>hội\n thả rùa</alias>\n"
         "</lexeme><lexeme><grapheme>XX</grapheme><phoneme>a</phoneme></lexeme>\n"
         "<lexeme><grapheme>Y2</grapheme><alias>y 2</alias></lexeme>\n"
         "<lexeme><grapheme>ZK</grapheme><alias>dê ca</alias></lexeme><lexeme><oops></lexicon>\n");
    assert_int_equal(n_told, 3);
    assert_string_equal(told[0], "7");
    assert_string_equal(told[1], "8");
    assert_string_equal(told[2], "9");
    const struct wsp_reading_settings settings = {.own = &own.lexicon};
    check("W3C, HTR, H.T.R và ZK.", "vê kép ba xê, hội thả rùa, hội thả rùa và dê ca.", &settings);
    wsp_own_lexicon_release(&own);
}

/* ---- the account ---- */

static void test_account(void **state)
{
    (void)state;
    static const char text[] = "Ủy ban nhân dân (UBND) xã[7] 🎉 có 5kg: \"tốt\".";
    struct reading_case c;
    struct wsp_utterance u;
    struct wsp_account account = {0};
    case_of(&c, (struct wsp_str){text, strlen(text)});
    wsp_utterance_init(&u);
    assert_int_equal(c.script.n_sentences, 1);
    assert_int_equal(wsp_script_utterance(&c.script, 0, &u, NULL), WSP_OK);
    wsp_account_add_utterance(&account, &c.script, &u);
    size_t silent = 0;
    for (size_t i = 0; i < WSP_ACCOUNT_READERS; i++)
        silent += account.silent[i];
    assert_int_equal(account.spoken, 22);     /* Ủybannhândân xã có 5kg tốt */
    assert_int_equal(silent, 5);              /* UBND, 7 */
    assert_int_equal(account.punctuation, 8); /* ( ) [ ] : " " . */
    assert_int_equal(account.symbols, 1);
    assert_int_equal(account.lost, 0);
    wsp_utterance_release(&u);
    case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_region),
        cmocka_unit_test(test_acronyms),
        cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_blocks_alone),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_letters_of_others),
        cmocka_unit_test(test_own_lexicon),
        cmocka_unit_test(test_pls),
        cmocka_unit_test(test_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
