#include "audio/packed.h"

#include "audio/truepeak.h"

#include <string.h>

struct head {
    uint32_t rate_hz, n_frames, n_marks, nothing;
};

_Static_assert(sizeof(struct head) == WSP_PACKED_LEVELS_AT, "levels follow the head");

enum { BLOCK = WSP_LEVELS_BLOCK, LARGEST = 32767 };

static const float least_peak = 1e-20F; /* below, nothing sounds, and 1 / peak would be infinite */

static size_t even(size_t n)
{
    return n + (n & 1);
}

static size_t scales_at(size_t n_frames)
{
    return WSP_PACKED_LEVELS_AT + wsp_levels_count(n_frames) * sizeof(struct wsp_level);
}

static size_t samples_at(size_t n_frames)
{
    return scales_at(n_frames) + wsp_levels_count(n_frames) * sizeof(float);
}

size_t wsp_packed_bytes(size_t n_frames)
{
    return samples_at(n_frames) + even(n_frames) * sizeof(int16_t);
}

/* Adding and taking away 1.5 * 2^23 rounds to the nearest whole number. */
static float pack_block(int16_t *samples, const float *frames, size_t n)
{
    const float round = 12582912.0F;
    float peak = wsp_sample_peak(frames, n);
    if (peak < least_peak) {
        memset(samples, 0, n * sizeof *samples);
        return 0;
    }
    float factor = LARGEST / peak;
    for (size_t i = 0; i < n; i++)
        samples[i] = (int16_t)((frames[i] * factor + round) - round);
    return peak / LARGEST;
}

void wsp_packed_frames(const char *bytes, size_t n_frames, float *frames)
{
    const float *scales = (const void *)(bytes + scales_at(n_frames));
    const int16_t *samples = (const void *)(bytes + samples_at(n_frames));
    for (size_t at = 0; at < n_frames; at += BLOCK) {
        size_t n = n_frames - at < BLOCK ? n_frames - at : BLOCK;
        float scale = scales[at / BLOCK];
        for (size_t i = 0; i < n; i++)
            frames[at + i] = (float)samples[at + i] * scale;
    }
}

enum wsp_status wsp_pack(struct wsp_buf *out, float *frames, size_t n, uint32_t rate_hz,
                         const struct wsp_mark *marks, size_t n_marks, struct wsp_levels *levels)
{
    struct head head = {.rate_hz = rate_hz, .n_frames = (uint32_t)n, .n_marks = (uint32_t)n_marks};
    size_t bytes = wsp_packed_bytes(n), marks_bytes = n_marks * sizeof *marks;
    wsp_buf_clear(out);
    if (wsp_buf_reserve(out, bytes + marks_bytes))
        return WSP_NOMEM;
    memcpy(out->ptr, &head, sizeof head);
    float *scales = (void *)(out->ptr + scales_at(n));
    int16_t *samples = (void *)(out->ptr + samples_at(n));
    for (size_t at = 0; at < n; at += BLOCK)
        scales[at / BLOCK] = pack_block(samples + at, frames + at, n - at < BLOCK ? n - at : BLOCK);
    if (n & 1)
        samples[n] = 0;
    wsp_packed_frames(out->ptr, n, frames);
    if (wsp_levels_measure(levels, frames, n, rate_hz))
        return WSP_NOMEM;
    memcpy(out->ptr + WSP_PACKED_LEVELS_AT, levels->blocks, levels->n * sizeof *levels->blocks);
    out->len = bytes;
    return wsp_buf_add(out, (const char *)marks, marks_bytes);
}

bool wsp_packed_reopen(struct wsp_take *take)
{
    struct head head;
    if (take->packed.len < sizeof head)
        return false;
    memcpy(&head, take->packed.ptr, sizeof head);
    size_t bytes = wsp_packed_bytes(head.n_frames);
    if (head.rate_hz == 0 || take->packed.len != bytes + head.n_marks * sizeof *take->marks)
        return false;
    take->rate_hz = head.rate_hz;
    take->n_frames = head.n_frames;
    take->n_marks = 0;
    for (size_t at = bytes; take->n_marks < head.n_marks; at += sizeof *take->marks) {
        if (wsp_grow(&take->marks, &take->cap_marks, take->n_marks, sizeof *take->marks))
            return false;
        memcpy(&take->marks[take->n_marks++], take->packed.ptr + at, sizeof *take->marks);
    }
    return true;
}
