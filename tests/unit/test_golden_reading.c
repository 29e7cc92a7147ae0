/* The pairs in tests/golden that people write who know no C: where sentences end, and what is
 * said, a file for each class of readings. */
#include "reading.h"

#include "reading/reader.h"
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

/* Of a file, then of all. */
struct tally {
    size_t groups, wrong;
    size_t mixed;     /* lines with several classes of readings */
    size_t untouched; /* lines that are said as they are written */
};

/* Says what stands in `c`, a line after the other; "" when there is no such line. Adds to *classes
 * a bit for every reader that has a part in it. */
typedef void say_fn(const struct reading_case *c, size_t number, struct wsp_buf *out,
                    unsigned *classes);

static void say_written(const struct reading_case *c, size_t number, struct wsp_buf *out,
                        unsigned *classes)
{
    (void)classes;
    wsp_buf_add_str(out, sentence_text(c, number));
}

static void say_spoken(const struct reading_case *c, size_t number, struct wsp_buf *out,
                       unsigned *classes)
{
    assert_true(wsp_n_readers <= 32);
    struct wsp_utterance u;
    wsp_utterance_init(&u);
    assert_int_equal(wsp_script_utterance(&c->script, number, &u, NULL), WSP_OK);
    wsp_buf_add_str(out, wsp_buf_str(&u.spoken));
    for (size_t i = 0; i < u.n_words; i++)
        *classes |= 1U << u.words[i].reader;
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

/* Several are three: readers of plain words and names aside. */
static bool are_several(unsigned classes)
{
    enum { SEVERAL = 3 };
    size_t n = 0;
    for (size_t i = 0; i < wsp_n_readers; i++)
        n += (classes >> i & 1) && strcmp(wsp_readers[i].name, "word") != 0 &&
             strcmp(wsp_readers[i].name, "name") != 0;
    return n >= SEVERAL;
}

/* Is all that is wanted what is written, sentence by sentence? */
static bool is_untouched(const struct group *group)
{
    struct wsp_buf wanted = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    for (size_t i = 0; i < group->n_wanted; i++)
        wsp_buf_printf(&wanted, "%s%.*s", i > 0 ? " " : "", (int)group->wanted[i].len,
                       group->wanted[i].ptr);
    bool same = wsp_str_equal(wsp_buf_str(&wanted), group->written);
    wsp_buf_release(&wanted);
    return same;
}

/* Prints what is wrong with the group. */
static void check_group(const struct group *group, say_fn *say, struct tally *tally)
{
    struct reading_case c;
    unsigned classes = 0;
    line_of(&c, group->written);
    const char *broken = check_script(&c.script);
    bool right = !broken && c.script.n_sentences == group->n_wanted;
    for (size_t i = 0; i < c.script.n_sentences; i++) {
        struct wsp_buf got = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
        say(&c, i, &got, &classes);
        right = right && wsp_str_equal(wsp_buf_str(&got), group->wanted[i]);
        if (!right)
            print_message("  line %u, sentence %zu is: %s\n", group->line, i + 1, got.ptr);
        wsp_buf_release(&got);
    }
    if (!right)
        print_message("  line %u: %.*s: %s\n", group->line, (int)group->written.len,
                      group->written.ptr, broken ? broken : "not what is wanted");
    line_release(&c);
    tally->groups++;
    tally->wrong += !right;
    tally->mixed += are_several(classes);
    tally->untouched += is_untouched(group);
}

static void end_group(struct group *group, say_fn *say, struct tally *tally)
{
    if (group->written.len > 0)
        check_group(group, say, tally);
    *group = (struct group){0};
}

/* `mark` begins the lines that are wanted. */
static struct tally check_file(const char *name, const char *mark, say_fn *say)
{
    struct tally tally = {0};
    char path[1024], *line = NULL;
    size_t size = 0;
    snprintf(path, sizeof path, WSP_TEST_DATA "/golden/%s", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);

    struct wsp_buf kept = WSP_BUF_INIT(1 << 20);
    assert_int_equal(wsp_buf_reserve(&kept, 1 << 19), WSP_OK); /* lines do not move */
    struct group group = {0};
    for (unsigned number = 1; getline(&line, &size, file) >= 0; number++) {
        size_t len = strcspn(line, "\r\n"), from = strncmp(line, mark, 2) == 0 ? 2 : 0;
        if (line[0] == '#')
            continue;
        if (len == 0) {
            end_group(&group, say, &tally);
            continue;
        }
        assert_true(kept.len + len < 1 << 19);
        struct wsp_str text = {kept.ptr + kept.len, len - from};
        wsp_buf_add(&kept, line + from, len - from);
        assert_true(from == 0 ? group.written.len == 0 : group.n_wanted < MAX_LINES);
        if (from == 0)
            group = (struct group){.line = number, .written = text};
        else
            group.wanted[group.n_wanted++] = text;
    }
    end_group(&group, say, &tally);
    free(line);
    fclose(file);
    wsp_buf_release(&kept);
    print_message("  %s: %zu groups, %zu wrong\n", name, tally.groups, tally.wrong);
    assert_true(tally.groups > 0);
    return tally;
}

static void test_sentences(void **state)
{
    (void)state;
    enum { GROUPS_MIN = 60 };
    struct tally tally = check_file("sentences.txt", "| ", say_written);
    assert_true(tally.groups >= GROUPS_MIN);
    assert_int_equal(tally.wrong, 0);
}

/* Every file in the folder: a new class is a new file. */
static void test_readings(void **state)
{
    (void)state;
    enum { PAIRS_MIN = 1200, MIXED_MIN = 300, UNTOUCHED_MIN = 150 }; /* what is promised */
    struct tally all = {0};
    glob_t files;
    assert_int_equal(glob(WSP_TEST_DATA "/golden/reading/*.txt", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const char *name = strstr(files.gl_pathv[i], "reading/");
        struct tally tally = check_file(name, "> ", say_spoken);
        if (strcmp(name, "reading/untouched.txt") == 0)
            assert_true(tally.untouched >= UNTOUCHED_MIN);
        all.groups += tally.groups;
        all.wrong += tally.wrong;
        all.mixed += tally.mixed;
        all.untouched += tally.untouched;
    }
    globfree(&files);
    print_message("  %zu readings, %zu of several classes, %zu as written, %zu wrong\n", all.groups,
                  all.mixed, all.untouched, all.wrong);
    assert_true(all.groups >= PAIRS_MIN);
    assert_true(all.mixed >= MIXED_MIN);
    assert_int_equal(all.wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readings),
        cmocka_unit_test(test_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
