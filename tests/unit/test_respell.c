#include "testing.h"

#include "speech/respell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A table in a file of its own. */
static char path[64];

static const char *written(const void *bytes, size_t len)
{
    strcpy(path, "/tmp/respell-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (ssize_t)len);
    close(fd);
    return path;
}

static enum wsp_status load(struct wsp_respell *table, const char *text, struct wsp_error *err)
{
    enum wsp_status st = wsp_respell_load(table, written(text, strlen(text)), err);
    unlink(path);
    return st;
}

static void expect(const struct wsp_respell *table, const char *word, const char *want)
{
    struct wsp_str text = wsp_respell_find(table, (struct wsp_str){word, strlen(word)});
    print_message("  %s -> %.*s\n", word, (int)text.len, text.ptr ? text.ptr : "");
    if (!want) {
        assert_null(text.ptr);
        assert_int_equal(text.len, 0);
        return;
    }
    assert_non_null(text.ptr);
    assert_true(wsp_str_is(text, want));
}

static const char sample[] = "\xEF\xBB\xBF# rows\n"
                             "họa\thoạ\n"
                             "\n"
                             "veo\t[[v'Ew]]\r\n"
                             "hu\t[[h'u]]\n"
                             "Qui\tquy\n"
                             "gi\tdi\n"
                             "đọa\tđoạ\n"
                             "to\xCC\xA3"
                             "a\ttoạ"; /* NFD, and no line end */

static void test_find(void **state)
{
    (void)state;
    static const struct {
        const char *word, *want;
    } cases[] = {
        {"họa", "hoạ"},      {"Họa", "hoạ"}, {"HỌA", "hoạ"},    {"veo", "[[v'Ew]]"},
        {"VEO", "[[v'Ew]]"}, {"qui", "quy"}, {"Qui", "quy"},    {"gi", "di"},
        {"Đọa", "đoạ"},      {"tọa", "toạ"}, {"hu", "[[h'u]]"}, {"huy", NULL},
        {"h", NULL},         {"hoa", NULL},  {"", NULL},        {"hoạ", NULL},
        {"họa.", NULL},      {"rows", NULL}, {"xyz", NULL},     {"a", NULL},
        {"h\xE1\xBB", NULL},
    };
    struct wsp_respell table;
    struct wsp_error err = {0};
    wsp_respell_init(&table);
    assert_int_equal(load(&table, sample, &err), WSP_OK);
    for (size_t i = 0; i < WSP_LEN(cases); i++)
        expect(&table, cases[i].word, cases[i].want);
    wsp_respell_release(&table);
    expect(&table, "họa", NULL); /* empty again */
    wsp_respell_release(&table);
}

static void test_later_rows_win(void **state)
{
    (void)state;
    struct wsp_respell table;
    wsp_respell_init(&table);
    assert_int_equal(load(&table, "qui\tmột\nhu\tba\nQUI\thai\n", NULL), WSP_OK);
    expect(&table, "qui", "hai");
    assert_int_equal(load(&table, "gi\tdi\nqui\tquy\n", NULL), WSP_OK);
    expect(&table, "qui", "quy");
    expect(&table, "gi", "di");
    expect(&table, "hu", "ba");
    assert_int_equal(table.n_rows, 3);
    assert_int_equal(load(&table, "# nothing\n", NULL), WSP_OK);
    assert_int_equal(load(&table, "", NULL), WSP_OK);
    assert_int_equal(table.n_rows, 3);
    wsp_respell_release(&table);
}

static void test_many_rows(void **state)
{
    (void)state;
    struct wsp_respell table;
    wsp_respell_init(&table);
    struct wsp_buf text = WSP_BUF_INIT(1 << 20);
    for (int i = 999; i >= 0; i--)
        wsp_buf_printf(&text, "từ%d\tlời%d\n", i, i);
    assert_int_equal(load(&table, text.ptr, NULL), WSP_OK);
    char word[32], want[32];
    for (int i = 0; i < 1000; i++) {
        snprintf(word, sizeof word, "TỪ%d", i);
        snprintf(want, sizeof want, "lời%d", i);
        struct wsp_str found = wsp_respell_find(&table, (struct wsp_str){word, strlen(word)});
        assert_true(found.ptr && wsp_str_is(found, want));
    }
    wsp_buf_release(&text);
    wsp_respell_release(&table);
}

static void test_broken_lines(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len, line;
    } cases[] = {
#define CASE(text, line) {text, sizeof(text) - 1, line}
        CASE("họa hoạ\n", 1),
        CASE("gi\tdi\nhọa\n", 2),
        CASE("# x\n\nhọa\t\n", 3),
        CASE("\thoạ\n", 1),
        CASE("họa\thoạ\tnữa\n", 1),
        CASE("họa sĩ\thoạ sĩ\n", 1),
        CASE("gi\tdi\n\xFFgi\tdi\n", 2),
        CASE("gi\td\0i\n", 1),
        CASE("veo\t[[v'Ew\n", 1),
        CASE("veo\tv'Ew]]\n", 1),
        CASE("veo\t[[v'Ew]] x\n", 1),
        CASE("veo\t[[]]\n", 1),
        CASE("veo\t[[a]][[b]]\n", 1),
#undef CASE
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        print_message("  %s\n", cases[i].text);
        struct wsp_respell table;
        struct wsp_error err = {0};
        wsp_respell_init(&table);
        written(cases[i].text, cases[i].len);
        assert_int_equal(wsp_respell_load(&table, path, &err), WSP_DATA);
        unlink(path);
        assert_int_equal(err.status, WSP_DATA);
        assert_int_equal(err.line, cases[i].line);
        assert_string_equal(err.file, path);
        wsp_respell_release(&table);
    }
}

static void test_long_line(void **state)
{
    (void)state;
    struct wsp_respell table;
    wsp_respell_init(&table);
    struct wsp_buf text = WSP_BUF_INIT(1 << 20);
    for (int i = 0; i < 300; i++)
        wsp_buf_putc(&text, 'a');
    wsp_buf_puts(&text, "\tb\n");
    assert_int_equal(load(&table, text.ptr, NULL), WSP_DATA);
    wsp_buf_release(&text);
    wsp_respell_release(&table);
}

static void test_file_that_cannot_be_read(void **state)
{
    (void)state;
    static const char *const paths[] = {"/nowhere/respell.tsv", "/"};
    for (size_t i = 0; i < WSP_LEN(paths); i++) {
        struct wsp_respell table;
        struct wsp_error err = {0};
        wsp_respell_init(&table);
        print_message("  %s\n", paths[i]);
        assert_int_equal(wsp_respell_load(&table, paths[i], &err), WSP_UNAVAILABLE);
        assert_string_equal(err.file, paths[i]);
        assert_int_equal(wsp_respell_load(&table, paths[i], NULL), WSP_UNAVAILABLE);
        wsp_respell_release(&table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),      cmocka_unit_test(test_later_rows_win),
        cmocka_unit_test(test_many_rows), cmocka_unit_test(test_broken_lines),
        cmocka_unit_test(test_long_line), cmocka_unit_test(test_file_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
