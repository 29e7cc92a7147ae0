/* A spool: frames put aside on the disk until the whole is known. Its file has no name, so it is
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

/* Append `n` frames of float32: 4 bytes each. Returns WSP_OK or WSP_IO (disk full). */
enum wsp_status wsp_spool_add(struct wsp_spool *spool, const float *frames, size_t n,
                              struct wsp_error *err);

/* Read from the beginning again. Returns WSP_OK or WSP_IO. */
enum wsp_status wsp_spool_rewind(struct wsp_spool *spool, struct wsp_error *err);

/* Up to `n` frames into `frames`; *got is 0 at the end. Returns WSP_OK or WSP_IO. */
enum wsp_status wsp_spool_read(struct wsp_spool *spool, float *frames, size_t n, size_t *got,
                               struct wsp_error *err);

#endif
