/* Files and pipes: samples to the bit, files whole or not at all, and what is said when they
 * cannot be written. */
#include "testing.h"

#include "base/buf.h"
#include "output/kinds.h"
#include "output/pcm.h"

#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct wsp_audio_format format = {.rate_hz = 48000, .channels = 1, .bits = 24};

static char folder[64]; /* where a test works: the current folder */

/* ---- helpers ---------------------------------------------------------------------------- */

static int enter_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/wsp-output-XXXXXX");
    if (!mkdtemp(folder) || chdir(folder))
        return -1;
    return 0;
}

static int leave_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return chdir("/") || system(command);
}

static size_t count_files(const char *path)
{
    size_t n = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2; /* . and .. */
}

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* The whole file, which the caller frees. */
static unsigned char *get_file(const char *path, size_t *len)
{
    struct stat about;
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &about), 0);
    *len = (size_t)about.st_size;
    unsigned char *bytes = malloc(*len + 1);
    assert_non_null(bytes);
    assert_int_equal(read(fd, bytes, *len), *len);
    bytes[*len] = '\0';
    close(fd);
    return bytes;
}

static void assert_file_is(const char *path, const char *text)
{
    size_t len;
    unsigned char *bytes = get_file(path, &len);
    assert_string_equal((char *)bytes, text);
    free(bytes);
}

static float sample_at(size_t i)
{
    return (float)((int)(i * 7919 % 200001) - 100000) / 100000.0F;
}

static float *make_samples(size_t n)
{
    float *samples = malloc(n * sizeof *samples);
    assert_non_null(samples);
    for (size_t i = 0; i < n; i++)
        samples[i] = sample_at(i);
    return samples;
}

static uint64_t little(const unsigned char *at, size_t n)
{
    uint64_t value = 0;
    for (size_t i = n; i > 0; i--)
        value = value << 8 | at[i - 1];
    return value;
}

/* Write `n` samples to `sink` in pieces of `piece`, and end it. */
static enum wsp_status pour(struct wsp_sink *sink, size_t n, size_t piece, bool commit,
                            struct wsp_error *err)
{
    float *samples = make_samples(n);
    enum wsp_status st = WSP_OK;
    for (size_t at = 0; at < n && !st; at += piece)
        st = wsp_sink_write(sink, samples + at, n - at < piece ? n - at : piece, err);
    if (!st && commit)
        st = wsp_sink_commit(sink, err);
    wsp_sink_close(sink);
    free(samples);
    return st;
}

static enum wsp_status make(const char *path, size_t n, size_t piece, struct wsp_error *err)
{
    struct wsp_sink *sink;
    enum wsp_status st = wsp_sink_open(&sink, path, format, err);
    return st ? st : pour(sink, n, piece, true, err);
}

/* Does libsndfile read `n` samples of ours from `path`, as `major` says? */
static void assert_reads(const char *path, size_t n, int major)
{
    SF_INFO info = {.format = 0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    assert_non_null(file);
    assert_int_equal(info.frames, n);
    assert_int_equal(info.format, major | SF_FORMAT_PCM_24);
    assert_int_equal(info.samplerate, 48000);
    assert_int_equal(info.channels, 1);
    for (size_t i = 0; i < n; i++) {
        int value;
        assert_int_equal(sf_read_int(file, &value, 1), 1);
        long want = lrintf(sample_at(i) * 8388608.0F);
        assert_int_equal(value >> 8, want > 8388607 ? 8388607 : want);
    }
    sf_close(file);
}

/* ---- samples ---------------------------------------------------------------------------- */

static int32_t packed(const float *samples, size_t n, size_t i)
{
    unsigned char *out = malloc(n * WSP_PCM24_BYTES); /* exact: the sanitizer sees one byte more */
    assert_non_null(out);
    wsp_pcm_pack24(out, samples, n);
    int32_t value = (int32_t)(little(out + i * WSP_PCM24_BYTES, 3) << 8) >> 8;
    free(out);
    return value;
}

static void test_pcm24(void **state)
{
    (void)state;
    static const struct {
        float sample;
        int32_t want;
    } cases[] = {
        {0.0F, 0},
        {-0.0F, 0},
        {1.0F, 8388607},
        {-1.0F, -8388608},
        {1.5F, 8388607},
        {-7.0F, -8388608},
        {INFINITY, 8388607},
        {-INFINITY, -8388608},
        {NAN, 0},
        {-NAN, 0},
        {0.5F, 4194304},
        {1.0F / 8388608, 1},
        {-1.0F / 8388608, -1},
        {0.49F / 8388608, 0},
        {0.5F / 8388608, 0}, /* ties to even */
        {1.5F / 8388608, 2},
        {-2.5F / 8388608, -2},
        {0.49999997F / 8388608, 0},
        {4194303.5F / 8388608, 4194304},
        {8388607.5F / 8388608, 8388607},
        {1e-40F, 0},
    };
    enum { N = 517 }; /* two runs of the loop and a rest */
    float samples[N];
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        print_message("  %g\n", (double)cases[i].sample);
        for (size_t k = 0; k < N; k++)
            samples[k] = k % 2 ? cases[i].sample : -0.25F;
        assert_int_equal(packed(samples, N, 1), cases[i].want);
        assert_int_equal(packed(samples, N, 515), cases[i].want);
        assert_int_equal(packed(samples, N, 516), -2097152);
        assert_int_equal(packed(samples + 1, 1, 0), cases[i].want);
    }
}

static void test_pcm24_rounds_as_lrint(void **state)
{
    (void)state;
    uint32_t noise = 1;
    for (int round = 0; round < 200; round++) {
        float samples[300];
        unsigned char out[300 * WSP_PCM24_BYTES];
        for (size_t i = 0; i < WSP_LEN(samples); i++) {
            noise = noise * 1664525 + 1013904223;
            samples[i] = (float)((double)(int32_t)noise / 2147483648.0 / (1 << round % 24));
        }
        wsp_pcm_pack24(out, samples, WSP_LEN(samples));
        for (size_t i = 0; i < WSP_LEN(samples); i++) {
            long want = lrintf(samples[i] * 8388608.0F);
            int32_t got = (int32_t)(little(out + i * 3, 3) << 8) >> 8;
            assert_int_equal(got, want > 8388607 ? 8388607 : want);
        }
    }
}

/* ---- files ------------------------------------------------------------------------------ */

static void test_wav_is_plain_and_exact(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, 2, 255, 4801, 65536, 65537, 150001};
    for (size_t i = 0; i < WSP_LEN(lengths); i++) {
        size_t n = lengths[i], len, again_len;
        print_message("  %zu samples\n", n);
        assert_int_equal(make("a.wav", n, 1000, NULL), WSP_OK);
        assert_int_equal(make("b.WAV", n, 77777, NULL), WSP_OK);
        unsigned char *bytes = get_file("a.wav", &len), *again = get_file("b.WAV", &again_len);
        assert_int_equal(len, 80 + n * 3 + (n & 1));
        assert_int_equal(again_len, len);
        assert_memory_equal(bytes, again, len); /* whatever the pieces */
        assert_memory_equal(bytes, "RIFF", 4);
        assert_int_equal(little(bytes + 4, 4), len - 8);
        assert_memory_equal(bytes + 12, "fmt ", 4);
        assert_int_equal(little(bytes + 20, 2), 1); /* WAVE_FORMAT_PCM, not EXTENSIBLE */
        assert_memory_equal(bytes + 72, "data", 4);
        assert_int_equal(little(bytes + 76, 4), n * 3);
        free(bytes);
        free(again);
        assert_reads("a.wav", n, SF_FORMAT_WAV);
        assert_int_equal(count_files("."), 2);
    }
}

static void test_wav_grows_into_rf64(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        uint64_t limit;
        int major;
    } cases[] = {
        {1000, 72 + 3000, SF_FORMAT_WAV},  {1000, 72 + 2999, SF_FORMAT_RF64},
        {1001, 72 + 3004, SF_FORMAT_WAV},  {1001, 72 + 3003, SF_FORMAT_RF64},
        {400001, 1 << 20, SF_FORMAT_RF64}, {349000, 1 << 20, SF_FORMAT_WAV},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_sink *sink;
        size_t n = cases[i].n, len;
        print_message("  %zu samples, limit %lu\n", n, (unsigned long)cases[i].limit);
        assert_int_equal(wsp_soundfile_open(&sink, WSP_WAV, "a.wav", format, cases[i].limit, NULL),
                         WSP_OK);
        assert_int_equal(pour(sink, n, 30000, true, NULL), WSP_OK);
        assert_reads("a.wav", n, cases[i].major);
        if (cases[i].major != SF_FORMAT_RF64)
            continue;
        unsigned char *bytes = get_file("a.wav", &len);
        assert_int_equal(len, 80 + n * 3 + (n & 1));
        assert_memory_equal(bytes, "RF64\xFF\xFF\xFF\xFFWAVEds64\x1C\0\0\0", 20);
        assert_int_equal(little(bytes + 20, 8), len - 8);
        assert_int_equal(little(bytes + 28, 8), n * 3);
        assert_int_equal(little(bytes + 36, 8), n);
        assert_memory_equal(bytes + 48, "fmt \x10\0\0\0\x01\0", 10);
        assert_memory_equal(bytes + 72, "data\xFF\xFF\xFF\xFF", 8);
        free(bytes);
    }
}

/* Markers stand behind the samples in either kind, and the sizes count them. */
static void test_rf64_has_markers(void **state)
{
    (void)state;
    static const uint64_t limits[] = {1 << 20, 100};
    static const struct wsp_marker markers[] = {{0, {"Tin", 3}}, {700, {"Hết", 5}}};
    for (size_t i = 0; i < WSP_LEN(limits); i++) {
        struct wsp_sink *sink;
        enum { N = 1001, DATA = 80 + N * 3 + 1, CUE = 8 + 4 + 2 * 24, LIST = 12 + 16 + 18 };
        size_t len, wide = limits[i] == 100 ? 20 : 4;
        assert_int_equal(wsp_soundfile_open(&sink, WSP_WAV, "a.wav", format, limits[i], NULL),
                         WSP_OK);
        assert_int_equal(wsp_sink_mark(sink, markers, WSP_LEN(markers), NULL), WSP_OK);
        assert_int_equal(pour(sink, N, 30000, true, NULL), WSP_OK);
        assert_reads("a.wav", N, wide == 20 ? SF_FORMAT_RF64 : SF_FORMAT_WAV);
        unsigned char *bytes = get_file("a.wav", &len);
        assert_int_equal(len, DATA + CUE + LIST);
        assert_int_equal(little(bytes + wide, wide == 20 ? 8 : 4), len - 8);
        assert_memory_equal(bytes + DATA, "cue ", 4);
        assert_int_equal(little(bytes + DATA + 4, 4), CUE - 8);
        assert_int_equal(little(bytes + DATA + 8, 4), 2);
        assert_int_equal(little(bytes + DATA + 12 + 24 + 20, 4), 700);
        assert_memory_equal(bytes + DATA + CUE, "LIST", 4);
        assert_int_equal(little(bytes + DATA + CUE + 4, 4), LIST - 8);
        assert_memory_equal(bytes + DATA + CUE + 8, "adtllabl", 8);
        free(bytes);
    }
}

static void test_rf64_refuses_other_heads(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "", "RIFF", "FORM....AIFF", "RIFF....WAVEdata....", "RIFF....WAVEJUNK\x1C\0\0\0..........",
    };
    for (size_t i = 0; i < WSP_LEN(heads); i++) {
        unsigned char head[64] = {0};
        print_message("  %s\n", heads[i]);
        memcpy(head, heads[i], strlen(heads[i]));
        assert_int_equal(wsp_riff_make_rf64(head, strlen(heads[i]), 100, 10, 1), -1);
        assert_memory_equal(head, heads[i], strlen(heads[i]));
    }
}

static void test_uncommitted_leaves_no_trace(void **state)
{
    (void)state;
    struct wsp_sink *sink;
    put_file("old.wav", "old");
    static const char *const names[] = {"old.wav", "new.wav"};
    for (size_t i = 0; i < WSP_LEN(names); i++) {
        print_message("  %s\n", names[i]);
        assert_int_equal(wsp_sink_open(&sink, names[i], format, NULL), WSP_OK);
        assert_int_equal(count_files("."), 2); /* the temporary one, beside it */
        assert_file_is("old.wav", "old");
        assert_int_equal(pour(sink, 200000, 5000, false, NULL), WSP_OK);
        assert_int_equal(count_files("."), 1);
        assert_file_is("old.wav", "old");
    }
}

static void test_abandon_removes_what_is_half_made(void **state)
{
    (void)state;
    struct wsp_sink *first, *second;
    put_file("a.wav", "old");
    assert_int_equal(wsp_sink_open(&first, "a.wav", format, NULL), WSP_OK);
    assert_int_equal(wsp_sink_open(&second, "b.wav", format, NULL), WSP_OK);
    assert_int_equal(count_files("."), 3);
    wsp_sink_abandon_all();
    assert_int_equal(count_files("."), 1);
    assert_file_is("a.wav", "old");
    wsp_sink_close(first);
    wsp_sink_close(second);
    wsp_sink_abandon_all();
    assert_file_is("a.wav", "old");
}

static void test_many_at_once(void **state)
{
    (void)state;
    static struct wsp_sink *sinks[600];
    struct wsp_error err;
    char name[16];
    size_t n = 0;
    enum wsp_status st = WSP_OK;
    for (; n < WSP_LEN(sinks) && !st; n++) {
        snprintf(name, sizeof name, "%zu.wav", n);
        st = wsp_sink_open(&sinks[n], name, format, &err);
    }
    assert_int_equal(st, WSP_CANTCREAT); /* no more can be open or tabled: said, not lost */
    assert_true(n > 16);
    while (n > 0)
        wsp_sink_close(sinks[--n]);
    assert_int_equal(count_files("."), 0);
}

static void test_looks_of_the_file_are_kept(void **state)
{
    (void)state;
    struct stat about;
    mode_t old = umask(027);
    assert_int_equal(make("new.wav", 10, 10, NULL), WSP_OK);
    assert_int_equal(stat("new.wav", &about), 0);
    assert_int_equal(about.st_mode & 07777, 0640);
    assert_int_equal(chmod("new.wav", 0604), 0);
    assert_int_equal(make("new.wav", 20, 10, NULL), WSP_OK);
    assert_int_equal(stat("new.wav", &about), 0);
    assert_int_equal(about.st_mode & 07777, 0604);
    umask(old);
}

static void test_links_are_followed(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(mkdir("deep", 0777), 0);
    static const struct {
        const char *link, *to, *file;
    } cases[] = {
        {"one.wav", "deep/real.wav", "deep/real.wav"}, /* to nothing yet */
        {"two.wav", "one.wav", "deep/real.wav"},
        {"deep/up.wav", "../top.wav", "top.wav"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        print_message("  %s -> %s\n", cases[i].link, cases[i].to);
        assert_int_equal(symlink(cases[i].to, cases[i].link), 0);
        assert_int_equal(make(cases[i].link, 100 + i, 10, NULL), WSP_OK);
        assert_int_equal(lstat(cases[i].link, &about), 0);
        assert_true(S_ISLNK(about.st_mode));
        assert_reads(cases[i].file, 100 + i, SF_FORMAT_WAV);
    }
}

static void test_names_at_the_limit(void **state)
{
    (void)state;
    char name[NAME_MAX + 1] = "";
    while (strlen(name) + strlen("ế") + 4 <= NAME_MAX)
        strcat(name, "ế");
    strcat(name, ".wav");
    assert_int_equal(make(name, 10, 10, NULL), WSP_OK);
    assert_reads(name, 10, SF_FORMAT_WAV);
    assert_int_equal(count_files("."), 1);
}

/* ---- what cannot be written ------------------------------------------------------------- */

static void test_refusals(void **state)
{
    (void)state;
    put_file("file", "text");
    put_file("kept.wav", "old");
    assert_int_equal(mkdir("folder.wav", 0777), 0);
    assert_int_equal(symlink("loop.wav", "loop.wav"), 0);
    char long_name[400] = "";
    while (strlen(long_name) < 300)
        strcat(long_name, "dài");
    strcat(long_name, ".wav");
    const struct {
        const char *path;
        enum wsp_status want;
        const char *said;
    } cases[] = {
        {"missing/x.wav", WSP_CANTCREAT, "no such file or folder; create the folder first"},
        {"file/x.wav", WSP_CANTCREAT, "a part of the path is not a folder"},
        {"folder.wav", WSP_CANTCREAT, "it is a folder"},
        {"loop.wav", WSP_CANTCREAT, "too many symbolic links"},
        {"/proc/x.wav", WSP_CANTCREAT, "not permitted; choose another place"},
        {long_name, WSP_CANTCREAT, "the name is too long"},
        {"x.aac", WSP_USAGE, "one of: .wav"},
        {"wav", WSP_USAGE, "one of: .wav"},
        {"a.wav/x", WSP_USAGE, "one of: .wav"},
        {"", WSP_USAGE, "one of: .wav"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_sink *sink = (struct wsp_sink *)folder;
        struct wsp_error err = {.status = WSP_OK};
        assert_int_equal(wsp_sink_open(&sink, cases[i].path, format, &err), cases[i].want);
        print_message("  %s\n", err.text);
        assert_null(sink);
        assert_non_null(strstr(err.text, cases[i].said));
    }
    assert_int_equal(count_files("."), 4);
    assert_file_is("kept.wav", "old");
}

/* For those who are not root, a read-only file is protected and so is a folder. */
static void test_permissions(void **state)
{
    (void)state;
    struct wsp_error err;
    assert_int_equal(mkdir("closed", 0777), 0);
    put_file("closed/kept.wav", "old");
    put_file("readonly.wav", "old");
    assert_int_equal(chmod("readonly.wav", 0444), 0);
    assert_int_equal(chmod("closed", 0555), 0);
    assert_int_equal(chmod(".", 0755), 0);
    bool was_root = geteuid() == 0;
    if (was_root) {
        assert_int_equal(chown(".", 65534, 65534), 0);
        assert_int_equal(chown("readonly.wav", 65534, 65534), 0);
        assert_int_equal(seteuid(65534), 0);
    }
    static const char *const paths[] = {"closed/new.wav", "closed/kept.wav", "readonly.wav"};
    for (size_t i = 0; i < WSP_LEN(paths); i++) {
        assert_int_equal(make(paths[i], 10, 10, &err), WSP_CANTCREAT);
        print_message("  %s\n", err.text);
        assert_non_null(strstr(err.text, "permission denied; choose another place"));
    }
    if (was_root)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod("closed", 0755), 0);
    assert_file_is("closed/kept.wav", "old");
    assert_file_is("readonly.wav", "old");
    assert_int_equal(count_files("closed"), 1);
}

static void assert_full(const char *path, size_t n, const char *said)
{
    struct wsp_error err = {.status = WSP_OK};
    enum wsp_status st = make(path, n, 10000, &err);
    print_message("  %s\n", err.text);
    assert_int_equal(st, WSP_IO);
    assert_non_null(strstr(err.text, said));
}

static void test_disk_full_device(void **state)
{
    (void)state;
    assert_int_equal(symlink("/dev/full", "full.wav"), 0);
    assert_full("full.wav", 100, "cannot write 'full.wav': the disk is full");
    assert_int_equal(count_files("."), 1);
}

static void test_file_size_limit(void **state)
{
    (void)state;
    struct rlimit old, small = {.rlim_cur = 300000, .rlim_max = RLIM_INFINITY};
    signal(SIGXFSZ, SIG_IGN); /* as the program does */
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    put_file("a.wav", "old");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    static const size_t lengths[] = {99990, 100001, 1000000}; /* at the head's, the end's, within */
    for (size_t i = 0; i < WSP_LEN(lengths); i++)
        assert_full("a.wav", lengths[i], "the file would be larger than allowed here; raise");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_file_is("a.wav", "old");
    assert_int_equal(count_files("."), 1);
}

/* A really full disk: a small tmpfs, in a child with a mount namespace of its own. */
static int fill_small_disk(void)
{
    if (unshare(CLONE_NEWNS | (geteuid() ? CLONE_NEWUSER : 0)) ||
        mount("none", "/", "none", MS_REC | MS_PRIVATE, "") || mkdir("disk", 0777) ||
        mount("small", "disk", "tmpfs", 0, "size=1m"))
        return 77;
    struct wsp_error err = {.status = WSP_OK};
    put_file("disk/a.wav", "old");
    enum wsp_status st = make("disk/a.wav", 1000000, 10000, &err);
    fprintf(stderr, "  %s\n", err.text);
    if (st != WSP_IO || !strstr(err.text, "the disk is full; make room"))
        return 1;
    assert_file_is("disk/a.wav", "old");
    return count_files("disk") == 1 && make("disk/b.wav", 1000, 1000, &err) == WSP_OK ? 0 : 2;
}

static void test_disk_full_tmpfs(void **state)
{
    (void)state;
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(fill_small_disk());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) {
        print_message("  mounting is not permitted here: /dev/full and RLIMIT_FSIZE have to do\n");
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- pipes ------------------------------------------------------------------------------ */

struct drain {
    int fd;
    unsigned char *bytes;
    size_t len;
};

static void read_all(struct drain *drain)
{
    enum { ROOM = 1 << 22 };
    drain->bytes = malloc(ROOM);
    assert_non_null(drain->bytes);
    drain->len = 0;
    ssize_t n;
    while ((n = read(drain->fd, drain->bytes + drain->len, ROOM - drain->len)) > 0)
        drain->len += (size_t)n;
}

/* In a child: what ends when the reader has all. */
static pid_t pour_in_child(int fd, size_t n)
{
    pid_t pid = fork();
    if (pid == 0) {
        struct wsp_sink *sink;
        enum wsp_status st = wsp_wavpipe_open(&sink, fd, "pipe", format, NULL);
        _exit((int)(st ? st : pour(sink, n, 12345, true, NULL)));
    }
    return pid;
}

static void check_pipe_bytes(const struct drain *drain, size_t n)
{
    assert_int_equal(drain->len, 44 + n * 3);
    assert_memory_equal(drain->bytes, "RIFF\xFF\xFF\xFF\xFFWAVEfmt ", 16);
    assert_memory_equal(drain->bytes + 36, "data\xFF\xFF\xFF\xFF", 8);
    assert_int_equal(little(drain->bytes + 24, 4), 48000);
    assert_int_equal(little(drain->bytes + 28, 4), 144000);
    float *samples = make_samples(n);
    unsigned char *want = malloc(n * 3);
    wsp_pcm_pack24(want, samples, n);
    assert_memory_equal(drain->bytes + 44, want, n * 3);
    free(want);
    free(samples);
}

static void test_pipe(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        int flags;
    } cases[] = {{1, 0}, {100001, 0}, {300000, O_NONBLOCK}};
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        int ends[2], status;
        print_message("  %zu samples, flags %d\n", cases[i].n, cases[i].flags);
        assert_int_equal(pipe(ends), 0);
        fcntl(ends[1], F_SETFL, cases[i].flags);
        pid_t pid = pour_in_child(ends[1], cases[i].n);
        close(ends[1]);
        struct drain drain = {.fd = ends[0]};
        read_all(&drain);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(status, 0);
        check_pipe_bytes(&drain, cases[i].n);
        free(drain.bytes);
        close(ends[0]);
    }
}

static void test_named_pipe(void **state)
{
    (void)state;
    int status;
    assert_int_equal(mkfifo("p.wav", 0666), 0);
    pid_t pid = fork();
    if (pid == 0)
        _exit((int)make("p.wav", 50000, 4000, NULL));
    struct drain drain = {.fd = open("p.wav", O_RDONLY)};
    read_all(&drain);
    close(drain.fd);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    check_pipe_bytes(&drain, 50000);
    free(drain.bytes);
    assert_int_equal(count_files("."), 1); /* still the pipe */
}

static void test_closed_pipe(void **state)
{
    (void)state;
    int ends[2];
    struct wsp_sink *sink;
    struct wsp_error err;
    signal(SIGPIPE, SIG_IGN); /* as the program does */
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(wsp_wavpipe_open(&sink, ends[1], "standard output", format, &err), WSP_OK);
    assert_int_equal(pour(sink, 1000, 100, true, &err), WSP_IO);
    print_message("  %s\n", err.text);
    assert_non_null(strstr(err.text, "the program at the other end has closed the pipe"));
    close(ends[1]);
}

/* A reader like `head`, which goes while a write is half done. */
static void test_pipe_closed_while_writing(void **state)
{
    (void)state;
    int ends[2];
    char some[100];
    struct wsp_sink *sink;
    struct wsp_error err;
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        ssize_t n = read(ends[0], some, sizeof some);
        usleep(50000); /* the pipe is full by then */
        _exit(n < 0);
    }
    close(ends[0]);
    assert_int_equal(wsp_wavpipe_open(&sink, ends[1], "standard output", format, &err), WSP_OK);
    assert_int_equal(pour(sink, 1000000, 100000, true, &err), WSP_IO);
    print_message("  %s\n", err.text);
    assert_non_null(strstr(err.text, "the program at the other end has closed the pipe"));
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    close(ends[1]);
}

static void on_alarm(int number)
{
    (void)number;
}

/* A reader that reads nothing, and a signal that asks to stop. */
static void test_blocked_pipe_stops(void **state)
{
    (void)state;
    int ends[2];
    struct wsp_sink *sink;
    struct wsp_error err;
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(wsp_wavpipe_open(&sink, ends[1], "standard output", format, &err), WSP_OK);
    ualarm(50000, 0);
    assert_int_equal(pour(sink, 1000000, 100000, true, &err), WSP_CANCELLED);
    close(ends[0]);
    close(ends[1]);
}

static void test_redirected_output_gets_sizes(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 7, 100000};
    for (size_t i = 0; i < WSP_LEN(lengths); i++) {
        struct wsp_sink *sink;
        size_t n = lengths[i];
        print_message("  %zu samples\n", n);
        int fd = open("out.wav", O_RDWR | O_CREAT | O_TRUNC, 0666);
        assert_int_equal(wsp_wavpipe_open(&sink, fd, "standard output", format, NULL), WSP_OK);
        assert_int_equal(pour(sink, n, 4000, true, NULL), WSP_OK);
        assert_reads("out.wav", n, SF_FORMAT_WAV);
        assert_int_equal(lseek(fd, 0, SEEK_CUR), 80 + n * 3 + (n & 1));
        close(fd);
    }
}

static void test_redirected_output_uncommitted(void **state)
{
    (void)state;
    struct wsp_sink *sink;
    int fd = open("out.wav", O_RDWR | O_CREAT | O_TRUNC, 0666);
    assert_int_equal(write(fd, "before", 6), 6);
    assert_int_equal(wsp_wavpipe_open(&sink, fd, "standard output", format, NULL), WSP_OK);
    assert_int_equal(pour(sink, 1000, 4000, false, NULL), WSP_OK);
    close(fd);
    assert_file_is("out.wav", "before");
}

static void test_terminal_is_refused(void **state)
{
    (void)state;
    struct wsp_sink *sink;
    struct wsp_error err;
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || !isatty(terminal))
        skip();
    assert_int_equal(wsp_wavpipe_open(&sink, terminal, "standard output", format, &err), WSP_USAGE);
    print_message("  %s\n", err.text);
    assert_null(sink);
    close(terminal);
}

/* ---- heads ------------------------------------------------------------------------------ */

static void test_heads(void **state)
{
    (void)state;
    static const struct {
        uint64_t data_bytes;
        int reserve;
        const char *name;
        uint64_t riff_size, data_size;
    } cases[] = {
        {0, 0, "RIFF", 36, 0},
        {3, 0, "RIFF", 40, 3},
        {3, 1, "RIFF", 76, 3},
        {0xFFFFFFFE - 72, 1, "RIFF", 0xFFFFFFFE, 0xFFFFFFFE - 72},
        {0xFFFFFFFE - 71, 1, "RF64", UINT32_MAX, UINT32_MAX},
        {0xFFFFFFFE, 0, "RIFF", UINT32_MAX, UINT32_MAX},
        {WSP_RIFF_UNKNOWN, 0, "RIFF", UINT32_MAX, UINT32_MAX},
        {WSP_RIFF_UNKNOWN, 1, "RIFF", UINT32_MAX, UINT32_MAX},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        unsigned char head[WSP_RIFF_HEAD_MAX];
        print_message("  %lx %d\n", (unsigned long)cases[i].data_bytes, cases[i].reserve);
        size_t len = wsp_riff_head(head, format, cases[i].data_bytes, cases[i].reserve);
        assert_int_equal(len, cases[i].reserve ? 80 : 44);
        assert_memory_equal(head, cases[i].name, 4);
        assert_int_equal(little(head + 4, 4), cases[i].riff_size);
        assert_memory_equal(head + len - 8, "data", 4);
        assert_int_equal(little(head + len - 4, 4), cases[i].data_size);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pcm24),
        cmocka_unit_test(test_pcm24_rounds_as_lrint),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_rf64_refuses_other_heads),
        IN_FOLDER(test_wav_is_plain_and_exact),
        IN_FOLDER(test_wav_grows_into_rf64),
        IN_FOLDER(test_rf64_has_markers),
        IN_FOLDER(test_uncommitted_leaves_no_trace),
        IN_FOLDER(test_abandon_removes_what_is_half_made),
        IN_FOLDER(test_many_at_once),
        IN_FOLDER(test_looks_of_the_file_are_kept),
        IN_FOLDER(test_links_are_followed),
        IN_FOLDER(test_names_at_the_limit),
        IN_FOLDER(test_refusals),
        IN_FOLDER(test_permissions),
        IN_FOLDER(test_disk_full_device),
        IN_FOLDER(test_file_size_limit),
        IN_FOLDER(test_disk_full_tmpfs),
        IN_FOLDER(test_pipe),
        IN_FOLDER(test_named_pipe),
        IN_FOLDER(test_closed_pipe),
        IN_FOLDER(test_pipe_closed_while_writing),
        IN_FOLDER(test_blocked_pipe_stops),
        IN_FOLDER(test_redirected_output_gets_sizes),
        IN_FOLDER(test_redirected_output_uncommitted),
        cmocka_unit_test(test_terminal_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
