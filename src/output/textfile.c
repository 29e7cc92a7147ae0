#include "output/textfile.h"

#include "output/kinds.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 1 << 16 };

struct textfile {
    struct wsp_target *target;
    size_t held; /* bytes in `buffer` */
    uint64_t written;
    char buffer[BUFFER];
};

static enum wsp_status flush(struct textfile *file, struct wsp_error *err)
{
    size_t at = 0;
    while (at < file->held) {
        ssize_t n = write(wsp_target_fd(file->target), file->buffer + at, file->held - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return wsp_fail_write(err, WSP_IO, wsp_target_path(file->target), errno);
        at += (size_t)n;
    }
    file->written += file->held;
    file->held = 0;
    return WSP_OK;
}

static enum wsp_status write_sound(void *state, const float *frames, size_t n_frames,
                                   struct wsp_error *err)
{
    (void)state;
    (void)frames;
    (void)n_frames;
    (void)err;
    return WSP_OK;
}

static enum wsp_status finish(void *state, struct wsp_error *err)
{
    struct textfile *file = state;
    enum wsp_status st = flush(file, err);
    return st ? st : wsp_target_finish(file->target, err);
}

static enum wsp_status commit(void *state, struct wsp_error *err)
{
    struct textfile *file = state;
    enum wsp_status st = flush(file, err);
    return st ? st : wsp_target_commit(file->target, err);
}

static void close_file(void *state)
{
    struct textfile *file = state;
    if (!file)
        return;
    wsp_target_close(file->target);
    free(file);
}

static const struct wsp_sink_kind kind = {
    .name = "text",
    .write = write_sound,
    .finish = finish,
    .commit = commit,
    .close = close_file,
};

enum wsp_status wsp_textfile_open(struct wsp_sink **out, const char *path, struct wsp_error *err)
{
    *out = NULL;
    struct textfile *file = calloc(1, sizeof *file);
    if (!file)
        return wsp_fail_nomem(err);
    enum wsp_status st = wsp_target_open(&file->target, path, err);
    if (st) {
        close_file(file);
        return st;
    }
    return wsp_sink_new(out, &kind, file, err);
}

enum wsp_status wsp_textfile_write(struct wsp_sink *sink, struct wsp_str text,
                                   struct wsp_error *err)
{
    struct textfile *file = wsp_sink_state(sink, &kind);
    enum wsp_status st = WSP_OK;
    while (text.len > 0 && !st) {
        size_t room = BUFFER - file->held, n = text.len < room ? text.len : room;
        memcpy(file->buffer + file->held, text.ptr, n);
        file->held += n;
        text.ptr += n;
        text.len -= n;
        if (file->held == BUFFER)
            st = flush(file, err);
    }
    return st;
}
