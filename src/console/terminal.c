#include "console/terminal.h"

#include "base/buf.h"
#include "console/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { USUAL_COLUMNS = 80, USUAL_ROWS = 24 };

/* Signal handlers have no argument. */
static struct {
    struct wsp_kept *kept;                     /* what is taken; NULL: nothing was ever wanted */
    int fd;                                    /* of the keys */
    volatile sig_atomic_t keys, screen, whole; /* wanted */
    volatile sig_atomic_t changed;
    volatile sig_atomic_t stop; /* is wanted, and not done yet */
    bool opened;                /* `fd` is ours to close */
} terminal = {.fd = -1};

static void put(const char *text)
{
    int saved = errno;
    ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
    errno = saved;
}

static bool in_foreground(void)
{
    return tcgetpgrp(terminal.fd) == getpgrp();
}

bool wsp_terminal_is_ours(void)
{
    pid_t foreground = tcgetpgrp(STDERR_FILENO);
    return foreground < 0 || foreground == getpgrp();
}

/* In the background the terminal is as the shell has it; whoever is fetched takes it then. */
static void take_keys(struct wsp_kept *kept)
{
    if (!terminal.keys || kept->taken || !in_foreground() || tcgetattr(terminal.fd, &kept->before))
        return;
    struct termios keys = kept->before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_iflag &= ~(tcflag_t)IXON; /* Ctrl-S would hold the sound too */
    keys.c_cc[VMIN] = 0;
    keys.c_cc[VTIME] = 0;
    kept->keys = keys;
    kept->taken = 1;
    tcsetattr(terminal.fd, TCSANOW, &keys);
    tcgetattr(terminal.fd, &kept->keys); /* as far as it takes what it is told */
}

static void take_up(void)
{
    struct wsp_kept *kept = terminal.kept;
    if (!kept)
        return;
    take_keys(kept);
    if (wsp_terminal_is_ours()) {
        kept->screen |= terminal.screen;
        kept->whole |= terminal.whole;
        if (terminal.whole)
            put("\033[?1049h\033[2J");
        if (terminal.screen)
            put("\033[?25l");
    }
    terminal.changed = 1;
}

static void lay_down(void)
{
    struct wsp_kept *kept = terminal.kept;
    if (!kept)
        return;
    wsp_kept_show(kept);
    kept->screen = kept->whole = 0;
    if (kept->taken && in_foreground())
        tcsetattr(terminal.fd, TCSANOW, &kept->before);
    kept->taken = 0;
}

static void on_crash(int number)
{
    lay_down();
    raise(number); /* SA_RESETHAND: ends the program now */
}

static void catch (int number, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void stop_now(void)
{
    terminal.stop = 0;
    lay_down();
    raise(SIGSTOP);
}

/* What plays is to fall silent before; if nobody looks after that, it is stopped all the same. */
static void on_stop(int number)
{
    (void)number;
    if (terminal.stop || !(terminal.keys || terminal.screen))
        stop_now();
    else
        terminal.stop = 1;
}

static void on_continue(int number)
{
    (void)number;
    take_up();
}

static void on_resize(int number)
{
    (void)number;
    terminal.changed = 1;
}

static void watch_signals(void)
{
    static const int crashes[] = {SIGSEGV, SIGBUS,  SIGFPE,  SIGILL,  SIGABRT,   SIGQUIT,
                                  SIGSYS,  SIGTRAP, SIGXCPU, SIGALRM, SIGVTALRM, SIGPROF};
    for (size_t i = 0; i < WSP_LEN(crashes); i++) {
        struct sigaction now;
        sigaction(crashes[i], NULL, &now);
        if (now.sa_handler == SIG_DFL) /* else somebody else wants to know */
            catch (crashes[i], on_crash, (int)SA_RESETHAND | SA_NODEFER);
    }
    catch (SIGTSTP, on_stop, SA_RESTART);
    catch (SIGCONT, on_continue, SA_RESTART);
    catch (SIGWINCH, on_resize, SA_RESTART);
}

/* Standard input, or else the terminal that the program was started from. */
static void find_keys(void)
{
    terminal.fd = STDIN_FILENO;
    if (!isatty(STDIN_FILENO)) {
        terminal.fd = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        terminal.opened = terminal.fd >= 0;
    }
    terminal.keys = terminal.fd >= 0 && tcgetpgrp(terminal.fd) >= 0;
}

struct wsp_terminal_wish wsp_terminal_take(struct wsp_terminal_wish wish)
{
    if (wish.keys)
        find_keys();
    terminal.screen = wish.screen;
    terminal.whole = wish.whole;
    if (terminal.keys || terminal.screen) {
        terminal.kept = wsp_keeper_start(terminal.keys ? terminal.fd : -1);
        watch_signals();
    }
    take_up();
    return (struct wsp_terminal_wish){
        .keys = terminal.keys, .screen = wish.screen, .whole = wish.whole};
}

int wsp_terminal_keys(void)
{
    if (!terminal.keys)
        return -1;
    if (!in_foreground()) {
        terminal.kept->taken = 0; /* the shell's again */
        return -1;
    }
    if (!terminal.kept->taken) /* fetched without a signal */
        take_up();
    return terminal.fd;
}

void wsp_terminal_lose_keys(void)
{
    terminal.keys = 0;
}

void wsp_terminal_give_back(void)
{
    lay_down();
    wsp_keeper_end();
    terminal.keys = terminal.screen = terminal.whole = 0;
    if (terminal.opened)
        close(terminal.fd);
    terminal.opened = false;
}

bool wsp_terminal_has_changed(void)
{
    bool changed = terminal.changed;
    terminal.changed = 0;
    return changed;
}

bool wsp_terminal_is_to_stop(void)
{
    return terminal.stop;
}

void wsp_terminal_stop(void)
{
    stop_now();
}

void wsp_terminal_size(unsigned *columns, unsigned *rows)
{
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0;
    *columns = known ? size.ws_col : USUAL_COLUMNS;
    *rows = known ? size.ws_row : USUAL_ROWS;
}
