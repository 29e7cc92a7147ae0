#include "console/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KEEPER_TERMINAL = 0, KEEPER_PIPE = 3 }; /* its descriptors, besides standard error */

/* A signal handler has no argument. */
static struct {
    struct wsp_kept unshared; /* where no memory can be shared */
    struct wsp_kept *kept;    /* NULL: not asked for yet */
    pid_t pid;                /* 0: none */
    int pipe;                 /* its other end closes when we are gone; -1: none */
} keeper = {.pipe = -1};

static void put(const char *text)
{
    int saved = errno;
    ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
    errno = saved;
}

void wsp_kept_show(const struct wsp_kept *kept)
{
    if (kept->whole)
        put("\033[?1049l");
    if (kept->screen)
        put("\033[0m\033[?25h");
}

/* ---- in the keeper: nothing that is not async-signal-safe ------------------------------- */

static bool are_same(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
           a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

/* A shell may have been quicker, and the terminal is its own again: then the modes are others. */
static void put_back(const struct wsp_kept *kept)
{
    struct termios now;
    if (kept->taken && tcgetattr(KEEPER_TERMINAL, &now) == 0 && are_same(&now, &kept->keys))
        tcsetattr(KEEPER_TERMINAL, TCSANOW, &kept->before);
    wsp_kept_show(kept);
}

static _Noreturn void keep(const struct wsp_kept *kept, int terminal, int pipe)
{
    char none;
    prctl(PR_SET_NAME, "keeper");
    setsid(); /* so no terminal has a say in what we do to it */
    if (terminal < 0)
        close(KEEPER_TERMINAL);
    else
        dup2(terminal, KEEPER_TERMINAL);
    close(STDOUT_FILENO);
    dup2(pipe, KEEPER_PIPE);
    close_range(KEEPER_PIPE + 1, ~0U, 0);
    while (read(KEEPER_PIPE, &none, 1) < 0 && errno == EINTR)
        ;
    put_back(kept);
    _exit(0);
}

/* ---- in the program --------------------------------------------------------------------- */

/* Without exec: a second life of the program is not worth its start. All signals stay blocked in
 * it, whose handlers are ours. */
static void fork_keeper(int terminal)
{
    int ends[2];
    sigset_t all, before;
    if (pipe2(ends, O_CLOEXEC))
        return;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t pid = _Fork(); /* without the fork handlers of libraries */
    if (pid == 0)
        keep(keeper.kept, terminal, ends[0]);
    keeper.pid = pid > 0 ? pid : 0;
    keeper.pipe = ends[1];
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[0]);
}

struct wsp_kept *wsp_keeper_start(int terminal)
{
    if (!keeper.kept) {
        void *memory = mmap(NULL, sizeof *keeper.kept, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        keeper.kept = memory == MAP_FAILED ? &keeper.unshared : memory;
    }
    if (keeper.pipe < 0 && keeper.kept != &keeper.unshared)
        fork_keeper(terminal);
    return keeper.kept;
}

void wsp_keeper_end(void)
{
    int saved = errno;
    if (keeper.pid > 0) {
        kill(keeper.pid, SIGKILL);
        while (waitpid(keeper.pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    if (keeper.pipe >= 0)
        close(keeper.pipe);
    keeper.pid = 0;
    keeper.pipe = -1;
    errno = saved;
}
