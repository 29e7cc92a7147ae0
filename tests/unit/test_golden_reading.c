/* The pairs in tests/golden that people write who know no C: where sentences end, and what is
 * said, a file for each class of readings. */
#include "reading.h"

#include "script_check.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

enum { MAX_LINES = 32 };

/* A group of the file: a written line and the lines that are wanted of it. */
struct group {
    unsigned line;
    struct wsp_str written, wanted[MAX_LINES];
    size_t n_wanted;
};

/* Says what stands in `c`, a line after the other; "" when there is no such line. */
typedef void say_fn(const struct reading_case *c, size_t number, struct wsp_buf *out);

static void say_written(const struct reading_case *c, size_t number, struct wsp_buf *out)
{
    wsp_buf_add_str(out, sentence_text(c, number));
}

static void say_spoken(const struct reading_case *c, size_t number, struct wsp_buf *out)
{
    struct wsp_utterance u;
    wsp_utterance_init(&u);
    assert_int_equal(wsp_script_utterance(&c->script, number, &u, NULL), WSP_OK);
    wsp_buf_add_str(out, wsp_buf_str(&u.spoken));
    wsp_utterance_release(&u);
}

/* One paragraph, decoded as a source is: what is read as something else ("５", "㎡") is a matter of
 * the input. */
static void line_of(struct reading_case *c, struct wsp_str text)
{
    static const struct wsp_input_settings settings = {.single_lines = true};
    *c = (struct reading_case){0};
    wsp_document_init(&c->doc);
    wsp_script_init(&c->script);
    assert_int_equal(wsp_document_read_text(&c->doc, "golden", text, &settings, NULL), WSP_OK);
    assert_int_equal(wsp_script_index(&c->script, &c->doc, NULL, NULL), WSP_OK);
}

static void line_release(struct reading_case *c)
{
    wsp_script_release(&c->script);
    wsp_document_release(&c->doc);
}

/* Returns whether the group is right; prints what is wrong with it. */
static bool check_group(const struct group *group, say_fn *say)
{
    struct reading_case c;
    line_of(&c, group->written);
    const char *broken = check_script(&c.script);
    bool right = !broken && c.script.n_sentences == group->n_wanted;
    for (size_t i = 0; i < c.script.n_sentences; i++) {
        struct wsp_buf got = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
        say(&c, i, &got);
        right = right && wsp_str_equal(wsp_buf_str(&got), group->wanted[i]);
        if (!right)
            print_message("  line %u, sentence %zu is: %s\n", group->line, i + 1, got.ptr);
        wsp_buf_release(&got);
    }
    if (!right)
        print_message("  line %u: %.*s: %s\n", group->line, (int)group->written.len,
                      group->written.ptr, broken ? broken : "not what is wanted");
    line_release(&c);
    return right;
}

static size_t n_groups, n_wrong;

static void end_group(struct group *group, say_fn *say)
{
    if (group->written.len > 0) {
        n_groups++;
        n_wrong += !check_group(group, say);
    }
    *group = (struct group){0};
}

/* `mark` begins the lines that are wanted. */
static void check_file(const char *name, const char *mark, say_fn *say, size_t at_least)
{
    char path[1024], *line = NULL;
    size_t size = 0;
    snprintf(path, sizeof path, WSP_TEST_DATA "/golden/%s", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);

    struct wsp_buf kept = WSP_BUF_INIT(1 << 18);
    assert_int_equal(wsp_buf_reserve(&kept, 1 << 17), WSP_OK); /* lines do not move */
    struct group group = {0};
    n_groups = n_wrong = 0;
    for (unsigned number = 1; getline(&line, &size, file) >= 0; number++) {
        size_t len = strcspn(line, "\r\n"), from = strncmp(line, mark, 2) == 0 ? 2 : 0;
        if (line[0] == '#')
            continue;
        if (len == 0) {
            end_group(&group, say);
            continue;
        }
        assert_true(kept.len + len < 1 << 17);
        struct wsp_str text = {kept.ptr + kept.len, len - from};
        wsp_buf_add(&kept, line + from, len - from);
        assert_true(from == 0 ? group.written.len == 0 : group.n_wanted < MAX_LINES);
        if (from == 0)
            group = (struct group){.line = number, .written = text};
        else
            group.wanted[group.n_wanted++] = text;
    }
    end_group(&group, say);
    free(line);
    fclose(file);
    wsp_buf_release(&kept);
    print_message("  %s: %zu groups, %zu wrong\n", name, n_groups, n_wrong);
    assert_true(n_groups >= at_least);
}

static void test_sentences(void **state)
{
    (void)state;
    check_file("sentences.txt", "| ", say_written, 60);
    assert_int_equal(n_wrong, 0);
}

/* Every file in the folder: a new class is a new file. */
static void test_readings(void **state)
{
    (void)state;
    enum { PAIRS_MIN = 1200 };
    glob_t files;
    assert_int_equal(glob(WSP_TEST_DATA "/golden/reading/*.txt", 0, NULL, &files), 0);
    size_t groups = 0, wrong = 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        check_file(strstr(files.gl_pathv[i], "reading/"), "> ", say_spoken, 1);
        groups += n_groups;
        wrong += n_wrong;
    }
    globfree(&files);
    print_message("  %zu readings, %zu wrong\n", groups, wrong);
    assert_true(groups >= PAIRS_MIN);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readings),
        cmocka_unit_test(test_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
