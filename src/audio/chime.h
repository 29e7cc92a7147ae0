/* Chimes: the signal before a message, made by synthesis. A row of the table in chime.c each. */
#ifndef WSP_AUDIO_CHIME_H
#define WSP_AUDIO_CHIME_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct wsp_strike {
    double at_s;    /* from the beginning */
    double hz;      /* of the fundamental */
    double decay_s; /* in which it falls to 1/e */
};

/* Partials of what is struck: times the fundamental, and how loud. */
struct wsp_partial {
    double ratio, level;
};

enum { WSP_STRIKES_MAX = 4, WSP_PARTIALS_MAX = 8 };

struct wsp_chime {
    const char *name;
    double length_s;
    struct wsp_strike strikes[WSP_STRIKES_MAX];
    size_t n_strikes;
    struct wsp_partial partials[WSP_PARTIALS_MAX];
    size_t n_partials;
};

extern const struct wsp_chime wsp_chimes[];
extern const size_t wsp_n_chimes;

/* By name, or NULL. */
const struct wsp_chime *wsp_chime_find(const char *name);

/* How many frames it has at `rate_hz`. */
size_t wsp_chime_length(const struct wsp_chime *chime, uint32_t rate_hz);

/* Write them, mono, below full scale; they begin and end at zero. */
void wsp_chime_make(const struct wsp_chime *chime, float *frames, uint32_t rate_hz);

/* Bring `n` frames to `lufs`, their highest momentary loudness (EBU Tech 3341), but under
 * `true_peak_dbtp`. Silence stays. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_chime_level(float *frames, size_t n, uint32_t rate_hz, double lufs,
                                double true_peak_dbtp);

#endif
