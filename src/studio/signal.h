/* The signal before a message: a chime by its name, or a file of sound. */
#ifndef WSP_STUDIO_SIGNAL_H
#define WSP_STUDIO_SIGNAL_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Make or read it, mono, at `rate_hz`. A name with a dot or a slash is a file. *frames is the
 * caller's, to be freed. Returns WSP_OK, WSP_USAGE (no such chime), what wsp_sound_read() says, or
 * WSP_NOMEM. */
enum wsp_status wsp_signal_load(float **frames, size_t *n, const char *name, uint32_t rate_hz,
                                struct wsp_error *err);

#endif
