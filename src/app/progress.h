/* What is said while working, on standard error: a bar with the time left on a terminal,
 * otherwise a plain line now and then ("câu 12/40, còn 1 phút"), or nothing. */
#ifndef WSP_APP_PROGRESS_H
#define WSP_APP_PROGRESS_H

#include "app/options.h"

#include <stdbool.h>

/* There is one standard error, so there is one progress: it lives in progress.c. */
void wsp_progress_begin(enum wsp_progress_style style, bool quiet);

/* `done` of `total` sentences, `part` of the work (0 to 1). Cheap to call for every sentence. */
void wsp_progress_show(size_t done, size_t total, double part);

/* Take the bar away so that a message can be printed; the next show draws it again. */
void wsp_progress_step_aside(void);

void wsp_progress_end(void);

#endif
