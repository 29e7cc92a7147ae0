/* Do the options go together? Each by itself has been checked when it was read. */
#ifndef WSP_APP_CHECKOPTIONS_H
#define WSP_APP_CHECKOPTIONS_H

#include "app/options.h"
#include "base/error.h"

/* Returns WSP_OK or WSP_USAGE. */
enum wsp_status wsp_options_check(const struct wsp_options *options, struct wsp_error *err);

#endif
