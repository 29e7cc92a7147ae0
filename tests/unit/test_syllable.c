/* The syllable model: what the orthography allows, with its parts, and what it does not. */
#include "testing.h"

#include "base/utf8.h"
#include "reading/syllable.h"

#include <stdio.h>
#include <string.h>

static struct wsp_str str(const char *text)
{
    return (struct wsp_str){text, strlen(text)};
}

static const struct {
    const char *word, *onset, *rime;
    enum wsp_tone tone;
} parsed[] = {
    {"a", "", "a", WSP_TONE_NGANG},
    {"ạ", "", "a", WSP_TONE_NANG},
    {"yêu", "", "yêu", WSP_TONE_NGANG},
    {"uyển", "", "uyên", WSP_TONE_HOI},
    {"oanh", "", "oanh", WSP_TONE_NGANG},
    {"Việt", "v", "iêt", WSP_TONE_NANG},
    {"ĐẶNG", "đ", "ăng", WSP_TONE_NANG},
    {"nghiêng", "ngh", "iêng", WSP_TONE_NGANG},
    {"NGHIỄNG", "ngh", "iêng", WSP_TONE_NGA},
    {"khuỷu", "kh", "uyu", WSP_TONE_HOI},
    {"thuở", "th", "uơ", WSP_TONE_HOI},
    {"ngoằng", "ng", "oăng", WSP_TONE_HUYEN},
    {"huých", "h", "uych", WSP_TONE_SAC},
    {"quốc", "qu", "ôc", WSP_TONE_SAC},
    {"Quỳnh", "qu", "ynh", WSP_TONE_HUYEN},
    {"quý", "qu", "y", WSP_TONE_SAC},
    {"quí", "qu", "i", WSP_TONE_SAC},
    {"quyết", "qu", "yêt", WSP_TONE_SAC},
    {"của", "c", "ua", WSP_TONE_HOI},
    {"ưu", "", "ưu", WSP_TONE_NGANG},
    {"ƯỚT", "", "ươt", WSP_TONE_SAC},
    {"Ở", "", "ơ", WSP_TONE_HOI},
    {"PHÓ", "ph", "o", WSP_TONE_SAC},
    {"xoong", "x", "oong", WSP_TONE_NGANG},
    /* the mark in the old place and in the new */
    {"hòa", "h", "oa", WSP_TONE_HUYEN},
    {"hoà", "h", "oa", WSP_TONE_HUYEN},
    {"khỏe", "kh", "oe", WSP_TONE_HOI},
    {"khoẻ", "kh", "oe", WSP_TONE_HOI},
    {"thủy", "th", "uy", WSP_TONE_HOI},
    {"thuỷ", "th", "uy", WSP_TONE_HOI},
    /* y or i */
    {"kỹ", "k", "y", WSP_TONE_NGA},
    {"kĩ", "k", "i", WSP_TONE_NGA},
    /* gi swallows the i of its rime */
    {"gì", "gi", "i", WSP_TONE_HUYEN},
    {"gìn", "gi", "in", WSP_TONE_HUYEN},
    {"giếng", "gi", "iêng", WSP_TONE_SAC},
    {"giếc", "gi", "iêc", WSP_TONE_SAC},
    {"gia", "gi", "a", WSP_TONE_NGANG},
    {"già", "gi", "a", WSP_TONE_HUYEN},
    {"gìa", "gi", "ia", WSP_TONE_HUYEN},
    {"giường", "gi", "ương", WSP_TONE_HUYEN},
    {"giuộc", "gi", "uôc", WSP_TONE_NANG},
};

static void test_parts(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(parsed); i++) {
        struct wsp_syllable s;
        print_message("  %s\n", parsed[i].word);
        assert_true(wsp_syllable_parse(str(parsed[i].word), &s));
        assert_true(wsp_str_is(s.onset, parsed[i].onset));
        assert_true(wsp_str_is(s.rime, parsed[i].rime));
        assert_int_equal(s.tone, parsed[i].tone);
        assert_true(wsp_syllable_parse(str(parsed[i].word), NULL));
    }
}

static const char *const refused[] = {
    /* nothing, signs, digits */
    "",
    " ",
    "-",
    "5",
    "a5",
    "à ",
    "a-a",
    "a.",
    "\xFF",
    "\xE1\xBA",
    "b\xC3",
    "😀",
    /* no vowel, letters that Vietnamese has not, acronyms */
    "b",
    "bcd",
    "ck",
    "ng",
    "UBND",
    "QĐ",
    "ITU",
    "CNTT",
    "COVID",
    "WHO",
    "Đ",
    "j",
    "fan",
    "wa",
    "za",
    /* English */

    "house",
    "internet",
    "street",
    "school",
    "smart",
    "online",
    "video",
    "email",
    "great",
    /* onsets that do not fit their rime */
    "kà",
    "co\xCC\xA3",
    "ce",
    "cí",
    "gê",
    "ghà",
    "nge",
    "nghò",
    "ngi",
    "qô",
    "quu",
    "quo",
    "pu\xCC\x81",
    "muân",
    "buyên",
    "vuê",
    "phuy\xC3\xAAt",
    "byêu",
    "iêu",
    "iên",
    "ynh",
    "ych",
    /* stops take sắc and nặng alone */
    "cac",
    "càc",
    "học\xCC\x80",
    "mât",
    "hãch",
    "ếpp",
    "lợpp",
    "đep",
    "thich",
    "mỏt",
    /* the mark in a place where nobody writes it, or twice, or over a consonant */
    "ngưòi",
    "hoấn\xCC\x81",
    "tíên",
    "hóà",
    "múôn",
    "gíêng",
    "toaì",
    "qúôc",
    "ńa",
    "muồ\xCC\x80n",
    /* gi writes its i once */
    "gii",
    "giì",
    "giin",
    "giiêng",
    "giiếc",
    "gich",
    /* more letters than any syllable has */
    "nghiêngg",
    "nghuyênh",
    "ngoanhh",
    "aaaaaaaaaaaaaaaaaaaaaaaa",
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(refused); i++) {
        print_message("  %s\n", refused[i]);
        assert_false(wsp_syllable_parse(str(refused[i]), NULL));
    }
}

/* Whole words of rules: every onset of a row before every rime of it, or before none. The vowel
 * that takes the mark stands as a digit in a rime: its place in `vowels`. */
static const char *const vowels[][6] = {
    {"a", "à", "á", "ả", "ã", "ạ"}, {"ă", "ằ", "ắ", "ẳ", "ẵ", "ặ"}, {"â", "ầ", "ấ", "ẩ", "ẫ", "ậ"},
    {"e", "è", "é", "ẻ", "ẽ", "ẹ"}, {"ê", "ề", "ế", "ể", "ễ", "ệ"}, {"i", "ì", "í", "ỉ", "ĩ", "ị"},
    {"o", "ò", "ó", "ỏ", "õ", "ọ"}, {"ô", "ồ", "ố", "ổ", "ỗ", "ộ"}, {"ơ", "ờ", "ớ", "ở", "ỡ", "ợ"},
    {"u", "ù", "ú", "ủ", "ũ", "ụ"},
};

static const struct {
    const char *onsets, *rimes;
    bool legal;
} rules[] = {
    /* 0 a, 1 ă, 2 â, 3 e, 4 ê, 5 i, 6 o, 7 ô, 8 ơ, 9 u */
    {"b c ch d đ g gi h kh l m n ng nh p ph r s t th tr v x", "0 0n 0nh 6 6i 7ng 8n 9ng o0n u7n",
     true},
    {"k gh ngh b d đ h l m s th tr", "3 4 5 3m 4nh i4u 5nh 5a", true},
    {"k gh ngh", "0 1n 2n 6 7 8 9 o0n u7n", false},
    {"c ng", "3 4 5 3m 4nh i4u 5nh 5a", false},
    {"g", "3 4 3m 4nh", false},
    {"ch d đ h kh l n nh r s t th tr x c g ng", "u2n uy4n u4", true},
    {"b m p ph v qu gi", "u2n uy4n u4", false},
    {"qu", "0 0n 3n 4 4n 2n 2y 1ng 5 8 7n", true},
    {"qu", "6 6a o0n 9 9a 9ng u7n", false},
    {"f j w z q pr st bl", "0 3 5 6 9", false},
};

static const char *next_word(const char *list, char *word, size_t size)
{
    while (*list == ' ')
        list++;
    size_t len = strcspn(list, " ");
    if (len == 0)
        return NULL;
    assert_true(len < size);
    memcpy(word, list, len);
    word[len] = '\0';
    return list + len;
}

static void spell(char *out, size_t size, const char *onset, const char *rime, size_t tone)
{
    size_t len = (size_t)snprintf(out, size, "%s", onset);
    for (; *rime; rime++)
        len += (size_t)(*rime >= '0' && *rime <= '9'
                            ? snprintf(out + len, size - len, "%s", vowels[*rime - '0'][tone])
                            : snprintf(out + len, size - len, "%c", *rime));
}

/* Each spelling as it is and in capitals. */
static size_t check_rule(const char *onset, const char *rime, bool legal)
{
    for (size_t tone = 0; tone < 6; tone++) {
        struct wsp_buf upper = WSP_BUF_INIT(64);
        char word[64];
        uint32_t code;
        spell(word, sizeof word, onset, rime, tone);
        for (size_t at = 0; word[at];) {
            at += wsp_utf8_decode(word + at, strlen(word + at), &code);
            wsp_utf8_append(&upper, wsp_utf8_upper(code));
        }
        struct wsp_syllable s;
        bool got = wsp_syllable_parse(str(word), &s);
        if (got != legal || wsp_syllable_parse(wsp_buf_str(&upper), NULL) != legal)
            fail_msg("%s: %s", word, got ? "accepted" : "refused");
        if (legal && s.tone != (enum wsp_tone)tone)
            fail_msg("%s: the wrong tone", word);
        wsp_buf_release(&upper);
    }
    return 6;
}

static void test_rules(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < WSP_LEN(rules); i++) {
        char onset[16], rime[16];
        for (const char *o = rules[i].onsets; (o = next_word(o, onset, sizeof onset));)
            for (const char *r = rules[i].rimes; (r = next_word(r, rime, sizeof rime));)
                count += check_rule(onset, rime, rules[i].legal);
    }
    print_message("  %zu spellings\n", count);
    assert_true(count > 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
