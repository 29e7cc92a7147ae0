/* Numbers in words, against a reader that goes the other way: what is said, read back by its own
 * rules, is the number again, and no two numbers are said alike. */
#include "testing.h"

#include "reading/figure.h"
#include "reading/vi_number.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the way back ----------------------------------------------------------------------- */

static int digit_of(const char *word)
{
    static const struct {
        const char *word;
        int digit;
    } words[] = {{"không", 0}, {"một", 1}, {"mốt", 1}, {"hai", 2}, {"ba", 3},
                 {"bốn", 4},   {"tư", 4},  {"năm", 5}, {"lăm", 5}, {"sáu", 6},
                 {"bảy", 7},   {"tám", 8}, {"chín", 9}};
    for (size_t i = 0; i < WSP_LEN(words); i++)
        if (strcmp(word, words[i].word) == 0)
            return words[i].digit;
    return -1;
}

/* Adds word by word: a digit waits until the word after it says what it counts. */
static uint64_t read_back(char *words)
{
    uint64_t high = 0, low = 0, group = 0;
    int waiting = 0;
    char *rest = NULL;
    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        int digit = digit_of(word);
        if (digit >= 0) {
            waiting = digit;
            continue;
        }
        if (strcmp(word, "linh") == 0)
            continue;
        if (strcmp(word, "trăm") == 0) {
            group += (uint64_t)waiting * 100;
        } else if (strcmp(word, "mươi") == 0) {
            group += (uint64_t)waiting * 10;
        } else if (strcmp(word, "mười") == 0) {
            group += 10;
        } else {
            group += (uint64_t)waiting;
            if (strcmp(word, "nghìn") == 0)
                low += group * 1000;
            else if (strcmp(word, "triệu") == 0)
                low += group * 1000000;
            else if (strcmp(word, "tỷ") == 0)
                high = (high + low + group) * 1000000000;
            else
                fail_msg("what is '%s'?", word);
            if (strcmp(word, "tỷ") == 0)
                low = 0;
            group = 0;
        }
        waiting = 0;
    }
    return high + low + group + (uint64_t)waiting;
}

static void check(uint64_t number)
{
    char digits[32], words[512];
    snprintf(digits, sizeof digits, "%" PRIu64, number);
    struct wsp_buf out = WSP_BUF_INIT(512);
    wsp_vi_cardinal(&out, (struct wsp_str){digits, strlen(digits)});
    assert_int_equal(out.status, WSP_OK);
    snprintf(words, sizeof words, "%s", out.ptr);
    uint64_t again = read_back(words);
    if (again != number)
        fail_msg("%s is said '%s', which is %" PRIu64, digits, out.ptr, again);
    wsp_buf_release(&out);
}

static void test_every_number_comes_back(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < 100000; number++)
        check(number);
    for (uint64_t number = 1; number < UINT64_C(1000000000000000000); number += number / 997 + 1)
        check(number);
    for (uint64_t power = 1; power < UINT64_C(1000000000000000000); power *= 10) {
        check(power);
        check(power - 1);
        check(power * 5 + 5);
    }
}

/* ---- how it is said --------------------------------------------------------------------- */

static const struct {
    const char *digits, *want;
} cardinals[] = {
    {"0", "không"},
    {"4", "bốn"},
    {"10", "mười"},
    {"14", "mười bốn"},
    {"15", "mười lăm"},
    {"21", "hai mươi mốt"},
    {"24", "hai mươi tư"},
    {"55", "năm mươi lăm"},
    {"105", "một trăm linh năm"},
    {"110", "một trăm mười"},
    {"1001", "một nghìn không trăm linh một"},
    {"2021", "hai nghìn không trăm hai mươi mốt"},
    {"20000009", "hai mươi triệu không trăm linh chín"},
    {"1000000000", "một tỷ"},
    {"1000000000000000000", "một tỷ tỷ"},
    {"007", "không không bảy"},
    {"9999999999999999999999",
     "chín chín chín chín chín chín chín chín chín chín chín chín chín chín "
     "chín chín chín chín chín chín chín chín"},
};

static void test_cardinals(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(cardinals); i++) {
        struct wsp_buf out = WSP_BUF_INIT(512);
        print_message("  %s\n", cardinals[i].digits);
        wsp_vi_cardinal(&out, (struct wsp_str){cardinals[i].digits, strlen(cardinals[i].digits)});
        assert_string_equal(out.ptr, cardinals[i].want);
        wsp_buf_release(&out);
    }
}

static const struct {
    const char *text, *want; /* "": no figure, or not all of it */
} figures[] = {
    {"3.417", "ba nghìn bốn trăm mười bảy"},
    {"1.25", "một phẩy hai mươi lăm"},
    {"1,234", "một phẩy hai ba bốn"},
    {"1,234,567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"},
    {"1.000,5", "một nghìn phẩy năm"},
    {"-5,6", "âm năm phẩy sáu"},
    {"−5", "âm năm"},
    {"+3", "cộng ba"},
    {"0,05", "không phẩy không năm"},
    {"1234.567", "một nghìn hai trăm ba mươi tư phẩy năm sáu bảy"},
    {"1.2.3", ""},
    {"12.34.56", ""},
    {"1.2345", "một phẩy hai ba bốn năm"},
    {"5a", ""},
    {"-", ""},
    {"", ""},
};

static void test_figures(void **state)
{
    (void)state;
    for (size_t i = 0; i < WSP_LEN(figures); i++) {
        struct wsp_buf out = WSP_BUF_INIT(512);
        struct wsp_figure figure;
        print_message("  %s\n", figures[i].text);
        if (wsp_figure_is((struct wsp_str){figures[i].text, strlen(figures[i].text)}, &figure))
            wsp_figure_say(&out, &figure);
        assert_string_equal(out.ptr, figures[i].want);
        wsp_buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_number_comes_back),
        cmocka_unit_test(test_cardinals),
        cmocka_unit_test(test_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
