/* Shaping: what is done to one utterance, from reset state, in the lane that spoke it. The
 * engine's own silences are cut off, pauses of our own are put in, the profile's filters and
 * compressor work at the engine's rate, where they are cheap; what is not levelled is brought to
 * the programme's rate here, the rest by the finisher. What comes out depends on the utterance
 * alone. */
#ifndef WSP_AUDIO_SHAPE_H
#define WSP_AUDIO_SHAPE_H

#include "audio/profile.h"
#include "speech/pool.h"

struct wsp_shape_params {
    uint32_t rate_hz;                  /* of the takes; 0: the engine's */
    const struct wsp_profile *profile; /* NULL: nothing but cut and resampled */
    const struct wsp_curve *voice;     /* the voice's own equaliser; NULL: flat */
    bool packs; /* takes are packed and have no frames (packed.h); with a profile that levels */
};

/* The shaper that the wiring hands to the pool. `params` outlives the pool. */
struct wsp_shaper wsp_shaper_make(const struct wsp_shape_params *params);

#endif
