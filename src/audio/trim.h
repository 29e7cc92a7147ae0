/* Silence is ours: find what sounds in an engine's sound, phrase by phrase, and lay it out again
 * with the pauses the reading asks for. */
#ifndef WSP_AUDIO_TRIM_H
#define WSP_AUDIO_TRIM_H

#include "reading/script.h"
#include "speech/take.h"

#include <stdbool.h>

/* A stretch of the engine's sound and its place in the layout, in the engine's samples. */
struct wsp_stretch {
    size_t begin, end; /* of the engine's sound */
    size_t at;         /* in the layout: pauses are the gaps between stretches */
};

struct wsp_layout {
    struct wsp_stretch *stretches; /* in order, not overlapping, none empty */
    size_t n, cap;
    size_t length; /* of the whole, in samples */
    int silent;    /* samples of the engine's sound that are no larger are silence */
};

/* Shrink [*begin, *end), which lies in the engine's sound, to what sounds in it and 3 ms around
 * that. Returns false, and leaves it, when nothing does. `silent` is a layout's. */
bool wsp_sound_shrink(const struct wsp_sound *sound, int silent, size_t *begin, size_t *end);

/* Lay `sound` out. The first stretch begins at 0 and the last ends at `length`: no silence at
 * the ends. Between phrases stands the pause of the word that ends the phrase. Returns WSP_OK
 * or WSP_NOMEM. */
enum wsp_status wsp_layout_make(struct wsp_layout *layout, const struct wsp_sound *sound,
                                const struct wsp_utterance *utterance);
void wsp_layout_release(struct wsp_layout *layout);

/* Where a sample of the engine's sound has gone: inside a stretch its place there, in a cut
 * silence the beginning of the next stretch (the end of the last). */
size_t wsp_layout_place(const struct wsp_layout *layout, size_t sample);

/* The end of what sounds before `place` of the layout: `place` itself, or, where a stretch
 * begins there, the end of the one before. */
size_t wsp_layout_sound_before(const struct wsp_layout *layout, size_t place);

/* Write the layout's sound as float32 into `out` (layout->length values), what sounds without the
 * engine's offset, and with a short fade at both ends of each stretch so that no join clicks. */
void wsp_layout_render(const struct wsp_layout *layout, const struct wsp_sound *sound, float *out);

#endif
