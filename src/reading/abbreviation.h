/* Abbreviations that are written with a dot, and what the dot then means for the sentence. */
#ifndef WSP_READING_ABBREVIATION_H
#define WSP_READING_ABBREVIATION_H

#include "base/buf.h"

#include <stdbool.h>

enum wsp_abbreviation {
    WSP_ABBR_NONE,
    WSP_ABBR_TITLE, /* before a name: "TS. Nguyễn" */
    WSP_ABBR_FAMILY, /* before a family name only, else it is something different: "CN." is cử nhân
                        before "Trần", Sunday elsewhere */
    WSP_ABBR_PLACE, /* before a name or a number: "TP. Huế", "Q. 1" */
    WSP_ABBR_NEVER, /* never ends a sentence: "tr. 15", "ĐT. 0236..." */
    WSP_ABBR_MAY,   /* ends one when a capital follows: "v.v." */
};

/* What is `word`, written without its last dot ("TS", "v.v", "Th.S")? Of words joined by dots
 * ("PGS.TS") the last one counts. */
enum wsp_abbreviation wsp_abbreviation_find(struct wsp_str word);

/* Is `word` one of the common family names ("Nguyễn")? */
bool wsp_is_family_name(struct wsp_str word);

/* Does a letter or a number after `word` ("loại", "ông", "Điều") name a thing or a person? */
bool wsp_takes_label(struct wsp_str word);

/* Are things called by `word` told apart by whole numbers ("phường 5", "điều 12"), never measured?
 */
bool wsp_numbers_things(struct wsp_str word);

/* Does `word` with a number begin a heading ("Điều 5. Hiệu lực thi hành")? */
bool wsp_numbers_heading(struct wsp_str word);

#endif
