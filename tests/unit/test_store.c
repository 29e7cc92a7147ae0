/* The store of speech: what is put is found, to the sample; what is damaged is not. */
#include "speech/store.h"

#include "testing.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAMPLES = 1000, MEGABYTE = 1000 * 1000 };

static char folder[64];
static int n_folders;

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/wsp-store-%d-%d/a/b", (int)getpid(), n_folders++);
    return 0;
}

static int remove_folder(void **state)
{
    char command[128];
    (void)state;
    folder[strlen(folder) - 4] = '\0';
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command); /* NOLINT(cert-env33-c): a name of our own */
}

static struct wsp_store *open_store(uint64_t limit)
{
    struct wsp_store *store = NULL;
    assert_int_equal(wsp_store_open(&store, folder, limit, NULL), WSP_OK);
    return store;
}

static struct wsp_str key_of(int i, char buffer[32])
{
    return (struct wsp_str){buffer, (size_t)snprintf(buffer, 32, "sentence %d", i)};
}

static void put(struct wsp_store *store, int i)
{
    char buffer[32];
    int16_t samples[SAMPLES];
    struct wsp_cue cue = {.sample = (uint32_t)i, .word = 3, .kind = WSP_CUE_PHRASE};
    for (int k = 0; k < SAMPLES; k++)
        samples[k] = (int16_t)(i * 31 + k);
    wsp_store_put(
        store, key_of(i, buffer),
        &(struct wsp_sound){
            .rate_hz = 22050, .samples = samples, .n_samples = SAMPLES, .cues = &cue, .n_cues = 1});
}

static bool has(struct wsp_store *store, int i)
{
    char buffer[32];
    struct wsp_sound sound = {0};
    bool found = wsp_store_get(store, key_of(i, buffer), &sound);
    if (found) {
        assert_int_equal(sound.rate_hz, 22050);
        assert_int_equal(sound.n_samples, SAMPLES);
        assert_int_equal(sound.n_cues, 1);
        assert_int_equal(sound.cues[0].sample, i);
        for (int k = 0; k < SAMPLES; k++)
            assert_int_equal(sound.samples[k], (int16_t)(i * 31 + k));
    } else {
        assert_int_equal(sound.n_samples, 0);
    }
    wsp_sound_release(&sound);
    return found;
}

static uint64_t bytes_in_folder(void)
{
    uint64_t bytes = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct stat about;
        if (fstatat(dirfd(dir), entry->d_name, &about, 0) == 0 && S_ISREG(about.st_mode))
            bytes += (uint64_t)about.st_size;
    }
    closedir(dir);
    return bytes;
}

static void finds_what_was_put(void **state)
{
    (void)state;
    struct wsp_store *store = open_store(MEGABYTE);
    assert_false(has(store, 1));
    for (int i = 0; i < 100; i++)
        put(store, i);
    for (int i = 0; i < 100; i++)
        assert_true(has(store, i));
    assert_false(has(store, 100));
    wsp_store_close(store);
    store = open_store(MEGABYTE);
    for (int i = 0; i < 100; i++)
        assert_true(has(store, i));
    wsp_store_close(store);
}

static void keeps_its_limit_and_the_newest(void **state)
{
    enum { LIMIT = 200 * 1000, RUNS = 40, EACH = 20 };
    (void)state;
    for (int run = 0; run < RUNS; run++) {
        struct wsp_store *store = open_store(LIMIT);
        for (int i = 0; i < EACH; i++)
            put(store, run * EACH + i);
        for (int i = 0; i < EACH; i++)
            assert_true(has(store, run * EACH + i));
        wsp_store_close(store);
        assert_true(bytes_in_folder() <= LIMIT);
    }
    struct wsp_store *store = open_store(LIMIT);
    assert_false(has(store, 0));
    assert_true(has(store, RUNS * EACH - EACH));
    wsp_store_close(store);
}

static void keeps_the_beginning_of_what_is_too_long(void **state)
{
    (void)state;
    struct wsp_store *store = open_store(200 * 1000);
    for (int i = 0; i < 500; i++)
        put(store, i);
    assert_true(has(store, 0));
    assert_false(has(store, 499));
    wsp_store_close(store);
    assert_true(bytes_in_folder() <= 200 * 1000);
}

static void two_at_once(void **state)
{
    (void)state;
    struct wsp_store *a = open_store(MEGABYTE), *b = open_store(MEGABYTE);
    put(a, 1);
    put(b, 2); /* a writes: not kept, and no harm */
    assert_true(has(a, 1));
    assert_false(has(a, 2));
    wsp_store_close(a);
    wsp_store_close(b);
    b = open_store(MEGABYTE);
    assert_true(has(b, 1));
    put(b, 2);
    assert_true(has(b, 2));
    wsp_store_close(b);
}

/* Flip a byte at every place, and cut the files at every length: found whole, or not at all. */
static void damage(const char *file, bool cuts, bool puts)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    int fd = open(path, O_RDWR);
    assert_true(fd >= 0);
    struct stat about;
    assert_int_equal(fstat(fd, &about), 0);
    char *bytes = malloc((size_t)about.st_size);
    assert_int_equal(pread(fd, bytes, (size_t)about.st_size, 0), about.st_size);
    for (off_t at = 0; at < about.st_size; at += 7) {
        char wrong = (char)(bytes[at] ^ 0x41);
        if (cuts)
            assert_int_equal(ftruncate(fd, at), 0);
        else
            assert_int_equal(pwrite(fd, &wrong, 1, at), 1);
        struct wsp_store *store = open_store(MEGABYTE);
        int n = has(store, 1) + has(store, 2);
        assert_true(cuts ? n < 2 : n == 1);
        if (puts) { /* what is put then is found, and nothing else harmed */
            put(store, 3);
            assert_true(has(store, 3));
        }
        wsp_store_close(store);
        assert_int_equal(pwrite(fd, bytes, (size_t)about.st_size, 0), about.st_size);
        assert_int_equal(ftruncate(fd, about.st_size), 0);
    }
    free(bytes);
    close(fd);
}

static void damage_is_a_miss(void **state)
{
    (void)state;
    struct wsp_store *store = open_store(MEGABYTE);
    put(store, 1);
    put(store, 2);
    wsp_store_close(store);
    damage("00000001.sounds", false, false);
    damage("00000001.index", false, false);
    damage("00000001.sounds", true, false);
    damage("00000001.index", true, true);
}

/* Other bytes than sounds, under keys of their own; one is never taken for the other. */
static void keeps_bytes_too(void **state)
{
    (void)state;
    struct wsp_store *store = open_store(MEGABYTE);
    struct wsp_buf bytes = WSP_BUF_INIT(MEGABYTE);
    char buffer[32], damaged[96];
    struct wsp_str key = key_of(7, buffer);
    put(store, 1);
    assert_int_equal(wsp_buf_puts(&bytes, "old"), WSP_OK);
    assert_false(wsp_store_get_bytes(store, key, &bytes));
    assert_int_equal(bytes.len, 0);
    wsp_store_put_bytes(store, key, WSP_STR("packed\0odd"));
    assert_true(wsp_store_get_bytes(store, key, &bytes));
    assert_true(wsp_str_equal(wsp_buf_str(&bytes), WSP_STR("packed\0odd")));
    assert_false(has(store, 7));
    assert_false(wsp_store_get_bytes(store, key_of(1, buffer), &bytes));
    assert_true(has(store, 1));
    wsp_store_close(store);
    snprintf(damaged, sizeof damaged, "%s/00000001.sounds", folder);
    FILE *file = fopen(damaged, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, -1, SEEK_END), 0);
    fputc('!', file);
    fclose(file);
    store = open_store(MEGABYTE);
    assert_false(wsp_store_get_bytes(store, key_of(7, buffer), &bytes));
    assert_true(has(store, 1));
    wsp_store_close(store);
    wsp_buf_release(&bytes);
}

static void no_folder(void **state)
{
    (void)state;
    struct wsp_store *store = NULL;
    struct wsp_error err = {.status = WSP_OK};
    assert_int_equal(wsp_store_open(&store, "/dev/null/there", MEGABYTE, &err), WSP_CANTCREAT);
    assert_null(store);
    assert_non_null(strstr(err.text, "--cache"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_what_was_put, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(keeps_its_limit_and_the_newest, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(keeps_the_beginning_of_what_is_too_long, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(two_at_once, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(damage_is_a_miss, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(keeps_bytes_too, make_folder, remove_folder),
        cmocka_unit_test(no_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
