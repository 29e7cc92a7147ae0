#include "speech/nursery.h"

#include "base/text.h"
#include "speech/rewind.h"
#include "speech/shed.h"
#include "speech/wire.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the engine and the workers call; all other libraries are shed. */
static const char *const needed_libraries[] = {
    "libc.so",      "libc-",    "libm.so",    "libm-",       "ld-linux", "ld-",
    "libespeak-ng", "libsonic", "libpthread", "libutf8proc", NULL,
};

enum { JOBS_A_LIFE = 1000 }; /* what a job leaves in the kernel goes with its worker */

struct nursery {
    int n_lanes;
    bool want_phonemes;
    const struct wsp_engine *engine;
    struct wsp_voice voice;
    uint32_t rate_hz;
    const struct wsp_moment *moment;      /* NULL: a worker is used up by one job */
    pid_t workers[WSP_NURSERY_LANES_MAX]; /* 0: none */
};

static int lane_fd(int lane)
{
    return WSP_NURSERY_LANES + lane;
}

/* ---- in a worker ------------------------------------------------------------------------ */

struct worker {
    int fd;
    uint32_t job;
    bool gone; /* the other side has closed the lane */
    bool want_sound;
    struct wsp_cue cues[1024]; /* held back: a record for each would cost a wake-up for each */
    size_t n_cues;
};

static bool answer(struct worker *worker, enum wsp_record_kind kind, uint32_t value,
                   const void *body, size_t len)
{
    struct wsp_record record = {
        .kind = kind, .job = worker->job, .value = value, .length = (uint32_t)len};
    if (!worker->gone)
        worker->gone = !wsp_wire_send(worker->fd, record, body);
    return !worker->gone;
}

static bool send_samples(void *context, const int16_t *samples, size_t n)
{
    enum { PIECE = 32 * 1024 }; /* samples; well below WSP_RECORD_LIMIT */
    struct worker *worker = context;
    if (!worker->want_sound)
        return true;
    while (n > 0) {
        size_t piece = n < PIECE ? n : PIECE;
        if (!answer(worker, WSP_RECORD_SAMPLES, 0, samples, piece * sizeof *samples))
            return false;
        samples += piece;
        n -= piece;
    }
    return true;
}

static bool flush_cues(struct worker *worker)
{
    size_t n = worker->n_cues;
    worker->n_cues = 0;
    return n == 0 || answer(worker, WSP_RECORD_CUES, 0, worker->cues, n * sizeof *worker->cues);
}

static bool send_cue(void *context, struct wsp_cue cue)
{
    struct worker *worker = context;
    worker->cues[worker->n_cues++] = cue;
    return worker->n_cues < WSP_LEN(worker->cues) || flush_cues(worker);
}

static void send_phonemes(void *context, struct wsp_str mnemonics)
{
    size_t len = mnemonics.len < WSP_RECORD_LIMIT / 2 ? mnemonics.len : WSP_RECORD_LIMIT / 2;
    answer(context, WSP_RECORD_PHONEMES, 0, mnemonics.ptr, len);
}

static void speak_job(const struct nursery *nursery, struct worker *worker, struct wsp_str body)
{
    struct wsp_utterance utterance;
    struct wsp_error err = {.status = WSP_OK};
    wsp_utterance_init(&utterance);
    enum wsp_status st = wsp_wire_get_utterance(&utterance, body);
    if (st)
        wsp_fail(&err, st, _("the utterance arrived damaged"));
    else
        st = nursery->engine->speak(&utterance,
                                    &(struct wsp_engine_output){
                                        .context = worker,
                                        .want_phonemes = nursery->want_phonemes,
                                        .samples = send_samples,
                                        .cue = send_cue,
                                        .phonemes = send_phonemes,
                                    },
                                    &err);
    flush_cues(worker);
    answer(worker, WSP_RECORD_DONE, st, err.text, strlen(err.text));
}

/* Wait for a job and speak it. Returns false when the other side has gone. */
static bool speak_next(const struct nursery *nursery, int fd)
{
    static char buffer[WSP_RECORD_LIMIT];
    struct wsp_record record;
    if (wsp_wire_receive(fd, buffer, &record) != 1 || record.kind != WSP_RECORD_JOB)
        return false;
    struct worker worker = {.fd = fd, .job = record.job, .want_sound = !nursery->want_phonemes};
    if (answer(&worker, WSP_RECORD_TAKEN, nursery->rate_hz, NULL, 0))
        speak_job(nursery, &worker, (struct wsp_str){wsp_wire_body(buffer), record.length});
    return !worker.gone;
}

/* Nobody gives memory back here: with the moment before a job comes all that was free then.
 * `nursery` is rewound too, to where it had no moment yet: the argument, on the stack, has it. */
static void be_worker(const struct nursery *nursery, const struct wsp_moment *moment, int lane)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int fd = lane_fd(lane);
    if (!moment)
        speak_next(nursery, fd);
    /* Before the first job too, which shall find its stack as the others do. */
    for (int n = 0; moment && n < JOBS_A_LIFE; n++)
        if (!wsp_rewind_to(moment) || !speak_next(nursery, fd))
            break;
    _exit(0);
}

/* ---- in the nursery --------------------------------------------------------------------- */

static void tell_lane(int lane, enum wsp_record_kind kind, uint32_t value, const char *text)
{
    struct wsp_record record = {.kind = kind, .value = value, .length = (uint32_t)strlen(text)};
    wsp_wire_send(lane_fd(lane), record, text);
}

static void fork_worker(struct nursery *nursery, int lane)
{
    pid_t pid = _Fork(); /* without the fork handlers of libraries, which may have been shed */
    if (pid == 0)
        be_worker(nursery, nursery->moment, lane);
    nursery->workers[lane] = pid > 0 ? pid : 0;
    if (pid < 0)
        tell_lane(lane, WSP_RECORD_CRASHED, 0, "");
}

static int lane_of(const struct nursery *nursery, pid_t pid)
{
    for (int lane = 0; lane < nursery->n_lanes; lane++)
        if (nursery->workers[lane] == pid)
            return lane;
    return -1;
}

static void reap_workers(struct nursery *nursery)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        int lane = lane_of(nursery, pid);
        if (lane < 0)
            continue;
        if (WIFSIGNALED(status) || WEXITSTATUS(status) != 0) {
            tell_lane(lane, WSP_RECORD_CRASHED,
                      WIFSIGNALED(status) ? (uint32_t)WTERMSIG(status) : 0, "");
        }
        fork_worker(nursery, lane);
    }
    /* A fork that failed for want of memory or processes is tried again. */
    for (int lane = 0; lane < nursery->n_lanes; lane++)
        if (!nursery->workers[lane])
            fork_worker(nursery, lane);
}

/* Returns false when the other side has gone. */
static bool obey(struct nursery *nursery)
{
    unsigned char lane;
    ssize_t n = read(WSP_NURSERY_CONTROL, &lane, 1);
    if (n < 0 && errno == EINTR)
        return true;
    if (n != 1)
        return false;
    if (lane < nursery->n_lanes && nursery->workers[lane] > 0)
        kill(nursery->workers[lane], SIGKILL);
    return true;
}

static void end_workers(struct nursery *nursery)
{
    for (int lane = 0; lane < nursery->n_lanes; lane++)
        if (nursery->workers[lane] > 0)
            kill(nursery->workers[lane], SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        ;
}

static void tend(struct nursery *nursery, int children)
{
    for (int lane = 0; lane < nursery->n_lanes; lane++)
        fork_worker(nursery, lane);
    struct pollfd waits[2] = {{.fd = children, .events = POLLIN},
                              {.fd = WSP_NURSERY_CONTROL, .events = POLLIN}};
    for (;;) {
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            break;
        if (waits[0].revents) {
            struct signalfd_siginfo info;
            if (read(children, &info, sizeof info) > 0)
                reap_workers(nursery);
        }
        if (waits[1].revents && !obey(nursery))
            break;
    }
    end_workers(nursery);
}

/* The terminal's Ctrl-C goes to every process of its group: who started us decides. */
static int ignore_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2};
    for (size_t i = 0; i < WSP_LEN(ignored); i++)
        signal(ignored[i], SIG_IGN);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    return signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
}

static enum wsp_status get_ready(struct nursery *nursery, char **argv,
                                 const struct wsp_engine *const *engines, struct wsp_error *err)
{
    setlocale(LC_CTYPE, "C.UTF-8"); /* the engine's text functions look at it */
    enum wsp_status st = wsp_voice_load(&nursery->voice, argv[2], err);
    if (st)
        return st;
    nursery->engine = wsp_engine_find(engines, nursery->voice.engine);
    if (!nursery->engine)
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("the voice '%s' asks for the engine '%s', which is not here"),
                        nursery->voice.name, nursery->voice.engine);
    return nursery->engine->start(&nursery->voice, strtod(argv[3], NULL), strtod(argv[4], NULL),
                                  &nursery->rate_hz, err);
}

int wsp_nursery_main(int argc, char **argv, const struct wsp_engine *const *engines)
{
    static struct nursery nursery; /* static, because it is larger than a page of stack */
    struct wsp_error err = {.status = WSP_OK};
    if (argc != 6)
        return wsp_status_exit_code(WSP_USAGE);
    nursery.n_lanes = (int)strtol(argv[1], NULL, 10);
    if (nursery.n_lanes < 1 || nursery.n_lanes > WSP_NURSERY_LANES_MAX)
        return wsp_status_exit_code(WSP_USAGE);
    nursery.want_phonemes = strcmp(argv[5], "phonemes") == 0;

    wsp_rewind_prepare();

    int children = ignore_signals();
    enum wsp_status st = get_ready(&nursery, argv, engines, &err);
    if (st) {
        for (int lane = 0; lane < nursery.n_lanes; lane++)
            tell_lane(lane, WSP_RECORD_REFUSED, st, err.text);
        return wsp_status_exit_code(st);
    }
    wsp_shed_libraries(needed_libraries);
    nursery.moment = wsp_rewind_remember();
    tend(&nursery, children);
    return 0;
}
