/* Levels, loudness, true peak, limiter, crew, master and leveller, on signals
 * made here after EBU Tech 3341 and 3342 and by themselves. libebur128 says what is right. */
#include "testing.h"

#include "audio/centre.h"
#include "audio/crew.h"
#include "audio/filter.h"
#include "audio/finisher.h"
#include "audio/leveller.h"
#include "audio/levels.h"
#include "audio/limiter.h"
#include "audio/loudness.h"
#include "audio/master.h"
#include "audio/packed.h"
#include "audio/resample.h"
#include "audio/truepeak.h"
#include "base/buf.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 48000, ENGINE = 22050 };

static float *make(size_t n)
{
    float *frames = calloc(n, sizeof *frames);
    assert_non_null(frames);
    return frames;
}

static void add_tone(float *frames, size_t n, double hz, double level_db, uint32_t rate)
{
    double peak = pow(10, level_db / 20);
    for (size_t i = 0; i < n; i++)
        frames[i] += (float)(peak * sin(2 * M_PI * hz * (double)i / rate));
}

/* Something like speech at the engine's rate: noise in syllables, darker or brighter, and pauses.
 */
static void add_speech(float *frames, size_t n, double peak, double bright)
{
    uint32_t seed = 7;
    double low = 0, lower = 0;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525U + 1013904223U;
        double noise = (seed >> 8) / 8388608.0 - 1;
        low += bright * (noise - low);
        lower += bright * (low - lower);
        double syllable = fmax(0, sin(2 * M_PI * 4 * (double)i / ENGINE));
        bool pause = i % (3 * ENGINE) > 2.5 * ENGINE;
        frames[i] += (float)(pause ? 0 : peak * 3 * lower * syllable);
    }
    struct wsp_biquad high_pass = wsp_biquad_high_pass(70, ENGINE);
    wsp_biquad_run(&high_pass, frames, n);
}

/* ---- the meter --------------------------------------------------------------------------- */

static struct wsp_loudness measured(const float *frames, size_t n, uint32_t rate, unsigned channels)
{
    struct wsp_levels levels = {0};
    struct wsp_meter meter;
    struct wsp_loudness loudness;
    wsp_meter_init(&meter, rate, channels);
    assert_int_equal(wsp_levels_measure(&levels, frames, n, rate), WSP_OK);
    assert_int_equal(wsp_meter_extend(&meter, n), WSP_OK);
    for (size_t i = 0; i < levels.n; i++)
        wsp_meter_add(&meter, i * WSP_LEVELS_BLOCK, (double)levels.blocks[i].power, 0);
    assert_int_equal(wsp_meter_read(&meter, &loudness), WSP_OK);
    wsp_levels_release(&levels);
    wsp_meter_release(&meter);
    return loudness;
}

/* libebur128's word on the frames. */
static struct wsp_loudness judged(const float *frames, size_t n, uint32_t rate)
{
    struct wsp_loudness loudness;
    ebur128_state *state = ebur128_init(1, rate, EBUR128_MODE_I | EBUR128_MODE_LRA);
    assert_non_null(state);
    assert_int_equal(ebur128_add_frames_float(state, frames, n), EBUR128_SUCCESS);
    ebur128_loudness_global(state, &loudness.integrated_lufs);
    ebur128_loudness_range(state, &loudness.range_lu);
    ebur128_destroy(&state);
    return loudness;
}

/* EBU Tech 3341, cases 1 and 2 (mono, so 3.01 LU less): a tone of 1 kHz at -23 and -33 dBFS. */
static void test_tones(void **state)
{
    (void)state;
    static const double levels_db[] = {-23, -33};
    static const uint32_t rates[] = {16000, ENGINE, 44100, RATE, 192000};
    for (size_t k = 0; k < WSP_LEN(levels_db); k++)
        for (size_t r = 0; r < WSP_LEN(rates); r++) {
            size_t n = 20 * (size_t)rates[r];
            float *frames = make(n);
            add_tone(frames, n, 1000, levels_db[k], rates[r]);
            struct wsp_loudness mono = measured(frames, n, rates[r], 1);
            struct wsp_loudness both = measured(frames, n, rates[r], 2);
            assert_near(both.integrated_lufs, levels_db[k], 0.1);
            assert_near(both.momentary_lufs, levels_db[k], 0.1);
            assert_near(both.short_term_lufs, levels_db[k], 0.1);
            assert_near(both.range_lu, 0, 0.1);
            assert_near(mono.integrated_lufs, levels_db[k] - 3.01, 0.1);
            free(frames);
        }
}

/* Stretches of a tone, `seconds` long at `db`. */
struct stretch {
    double seconds, db;
};

static float *make_stretches(const struct stretch *stretches, size_t count, size_t *n)
{
    *n = 0;
    for (size_t k = 0; k < count; k++)
        *n += (size_t)(stretches[k].seconds * RATE);
    float *frames = make(*n);
    size_t at = 0;
    for (size_t k = 0; k < count; k++) {
        size_t len = (size_t)(stretches[k].seconds * RATE);
        add_tone(frames + at, len, 1000, stretches[k].db, RATE);
        at += len;
    }
    return frames;
}

/* EBU Tech 3341, cases 3 to 5: what is far below does not count. */
static void test_gates(void **state)
{
    (void)state;
    static const struct stretch cases[][5] = {
        {{10, -36}, {60, -23}, {10, -36}},
        {{10, -72}, {10, -36}, {60, -23}, {10, -36}, {10, -72}},
        {{20, -26}, {20.1, -20}, {20, -26}},
    };
    static const size_t counts[] = {3, 5, 3};
    for (size_t k = 0; k < WSP_LEN(cases); k++) {
        size_t n;
        float *frames = make_stretches(cases[k], counts[k], &n);
        assert_near(measured(frames, n, RATE, 2).integrated_lufs, -23, 0.1);
        free(frames);
    }
}

/* EBU Tech 3342, cases 1 to 4. */
static void test_range(void **state)
{
    (void)state;
    static const struct stretch cases[][5] = {
        {{20, -20}, {20, -30}},
        {{20, -20}, {20, -15}},
        {{20, -40}, {20, -20}},
        {{20, -50}, {20, -35}, {20, -20}, {20, -35}, {20, -50}},
    };
    static const size_t counts[] = {2, 2, 2, 5};
    static const double wanted[] = {10, 5, 20, 15};
    for (size_t k = 0; k < WSP_LEN(cases); k++) {
        size_t n;
        float *frames = make_stretches(cases[k], counts[k], &n);
        assert_near(measured(frames, n, RATE, 2).range_lu, wanted[k], 1);
        free(frames);
    }
}

/* Measured at the engine's rate, what libebur128 measures when it has become 48 kHz. */
static void test_against_libebur128(void **state)
{
    (void)state;
    static const double brightness[] = {0.1, 0.3, 0.5};
    size_t n = 30 * ENGINE, n_out = wsp_resampled_length(n, ENGINE, RATE);
    struct wsp_resampler *resampler = wsp_resampler_new();
    float *in = make(n), *out = make(n_out);
    for (size_t k = 0; k < WSP_LEN(brightness); k++) {
        memset(in, 0, n * sizeof *in);
        add_speech(in, n, 0.1, brightness[k]);
        assert_int_equal(wsp_resample(resampler, in, n, ENGINE, out, RATE), WSP_OK);
        struct wsp_loudness ours = measured(in, n, ENGINE, 1), theirs = judged(out, n_out, RATE);
        print_message("  %.3f LUFS, %.3f\n", ours.integrated_lufs, theirs.integrated_lufs);
        assert_near(ours.integrated_lufs, theirs.integrated_lufs, 0.03);
        assert_near(ours.range_lu, theirs.range_lu, 0.3);
    }
    wsp_resampler_free(resampler);
    free(in);
    free(out);
}

static void test_short_and_silent(void **state)
{
    (void)state;
    size_t n = RATE / 5;
    float *frames = make(n);
    assert_true(isinf(measured(frames, n, RATE, 1).integrated_lufs));
    assert_true(isinf(measured(frames, 0, RATE, 1).integrated_lufs));
    add_tone(frames, n, 1000, -20, RATE);
    assert_near(measured(frames, n, RATE, 1).integrated_lufs, -23, 0.2);
    free(frames);
}

/* ---- peaks ------------------------------------------------------------------------------- */

/* A tone at a quarter of the rate, sampled beside its tops: 3 dB between the samples. */
static void test_true_peak(void **state)
{
    (void)state;
    float frames[4800];
    for (size_t i = 0; i < WSP_LEN(frames); i++) {
        double fade = fmin(1, fmin((double)i, (double)(WSP_LEN(frames) - i)) / 100);
        frames[i] = (float)(0.5 * fade * sin(M_PI / 2 * (double)i + M_PI / 4));
    }
    assert_near(20 * log10((double)wsp_sample_peak(frames, WSP_LEN(frames)) / 0.5), -3.01, 0.01);
    assert_near(20 * log10((double)wsp_true_peak(frames, WSP_LEN(frames)) / 0.5), 0, 0.2);
    assert_true(wsp_true_peak(frames, 0) == 0);
    struct wsp_levels levels = {0};
    assert_int_equal(wsp_levels_measure(&levels, frames, WSP_LEN(frames), RATE), WSP_OK);
    assert_near(20 * log10((double)levels.blocks[70].peak / 0.5), 0, 0.2);
    wsp_levels_release(&levels);
}

/* However loud: under the ceiling, nothing steps, and what is quiet passes bit by bit. */
static void test_limiter(void **state)
{
    (void)state;
    size_t n = 4 * ENGINE;
    float *in = make(n), *out = make(n);
    struct wsp_levels levels = {0};
    struct wsp_limiter limiter = {0};
    add_speech(in, n, 0.3, 0.3);
    assert_int_equal(wsp_levels_measure(&levels, in, n, ENGINE), WSP_OK);
    for (double gain = 1; gain < 300; gain *= 3) {
        memcpy(out, in, n * sizeof *in);
        assert_int_equal(
            wsp_limiter_plan(&limiter, &levels, ENGINE, &(struct wsp_limits){gain, 0.5, {3, 0.06}}),
            WSP_OK);
        wsp_limiter_apply(&limiter, out, n, gain);
        print_message("  gain %g: %.4f\n", gain, (double)wsp_true_peak(out, n));
        assert_true((double)wsp_true_peak(out, n) <= 0.5 * 1.01);
        assert_true(limiter.deepest <= 1 && limiter.deepest > 0);
        struct wsp_levels after = {0};
        assert_int_equal(wsp_levels_measure(&after, out, n, ENGINE), WSP_OK);
        double foretold = 0, found = 0;
        for (size_t i = 0; i < levels.n; i++) {
            foretold += wsp_limiter_power(&limiter, &levels, i, gain);
            found += (double)after.blocks[i].power;
            assert_true(fabs((double)limiter.gains[i + 1] - (double)limiter.gains[i]) <= 0.5);
        }
        assert_near(10 * log10(foretold / found), 0, 0.02); /* known before a sound is touched */
        wsp_levels_release(&after);
    }
    assert_int_equal(
        wsp_limiter_plan(&limiter, &levels, ENGINE, &(struct wsp_limits){1, 10, {3, 0.06}}),
        WSP_OK);
    memcpy(out, in, n * sizeof *in);
    wsp_limiter_apply(&limiter, out, n, 1);
    assert_memory_equal(out, in, n * sizeof *in);
    assert_true(limiter.deepest == 1);
    wsp_levels_release(&levels);
    wsp_limiter_release(&limiter);
    free(in);
    free(out);
}

/* A click in silence: the gain is down when it comes, and comes back within the release. */
static void test_limiter_ahead(void **state)
{
    (void)state;
    enum { N = 100 * WSP_LEVELS_BLOCK, CLICK = 50 };
    float *frames = make(N);
    for (size_t i = 0; i < N; i++)
        frames[i] = 0.1F;
    frames[CLICK * WSP_LEVELS_BLOCK + 5] = 1;
    struct wsp_levels levels = {0};
    struct wsp_limiter limiter = {0};
    assert_int_equal(wsp_levels_measure(&levels, frames, N, ENGINE), WSP_OK);
    assert_int_equal(
        wsp_limiter_plan(&limiter, &levels, ENGINE, &(struct wsp_limits){1, 0.5, {3, 0.06}}),
        WSP_OK);
    assert_true(limiter.gains[CLICK - 4] == 1);
    assert_true(limiter.gains[CLICK - 1] < 1 && limiter.gains[CLICK - 1] > limiter.gains[CLICK]);
    assert_true(limiter.gains[CLICK] <= 0.5F && limiter.gains[CLICK + 1] <= 0.5F);
    double after = (double)limiter.gains[CLICK + 1 + 60 * ENGINE / 1000 / WSP_LEVELS_BLOCK];
    assert_near(1 - after, (1 - limiter.deepest) * exp(-1), 0.04);
    wsp_levels_release(&levels);
    wsp_limiter_release(&limiter);
    free(frames);
}

/* A shift that comes and goes is taken away, a voice is not. */
static void test_centre(void **state)
{
    (void)state;
    enum { N = 2 * ENGINE };
    static float in[N], out[N];
    struct wsp_centre centre = {0};
    add_tone(in, N, 100, -6, ENGINE);
    for (size_t i = 0; i < N; i++)
        out[i] = in[i] + 0.05F;
    assert_int_equal(wsp_centre_run(&centre, out, N, ENGINE), WSP_OK);
    for (size_t i = ENGINE / 5; i < N - ENGINE / 5; i++)
        assert_near(out[i], in[i], 1e-3);
    enum { RAMP = ENGINE / 100 }; /* what is taken away begins and ends with nothing: no step */
    for (size_t i = 1; i < RAMP; i++) {
        assert_near((out[i] - in[i]) - (out[i - 1] - in[i - 1]), 0, 5e-4);
        assert_near((out[N - i] - in[N - i]) - (out[N - i - 1] - in[N - i - 1]), 0, 5e-4);
    }
    assert_near(out[0] - in[0], 0.05, 1e-3);
    assert_near(out[N - 1] - in[N - 1], 0.05, 1e-3);
    for (size_t n = 0; n < 100; n += 33)
        assert_int_equal(wsp_centre_run(&centre, out, n, ENGINE), WSP_OK);
    wsp_centre_release(&centre);
}

/* ---- the crew ---------------------------------------------------------------------------- */

struct tally {
    size_t next, fails_at; /* SIZE_MAX: never */
    bool in_order;
};

static void *open_nothing(void *context)
{
    (void)context;
    return malloc(1);
}

static enum wsp_status square(void *context, void *state, size_t i, void **result,
                              struct wsp_error *err)
{
    const struct tally *tally = context;
    (void)state;
    size_t *square = *result ? *result : malloc(sizeof *square);
    assert_non_null(square);
    *square = i * i;
    *result = square;
    return i == tally->fails_at ? wsp_fail(err, WSP_IO, "piece %zu", i) : WSP_OK;
}

static enum wsp_status count_up(void *context, size_t i, void *result, struct wsp_error *err)
{
    struct tally *tally = context;
    (void)err;
    const size_t *square = result;
    tally->in_order &= i == tally->next && *square == i * i;
    tally->next++;
    return WSP_OK;
}

static void test_crew(void **state)
{
    (void)state;
    for (int threads = 1; threads < 6; threads++)
        for (size_t n = 0; n < 100; n += 33) {
            struct tally tally = {.fails_at = SIZE_MAX, .in_order = true};
            struct wsp_crew_work work = {threads,  &tally, open_nothing, square,
                                         count_up, free,   free};
            assert_int_equal(wsp_crew_run(&work, n, NULL), WSP_OK);
            assert_int_equal(tally.next, n);
            assert_true(tally.in_order);
        }
    struct tally tally = {.fails_at = 40, .in_order = true};
    struct wsp_crew_work work = {3, &tally, open_nothing, square, count_up, free, free};
    struct wsp_error err;
    assert_int_equal(wsp_crew_run(&work, 100, &err), WSP_IO);
    assert_string_equal(err.text, "piece 40");
    assert_int_equal(tally.next, 40);
}

/* What is given is what is in the slot; here the number, which becomes its square. */
static enum wsp_status square_what_is_there(void *context, void *state, size_t i, void **result,
                                            struct wsp_error *err)
{
    size_t *number = *result;
    (void)state;
    *number *= *number;
    return i == ((const struct tally *)context)->fails_at ? wsp_fail(err, WSP_IO, "piece %zu", i)
                                                          : WSP_OK;
}

static enum wsp_status give_numbers(struct wsp_crew *crew, size_t n, struct wsp_error *err)
{
    for (size_t i = 0; i < n; i++) {
        void **slot;
        enum wsp_status st = wsp_crew_slot(crew, &slot, err);
        if (st)
            return st;
        if (!*slot)
            *slot = malloc(sizeof i);
        assert_non_null(*slot);
        memcpy(*slot, &i, sizeof i);
        wsp_crew_give(crew);
    }
    return wsp_crew_finish(crew, err);
}

static void test_crew_bit_by_bit(void **state)
{
    (void)state;
    for (int threads = 1; threads < 6; threads++)
        for (size_t fails_at = 0; fails_at < 120; fails_at += 40) { /* 80: not in what is given */
            struct wsp_crew *crew;
            struct wsp_error err = {0};
            struct tally tally = {.fails_at = fails_at, .in_order = true};
            struct wsp_crew_work work = {threads,  &tally, open_nothing, square_what_is_there,
                                         count_up, free,   free};
            print_message("  %d threads, %zu fails\n", threads, fails_at);
            assert_int_equal(wsp_crew_open(&crew, &work, NULL), WSP_OK);
            enum wsp_status st = give_numbers(crew, 70, &err);
            assert_int_equal(st, fails_at < 70 ? WSP_IO : WSP_OK);
            assert_int_equal(tally.next, fails_at < 70 ? fails_at : 70);
            assert_true(tally.in_order);
            wsp_crew_close(crew);
        }
}

/* ---- master and leveller ----------------------------------------------------------------- */

struct kept {
    float *frames;
    size_t n, cap;
};

static enum wsp_status keep(void *context, const float *frames, size_t n, struct wsp_error *err)
{
    (void)err;
    struct kept *kept = context;
    assert_true(kept->n + n <= kept->cap);
    memcpy(kept->frames + kept->n, frames, n * sizeof *frames);
    kept->n += n;
    return WSP_OK;
}

/* Four takes of speech with pauses between them. */
static void speak_into_master(struct wsp_master *master, double peak)
{
    size_t n = 3 * ENGINE;
    float *frames = make(n);
    for (size_t i = 0; i < 4; i++) {
        memset(frames, 0, n * sizeof *frames);
        add_speech(frames, n, peak, 0.1 + 0.1 * (double)i);
        assert_int_equal(wsp_master_sound(master, frames, n - 1000 * i, ENGINE, NULL), WSP_OK);
        assert_int_equal(wsp_master_silence(master, RATE / 3, NULL), WSP_OK);
    }
    free(frames);
}

static void test_master(void **state)
{
    (void)state;
    static const double wanted[] = {-23, -18, -16};
    size_t cap = 20 * RATE;
    float *out = make(cap), *other = make(cap);
    for (size_t i = 0; i < WSP_LEN(wanted); i++) {
        struct wsp_master_settings settings = {.rate_hz = RATE,
                                               .channels = 1,
                                               .loudness_lufs = wanted[i],
                                               .true_peak_dbtp = -1,
                                               .folder = "/tmp",
                                               .threads = 1};
        struct kept kept = {.frames = out, .cap = cap};
        for (; settings.threads < 4; settings.threads += 2) {
            struct wsp_master *master;
            struct wsp_master_report report;
            const struct wsp_receiver receiver = {.context = &kept, .receive = keep};
            assert_int_equal(wsp_master_open(&master, &settings, NULL), WSP_OK);
            speak_into_master(master, 0.3);
            assert_int_equal(wsp_master_give(master, &receiver, &report, NULL), WSP_OK);
            wsp_master_close(master);
            size_t length = 4 * (RATE / 3);
            for (size_t k = 0; k < 4; k++)
                length += wsp_resampled_length(3 * ENGINE - 1000 * k, ENGINE, RATE);
            assert_int_equal(kept.n, length);
            struct wsp_loudness judge = judged(kept.frames, kept.n, RATE);
            print_message("  %.3f LUFS (%.3f), true peak %.2f dBTP, limited %.1f dB\n",
                          judge.integrated_lufs, report.loudness.integrated_lufs,
                          report.true_peak_dbtp, report.limited_db);
            assert_near(judge.integrated_lufs, wanted[i], 0.05);
            assert_near(report.loudness.integrated_lufs, wanted[i], 0.01);
            assert_near(judge.range_lu, report.loudness.range_lu, 1);
            assert_true(report.true_peak_dbtp <= -1);
            assert_true(20 * log10((double)wsp_true_peak(kept.frames, kept.n)) <= -1);
            kept = (struct kept){.frames = other, .cap = cap};
        }
        assert_memory_equal(out, other, cap * sizeof *out); /* however many threads */
    }
    free(out);
    free(other);
}

/* A chime before the message: as it is, whatever becomes of the speech. */
static void test_master_with_a_chime(void **state)
{
    (void)state;
    size_t cap = 20 * RATE, n = 4 * RATE;
    float *chime = make(n), *out = make(cap);
    add_tone(chime, n, 500, -20, RATE);
    struct kept kept = {.frames = out, .cap = cap};
    const struct wsp_receiver receiver = {.context = &kept, .receive = keep};
    const struct wsp_master_settings settings = {.rate_hz = RATE,
                                                 .channels = 1,
                                                 .loudness_lufs = -16,
                                                 .true_peak_dbtp = -1,
                                                 .folder = "/tmp",
                                                 .threads = 2};
    struct wsp_master *master;
    struct wsp_master_report report;
    assert_int_equal(wsp_master_open(&master, &settings, NULL), WSP_OK);
    assert_int_equal(wsp_master_ready(master, chime, n, NULL), WSP_OK);
    speak_into_master(master, 0.3);
    assert_int_equal(wsp_master_give(master, &receiver, &report, NULL), WSP_OK);
    wsp_master_close(master);
    assert_memory_equal(out, chime, n * sizeof *out);
    /* windows that begin in the chime count a little of it here, and none of it there */
    assert_near(judged(out + n, kept.n - n, RATE).integrated_lufs, -16, 0.1);
    free(chime);
    free(out);
}

static void test_master_of_silence(void **state)
{
    (void)state;
    float out[RATE], in[1000] = {0};
    struct kept kept = {.frames = out, .cap = RATE};
    const struct wsp_receiver receiver = {.context = &kept, .receive = keep};
    const struct wsp_master_settings settings = {.rate_hz = RATE,
                                                 .channels = 1,
                                                 .loudness_lufs = -23,
                                                 .true_peak_dbtp = -1,
                                                 .folder = "/tmp",
                                                 .threads = 2};
    struct wsp_master *master;
    struct wsp_master_report report;
    assert_int_equal(wsp_master_open(&master, &settings, NULL), WSP_OK);
    assert_int_equal(wsp_master_sound(master, in, WSP_LEN(in), ENGINE, NULL), WSP_OK);
    assert_int_equal(wsp_master_silence(master, 100, NULL), WSP_OK);
    assert_int_equal(wsp_master_give(master, &receiver, &report, NULL), WSP_OK);
    wsp_master_close(master);
    assert_int_equal(kept.n, wsp_resampled_length(WSP_LEN(in), ENGINE, RATE) + 100);
    for (size_t i = 0; i < kept.n; i++)
        assert_true(out[i] == 0);
}

static void test_what_cannot_be_had(void **state)
{
    (void)state;
    float out[1];
    const struct wsp_master_settings settings = {.rate_hz = RATE,
                                                 .channels = 1,
                                                 .loudness_lufs = -5,
                                                 .true_peak_dbtp = -20,
                                                 .folder = "/tmp",
                                                 .threads = 1};
    struct wsp_master *master;
    struct wsp_master_report report;
    struct wsp_error err;
    struct kept kept = {.frames = out};
    const struct wsp_receiver receiver = {.context = &kept, .receive = keep};
    assert_int_equal(wsp_master_open(&master, &settings, NULL), WSP_OK);
    speak_into_master(master, 0.3);
    assert_int_equal(wsp_master_give(master, &receiver, &report, &err), WSP_DATA);
    assert_int_equal(kept.n, 0);
    wsp_master_close(master);

    struct wsp_master_settings nowhere = settings;
    nowhere.folder = "/there/is/no/such/folder";
    assert_int_equal(wsp_master_open(&master, &nowhere, &err), WSP_CANTCREAT);
}

/* What waits is small: half a step of 16 bits below the loudest of each block, and its levels are
 * those of what comes out. */
static void test_packed(void **state)
{
    (void)state;
    enum { N = 3 * ENGINE + 17 };
    float *in = make(N), *rounded = make(N), *out = make(N);
    const struct wsp_mark marks[] = {{0, 5, 100}, {2, 100, N}};
    struct wsp_levels levels = {0}, again = {0};
    struct wsp_take take;
    wsp_take_init(&take);
    add_speech(in, N, 0.3, 0.3);
    in[64] = 1e-30F; /* a block of next to nothing */
    memset(in + 65, 0, 31 * sizeof *in);
    memcpy(rounded, in, N * sizeof *in);
    assert_int_equal(wsp_pack(&take.packed, rounded, N, ENGINE, marks, 2, &levels), WSP_OK);
    assert_int_equal(take.packed.len, wsp_packed_bytes(N) + sizeof marks);
    wsp_packed_frames(take.packed.ptr, N, out);
    assert_memory_equal(out, rounded, N * sizeof *out);
    for (size_t at = 0; at < N; at += WSP_LEVELS_BLOCK) {
        size_t n = N - at < WSP_LEVELS_BLOCK ? N - at : WSP_LEVELS_BLOCK;
        float peak = wsp_sample_peak(in + at, n);
        for (size_t i = at; i < at + n; i++)
            assert_true(fabsf(out[i] - in[i]) <= 0.51F / 32767 * peak + 1e-20F);
    }
    assert_int_equal(wsp_levels_measure(&again, out, N, ENGINE), WSP_OK);
    assert_memory_equal(take.packed.ptr + WSP_PACKED_LEVELS_AT, again.blocks,
                        again.n * sizeof *again.blocks);

    assert_true(wsp_packed_reopen(&take));
    assert_int_equal(take.n_frames, N);
    assert_int_equal(take.rate_hz, ENGINE);
    assert_int_equal(take.n_marks, 2);
    assert_memory_equal(take.marks, marks, sizeof marks);
    for (size_t len = 0; len < take.packed.len; len += len < 32 ? 1 : 997) {
        struct wsp_take torn;
        wsp_take_init(&torn);
        assert_int_equal(wsp_buf_add(&torn.packed, take.packed.ptr, len), WSP_OK);
        assert_false(wsp_packed_reopen(&torn));
        wsp_take_release(&torn);
    }
    wsp_take_release(&take);
    wsp_levels_release(&levels);
    wsp_levels_release(&again);
    free(in);
    free(rounded);
    free(out);
}

/* Takes that come packed are what they would be if they came as frames. */
static void test_master_of_packed(void **state)
{
    (void)state;
    enum { N = 2 * ENGINE, CAP = 3 * RATE };
    float *in = make(N), *copy = make(N), *out[2] = {make(CAP), make(CAP)};
    const struct wsp_master_settings settings = {.rate_hz = RATE,
                                                 .channels = 1,
                                                 .loudness_lufs = -16,
                                                 .true_peak_dbtp = -1,
                                                 .yields = true,
                                                 .folder = "/tmp",
                                                 .threads = 2};
    add_speech(in, N, 0.3, 0.3);
    for (int packed = 0; packed < 2; packed++) {
        struct kept kept = {.frames = out[packed], .cap = CAP};
        const struct wsp_receiver receiver = {.context = &kept, .receive = keep};
        struct wsp_levels levels = {0};
        struct wsp_master_report report;
        struct wsp_master *master;
        struct wsp_take take;
        wsp_take_init(&take);
        take.rate_hz = ENGINE;
        take.n_frames = N;
        memcpy(copy, in, N * sizeof *in);
        assert_int_equal(wsp_pack(&take.packed, copy, N, ENGINE, NULL, 0, &levels), WSP_OK);
        assert_int_equal(wsp_master_open(&master, &settings, NULL), WSP_OK);
        assert_int_equal(packed ? wsp_master_packed(master, &take, NULL)
                                : wsp_master_sound(master, in, N, ENGINE, NULL),
                         WSP_OK);
        assert_int_equal(wsp_master_give(master, &receiver, &report, NULL), WSP_OK);
        assert_int_equal(kept.n, wsp_resampled_length(N, ENGINE, RATE));
        wsp_master_close(master);
        wsp_levels_release(&levels);
        wsp_take_release(&take);
    }
    assert_memory_equal(out[0], out[1], CAP * sizeof **out);
    free(in);
    free(copy);
    free(out[0]);
    free(out[1]);
}

/* While it sounds: the first take is right already, with a limiter that has much to do too. */
static void test_leveller(void **state)
{
    (void)state;
    static const double wanted[] = {-23, -18, -16};
    size_t n = 3 * ENGINE, cap = 20 * RATE;
    float *in = make(n), *out = make(cap);
    add_speech(in, n, 0.3, 0.3);
    for (size_t i = 0; i < WSP_LEN(wanted); i++) {
        struct kept kept = {.frames = out, .cap = cap};
        const struct wsp_leveller_settings settings = {
            .rate_hz = RATE,
            .loudness_lufs = wanted[i],
            .true_peak_dbtp = -1,
            .receiver = {.context = &kept, .receive = keep}};
        struct wsp_leveller *leveller;
        assert_int_equal(wsp_leveller_open(&leveller, &settings), WSP_OK);
        for (int k = 0; k < 3; k++) {
            assert_int_equal(wsp_leveller_sound(leveller, in, n, ENGINE, NULL), WSP_OK);
            assert_near(judged(out, kept.n, RATE).integrated_lufs, wanted[i], 0.5);
            assert_int_equal(wsp_leveller_silence(leveller, RATE / 2, NULL), WSP_OK);
        }
        wsp_leveller_close(leveller);
        assert_true(20 * log10((double)wsp_true_peak(out, kept.n)) <= -1);
        assert_int_equal(kept.n, 3 * wsp_resampled_length(n, ENGINE, RATE) + 3 * (RATE / 2));
    }
    free(in);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tones),
        cmocka_unit_test(test_gates),
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_against_libebur128),
        cmocka_unit_test(test_short_and_silent),
        cmocka_unit_test(test_true_peak),
        cmocka_unit_test(test_limiter),
        cmocka_unit_test(test_limiter_ahead),
        cmocka_unit_test(test_centre),
        cmocka_unit_test(test_crew),
        cmocka_unit_test(test_crew_bit_by_bit),
        cmocka_unit_test(test_master),
        cmocka_unit_test(test_master_with_a_chime),
        cmocka_unit_test(test_master_of_silence),
        cmocka_unit_test(test_what_cannot_be_had),
        cmocka_unit_test(test_packed),
        cmocka_unit_test(test_master_of_packed),
        cmocka_unit_test(test_leveller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
