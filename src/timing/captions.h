/* Captions: one sentence as it is written, in pieces that a screen can show. A piece has at most
 * two lines of 42 characters and lasts at most 7 seconds (what broadcasters ask of subtitles); it
 * ends at a pause of the speaker where it can, and never inside a number, a name or a word. */
#ifndef WSP_TIMING_CAPTIONS_H
#define WSP_TIMING_CAPTIONS_H

#include "audio/timeline.h"
#include "base/error.h"
#include "reading/message.h"

enum { WSP_CAPTION_LINE = 42, WSP_CAPTION_MS = 7000 };

/* A written word of a caption: where it stands in the text, and when it is said. */
struct wsp_caption_word {
    uint32_t at;    /* bytes of captions.text */
    uint64_t begin; /* frames of the programme */
};

struct wsp_caption {
    uint64_t begin, end;           /* frames of the programme */
    uint32_t text_begin, text_end; /* bytes of captions.text; '\n' parts the two lines */
    size_t first_word, n_words;
};

struct wsp_captions {
    struct wsp_caption *items;
    size_t n, cap;
    struct wsp_caption_word *words;
    size_t n_words, cap_words;
    struct wsp_buf text;
    struct wsp_utterance utterance; /* scratch */
};

void wsp_captions_init(struct wsp_captions *captions);
void wsp_captions_release(struct wsp_captions *captions);

/* The captions of one entry of the timeline, in place of what was there. They touch or leave a gap,
 * and the last ends with the entry. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_captions_make(struct wsp_captions *captions, const struct wsp_message *message,
                                  const struct wsp_timeline *timeline,
                                  const struct wsp_timeline_entry *entry, struct wsp_error *err);

#endif
