/* What a dash between two numbers says: "đến", "trừ", "năm", or nothing, as in a score. */
#ifndef WSP_READING_RANGE_H
#define WSP_READING_RANGE_H

#include "reading/quantity.h"
#include "reading/reader.h"

/* The word for the dash between `low` and `high` in token `at`; NULL: none. *doubt is set when a
 * person has to look. */
const char *wsp_dash_word(const struct wsp_reading *reading, size_t at,
                          const struct wsp_quantity *low, const struct wsp_quantity *high,
                          enum wsp_doubt *doubt);

#endif
