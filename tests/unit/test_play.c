/* What playing stands on: the course over the reel, the clock, the lines of the display. */
#include "testing.h"

#include "app/attime.h"
#include "console/textlines.h"
#include "studio/course.h"
#include "studio/reel.h"

#include <stdlib.h>
#include <string.h>

/* ---- the course ------------------------------------------------------------------------- */

/* Straight up to 1000, of which 100 were given too many; then the reel from 5000; then back to 200.
 */
static struct wsp_course three_stretches(void)
{
    struct wsp_course course = {.n = 0};
    wsp_course_jump(&course, 0, 0, 0);
    wsp_course_jump(&course, 1000, 900, 5000);
    wsp_course_jump(&course, 1500, 1500, 200);
    return course;
}

static void test_course_places(void **state)
{
    (void)state;
    static const struct {
        uint64_t position, place;
    } cases[] = {{0, 0},       {899, 899},   {900, 899},  {999, 899},
                 {1000, 5000}, {1499, 5499}, {1500, 200}, {9000, 7700}};
    struct wsp_course course = three_stretches();
    for (size_t i = 0; i < WSP_LEN(cases); i++)
        assert_int_equal(wsp_course_place(&course, cases[i].position), cases[i].place);
    assert_false(wsp_course_is_straight(&course, 1499));
    assert_true(wsp_course_is_straight(&course, 1500));
}

static void test_course_positions(void **state)
{
    (void)state;
    struct wsp_course course = three_stretches();
    uint64_t at = 0;
    assert_true(wsp_course_position(&course, 2000, 300, &at)); /* given twice: the newest */
    assert_int_equal(at, 1600);
    assert_true(wsp_course_position(&course, 1550, 300, &at)); /* the second time not yet */
    assert_int_equal(at, 300);
    assert_true(wsp_course_position(&course, 2000, 5100, &at));
    assert_int_equal(at, 1100);
    assert_true(wsp_course_position(&course, 2000, 700, &at)); /* its end */
    assert_int_equal(at, 2000);
    assert_false(wsp_course_position(&course, 1600, 950, &at)); /* cut */
    assert_false(wsp_course_position(&course, 2000, 5600, &at));
}

/* A jump that takes the place of one of which nothing was given, and more than can be kept. */
static void test_course_replaced_and_full(void **state)
{
    (void)state;
    struct wsp_course course = {.n = 0};
    wsp_course_jump(&course, 0, 0, 0);
    wsp_course_jump(&course, 1000, 800, 5000);
    wsp_course_jump(&course, 1000, 1000, 7000);
    assert_int_equal(course.n, 2);
    assert_int_equal(wsp_course_place(&course, 900), 799);
    assert_int_equal(wsp_course_place(&course, 1000), 7000);
    for (uint64_t i = 2; i < 3 * WSP_COURSE_JUMPS; i++)
        wsp_course_jump(&course, i * 1000, i * 1000, i);
    assert_int_equal(course.n, WSP_COURSE_JUMPS);
    assert_int_equal(wsp_course_place(&course, 3000 * WSP_COURSE_JUMPS),
                     3 * WSP_COURSE_JUMPS - 1 + 1000);
}

/* ---- the reel --------------------------------------------------------------------------- */

static void test_reel(void **state)
{
    (void)state;
    struct wsp_reel reel = {0};
    float frames[700];
    for (uint64_t i = 0; i < 100; i++) {
        for (size_t k = 0; k < WSP_LEN(frames); k++)
            frames[k] = (float)(i * WSP_LEN(frames) + k);
        assert_int_equal(wsp_reel_add(&reel, i % 5 ? frames : NULL, WSP_LEN(frames)), WSP_OK);
        uint64_t end = wsp_reel_end(&reel);
        assert_int_equal(end, (i + 1) * WSP_LEN(frames));
        uint64_t keep = end > 3000 ? end - 3000 : 0;
        wsp_reel_forget(&reel, keep);
        assert_true(reel.begin <= keep);
        assert_true(reel.n < 12000); /* it does not grow */
        size_t n;
        const float *at = wsp_reel_at(&reel, keep, &n);
        assert_int_equal(n, end - keep);
        bool silent = keep / WSP_LEN(frames) % 5 == 0;
        assert_true(at[0] == (silent ? 0.0f : (float)keep));
    }
    wsp_reel_release(&reel);
}

/* ---- the clock -------------------------------------------------------------------------- */

static void test_at_times(void **state)
{
    (void)state;
    enum { NOON = 1779019200 }; /* 2026-05-17 12:00 UTC */
    static const struct {
        const char *text;
        long long at; /* from NOON; -1: refused */
    } cases[] = {
        {"12:00:30", 30},
        {"12:00", 0},
        {"13:30", 5400},
        {"9:30", 77400}, /* tomorrow */
        {"2026-05-17 12:01", 60},
        {"2026-05-17T19:01:05+07:00", 65},
        {"2026-05-17 19:01 +07", 60},
        {"19:02+0700", 120},
        {"12:02Z", 120},
        {"18:00 +07:00", 82800}, /* has passed there: tomorrow */
        {"2026-05-18 00:00 -12:00", 86400},
        {"2026-05-17 11:59", -1}, /* has passed */
        {"2026-02-29 07:30", -1},
        {"24:00", -1},
        {"12:60", -1},
        {"12", -1},
        {"", -1},
        {"12:00 hôm nay", -1},
        {"12:00+99:00", -1},
        {"2262-04-11 23:00", 7444350000},
        {"2262-04-12 00:00", -1}, /* beyond 64 bits of nanoseconds */
        {"9999-12-31 23:59", -1},
        {"17/5/2026 12:00", -1},
    };
    setenv("TZ", "UTC", 1);
    tzset();
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        time_t at = 0;
        struct wsp_error err = {.status = WSP_OK};
        enum wsp_status st = wsp_at_time(cases[i].text, NOON, &at, &err);
        print_message("  '%s': %lld %s\n", cases[i].text, (long long)at - NOON, err.text);
        assert_int_equal(st, cases[i].at < 0 ? WSP_USAGE : WSP_OK);
        if (!st)
            assert_int_equal(at - NOON, cases[i].at);
    }
}

/* Where the clocks are put forward, tomorrow at that time is not 24 hours away. */
static void test_at_times_and_daylight(void **state)
{
    (void)state;
    enum { EVENING = 1774720800 }; /* 2026-03-28 19:00 in Berlin; the clocks change in the night */
    time_t at;
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    assert_int_equal(wsp_at_time("18:30", EVENING, &at, NULL), WSP_OK);
    assert_int_equal(at - EVENING, 22 * 3600 + 1800);
    setenv("TZ", "UTC", 1);
    tzset();
}

/* ---- lines of a terminal ---------------------------------------------------------------- */

static void check_lines(const char *text, unsigned columns, const char *wanted)
{
    struct wsp_text_line lines[64];
    struct wsp_buf out = WSP_BUF_INIT(1 << 16);
    struct wsp_str str = {text, strlen(text)};
    size_t n = wsp_text_lines(str, columns, lines, WSP_LEN(lines));
    for (size_t i = 0; i < n; i++) {
        assert_true(lines[i].width <= columns);
        wsp_buf_puts(&out, i > 0 ? "|" : "");
        wsp_buf_add(&out, text + lines[i].begin, lines[i].end - lines[i].begin);
    }
    assert_string_equal(out.ptr ? out.ptr : "", wanted);
    wsp_buf_release(&out);
}

static void test_lines(void **state)
{
    (void)state;
    check_lines("Kính chào bà con", 9, "Kính chào|bà con");
    check_lines("Kính chào bà con", 10, "Kính chào|bà con");
    check_lines("Kính chào bà con", 80, "Kính chào bà con");
    check_lines("  hai   khoảng trắng ", 12, "hai   khoảng|trắng ");
    check_lines("nghiêng", 3, "ngh|iên|g");
    check_lines("a nghiêng b", 3, "a|ngh|iên|g b");
    check_lines("Tie\xCC\x82\xCC\x81ng Vie\xCC\xA3\xCC\x82t",
                5, /* marks of their own take no room */
                "Tie\xCC\x82\xCC\x81ng|Vie\xCC\xA3\xCC\x82t");
    check_lines("日本語", 4, "日本|語"); /* two columns each */
    check_lines("日本", 1, "");          /* do not fit at all */
    check_lines("", 10, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_course_places),
        cmocka_unit_test(test_course_positions),
        cmocka_unit_test(test_course_replaced_and_full),
        cmocka_unit_test(test_reel),
        cmocka_unit_test(test_at_times),
        cmocka_unit_test(test_at_times_and_daylight),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
