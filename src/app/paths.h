/* Where things are: our own executable, the voices, the catalogues, the configuration. A program
 * run from its build folder uses the source tree's. */
#ifndef WSP_APP_PATHS_H
#define WSP_APP_PATHS_H

#include "base/buf.h"

enum { WSP_VOICE_FOLDERS_MAX = 4 };

struct wsp_paths {
    struct wsp_buf program;    /* our own executable */
    struct wsp_buf catalogues; /* of messages */
    struct wsp_buf config;     /* the configuration file, there or not; "" without a home */
    struct wsp_buf lexicon;    /* the user's lexicon, likewise */
    struct wsp_buf cache;      /* the folder of the store of speech, likewise */
    struct wsp_buf lexicons;   /* the folder of the user's further lexicons, likewise */
    struct wsp_buf voice_buf[WSP_VOICE_FOLDERS_MAX];
    const char *voices[WSP_VOICE_FOLDERS_MAX]; /* in the order of search */
    size_t n_voices;
};

/* Returns WSP_OK or WSP_INTERNAL (/proc is not there). */
enum wsp_status wsp_paths_init(struct wsp_paths *paths, struct wsp_error *err);
void wsp_paths_release(struct wsp_paths *paths);

#endif
