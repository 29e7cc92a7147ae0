#include "speech/take.h"

#include <stdlib.h>

enum { PHONEMES_LIMIT = 1 << 20, PACKED_LIMIT = 1 << 30 };

void wsp_sound_clear(struct wsp_sound *sound)
{
    sound->n_samples = 0;
    sound->n_cues = 0;
}

void wsp_sound_release(struct wsp_sound *sound)
{
    free(sound->samples);
    free(sound->cues);
    *sound = (struct wsp_sound){0};
}

void wsp_take_init(struct wsp_take *take)
{
    *take = (struct wsp_take){0};
    wsp_buf_init(&take->packed, PACKED_LIMIT);
    wsp_buf_init(&take->phonemes, PHONEMES_LIMIT);
}

void wsp_take_clear(struct wsp_take *take)
{
    take->n_frames = 0;
    take->n_marks = 0;
    wsp_buf_clear(&take->packed);
    wsp_buf_clear(&take->phonemes);
    take->failure = (struct wsp_error){.status = WSP_OK};
}

void wsp_take_release(struct wsp_take *take)
{
    free(take->frames);
    free(take->marks);
    wsp_buf_release(&take->packed);
    wsp_buf_release(&take->phonemes);
    *take = (struct wsp_take){0};
}

enum wsp_status wsp_take_reserve(struct wsp_take *take, size_t n)
{
    if (n <= take->cap_frames)
        return WSP_OK;
    float *frames = realloc(take->frames, n * sizeof *frames);
    if (!frames)
        return WSP_NOMEM;
    take->frames = frames;
    take->cap_frames = n;
    return WSP_OK;
}
