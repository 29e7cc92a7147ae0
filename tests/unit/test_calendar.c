/* Every day of a leap year in every form that a date has, every minute of a day in every form of a
 * time, against names that are written out here and made by nothing. */
#include "reading.h"

#include "testing.h"

#include <stdio.h>
#include <string.h>

/* 0 to 59 */
static const char *const numbers[] = {
    "không",        "một",          "hai",          "ba",           "bốn",
    "năm",          "sáu",          "bảy",          "tám",          "chín",
    "mười",         "mười một",     "mười hai",     "mười ba",      "mười bốn",
    "mười lăm",     "mười sáu",     "mười bảy",     "mười tám",     "mười chín",
    "hai mươi",     "hai mươi mốt", "hai mươi hai", "hai mươi ba",  "hai mươi tư",
    "hai mươi lăm", "hai mươi sáu", "hai mươi bảy", "hai mươi tám", "hai mươi chín",
    "ba mươi",      "ba mươi mốt",  "ba mươi hai",  "ba mươi ba",   "ba mươi tư",
    "ba mươi lăm",  "ba mươi sáu",  "ba mươi bảy",  "ba mươi tám",  "ba mươi chín",
    "bốn mươi",     "bốn mươi mốt", "bốn mươi hai", "bốn mươi ba",  "bốn mươi tư",
    "bốn mươi lăm", "bốn mươi sáu", "bốn mươi bảy", "bốn mươi tám", "bốn mươi chín",
    "năm mươi",     "năm mươi mốt", "năm mươi hai", "năm mươi ba",  "năm mươi tư",
    "năm mươi lăm", "năm mươi sáu", "năm mươi bảy", "năm mươi tám", "năm mươi chín"};

static const char *const months[] = {"một", "hai", "ba",   "tư",   "năm",      "sáu",
                                     "bảy", "tám", "chín", "mười", "mười một", "mười hai"};

static const int month_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static size_t n_checked, n_wrong;

static void check(const char *written, const char *wanted)
{
    struct reading_case c;
    struct wsp_utterance u;
    case_of(&c, (struct wsp_str){written, strlen(written)});
    wsp_utterance_init(&u);
    assert_int_equal(c.script.n_sentences, 1);
    assert_int_equal(wsp_script_utterance(&c.script, 0, &u, NULL), WSP_OK);
    n_checked++;
    if (strcmp(u.spoken.ptr, wanted) != 0) {
        if (n_wrong++ < 20)
            print_message("  %s: %s, not %s\n", written, u.spoken.ptr, wanted);
    }
    wsp_utterance_release(&u);
    case_release(&c);
}

static void report(void)
{
    print_message("  %zu checked, %zu wrong\n", n_checked, n_wrong);
    assert_int_equal(n_wrong, 0);
    n_checked = 0;
}

/* The forms stand in tables, so the compiler cannot see them. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

#define YEAR "năm hai nghìn không trăm hai mươi tư"

static void check_day(int d, int m)
{
    char written[128], wanted[256];
    const struct {
        const char *form;
        bool year;
    } dates[] = {{"Họp ngày %d/%d/2024", true},
                 {"Họp ngày %02d/%02d/2024", true},
                 {"Họp ngày %d-%d-2024", true},
                 {"Họp ngày %02d-%02d-2024", true},
                 {"Họp ngày %d.%d.2024", true},
                 {"Họp ngày %02d.%02d.2024", true},
                 {"Họp ngày %d/%d", false},
                 {"Họp ngày %02d/%02d", false},
                 {"Họp ngày %d-%d", false},
                 {"Họp ngày %d tháng %d", false},
                 {"Họp ngày %d tháng %d năm 2024", true}};
    for (size_t i = 0; i < WSP_LEN(dates); i++) {
        snprintf(written, sizeof written, dates[i].form, d, m);
        snprintf(wanted, sizeof wanted, "Họp ngày %s tháng %s%s", numbers[d], months[m - 1],
                 dates[i].year ? " " YEAR : "");
        check(written, wanted);
    }
    snprintf(written, sizeof written, "Họp 2024-%02d-%02d", m, d);
    snprintf(wanted, sizeof wanted, "Họp %s tháng %s " YEAR, numbers[d], months[m - 1]);
    check(written, wanted);
    snprintf(written, sizeof written, "Họp sáng %d/%d", d, m);
    snprintf(wanted, sizeof wanted, "Họp sáng %s tháng %s", numbers[d], months[m - 1]);
    check(written, wanted);
    if (d < month_days[m - 1]) {
        snprintf(written, sizeof written, "Họp từ %d-%d/%d", d, d + 1, m);
        snprintf(wanted, sizeof wanted, "Họp từ %s đến %s tháng %s", numbers[d], numbers[d + 1],
                 months[m - 1]);
        check(written, wanted);
    }
    snprintf(written, sizeof written, "Họp từ %d/%d-31/12", d, m);
    snprintf(wanted, sizeof wanted, "Họp từ %s tháng %s đến ba mươi mốt tháng mười hai", numbers[d],
             months[m - 1]);
    check(written, wanted);
}

static void test_days(void **state)
{
    (void)state;
    for (int m = 1; m <= 12; m++)
        for (int d = 1; d <= month_days[m - 1]; d++)
            check_day(d, m);
    report();
}

static void check_minute(int h, int m)
{
    static const char *const forms[] = {"Lúc %dh%02d",         "Lúc %02dh%02d", "Lúc %dg%02d",
                                        "Lúc %d:%02d",         "Lúc %02d:%02d", "Lúc %dH%02d",
                                        "Lúc %d giờ %02d phút"};
    char written[128], wanted[256];
    for (size_t i = 0; i < WSP_LEN(forms); i++) {
        bool words = strstr(forms[i], "phút") != NULL;
        snprintf(written, sizeof written, forms[i], h, m);
        if (m == 0 && !words)
            snprintf(wanted, sizeof wanted, "Lúc %s giờ", numbers[h]);
        else
            snprintf(wanted, sizeof wanted, "Lúc %s giờ %s phút", numbers[h], numbers[m]);
        check(written, wanted);
    }
    snprintf(written, sizeof written, "Từ %dh%02d-23h59", h, m);
    if (m == 0)
        snprintf(wanted, sizeof wanted, "Từ %s giờ đến hai mươi ba giờ năm mươi chín phút",
                 numbers[h]);
    else
        snprintf(wanted, sizeof wanted, "Từ %s giờ %s phút đến hai mươi ba giờ năm mươi chín phút",
                 numbers[h], numbers[m]);
    check(written, wanted);
}

static void test_minutes(void **state)
{
    (void)state;
    for (int h = 0; h < 24; h++)
        for (int m = 0; m < 60; m++)
            check_minute(h, m);
    report();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
