#include "audio/timeline.h"

#include <stdlib.h>

void wsp_timeline_init(struct wsp_timeline *timeline, uint32_t rate_hz)
{
    *timeline = (struct wsp_timeline){.rate_hz = rate_hz};
}

void wsp_timeline_release(struct wsp_timeline *timeline)
{
    free(timeline->entries);
    free(timeline->words);
    *timeline = (struct wsp_timeline){0};
}
