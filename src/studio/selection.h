/* Which sentences are spoken: ranges of their numbers, which count from 1 through all messages. */
#ifndef WSP_STUDIO_SELECTION_H
#define WSP_STUDIO_SELECTION_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct wsp_range {
    size_t first, last;
};

struct wsp_selection {
    struct wsp_range *ranges;
    size_t n, cap;
};

/* Add "3-7,12,20-" ("20-" goes to the end). Every number must be there: the sentences are 1 to
 * `n_sentences`. Returns WSP_OK, WSP_USAGE (no range, or no such sentence) or WSP_NOMEM. */
enum wsp_status wsp_selection_parse(struct wsp_selection *selection, const char *text,
                                    size_t n_sentences, struct wsp_error *err);
void wsp_selection_release(struct wsp_selection *selection);

/* Is sentence `number` chosen? All are when there are no ranges. */
bool wsp_selection_has(const struct wsp_selection *selection, size_t number);

#endif
