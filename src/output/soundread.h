/* Reading a short sound through libsndfile: a chime. */
#ifndef WSP_OUTPUT_SOUNDREAD_H
#define WSP_OUTPUT_SOUNDREAD_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* Read the sound at `path`, at most a minute of one or two channels, as mono. *frames is the
 * caller's, to be freed. Returns WSP_OK, WSP_NOINPUT, WSP_DATA (no sound, too long, too many
 * channels) or WSP_NOMEM. */
enum wsp_status wsp_sound_read(const char *path, float **frames, size_t *n, uint32_t *rate_hz,
                               struct wsp_error *err);

#endif
