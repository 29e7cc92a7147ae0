/* Loudness, true peak, limiter, filters, compressor and master, on signals made here after EBU Tech
 * 3341 and by themselves. */
#include "testing.h"

#include "audio/compressor.h"
#include "audio/filter.h"
#include "audio/leveller.h"
#include "audio/limiter.h"
#include "audio/loudness.h"
#include "audio/master.h"
#include "audio/truepeak.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 48000 };

static float *make(size_t n)
{
    float *frames = calloc(n, sizeof *frames);
    assert_non_null(frames);
    return frames;
}

static void add_tone(float *frames, size_t n, double hz, double level_db)
{
    double peak = pow(10, level_db / 20);
    for (size_t i = 0; i < n; i++)
        frames[i] += (float)(peak * sin(2 * M_PI * hz * (double)i / RATE));
}

/* Something like speech: filtered noise in syllables, with pauses. */
static void add_speech(float *frames, size_t n, double peak)
{
    uint32_t seed = 7;
    double low = 0;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525U + 1013904223U;
        double noise = (seed >> 8) / 8388608.0 - 1;
        low += 0.2 * (noise - low);
        double syllable = fmax(0, sin(2 * M_PI * 4 * (double)i / RATE));
        bool pause = i % (3 * RATE) > 2.5 * RATE;
        frames[i] += (float)(pause ? 0 : peak * 2 * low * syllable);
    }
}

static struct wsp_loudness measured(const float *frames, size_t n, enum wsp_meter_care care,
                                    unsigned channels)
{
    struct wsp_meter *meter;
    struct wsp_loudness loudness;
    assert_int_equal(wsp_meter_new(&meter, care, RATE, channels), WSP_OK);
    for (size_t at = 0; at < n; at += 777) /* whatever the pieces */
        assert_int_equal(wsp_meter_add(meter, frames + at, n - at < 777 ? n - at : 777), WSP_OK);
    assert_int_equal(wsp_meter_read(meter, &loudness), WSP_OK);
    wsp_meter_free(meter);
    return loudness;
}

#define assert_near(a, b, by)                                       \
    do {                                                            \
        double a_ = (a), b_ = (b);                                  \
        if (!(fabs(a_ - b_) <= (by)))                               \
            fail_msg("%s is %f, not %f within %g", #a, a_, b_, by); \
    } while (0)

/* EBU Tech 3341, case 1 and 2 (mono, so 3.01 LU less): a tone of 1 kHz at -23 and -33 dBFS. */
static void test_meter(void **state)
{
    (void)state;
    size_t n = 20 * RATE;
    float *frames = make(n);
    add_tone(frames, n, 1000, -23);
    for (int care = WSP_METER_QUICK; care <= WSP_METER_EXACT; care++) {
        struct wsp_loudness mono = measured(frames, n, (enum wsp_meter_care)care, 1);
        struct wsp_loudness both = measured(frames, n, (enum wsp_meter_care)care, 2);
        assert_near(mono.integrated_lufs, -26.01, 0.1);
        assert_near(both.integrated_lufs, -23, 0.1);
        assert_near(both.momentary_lufs, -23, 0.1);
        assert_near(both.short_term_lufs, -23, 0.1);
        assert_near(both.range_lu, 0, 0.1);
        assert_near(20 * log10(both.sample_peak), -23, 0.01);
    }
    free(frames);
}

static void test_short_and_silent(void **state)
{
    (void)state;
    size_t n = RATE / 5;
    float *frames = make(n);
    assert_true(isinf(measured(frames, n, WSP_METER_QUICK, 1).integrated_lufs));
    add_tone(frames, n, 1000, -20);
    assert_near(measured(frames, n, WSP_METER_QUICK, 1).integrated_lufs, -23.7, 0.2);
    free(frames);
}

/* A tone at a quarter of the rate, sampled beside its tops: 3 dB between the samples. */
static void test_true_peak(void **state)
{
    (void)state;
    float frames[4800];
    for (size_t i = 0; i < WSP_LEN(frames); i++)
        frames[i] = (float)(0.5 * sin(M_PI / 2 * (double)i + M_PI / 4));
    struct wsp_true_peak peak;
    wsp_true_peak_init(&peak);
    wsp_true_peak_add(&peak, frames, WSP_LEN(frames));
    assert_near(20 * log10(peak.peak), 20 * log10(0.5), 0.2);
}

static void test_limiter(void **state)
{
    (void)state;
    size_t n = 4 * RATE;
    float *in = make(n), *out = make(n);
    for (double peak = 0.3; peak < 300; peak *= 4) {
        memset(in, 0, n * sizeof *in);
        add_speech(in, n, peak);
        struct wsp_limiter *limiter;
        struct wsp_true_peak after;
        assert_int_equal(wsp_limiter_new(&limiter, RATE, 0.5), WSP_OK);
        for (size_t at = 0; at < n; at += 1000)
            wsp_limiter_flow(limiter, in + at, out + at, n - at < 1000 ? n - at : 1000);
        wsp_true_peak_init(&after);
        wsp_true_peak_add(&after, out, n);
        assert_true(after.peak <= 0.5 * 1.002);
        assert_true(wsp_limiter_deepest_db(limiter) >= 0);
        /* pieces do not matter, and what is quiet passes bit by bit, only later */
        float *whole = make(n);
        wsp_limiter_reset(limiter);
        wsp_limiter_flow(limiter, in, whole, n);
        assert_memory_equal(whole, out, n * sizeof *out);
        free(whole);
        if (peak == 0.3) {
            size_t late = wsp_limiter_delay(limiter);
            double highest = 0;
            for (size_t i = 0; i < n; i++)
                highest = fmax(highest, fabs((double)in[i]));
            if (highest < 0.3)
                assert_memory_equal(out + late, in, (n - late) * sizeof *in);
        }
        wsp_limiter_free(limiter);
    }
    free(in);
    free(out);
}

static void test_filters(void **state)
{
    (void)state;
    static const struct wsp_band bands[] = {{200, -6}, {1000, 0}, {3000, 6}, {8000, -3}};
    struct wsp_equaliser equaliser;
    wsp_equaliser_design(&equaliser, bands, WSP_LEN(bands), 22050);
    for (size_t i = 1; i < WSP_LEN(bands); i++)
        assert_near(wsp_equaliser_response_db(&equaliser, bands[i].hz, 22050), bands[i].db, 0.8);

    /* linear phase: an impulse comes out around its own place */
    float in[1000] = {0}, out[1000];
    in[500] = 1;
    wsp_equaliser_run(&equaliser, in, out, WSP_LEN(in));
    for (size_t i = 1; i < 120; i++)
        assert_near(out[500 + i], out[500 - i], 1e-6);

    struct wsp_biquad high_pass = wsp_biquad_high_pass(60, 22050);
    float level[22050];
    for (size_t i = 0; i < WSP_LEN(level); i++)
        level[i] = 0.5F;
    wsp_biquad_run(&high_pass, level, WSP_LEN(level));
    assert_near(level[WSP_LEN(level) - 1], 0, 1e-4);
}

/* What is 12 dB below the loud comes up, the loud stays, silence stays silence. */
static void test_compressor(void **state)
{
    (void)state;
    enum { N = 22050 };
    static float frames[N];
    const struct wsp_compression params = {4, 0.5, 10, 16};
    for (size_t i = 0; i < N; i++) {
        double level = i < N / 3 ? 0.5 : i < 2 * N / 3 ? 0.125 : 0;
        frames[i] = (float)(level * sin(2 * M_PI * 300 * (double)i / N));
    }
    struct wsp_compressor compressor;
    wsp_compressor_init(&compressor);
    assert_int_equal(wsp_compressor_run(&compressor, &params, frames, N, N), WSP_OK);
    wsp_compressor_release(&compressor);
    double loud = 0, soft = 0, silent = 0;
    for (size_t i = 1000; i < 6000; i++) {
        loud = fmax(loud, fabs((double)frames[i]));
        soft = fmax(soft, fabs((double)frames[N / 3 + i]));
        silent = fmax(silent, fabs((double)frames[2 * N / 3 + i]));
    }
    assert_near(20 * log10(loud / 0.5), 0, 1);
    assert_near(20 * log10(soft / 0.125), 9, 1.5);
    assert_true(silent == 0);
}

struct kept {
    float *frames;
    size_t n;
};

static enum wsp_status keep(void *context, const float *frames, size_t n, struct wsp_error *err)
{
    (void)err;
    struct kept *kept = context;
    memcpy(kept->frames + kept->n, frames, n * sizeof *frames);
    kept->n += n;
    return WSP_OK;
}

static void test_master(void **state)
{
    (void)state;
    size_t n = 12 * RATE;
    float *in = make(n), *out = make(n + RATE);
    add_speech(in, n, 0.3);
    static const double wanted[] = {-23, -16, -14};
    for (size_t i = 0; i < WSP_LEN(wanted); i++) {
        const struct wsp_master_settings settings = {.rate_hz = RATE,
                                                     .channels = 1,
                                                     .loudness_lufs = wanted[i],
                                                     .true_peak_dbtp = -1,
                                                     .folder = "/tmp"};
        struct wsp_master *master;
        struct wsp_master_report report;
        struct kept kept = {.frames = out};
        assert_int_equal(wsp_master_open(&master, &settings, NULL), WSP_OK);
        for (size_t at = 0; at < n; at += 5000)
            assert_int_equal(wsp_master_add(master, in + at, n - at < 5000 ? n - at : 5000, NULL),
                             WSP_OK);
        const struct wsp_receiver receiver = {.context = &kept, .receive = keep};
        assert_int_equal(wsp_master_give(master, &receiver, &report, NULL), WSP_OK);
        wsp_master_close(master);
        assert_int_equal(kept.n, n); /* the limiter's delay is taken off */
        struct wsp_loudness loudness = measured(out, n, WSP_METER_EXACT, 1);
        struct wsp_true_peak peak;
        wsp_true_peak_init(&peak);
        wsp_true_peak_add(&peak, out, n);
        assert_near(loudness.integrated_lufs, wanted[i], 0.05);
        assert_near(report.loudness.integrated_lufs, wanted[i], 0.05);
        assert_true(20 * log10(peak.peak) <= -1);
    }
    free(in);
    free(out);
}

static void test_what_cannot_be_had(void **state)
{
    (void)state;
    size_t n = 3 * RATE;
    float *in = make(n), *out = make(n + RATE);
    add_speech(in, n, 0.3);
    const struct wsp_master_settings settings = {.rate_hz = RATE,
                                                 .channels = 1,
                                                 .loudness_lufs = -5,
                                                 .true_peak_dbtp = -20,
                                                 .folder = "/tmp"};
    struct wsp_master *master;
    struct wsp_master_report report;
    struct wsp_error err;
    struct kept kept = {.frames = out};
    const struct wsp_receiver receiver = {.context = &kept, .receive = keep};
    assert_int_equal(wsp_master_open(&master, &settings, NULL), WSP_OK);
    assert_int_equal(wsp_master_add(master, in, n, NULL), WSP_OK);
    assert_int_equal(wsp_master_give(master, &receiver, &report, &err), WSP_DATA);
    assert_int_equal(kept.n, 0);
    wsp_master_close(master);

    struct wsp_master_settings nowhere = settings;
    nowhere.folder = "/there/is/no/such/folder";
    assert_int_equal(wsp_master_open(&master, &nowhere, &err), WSP_CANTCREAT);
    free(in);
    free(out);
}

/* While it sounds: within 1 LU from the second utterance on. */
static void test_leveller(void **state)
{
    (void)state;
    size_t n = 4 * RATE;
    float *in = make(n), *out = make(4 * n);
    add_speech(in, n, 0.05);
    struct kept kept = {.frames = out};
    const struct wsp_leveller_settings settings = {.rate_hz = RATE,
                                                   .loudness_lufs = -16,
                                                   .true_peak_dbtp = -1,
                                                   .receiver = {.context = &kept, .receive = keep}};
    struct wsp_leveller *leveller;
    assert_int_equal(wsp_leveller_open(&leveller, &settings), WSP_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(wsp_leveller_add(leveller, in, n, NULL), WSP_OK);
    assert_int_equal(wsp_leveller_drain(leveller, NULL), WSP_OK);
    wsp_leveller_close(leveller);
    assert_true(kept.n > 3 * n);
    assert_near(measured(out, kept.n, WSP_METER_EXACT, 1).integrated_lufs, -16, 1);
    free(in);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meter),     cmocka_unit_test(test_short_and_silent),
        cmocka_unit_test(test_true_peak), cmocka_unit_test(test_limiter),
        cmocka_unit_test(test_filters),   cmocka_unit_test(test_compressor),
        cmocka_unit_test(test_master),    cmocka_unit_test(test_what_cannot_be_had),
        cmocka_unit_test(test_leveller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
