/* Where a sentence that is too long for one breath is parted. */
#ifndef WSP_READING_PART_H
#define WSP_READING_PART_H

#include <stddef.h>

/* The end of the first part of the bytes begin..end of `text`: at most WSP_SENTENCE_LIMIT bytes
 * from `begin`, `end` when all fits; at a character boundary, and not before. */
size_t wsp_part_end(const char *text, size_t begin, size_t end);

#endif
