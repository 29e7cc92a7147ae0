/* --plot: a picture of what was made. The one door to Cairo. */
#ifndef WSP_APP_PLOT_H
#define WSP_APP_PLOT_H

#include "studio/session.h"

/* Does the name say what to draw? Returns WSP_OK or WSP_USAGE. */
enum wsp_status wsp_plot_check(const char *path, struct wsp_error *err);

/* Draw waveform, momentary and short-term loudness, the integrated loudness and the sentences into
 * `path`, .png or .svg; it is there whole or not at all. Nothing is drawn of what was not levelled.
 * Returns WSP_OK, WSP_DATA (raw), WSP_CANTCREAT or WSP_NOMEM. */
enum wsp_status wsp_plot(const char *path, const struct wsp_session_report *report,
                         struct wsp_error *err);

#endif
