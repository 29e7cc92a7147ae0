#include "base/cancel.h"

#include "base/text.h"

#include <errno.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum wsp_status wsp_cancel_init(struct wsp_cancel *cancel, struct wsp_error *err)
{
    cancel->reason = 0;
    cancel->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (cancel->fd < 0)
        return wsp_fail(err, WSP_TEMPFAIL, _("cannot open an event descriptor: %s"),
                        wsp_errno_text(errno));
    return WSP_OK;
}

void wsp_cancel_release(struct wsp_cancel *cancel)
{
    if (cancel->fd >= 0)
        close(cancel->fd);
    cancel->fd = -1;
}

void wsp_cancel_raise(struct wsp_cancel *cancel, int reason)
{
    int saved = errno;
    uint64_t one = 1;
    if (!cancel->reason)
        cancel->reason = reason;
    ssize_t written = write(cancel->fd, &one, sizeof one);
    (void)written; /* nonblocking: it fails only when it is readable already */
    errno = saved;
}

bool wsp_cancelled(const struct wsp_cancel *cancel)
{
    return cancel && cancel->reason != 0;
}

int wsp_cancel_fd(const struct wsp_cancel *cancel)
{
    return cancel ? cancel->fd : -1;
}

enum wsp_status wsp_fail_cancelled(struct wsp_error *err)
{
    return wsp_fail(err, WSP_CANCELLED, _("stopped"));
}
