/* The keys of the store: all that the engine's sound of an utterance depends on, and all that a
 * packed take does. */
#ifndef WSP_SPEECH_TAKEKEY_H
#define WSP_SPEECH_TAKEKEY_H

#include "speech/enginetext.h"

/* Make the key of a sound of `utterance` in `key`; `text` becomes its text for the engine as
 * `voice` says it, `identity` is what the sound of every utterance depends on. Returns WSP_OK or
 * WSP_NOMEM. */
enum wsp_status wsp_takekey_of_sound(struct wsp_buf *key, struct wsp_engine_text *text,
                                     const struct wsp_utterance *utterance,
                                     const struct wsp_voice *voice, struct wsp_str identity);

/* Make it that of the packed take, which depends besides on the shaper, `shape`, and on the pauses
 * inside. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_takekey_extend(struct wsp_buf *key, const struct wsp_utterance *utterance,
                                   struct wsp_str shape);

#endif
