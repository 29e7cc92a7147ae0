#include "output/playback.h"

#include "base/buf.h"
#include "base/child.h"
#include "base/text.h"
#include "output/player.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    LATENCY_MS = 55, /* measured: docs/live.md */
    SLICE_MS = 500,
    ANSWER_MS = 20000, /* the player's own patience is shorter, so this is for a broken one */
    BEATS_MS =
        3000, /* a process that has run for a while and does nothing for so long is stopped */
    PARTING_MS = 500, /* what a player has to end by itself, when all is done */
};

struct wsp_playback {
    pid_t pid;  /* -1: none */
    int socket; /* -1: none */
    struct wsp_shared memory;
    const struct wsp_cancel *cancel;
    bool ready;
    bool finished;
    uint32_t beats;               /* as they were last seen to grow, ... */
    long long beat_ms, looked_ms; /* ... when, and when it was last looked */
    enum wsp_status failed;       /* and why, in `reason`: every later call says the same */
    struct wsp_error reason;
    char device[128]; /* as asked for; "": the default */
};

/* ---- sentences -------------------------------------------------------------------------- */

/* The player says a code, here are the sentences. `text` is told in output/player.h. */
static enum wsp_status fail_as_told(struct wsp_error *err, uint32_t failure, const char *device,
                                    const char *text)
{
    switch ((enum wsp_player_failure)failure) {
    case WSP_PLAYER_NO_DEVICE:
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("no loudspeaker was found; plug one in or start the sound server, or "
                          "write a file with --out"));
    case WSP_PLAYER_UNKNOWN:
        return wsp_fail(err, WSP_UNAVAILABLE, _("there is no device '%s'; choose one of: %s"),
                        device, text);
    case WSP_PLAYER_AMBIGUOUS:
        return wsp_fail(err, WSP_UNAVAILABLE, _("'%s' can mean several devices; choose one of: %s"),
                        device, text);
    case WSP_PLAYER_CANNOT_OPEN:
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("the loudspeaker cannot be opened (%s); is another program using it? "
                          "--list-devices shows what there is"),
                        text);
    case WSP_PLAYER_LOST:
        return wsp_fail(err, WSP_UNAVAILABLE, _("the loudspeaker has gone away (%s)"), text);
    case WSP_PLAYER_STUCK:
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("the loudspeaker takes no sound; check the sound server, or choose "
                          "another with --device"));
    case WSP_PLAYER_WRONG_RATE:
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("the loudspeaker does not take this sample rate; try --sample-rate %s"),
                        text);
    case WSP_PLAYER_STILL:
        return wsp_fail(err, WSP_UNAVAILABLE, _("the player process does not move"));
    case WSP_PLAYER_BROKEN:
        break;
    }
    return wsp_fail(err, WSP_UNAVAILABLE, _("the player process cannot work; try again"));
}

static enum wsp_status remember(struct wsp_playback *playback, uint32_t failure, const char *text)
{
    playback->failed = fail_as_told(&playback->reason, failure, playback->device, text);
    return playback->failed;
}

static enum wsp_status report(const struct wsp_playback *playback, struct wsp_error *err)
{
    if (playback->failed && err)
        *err = playback->reason;
    return playback->failed;
}

/* ---- the player's words ----------------------------------------------------------------- */

/* Hear the next message, if there is one: 1, or 0, or -1 when the player is gone. */
static int hear(int socket, struct wsp_player_message *message)
{
    ssize_t len = recv(socket, message, sizeof *message, MSG_DONTWAIT);
    if (len == (ssize_t)sizeof *message) {
        message->text[sizeof message->text - 1] = '\0';
        return 1;
    }
    return len < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

/* Hear what it has said. Returns whether that was anything. */
static bool hear_all(struct wsp_playback *playback)
{
    struct wsp_player_message message;
    int heard = 1;
    bool any = false;
    while (!playback->failed && (heard = hear(playback->socket, &message)) > 0) {
        any = true;
        playback->ready |= message.word == WSP_PLAYER_READY;
        playback->finished |= message.word == WSP_PLAYER_FINISHED;
        if (message.word == WSP_PLAYER_FAILED)
            remember(playback, message.failure, message.text);
    }
    if (heard < 0 && !playback->finished && !playback->failed)
        playback->failed = wsp_fail(&playback->reason, WSP_UNAVAILABLE,
                                    _("the player process has ended; try again"));
    return any || playback->failed;
}

/* Its own watchdog sees whether the device lives; here it is seen whether the watchdog does, which
 * cannot say that it was stopped (SIGSTOP, a debugger). */
static void look_whether_it_runs(struct wsp_playback *playback)
{
    long long now = wsp_now_ms();
    uint32_t beats = atomic_load(&wsp_queue_in(&playback->memory)->beats);
    bool were_stopped = now - playback->looked_ms > BEATS_MS / 2; /* we ourselves */
    if (beats != playback->beats || were_stopped)
        playback->beat_ms = now;
    playback->beats = beats;
    playback->looked_ms = now;
    if (now - playback->beat_ms > (beats > 0 ? BEATS_MS : ANSWER_MS))
        remember(playback, WSP_PLAYER_STILL, "");
}

enum wsp_status wsp_playback_listen(struct wsp_playback *playback, struct wsp_error *err)
{
    (void)hear_all(playback);
    if (!playback->finished && !playback->failed)
        look_whether_it_runs(playback);
    return report(playback, err);
}

enum wsp_status wsp_playback_wait(struct wsp_playback *playback, struct wsp_error *err)
{
    if (hear_all(playback) || playback->finished) /* it may have been all that was waited for */
        return report(playback, err);

    struct pollfd fds[2] = {
        {.fd = playback->socket, .events = POLLIN},
        {.fd = wsp_cancel_fd(playback->cancel), .events = POLLIN},
    };
    int n = 0;
    for (int left = ANSWER_MS; n == 0 && left > 0;) {
        long long before = wsp_now_ms();
        n = poll(fds, WSP_LEN(fds), SLICE_MS);
        if (wsp_now_ms() - before < 2LL * SLICE_MS) /* else we were stopped ourselves (Ctrl-Z) */
            left -= SLICE_MS;
    }
    if (wsp_cancelled(playback->cancel))
        return wsp_fail_cancelled(err);
    if (n == 0)
        remember(playback, WSP_PLAYER_STUCK, "");
    return wsp_playback_listen(playback, err);
}

/* ---- what is given ---------------------------------------------------------------------- */

size_t wsp_playback_room(struct wsp_playback *playback, size_t n)
{
    struct wsp_queue *queue = wsp_queue_in(&playback->memory);
    size_t room = queue->capacity - wsp_queue_available(queue);
    if (room >= n)
        return n;
    wsp_queue_want_room(queue, true);
    room = queue->capacity - wsp_queue_available(queue); /* after the wish is visible */
    return room < n ? room : n;
}

size_t wsp_playback_write(struct wsp_playback *playback, const float *frames, size_t n)
{
    n = wsp_playback_room(playback, n);
    return wsp_queue_write(wsp_queue_in(&playback->memory), frames, n);
}

void wsp_playback_end(struct wsp_playback *playback)
{
    wsp_queue_end(wsp_queue_in(&playback->memory));
}

void wsp_playback_cut(struct wsp_playback *playback, uint64_t from)
{
    wsp_queue_cut(wsp_queue_in(&playback->memory), from);
}

void wsp_playback_pause(struct wsp_playback *playback, bool paused)
{
    atomic_store(&wsp_queue_in(&playback->memory)->paused, paused);
}

void wsp_playback_set_gain(struct wsp_playback *playback, double gain)
{
    atomic_store(&wsp_queue_in(&playback->memory)->gain, (uint32_t)(gain * WSP_QUEUE_GAIN_ONE));
}

void wsp_playback_start_at(struct wsp_playback *playback, int64_t at_ns)
{
    atomic_store(&wsp_queue_in(&playback->memory)->start_ns, at_ns);
}

/* ---- how it stands ---------------------------------------------------------------------- */

int wsp_playback_fd(const struct wsp_playback *playback)
{
    return playback->socket;
}

bool wsp_playback_is_ready(const struct wsp_playback *playback)
{
    return playback->ready;
}

bool wsp_playback_has_finished(const struct wsp_playback *playback)
{
    return playback->finished;
}

size_t wsp_playback_held(const struct wsp_playback *playback)
{
    return wsp_queue_available(wsp_queue_in(&playback->memory));
}

uint64_t wsp_playback_heard(const struct wsp_playback *playback)
{
    const struct wsp_queue *queue = wsp_queue_in(&playback->memory);
    uint64_t taken = atomic_load(&queue->taken), unheard = atomic_load(&queue->unheard);
    return taken > unheard ? taken - unheard : 0;
}

long long wsp_playback_still_ms(const struct wsp_playback *playback)
{
    return wsp_now_ms() - atomic_load(&wsp_queue_in(&playback->memory)->moved_ms);
}

uint32_t wsp_playback_underruns(const struct wsp_playback *playback)
{
    return atomic_load(&wsp_queue_in(&playback->memory)->underruns);
}

/* ---- the beginning ---------------------------------------------------------------------- */

/* Start a player; its socket is *socket, and `queue` (-1: none) goes along. */
static enum wsp_status start(pid_t *pid, int *socket, int queue, const char *program,
                             char *const argv[], struct wsp_error *err)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
        return wsp_fail(err, WSP_TEMPFAIL, _("cannot open a socket: %s"), wsp_errno_text(errno));
    struct wsp_child_fd fds[] = {{pair[1], WSP_PLAYER_SOCKET}, {queue, WSP_PLAYER_QUEUE}};
    enum wsp_status st = wsp_child_start(pid, program, argv, fds, queue < 0 ? 1 : 2, err);
    close(pair[1]);
    if (st)
        close(pair[0]);
    else
        *socket = pair[0];
    return st;
}

static enum wsp_status start_player(struct wsp_playback *playback, uint32_t rate_hz,
                                    const struct wsp_playback_settings *settings,
                                    struct wsp_error *err)
{
    char role[] = WSP_PLAYER_ROLE, rate[16], latency[16];
    double latency_ms = settings->latency_s > 0 ? settings->latency_s * 1000.0 : LATENCY_MS;
    snprintf(rate, sizeof rate, "%u", rate_hz);
    snprintf(latency, sizeof latency, "%d", (int)(latency_ms + 0.5));
    char *argv[] = {role, playback->device, rate, latency, NULL};
    return start(&playback->pid, &playback->socket, playback->memory.fd, settings->program, argv,
                 err);
}

enum wsp_status wsp_playback_open(struct wsp_playback **out, uint32_t rate_hz,
                                  const struct wsp_playback_settings *settings,
                                  struct wsp_error *err)
{
    *out = NULL;
    struct wsp_playback *playback = calloc(1, sizeof *playback);
    if (!playback)
        return wsp_fail_nomem(err);
    playback->pid = -1;
    playback->socket = -1;
    playback->cancel = settings->cancel;
    snprintf(playback->device, sizeof playback->device, "%s",
             settings->device ? settings->device : "");
    enum wsp_status st = wsp_queue_create(&playback->memory, rate_hz, err); /* 1 s */
    if (!st)
        st = start_player(playback, rate_hz, settings, err);
    if (st) {
        wsp_playback_close(playback);
        return st;
    }
    *out = playback;
    return WSP_OK;
}

void wsp_playback_close(struct wsp_playback *playback)
{
    if (!playback)
        return;
    wsp_child_end(playback->pid, playback->finished ? PARTING_MS : 0);
    if (playback->socket >= 0)
        close(playback->socket);
    wsp_shared_release(&playback->memory);
    free(playback);
}

/* ---- which devices there are ------------------------------------------------------------ */

static enum wsp_status gather_devices(int socket, struct wsp_device **devices, size_t *n,
                                      struct wsp_error *err)
{
    struct wsp_player_message message;
    struct pollfd player = {.fd = socket, .events = POLLIN};
    size_t cap = 0;
    for (;;) {
        if (poll(&player, 1, ANSWER_MS) == 0)
            return fail_as_told(err, WSP_PLAYER_STUCK, "", "");
        int heard = hear(socket, &message);
        if (heard < 0)
            return fail_as_told(err, WSP_PLAYER_BROKEN, "", "");
        if (heard == 0)
            continue;
        if (message.word == WSP_PLAYER_FAILED && message.failure != WSP_PLAYER_NO_DEVICE)
            return fail_as_told(err, message.failure, "", message.text);
        if (message.word != WSP_PLAYER_DEVICE)
            return WSP_OK;
        if (wsp_grow(devices, &cap, *n, sizeof **devices))
            return wsp_fail_nomem(err);
        (*devices)[(*n)++] = message.device;
    }
}

enum wsp_status wsp_playback_devices(struct wsp_device **out, size_t *n, const char *program,
                                     struct wsp_error *err)
{
    char role[] = WSP_PLAYER_ROLE, list[] = WSP_PLAYER_LIST;
    char *argv[] = {role, list, NULL};
    pid_t pid = -1;
    int socket = -1;
    *out = NULL;
    *n = 0;
    enum wsp_status st = start(&pid, &socket, -1, program, argv, err);
    if (st)
        return st;
    st = gather_devices(socket, out, n, err);
    wsp_child_end(pid, st ? 0 : PARTING_MS);
    close(socket);
    if (st) {
        free(*out);
        *out = NULL;
        *n = 0;
    }
    return st;
}
