/* All that Vietnamese orthography can write is spoken as one syllable, with its vowel, its tone
 * and its onset, by the voice of each region: alone, and inside a sentence. The engine's own
 * mnemonics are judged (judge.h). Women have the phonemes of the man of their region. */
#include "testing.h"

#include "base/utf8.h"
#include "judge.h"
#include "reading/reader.h"
#include "speech/nursery.h"
#include "speech/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SPELLINGS_MIN = 16980, /* what a list made from the orthography alone has */
    IN_A_SENTENCE = 16,    /* spellings that share a sentence, to be quick */
    SHOWN = 20,            /* faults that are shown for one voice */
};

/* ---- all spellings ---------------------------------------------------------------------- */

/* The marks of the tones, as they combine. */
static const uint32_t tone_marks[] = {0, 0x300, 0x301, 0x309, 0x303, 0x323};

struct spelling {
    char word[32];
    struct wsp_syllable parts;
};

static struct spelling *spellings;
static size_t n_spellings, cap_spellings;

static bool is_known(const char *word)
{
    /* The same spelling comes from neighbouring rimes only ("gi" + "a", "g" + "ia"). */
    for (size_t i = n_spellings; i-- > 0 && i + 2000 > n_spellings;)
        if (strcmp(spellings[i].word, word) == 0)
            return true;
    return false;
}

static void add_if_legal(struct wsp_str decomposed)
{
    struct wsp_buf word = WSP_BUF_INIT(64);
    struct wsp_syllable parts;
    wsp_utf8_add_nfc(&word, decomposed);
    if (wsp_syllable_parse(wsp_buf_str(&word), &parts) && !is_known(word.ptr)) {
        assert_int_equal(wsp_grow(&spellings, &cap_spellings, n_spellings, sizeof *spellings),
                         WSP_OK);
        struct spelling *s = &spellings[n_spellings++];
        s->parts = parts;
        snprintf(s->word, sizeof s->word, "%s", word.ptr);
    }
    wsp_buf_release(&word);
}

/* `letters` with the mark after each of them in turn. */
static void add_with_tone(const char *letters, uint32_t mark)
{
    size_t len = strlen(letters);
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += wsp_utf8_decode(letters + at, len - at, &code);
        struct wsp_buf marked = WSP_BUF_INIT(64);
        wsp_buf_add(&marked, letters, at);
        if (mark)
            wsp_utf8_append(&marked, mark);
        wsp_buf_add(&marked, letters + at, len - at);
        add_if_legal(wsp_buf_str(&marked));
        wsp_buf_release(&marked);
        if (!mark)
            return;
    }
}

static int make_spellings(void **state)
{
    (void)state;
    for (size_t o = 0; o < WSP_LEN(judge_onsets); o++)
        for (size_t r = 0; r < WSP_LEN(judge_rimes); r++)
            for (size_t t = 0; t < WSP_LEN(tone_marks); t++) {
                char letters[32];
                snprintf(letters, sizeof letters, "%s%s", judge_onsets[o].part,
                         judge_rimes[r].part);
                add_with_tone(letters, tone_marks[t]);
                if (strcmp(judge_onsets[o].part, "gi") == 0) { /* gi- swallows an i: giếng, gì */
                    snprintf(letters, sizeof letters, "g%s", judge_rimes[r].part);
                    add_with_tone(letters, tone_marks[t]);
                }
            }
    return 0;
}

static int forget_spellings(void **state)
{
    (void)state;
    free(spellings);
    return 0;
}

static void test_no_spelling_is_left_out(void **state)
{
    (void)state;
    print_message("  %zu spellings\n", n_spellings);
    assert_true(n_spellings >= SPELLINGS_MIN);
}

/* ---- speaking and judging --------------------------------------------------------------- */

static char program[4096];

static void *no_open(const void *params)
{
    (void)params;
    return NULL;
}

static void no_close(void *state)
{
    (void)state;
}

static void say(struct wsp_utterance *utterance, const char *word)
{
    struct wsp_str text = {word, strlen(word)};
    assert_int_equal(wsp_say(utterance, text, (struct wsp_span){0, 0}), WSP_OK);
}

/* The utterance of spellings first..end: one alone, or all between little words. */
static void make_utterance(struct wsp_utterance *utterance, size_t first, size_t end)
{
    wsp_buf_clear(&utterance->spoken);
    utterance->n_words = 0;
    utterance->number = (uint32_t)first;
    bool alone = end == first + 1;
    if (!alone)
        say(utterance, "bà");
    for (size_t i = first; i < end; i++) {
        say(utterance, spellings[i].word);
        if (!alone)
            say(utterance, "bà");
    }
}

struct verdict {
    const char *voice, *region;
    bool alone;
    size_t faults;
};

static void blame(struct verdict *verdict, size_t i, const char *phonemes, const char *why)
{
    if (verdict->faults++ < SHOWN)
        print_message("  %s, %s: %s is said [%s]: %s\n", verdict->voice,
                      verdict->alone ? "alone" : "in a sentence", spellings[i].word, phonemes, why);
}

static void judge_take(struct verdict *verdict, const struct wsp_take *take, size_t end)
{
    char *rest = NULL, *word = strtok_r(take->phonemes.ptr, " ", &rest);
    if (!verdict->alone)
        word = strtok_r(NULL, " ", &rest);
    for (size_t i = take->number; i < end; i++) {
        const char *why = "not said";
        if (!word || !judge_syllable(verdict->region, word, spellings[i].parts, &why))
            blame(verdict, i, word ? word : "", why);
        for (int skip = verdict->alone ? 1 : 2; skip > 0 && word; skip--)
            word = strtok_r(NULL, " ", &rest);
    }
    if (word)
        blame(verdict, end - 1, word, "something more is said");
}

static void speak_all(struct verdict *verdict)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.voice", WSP_TEST_VOICES, verdict->voice);
    struct wsp_pool_settings settings = {
        .program = program,
        .voice_path = path,
        .rate_wpm = 175,
        .pitch = 50,
        .jobs = 2,
        .phonemes = true,
        .shaper = {.open = no_open, .close = no_close},
    };
    struct wsp_pool *pool;
    struct wsp_utterance utterance;
    wsp_utterance_init(&utterance);
    assert_int_equal(wsp_pool_open(&pool, &settings, NULL), WSP_OK);
    size_t step = verdict->alone ? 1 : IN_A_SENTENCE;
    size_t given = 0, taken = 0;
    while (taken < n_spellings) {
        for (; given < n_spellings && wsp_pool_has_room(pool); given += step) {
            size_t end = given + step < n_spellings ? given + step : n_spellings;
            make_utterance(&utterance, given, end);
            assert_int_equal(wsp_pool_give(pool, &utterance, NULL), WSP_OK);
        }
        struct wsp_take *take;
        struct wsp_error err = {.status = WSP_OK};
        if (wsp_pool_take(pool, &take, NULL, &err))
            fail_msg("%s", err.text);
        assert_int_equal(take->failure.status, WSP_OK);
        size_t end = taken + step < n_spellings ? taken + step : n_spellings;
        judge_take(verdict, take, end);
        wsp_pool_drop(pool);
        taken = end;
    }
    wsp_pool_close(pool);
    wsp_utterance_release(&utterance);
}

static void test_all_are_said(void **state)
{
    (void)state;
    size_t faults = 0;
    static const char *const regions[] = {"north", "central", "south"};
    for (size_t i = 0; i < 2 * WSP_LEN(regions); i++) {
        char voice[32];
        snprintf(voice, sizeof voice, "vi-%s", regions[i / 2]);
        struct verdict verdict = {.voice = voice, .region = regions[i / 2], .alone = i % 2 == 0};
        speak_all(&verdict);
        print_message("  %s, %s: %zu of %zu wrong\n", voice,
                      verdict.alone ? "alone" : "in a sentence", verdict.faults, n_spellings);
        faults += verdict.faults;
    }
    assert_int_equal(faults, 0);
}

int main(int argc, char **argv)
{
    if (strcmp(argv[0], WSP_NURSERY_ROLE) == 0)
        return wsp_nursery_main(argc, argv, NULL);
    if (!realpath("/proc/self/exe", program))
        return 1;
    if (argc > 1 && strcmp(argv[1], "--list") == 0) { /* for a comparison with other lists */
        make_spellings(NULL);
        for (size_t i = 0; i < n_spellings; i++)
            puts(spellings[i].word);
        return forget_spellings(NULL);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_spelling_is_left_out),
        cmocka_unit_test(test_all_are_said),
    };
    return cmocka_run_group_tests(tests, make_spellings, forget_spellings);
}
