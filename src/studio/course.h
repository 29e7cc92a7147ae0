/* The course of what is played: which place of the reel sounds at which position of the
 * loudspeakers. It is one straight line but for the jumps. For this room only. */
#ifndef WSP_STUDIO_COURSE_H
#define WSP_STUDIO_COURSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WSP_COURSE_JUMPS = 16 }; /* as many as can be unheard, and more */

struct wsp_course {
    struct {
        uint64_t at;      /* from this position on ... */
        uint64_t reel;    /* ... sounds the reel from here on */
        uint64_t dropped; /* what was given from this position up to `at` is never heard */
    } jumps[WSP_COURSE_JUMPS];
    size_t n;
};

/* From position `at` on the reel sounds from `reel`; what was given from `dropped` on does not. */
void wsp_course_jump(struct wsp_course *course, uint64_t at, uint64_t dropped, uint64_t reel);

/* The place on the reel that sounds at `position`. */
uint64_t wsp_course_place(const struct wsp_course *course, uint64_t position);

/* Where the place on the reel sounds, of what was given up to position `written`; the newest if it
 * does more than once. Returns false when it has not been given. */
bool wsp_course_position(const struct wsp_course *course, uint64_t written, uint64_t place,
                         uint64_t *position);

/* Has the newest jump been heard? */
bool wsp_course_is_straight(const struct wsp_course *course, uint64_t position);

#endif
