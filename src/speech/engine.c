#include "speech/engine.h"

#include <string.h>

/* A new engine is one file and one row here. */
static const struct wsp_engine *const built_in[] = {
    &wsp_engine_espeak,
    NULL,
};

const struct wsp_engine *wsp_engine_find(const struct wsp_engine *const *engines, const char *name)
{
    for (const struct wsp_engine *const *e = engines ? engines : built_in; *e; e++)
        if (strcmp((*e)->name, name) == 0)
            return *e;
    return NULL;
}
