/* What shapes an utterance: filters, compressor, crests. On signals whose answer is known. */
#include "testing.h"

#include "audio/compressor.h"
#include "audio/crest.h"
#include "audio/filter.h"
#include "audio/truepeak.h"
#include "base/buf.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { ENGINE = 22050 };

static void test_equaliser(void **state)
{
    (void)state;
    static const struct wsp_curve bands = {{{200, -6}, {1000, 0}, {3000, 6}, {8000, -3}}, 4};
    static const struct wsp_curve more = {{{1000, 0}, {3000, -12}}, 2};
    const struct wsp_curve *const curves[] = {&bands, &more};
    struct wsp_equaliser one, both;
    wsp_equaliser_design(&one, curves, 1, ENGINE);
    wsp_equaliser_design(&both, curves, 2, ENGINE);
    for (size_t i = 1; i < bands.n; i++) {
        double hz = bands.points[i].hz, db = bands.points[i].db;
        assert_near(wsp_equaliser_response_db(&one, hz, ENGINE), db, 0.8);
        db += wsp_curve_db(&more, hz);
        assert_near(wsp_equaliser_response_db(&both, hz, ENGINE), db, 0.8);
    }
}

/* An impulse comes out around its own place, wherever it stands. */
static void test_linear_phase(void **state)
{
    (void)state;
    enum { N = 3001 };
    static float in[N], out[N];
    static const struct wsp_curve bands = {{{200, -6}, {1000, 0}, {3000, 6}, {8000, -3}}, 4};
    const struct wsp_curve *const curves[] = {&bands};
    struct wsp_equaliser equaliser;
    wsp_equaliser_design(&equaliser, curves, 1, ENGINE);
    for (size_t place = 0; place < N; place += 100) {
        memset(in, 0, sizeof in);
        in[place] = 1;
        wsp_equaliser_run(&equaliser, in, out, N);
        for (size_t t = 0; t < WSP_EQUALISER_TAPS; t++) {
            size_t at = place + t - WSP_EQUALISER_TAPS / 2; /* wraps before the beginning */
            if (at < N)
                assert_near((double)out[at], (double)equaliser.taps[t], 1e-7);
        }
    }
}

/* What stands is taken away; forwards and backwards, what moves is where it was. */
static void test_high_pass(void **state)
{
    (void)state;
    enum { N = ENGINE, MIDDLE = N / 2 };
    struct wsp_biquad high_pass = wsp_biquad_high_pass(60, ENGINE);
    static float frames[N];
    for (size_t i = 0; i < N; i++)
        frames[i] = 0.5F;
    wsp_biquad_run(&high_pass, frames, N);
    assert_near((double)frames[N - 1], 0, 1e-4);

    memset(frames, 0, sizeof frames);
    frames[MIDDLE] = 1;
    wsp_biquad_run(&high_pass, frames, N);
    assert_true(fabsf(frames[MIDDLE + 100] - frames[MIDDLE - 100]) > 1e-3F);
    wsp_biquad_run_backwards(&high_pass, frames, N);
    for (size_t i = 1; i < 2000; i++)
        assert_near((double)frames[MIDDLE + i], (double)frames[MIDDLE - i], 1e-6);
}

/* ITU-R BS.1770-4, tables 1 and 2. */
static void test_k_weighting(void **state)
{
    (void)state;
    struct wsp_biquad shelf = wsp_biquad_k_shelf(48000), pass = wsp_biquad_k_pass(48000);
    assert_near(shelf.b0, 1.53512485958697, 1e-9);
    assert_near(shelf.b1, -2.69169618940638, 1e-9);
    assert_near(shelf.b2, 1.19839281085285, 1e-9);
    assert_near(shelf.a1, -1.69065929318241, 1e-9);
    assert_near(shelf.a2, 0.73248077421585, 1e-9);
    assert_near(pass.b0, 1, 1e-9);
    assert_near(pass.a1, -1.99004745483398, 1e-9);
    assert_near(pass.a2, 0.99007225036621, 1e-9);
}

/* What is 12 dB above the loud comes down by its own ratio, and what is below stays. */
static void test_compressor_of_the_loudest(void **state)
{
    (void)state;
    enum { N = ENGINE, LOUDEST = N / 20 };
    static float frames[N];
    const struct wsp_compression params = {0, 0, 1.01, 2, 0.5, 10, 16};
    for (size_t i = 0; i < N; i++)
        frames[i] = (float)((i < LOUDEST ? 0.8 : 0.2) * sin(2 * M_PI * 300 * (double)i / N));
    struct wsp_compressor compressor;
    wsp_compressor_init(&compressor);
    assert_int_equal(wsp_compressor_run(&compressor, &params, frames, N, N), WSP_OK);
    wsp_compressor_release(&compressor);
    double loudest = 0, loud = 0;
    for (size_t i = 200; i < LOUDEST - 200; i++) {
        loudest = fmax(loudest, fabs((double)frames[i]));
        loud = fmax(loud, fabs((double)frames[N / 2 + i]));
    }
    assert_near(20 * log10(loudest / 0.8), -6, 1);
    assert_near(20 * log10(loud / 0.2), 0, 0.5);
}

/* What is 12 dB below the loud comes up, the loud stays, silence stays silence. */
static void test_compressor(void **state)
{
    (void)state;
    enum { N = ENGINE };
    static float frames[N];
    const struct wsp_compression params = {0, 0, 4, 1, 0.5, 10, 16};
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

/* By what a tone of RMS `level_db` is louder after it. */
static double boost_of(const struct wsp_compression *params, double level_db)
{
    enum { N = ENGINE };
    static float frames[N];
    double peak = pow(10, level_db / 20) * M_SQRT2, highest = 0;
    for (size_t i = 0; i < N; i++)
        frames[i] = (float)(peak * sin(2 * M_PI * 300 * (double)i / N));
    struct wsp_compressor compressor;
    wsp_compressor_init(&compressor);
    assert_int_equal(wsp_compressor_run(&compressor, params, frames, N, N), WSP_OK);
    wsp_compressor_release(&compressor);
    for (size_t i = N / 2; i < 3 * N / 4; i++)
        highest = fmax(highest, fabs((double)frames[i]));
    return 20 * log10(highest / peak);
}

/* From a level that is told, and from so far below it; the utterance's own is its only one. */
static void test_compressor_from_a_level(void **state)
{
    (void)state;
    struct wsp_compression params = {-20, 6.5, 2, 4, 0.5, 10, 16};
    assert_near(boost_of(&params, -20), 0, 0.3);
    assert_near(boost_of(&params, -26), 0, 0.3);
    assert_near(boost_of(&params, -36.5), 5, 0.3);
    assert_near(boost_of(&params, -12), -6, 0.3);
    params.loud_db = 0;
    assert_near(boost_of(&params, -36.5), 0, 0.3);
}

/* A vowel as the engine makes it: a peak at the beginning of each period, and what rings behind. */
static void add_vowel(float *frames, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double t = (double)(i % (ENGINE / 80)) / ENGINE;
        frames[i] += (float)(0.8 * exp(-600 * t) * cos(2 * M_PI * 900 * t));
    }
}

static double rms_of(const float *frames, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)frames[i] * (double)frames[i];
    return sqrt(sum / (double)n);
}

/* No peak is left, and of the vowel nothing but peaks is gone: between them it is as it was. */
static void test_crests(void **state)
{
    (void)state;
    enum { N = ENGINE / 2 + 37, PERIOD = ENGINE / 80 };
    static float in[N], out[N];
    add_vowel(in, N);
    wsp_crest_run(in, out, N, 0.4F, ENGINE);
    size_t changed = 0;
    for (size_t i = 0; i < N; i++) {
        assert_true(fabsf(out[i]) <= 0.4F * (1 + 1e-6F));
        assert_true(fabsf(out[i]) <= fabsf(in[i]) * (1 + 1e-6F));
        assert_true(out[i] * in[i] >= 0);
        changed += fabsf(out[i] - in[i]) > 1e-6F;
        if (i % PERIOD > ENGINE / 500 && i % PERIOD < PERIOD - ENGINE / 1500)
            assert_true(out[i] == in[i]);
    }
    assert_in_range(changed, N / PERIOD, N / 5);
    assert_true(wsp_true_peak(in, N) > 0.8F && wsp_true_peak(out, N) <= 0.4F * 1.01F);
    assert_true(rms_of(out, N) > 0.7 * rms_of(in, N));

    /* where nothing is beyond, nothing is touched */
    wsp_crest_run(in, out, N, 1, ENGINE);
    assert_memory_equal(out, in, sizeof in);
}

/* The same wherever a peak stands, at the edge of a block too: a gain like a bell around it. */
static void test_crest_anywhere(void **state)
{
    (void)state;
    enum { N = 700, FIRST = 200, AROUND = 20, WIDTH = 2 * AROUND + 1 };
    float bell[WIDTH];
    for (size_t place = FIRST; place < FIRST + 300; place++) {
        float in[N], out[N];
        for (size_t i = 0; i < N; i++)
            in[i] = i == place ? 1 : 0.25F;
        wsp_crest_run(in, out, N, 0.5F, ENGINE);
        assert_true(fabsf(out[place] - 0.5F) < 1e-6F);
        for (size_t i = 0; i < WIDTH; i++) {
            float here = out[place + i - AROUND];
            bell[i] = place == FIRST ? here : bell[i];
            assert_true(here == bell[i]);
        }
    }
    assert_true(bell[0] == 0.25F && bell[WIDTH - 1] == 0.25F);
    for (size_t i = 1; i < AROUND; i++) {
        assert_true(bell[i] <= bell[i - 1]);
        assert_true(bell[WIDTH - 1 - i] <= bell[WIDTH - i]);
    }
    assert_true(bell[AROUND - 1] < 0.14F && bell[AROUND + 1] < 0.14F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equaliser),
        cmocka_unit_test(test_linear_phase),
        cmocka_unit_test(test_high_pass),
        cmocka_unit_test(test_k_weighting),
        cmocka_unit_test(test_compressor),
        cmocka_unit_test(test_compressor_of_the_loudest),
        cmocka_unit_test(test_compressor_from_a_level),
        cmocka_unit_test(test_crests),
        cmocka_unit_test(test_crest_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
