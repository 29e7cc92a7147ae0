#include "app/interrupt.h"

#include "base/buf.h"
#include "output/playback.h"
#include "output/sink.h"

#include <signal.h>
#include <unistd.h>

/* A handler has no argument: these are the two things it needs to know. */
static struct wsp_cancel *to_raise;
static volatile sig_atomic_t at_once = 1;

static void on_signal(int number)
{
    if (at_once || wsp_cancelled(to_raise)) {
        wsp_sink_abandon_all();
        _exit(128 + number); /* the helpers see our sockets close, and end too */
    }
    wsp_cancel_raise(to_raise, number);
}

static void on_pause(int number)
{
    (void)number;
    wsp_playback_toggle_pause();
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
    struct sigaction pause = {.sa_handler = on_pause, .sa_flags = SA_RESTART};
    sigemptyset(&pause.sa_mask);
    sigaction(SIGUSR1, &pause, NULL);
    for (size_t i = 0; i < WSP_LEN(ignored); i++)
        signal(ignored[i], SIG_IGN);
}

void wsp_interrupt_at_once(int yes)
{
    at_once = yes;
}
