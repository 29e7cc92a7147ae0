#include "app/interrupt.h"

#include "base/buf.h"
#include "console/terminal.h"
#include "output/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A handler has no argument: these are the two things it needs to know. */
static struct wsp_cancel *to_raise;
static volatile sig_atomic_t at_once = 1;
static volatile sig_atomic_t latest; /* the signal that came last; 0: none */
static int knocks[2] = {-1, -1};     /* a pipe: what SIGUSR1 and SIGUSR2 ask for */

static void on_signal(int number)
{
    if (!at_once && number == SIGHUP && latest == SIGHUP)
        return; /* a terminal that closes hangs up twice: the kernel, and the shell */
    latest = number;
    if (at_once || wsp_cancelled(to_raise)) {
        wsp_sink_abandon_all();
        wsp_terminal_give_back();
        _exit(128 + number); /* the helpers see our sockets close, and end too */
    }
    wsp_cancel_raise(to_raise, number);
}

static void on_knock(int number)
{
    int saved = errno;
    const char knock = number == SIGUSR1 ? 'p' : 'n';
    ssize_t written = write(knocks[1], &knock, 1);
    (void)written; /* a full pipe knocks loudly enough */
    errno = saved;
}

void wsp_interrupt_init(struct wsp_cancel *cancel)
{
    static const int caught[] = {SIGINT, SIGTERM, SIGHUP};
    static const int ignored[] = {SIGPIPE, SIGXFSZ};
    struct sigaction action = {.sa_handler = on_signal};
    to_raise = cancel;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < WSP_LEN(caught); i++) {
        struct sigaction old;
        sigaction(caught[i], NULL, &old);
        if (old.sa_handler != SIG_IGN) /* nohup, and background jobs of a script */
            sigaction(caught[i], &action, NULL);
    }
    struct sigaction knock = {.sa_handler = on_knock, .sa_flags = SA_RESTART};
    sigemptyset(&knock.sa_mask);
    if (pipe2(knocks, O_CLOEXEC | O_NONBLOCK) == 0) {
        sigaction(SIGUSR1, &knock, NULL);
        sigaction(SIGUSR2, &knock, NULL);
    }
    for (size_t i = 0; i < WSP_LEN(ignored); i++)
        signal(ignored[i], SIG_IGN);
}

void wsp_interrupt_at_once(int yes)
{
    at_once = yes;
}

static size_t poll_knocks(void *context, struct pollfd *fds, size_t max, int *timeout_ms)
{
    (void)context;
    (void)timeout_ms;
    if (max == 0 || knocks[0] < 0)
        return 0;
    fds[0] = (struct pollfd){.fd = knocks[0], .events = POLLIN};
    return 1;
}

static void serve_knocks(void *context, struct wsp_play *play, const struct pollfd *fds, size_t n)
{
    char knock;
    (void)context;
    if (n == 0 || !fds[0].revents)
        return;
    while (read(knocks[0], &knock, 1) == 1)
        (void)wsp_play_do(play, knock == 'p' ? WSP_PLAY_TOGGLE : WSP_PLAY_NEXT, 0);
}

struct wsp_play_guest wsp_interrupt_guest(void)
{
    return (struct wsp_play_guest){.poll = poll_knocks, .serve = serve_knocks};
}
