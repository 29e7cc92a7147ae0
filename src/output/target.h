/* A file that is made beside the one it is to become, so that the world sees the old one or the
 * whole new one: `x.wav` is written as `.x.wav.k3mz07` and renamed when it is on the disk.
 *
 * A symbolic link is followed (the link stays), permissions are those of the file that is
 * replaced. A character device or a named pipe cannot be replaced and is written to directly. */
#ifndef WSP_OUTPUT_TARGET_H
#define WSP_OUTPUT_TARGET_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wsp_target; /* opaque; one owner */

/* Returns WSP_OK, WSP_CANTCREAT, WSP_NOMEM, or WSP_CANCELLED (a signal while a named pipe waited
 * for its reader). */
enum wsp_status wsp_target_open(struct wsp_target **out, const char *path, struct wsp_error *err);

int wsp_target_fd(const struct wsp_target *target);           /* stays the target's */
const char *wsp_target_path(const struct wsp_target *target); /* as the user named it */
bool wsp_target_is_direct(const struct wsp_target *target);   /* a device or a named pipe */

/* Tell how long the file is by now: the disk begins to write what is complete, so that little is
 * left to wait for at the end. */
void wsp_target_progress(struct wsp_target *target, uint64_t file_bytes);

/* Append `len` bytes, and tell so. Returns WSP_OK, WSP_IO or WSP_CANCELLED (by a signal). */
enum wsp_status wsp_target_write(struct wsp_target *target, const void *bytes, size_t len,
                                 struct wsp_error *err);

/* Put the file on the disk, beside its place. Returns WSP_OK or WSP_IO. */
enum wsp_status wsp_target_finish(struct wsp_target *target, struct wsp_error *err);

/* Finish if need be, and give it its name. Returns the same, and WSP_CANTCREAT. */
enum wsp_status wsp_target_commit(struct wsp_target *target, struct wsp_error *err);

/* Remove what was not committed, and free. NULL is fine. */
void wsp_target_close(struct wsp_target *target);

/* Remove all that is not committed; async-signal-safe. */
void wsp_target_abandon_all(void);

/* "cannot write 'x.wav': the disk is full; ..." from an errno value. */
enum wsp_status wsp_fail_write(struct wsp_error *err, enum wsp_status status, const char *path,
                               int errnum);

#endif
