/* WAV into what is there already: standard output, a named pipe, a device. libsndfile refuses
 * what cannot seek, so the head is our own (output/riff.h). */
#include "base/buf.h"
#include "base/text.h"
#include "output/kinds.h"
#include "output/pcm.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 16 * 1024 }; /* samples; 48 KiB, within what a pipe holds */

struct wavpipe {
    int fd;
    struct wsp_target *target; /* NULL: `fd` is somebody else's */
    struct wsp_audio_format format;
    bool begun;
    bool committed;
    bool seekable;  /* a regular file: the sizes can be put in later */
    bool may_block; /* the descriptor is not O_NONBLOCK */
    off_t start;    /* of the WAV in the file */
    uint64_t data_bytes;
    char name[256]; /* for sentences */
    unsigned char packed[BLOCK * WSP_PCM24_BYTES];
};

/* ---- bytes ------------------------------------------------------------------------------ */

/* Handlers that let a call go on are none in this program: a write that a signal breaks off is to
 * stop. Linux tells so by EINTR, or by a short count when part of it was taken. */
static enum wsp_status fail_write(const struct wavpipe *pipe, struct wsp_error *err)
{
    if (errno == EINTR)
        return wsp_fail_cancelled(err);
    return wsp_fail_write(err, WSP_IO, pipe->name, errno);
}

/* After a short count: a reader that has gone says so at the next write, and is no signal. */
static bool can_go_on(const struct wavpipe *pipe)
{
    struct pollfd room = {.fd = pipe->fd, .events = POLLOUT};
    return poll(&room, 1, 0) == 1;
}

static enum wsp_status send(struct wavpipe *pipe, const unsigned char *bytes, size_t len,
                            struct wsp_error *err)
{
    while (len > 0) {
        ssize_t written = write(pipe->fd, bytes, len);
        if (written < 0 && errno == EAGAIN) {
            struct pollfd room = {.fd = pipe->fd, .events = POLLOUT};
            if (poll(&room, 1, -1) < 0)
                return fail_write(pipe, err);
            continue;
        }
        if (written < 0)
            return fail_write(pipe, err);
        bytes += written;
        len -= (size_t)written;
        if (len > 0 && !pipe->seekable && pipe->may_block && !can_go_on(pipe))
            return wsp_fail_cancelled(err);
    }
    return WSP_OK;
}

static enum wsp_status begin(struct wavpipe *pipe, struct wsp_error *err)
{
    unsigned char head[WSP_RIFF_HEAD_MAX];
    if (pipe->begun)
        return WSP_OK;
    pipe->begun = true;
    size_t len = wsp_riff_head(head, pipe->format, WSP_RIFF_UNKNOWN, pipe->seekable);
    return send(pipe, head, len, err);
}

static enum wsp_status put_sizes(struct wavpipe *pipe, struct wsp_error *err)
{
    unsigned char head[WSP_RIFF_HEAD_MAX], padding = 0;
    if (pipe->data_bytes & 1) {
        enum wsp_status st = send(pipe, &padding, 1, err);
        if (st)
            return st;
    }
    size_t len = wsp_riff_head(head, pipe->format, pipe->data_bytes, true);
    ssize_t written = pwrite(pipe->fd, head, len, pipe->start);
    if (written != (ssize_t)len) {
        errno = written < 0 ? errno : ENOSPC;
        return fail_write(pipe, err);
    }
    return WSP_OK;
}

/* ---- as a sink -------------------------------------------------------------------------- */

static enum wsp_status wavpipe_write(void *state, const float *frames, size_t n_frames,
                                     struct wsp_error *err)
{
    struct wavpipe *pipe = state;
    size_t n = n_frames * pipe->format.channels;
    enum wsp_status st = begin(pipe, err);
    while (n > 0 && !st) {
        size_t piece = n < BLOCK ? n : BLOCK;
        wsp_pcm_pack24(pipe->packed, frames, piece);
        st = send(pipe, pipe->packed, piece * WSP_PCM24_BYTES, err);
        pipe->data_bytes += piece * WSP_PCM24_BYTES;
        frames += piece;
        n -= piece;
    }
    return st;
}

static enum wsp_status wavpipe_commit(void *state, struct wsp_error *err)
{
    struct wavpipe *pipe = state;
    enum wsp_status st = begin(pipe, err);
    if (!st && pipe->seekable)
        st = put_sizes(pipe, err);
    if (!st && pipe->seekable && fsync(pipe->fd))
        st = fail_write(pipe, err);
    if (!st && pipe->target)
        st = wsp_target_commit(pipe->target, err);
    pipe->committed = !st;
    return st;
}

static void wavpipe_close(void *state)
{
    struct wavpipe *pipe = state;
    if (!pipe)
        return;
    if (pipe->begun && !pipe->committed && pipe->seekable && ftruncate(pipe->fd, pipe->start) == 0)
        lseek(pipe->fd, pipe->start, SEEK_SET);
    wsp_target_close(pipe->target);
    free(pipe);
}

static const struct wsp_sink_kind wavpipe_kind = {
    .name = "pipe",
    .write = wavpipe_write,
    .commit = wavpipe_commit,
    .close = wavpipe_close,
};

/* ---- the beginning ---------------------------------------------------------------------- */

/* With O_APPEND every write goes to the end, also one that names a place. */
static void look_at(struct wavpipe *pipe)
{
    struct stat about;
    int flags = fcntl(pipe->fd, F_GETFL);
    pipe->may_block = flags >= 0 && !(flags & O_NONBLOCK);
    pipe->start = lseek(pipe->fd, 0, SEEK_CUR);
    pipe->seekable = flags >= 0 && !(flags & O_APPEND) && pipe->start >= 0 &&
                     fstat(pipe->fd, &about) == 0 && S_ISREG(about.st_mode);
}

enum wsp_status wsp_wavpipe_open(struct wsp_sink **out, int fd, const char *name,
                                 struct wsp_audio_format format, struct wsp_error *err)
{
    *out = NULL;
    if (isatty(fd))
        return wsp_fail(err, WSP_USAGE,
                        _("sound is not written to a terminal; use --out FILE or a pipe"));
    if (fcntl(fd, F_GETFL) < 0)
        return wsp_fail(err, WSP_CANTCREAT, _("cannot write to %s: %s"), name,
                        wsp_errno_text(errno));
    struct wavpipe *pipe = calloc(1, sizeof *pipe);
    if (!pipe)
        return wsp_fail_nomem(err);
    pipe->fd = fd;
    pipe->format = format;
    pipe->format.bits = 24; /* what it packs */
    snprintf(pipe->name, sizeof pipe->name, "%s", name);
    look_at(pipe);
    return wsp_sink_new(out, &wavpipe_kind, pipe, err);
}

enum wsp_status wsp_wavpipe_open_target(struct wsp_sink **out, struct wsp_target *target,
                                        struct wsp_audio_format format, struct wsp_error *err)
{
    enum wsp_status st =
        wsp_wavpipe_open(out, wsp_target_fd(target), wsp_target_path(target), format, err);
    if (st) {
        wsp_target_close(target);
        return st;
    }
    struct wavpipe *pipe = wsp_sink_state(*out, &wavpipe_kind);
    pipe->target = target;
    return WSP_OK;
}
