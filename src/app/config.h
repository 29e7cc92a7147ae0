/* The configuration file: long options, one a line, as in "voice vi-south" or "--rate=90%". */
#ifndef WSP_APP_CONFIG_H
#define WSP_APP_CONFIG_H

#include "app/options.h"

struct wsp_config {
    struct wsp_buf text; /* what the options point into */
};

/* Read `path` into `options`; a missing file is an empty one. `config` is to be kept as long as
 * `options`. Returns WSP_OK, WSP_NOINPUT (there but unreadable) or WSP_USAGE with file and line. */
enum wsp_status wsp_config_read(struct wsp_config *config, const char *path,
                                struct wsp_options *options, struct wsp_error *err);
void wsp_config_release(struct wsp_config *config);

#endif
