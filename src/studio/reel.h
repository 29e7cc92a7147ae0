/* The reel: finished sound of which only a stretch is kept, by its position in frames. What is to
 * be heard next is on it, and the sentences before, so that one can be said again at once. */
#ifndef WSP_STUDIO_REEL_H
#define WSP_STUDIO_REEL_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct wsp_reel {
    float *frames; /* mono; from position `begin` on */
    size_t n, cap;
    uint64_t begin;
};

void wsp_reel_release(struct wsp_reel *reel);

/* The position behind the last frame. */
uint64_t wsp_reel_end(const struct wsp_reel *reel);

/* Add `n` frames; NULL: of silence. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_reel_add(struct wsp_reel *reel, const float *frames, size_t n);

/* What is before `position` may go. */
void wsp_reel_forget(struct wsp_reel *reel, uint64_t position);

/* The frames from `position` on, which must not be before `begin`; *n says how many. */
const float *wsp_reel_at(const struct wsp_reel *reel, uint64_t position, size_t *n);

#endif
