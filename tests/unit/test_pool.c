/* The pool and the nursery with an engine made to misbehave: what crashes, hangs or remembers. */
#include "testing.h"

#include "speech/mappings.h"
#include "speech/nursery.h"
#include "speech/pool.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RATE_HZ = 8000, SAMPLES = 100 };

/* ---- the drill: an engine that does what its words say ---------------------------------- */

static int spoken_before; /* what an engine would carry from one utterance to the next */
static const char *drill_folder;

static enum wsp_status drill_start(const struct wsp_voice *voice, double rate_wpm, double pitch,
                                   uint32_t *rate_hz, struct wsp_error *err)
{
    (void)rate_wpm;
    (void)pitch;
    drill_folder = voice->engine_voice;
    if (strcmp(voice->gender, "female") == 0)
        return wsp_fail(err, WSP_UNAVAILABLE, "the drill refuses");
    *rate_hz = RATE_HZ;
    return WSP_OK;
}

/* True the first time it is asked in any worker. */
static bool first_time(const char *what)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", drill_folder, what);
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (fd < 0)
        return false;
    close(fd);
    return true;
}

static void misbehave(const char *word)
{
    bool once = strstr(word, "once") != NULL;
    if (once && !first_time(word))
        return;
    if (strncmp(word, "crash", 5) == 0)
        raise(SIGKILL);
    if (strncmp(word, "hang", 4) == 0)
        for (;;)
            pause();
    if (strncmp(word, "murder", 6) == 0) { /* the nursery itself dies */
        kill(getppid(), SIGKILL);
        pause();
    }
}

static enum wsp_status drill_speak(const struct wsp_utterance *utterance,
                                   const struct wsp_engine_output *output, struct wsp_error *err)
{
    for (size_t i = 0; i < utterance->n_words; i++) {
        char word[64] = "";
        snprintf(word, sizeof word, "%.*s",
                 (int)(utterance->words[i].spoken_end - utterance->words[i].spoken_begin),
                 utterance->spoken.ptr + utterance->words[i].spoken_begin);
        int16_t samples[SAMPLES];
        for (int k = 0; k < SAMPLES; k++)
            samples[k] = (int16_t)(word[0] * 100 + k + spoken_before * 1000);
        if (strcmp(word, "who") == 0)
            samples[0] = (int16_t)(getpid() % INT16_MAX);
        output->cue(output->context, (struct wsp_cue){.sample = (uint32_t)i * SAMPLES,
                                                      .word = (uint16_t)i,
                                                      .kind = WSP_CUE_WORD});
        output->samples(output->context, samples, SAMPLES);
        if (strcmp(word, "refuse") == 0)
            return wsp_fail(err, WSP_INTERNAL, "cannot say this");
        misbehave(word);
    }
    spoken_before++;
    return WSP_OK;
}

static const struct wsp_engine drill = {"drill", drill_start, drill_speak, NULL};
static const struct wsp_engine *const engines[] = {&drill, NULL};

/* ---- the rig ---------------------------------------------------------------------------- */

static char folder[] = "/tmp/wsp-pool-XXXXXX";
static char voice_path[512], program[512];

static void write_voice(const char *gender)
{
    snprintf(voice_path, sizeof voice_path, "%s/drill.voice", folder);
    FILE *file = fopen(voice_path, "w");
    assert_non_null(file);
    fprintf(file,
            "name drill\ntitle.vi Thử\ntitle.en Drill\nregion north\ngender %s\nlanguage vi\n"
            "engine drill\nengine-voice %s\nrate 150\npitch 50\nrange 50\n",
            gender, folder);
    fclose(file);
}

static void forget_drills(void)
{
    char command[600];
    snprintf(command, sizeof command, "rm -f %s/*once*", folder);
    assert_int_equal(system(command), 0);
}

/* A shaper that only widens the samples. */
static void *plain_open(const void *params)
{
    (void)params;
    return malloc(1);
}

static enum wsp_status plain_shape(void *state, const struct wsp_sound *sound,
                                   const struct wsp_utterance *utterance, struct wsp_take *take)
{
    (void)state;
    (void)utterance;
    if (wsp_take_reserve(take, sound->n_samples + 1))
        return WSP_NOMEM;
    for (size_t i = 0; i < sound->n_samples; i++)
        take->frames[i] = sound->samples[i];
    take->n_frames = sound->n_samples;
    take->rate_hz = sound->rate_hz;
    return WSP_OK;
}

static struct wsp_pool *open_pool(int jobs)
{
    struct wsp_pool *pool;
    struct wsp_error err;
    struct wsp_pool_settings settings = {
        .program = program,
        .voice_path = voice_path,
        .rate_wpm = 150,
        .pitch = 50,
        .jobs = jobs,
        .timeout_ms = 400,
        .shaper = {.open = plain_open, .shape = plain_shape, .close = free},
    };
    assert_int_equal(wsp_pool_open(&pool, &settings, &err), WSP_OK);
    return pool;
}

/* An utterance of the words of `text`, which blanks part. */
static void make_utterance(struct wsp_utterance *utterance, uint32_t number, const char *text)
{
    wsp_utterance_init(utterance);
    utterance->number = number;
    wsp_buf_puts(&utterance->spoken, text);
    for (size_t at = 0; text[at];) {
        size_t len = strcspn(text + at, " ");
        assert_int_equal(wsp_grow(&utterance->words, &utterance->cap_words, utterance->n_words,
                                  sizeof *utterance->words),
                         WSP_OK);
        utterance->words[utterance->n_words++] =
            (struct wsp_word){.spoken_begin = (uint32_t)at, .spoken_end = (uint32_t)(at + len)};
        at += len;
        at += strspn(text + at, " ");
    }
}

struct result {
    enum wsp_status status;
    size_t n_frames;
    float first;
    char why[128];
};

static void speak_all(int jobs, const char *const *texts, size_t n, struct result *results)
{
    struct wsp_pool *pool = open_pool(jobs);
    size_t given = 0, taken = 0;
    while (taken < n) {
        for (; given < n && wsp_pool_has_room(pool); given++) {
            struct wsp_utterance utterance;
            make_utterance(&utterance, (uint32_t)given, texts[given]);
            assert_int_equal(wsp_pool_give(pool, &utterance, NULL), WSP_OK);
            wsp_utterance_release(&utterance);
        }
        struct wsp_take *take;
        struct wsp_error err;
        assert_int_equal(wsp_pool_take(pool, &take, NULL, &err), WSP_OK);
        assert_int_equal(take->number, taken);
        struct result *result = &results[taken++];
        *result = (struct result){.status = take->failure.status, .n_frames = take->n_frames};
        result->first = take->n_frames > 0 ? take->frames[0] : 0;
        snprintf(result->why, sizeof result->why, "%.100s", take->failure.text);
        wsp_pool_drop(pool);
    }
    wsp_pool_close(pool);
}

/* ---- what is promised ------------------------------------------------------------------- */

/* Every worker is pristine: what the engine remembers never shows, on any number of jobs. */
static void test_takes_depend_on_the_utterance_alone(void **state)
{
    (void)state;
    enum { N = 60 };
    const char *texts[N];
    struct result results[N];
    static const int jobs[] = {1, 2, 7};
    for (size_t i = 0; i < N; i++)
        texts[i] = i % 3 == 0 ? "a b" : i % 3 == 1 ? "b" : "";
    for (size_t k = 0; k < WSP_LEN(jobs); k++) {
        print_message("  %d jobs\n", jobs[k]);
        speak_all(jobs[k], texts, N, results);
        for (size_t i = 0; i < N; i++) {
            assert_int_equal(results[i].status, WSP_OK);
            assert_int_equal(results[i].n_frames, SAMPLES * (i % 3 == 0 ? 2 : i % 3 == 1 ? 1 : 0));
            if (results[i].n_frames > 0)
                assert_true(results[i].first == (i % 3 == 0 ? 'a' : 'b') * 100.0f);
        }
    }
}

static void test_a_worker_speaks_again(void **state)
{
    (void)state;
    static const char *const texts[] = {"who", "who", "crash-once", "who", "refuse", "who"};
    struct result results[WSP_LEN(texts)];
    forget_drills();
    speak_all(1, texts, WSP_LEN(texts), results);
    assert_true(results[0].first != results[3].first);
    struct wsp_mapping any;
    if (wsp_mappings(&any, 1) == 0) /* a sanitizer or valgrind: each has a worker of its own */
        return;
    assert_true(results[0].first == results[1].first);
    assert_true(results[3].first == results[5].first);
}

static void test_faults_cost_one_utterance(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum wsp_status want;
        const char *why;
    } cases[] = {
        {"before", WSP_OK, ""},
        {"crash", WSP_INTERNAL, "crashes"},
        {"between", WSP_OK, ""},
        {"hang", WSP_INTERNAL, "hangs"},
        {"crash-once", WSP_OK, ""},
        {"hang-once", WSP_OK, ""},
        {"refuse", WSP_INTERNAL, "cannot say this"},
        {"after", WSP_OK, ""},
        {"murder-once", WSP_OK, ""},
        {"after", WSP_OK, ""},
        {"murder", WSP_INTERNAL, "ended unexpectedly"},
    };
    const char *texts[WSP_LEN(cases)];
    struct result results[WSP_LEN(cases)];
    for (size_t i = 0; i < WSP_LEN(cases); i++)
        texts[i] = cases[i].text;
    /* With two lanes the nursery's murder may cost a neighbour its first try, never its words. Two
     * murders at the same time could cost one both of its tries, and that is not promised: the last
     * is committed when all the others are spoken. */
    const size_t last = WSP_LEN(cases) - 1;
    for (int jobs = 1; jobs <= 2; jobs++) {
        forget_drills();
        speak_all(jobs, texts, last, results);
        speak_all(jobs, texts + last, 1, results + last);
        for (size_t i = 0; i < WSP_LEN(cases); i++) {
            print_message("  %d jobs: %s: %s\n", jobs, texts[i], results[i].why);
            assert_int_equal(results[i].status, cases[i].want);
            assert_int_equal(results[i].n_frames, cases[i].want ? 0 : SAMPLES);
            assert_true(cases[i].why[0] == '\0' || strstr(results[i].why, cases[i].why));
        }
    }
}

static void test_an_engine_that_does_not_start(void **state)
{
    (void)state;
    write_voice("female");
    struct wsp_pool *pool = open_pool(2);
    struct wsp_utterance utterance;
    struct wsp_take *take;
    struct wsp_error err;
    make_utterance(&utterance, 0, "a");
    assert_int_equal(wsp_pool_give(pool, &utterance, NULL), WSP_OK);
    assert_int_equal(wsp_pool_take(pool, &take, NULL, &err), WSP_UNAVAILABLE);
    assert_string_equal(err.text, "the drill refuses");
    wsp_utterance_release(&utterance);
    wsp_pool_close(pool);
    write_voice("male");
}

static void test_cancel_and_close_do_not_wait(void **state)
{
    (void)state;
    struct wsp_pool *pool = open_pool(2);
    struct wsp_cancel cancel;
    struct wsp_utterance utterance;
    struct wsp_take *take;
    struct wsp_error err;
    assert_int_equal(wsp_cancel_init(&cancel, NULL), WSP_OK);
    make_utterance(&utterance, 0, "hang");
    assert_int_equal(wsp_pool_give(pool, &utterance, NULL), WSP_OK);
    wsp_cancel_raise(&cancel, SIGINT);
    assert_int_equal(wsp_pool_take(pool, &take, &cancel, &err), WSP_CANCELLED);
    assert_null(take);
    wsp_utterance_release(&utterance);
    wsp_cancel_release(&cancel);
    wsp_pool_close(pool);
    wsp_pool_close(NULL);
}

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    assert_true(n > 0);
    write_voice("male");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[600];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(int argc, char **argv)
{
    if (strcmp(argv[0], WSP_NURSERY_ROLE) == 0)
        _exit(wsp_nursery_main(argc, argv, engines));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_takes_depend_on_the_utterance_alone),
        cmocka_unit_test(test_a_worker_speaks_again),
        cmocka_unit_test(test_faults_cost_one_utterance),
        cmocka_unit_test(test_an_engine_that_does_not_start),
        cmocka_unit_test(test_cancel_and_close_do_not_wait),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
