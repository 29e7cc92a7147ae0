/* Vietnamese syllables: onset, rime, tone.
 *
 * A written syllable is an onset (ng-, tr-, nothing ...), a rime (-oa, -uyên ...) and a tone
 * mark; rimes that end in a stop (p, t, c, ch) take only sắc and nặng. The tables hold what the
 * orthography allows, with the tone mark in the old place (hòa) or the new (hoà), y or i. */
#ifndef WSP_READING_SYLLABLE_H
#define WSP_READING_SYLLABLE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum wsp_tone {
    WSP_TONE_NGANG,
    WSP_TONE_HUYEN,
    WSP_TONE_SAC,
    WSP_TONE_HOI,
    WSP_TONE_NGA,
    WSP_TONE_NANG,
};

struct wsp_syllable {
    struct wsp_str onset; /* static, lower case; "" when there is none */
    struct wsp_str rime;  /* static, lower case, without the tone mark */
    enum wsp_tone tone;
};

/* Is `word` (UTF-8, NFC, any case) one legal Vietnamese syllable? If so and `out` is given, its
 * parts. */
bool wsp_syllable_parse(struct wsp_str word, struct wsp_syllable *out);

#endif
