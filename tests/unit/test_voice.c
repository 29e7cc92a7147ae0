#include "testing.h"

#include "speech/voice.h"

#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Two folders of voices, made for each test and removed after it. */
struct place {
    char root[32];
    char folders[2][40];
    const char *list[2];
    char path[128];
};

static int make_place(void **state)
{
    char root[] = "/tmp/voices-XXXXXX";
    if (!mkdtemp(root))
        return -1;
    struct place *place = calloc(1, sizeof *place);
    memcpy(place->root, root, sizeof root);
    for (int i = 0; i < 2; i++) {
        snprintf(place->folders[i], sizeof place->folders[i], "%s/%c", root, '0' + i);
        place->list[i] = place->folders[i];
        if (mkdir(place->folders[i], 0700))
            return -1;
    }
    *state = place;
    return 0;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int remove_place(void **state)
{
    struct place *place = *state;
    int failed = nftw(place->root, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(place);
    return failed;
}

/* Write a file into folder `i`; its path stays in place->path. */
static const char *put(struct place *place, int i, const char *name, const char *text)
{
    snprintf(place->path, sizeof place->path, "%s/%s", place->folders[i], name);
    FILE *file = fopen(place->path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return place->path;
}

/* All that a voice needs except its name. */
#define REST                                                                                \
    "title.vi Nữ, miền Bắc\ntitle.en Female, northern\nregion north\ngender female\n" \
    "language vi\nengine espeak-ng\nengine-voice vi+f2\nrate 140\n"

static void test_load(void **state)
{
    struct place *place = *state;
    put(place, 0, "gi.tsv", "gi\tdi\nqui\tmột\n");
    put(place, 0, "qui.tsv", "qui\tquy\n");
    put(place, 0, "ba.voice",
        "# a comment\r\n\n  name \t ba  \n" REST
        "pitch 62.5\nrange 7\nequaliser 100:-2.5\t1000:0  8000:3\nforeign-words "
        "as-written\nrespell gi.tsv\nrespell qui.tsv");
    struct wsp_voice voice;
    struct wsp_error err = {0};
    assert_int_equal(wsp_voice_load(&voice, place->path, &err), WSP_OK);
    assert_string_equal(voice.name, "ba");
    assert_string_equal(voice.title_vi, "Nữ, miền Bắc");
    assert_string_equal(voice.title_en, "Female, northern");
    assert_string_equal(voice.region, "north");
    assert_string_equal(voice.gender, "female");
    assert_string_equal(voice.language, "vi");
    assert_string_equal(voice.engine, "espeak-ng");
    assert_string_equal(voice.engine_voice, "vi+f2");
    assert_string_equal(voice.foreign_words, "as-written");
    assert_true(voice.rate_wpm == 140 && voice.pitch == 62.5 && voice.range == 7);
    assert_int_equal(voice.equaliser.n, 3);
    assert_true(voice.equaliser.points[0].hz == 100 && voice.equaliser.points[0].db == -2.5);
    assert_true(voice.equaliser.points[2].hz == 8000 && voice.equaliser.points[2].db == 3);
    assert_true(wsp_curve_db(&voice.equaliser, 50) == -2.5);
    assert_true(fabs(wsp_curve_db(&voice.equaliser, sqrt(100 * 1000)) + 1.25) < 1e-9);
    assert_true(wsp_curve_db(&voice.equaliser, 9000) == 3);
    assert_true(wsp_str_is(wsp_respell_find(&voice.respell, WSP_STR("Gi")), "di"));
    assert_true(wsp_str_is(wsp_respell_find(&voice.respell, WSP_STR("qui")), "quy"));
    wsp_voice_release(&voice);
    wsp_voice_release(&voice);
}

static void test_what_may_be_left_out(void **state)
{
    struct place *place = *state;
    struct wsp_voice voice;
    assert_int_equal(wsp_voice_load(&voice, put(place, 0, "ba.voice", "name ba\n" REST), NULL),
                     WSP_OK);
    assert_true(voice.pitch == 50 && voice.range == 50);
    assert_true(wsp_curve_db(&voice.equaliser, 1000) == 0);
    wsp_voice_release(&voice);
}

static void test_broken_files(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *text;
        size_t line; /* 0: about the whole file */
        const char *says;
    } cases[] = {
        {"name ba\nvolume 3\n" REST, 2, "volume"},
        {"name ba\nname ba\n" REST, 2, "name"},
        {"name\n" REST, 1, "name"},
        {"name ba\nregion east\n", 2, "east"},
        {"gender none\n", 1, "none"},
        {"rate 79\n", 1, "79"},
        {"rate 451\n", 1, "451"},
        {"rate 1e2\n", 1, "1e2"},
        {"rate 140,5\n", 1, "140,5"},
        {"rate -140\n", 1, "-140"},
        {"rate 140.\n", 1, "140."},
        {"rate nhanh\n", 1, "nhanh"},
        {"pitch 100\n", 1, "100"},
        {"range 99.5\n", 1, "99.5"},
        {"equaliser 54\n", 1, "point 1"},
        {"equaliser 100:1 1000:\n", 1, "point 2"},
        {"equaliser 100:+1\n", 1, "point 1"},
        {"equaliser 19:1\n", 1, "point 1"},
        {"equaliser 100:1 200:-24.5\n", 1, "point 2"},
        {"equaliser 200:1 100:1\n", 1, "point 2"},
        {"equaliser 200:1 200:1\n", 1, "point 2"},
        {"equaliser 100:1\nequaliser 200:1\n", 2, "twice"},
        {"equaliser 21:0 22:0 23:0 24:0 25:0 26:0 27:0 28:0 29:0 30:0 31:0 32:0 33:0 34:0 35:0 "
         "36:0 37:0\n",
         1, "16"},
        {"language a-language-that-is-not\n", 1, "language"},
        {"title.vi \xFF\n", 1, "UTF-8"},
        {"name ba\n", 0, "title.vi"},
        {REST, 0, "name"},
        {"", 0, "name"},
        {"name tư\n" REST, 0, "tư"},
        {"name tu\n" REST, 0, "tu.voice"},
        {"name b\n" REST, 0, "b.voice"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        print_message("  %s\n", cases[i].text);
        struct wsp_voice voice;
        struct wsp_error err = {0};
        put(place, 0, "ba.voice", cases[i].text);
        assert_int_equal(wsp_voice_load(&voice, place->path, &err), WSP_DATA);
        assert_string_equal(err.file, place->path);
        assert_int_equal(err.line, cases[i].line);
        assert_non_null(strstr(err.text, cases[i].says));
        assert_int_equal(wsp_voice_load(&voice, place->path, NULL), WSP_DATA);
    }
}

/* The error is where the reader must look: in the table, or, when that is not there, there. */
static void test_broken_tables(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *table;
        enum wsp_status want;
        size_t line;
    } cases[] = {
        {"bad.tsv", WSP_DATA, 2},
        {"none.tsv", WSP_UNAVAILABLE, 0},
        {"/nowhere/none.tsv", WSP_UNAVAILABLE, 0},
    };
    put(place, 0, "bad.tsv", "gi\tdi\nqui\n");
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        char text[512];
        struct wsp_voice voice;
        struct wsp_error err = {0};
        snprintf(text, sizeof text, "name ba\n" REST "respell %s\n", cases[i].table);
        print_message("  %s\n", cases[i].table);
        put(place, 0, "ba.voice", text);
        assert_int_equal(wsp_voice_load(&voice, place->path, &err), cases[i].want);
        assert_non_null(strstr(err.file, cases[i].table));
        assert_int_equal(err.line, cases[i].line);
    }
}

static void test_missing_file(void **state)
{
    (void)state;
    struct wsp_voice voice;
    struct wsp_error err = {0};
    assert_int_equal(wsp_voice_load(&voice, "/nowhere/ba.voice", &err), WSP_UNAVAILABLE);
    assert_string_equal(err.file, "/nowhere/ba.voice");
    assert_int_equal(wsp_voice_load(&voice, "/", NULL), WSP_UNAVAILABLE);
}

static void test_find(void **state)
{
    struct place *place = *state;
    put(place, 0, "mot.voice", "");
    put(place, 1, "mot.voice", "");
    put(place, 1, "hai.voice", "");
    snprintf(place->path, sizeof place->path, "%s/thu-muc.voice", place->folders[0]);
    assert_int_equal(mkdir(place->path, 0700), 0);
    static const struct {
        const char *name, *want;
    } cases[] = {
        {"mot", "/0/mot.voice"},
        {"hai", "/1/hai.voice"},
        {"ba", NULL},
        {"../1/hai", NULL},
        {"hai.voice", NULL},
        {"", NULL},
        {"Hai", NULL},
        {"thu-muc", NULL},
        {"/etc/passwd", NULL},
        {"hai\n", NULL},
        {"một", NULL},
        {"a-name-that-is-much-longer-than-any-voice-could-ever-need-to-have", NULL},
    };
    struct wsp_buf path = WSP_BUF_INIT(4096);
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_error err = {0};
        print_message("  %s\n", cases[i].name);
        wsp_buf_clear(&path);
        wsp_buf_puts(&path, "old");
        enum wsp_status st = wsp_voice_find(&path, cases[i].name, place->list, 2, &err);
        assert_int_equal(st, cases[i].want ? WSP_OK : WSP_UNAVAILABLE);
        if (cases[i].want) {
            assert_memory_equal(path.ptr, place->root, strlen(place->root));
            assert_string_equal(path.ptr + strlen(place->root), cases[i].want);
        } else {
            assert_int_equal(path.len, 0);
            assert_non_null(strstr(err.text, cases[i].name));
            assert_non_null(strstr(err.text, "--list-voices"));
        }
    }
    assert_int_equal(wsp_voice_find(&path, "mot", NULL, 0, NULL), WSP_UNAVAILABLE);
    wsp_buf_release(&path);
}

static void test_list(void **state)
{
    struct place *place = *state;
    put(place, 1, "ba.voice", "name ba\n" REST "pitch 1\n");
    put(place, 1, "am.voice", "name am\n" REST);
    put(place, 1, "chin.voice", "name chin\n" REST);
    put(place, 0, "ba.voice", "name ba\n" REST "pitch 2\n");
    put(place, 0, "README.md", "no voice");
    put(place, 0, ".voice", "no voice");
    put(place, 0, "gi.voice.bak", "no voice");
    const char *const folders[] = {"/nowhere", place->list[0], place->list[1]};
    struct wsp_voice *voices;
    size_t n;
    assert_int_equal(wsp_voice_list(&voices, &n, folders, 3, NULL), WSP_OK);
    assert_int_equal(n, 3);
    assert_string_equal(voices[0].name, "am");
    assert_string_equal(voices[1].name, "ba");
    assert_string_equal(voices[2].name, "chin");
    assert_true(voices[1].pitch == 2); /* the earlier folder's */
    wsp_voice_list_free(voices, n);

    assert_int_equal(wsp_voice_list(&voices, &n, folders, 1, NULL), WSP_OK);
    assert_int_equal(n, 0);
    wsp_voice_list_free(voices, n);

    struct wsp_error err = {0};
    put(place, 1, "hu.voice", "name\n");
    assert_int_equal(wsp_voice_list(&voices, &n, folders, 3, &err), WSP_DATA);
    assert_string_equal(err.file, place->path);
    assert_null(voices);
    assert_int_equal(n, 0);
}

/* The voices that we deliver. */
static void test_our_voices(void **state)
{
    (void)state;
    static const struct {
        const char *name, *region, *gender;
    } want[] = {
        {"vi-central", "central", "male"}, {"vi-central-female", "central", "female"},
        {"vi-north", "north", "male"},     {"vi-north-female", "north", "female"},
        {"vi-south", "south", "male"},     {"vi-south-female", "south", "female"},
    };
    static const char *const folders[] = {WSP_TEST_VOICES};
    struct wsp_error err = {0};
    struct wsp_voice *voices;
    size_t n;
    enum wsp_status st = wsp_voice_list(&voices, &n, folders, 1, &err);
    print_message("  %s:%zu: %s\n", err.file, err.line, err.text);
    assert_int_equal(st, WSP_OK);
    assert_int_equal(n, WSP_LEN(want));
    for (size_t i = 0; i < n; i++) {
        print_message("  %s\n", voices[i].name);
        assert_string_equal(voices[i].name, want[i].name);
        assert_string_equal(voices[i].region, want[i].region);
        assert_string_equal(voices[i].gender, want[i].gender);
        assert_string_equal(voices[i].language, "vi");
        assert_string_equal(voices[i].engine, "espeak-ng");
        assert_true(wsp_str_is(wsp_respell_find(&voices[i].respell, WSP_STR("Họa")), "hoạ"));
        assert_non_null(wsp_respell_find(&voices[i].respell, WSP_STR("veo")).ptr);
        assert_null(wsp_respell_find(&voices[i].respell, WSP_STR("hoa")).ptr);
    }
    wsp_voice_list_free(voices, n);
}

int main(void)
{
#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)
    const struct CMUnitTest tests[] = {
        IN_PLACE(test_load),
        IN_PLACE(test_what_may_be_left_out),
        IN_PLACE(test_broken_files),
        IN_PLACE(test_broken_tables),
        IN_PLACE(test_find),
        IN_PLACE(test_list),
        cmocka_unit_test(test_missing_file),
        cmocka_unit_test(test_our_voices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
