/* A crew: numbered work, done side by side by threads and handed on in order. */
#ifndef WSP_AUDIO_CREW_H
#define WSP_AUDIO_CREW_H

#include "base/error.h"

#include <stddef.h>

struct wsp_crew_work {
    size_t n;    /* pieces of work */
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

/* Do all of it. Stops at the first failure, which it returns; or WSP_NOMEM, WSP_TEMPFAIL (no
 * thread). */
enum wsp_status wsp_crew_run(const struct wsp_crew_work *work, struct wsp_error *err);

#endif
