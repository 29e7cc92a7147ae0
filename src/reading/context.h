/* What stands around a token, as readers ask about it. */
#ifndef WSP_READING_CONTEXT_H
#define WSP_READING_CONTEXT_H

#include "reading/lexicon.h"
#include "reading/reader.h"

/* Is the token `offset` tokens from `at` (-3 to 2) one of `words` (small letters, blanks between
 * them, as in "ngày sáng chiều"; no numbers), whatever its case? There is none beyond the sentence.
 */
bool wsp_context_is(const struct wsp_reading *reading, size_t at, int offset, const char *words);

/* Does one of `words` stand among the `n` tokens before `at`? */
bool wsp_stands_before(const struct wsp_reading *reading, size_t at, size_t n, const char *words);

/* And among those, or the `after` tokens behind it? */
bool wsp_stands_near(const struct wsp_reading *reading, size_t at, size_t before, size_t after,
                     const char *words);

/* Is a match or a result told of here, so that two numbers are a score: "thắng đội bạn 3 - 0", "tỷ
 * số 21-18, 15-21"? */
bool wsp_tells_of_score(const struct wsp_reading *reading, size_t at);

/* Are these the points that ended a set: "6-4, 7-6 (7/5)"? */
bool wsp_tells_of_tie(const struct wsp_reading *reading, size_t at);

/* Is what follows token `at` a thing that totals are made of: "12/15 xã", "5/8 người"? */
bool wsp_counts_a_total(const struct wsp_reading *reading, size_t at);

/* Do a dash, or an arrow, and nothing else stand between token `at` and the next: "1/6 - 15/8"? */
bool wsp_dash_follows(const struct wsp_reading *reading, size_t at);

/* Does an arrow: "4 -> 6", "4→6"? */
bool wsp_arrow_follows(const struct wsp_reading *reading, size_t at);

/* Does nothing but one blank stand there? */
bool wsp_blank_follows(const struct wsp_reading *reading, size_t at);

/* Is token `at` a unit, or one that makes the number before it a measure: "< 6 tháng"? */
bool wsp_is_what_is_measured(const struct wsp_reading *reading, size_t at);

/* Does the cell of a table end behind token `at`: a tab, or a bar? */
bool wsp_ends_cell(const struct wsp_reading *reading, size_t at);

/* What `lexicon` says for `word`, which stands as token `at`: the first of its rows whose cues
 * hold there. NULL: none. */
const char *wsp_lexicon_choose(const struct wsp_reading *reading, size_t at,
                               const struct wsp_lexicon *lexicon, struct wsp_str word);

/* `spoken` without its first word where that stands before token `at` already: "Đường ĐT743" is no
 * "đường đường tỉnh". */
const char *wsp_without_repeat(const struct wsp_reading *reading, size_t at, const char *spoken);

/* The longest row of `lexicon` that stands at token `at`, of one word or of several parted by
 * blanks ("New York"): letter for letter, or in small letters when the row is so written. Returns
 * how many tokens it takes, 0: none. */
size_t wsp_lexicon_match(const struct wsp_reading *reading, size_t at,
                         const struct wsp_lexicon *lexicon, const char **spoken);

/* Append `text` letter by letter, with the names of the settings; digits are said, signs are
 * silent. Returns false at a letter that has no name and after `at_most` letters. */
bool wsp_add_letter_names(const struct wsp_reading *reading, struct wsp_buf *words,
                          struct wsp_str text, size_t at_most);

/* Say `words`, one by one (they may be respelled one by one), for tokens first..end, in the usage
 * of the region: the readers speak like the North. */
void wsp_say_words(const struct wsp_reading *reading, size_t first, size_t end,
                   struct wsp_str words, struct wsp_utterance *out);

/* The same for the bytes `source` of the document. */
void wsp_say_span(const struct wsp_reading *reading, struct wsp_span source, struct wsp_str words,
                  struct wsp_utterance *out);

#endif
