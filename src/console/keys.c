#include "console/keys.h"

#include "console/command.h"
#include "console/terminal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ESCAPE = 033, ERASE = 0177, BACKSPACE = 010 };

static void type_number(struct wsp_keys *keys, struct wsp_play *play, char key)
{
    size_t n = strlen(keys->number);
    if (key >= '0' && key <= '9' && n + 1 < sizeof keys->number) {
        keys->number[n] = key;
        keys->number[n + 1] = '\0';
    } else if ((key == ERASE || key == BACKSPACE) && n > 0) {
        keys->number[n - 1] = '\0';
    } else if (key == '\n' || key == '\r') {
        keys->asks = false;
        if (n > 0)
            (void)wsp_command_run(wsp_command_of_key('g'), play, strtod(keys->number, NULL));
    } else if (key == ERASE || key == BACKSPACE || key == 'g' || key == 'q') {
        keys->asks = false;
    }
}

/* ESC [ letter, ESC O letter, ESC [ digits ~: arrows and the like. Left and right are sentences. */
static bool is_escaped(struct wsp_keys *keys, struct wsp_play *play, char key)
{
    enum { NOT, BEGUN, INSIDE };
    if (key == ESCAPE) {
        keys->escape = BEGUN;
        keys->asks = false;
        return true;
    }
    if (keys->escape == BEGUN && (key == '[' || key == 'O')) {
        keys->escape = INSIDE;
        return true;
    }
    if (keys->escape == INSIDE) {
        if (key >= '@')
            keys->escape = NOT;
        if (key == 'C' || key == 'D')
            (void)wsp_command_run(wsp_command_find(key == 'C' ? "next" : "previous"), play, 0);
        return true;
    }
    keys->escape = NOT;
    return false;
}

static void press(struct wsp_keys *keys, struct wsp_play *play, char key)
{
    if (is_escaped(keys, play, key))
        return;
    if (keys->asks) {
        type_number(keys, play, key);
        return;
    }
    key = key == '=' ? '+' : key == '_' ? '-' : key; /* the same key, without shift */
    const struct wsp_command *command = wsp_command_of_key(key);
    if (!command)
        return;
    keys->asks = command->takes_value;
    keys->number[0] = '\0';
    if (!command->takes_value)
        (void)wsp_command_run(command, play, 0);
}

static size_t poll_keys(void *context, struct pollfd *fds, size_t max, int *timeout_ms)
{
    (void)context;
    (void)timeout_ms;
    if (max == 0 || wsp_terminal_keys() < 0)
        return 0;
    fds[0] = (struct pollfd){.fd = wsp_terminal_keys(), .events = POLLIN};
    return 1;
}

/* The players go on while we are stopped: they hold the place. */
static void stop_for_a_while(struct wsp_play *play)
{
    bool sounded = wsp_play_do(play, WSP_PLAY_PAUSE, 0);
    wsp_terminal_stop();
    if (sounded)
        (void)wsp_play_do(play, WSP_PLAY_RESUME, 0);
}

static void serve_keys(void *context, struct wsp_play *play, const struct pollfd *fds, size_t n)
{
    char typed[64];
    if (wsp_terminal_is_to_stop())
        stop_for_a_while(play);
    if (n == 0 || !fds[0].revents || wsp_terminal_keys() < 0)
        return;
    ssize_t got = read(fds[0].fd, typed, sizeof typed);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got < 0 || fds[0].revents & (POLLHUP | POLLERR)) {
        wsp_terminal_lose_keys();
        return;
    }
    for (ssize_t i = 0; i < got; i++)
        press(context, play, typed[i]);
}

struct wsp_play_guest wsp_keys_guest(struct wsp_keys *keys)
{
    *keys = (struct wsp_keys){.asks = false};
    return (struct wsp_play_guest){.context = keys, .poll = poll_keys, .serve = serve_keys};
}
