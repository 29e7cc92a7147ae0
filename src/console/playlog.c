#include "console/playlog.h"

#include "base/text.h"
#include "console/told.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_LIMIT = 1 << 16 };

struct wsp_playlog {
    int fd;
    char *path;
    int failure;                    /* errno of the first line that could not be written; 0: none */
    char began[WSP_TOLD_TIME_SIZE]; /* the sentence that sounds */
    bool finished;
};

enum wsp_status wsp_playlog_open(struct wsp_playlog **out, const char *path, struct wsp_error *err)
{
    enum { MODE = 0666 };
    *out = NULL;
    struct wsp_playlog *log = calloc(1, sizeof *log);
    if (log)
        log->path = strdup(path);
    if (!log || !log->path) {
        free(log);
        return wsp_fail_nomem(err);
    }
    log->fd = strcmp(path, "-") == 0 ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                                     : open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, MODE);
    if (log->fd < 0) {
        enum wsp_status st = wsp_fail(err, WSP_CANTCREAT, _("cannot write the log '%s': %s"), path,
                                      wsp_errno_text(errno));
        free(log->path);
        free(log);
        return st;
    }
    *out = log;
    return WSP_OK;
}

/* A line is written by one call, so that two programs can add to one log. */
static void write_line(struct wsp_playlog *log, json_t *object)
{
    struct wsp_buf line = WSP_BUF_INIT(LINE_LIMIT);
    if (wsp_told_line(&line, object))
        log->failure = log->failure ? log->failure : ENOMEM;
    else if (write(log->fd, line.ptr, line.len) != (ssize_t)line.len && !log->failure)
        log->failure = errno ? errno : EIO;
    wsp_buf_release(&line);
}

static void note(void *context, struct wsp_play *play, const struct wsp_play_event *event)
{
    struct wsp_playlog *log = context;
    if (event->kind == WSP_PLAY_BEGAN)
        wsp_told_time(log->began);
    if (event->kind == WSP_PLAY_BEGAN || event->kind == WSP_PLAY_CHANGED)
        return; /* a sentence is one line, at its end */
    json_t *object = wsp_told_event(play, event);
    if (object && event->kind == WSP_PLAY_ENDED)
        json_object_set_new(object, "began", json_string(log->began));
    log->finished |= event->kind == WSP_PLAY_FINISHED;
    errno = 0;
    write_line(log, object);
}

struct wsp_play_guest wsp_playlog_guest(struct wsp_playlog *log)
{
    return (struct wsp_play_guest){.context = log, .event = note};
}

enum wsp_status wsp_playlog_close(struct wsp_playlog *log, struct wsp_error *err)
{
    if (!log)
        return WSP_OK;
    char now[WSP_TOLD_TIME_SIZE];
    wsp_told_time(now);
    if (!log->finished)
        write_line(log, json_pack("{s:s, s:s}", "time", now, "event", "stopped"));
    enum wsp_status st = log->failure ? wsp_fail(err, WSP_IO, _("cannot write the log '%s': %s"),
                                                 log->path, wsp_errno_text(log->failure))
                                      : WSP_OK;
    close(log->fd);
    free(log->path);
    free(log);
    return st;
}
