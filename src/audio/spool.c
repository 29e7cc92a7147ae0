#include "audio/spool.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct wsp_spool {
    int fd;
    uint64_t length;
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
    *out = spool;
    return WSP_OK;
}

void wsp_spool_close(struct wsp_spool *spool)
{
    if (!spool)
        return;
    close(spool->fd);
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

enum wsp_status wsp_spool_add(struct wsp_spool *spool, const void *bytes, size_t n, uint64_t *place,
                              struct wsp_error *err)
{
    const char *from = bytes;
    *place = spool->length;
    while (n > 0) {
        ssize_t done = pwrite(spool->fd, from, n, (off_t)spool->length);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return fail(done < 0 ? errno : ENOSPC, err);
        from += done;
        n -= (size_t)done;
        spool->length += (uint64_t)done;
    }
    return WSP_OK;
}

enum wsp_status wsp_spool_read(const struct wsp_spool *spool, uint64_t place, void *bytes, size_t n,
                               struct wsp_error *err)
{
    char *to = bytes;
    while (n > 0) {
        ssize_t done = pread(spool->fd, to, n, (off_t)place);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return fail(done < 0 ? errno : EIO, err);
        to += done;
        n -= (size_t)done;
        place += (uint64_t)done;
    }
    return WSP_OK;
}
