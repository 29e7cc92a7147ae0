/* What is said when all is done: two lines for people, an object for programs (--json). */
#ifndef WSP_APP_SUMMARY_H
#define WSP_APP_SUMMARY_H

#include "app/options.h"
#include "studio/session.h"

/* How long it is and how it measures, to people. Nothing is said of what was not levelled. */
void wsp_tell_summary(const struct wsp_session_report *report);

/* One JSON object, on standard output, or on standard error where that is taken by sound.
 * `status` is the run's exit status. Returns WSP_OK, WSP_NOMEM or WSP_IO. */
enum wsp_status wsp_print_summary(const struct wsp_options *options,
                                  const struct wsp_session_report *report, int status,
                                  struct wsp_error *err);

#endif
