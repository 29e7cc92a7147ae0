/* The queue, and the parent's side of playback against players that behave in all ways: the
 * program is its own player (argv[0] says which). The real player without a sound server says
 * that there is no loudspeaker; with one, tests/live/playback.py listens, and sees that the player
 * ends when its parent is killed. */
#include "testing.h"

#include "base/buf.h"
#include "base/child.h"
#include "output/player.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RATE_HZ = 48000 };

static char *self; /* the path of this program */

/* ---- the queue -------------------------------------------------------------------------- */

static float value_at(uint64_t i)
{
    return (float)(i % 65521);
}

static void test_queue_in_one_thread(void **state)
{
    (void)state;
    struct wsp_shared memory, other;
    assert_int_equal(wsp_queue_create(&memory, 1000, NULL), WSP_OK);
    assert_int_equal(wsp_queue_attach(&other, memory.fd, NULL), WSP_OK);
    struct wsp_queue *in = wsp_queue_in(&memory), *out = wsp_queue_in(&other);
    assert_ptr_not_equal(in, out);
    float frames[700];
    uint64_t written = 0, taken = 0;
    for (size_t round = 0; round < 50; round++) {
        for (size_t i = 0; i < WSP_LEN(frames); i++)
            frames[i] = value_at(written + i);
        size_t before = wsp_queue_available(out);
        size_t n = wsp_queue_write(in, frames, WSP_LEN(frames));
        assert_int_equal(n, before + 700 > 1000 ? 1000 - before : 700);
        written += n;
        n = wsp_queue_take(out, frames, 100 + round * 11);
        for (size_t i = 0; i < n; i++)
            assert_true(frames[i] == value_at(taken + i));
        taken += n;
        assert_int_equal(wsp_queue_available(out), written - taken);
    }
    wsp_queue_end(in);
    assert_false(wsp_queue_has_ended(out));
    while (wsp_queue_take(out, frames, 700) > 0)
        ;
    assert_true(wsp_queue_has_ended(out));
    wsp_shared_release(&other);
    wsp_shared_release(&memory);
}

static void test_room_is_told_once(void **state)
{
    (void)state;
    struct wsp_shared memory;
    float frames[100] = {0};
    assert_int_equal(wsp_queue_create(&memory, 100, NULL), WSP_OK);
    struct wsp_queue *queue = wsp_queue_in(&memory);
    assert_false(wsp_queue_want_room(queue, true)); /* there is room already */
    assert_int_equal(wsp_queue_write(queue, frames, 100), 100);
    assert_true(wsp_queue_want_room(queue, true));
    wsp_queue_take(queue, frames, 24);
    assert_false(wsp_queue_room_is_wanted(queue)); /* not yet worth waking anybody */
    wsp_queue_take(queue, frames, 1);
    assert_true(wsp_queue_room_is_wanted(queue));
    assert_false(wsp_queue_room_is_wanted(queue));
    wsp_shared_release(&memory);
}

/* What is taken until a cut is due, and what follows it. */
static void check_taken(struct wsp_queue *queue, uint64_t from, uint64_t to)
{
    float frames[1000];
    bool now;
    while (from < to) {
        size_t n = wsp_queue_before_cut(queue, &now), wanted = (size_t)(to - from);
        n = wsp_queue_take(queue, frames, n < wanted ? n : wanted);
        assert_true(n > 0);
        for (size_t i = 0; i < n; i++)
            assert_true(frames[i] == value_at(from + i));
        from += n;
    }
    assert_int_equal(from, to);
}

static void test_cuts(void **state)
{
    (void)state;
    struct wsp_shared memory;
    float frames[1000];
    bool now;
    for (size_t i = 0; i < WSP_LEN(frames); i++)
        frames[i] = value_at(i);
    assert_int_equal(wsp_queue_create(&memory, 1000, NULL), WSP_OK);
    struct wsp_queue *queue = wsp_queue_in(&memory);
    assert_int_equal(wsp_queue_before_cut(queue, &now), SIZE_MAX);
    assert_false(wsp_queue_make_cut(queue));

    wsp_queue_write(queue, frames, 400);
    wsp_queue_cut(queue, 300);
    check_taken(queue, 0, 300);
    assert_int_equal(wsp_queue_before_cut(queue, &now), 0);
    assert_false(now);
    assert_true(wsp_queue_make_cut(queue));
    assert_false(wsp_queue_make_cut(queue));
    assert_int_equal(wsp_queue_available(queue), 0);

    wsp_queue_write(queue, frames + 400, 400); /* positions are those of what was written */
    wsp_queue_cut(queue, 700);
    wsp_queue_cut(queue, 750); /* too late: it is cut at 700 already */
    assert_int_equal(wsp_queue_before_cut(queue, &now), 300);
    check_taken(queue, 400, 600);
    wsp_queue_cut(queue, 0); /* now */
    assert_int_equal(wsp_queue_before_cut(queue, &now), 0);
    assert_true(now);
    wsp_queue_end(queue);
    wsp_queue_cut(queue, 790); /* it stays one with a fade, and takes the end back */
    assert_int_equal(wsp_queue_before_cut(queue, &now), 0);
    assert_true(now);
    assert_true(wsp_queue_make_cut(queue));
    assert_false(wsp_queue_has_ended(queue));
    wsp_queue_write(queue, frames + 800, 100);
    check_taken(queue, 800, 900);
    wsp_shared_release(&memory);
}

enum { MANY = 2000000 };

static void *write_many(void *context)
{
    struct wsp_queue *queue = context;
    float frames[333];
    for (uint64_t at = 0; at < MANY;) {
        size_t n = MANY - at < WSP_LEN(frames) ? (size_t)(MANY - at) : WSP_LEN(frames);
        for (size_t i = 0; i < n; i++)
            frames[i] = value_at(at + i);
        for (size_t done = 0; done < n;)
            done += wsp_queue_write(queue, frames + done, n - done);
        at += n;
    }
    wsp_queue_end(queue);
    return NULL;
}

static void test_queue_between_threads(void **state)
{
    (void)state;
    struct wsp_shared memory;
    pthread_t writer;
    assert_int_equal(wsp_queue_create(&memory, 4801, NULL), WSP_OK);
    struct wsp_queue *queue = wsp_queue_in(&memory);
    assert_int_equal(pthread_create(&writer, NULL, write_many, queue), 0);
    float frames[480];
    uint64_t taken = 0;
    while (!wsp_queue_has_ended(queue)) {
        wsp_queue_sleep(queue, -1); /* a lost wake-up would hang here */
        size_t n = wsp_queue_take(queue, frames, WSP_LEN(frames));
        for (size_t i = 0; i < n; i++)
            assert_true(frames[i] == value_at(taken + i));
        taken += n;
    }
    assert_int_equal(taken, MANY);
    pthread_join(writer, NULL);
    wsp_shared_release(&memory);
}

static void test_sleep_has_an_end(void **state)
{
    (void)state;
    struct wsp_shared memory;
    assert_int_equal(wsp_queue_create(&memory, 10, NULL), WSP_OK);
    long long before = wsp_now_ms();
    wsp_queue_sleep(wsp_queue_in(&memory), 30);
    assert_in_range(wsp_now_ms() - before, 25, 2000);
    wsp_shared_release(&memory);
}

static void test_attach_refuses_what_is_no_queue(void **state)
{
    (void)state;
    struct wsp_shared memory, other;
    assert_int_equal(wsp_shared_create(&memory, "test", 4096, NULL), WSP_OK);
    assert_int_equal(wsp_queue_attach(&other, memory.fd, NULL), WSP_INTERNAL);
    assert_null(other.ptr);
    assert_int_equal(wsp_queue_attach(&other, -1, NULL), WSP_INTERNAL);
    struct wsp_queue *queue = memory.ptr;
    assert_int_equal(wsp_queue_create(&other, 10, NULL), WSP_OK);
    *queue = *wsp_queue_in(&other);
    wsp_shared_release(&other);
    queue->capacity = 1 << 20; /* more than is there */
    assert_int_equal(wsp_queue_attach(&other, memory.fd, NULL), WSP_INTERNAL);
    wsp_shared_release(&memory);
    wsp_shared_release(&memory);
}

/* ---- players that stand in for the real one --------------------------------------------- */

static void tell(struct wsp_player_message message)
{
    send(WSP_PLAYER_SOCKET, &message, sizeof message, MSG_NOSIGNAL);
}

/* Counts what it gets (shown by the underruns), at full speed. */
static int play_into_nothing(struct wsp_queue *queue)
{
    float frames[1000];
    uint64_t taken = 0;
    tell((struct wsp_player_message){.word = WSP_PLAYER_READY});
    while (!wsp_queue_has_ended(queue)) {
        wsp_queue_sleep(queue, -1);
        size_t n = wsp_queue_take(queue, frames, WSP_LEN(frames));
        for (size_t i = 0; i < n; i++)
            if (frames[i] != value_at(taken + i))
                return 1;
        taken += n;
        if (wsp_queue_room_is_wanted(queue))
            tell((struct wsp_player_message){.word = WSP_PLAYER_ROOM});
    }
    atomic_store(&queue->underruns, (uint32_t)taken);
    tell((struct wsp_player_message){.word = WSP_PLAYER_FINISHED});
    return 0;
}

static int play_as(const char *device, struct wsp_queue *queue)
{
    struct wsp_player_message failed = {.word = WSP_PLAYER_FAILED, .text = "xong"};
    if (strcmp(device, "good") == 0)
        return play_into_nothing(queue);
    if (strcmp(device, "dies") == 0)
        raise(SIGKILL);
    if (strcmp(device, "silent") == 0)
        pause();
    failed.failure = (uint32_t)atoi(device);
    tell(failed);
    return 1;
}

static int player_main(int argc, char **argv)
{
    struct wsp_shared memory;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody waits for one whose test has failed */
    if (argc == 2 && strcmp(argv[1], WSP_PLAYER_LIST) == 0) {
        struct wsp_player_message message = {.word = WSP_PLAYER_DEVICE};
        for (int i = 0; i < 40; i++) {
            snprintf(message.device.name, sizeof message.device.name, "loa %d", i);
            message.device.is_default = i == 7;
            tell(message);
        }
        tell((struct wsp_player_message){.word = WSP_PLAYER_FINISHED});
        return 0;
    }
    if (argc != 4 || wsp_queue_attach(&memory, WSP_PLAYER_QUEUE, NULL))
        return 1;
    return play_as(argv[1], wsp_queue_in(&memory));
}

/* ---- the parent's side ------------------------------------------------------------------ */

static struct wsp_playback *open_playback(const char *device, const struct wsp_cancel *cancel)
{
    struct wsp_playback *playback;
    struct wsp_playback_settings settings = {.program = self, .device = device, .cancel = cancel};
    assert_int_equal(wsp_playback_open(&playback, RATE_HZ, &settings, NULL), WSP_OK);
    return playback;
}

static enum wsp_status wait_ready(struct wsp_playback *playback, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    while (!st && !wsp_playback_is_ready(playback))
        st = wsp_playback_wait(playback, err);
    return st;
}

static enum wsp_status finish(struct wsp_playback *playback, struct wsp_error *err)
{
    wsp_playback_end(playback);
    enum wsp_status st = wsp_playback_listen(playback, err);
    while (!st && !wsp_playback_has_finished(playback))
        st = wsp_playback_wait(playback, err);
    return st;
}

static enum wsp_status pour(struct wsp_playback *playback, uint64_t n, struct wsp_error *err)
{
    float frames[7777];
    enum wsp_status st = WSP_OK;
    for (uint64_t at = 0; at < n && !st;) {
        size_t piece = n - at < WSP_LEN(frames) ? (size_t)(n - at) : WSP_LEN(frames);
        for (size_t i = 0; i < piece; i++)
            frames[i] = value_at(at + i);
        size_t taken = wsp_playback_write(playback, frames, piece);
        at += taken;
        if (taken == 0)
            st = wsp_playback_wait(playback, err);
    }
    return st ? st : finish(playback, err);
}

static bool has_children(void)
{
    return waitpid(-1, NULL, WNOHANG) >= 0;
}

static void test_all_of_it_arrives(void **state)
{
    (void)state;
    static const uint64_t lengths[] = {0, 1, 48000, 48001, 3000000};
    for (size_t i = 0; i < WSP_LEN(lengths); i++) {
        struct wsp_error err = {.status = WSP_OK};
        print_message("  %lu frames\n", (unsigned long)lengths[i]);
        struct wsp_playback *playback = open_playback("good", NULL);
        assert_int_equal(wait_ready(playback, &err), WSP_OK);
        assert_int_equal(pour(playback, lengths[i], &err), WSP_OK);
        assert_int_equal(wsp_playback_underruns(playback), lengths[i]);
        wsp_playback_close(playback);
        assert_false(has_children());
    }
}

static void test_what_players_say(void **state)
{
    (void)state;
    static const struct {
        const char *device, *said;
    } cases[] = {
        {"1", "no loudspeaker was found; plug one in or start the sound server, or write a file"},
        {"2", "there is no device '2'; choose one of: xong"},
        {"3", "'3' can mean several devices; choose one of: xong"},
        {"4", "the loudspeaker cannot be opened (xong)"},
        {"5", "the loudspeaker has gone away (xong)"},
        {"6", "the loudspeaker takes no sound"},
        {"7", "the loudspeaker does not take this sample rate; try --sample-rate xong"},
        {"8", "the player process does not move"},
        {"9", "the player process cannot work"},
        {"99", "the player process cannot work"},
        {"dies", "the player process has ended"},
    };
    for (size_t i = 0; i < WSP_LEN(cases); i++) {
        struct wsp_error err = {.status = WSP_OK};
        struct wsp_playback *playback = open_playback(cases[i].device, NULL);
        assert_int_equal(pour(playback, 100000, &err), WSP_UNAVAILABLE);
        print_message("  %s: %s\n", cases[i].device, err.text);
        assert_non_null(strstr(err.text, cases[i].said));
        memset(&err, 0, sizeof err);
        assert_int_equal(finish(playback, &err), WSP_UNAVAILABLE); /* and says it again */
        assert_non_null(strstr(err.text, cases[i].said));
        assert_int_equal(wait_ready(playback, NULL), WSP_UNAVAILABLE);
        wsp_playback_close(playback);
        assert_false(has_children());
    }
}

static void *raise_later(void *context)
{
    usleep(50000);
    wsp_cancel_raise(context, SIGINT);
    return NULL;
}

/* A device that takes nothing: the request to stop comes through, from write and from commit. */
static void test_cancel(void **state)
{
    (void)state;
    static const uint64_t lengths[] = {1000, 100000};
    for (size_t i = 0; i < WSP_LEN(lengths); i++) {
        struct wsp_error err;
        struct wsp_cancel cancel;
        pthread_t thread;
        assert_int_equal(wsp_cancel_init(&cancel, NULL), WSP_OK);
        struct wsp_playback *playback = open_playback("silent", &cancel);
        pthread_create(&thread, NULL, raise_later, &cancel);
        long long before = wsp_now_ms();
        assert_int_equal(pour(playback, lengths[i], &err), WSP_CANCELLED);
        wsp_playback_close(playback);
        assert_in_range(wsp_now_ms() - before, 20, 2000);
        pthread_join(thread, NULL);
        wsp_cancel_release(&cancel);
        assert_false(has_children());
    }
}

static void test_close_stops_at_once(void **state)
{
    (void)state;
    struct wsp_playback *playback = open_playback("silent", NULL);
    float frames[100] = {0};
    assert_int_equal(wsp_playback_write(playback, frames, 100), 100);
    long long before = wsp_now_ms();
    wsp_playback_close(playback);
    assert_in_range(wsp_now_ms() - before, 0, 500);
    assert_false(has_children());
}

static void test_devices(void **state)
{
    (void)state;
    struct wsp_device *devices;
    size_t n;
    assert_int_equal(wsp_playback_devices(&devices, &n, self, NULL), WSP_OK);
    assert_int_equal(n, 40);
    assert_string_equal(devices[39].name, "loa 39");
    assert_true(devices[7].is_default);
    free(devices);
    assert_false(has_children());
}

static void test_programs_that_are_none(void **state)
{
    (void)state;
    static const char *const programs[] = {"/nowhere/program", "/bin/true", "/"};
    for (size_t i = 0; i < WSP_LEN(programs); i++) {
        struct wsp_error err = {.status = WSP_OK};
        struct wsp_device *devices;
        size_t n;
        struct wsp_playback *playback;
        struct wsp_playback_settings settings = {.program = programs[i]};
        enum wsp_status st = wsp_playback_open(&playback, RATE_HZ, &settings, &err);
        if (!st) {
            st = pour(playback, 100000, &err);
            wsp_playback_close(playback);
        }
        print_message("  %s\n", err.text);
        assert_int_equal(st, WSP_UNAVAILABLE);
        assert_int_equal(wsp_playback_devices(&devices, &n, programs[i], &err), WSP_UNAVAILABLE);
        assert_null(devices);
        assert_false(has_children());
    }
}

/* ---- the real player -------------------------------------------------------------------- */

static const char real_player[] = "WSP_TEST_REAL_PLAYER"; /* in the environment of the player */

/* An empty home, no server. Nothing is played where there is a card after all. */
static void test_real_player_without_a_loudspeaker(void **state)
{
    (void)state;
    char home[] = "/tmp/wsp-playback-XXXXXX";
    struct wsp_error err = {.status = WSP_OK};
    struct wsp_device *devices;
    size_t n;
    assert_non_null(mkdtemp(home));
    setenv(real_player, "1", 1);
    setenv("HOME", home, 1);
    setenv("XDG_RUNTIME_DIR", home, 1);
    setenv("PULSE_SERVER", "unix:/nowhere", 1);
    enum wsp_status listed = wsp_playback_devices(&devices, &n, self, &err);
    free(devices);
    enum wsp_status played = WSP_OK;
    if (!listed && n == 0) {
        struct wsp_playback *playback = open_playback(NULL, NULL);
        played = pour(playback, 100000, &err);
        wsp_playback_close(playback);
    }
    unsetenv(real_player);
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", home); /* libpulse leaves a folder */
    assert_int_equal(system(command), 0);
    print_message("  %s\n", err.text);
    assert_int_equal(listed, WSP_OK);
    if (n > 0)
        skip();
    assert_int_equal(played, WSP_UNAVAILABLE);
    assert_non_null(strstr(err.text, "no loudspeaker was found"));
    assert_false(has_children());
}

int main(int argc, char **argv)
{
    if (strcmp(argv[0], WSP_PLAYER_ROLE) == 0)
        return getenv(real_player) ? wsp_player_main(argc, argv) : player_main(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queue_in_one_thread),
        cmocka_unit_test(test_room_is_told_once),
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_queue_between_threads),
        cmocka_unit_test(test_sleep_has_an_end),
        cmocka_unit_test(test_attach_refuses_what_is_no_queue),
        cmocka_unit_test(test_all_of_it_arrives),
        cmocka_unit_test(test_what_players_say),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_close_stops_at_once),
        cmocka_unit_test(test_devices),
        cmocka_unit_test(test_programs_that_are_none),
        cmocka_unit_test(test_real_player_without_a_loudspeaker),
    };
    self = realpath("/proc/self/exe", NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(self);
    return failed;
}
