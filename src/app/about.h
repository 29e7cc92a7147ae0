/* What the files say about themselves, as far as the command line and the clock know it. */
#ifndef WSP_APP_ABOUT_H
#define WSP_APP_ABOUT_H

#include "app/options.h"
#include "output/metadata.h"

/* Fill `metadata`. The date is SOURCE_DATE_EPOCH (reproducible-builds.org, seconds, UTC) or now;
 * `start` is from when on they may be aired, 0: from then on.
 * Returns WSP_OK, or WSP_USAGE for a text that is too long. */
enum wsp_status wsp_about_files(struct wsp_metadata *metadata, const struct wsp_options *options,
                                time_t start, struct wsp_error *err);

#endif
