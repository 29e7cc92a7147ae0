#include "testing.h"

#include "audio/profile.h"
#include "audio/programme.h"
#include "audio/resample.h"
#include "audio/shape.h"
#include "audio/trim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 22050 };

/* A sound of tone bursts: `spans` are pairs of begin and end in samples; silence elsewhere. */
static void make_sound(struct wsp_sound *sound, size_t n, const size_t (*spans)[2], size_t n_spans)
{
    *sound = (struct wsp_sound){.rate_hz = RATE, .n_samples = n, .cap_samples = n};
    sound->samples = calloc(n, sizeof *sound->samples);
    for (size_t i = 0; i < n_spans; i++)
        for (size_t k = spans[i][0]; k < spans[i][1]; k++)
            sound->samples[k] = (int16_t)(k % 2 ? 9000 : -9000);
}

static void add_cue(struct wsp_sound *sound, uint32_t sample, uint16_t word, enum wsp_cue_kind kind)
{
    assert_int_equal(wsp_grow(&sound->cues, &sound->cap_cues, sound->n_cues, sizeof *sound->cues),
                     WSP_OK);
    sound->cues[sound->n_cues++] =
        (struct wsp_cue){.sample = sample, .word = word, .kind = (uint16_t)kind};
}

/* Two phrases, "một hai, ba": engine silence before, between and after. */
static void make_phrases(struct wsp_sound *sound, struct wsp_utterance *utterance, uint16_t pause)
{
    static const size_t spans[][2] = {{2205, 8820}, {17640, 22050}};
    make_sound(sound, 30000, spans, 2);
    add_cue(sound, 0, 0, WSP_CUE_WORD);
    add_cue(sound, 5000, 1, WSP_CUE_WORD);
    add_cue(sound, 15000, 1, WSP_CUE_PHRASE);
    add_cue(sound, 15000, 2, WSP_CUE_WORD);
    add_cue(sound, 30000, 2, WSP_CUE_PHRASE);
    *utterance = (struct wsp_utterance){.n_words = 3};
    utterance->words = calloc(3, sizeof *utterance->words);
    utterance->words[1].pause_ms = pause;
}

static void test_pauses_are_what_was_asked_for(void **state)
{
    (void)state;
    static const uint16_t pauses[] = {100, 200, 450, 1000};
    for (size_t i = 0; i < WSP_LEN(pauses); i++) {
        struct wsp_sound sound;
        struct wsp_utterance utterance;
        struct wsp_layout layout = {0};
        print_message("  %u ms\n", pauses[i]);
        make_phrases(&sound, &utterance, pauses[i]);
        assert_int_equal(wsp_layout_make(&layout, &sound, &utterance), WSP_OK);
        assert_int_equal(layout.n, 2);
        assert_int_equal(layout.stretches[0].at, 0);
        size_t end = layout.stretches[0].end - layout.stretches[0].begin;
        assert_int_equal(layout.stretches[1].at - end, (size_t)pauses[i] * RATE / 1000);
        assert_int_equal(wsp_layout_place(&layout, 0), 0);
        assert_int_equal(wsp_layout_place(&layout, 12000), layout.stretches[1].at);
        assert_int_equal(wsp_layout_place(&layout, 29999), layout.length);

        float *out = malloc(layout.length * sizeof *out);
        wsp_layout_render(&layout, &sound, out);
        for (size_t k = end; k < layout.stretches[1].at; k++)
            assert_true(out[k] == 0.0f);
        assert_true(fabsf(out[0]) < 0.001f && fabsf(out[layout.length - 1]) < 0.001f);
        free(out);
        wsp_layout_release(&layout);
        wsp_sound_release(&sound);
        free(utterance.words);
    }
}

static void test_nothing_that_sounds_is_cut(void **state)
{
    (void)state;
    struct wsp_sound sound;
    struct wsp_utterance utterance;
    struct wsp_layout layout = {0};
    make_phrases(&sound, &utterance, 0); /* no pause of ours: the engine's own stays, bounded */
    assert_int_equal(wsp_layout_make(&layout, &sound, &utterance), WSP_OK);
    assert_true(layout.stretches[0].begin < 2205 && layout.stretches[0].end > 8820);
    assert_true(layout.stretches[1].begin < 17640 && layout.stretches[1].end > 22050);
    wsp_layout_release(&layout);
    wsp_sound_release(&sound);
    free(utterance.words);
}

static void test_silence_becomes_nothing(void **state)
{
    (void)state;
    struct wsp_sound sound;
    struct wsp_utterance utterance = {0};
    struct wsp_layout layout = {0};
    make_sound(&sound, 5000, NULL, 0);
    assert_int_equal(wsp_layout_make(&layout, &sound, &utterance), WSP_OK);
    assert_int_equal(layout.length, 0);
    wsp_layout_release(&layout);
    wsp_sound_release(&sound);
}

static void test_shape_marks_words(void **state)
{
    (void)state;
    struct wsp_sound sound;
    struct wsp_utterance utterance;
    struct wsp_take take;
    struct wsp_shape_params params = {.rate_hz = 48000};
    struct wsp_shaper shaper = wsp_shaper_make(&params);
    wsp_take_init(&take);
    make_phrases(&sound, &utterance, 200);
    void *shaping = shaper.open(&params);
    assert_int_equal(shaper.shape(shaping, &sound, &utterance, &take), WSP_OK);
    assert_int_equal(take.n_marks, 3);
    assert_int_equal(take.marks[0].begin, 0);
    assert_int_equal(take.marks[0].end, take.marks[1].begin);
    /* The pause belongs to no word. */
    double gap = (double)(take.marks[2].begin - take.marks[1].end) / 48000;
    assert_true(fabs(gap - 0.2) < 0.0005);
    assert_int_equal(take.marks[2].end, take.n_frames);

    /* The same again from the same state: the same samples. */
    struct wsp_take again;
    wsp_take_init(&again);
    assert_int_equal(shaper.shape(shaping, &sound, &utterance, &again), WSP_OK);
    assert_int_equal(again.n_frames, take.n_frames);
    assert_memory_equal(again.frames, take.frames, take.n_frames * sizeof(float));
    shaper.close(shaping);
    shaper.close(NULL);
    wsp_take_release(&again);
    wsp_take_release(&take);
    wsp_sound_release(&sound);
    free(utterance.words);
}

/* The engine's cues stand where the word before has ended: closures belong to no word, and a word
 * that has none of its own begins at its cue. */
static void test_marks_are_what_sounds(void **state)
{
    (void)state;
    static const size_t spans[][2] = {{2205, 6615}, {8820, 17640}};
    struct wsp_sound sound;
    struct wsp_utterance utterance = {.n_words = 4};
    struct wsp_take take;
    struct wsp_shape_params params = {.rate_hz = RATE};
    struct wsp_shaper shaper = wsp_shaper_make(&params);
    enum { GUARD = RATE * 3 / 1000 };
    make_sound(&sound, 22050, spans, 2);
    add_cue(&sound, 0, 0, WSP_CUE_WORD);
    add_cue(&sound, 6615, 1, WSP_CUE_WORD);
    add_cue(&sound, 13230, 2, WSP_CUE_WORD);
    add_cue(&sound, 30000, 3, WSP_CUE_WORD); /* later than all sound */
    utterance.words = calloc(4, sizeof *utterance.words);
    wsp_take_init(&take);
    void *shaping = shaper.open(&params);
    assert_int_equal(shaper.shape(shaping, &sound, &utterance, &take), WSP_OK);
    size_t before = 2205 - GUARD;
    assert_int_equal(take.n_marks, 4);
    assert_int_equal(take.marks[0].begin, 0);
    assert_int_equal(take.marks[0].end, 6615 - before);
    assert_int_equal(take.marks[1].begin, 8820 - GUARD - before);
    assert_int_equal(take.marks[1].end, 13230 - before);
    assert_int_equal(take.marks[2].begin, 13230 - before);
    assert_int_equal(take.marks[2].end, take.n_frames);
    assert_int_equal(take.marks[3].begin, take.n_frames);
    assert_int_equal(take.marks[3].end, take.n_frames);
    shaper.close(shaping);
    wsp_take_release(&take);
    wsp_sound_release(&sound);
    free(utterance.words);
}

static void test_resampling_keeps_a_tone(void **state)
{
    (void)state;
    static const uint32_t rates[] = {8000, 16000, 22050, 44100, 48000, 192000};
    enum { N = 22050 };
    static float in[N];
    for (int i = 0; i < N; i++)
        in[i] = (float)(0.5 * sin(2 * M_PI * 1000 * i / N));
    struct wsp_resampler *resampler = wsp_resampler_new();
    for (size_t r = 0; r < WSP_LEN(rates); r++) {
        size_t n = wsp_resampled_length(N, RATE, rates[r]);
        print_message("  %u Hz\n", rates[r]);
        assert_int_equal(n, rates[r]); /* one second */
        float *out = malloc(n * sizeof *out);
        assert_int_equal(wsp_resample(resampler, in, N, RATE, out, rates[r]), WSP_OK);
        double worst = 0;
        for (size_t i = n / 10; i < n * 9 / 10; i++) {
            double want = 0.5 * sin(2 * M_PI * 1000 * (double)i / (double)n);
            worst = fmax(worst, fabs(want - (double)out[i]));
        }
        assert_true(worst < 1e-4);
        free(out);
    }
    wsp_resampler_free(resampler);
    wsp_resampler_free(NULL);
}

struct heard {
    float frames[4096];
    size_t n;
};

static enum wsp_status hear(void *context, const float *frames, size_t n, uint32_t rate_hz,
                            struct wsp_error *err)
{
    (void)err;
    struct heard *heard = context;
    assert_int_equal(rate_hz, 500);
    assert_true(heard->n + 2 * n <= WSP_LEN(heard->frames));
    for (size_t i = 0; i < 2 * n; i++)
        heard->frames[heard->n + i] = frames[i / 2];
    heard->n += 2 * n;
    return WSP_OK;
}

static enum wsp_status hear_nothing(void *context, uint64_t n, struct wsp_error *err)
{
    (void)err;
    struct heard *heard = context;
    assert_true(heard->n + n <= WSP_LEN(heard->frames));
    heard->n += n;
    return WSP_OK;
}

static enum wsp_status hear_ready(void *context, const float *frames, size_t n,
                                  struct wsp_error *err)
{
    (void)err;
    struct heard *heard = context;
    assert_true(heard->n + n <= WSP_LEN(heard->frames));
    memcpy(heard->frames + heard->n, frames, n * sizeof *frames);
    heard->n += n;
    return WSP_OK;
}

static void test_programme_and_timeline(void **state)
{
    (void)state;
    static struct heard heard;
    struct wsp_timeline timeline;
    struct wsp_programme programme;
    wsp_timeline_init(&timeline, 1000); /* a frame is a millisecond */
    wsp_programme_init(
        &programme, &timeline,
        (struct wsp_listener){
            .context = &heard, .sound = hear, .silence = hear_nothing, .ready = hear_ready},
        -6.0206, true);

    struct wsp_take empty, take;
    wsp_take_init(&empty);
    wsp_take_init(&take);
    assert_int_equal(wsp_take_reserve(&take, 100), WSP_OK);
    take.rate_hz = 500; /* half the programme's */
    struct wsp_mark mark = {.word = 0, .begin = 10, .end = 50};
    take.marks = malloc(sizeof mark);
    take.marks[0] = mark;
    take.n_marks = take.cap_marks = 1;
    for (uint32_t i = 0; i < 3; i++) {
        take.number = i;
        take.n_frames = 50;
        for (size_t k = 0; k < 50; k++)
            take.frames[k] = 0.5f;
        assert_int_equal(wsp_programme_add(&programme, 0, &empty, 900, NULL), WSP_OK);
        assert_int_equal(wsp_programme_add(&programme, 0, &take, 450, NULL), WSP_OK);
    }
    /* No silence at the ends; the longer of two pauses counts. */
    assert_int_equal(heard.n, 3 * 100 + 2 * 900);
    assert_int_equal(timeline.length, heard.n);
    assert_int_equal(timeline.n_entries, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(timeline.entries[i].begin, i * 1000);
        assert_int_equal(timeline.entries[i].end, i * 1000 + 100);
        assert_int_equal(timeline.entries[i].n_words, 1);
        assert_int_equal(timeline.words[i].begin, 20);
        assert_int_equal(timeline.words[i].end, 100);
    }
    assert_true(fabsf(heard.frames[0] - 0.25f) < 1e-4f);
    assert_true(heard.frames[150] == 0.0f);
    /* What is finished is put in as it is, after what is owed. */
    float ready[10] = {1};
    wsp_programme_wait(&programme, 50);
    assert_int_equal(wsp_programme_insert(&programme, ready, WSP_LEN(ready), NULL), WSP_OK);
    assert_int_equal(heard.n, 3 * 100 + 2 * 900 + 450 + 50 + 10);
    assert_int_equal(timeline.length, heard.n);
    assert_true(heard.frames[heard.n - 10] == 1);
    wsp_take_release(&take);
    wsp_take_release(&empty);
    wsp_timeline_release(&timeline);
}

static void test_profiles(void **state)
{
    (void)state;
    assert_non_null(wsp_profile_find("raw"));
    assert_null(wsp_profile_find("cinema"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pauses_are_what_was_asked_for),
        cmocka_unit_test(test_nothing_that_sounds_is_cut),
        cmocka_unit_test(test_silence_becomes_nothing),
        cmocka_unit_test(test_shape_marks_words),
        cmocka_unit_test(test_marks_are_what_sounds),
        cmocka_unit_test(test_resampling_keeps_a_tone),
        cmocka_unit_test(test_programme_and_timeline),
        cmocka_unit_test(test_profiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
