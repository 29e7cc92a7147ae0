#include "audio/trim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* Engine samples at or below count as silence: -78 dBFS, or 60 dB below the highest of the
     * utterance. A speech sound begins and ends above it within a millisecond, but for the "ch" of
     * the Centre and the South, which hisses for 8 ms just above -78 dBFS. */
    SILENT = 4,
    FAR_BELOW = 1000,
    GUARD_MS = 3, /* kept before and after what sounds; the fade lies in it */
    /* A phrase end without a pause of ours (the engine parts "1.200.000đ" as it likes) keeps
     * the engine's silence up to here. */
    UNASKED_PAUSE_MS = 120,
};

static size_t ms_to_samples(const struct wsp_sound *sound, uint32_t ms)
{
    return (size_t)((uint64_t)ms * sound->rate_hz / 1000);
}

static int find_silent(const struct wsp_sound *sound)
{
    int highest = 0;
    for (size_t i = 0; i < sound->n_samples; i++) {
        int size = abs(sound->samples[i]);
        highest = size > highest ? size : highest;
    }
    return highest / FAR_BELOW > SILENT ? highest / FAR_BELOW : SILENT;
}

static bool sounds(int16_t sample, int silent)
{
    return sample > silent || sample < -silent;
}

bool wsp_sound_shrink(const struct wsp_sound *sound, int silent, size_t *begin, size_t *end)
{
    size_t low = *begin, high = *end, guard = ms_to_samples(sound, GUARD_MS);
    while (low < high && !sounds(sound->samples[low], silent))
        low++;
    while (high > low && !sounds(sound->samples[high - 1], silent))
        high--;
    if (low == high)
        return false;
    *begin = low - *begin > guard ? low - guard : *begin;
    *end = *end - high > guard ? high + guard : *end;
    return true;
}

/* Phrase ends are exact in time, but a closure that begins the next phrase ("p", "t") is part
 * of its silence: it goes too, and the pause is what was asked for. */
static enum wsp_status add_phrase(struct wsp_layout *layout, const struct wsp_sound *sound,
                                  size_t begin, size_t end, size_t pause)
{
    size_t old_end = layout->n > 0 ? layout->stretches[layout->n - 1].end : 0;
    if (!wsp_sound_shrink(sound, layout->silent, &begin, &end))
        return WSP_OK;
    if (wsp_grow(&layout->stretches, &layout->cap, layout->n, sizeof *layout->stretches))
        return WSP_NOMEM;
    if (layout->n > 0) {
        size_t own = begin - old_end;
        size_t most = ms_to_samples(sound, UNASKED_PAUSE_MS);
        layout->length += pause > 0 ? pause : own < most ? own : most;
    }
    layout->stretches[layout->n++] =
        (struct wsp_stretch){.begin = begin, .end = end, .at = layout->length};
    layout->length += end - begin;
    return WSP_OK;
}

enum wsp_status wsp_layout_make(struct wsp_layout *layout, const struct wsp_sound *sound,
                                const struct wsp_utterance *utterance)
{
    layout->n = 0;
    layout->length = 0;
    layout->silent = find_silent(sound);
    size_t begin = 0, pause = 0;
    for (size_t i = 0; i <= sound->n_cues; i++) {
        bool last = i == sound->n_cues;
        const struct wsp_cue *cue = &sound->cues[i];
        if (!last && cue->kind != WSP_CUE_PHRASE)
            continue;
        size_t end = last || cue->sample > sound->n_samples ? sound->n_samples : cue->sample;
        if (end > begin) {
            if (add_phrase(layout, sound, begin, end, pause))
                return WSP_NOMEM;
            begin = end;
        }
        if (!last && cue->word < utterance->n_words)
            pause = ms_to_samples(sound, utterance->words[cue->word].pause_ms);
    }
    return WSP_OK;
}

void wsp_layout_release(struct wsp_layout *layout)
{
    free(layout->stretches);
    *layout = (struct wsp_layout){0};
}

size_t wsp_layout_place(const struct wsp_layout *layout, size_t sample)
{
    for (size_t i = 0; i < layout->n; i++) {
        const struct wsp_stretch *stretch = &layout->stretches[i];
        if (sample < stretch->end)
            return sample < stretch->begin ? stretch->at : stretch->at + (sample - stretch->begin);
    }
    return layout->length;
}

size_t wsp_layout_sound_before(const struct wsp_layout *layout, size_t place)
{
    for (size_t i = 1; i < layout->n; i++) {
        const struct wsp_stretch *before = &layout->stretches[i - 1];
        if (place == layout->stretches[i].at)
            return before->at + (before->end - before->begin);
    }
    return place;
}

/* What sounds stands up to 5e-4 off the centre, and silence does not. */
static float centre_of(const struct wsp_layout *layout, const struct wsp_sound *sound)
{
    int64_t sum = 0, count = 0;
    for (size_t i = 0; i < layout->n; i++)
        for (size_t k = layout->stretches[i].begin; k < layout->stretches[i].end; k++) {
            sum += sound->samples[k];
            count += sounds(sound->samples[k], layout->silent);
        }
    return count > 0 ? (float)((double)sum / (double)count) : 0;
}

/* `n` frames of `samples` about `centre`; silences of `guard` and longer between what sounds are
 * left as they are. */
static void render_centred(float *frames, const int16_t *samples, size_t n, int silent,
                           size_t guard, float centre)
{
    const float scale = 1.0f / 32768.0f;
    for (size_t i = 0; i < n; i++)
        frames[i] = (float)samples[i] * scale - centre;
    size_t begin = 0; /* what comes before it is done */
    while (guard > 0 && begin + guard < n) {
        size_t end = begin + guard;
        while (end > begin && !sounds(samples[end - 1], silent))
            end--;
        if (end == begin) {
            while (end < n && !sounds(samples[end], silent))
                end++;
            for (size_t i = begin; begin > 0 && end < n && i < end; i++)
                frames[i] = (float)samples[i] * scale;
        }
        begin = end;
    }
}

/* Raised cosine over the guard. */
static void fade_ends(float *samples, size_t n, size_t fade)
{
    if (fade > n / 2)
        fade = n / 2;
    for (size_t i = 0; i < fade; i++) {
        float gain = 0.5f - 0.5f * cosf((float)M_PI * ((float)i + 0.5f) / (float)fade);
        samples[i] *= gain;
        samples[n - 1 - i] *= gain;
    }
}

void wsp_layout_render(const struct wsp_layout *layout, const struct wsp_sound *sound, float *out)
{
    size_t guard = ms_to_samples(sound, GUARD_MS);
    float centre = centre_of(layout, sound) / 32768.0f;
    memset(out, 0, layout->length * sizeof *out);
    for (size_t i = 0; i < layout->n; i++) {
        const struct wsp_stretch *stretch = &layout->stretches[i];
        float *place = out + stretch->at;
        size_t n = stretch->end - stretch->begin;
        render_centred(place, sound->samples + stretch->begin, n, layout->silent, guard, centre);
        fade_ends(place, n, guard);
    }
}
