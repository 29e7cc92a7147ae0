#include "studio/course.h"

#include <string.h>

void wsp_course_jump(struct wsp_course *course, uint64_t at, uint64_t dropped, uint64_t reel)
{
    for (; course->n > 0 && course->jumps[course->n - 1].at >= at; course->n--)
        if (course->jumps[course->n - 1].dropped < dropped) /* nothing was given after that jump */
            dropped = course->jumps[course->n - 1].dropped;
    if (course->n == WSP_COURSE_JUMPS)
        memmove(course->jumps, course->jumps + 1, --course->n * sizeof *course->jumps);
    course->jumps[course->n].at = at;
    course->jumps[course->n].reel = reel;
    course->jumps[course->n++].dropped = dropped;
}

uint64_t wsp_course_place(const struct wsp_course *course, uint64_t position)
{
    for (size_t i = course->n; i-- > 0;) {
        if (position >= course->jumps[i].at)
            return course->jumps[i].reel + (position - course->jumps[i].at);
        if (position >= course->jumps[i].dropped)
            position = course->jumps[i].dropped > 0 ? course->jumps[i].dropped - 1 : 0;
    }
    return 0;
}

bool wsp_course_position(const struct wsp_course *course, uint64_t written, uint64_t place,
                         uint64_t *position)
{
    for (size_t i = course->n; i-- > 0;) {
        uint64_t begin = course->jumps[i].at, reel = course->jumps[i].reel;
        uint64_t end = i + 1 < course->n ? course->jumps[i + 1].dropped : written;
        if (end > begin && place > reel && place <= reel + (end - begin)) {
            *position = begin + (place - reel);
            return true;
        }
    }
    return false;
}

bool wsp_course_is_straight(const struct wsp_course *course, uint64_t position)
{
    return course->n == 0 || position >= course->jumps[course->n - 1].at;
}
