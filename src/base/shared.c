#include "base/shared.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum wsp_status map(struct wsp_shared *shared, int fd, size_t size, struct wsp_error *err)
{
    void *ptr = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (ptr == MAP_FAILED)
        return wsp_fail_nomem(err);
    shared->ptr = ptr;
    shared->size = size;
    return WSP_OK;
}

enum wsp_status wsp_shared_create(struct wsp_shared *shared, const char *name, size_t size,
                                  struct wsp_error *err)
{
    *shared = (struct wsp_shared)WSP_SHARED_INIT;
    int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0 || ftruncate(fd, (off_t)size) ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)) {
        int failure = errno;
        if (fd >= 0)
            close(fd);
        return wsp_fail(err, WSP_TEMPFAIL, _("cannot make shared memory: %s"),
                        wsp_errno_text(failure));
    }
    enum wsp_status st = map(shared, fd, size, err);
    if (st)
        close(fd);
    else
        shared->fd = fd;
    return st;
}

enum wsp_status wsp_shared_attach(struct wsp_shared *shared, int fd, size_t min_size,
                                  struct wsp_error *err)
{
    struct stat about;
    *shared = (struct wsp_shared)WSP_SHARED_INIT;
    if (fstat(fd, &about) || about.st_size <= 0 || (size_t)about.st_size < min_size)
        return wsp_fail(err, WSP_INTERNAL, _("there is no shared memory to work with"));
    return map(shared, fd, (size_t)about.st_size, err);
}

void wsp_shared_release(struct wsp_shared *shared)
{
    if (shared->ptr)
        munmap(shared->ptr, shared->size);
    if (shared->fd >= 0)
        close(shared->fd);
    *shared = (struct wsp_shared)WSP_SHARED_INIT;
}
