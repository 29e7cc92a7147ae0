/* On which loudspeakers the sentence that sounds is heard, whole or in part. For this room only. */
#ifndef WSP_STUDIO_HEARD_H
#define WSP_STUDIO_HEARD_H

#include "output/speakers.h"

struct wsp_heard {
    struct {
        const char *name; /* borrowed of the loudspeakers' settings: they may be closed before */
        bool begun, whole;
    } on[WSP_SPEAKERS_MAX];
    size_t n;
};

/* A sentence begins on those that sound; one of them is lost in it. */
void wsp_heard_begin(struct wsp_heard *heard, const struct wsp_speakers *speakers);
void wsp_heard_lose(struct wsp_heard *heard, const char *name);

/* It ends. Fills `names` (room for WSP_SPEAKERS_MAX) with those that have sounded it whole, and
 * returns how many; *complete becomes false when there is none, and they are those where it began.
 */
size_t wsp_heard_end(const struct wsp_heard *heard, bool *complete, const char **names);

#endif
