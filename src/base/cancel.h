/* "Stop now": raised by a signal handler or another thread, seen by everything that waits. */
#ifndef WSP_BASE_CANCEL_H
#define WSP_BASE_CANCEL_H

#include "base/error.h"

#include <stdbool.h>

struct wsp_cancel {
    int fd;              /* an eventfd: readable for ever once raised; for poll() */
    volatile int reason; /* 0 until raised; then the signal's number, or -1 */
};

/* Returns WSP_OK or WSP_TEMPFAIL. */
enum wsp_status wsp_cancel_init(struct wsp_cancel *cancel, struct wsp_error *err);
void wsp_cancel_release(struct wsp_cancel *cancel);

/* Async-signal-safe. The first reason stays. */
void wsp_cancel_raise(struct wsp_cancel *cancel, int reason);

/* `cancel` may be NULL: never raised. */
bool wsp_cancelled(const struct wsp_cancel *cancel);

/* The descriptor for poll(), or -1 (which poll ignores) when `cancel` is NULL. */
int wsp_cancel_fd(const struct wsp_cancel *cancel);

/* WSP_CANCELLED with its sentence. */
enum wsp_status wsp_fail_cancelled(struct wsp_error *err);

#endif
