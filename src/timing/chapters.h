/* Chapters: the headings of the messages, in frames of the programme. A message without one is a
 * chapter by its first words. */
#ifndef WSP_TIMING_CHAPTERS_H
#define WSP_TIMING_CHAPTERS_H

#include "timing/timing.h"

struct wsp_chapter {
    uint64_t begin,
        end; /* they touch; the first begins with the programme, the last ends with it */
    struct wsp_str title; /* borrowed from the document; '\n' parts lines that were joined */
};

/* *chapters is the caller's, to be freed. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_chapters_make(struct wsp_chapter **chapters, size_t *n,
                                  const struct wsp_timing *timing, struct wsp_error *err);

/* Append the title in one line, `quote` left out (0: none). */
void wsp_chapter_add_title(struct wsp_buf *out, const struct wsp_chapter *chapter, char quote);

#endif
