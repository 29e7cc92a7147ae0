/* What a dash between two numbers says: "đến", "trừ", "năm", or nothing, as in a score; in one
 * token or between several. */
#ifndef WSP_READING_RANGE_H
#define WSP_READING_RANGE_H

#include "reading/quantity.h"
#include "reading/reader.h"

/* The word for the dash between `low` and `high` in token `at`; NULL: none. *doubt is set when a
 * person has to look. */
const char *wsp_dash_word(const struct wsp_reading *reading, size_t at,
                          const struct wsp_quantity *low, const struct wsp_quantity *high,
                          enum wsp_doubt *doubt);

/* Does a dash behind token `at` lead to its like: "thứ 2 - thứ 6", "lớp 6 - lớp 9", the same word
 * before both numbers; "5 triệu - 10 triệu", "500 mg - 1 g", after both; "7 giờ - 9h30"? */
bool wsp_leads_to_like(const struct wsp_reading *reading, size_t at);

#endif
