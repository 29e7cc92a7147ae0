/* The timeline: who is spoken when, in frames of the programme. Everything that shows, seeks or
 * resumes stands on it. Flat, like all types between rooms. */
#ifndef WSP_AUDIO_TIMELINE_H
#define WSP_AUDIO_TIMELINE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* One utterance that sounded. */
struct wsp_timeline_entry {
    uint32_t document;   /* which of the documents, from 0 */
    uint32_t number;     /* its sentence there, from 0 */
    uint64_t begin, end; /* frames of the programme; the pause after it excluded */
    size_t first_word, n_words;
};

/* One word that sounded. */
struct wsp_timeline_word {
    uint32_t word;       /* index into the utterance's words */
    uint32_t begin, end; /* frames from the entry's begin */
};

struct wsp_timeline {
    uint32_t rate_hz;
    struct wsp_timeline_entry *entries; /* `begin` rises */
    size_t n_entries, cap_entries;
    struct wsp_timeline_word *words;
    size_t n_words, cap_words;
    uint64_t length; /* frames of the programme so far */
};

void wsp_timeline_init(struct wsp_timeline *timeline, uint32_t rate_hz);
void wsp_timeline_release(struct wsp_timeline *timeline);

#endif
