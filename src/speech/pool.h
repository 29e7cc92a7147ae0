/* The pool: utterances in, takes out, in the order in which they were given.
 *
 * A lane is a thread here and a worker process of the nursery: the thread sends the utterance,
 * collects the engine's sound, shapes it, and the take waits for its turn. What comes out
 * depends on the utterance, the voice and the shaping alone; not on the number of lanes, not
 * on a retry. A worker that crashes or is silent for too long is replaced and its utterance
 * tried once more; then the take says why it is empty. */
#ifndef WSP_SPEECH_POOL_H
#define WSP_SPEECH_POOL_H

#include "base/cancel.h"
#include "reading/script.h"
#include "speech/store.h"
#include "speech/take.h"
#include "speech/voice.h"

#include <stdbool.h>

/* Shaping is the business of `audio`, which `speech` does not include: the wiring hands it in.
 * One state a lane; `shape` is called from the lane's thread, for every utterance anew. */
struct wsp_shaper {
    const void *params; /* given to open; outlives the pool */
    /* NULL when out of memory. */
    void *(*open)(const void *params);
    /* Fill take->frames or take->packed, n_frames, rate_hz and marks from `sound`. Returns WSP_OK
     * or WSP_NOMEM. */
    enum wsp_status (*shape)(void *state, const struct wsp_sound *sound,
                             const struct wsp_utterance *utterance, struct wsp_take *take);
    void (*close)(void *state); /* accepts NULL */
    /* For one whose takes are packed, so that they can be kept as they are: add to `out` all that
     * they depend on besides sound and utterance, and fill n_frames, rate_hz and marks from
     * take->packed (false: it is none). Both NULL, or nothing is added: takes are not kept. */
    void (*identify)(const void *params, struct wsp_buf *out);
    bool (*reopen)(struct wsp_take *take);
};

struct wsp_pool_settings {
    const char *program;    /* an executable that answers to the nursery's role */
    const char *voice_path; /* a voice file */
    double rate_wpm;        /* words a minute, 20 to 1000 */
    double pitch;           /* the voice file's unit */
    int jobs;               /* lanes, 1 to WSP_NURSERY_LANES_MAX */
    int timeout_ms;         /* silence of a worker that counts as a hang; 0: 10,000 */
    bool phonemes;          /* takes bring mnemonics and no sound */
    struct wsp_shaper shaper;
    struct wsp_store *store;       /* of sound spoken before; borrowed; NULL: none */
    const struct wsp_voice *voice; /* what `voice_path` holds, for the store's keys; borrowed */
};

struct wsp_pool; /* opaque; one owner; used from one thread */

/* Start the nursery and the lanes; returns at once, the engine starts meanwhile. Strings are
 * copied. Returns WSP_OK, WSP_UNAVAILABLE, WSP_TEMPFAIL or WSP_NOMEM. */
enum wsp_status wsp_pool_open(struct wsp_pool **out, const struct wsp_pool_settings *settings,
                              struct wsp_error *err);

/* May another utterance be given? The pool holds a few a lane. */
bool wsp_pool_has_room(const struct wsp_pool *pool);

/* Give an utterance (copied). Call only when there is room. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_pool_give(struct wsp_pool *pool, const struct wsp_utterance *utterance,
                              struct wsp_error *err);

/* Wait for the oldest utterance's take. *take is the pool's until wsp_pool_drop(); its
 * `failure` says whether it was spoken. Call only when something was given and not dropped.
 * Returns WSP_OK, WSP_CANCELLED, or WSP_UNAVAILABLE when the engine does not start. */
enum wsp_status wsp_pool_take(struct wsp_pool *pool, struct wsp_take **take,
                              const struct wsp_cancel *cancel, struct wsp_error *err);

/* Would wsp_pool_take() return at once? `fd` becomes readable whenever that may have changed, until
 * it is asked again. */
bool wsp_pool_is_done(struct wsp_pool *pool);
int wsp_pool_fd(const struct wsp_pool *pool);

/* Done with the oldest take: its place is free. */
void wsp_pool_drop(struct wsp_pool *pool);

/* End lanes, workers and nursery. NULL is fine. */
void wsp_pool_close(struct wsp_pool *pool);

#endif
