/* Files that are encoded side by side: the same for every number of threads, as long as what went
 * in, and without a seam where one encoder takes over from another. libsndfile decodes. */
#include "testing.h"

#include "base/buf.h"
#include "output/kinds.h"

#include <dirent.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RATE = 48000, TAKES_OVER = 6 * RATE }; /* where no silence comes */

static const double pi = 3.14159265358979323846;

static char folder[64]; /* where a test works: the current folder */

static int enter_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/wsp-encoded-XXXXXX");
    return !mkdtemp(folder) || chdir(folder);
}

static int leave_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return chdir("/") || system(command);
}

static size_t count_files(void)
{
    size_t n = 0;
    DIR *dir = opendir(".");
    assert_non_null(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2; /* . and .. */
}

/* ---- sound ---- */

/* Something like a voice, that goes on and on. */
static float *make_hum(size_t n)
{
    float *frames = malloc((n + 1) * sizeof *frames);
    assert_non_null(frames);
    for (size_t i = 0; i < n; i++) {
        double t = (double)i / RATE, sum = 0, turn = 150 * t + 12 * sin(2 * pi * 0.4 * t);
        for (int k = 1; k < 12; k++)
            sum += sin(2 * pi * k * turn) / k;
        frames[i] = (float)(0.15 * sum * (1 + 0.5 * sin(2 * pi * 3 * t)));
    }
    return frames;
}

/* Sentences of `on` frames with `off` frames of silence behind them. */
static float *make_sentences(size_t n, size_t on, size_t off)
{
    float *frames = make_hum(n);
    for (size_t i = 0; i < n; i++)
        if (i % (on + off) >= on)
            frames[i] = 0;
    return frames;
}

static struct wsp_audio_format format_of(uint32_t rate_hz, uint32_t channels, uint32_t threads)
{
    return (struct wsp_audio_format){
        .rate_hz = rate_hz, .channels = channels, .bits = 24, .threads = threads};
}

/* `n` frames, given in pieces of `piece`. */
static void write_file(const char *path, struct wsp_audio_format format, const float *frames,
                       size_t n, size_t piece)
{
    struct wsp_sink *sink;
    const struct wsp_metadata metadata = {.title = "Thông báo", .program = "p", .version = "1"};
    assert_int_equal(wsp_sink_open(&sink, path, format, NULL), WSP_OK);
    assert_int_equal(wsp_sink_describe(sink, &metadata, NULL), WSP_OK);
    for (size_t at = 0; at < n; at += piece)
        assert_int_equal(wsp_sink_write(sink, frames + at * format.channels,
                                        n - at < piece ? n - at : piece, NULL),
                         WSP_OK);
    assert_int_equal(wsp_sink_commit(sink, NULL), WSP_OK);
    wsp_sink_close(sink);
}

/* All of it, decoded, which the caller frees; it is to be `n` frames long. */
static float *read_file(const char *path, struct wsp_audio_format format, size_t n)
{
    SF_INFO info = {.format = 0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    assert_non_null(file);
    assert_int_equal(info.channels, format.channels);
    float *frames = calloc((n + 1) * format.channels, sizeof *frames);
    assert_non_null(frames);
    assert_int_equal(info.frames, n);
    assert_int_equal(sf_readf_float(file, frames, (sf_count_t)n + 1), n);
    assert_string_equal(sf_get_string(file, SF_STR_TITLE), "Thông báo");
    sf_close(file);
    return frames;
}

static void assert_same_files(const char *a, const char *b)
{
    char command[128];
    snprintf(command, sizeof command, "cmp %s %s", a, b);
    assert_int_equal(system(command), 0);
}

/* The largest error of 10 ms, of those that begin from `from` up to `to`: root of the mean square.
 */
static double worst_error(const float *got, const float *want, size_t from, size_t to)
{
    enum { WINDOW = RATE / 100 };
    double worst = 0;
    for (size_t at = from; at < to; at += WINDOW / 2) {
        double sum = 0;
        for (size_t i = at; i < at + WINDOW; i++)
            sum += pow((double)got[i] - (double)want[i], 2);
        worst = fmax(worst, sqrt(sum / WINDOW));
    }
    return worst;
}

/* ---- any kind of file ---- */

static const char *const kinds[] = {"flac", "opus"};

static void test_threads_and_pieces_do_not_matter(void **state)
{
    (void)state;
    enum { N = 23 * RATE + 77 };
    float *frames = make_sentences(N, 11 * RATE / 3, RATE / 5);
    static const struct {
        uint32_t threads;
        size_t piece;
    } cases[] = {{2, 4096}, {3, N}, {7, 777}, {100, 30001}};
    for (size_t k = 0; k < WSP_LEN(kinds); k++) {
        char one[16], many[16];
        snprintf(one, sizeof one, "one.%s", kinds[k]);
        snprintf(many, sizeof many, "many.%s", kinds[k]);
        write_file(one, format_of(RATE, 1, 0), frames, N, 4800);
        for (size_t i = 0; i < WSP_LEN(cases); i++) {
            print_message("  %s, %u threads, pieces of %zu\n", kinds[k], cases[i].threads,
                          cases[i].piece);
            write_file(many, format_of(RATE, 1, cases[i].threads), frames, N, cases[i].piece);
            assert_same_files(one, many);
        }
    }
    free(frames);
}

static void test_lengths(void **state)
{
    (void)state;
    static const size_t lengths[] = {0,   1,    119,  120,    840,    841,          959,    960,
                                     961, 4096, 4800, 192000, 262144, 480000 - 120, 480000, 480001};
    float *frames = make_sentences(2 * lengths[WSP_LEN(lengths) - 1], 4 * RATE, RATE / 10);
    for (size_t k = 0; k < WSP_LEN(kinds); k++)
        for (size_t i = 0; i < WSP_LEN(lengths); i++)
            for (uint32_t channels = 1; channels <= 2; channels++) {
                char path[16];
                snprintf(path, sizeof path, "a.%s", kinds[k]);
                print_message("  %s, %zu frames, %u channels\n", kinds[k], lengths[i], channels);
                struct wsp_audio_format format = format_of(RATE, channels, 2);
                write_file(path, format, frames, lengths[i], 5000);
                if (lengths[i] > 0 ||
                    k != 0) /* of FLAC without a frame libsndfile knows no length */
                    free(read_file(path, format, lengths[i]));
            }
    free(frames);
}

static void test_a_full_disk(void **state)
{
    (void)state;
    enum { N = 50 * RATE };
    float *frames = make_hum(N);
    for (size_t k = 0; k < WSP_LEN(kinds); k++) {
        char path[16];
        struct wsp_sink *sink;
        struct wsp_error err = {.status = WSP_OK};
        snprintf(path, sizeof path, "full.%s", kinds[k]);
        assert_int_equal(symlink("/dev/full", path), 0);
        assert_int_equal(wsp_sink_open(&sink, path, format_of(RATE, 1, 3), NULL), WSP_OK);
        enum wsp_status st = wsp_sink_write(sink, frames, N, &err);
        print_message("  %s\n", err.text);
        assert_int_equal(st, WSP_IO);
        assert_non_null(strstr(err.text, "the disk is full"));
        wsp_sink_close(sink);
    }
    free(frames);
}

static void test_given_up(void **state)
{
    (void)state;
    enum { N = 15 * RATE };
    float *frames = make_hum(N);
    for (size_t k = 0; k < WSP_LEN(kinds); k++) {
        char path[16];
        struct wsp_sink *sink;
        snprintf(path, sizeof path, "new.%s", kinds[k]);
        assert_int_equal(wsp_sink_open(&sink, path, format_of(RATE, 1, 3), NULL), WSP_OK);
        assert_int_equal(wsp_sink_write(sink, frames, N, NULL), WSP_OK);
        wsp_sink_close(sink); /* with the threads at work */
        assert_int_equal(count_files(), 0);
    }
    free(frames);
}

/* ---- FLAC ---- */

/* To the bit, and flac itself finds all numbers and sums in order. */
static void test_flac_is_exact(void **state)
{
    (void)state;
    enum {
        N = 9 * RATE * 60 + 5
    }; /* beyond 2048 frames of FLAC's, whose numbers have three bytes */
    float *frames = make_sentences(N, 3 * RATE, RATE / 5);
    for (uint32_t rate = 12345; rate <= RATE;
         rate += RATE - 12345) { /* one has no code of its own */
        struct wsp_audio_format format = format_of(rate, 1, 3);
        write_file("a.flac", format, frames, N, 4096);
        assert_int_equal(system("flac -wts a.flac"), 0);
        float *decoded = read_file("a.flac", format, N);
        for (size_t i = 0; i < N; i++) {
            float want = rintf(frames[i] * 8388608.0F) / 8388608.0F;
            if (decoded[i] != want)
                fail_msg("sample %zu: %g, not %g", i, (double)decoded[i], (double)want);
        }
        free(decoded);
    }
    struct wsp_audio_format short_bits = format_of(RATE, 2, 3);
    short_bits.bits = 16;
    write_file("b.flac", short_bits, frames, N / 2, 4096);
    assert_int_equal(system("flac -wts b.flac"), 0);
    free(frames);
}

/* ---- Opus ---- */

static void test_opus_takes_over_within_sound(void **state)
{
    (void)state;
    enum { N = 32 * RATE, NEAR = RATE / 20 };
    struct wsp_audio_format format = format_of(RATE, 1, 2);
    float *frames = make_hum(N);
    write_file("a.opus", format, frames, N, 4096);
    float *decoded = read_file("a.opus", format, N);
    double usual = worst_error(decoded, frames, RATE, TAKES_OVER - NEAR);
    print_message("  usual error %g\n", usual);
    assert_true(usual < 0.01); /* it is no other sound, and in its place */
    for (size_t at = TAKES_OVER; at < N; at += TAKES_OVER) {
        double error = worst_error(decoded, frames, at - NEAR, at + NEAR);
        print_message("  at %zu: %g\n", at, error);
        assert_true(error < 1.2 * usual);
    }
    free(decoded);
    free(frames);
}

/* The first silence that is long enough, 2 s or more after the last. */
static void test_opus_takes_over_in_silence(void **state)
{
    (void)state;
    enum { ON = 5 * RATE, OFF = RATE / 4, N = 6 * (ON + OFF) };
    struct wsp_audio_format format = format_of(RATE, 1, 2);
    float *frames = make_sentences(N, ON, OFF);
    write_file("a.opus", format, frames, N, 4096);
    float *decoded = read_file("a.opus", format, N);
    double usual = worst_error(decoded, frames, RATE, ON);
    for (size_t at = ON; at < N - OFF; at += ON + OFF) {
        double silence = worst_error(decoded, frames, at + RATE / 10, at + OFF - RATE / 100);
        double begin = worst_error(decoded, frames, at + OFF, at + OFF + RATE / 10);
        print_message("  at %zu: %g, then %g\n", at, silence, begin);
        assert_true(silence < 1e-3);
        assert_true(begin < 1.5 * usual);
    }
    free(decoded);
    free(frames);
}

static void test_opus_at_other_rates(void **state)
{
    (void)state;
    static const uint32_t rates[] = {8000, 12000, 16000, 24000};
    enum { N = 100003 };
    float *frames = make_hum(N);
    for (size_t i = 0; i < WSP_LEN(rates); i++) {
        struct wsp_audio_format format = format_of(rates[i], 1, 2);
        SF_INFO info = {.format = 0};
        print_message("  %u Hz\n", rates[i]);
        write_file("a.opus", format, frames, N, 4096);
        SNDFILE *file = sf_open("a.opus", SFM_READ, &info);
        assert_non_null(file);
        double seconds = (double)info.frames / info.samplerate;
        assert_true(fabs(seconds - (double)N / rates[i]) < 1.5 / rates[i]);
        sf_close(file);
    }
    struct wsp_sink *sink;
    assert_int_equal(wsp_sink_open(&sink, "b.opus", format_of(44100, 1, 2), NULL), WSP_USAGE);
    assert_null(sink);
    assert_int_equal(count_files(), 1);
    free(frames);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_threads_and_pieces_do_not_matter),
        IN_FOLDER(test_lengths),
        IN_FOLDER(test_a_full_disk),
        IN_FOLDER(test_given_up),
        IN_FOLDER(test_flac_is_exact),
        IN_FOLDER(test_opus_takes_over_within_sound),
        IN_FOLDER(test_opus_takes_over_in_silence),
        IN_FOLDER(test_opus_at_other_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
