/* Foreign words by rule: names as an announcer would say them, and promises on any letters. */
#include "base/utf8.h"
#include "reading/foreign_rule.h"
#include "reading/syllable.h"
#include "testing.h"

#include <stdint.h>
#include <string.h>

static const struct {
    const char *word, *spoken;
} names[] = {
    {"Guterres", "gu te rét"},
    {"Harris", "ha rít"},
    {"Paris", "pa rít"},
    {"Texas", "te xát"},
    {"Brazil", "bờ ra din"},
    {"Kremlin", "cờ rem lin"},
    {"Yokohama", "i ô cô ha ma"},
    {"Suzuki", "xu du ki"},
    {"Fukushima", "phu cu si ma"},
    {"Berlin", "bơ lin"},
    {"Austin", "át tin"},
    {"Carter", "ca tơ"},
    {"Bush", "bút"},
    {"Munich", "mu ních"},
    {"William", "uy li am"},
    {"Wendy", "oen đi"},
    {"Netflix", "nét phờ lích"},
    {"Indonesia", "in đô ne xi a"},
    {"Malaysia", "ma lây xi a"},
    {"Jean-Pierre", "din pi"},
    {"O'Neil", "ô nên"},
    {"München", "muy chen"},
    {"São", "xao"},
    {"Viettel", "vi ten"},
    {"Vinasat", "vi na xát"},
    {"picture", "pích chơ"},
    {"Zelensky", "de len ki"},
    {"Brrr", "bờ rờ"},
    {"Ng", "ngờ"},
    {"Oslo", "ốt lô"},
    {"Washington", "oa sinh tôn"},
    {"Macron", "ma cờ rôn"},
    {"Messenger", "me xen gơ"},
    {"PARIS", "pa rít"},
    {"Cecilia", "xe xi li a"},
    {"Gina", "di na"},
    {"Ghana", "ga na"},
    {"Congo", "côn gô"},
    {"Thailand", "thai lan"},
};

static void test_names(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < WSP_LEN(names); i++) {
        struct wsp_buf out = WSP_BUF_INIT(256);
        struct wsp_str word = {names[i].word, strlen(names[i].word)};
        assert_true(wsp_foreign_respell(&out, word));
        if (strcmp(out.ptr, names[i].spoken) != 0) {
            print_message("  %s is %s, not %s\n", names[i].word, out.ptr, names[i].spoken);
            wrong++;
        }
        wsp_buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static bool all_syllables(struct wsp_str text)
{
    for (size_t at = 0; at <= text.len;) {
        const char *blank = memchr(text.ptr + at, ' ', text.len - at);
        size_t end = blank ? (size_t)(blank - text.ptr) : text.len;
        if (!wsp_syllable_parse((struct wsp_str){text.ptr + at, end - at}, NULL))
            return false;
        at = end + 1;
    }
    return text.len > 0;
}

/* Whatever the letters: something is said, all of it Vietnamese, and not without end. */
static void test_any_letters(void **state)
{
    (void)state;
    static const char *const letters[] = {"a", "e", "i", "o", "u", "y", "b", "c", "d", "f",
                                          "g", "h", "j", "k", "l", "m", "n", "p", "q", "r",
                                          "s", "t", "v", "w", "x", "z", "é", "ü", "ñ", "ç",
                                          "ø", "ł", "š", "-", "'", "E", "S", "Đ"};
    uint32_t seed = 17;
    for (int i = 0; i < 200000; i++) {
        char word[128] = "a";
        size_t n = 1 + next_random(&seed) % 40;
        for (size_t k = 0; k < n; k++)
            strcat(word, letters[next_random(&seed) % WSP_LEN(letters)]);
        struct wsp_buf out = WSP_BUF_INIT(1024);
        struct wsp_str text = {word, strlen(word)};
        bool said = wsp_foreign_respell(&out, text);
        if (!said || !all_syllables(wsp_buf_str(&out)) || out.len > 6 * text.len + 16)
            fail_msg("'%s' is '%s'", word, out.ptr);
        wsp_buf_release(&out);
    }
}

static void test_what_does_not_fit(void **state)
{
    (void)state;
    struct wsp_buf out = WSP_BUF_INIT(8);
    assert_int_equal(wsp_buf_puts(&out, "x"), WSP_OK);
    assert_false(wsp_foreign_respell(&out, WSP_STR("Massachusetts")));
    assert_string_equal(out.ptr, "x");
    assert_false(wsp_foreign_respell(&out, WSP_STR("-'-")));
    assert_string_equal(out.ptr, "x");
    wsp_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_any_letters),
        cmocka_unit_test(test_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
