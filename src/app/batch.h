/* --out-dir: every FILE by itself, into a folder, and a journal of what is there. A run that is
 * broken off, or an input that has changed, costs only what is missing (--resume). */
#ifndef WSP_APP_BATCH_H
#define WSP_APP_BATCH_H

#include "app/options.h"
#include "app/paths.h"

struct wsp_batch {
    const struct wsp_options *options; /* files, outs (patterns with "{}"), out_dir, resume */
    const struct wsp_paths *paths;
    const char *program_version;
    void *context;
    /* Render one FILE into `outs`. */
    enum wsp_status (*render)(void *context, const char *file, const struct wsp_list *outs,
                              struct wsp_error *err);
    /* A FILE could not be rendered; the others go on. */
    void (*failed)(void *context, const struct wsp_error *err);
};

/* Returns WSP_OK when all went well or what did not was told; WSP_USAGE (two files with one name, a
 * pattern that says nothing), WSP_CANTCREAT, WSP_TEMPFAIL (another run is busy in the folder),
 * WSP_IO, WSP_CANCELLED or WSP_NOMEM. */
enum wsp_status wsp_batch_run(const struct wsp_batch *batch, struct wsp_error *err);

#endif
