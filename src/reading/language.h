/* Is a whole sentence written in another language? The messages of international bodies come
 * bilingual. */
#ifndef WSP_READING_LANGUAGE_H
#define WSP_READING_LANGUAGE_H

#include "reading/reader.h"

/* By its little words (the, of; les, des) and by how few of its words are Vietnamese syllables.
 * Names and titles of fewer than four words are not enough. */
enum wsp_language wsp_language_of(const struct wsp_reading *reading);

#endif
