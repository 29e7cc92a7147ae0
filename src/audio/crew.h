/* A crew: pieces of work, done side by side by threads and handed on in order. */
#ifndef WSP_AUDIO_CREW_H
#define WSP_AUDIO_CREW_H

#include "base/error.h"

#include <stddef.h>

struct wsp_crew_work {
    int threads; /* 1 or more */
    void *context;
    /* One state a thread. NULL when out of memory. */
    void *(*open)(void *context);
    /* Do piece `i`; *result (its slot's, NULL at first) may be kept and used again for later
     * pieces. Called from the state's thread. */
    enum wsp_status (*work)(void *context, void *state, size_t i, void **result,
                            struct wsp_error *err);
    /* Take piece `i`, in order. Called from the caller's thread. */
    enum wsp_status (*take)(void *context, size_t i, void *result, struct wsp_error *err);
    void (*drop)(void *result); /* of a slot, at the end; accepts NULL */
    void (*close)(void *state); /* accepts NULL */
};

/* Do `n` pieces. Stops at the first failure, which it returns; or WSP_NOMEM, WSP_TEMPFAIL (no
 * thread). */
enum wsp_status wsp_crew_run(const struct wsp_crew_work *work, size_t n, struct wsp_error *err);

/* The same for work that comes bit by bit: a crew is opened; then, for each piece, its slot is
 * asked for, filled with what the piece is to be made of, and given to the threads; and in the end
 * what is still with them is taken. `work` is borrowed. Each returns what wsp_crew_run() does;
 * after a failure the only useful call is wsp_crew_close(). */
struct wsp_crew; /* opaque; used from one thread at a time */
enum wsp_status wsp_crew_open(struct wsp_crew **out, const struct wsp_crew_work *work,
                              struct wsp_error *err);

/* The slot of the next piece: nobody else looks at it until it is given. Blocks while all slots
 * are with the threads, and takes what they have done. */
enum wsp_status wsp_crew_slot(struct wsp_crew *crew, void ***result, struct wsp_error *err);
void wsp_crew_give(struct wsp_crew *crew);
enum wsp_status wsp_crew_finish(struct wsp_crew *crew, struct wsp_error *err);
void wsp_crew_close(struct wsp_crew *crew); /* what was not taken is dropped. NULL is fine. */

#endif
