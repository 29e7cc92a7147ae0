/* The store: the engine's sound of utterances that were spoken before, and takes as they were
 * shaped, so that a message that is changed a little is spoken a little. What it gives is what the
 * engine and the shaper would give, to the bit; it is never needed, and whatever is wrong with it
 * is a miss.
 *
 * A folder holds up to eight segments, each a file of sound and an index. What is put goes to the
 * end of the newest; when all are full the oldest goes. Any number of programs may read; one at a
 * time writes, and others find without keeping. Keys are compared in full, and a sum over every
 * sound finds what a power cut has torn. */
#ifndef WSP_SPEECH_STORE_H
#define WSP_SPEECH_STORE_H

#include "base/error.h"
#include "speech/take.h"

#include <stdbool.h>
#include <stdint.h>

struct wsp_store; /* opaque; one owner; get and put from any thread */

/* In `folder` (made with its parents if need be, for the user alone), at most `limit_bytes`.
 * Returns WSP_OK, WSP_CANTCREAT or WSP_NOMEM. */
enum wsp_status wsp_store_open(struct wsp_store **out, const char *folder, uint64_t limit_bytes,
                               struct wsp_error *err);

/* Fill `sound` with what was put under `key`. Returns false when there is none. */
bool wsp_store_get(struct wsp_store *store, struct wsp_str key, struct wsp_sound *sound);

/* Keep `sound` under `key`, or do not. */
void wsp_store_put(struct wsp_store *store, struct wsp_str key, const struct wsp_sound *sound);

/* The same with what has no cues and samples: `bytes` takes the place of what was in it. */
bool wsp_store_get_bytes(struct wsp_store *store, struct wsp_str key, struct wsp_buf *bytes);
void wsp_store_put_bytes(struct wsp_store *store, struct wsp_str key, struct wsp_str bytes);

void wsp_store_close(struct wsp_store *store); /* NULL is fine */

#endif
