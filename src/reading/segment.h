/* Where sentences end. A segmenter walks over one block and hands out its sentences one after
 * the other, without allocating; every byte that is not blank belongs to exactly one of them. */
#ifndef WSP_READING_SEGMENT_H
#define WSP_READING_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>

struct wsp_segmenter {
    const char *text;
    size_t at, end;      /* what is left of the block */
    size_t sentence_end; /* of the sentence that is being handed out in parts; <= at: none */
};

struct wsp_segment {
    size_t begin, end; /* bytes of `text`, outer blanks excluded */
    bool phrase;       /* the sentence was longer than WSP_SENTENCE_LIMIT and goes on */
};

/* Begin at the bytes begin..end of `text` (valid UTF-8, borrowed). */
void wsp_segmenter_init(struct wsp_segmenter *segmenter, const char *text, size_t begin,
                        size_t end);

/* The next sentence, or the next part of a long one; false: no more. */
bool wsp_segmenter_next(struct wsp_segmenter *segmenter, struct wsp_segment *segment);

#endif
