#include "audio/spool.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HELD = 64 * 1024 }; /* frames */

struct wsp_spool {
    int fd;
    float *held; /* written: not on the disk yet; read: not given yet */
    size_t n_held, at;
};

/* A file without a name where the file system can make one, else one that is unlinked at once. */
static int open_nameless(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/.wtisd-speak-XXXXXX", folder) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

enum wsp_status wsp_spool_open(struct wsp_spool **out, const char *folder, struct wsp_error *err)
{
    *out = NULL;
    struct wsp_spool *spool = calloc(1, sizeof *spool);
    if (!spool)
        return wsp_fail_nomem(err);
    spool->fd = open_nameless(folder);
    if (spool->fd < 0) {
        int errnum = errno;
        free(spool);
        return wsp_fail(
            err, WSP_CANTCREAT,
            _("cannot make a temporary file in '%s': %s; set TMPDIR to a folder that has "
              "room"),
            folder, wsp_errno_text(errnum));
    }
    spool->held = malloc(HELD * sizeof *spool->held);
    if (!spool->held) {
        wsp_spool_close(spool);
        return wsp_fail_nomem(err);
    }
    *out = spool;
    return WSP_OK;
}

void wsp_spool_close(struct wsp_spool *spool)
{
    if (!spool)
        return;
    close(spool->fd);
    free(spool->held);
    free(spool);
}

static enum wsp_status fail(int errnum, struct wsp_error *err)
{
    return wsp_fail(
        err, WSP_IO,
        _("the temporary file cannot be written or read: %s; set TMPDIR to a folder that "
          "has room"),
        wsp_errno_text(errnum));
}

static enum wsp_status write_held(struct wsp_spool *spool, struct wsp_error *err)
{
    const char *bytes = (const char *)spool->held;
    size_t left = spool->n_held * sizeof *spool->held;
    spool->n_held = 0;
    while (left > 0) {
        ssize_t n = write(spool->fd, bytes, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(n < 0 ? errno : ENOSPC, err);
        bytes += n;
        left -= (size_t)n;
    }
    return WSP_OK;
}

enum wsp_status wsp_spool_add(struct wsp_spool *spool, const float *frames, size_t n,
                              struct wsp_error *err)
{
    while (n > 0) {
        size_t piece = n < HELD - spool->n_held ? n : HELD - spool->n_held;
        memcpy(spool->held + spool->n_held, frames, piece * sizeof *frames);
        spool->n_held += piece;
        frames += piece;
        n -= piece;
        enum wsp_status st = spool->n_held == HELD ? write_held(spool, err) : WSP_OK;
        if (st)
            return st;
    }
    return WSP_OK;
}

enum wsp_status wsp_spool_rewind(struct wsp_spool *spool, struct wsp_error *err)
{
    enum wsp_status st = spool->at == 0 ? write_held(spool, err) : WSP_OK;
    spool->n_held = spool->at = 0;
    if (!st && lseek(spool->fd, 0, SEEK_SET) < 0)
        st = fail(errno, err);
    return st;
}

static enum wsp_status read_held(struct wsp_spool *spool, struct wsp_error *err)
{
    size_t have = 0, want = HELD * sizeof *spool->held;
    while (have < want) {
        ssize_t n = read(spool->fd, (char *)spool->held + have, want - have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(errno, err);
        if (n == 0)
            break;
        have += (size_t)n;
    }
    spool->n_held = have / sizeof *spool->held;
    spool->at = 0;
    return WSP_OK;
}

enum wsp_status wsp_spool_read(struct wsp_spool *spool, float *frames, size_t n, size_t *got,
                               struct wsp_error *err)
{
    *got = 0;
    while (*got < n) {
        if (spool->at == spool->n_held) {
            enum wsp_status st = read_held(spool, err);
            if (st || spool->n_held == 0)
                return st;
        }
        size_t left = spool->n_held - spool->at, piece = n - *got < left ? n - *got : left;
        memcpy(frames + *got, spool->held + spool->at, piece * sizeof *frames);
        spool->at += piece;
        *got += piece;
    }
    return WSP_OK;
}
