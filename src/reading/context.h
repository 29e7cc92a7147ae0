/* What stands around a token, as readers ask about it. */
#ifndef WSP_READING_CONTEXT_H
#define WSP_READING_CONTEXT_H

#include "reading/reader.h"

/* Is the token `offset` tokens from `at` (-3 to 2) one of `words` (small letters, blanks between
 * them, as in "ngày sáng chiều"), whatever its case? There is none beyond the sentence. */
bool wsp_context_is(const struct wsp_reading *reading, size_t at, int offset, const char *words);

/* Do a dash and nothing else stand between token `at` and the next: "1/6 - 15/8"? */
bool wsp_dash_follows(const struct wsp_reading *reading, size_t at);

/* Does nothing but one blank stand there? */
bool wsp_blank_follows(const struct wsp_reading *reading, size_t at);

/* Say `words`, one by one (they may be respelled one by one), for tokens first..end. */
void wsp_say_words(const struct wsp_reading *reading, size_t first, size_t end,
                   struct wsp_str words, struct wsp_utterance *out);

#endif
