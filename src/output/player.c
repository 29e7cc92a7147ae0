/* The player process: one device, one stream, nothing else.
 *
 *   main thread     the control socket: ends the process when the parent is gone; the watchdog
 *   stream thread   opens, feeds and closes the PortAudio stream, and never blocks in it
 *
 * Two threads, because PortAudio on JACK may never come back from a call. What the stream thread
 * does between two calls allocates nothing, opens nothing and logs nothing. The process ends by
 * _exit(): nothing of it is worth a Pa_Terminate(), which may hang too. */
#include "output/player.h"

#include "base/buf.h"
#include "base/child.h"
#include "output/alsaconf.h"
#include "output/stream.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    FADE = 240,               /* frames in which a pause or a jump begins: 5 ms */
    NAP_MS = 2,               /* the longest wait while sounding */
    WATCH_MS = 100,           /* how often the watchdog looks */
    STUCK_MS = 2500,          /* nothing consumed for so long: the device is dead. (A null sink of
                                 PulseAudio that nobody records may stand still for 2 s.) */
    STARTING_STUCK_MS = 5000, /* the same before anything was: it may have to be woken (Bluetooth;
                                 an idle null sink of PulseAudio takes up to 2 s) */
    OPENING_STUCK_MS = 15000, /* looking for devices may well take seconds on a busy machine */
};

static const long long NS_A_SECOND = 1000000000;
static const double PRIMING_S = 1.5; /* the device is woken so long before a start on the clock */

/* What the stream thread is in the middle of: how long it may take. */
enum phase { PHASE_OPENING, PHASE_IDLE, PHASE_STARTING, PHASE_SOUNDING };

struct player {
    const char *wanted;
    double rate_hz;
    double latency_s;
    struct wsp_queue *queue;
    struct wsp_stream stream;
    long buffer;     /* frames that the device holds at most */
    long piece;      /* frames that are written at once */
    long long given; /* frames it got so far */
    uint32_t breaks; /* of the stream, as far as they are counted */
    float gain;      /* in force; what is asked for is in the queue */
    _Atomic int phase;
};

/* ---- which device is meant ------------------------------------------------------------- */

/* ALSA first: on JACK a device takes a second longer to be known to be dead. Where there is an ALSA
 * device, JACK is not what "default" means. */
static const PaHostApiTypeId preferred[] = {paALSA, paOSS, paJACK};

static int default_of(PaHostApiTypeId type)
{
    PaHostApiIndex api = Pa_HostApiTypeIdToHostApiIndex(type);
    return api < 0 ? paNoDevice : Pa_GetHostApiInfo(api)->defaultOutputDevice;
}

static int default_device(void)
{
    for (size_t i = 0; i < WSP_LEN(preferred); i++)
        if (default_of(preferred[i]) != paNoDevice)
            return default_of(preferred[i]);
    return Pa_GetDefaultOutputDevice();
}

static const PaDeviceInfo *loudspeaker(int index)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(index);
    return info && info->maxOutputChannels > 0 ? info : NULL;
}

/* Returns 0 when it cannot sound. */
static int describe(int index, struct wsp_device *device)
{
    const PaDeviceInfo *info = loudspeaker(index);
    if (!info)
        return 0;
    *device = (struct wsp_device){.is_default = index == default_device()};
    snprintf(device->name, sizeof device->name, "%s", info->name);
    snprintf(device->driver, sizeof device->driver, "%s", Pa_GetHostApiInfo(info->hostApi)->name);
    return 1;
}

/* Tell of the devices whose names hold `part` ("" is in all). Returns how many, *last is one. */
static int gather(const char *part, struct wsp_player_message *message, int *last)
{
    size_t len = 0;
    int n = 0;
    message->text[0] = '\0';
    for (int i = 0; i < Pa_GetDeviceCount(); i++) {
        const PaDeviceInfo *info = loudspeaker(i);
        if (!info || !strcasestr(info->name, part))
            continue;
        *last = i;
        n++;
        int more = snprintf(message->text + len, sizeof message->text - len, "%s'%s'",
                            len ? ", " : "", info->name);
        if (more < 0 || (size_t)more >= sizeof message->text - len)
            message->text[len] = '\0'; /* not half a name */
        else
            len += (size_t)more;
    }
    return n;
}

static int refuse(struct wsp_player_message *message, enum wsp_player_failure failure)
{
    message->word = WSP_PLAYER_FAILED;
    message->failure = failure;
    return -1;
}

/* The device that `wanted` names: exactly, or else as the only one that has it as a part of its
 * name, in any case; "" means the default. Returns its index, or -1 with *message saying why. */
static int find_device(const char *wanted, struct wsp_player_message *message)
{
    int index = default_device();
    if (!*wanted)
        return index < 0 ? refuse(message, WSP_PLAYER_NO_DEVICE) : index;
    for (int i = 0; i < Pa_GetDeviceCount(); i++)
        if (loudspeaker(i) && strcmp(loudspeaker(i)->name, wanted) == 0)
            return i;
    int n = gather(wanted, message, &index);
    if (n == 1)
        return index;
    if (n > 1)
        return refuse(message, WSP_PLAYER_AMBIGUOUS);
    n = gather("", message, &index);
    return refuse(message, n == 0 ? WSP_PLAYER_NO_DEVICE : WSP_PLAYER_UNKNOWN);
}

/* ---- words to the parent ---------------------------------------------------------------- */

static void say(const struct wsp_player_message *message)
{
    /* Never waits: a parent that does not listen is told by the queue standing still. */
    send(WSP_PLAYER_SOCKET, message, sizeof *message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void say_word(enum wsp_player_word word)
{
    say(&(struct wsp_player_message){.word = word});
}

static _Noreturn void fail(enum wsp_player_failure failure, const char *text)
{
    struct wsp_player_message message = {.word = WSP_PLAYER_FAILED, .failure = failure};
    snprintf(message.text, sizeof message.text, "%s", text ? text : "");
    say(&message);
    _exit(1);
}

/* PortAudio's own words, or those of the driver below it. */
static const char *words_of(PaError error)
{
    const PaHostErrorInfo *below =
        error == paUnanticipatedHostError ? Pa_GetLastHostErrorInfo() : NULL;
    return below && below->errorText && *below->errorText ? below->errorText
                                                          : Pa_GetErrorText(error);
}

/* ---- the stream ------------------------------------------------------------------------- */

static void enter(struct player *player, enum phase phase)
{
    atomic_store(&player->queue->moved_ms, wsp_now_ms());
    atomic_store(&player->phase, phase);
}

/* The watchdog is content: the device has consumed something, or had nothing to consume. */
static void moved(struct player *player)
{
    enter(player, player->given > player->buffer ? PHASE_SOUNDING : PHASE_STARTING);
}

/* PortAudio asserts that ALSA's list of devices holds something: with an empty configuration it
 * aborts, and the matter is simply that there is no device. */
static void on_abort(int number)
{
    (void)number;
    say(&(struct wsp_player_message){.word = WSP_PLAYER_FAILED, .failure = WSP_PLAYER_NO_DEVICE});
    _exit(1);
}

static void look_for_devices(void)
{
    signal(SIGABRT, on_abort);
    wsp_alsa_shorten_list();
    if (Pa_Initialize()) /* no driver at all */
        fail(WSP_PLAYER_NO_DEVICE, NULL);
    signal(SIGABRT, SIG_DFL);
}

static _Noreturn void fail_for_rate(int device)
{
    char rate[32];
    snprintf(rate, sizeof rate, "%.0f", Pa_GetDeviceInfo(device)->defaultSampleRate);
    fail(WSP_PLAYER_WRONG_RATE, rate);
}

static void open_stream(struct player *player)
{
    struct wsp_player_message message = {0};
    look_for_devices();
    int device = find_device(player->wanted, &message);
    if (device < 0) {
        say(&message);
        _exit(1);
    }
    PaError error = wsp_stream_open(&player->stream, device, player->rate_hz, player->latency_s);
    if (error == paInvalidSampleRate)
        fail_for_rate(device);
    if (error)
        fail(WSP_PLAYER_CANNOT_OPEN, words_of(error));
    player->buffer = player->stream.buffer;
    player->piece = player->buffer / 4 + 1; /* some buffers are small */
    if (player->piece > WSP_STREAM_PIECE)
        player->piece = WSP_STREAM_PIECE;
}

static long writable(struct player *player)
{
    long frames = wsp_stream_writable(&player->stream);
    if (frames < 0)
        fail(WSP_PLAYER_LOST, words_of((PaError)frames));
    return frames;
}

/* A break of the device's own counts when more comes behind it. */
static void count_breaks(struct player *player)
{
    uint32_t breaks = atomic_load(&player->stream.breaks);
    if (breaks != player->breaks)
        atomic_fetch_add(&player->queue->underruns, 1);
    player->breaks = breaks;
}

/* `frames` have to fit: see writable(). */
static void sound(struct player *player, const float *frames, size_t n)
{
    PaError error = wsp_stream_write(&player->stream, frames, n);
    if (error)
        fail(WSP_PLAYER_LOST, words_of(error));
    count_breaks(player);
    player->given += (long long)n;
    moved(player);
}

static void nap(void)
{
    poll(NULL, 0, NAP_MS);
}

static void tell_room(struct player *player)
{
    if (wsp_queue_room_is_wanted(player->queue))
        say_word(WSP_PLAYER_ROOM);
}

/* How much of what was in the queue the ear has not got; `behind` frames of silence follow it. */
static void tell_unheard(struct player *player, long behind)
{
    long unheard = player->buffer - writable(player) - behind;
    atomic_store(&player->queue->unheard, unheard > 0 ? (uint32_t)unheard : 0);
}

/* Bring `n` frames to the gain that is asked for, without a step. */
static void turn_up(struct player *player, float *frames, size_t n)
{
    float to = (float)atomic_load(&player->queue->gain) / WSP_QUEUE_GAIN_ONE, from = player->gain;
    player->gain = to;
    if (from == 1.0f && to == 1.0f)
        return;
    for (size_t i = 0; i < n; i++)
        frames[i] *= from + (to - from) * (float)(i + 1) / (float)n;
}

/* Give the device what fits from the queue, up to the next cut. Less than a piece is not worth a
 * call, unless there is no more. */
static void feed(struct player *player)
{
    float frames[WSP_STREAM_PIECE];
    size_t n, before_cut;
    bool now;
    while ((n = wsp_queue_available(player->queue)) > 0 &&
           (before_cut = wsp_queue_before_cut(player->queue, &now)) > 0) {
        n = n < before_cut ? n : before_cut;
        if (n > (size_t)player->piece)
            n = (size_t)player->piece;
        if (writable(player) < (long)n)
            break;
        n = wsp_queue_take(player->queue, frames, n);
        turn_up(player, frames, n);
        sound(player, frames, n);
        tell_room(player);
    }
    tell_unheard(player, 0);
}

/* Write `n` frames, as they fit; NULL: of silence. */
static void write_all(struct player *player, const float *frames, long n)
{
    static const float silence[WSP_STREAM_PIECE];
    while (n > 0) {
        long piece = n < player->piece ? n : player->piece;
        if (writable(player) < piece) {
            nap();
            continue;
        }
        sound(player, frames ? frames : silence, (size_t)piece);
        frames += frames ? piece : 0;
        n -= piece;
    }
}

/* Keep the device going while there is nothing for it, or it stops with a click. Returns whether
 * that was needed. */
static bool keep_going(struct player *player)
{
    if (player->buffer - writable(player) > player->buffer / 5)
        return false;
    write_all(player, NULL, player->piece < FADE ? player->piece : FADE);
    return true;
}

/* Nothing has come in time. Once a gap it is counted. */
static void bridge(struct player *player, bool *dry)
{
    if (!keep_going(player))
        return;
    if (!*dry)
        atomic_fetch_add(&player->queue->underruns, 1);
    *dry = true;
}

static void fade(float *frames, size_t n, bool in)
{
    for (size_t i = 0; i < n; i++) {
        float part = ((float)i + 0.5f) / (float)n;
        frames[i] *= in ? part : 1 - part;
    }
}

/* What comes next is heard, fading away; it stays in the queue. Returns how many frames. */
static size_t fade_out(struct player *player)
{
    float frames[FADE];
    size_t n = player->given > 0 ? wsp_queue_look(player->queue, frames, FADE) : 0;
    turn_up(player, frames, n);
    fade(frames, n, false);
    write_all(player, frames, (long)n);
    return n;
}

/* Make the cut that is due, if one is. */
static bool cut(struct player *player)
{
    bool now;
    if (wsp_queue_before_cut(player->queue, &now) > 0)
        return false;
    if (now)
        (void)fade_out(player);
    bool made = wsp_queue_make_cut(player->queue);
    tell_room(player);
    return made;
}

/* Pause: fade out, and go on with the same frames, faded in. So there is no click, and nothing is
 * lost: what faded is said again. A jump meanwhile is made in silence. */
static void hold(struct player *player)
{
    float frames[FADE];
    bool now;
    size_t n = fade_out(player);
    while (atomic_load(&player->queue->paused)) {
        if (wsp_queue_before_cut(player->queue, &now) == 0 && wsp_queue_make_cut(player->queue)) {
            n = 0;
            tell_room(player);
        }
        if (player->given > 0)
            (void)keep_going(player);
        moved(player);
        nap();
    }
    n = n > 0 ? wsp_queue_take(player->queue, frames, n) : 0;
    turn_up(player, frames, n);
    fade(frames, n, true);
    write_all(player, frames, (long)n);
}

static long long wall_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * NS_A_SECOND + now.tv_nsec;
}

/* The first frame is to sound at a time of the wall clock: silence up to it, counted in frames at
 * the end, so that what the device holds is in the account. */
static void await_start(struct player *player)
{
    long long at;
    while ((at = atomic_load(&player->queue->start_ns)) != 0) {
        double left = (double)(at - wall_ns()) / (double)NS_A_SECOND * player->rate_hz;
        moved(player);
        if (left > PRIMING_S * player->rate_hz) {
            poll(NULL, 0, WATCH_MS);
            continue;
        }
        long room = writable(player);
        left -= (double)(player->buffer - room);
        if (left <= (double)player->piece) {
            write_all(player, NULL, left > 0 ? (long)left : 0);
            atomic_store(&player->queue->start_ns, 0);
        } else if (room >= player->piece) {
            write_all(player, NULL, player->piece);
        } else {
            nap();
        }
    }
}

/* Pa_StopStream drops what is still queued: so a whole buffer of silence goes after the last
 * sample, and as long again for what the driver below holds back. */
static void drain(struct player *player)
{
    for (long behind = 0; behind < player->buffer; behind += player->piece) {
        write_all(player, NULL, player->piece);
        tell_unheard(player, behind + player->piece);
    }
    long long limit = wsp_now_ms() + (long long)(1000.0 * (double)player->buffer / player->rate_hz);
    while (writable(player) < player->buffer && wsp_now_ms() < limit &&
           wsp_queue_has_ended(player->queue)) {
        moved(player);
        nap();
    }
}

static void play(struct player *player)
{
    bool dry = false;
    enter(player, PHASE_IDLE);
    while (wsp_queue_available(player->queue) == 0 && !wsp_queue_has_ended(player->queue))
        wsp_queue_sleep(player->queue, -1);
    bool any = wsp_queue_available(player->queue) > 0;
    player->breaks = atomic_load(&player->stream.breaks); /* in an end that was none */
    moved(player);
    await_start(player);
    while (!wsp_queue_has_ended(player->queue)) {
        if (cut(player)) {
            dry = true; /* what is to follow may take its time */
            continue;
        }
        if (atomic_load(&player->queue->paused)) {
            hold(player);
        } else if (wsp_queue_available(player->queue) > 0) {
            dry = false;
            feed(player);
            nap();
        } else {
            moved(player);
            bridge(player, &dry);
            tell_unheard(player, 0);
            wsp_queue_sleep(player->queue, NAP_MS);
        }
    }
    if (any)
        drain(player);
}

/* All of it; whoever jumps back while the last of it sounds is heard. */
static void play_all(struct player *player)
{
    do
        play(player);
    while (!wsp_queue_has_ended(player->queue));
}

/* Where the system lets us, nothing else on the machine keeps the device waiting. */
static void hurry(void)
{
    struct sched_param low = {.sched_priority = sched_get_priority_min(SCHED_RR)};
    pthread_setschedparam(pthread_self(), SCHED_RR, &low);
}

static void *stream_main(void *context)
{
    struct player *player = context;
    hurry();
    open_stream(player);
    say_word(WSP_PLAYER_READY);
    play_all(player);
    say_word(WSP_PLAYER_FINISHED);
    wsp_stream_close(&player->stream);
    _exit(0);
}

/* ---- the main thread -------------------------------------------------------------------- */

static bool is_stuck(struct player *player, long long now)
{
    static const long long patience_ms[] = {
        [PHASE_OPENING] = OPENING_STUCK_MS,
        [PHASE_IDLE] = LLONG_MAX,
        [PHASE_STARTING] = STARTING_STUCK_MS,
        [PHASE_SOUNDING] = STUCK_MS,
    };
    return now - atomic_load(&player->queue->moved_ms) > patience_ms[atomic_load(&player->phase)];
}

/* Look after the stream thread until the parent is gone. */
static _Noreturn void watch(struct player *player)
{
    struct pollfd parent = {.fd = WSP_PLAYER_SOCKET, .events = POLLIN};
    long long last = wsp_now_ms();
    for (;;) {
        poll(&parent, 1, WATCH_MS);
        if (parent.revents)
            _exit(1); /* the parent never speaks: it has closed */
        long long now = wsp_now_ms();
        if (now - last > STUCK_MS / 2)
            atomic_store(&player->queue->moved_ms, now); /* we were stopped ourselves */
        last = now;
        atomic_fetch_add(&player->queue->beats, 1);
        if (is_stuck(player, now))
            fail(WSP_PLAYER_STUCK, NULL);
    }
}

static _Noreturn void list_devices(void)
{
    look_for_devices();
    for (int i = 0; i < Pa_GetDeviceCount(); i++) {
        struct wsp_player_message message = {.word = WSP_PLAYER_DEVICE};
        if (describe(i, &message.device))
            send(WSP_PLAYER_SOCKET, &message, sizeof message, MSG_NOSIGNAL);
    }
    say_word(WSP_PLAYER_FINISHED);
    _exit(0);
}

/* What ALSA, JACK and PortAudio print is not for the user; a terminal's signals are for the
 * parent, which ends us, or has us pause while it is stopped. */
static void settle_in(void)
{
    static const int ignored[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGPIPE,
                                  SIGUSR1, SIGUSR2, SIGTSTP, SIGTTIN, SIGTTOU};
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0)
        dup2(null, STDERR_FILENO);
    for (size_t i = 0; i < WSP_LEN(ignored); i++)
        signal(ignored[i], SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "player");
}

int wsp_player_main(int argc, char **argv)
{
    settle_in();
    if (argc == 2 && strcmp(argv[1], WSP_PLAYER_LIST) == 0)
        list_devices();
    /* Alive to the end of the process, and of the thread: that is this function's. */
    struct wsp_shared memory;
    if (argc != 4 || wsp_queue_attach(&memory, WSP_PLAYER_QUEUE, NULL))
        fail(WSP_PLAYER_BROKEN, NULL);
    struct player player = {
        .wanted = argv[1],
        .rate_hz = strtod(argv[2], NULL),
        .latency_s = strtod(argv[3], NULL) / 1000.0,
        .gain = 1,
        .queue = wsp_queue_in(&memory),
    };
    enter(&player, PHASE_OPENING);
    atomic_store(&player.queue->beats, 1);
    pthread_t stream;
    if (pthread_create(&stream, NULL, stream_main, &player))
        fail(WSP_PLAYER_BROKEN, NULL);
    watch(&player);
}
