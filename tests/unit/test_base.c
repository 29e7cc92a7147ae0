#include "testing.h"

#include "base/buf.h"
#include "base/cancel.h"
#include "base/child.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_buf_keeps_its_limit(void **state)
{
    (void)state;
    struct wsp_buf buf = WSP_BUF_INIT(5);
    assert_int_equal(buf.ptr[0], 0);
    assert_int_equal(wsp_buf_puts(&buf, "abc"), WSP_OK);
    assert_int_equal(wsp_buf_puts(&buf, "def"), WSP_DATA);
    assert_string_equal(buf.ptr, "abc"); /* unchanged, and the failure is remembered */
    assert_int_equal(wsp_buf_puts(&buf, "de"), WSP_OK);
    assert_string_equal(buf.ptr, "abcde");
    assert_int_equal(buf.status, WSP_DATA);
    wsp_buf_clear(&buf);
    assert_int_equal(buf.status, WSP_OK);
    assert_int_equal(wsp_buf_printf(&buf, "%d", 12345), WSP_OK);
    assert_int_equal(wsp_buf_printf(&buf, "%d", 6), WSP_DATA);
    wsp_buf_release(&buf);
    wsp_buf_release(&buf);
}

static void test_grow(void **state)
{
    (void)state;
    int *items = NULL;
    size_t cap = 0;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(wsp_grow(&items, &cap, (size_t)i, sizeof *items), WSP_OK);
        items[i] = i;
    }
    assert_int_equal(items[999], 999);
    free(items);
}

static void test_utf8_decode(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len, want;
        uint32_t code;
    } cases[] = {
        {"a", 1, 1, 'a'},      {"đ", 2, 2, 0x111},    {"ế", 3, 3, 0x1EBF},
        {"😀", 4, 4, 0x1F600},  {"\xC0\x80", 2, 0, 0}, {"\xED\xA0\x80", 3, 0, 0},
        {"\xE1\xBA", 2, 0, 0}, {"\x80", 1, 0, 0},     {"\xF4\x90\x80\x80", 4, 0, 0},
        {"\xFF", 1, 0, 0},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        uint32_t code = 0;
        print_message("  case %zu\n", i);
        assert_int_equal(wsp_utf8_decode(cases[i].bytes, cases[i].len, &code), cases[i].want);
        if (cases[i].want)
            assert_int_equal(code, cases[i].code);
    }
    assert_int_equal(wsp_utf8_valid_prefix("ab\xFFz", 4), 2);
    assert_int_equal(wsp_utf8_count(WSP_STR("Việt")), 4);
}

static void test_utf8_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text, *lower, *nfc;
    } cases[] = {
        {"ĐẶNG", "đặng", "ĐẶNG"},
        {"Ở ĐÂU", "ở đâu", "Ở ĐÂU"},
        {"Vie\xCC\xA3\xCC\x82t", "vie\xCC\xA3\xCC\x82t", "Việt"}, /* dot below, then circumflex */
        {"Vie\xCC\x82\xCC\xA3t", "vie\xCC\x82\xCC\xA3t", "Việt"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_buf out = WSP_BUF_INIT(256);
        struct wsp_str text = {cases[i].text, strlen(cases[i].text)};
        print_message("  %s\n", cases[i].text);
        assert_int_equal(wsp_utf8_add_lower(&out, text), WSP_OK);
        assert_string_equal(out.ptr, cases[i].lower);
        wsp_buf_clear(&out);
        assert_int_equal(wsp_utf8_add_nfc(&out, text), WSP_OK);
        assert_string_equal(out.ptr, cases[i].nfc);
        wsp_buf_release(&out);
    }
}

static void test_error_is_cut_at_a_character(void **state)
{
    (void)state;
    char text[1024];
    for (size_t shift = 0; shift < 4; shift++) {
        struct wsp_error err;
        size_t n = shift;
        memset(text, 'x', shift);
        while (n + 3 < sizeof text) {
            memcpy(text + n, "ế", 3);
            n += 3;
        }
        text[n] = '\0';
        assert_int_equal(wsp_fail(&err, WSP_DATA, "%s", text), WSP_DATA);
        size_t len = strlen(err.text);
        assert_true(len > sizeof err.text - 5);
        assert_int_equal(wsp_utf8_valid_prefix(err.text, len), len);
    }
    struct wsp_error err;
    wsp_fail(&err, WSP_IO, "a");
    wsp_error_place(&err, "tin.txt", 3, 4);
    wsp_error_place(&err, "other.txt", 5, 6);
    assert_string_equal(err.file, "tin.txt");
    assert_int_equal(err.line, 3);
    assert_int_equal(wsp_status_exit_code(WSP_CANTCREAT), 73);
    assert_int_equal(wsp_fail(NULL, WSP_IO, "nobody listens"), WSP_IO);
}

static void test_child(void **state)
{
    (void)state;
    pid_t pid;
    int pair[2], status;
    char answer[16] = "";
    assert_int_equal(pipe(pair), 0);
    char shell[] = "sh", flag[] = "-c", command[] = "echo hello >&7; exit 3";
    char *argv[] = {shell, flag, command, NULL};
    struct wsp_child_fd fds[] = {{.parent = pair[1], .child = 7}};
    assert_int_equal(wsp_child_start(&pid, "/bin/sh", argv, fds, 1, NULL), WSP_OK);
    close(pair[1]);
    assert_int_equal(read(pair[0], answer, sizeof answer - 1), 6);
    close(pair[0]);
    assert_string_equal(answer, "hello\n");
    assert_true(wsp_child_wait(pid, 5000, &status));
    assert_int_equal(WEXITSTATUS(status), 3);

    struct wsp_error err;
    assert_int_equal(wsp_child_start(&pid, "/no/such/program", argv, NULL, 0, &err),
                     WSP_UNAVAILABLE);
    assert_non_null(strstr(err.text, "/no/such/program"));

    char slow[] = "sleep", seconds[] = "100";
    char *slow_argv[] = {slow, seconds, NULL};
    assert_int_equal(wsp_child_start(&pid, "/bin/sleep", slow_argv, NULL, 0, NULL), WSP_OK);
    assert_false(wsp_child_wait(pid, 10, NULL));
    wsp_child_end(pid, 0);
    assert_int_equal(kill(pid, 0), -1);
}

static void test_cancel(void **state)
{
    (void)state;
    struct wsp_cancel cancel;
    assert_int_equal(wsp_cancel_init(&cancel, NULL), WSP_OK);
    assert_false(wsp_cancelled(&cancel));
    wsp_cancel_raise(&cancel, SIGINT);
    wsp_cancel_raise(&cancel, SIGTERM);
    assert_true(wsp_cancelled(&cancel));
    assert_int_equal(cancel.reason, SIGINT);
    assert_false(wsp_cancelled(NULL));
    wsp_cancel_release(&cancel);
}

static void test_hash(void **state)
{
    (void)state;
    /* The test vectors of the FNV draft. */
    assert_true(wsp_hash(WSP_HASH_START, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(wsp_hash(WSP_HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(wsp_hash(WSP_HASH_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf_keeps_its_limit),
        cmocka_unit_test(test_grow),
        cmocka_unit_test(test_utf8_decode),
        cmocka_unit_test(test_utf8_forms),
        cmocka_unit_test(test_error_is_cut_at_a_character),
        cmocka_unit_test(test_child),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
