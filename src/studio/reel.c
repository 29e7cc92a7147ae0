#include "studio/reel.h"

#include <stdlib.h>
#include <string.h>

void wsp_reel_release(struct wsp_reel *reel)
{
    free(reel->frames);
    *reel = (struct wsp_reel){0};
}

uint64_t wsp_reel_end(const struct wsp_reel *reel)
{
    return reel->begin + reel->n;
}

enum wsp_status wsp_reel_add(struct wsp_reel *reel, const float *frames, size_t n)
{
    if (reel->n + n > reel->cap) {
        size_t cap = (reel->n + n) * 3 / 2;
        float *more = realloc(reel->frames, cap * sizeof *more);
        if (!more)
            return WSP_NOMEM;
        reel->frames = more;
        reel->cap = cap;
    }
    if (frames)
        memcpy(reel->frames + reel->n, frames, n * sizeof *frames);
    else
        memset(reel->frames + reel->n, 0, n * sizeof *frames);
    reel->n += n;
    return WSP_OK;
}

void wsp_reel_forget(struct wsp_reel *reel, uint64_t position)
{
    size_t n = position > reel->begin ? (size_t)(position - reel->begin) : 0;
    n = n < reel->n ? n : reel->n;
    if (n < reel->n / 2 || n == 0) /* moved seldom, and then less than what goes */
        return;
    reel->n -= n;
    reel->begin += n;
    memmove(reel->frames, reel->frames + n, reel->n * sizeof *reel->frames);
}

const float *wsp_reel_at(const struct wsp_reel *reel, uint64_t position, size_t *n)
{
    size_t at = (size_t)(position - reel->begin);
    *n = reel->n - at;
    return reel->frames + at;
}
