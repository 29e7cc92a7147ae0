/* Units as nurses, teachers and clerks write them short, one letter for several things: "2v" are
 * pills in a prescription and volts elsewhere. */
#ifndef WSP_READING_SHORTHAND_H
#define WSP_READING_SHORTHAND_H

#include "reading/reader.h"

struct wsp_shorthand {
    struct wsp_str unit; /* as it is written, borrowed from a table; empty: nothing is meant */
    const char *spoken;
};

/* What the unit behind the last number of token `at` means here, "v" of "1-2v/ngày"; or what the
 * whole token means that stands behind its number, "v" of "2 v". */
struct wsp_shorthand wsp_shorthand_at(const struct wsp_reading *reading, size_t at);

/* Is the "t" of token `at` years of age, and no tonnes: "trẻ em gái 11t", "người ≥65t", "12-17t"?
 */
bool wsp_tells_of_age(const struct wsp_reading *reading, size_t at);

#endif
