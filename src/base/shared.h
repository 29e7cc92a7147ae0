/* Memory that two processes share. The descriptor can be handed to a child (base/child.h). */
#ifndef WSP_BASE_SHARED_H
#define WSP_BASE_SHARED_H

#include "base/error.h"

#include <stddef.h>

struct wsp_shared {
    void *ptr; /* page-aligned, zeroed at first; NULL: none */
    size_t size;
    int fd; /* close-on-exec; -1: none */
};

#define WSP_SHARED_INIT \
    {                   \
        NULL, 0, -1     \
    }

/* Make `size` (> 0) bytes of zeros. `name` is what /proc shows. The size can never change, so that
 * no process takes it from under another. Returns WSP_OK, WSP_NOMEM or WSP_TEMPFAIL. */
enum wsp_status wsp_shared_create(struct wsp_shared *shared, const char *name, size_t size,
                                  struct wsp_error *err);

/* Map what another process has made, of at least `min_size` bytes. `fd` stays the caller's.
 * Returns WSP_OK, WSP_NOMEM or WSP_INTERNAL (no such memory there). */
enum wsp_status wsp_shared_attach(struct wsp_shared *shared, int fd, size_t min_size,
                                  struct wsp_error *err);

/* Forget it on this side; `shared` is empty then. */
void wsp_shared_release(struct wsp_shared *shared);

#endif
