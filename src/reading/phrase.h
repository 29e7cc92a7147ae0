/* Phrasing: where a sentence without commas is given room to breathe. */
#ifndef WSP_READING_PHRASE_H
#define WSP_READING_PHRASE_H

#include "reading/script.h"

/* Silence of a light break. */
#define WSP_BREATH_MS 120

/* Put light breaks into stretches of more than 25 words between two pauses: before a conjunction or
 * a clause marker, else before a verb or a place; never inside a name or a number, nor after a
 * preposition. */
void wsp_phrase(struct wsp_utterance *utterance);

#endif
