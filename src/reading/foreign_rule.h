/* From the spelling of a foreign word to Vietnamese syllables, by rule. It guesses, as an announcer
 * does who meets a name for the first time: a wrong guess costs one odd name and keeps the voice in
 * Vietnamese. Names that matter belong in the lexicon, which is asked before. */
#ifndef WSP_READING_FOREIGN_RULE_H
#define WSP_READING_FOREIGN_RULE_H

#include "base/buf.h"

#include <stdbool.h>

/* Respell `word`, a name or word of a foreign language in Latin letters (UTF-8, NFC, any case, no
 * blanks; inner hyphens and apostrophes are allowed), as Vietnamese syllables parted by blanks, in
 * small letters: "Guterres" is "gu te rét".
 *
 * Appends to `out`. wsp_syllable_parse() takes every syllable; there is at least one, and at most
 * six bytes come for a letter of `word` and eight more. Time and memory are linear. Returns false
 * when the word holds no Latin letter (A to Z or with marks, U+00C0 to U+024F, U+1E00 to U+1EFF),
 * when the syllables do not fit into the limit of `out` or memory is short; `out` is as it was
 * then, its status too. Anything that is not a letter only parts syllables or is passed over. */
bool wsp_foreign_respell(struct wsp_buf *out, struct wsp_str word);

#endif
