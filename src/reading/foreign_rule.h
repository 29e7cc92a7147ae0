/* From the spelling of a foreign word or name to Vietnamese syllables, by rule: a guess that keeps
 * the voice in Vietnamese. The words that matter are in the lexicon. */
#ifndef WSP_READING_FOREIGN_RULE_H
#define WSP_READING_FOREIGN_RULE_H

#include "base/buf.h"

#include <stdbool.h>

/* Append the syllables of `word` (Latin letters, UTF-8, NFC, any case; hyphens and apostrophes
 * inside are passed over), parted by blanks, in small letters: "Harris" is "ha rít". Each is one
 * that wsp_syllable_parse() knows. At most about six bytes for a byte. Returns false, with `out` as
 * it was, when the word holds no Latin letter or does not fit. */
bool wsp_foreign_respell(struct wsp_buf *out, struct wsp_str word);

#endif
