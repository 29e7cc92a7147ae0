/* Letters that are not Latin ones. A Vietnamese voice spells them in English ("Chinese letter"), so
 * it is never given any; which language has them says whose voice could read them. */
#ifndef WSP_READING_ALPHABET_H
#define WSP_READING_ALPHABET_H

#include "reading/chars.h"
#include "reading/script.h"

/* Is it a letter of another alphabet? The Greek ones, which science uses one at a time, are none.
 */
bool wsp_is_other_letter(struct wsp_char c);

/* Does `word` hold one, or is it a Greek word: more than two letters, or one
 * that has no name in science? */
bool wsp_is_other_word(struct wsp_str word);

/* The language that is usually written in the letters of `words`, which hold some of other
 * alphabets: most of them, and where Japanese or Korean ones stand among Chinese ones, theirs.
 * WSP_LANGUAGE_UNSPOKEN: no voice knows them. */
enum wsp_language wsp_language_of_letters(struct wsp_str words);

#endif
