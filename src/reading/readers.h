/* The readers, each a file of its own; reader.c has them in order. */
#ifndef WSP_READING_READERS_H
#define WSP_READING_READERS_H

#include "reading/reader.h"

/* "VÀ XÃ HỘI": words in capitals are said as words, not spelt. */
size_t wsp_read_capitals(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

/* Anything, as it is written. The last in the table. */
size_t wsp_read_word(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out);

#endif
