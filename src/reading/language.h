/* Is a whole sentence written in another language? The messages of international bodies come
 * bilingual. And what the languages are called. */
#ifndef WSP_READING_LANGUAGE_H
#define WSP_READING_LANGUAGE_H

#include "reading/reader.h"

/* Of each language its BCP 47 tag, which is espeak-ng's name for its voice too. */
extern const char *const wsp_language_tags[WSP_N_LANGUAGES];

/* Has it letters of its own, so that no Vietnamese spelling of its words can be made? */
static inline bool wsp_language_has_letters(enum wsp_language language)
{
    return language >= WSP_LANGUAGE_CHINESE;
}

/* By its letters, when most words have other than Latin ones; by its little words (the,
 * of; les, des) and by how few of its words are Vietnamese syllables. Names and titles of fewer
 * than four words are not enough. */
enum wsp_language wsp_language_of(const struct wsp_reading *reading);

#endif
