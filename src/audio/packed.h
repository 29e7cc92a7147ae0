/* A take that waits for the whole, made small: 16 bits a frame and a scale for every block of its
 * levels, the levels, and its marks. What is lost lies 98 dB below the highest frame of a
 * millisecond and a half, which is less than the engine's own 16 bits lose. */
#ifndef WSP_AUDIO_PACKED_H
#define WSP_AUDIO_PACKED_H

#include "audio/levels.h"
#include "speech/take.h"

#include <stdbool.h>

/* Fill `out` from `n` frames at `rate_hz`, which are rounded in place to what unpacking gives; the
 * levels are those of the rounded frames. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_pack(struct wsp_buf *out, float *frames, size_t n, uint32_t rate_hz,
                         const struct wsp_mark *marks, size_t n_marks, struct wsp_levels *levels);

/* Bytes of a packed take of `n_frames`, but for its marks, which come last; and where its levels,
 * wsp_levels_count() of them, are in it. */
size_t wsp_packed_bytes(size_t n_frames);
enum { WSP_PACKED_LEVELS_AT = 16 };

/* The frames of the packed take that begins at `bytes`, aligned as malloc() does. */
void wsp_packed_frames(const char *bytes, size_t n_frames, float *frames);

/* Rate, number of frames and marks of take->packed; its frames stay packed. Returns false when it
 * is no packed take, or memory is short. */
bool wsp_packed_reopen(struct wsp_take *take);

#endif
