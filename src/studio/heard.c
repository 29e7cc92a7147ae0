#include "studio/heard.h"

#include <string.h>

void wsp_heard_begin(struct wsp_heard *heard, const struct wsp_speakers *speakers)
{
    heard->n = wsp_speakers_n(speakers);
    for (size_t i = 0; i < heard->n; i++) {
        heard->on[i].name = wsp_speakers_name(speakers, i);
        heard->on[i].begun = heard->on[i].whole = wsp_speakers_sounds(speakers, i);
    }
}

void wsp_heard_lose(struct wsp_heard *heard, const char *name)
{
    for (size_t i = 0; i < heard->n; i++)
        if (strcmp(heard->on[i].name, name) == 0)
            heard->on[i].whole = false;
}

size_t wsp_heard_end(const struct wsp_heard *heard, bool *complete, const char **names)
{
    size_t n = 0;
    for (size_t i = 0; i < heard->n && *complete; i++)
        if (heard->on[i].whole)
            names[n++] = heard->on[i].name;
    *complete = n > 0;
    for (size_t i = 0; i < heard->n && !*complete; i++)
        if (heard->on[i].begun)
            names[n++] = heard->on[i].name;
    return n;
}
