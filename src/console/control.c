#include "console/control.h"

#include "base/child.h"
#include "base/text.h"
#include "console/command.h"
#include "console/told.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    CLIENTS_MAX = 16,
    LINE_MAX_BYTES = 4096, /* longer is no command */
    ANSWER_LIMIT = 1 << 16,
    ANSWER_TIMEOUT_S = 5,
    HALF_LINE_MS = 5000, /* so long the rest of a line is waited for, when others want its place */
};

struct client {
    int fd; /* -1: none */
    bool watches;
    long long heard_ms; /* when it last said something, or was told something */
    char line[LINE_MAX_BYTES];
    size_t len;
};

struct wsp_control {
    int fd;
    struct sockaddr_un address;
    dev_t device; /* of the socket that we made: nobody else's is taken away */
    ino_t inode;
    struct client clients[CLIENTS_MAX];
    struct wsp_buf out;
};

/* ---- the socket ------------------------------------------------------------------------- */

static enum wsp_status find_address(struct sockaddr_un *address, const char *path,
                                    struct wsp_error *err)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (!*path || strlen(path) >= sizeof address->sun_path)
        return wsp_fail(err, WSP_USAGE,
                        _("'%s' cannot be a socket; give a name of at most %zu bytes"), path,
                        sizeof address->sun_path - 1);
    memcpy(address->sun_path, path, strlen(path) + 1);
    return WSP_OK;
}

static int new_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static bool meet(int fd, const struct sockaddr_un *address)
{
    return connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;
}

/* A socket at which nobody listens is left from a program that was killed. */
static enum wsp_status clear_place(const struct sockaddr_un *address, struct wsp_error *err)
{
    struct stat there;
    if (lstat(address->sun_path, &there))
        return WSP_OK;
    if (!S_ISSOCK(there.st_mode))
        return wsp_fail(err, WSP_CANTCREAT, _("'%s' is there and no socket; choose another name"),
                        address->sun_path);
    int fd = new_socket();
    bool met = fd >= 0 && meet(fd, address);
    if (fd >= 0)
        close(fd);
    if (met)
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("another program is steered through '%s'; choose another name"),
                        address->sun_path);
    unlink(address->sun_path);
    return WSP_OK;
}

static bool bind_for_user(const struct wsp_control *control)
{
    return fchmod(control->fd, S_IRUSR | S_IWUSR) == 0 && /* what bind() makes has this mode */
           bind(control->fd, (const struct sockaddr *)&control->address, sizeof control->address) ==
               0;
}

enum wsp_status wsp_control_open(struct wsp_control **out, const char *path, struct wsp_error *err)
{
    *out = NULL;
    struct wsp_control *control = calloc(1, sizeof *control);
    if (!control)
        return wsp_fail_nomem(err);
    control->fd = -1;
    wsp_buf_init(&control->out, ANSWER_LIMIT);
    for (size_t i = 0; i < CLIENTS_MAX; i++)
        control->clients[i].fd = -1;
    struct stat made;
    enum wsp_status st = find_address(&control->address, path, err);
    if (!st)
        st = clear_place(&control->address, err);
    if (!st)
        control->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (!st && (control->fd < 0 || !bind_for_user(control) || listen(control->fd, CLIENTS_MAX) ||
                lstat(path, &made)))
        st = wsp_fail(err, WSP_CANTCREAT, _("cannot listen at '%s': %s"), path,
                      wsp_errno_text(errno));
    if (st) {
        if (control->fd >= 0)
            close(control->fd);
        control->fd = -1;
        wsp_control_close(control);
        return st;
    }
    control->device = made.st_dev;
    control->inode = made.st_ino;
    *out = control;
    return WSP_OK;
}

void wsp_control_close(struct wsp_control *control)
{
    struct stat there;
    if (!control)
        return;
    for (size_t i = 0; i < CLIENTS_MAX; i++)
        if (control->clients[i].fd >= 0)
            close(control->clients[i].fd);
    if (control->fd >= 0) {
        close(control->fd);
        if (lstat(control->address.sun_path, &there) == 0 && there.st_dev == control->device &&
            there.st_ino == control->inode)
            unlink(control->address.sun_path);
    }
    wsp_buf_release(&control->out);
    free(control);
}

/* ---- clients ---------------------------------------------------------------------------- */

static void drop(struct client *client)
{
    close(client->fd);
    client->fd = -1;
}

/* Who does not read is not waited for. */
static void send_line(struct wsp_control *control, struct client *client, json_t *object)
{
    wsp_buf_clear(&control->out);
    if (wsp_told_line(&control->out, object) ||
        send(client->fd, control->out.ptr, control->out.len, MSG_NOSIGNAL | MSG_DONTWAIT) !=
            (ssize_t)control->out.len)
        drop(client);
    client->heard_ms = wsp_now_ms();
}

/* `why` is told as it is in the sources: whoever asks says it in his own language. */
static void refuse(struct wsp_control *control, struct client *client, const char *why)
{
    send_line(control, client, json_pack("{s:b, s:s}", "ok", 0, "error", why));
}

/* Do what an object asks for. */
static void obey(struct wsp_control *control, struct client *client, struct wsp_play *play,
                 const json_t *request)
{
    const char *name = json_string_value(json_object_get(request, "command"));
    const json_t *value = json_object_get(request, "value");
    const struct wsp_command *command = name ? wsp_command_find(name) : NULL;
    bool watches = name && strcmp(name, "watch") == 0;
    if (watches)
        client->watches = true;
    else if (!name)
        refuse(control, client, N_("no command"));
    else if (!command && strcmp(name, "status") != 0)
        refuse(control, client, N_("unknown command"));
    else if (command && command->takes_value && !json_is_number(value))
        refuse(control, client, N_("a number is missing: value"));
    else if (command && !wsp_command_run(command, play, json_number_value(value)))
        refuse(control, client, command->refusal);
    else
        watches = true;
    if (watches && client->fd >= 0)
        send_line(control, client, json_pack("{s:b, s:o}", "ok", 1, "state", wsp_told_state(play)));
}

static void obey_line(struct wsp_control *control, struct client *client, struct wsp_play *play,
                      const char *line, size_t len)
{
    json_t *request = json_loadb(line, len, 0, NULL);
    if (json_is_object(request))
        obey(control, client, play, request);
    else
        refuse(control, client, N_("not a line of JSON with an object"));
    json_decref(request);
}

static void hear(struct wsp_control *control, struct client *client, struct wsp_play *play)
{
    ssize_t got = recv(client->fd, client->line + client->len, sizeof client->line - client->len,
                       MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        drop(client);
        return;
    }
    client->len += (size_t)got;
    client->heard_ms = wsp_now_ms();
    char *end;
    while (client->fd >= 0 && (end = memchr(client->line, '\n', client->len)) != NULL) {
        size_t len = (size_t)(end - client->line);
        obey_line(control, client, play, client->line, len);
        client->len -= len + 1;
        memmove(client->line, end + 1, client->len);
    }
    if (client->fd >= 0 && client->len == sizeof client->line) {
        refuse(control, client, N_("too long a line"));
        if (client->fd >= 0)
            drop(client);
    }
}

/* Is something of it waiting to be heard: in the socket, or half a line? (Who began one and has not
 * gone on for long never will.) */
static bool is_waiting(const struct client *client)
{
    int unread = 0;
    bool speaks = client->len > 0 && wsp_now_ms() - client->heard_ms < HALF_LINE_MS;
    return speaks || ioctl(client->fd, FIONREAD, &unread) || unread > 0;
}

/* A place for one more: who has been idle the longest makes way. NULL: nobody is idle. */
static struct client *find_place(struct wsp_control *control)
{
    struct client *idle = NULL;
    for (size_t i = 0; i < CLIENTS_MAX; i++) {
        struct client *client = &control->clients[i];
        if (client->fd < 0)
            return client;
        if (!is_waiting(client) && (!idle || client->heard_ms < idle->heard_ms))
            idle = client;
    }
    if (idle)
        drop(idle);
    return idle;
}

static void welcome(struct wsp_control *control)
{
    int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    struct client *place = find_place(control);
    if (place)
        *place = (struct client){.fd = fd, .heard_ms = wsp_now_ms()};
    else
        close(fd); /* too many */
}

/* ---- as a guest ------------------------------------------------------------------------- */

static size_t poll_control(void *context, struct pollfd *fds, size_t max, int *timeout_ms)
{
    const struct wsp_control *control = context;
    size_t n = 0;
    (void)timeout_ms;
    if (max < CLIENTS_MAX + 1)
        return 0;
    fds[n++] = (struct pollfd){.fd = control->fd, .events = POLLIN};
    for (size_t i = 0; i < CLIENTS_MAX; i++)
        fds[n++] =
            (struct pollfd){.fd = control->clients[i].fd, .events = POLLIN}; /* -1: ignored */
    return n;
}

static void serve_control(void *context, struct wsp_play *play, const struct pollfd *fds, size_t n)
{
    struct wsp_control *control = context;
    for (size_t i = 1; i < n; i++)
        if (fds[i].revents && control->clients[i - 1].fd == fds[i].fd)
            hear(control, &control->clients[i - 1], play);
    if (n > 0 && fds[0].revents)
        welcome(control);
}

static void tell_watchers(void *context, struct wsp_play *play, const struct wsp_play_event *event)
{
    struct wsp_control *control = context;
    for (size_t i = 0; i < CLIENTS_MAX; i++)
        if (control->clients[i].fd >= 0 && control->clients[i].watches)
            send_line(control, &control->clients[i], wsp_told_event(play, event));
}

struct wsp_play_guest wsp_control_guest(struct wsp_control *control)
{
    return (struct wsp_play_guest){
        .context = control, .poll = poll_control, .serve = serve_control, .event = tell_watchers};
}

/* ---- the other side --------------------------------------------------------------------- */

static enum wsp_status make_request(const char *const *words, size_t n_words, json_t **request,
                                    struct wsp_error *err)
{
    const struct wsp_command *command = n_words > 0 ? wsp_command_find(words[0]) : NULL;
    bool known = command || (n_words > 0 && strcmp(words[0], "status") == 0);
    if (!known) {
        struct wsp_buf names = WSP_BUF_INIT(1024);
        for (size_t i = 0; i < wsp_n_commands; i++)
            wsp_buf_printf(&names, "%s, ", wsp_commands[i].name);
        enum wsp_status st = wsp_fail(err, WSP_USAGE, _("--ask takes one of: %sstatus"), names.ptr);
        wsp_buf_release(&names);
        return st;
    }
    bool value = command && command->takes_value;
    char *end = NULL;
    double number = value && n_words == 2 ? strtod(words[1], &end) : 0;
    if (n_words != (value ? 2U : 1U) ||
        (value && (end == words[1] || *end || words[1][strspn(words[1], "+-.0123456789")])))
        return wsp_fail(err, WSP_USAGE,
                        value ? _("'%s' takes a number, as in: %s 3")
                              : _("'%s' takes nothing more"),
                        words[0], words[0]);
    *request = value ? json_pack("{s:s, s:f}", "command", words[0], "value", number)
                     : json_pack("{s:s}", "command", words[0]);
    return *request ? WSP_OK : wsp_fail_nomem(err);
}

static enum wsp_status talk(int fd, const struct wsp_buf *line, struct wsp_buf *answer,
                            struct wsp_error *err)
{
    const struct timeval patience = {.tv_sec = ANSWER_TIMEOUT_S};
    char piece[1024];
    ssize_t got = 0;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (send(fd, line->ptr, line->len, MSG_NOSIGNAL) != (ssize_t)line->len)
        return wsp_fail(err, WSP_IO, _("the program does not listen: %s"), wsp_errno_text(errno));
    while (!(answer->len > 0 && answer->ptr[answer->len - 1] == '\n') &&
           (got = recv(fd, piece, sizeof piece, 0)) > 0)
        wsp_buf_add(answer, piece, (size_t)got);
    if (got <= 0)
        return wsp_fail(err, WSP_IO, _("the program has not answered"));
    return answer->status ? wsp_fail_nomem(err) : WSP_OK;
}

/* What it refuses is an error here. */
static enum wsp_status judge(const struct wsp_buf *answer, struct wsp_error *err)
{
    json_t *object = json_loadb(answer->ptr, answer->len, 0, NULL);
    const char *why = json_string_value(json_object_get(object, "error"));
    enum wsp_status st = WSP_OK;
    if (!json_is_true(json_object_get(object, "ok")))
        st = wsp_fail(err, WSP_UNAVAILABLE, _("the program refuses: %s"),
                      why && *why ? _(why) : "?");
    json_decref(object);
    return st;
}

enum wsp_status wsp_control_ask(const char *path, const char *const *words, size_t n_words,
                                struct wsp_buf *answer, struct wsp_error *err)
{
    struct sockaddr_un address;
    json_t *request = NULL;
    enum wsp_status st = find_address(&address, path, err);
    if (!st)
        st = make_request(words, n_words, &request, err);
    if (st)
        return st;
    struct wsp_buf line = WSP_BUF_INIT(LINE_MAX_BYTES);
    int fd = new_socket();
    if (wsp_told_line(&line, request))
        st = wsp_fail_nomem(err);
    else if (fd < 0 || !meet(fd, &address))
        st = wsp_fail(err, WSP_UNAVAILABLE,
                      _("nothing plays with --control %s (%s); start it first"), path,
                      wsp_errno_text(errno));
    if (!st)
        st = talk(fd, &line, answer, err);
    if (!st)
        st = judge(answer, err);
    if (fd >= 0)
        close(fd);
    wsp_buf_release(&line);
    return st;
}
