/* A spool: bytes put aside on the disk until the whole is known. Its file has no name, so it is
 * gone however the program ends. */
#ifndef WSP_AUDIO_SPOOL_H
#define WSP_AUDIO_SPOOL_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct wsp_spool; /* opaque; one owner */

/* Put it into `folder`. Returns WSP_OK, WSP_CANTCREAT or WSP_NOMEM. */
enum wsp_status wsp_spool_open(struct wsp_spool **out, const char *folder, struct wsp_error *err);
void wsp_spool_close(struct wsp_spool *spool); /* NULL is fine */

/* Append `n` bytes; *place is where they are. Returns WSP_OK or WSP_IO (disk full). */
enum wsp_status wsp_spool_add(struct wsp_spool *spool, const void *bytes, size_t n, uint64_t *place,
                              struct wsp_error *err);

/* Read `n` bytes at `place`, which are there; from several threads at once if need be. Returns
 * WSP_OK or WSP_IO. */
enum wsp_status wsp_spool_read(const struct wsp_spool *spool, uint64_t place, void *bytes, size_t n,
                               struct wsp_error *err);

#endif
