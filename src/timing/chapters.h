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

struct wsp_chapters {
    struct wsp_chapter *items; /* the caller's, to be freed */
    size_t n, cap;
};

/* The first chapter that begins with entry *at of the timeline or a later one, except for its end.
 * *at goes behind the entry. Returns false when there is none. */
bool wsp_chapter_next(const struct wsp_timing *timing, size_t *at, struct wsp_chapter *chapter);

/* What the chapter would be called that begins with this sentence. */
struct wsp_str wsp_chapter_title(const struct wsp_timing *timing, size_t message, size_t sentence);

/* `chapters` need not be initialised. Returns WSP_OK or WSP_NOMEM; there are none then. */
enum wsp_status wsp_chapters_make(struct wsp_chapters *chapters, const struct wsp_timing *timing,
                                  struct wsp_error *err);

/* Append the title in one line, `quote` left out (0: none). */
void wsp_chapter_add_title(struct wsp_buf *out, const struct wsp_chapter *chapter, char quote);

#endif
