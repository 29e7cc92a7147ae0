/* What is made of the timeline besides sound: captions, chapters, timings. Kinds of files are rows
 * of the table in timing.c, chosen by extension; each is a file of its own here. */
#ifndef WSP_TIMING_TIMING_H
#define WSP_TIMING_TIMING_H

#include "audio/timeline.h"
#include "base/writer.h"
#include "reading/message.h"

#include <stdbool.h>

/* What is known when everything has been spoken. All borrowed. */
struct wsp_timing {
    struct wsp_message *const *messages; /* entry.document counts them */
    size_t n_messages;
    const struct wsp_timeline *timeline;  /* with words, where the kind needs them */
    size_t first_message, first_sentence; /* that is spoken, from 0 */
    const char *title;
    const char *sound; /* the name of the file with the sound, without its folder; NULL: none */
};

struct wsp_timing_kind {
    const char *extension; /* ".vtt" */
    bool words;            /* it needs the timeline's words */
    enum wsp_status (*write)(const struct wsp_timing *timing, const struct wsp_writer *writer,
                             struct wsp_error *err);
};

/* The kind for the extension of `path`; the longest one counts ("x.chapters.vtt"). NULL: none. */
const struct wsp_timing_kind *wsp_timing_kind_of(const char *path);

/* Append all extensions, ", " between them. */
void wsp_timing_extensions(struct wsp_buf *out);

/* The script and when it was said, as docs/script.schema.json describes it. Without a timeline
 * (NULL) all sentences, and no times. Returns WSP_OK, WSP_IO or WSP_NOMEM. */
enum wsp_status wsp_write_json(const struct wsp_timing *timing, const struct wsp_writer *writer,
                               struct wsp_error *err);

/* Frames of the programme in milliseconds, rounded down: no cue ends after the sound does. */
uint64_t wsp_timing_ms(const struct wsp_timeline *timeline, uint64_t frames);

/* Append "hh:mm:ss" and `point` and three digits. */
void wsp_timing_add_clock(struct wsp_buf *out, uint64_t ms, char point);

/* Give the writer what the buffer holds, and clear it. Returns WSP_OK, WSP_IO or WSP_NOMEM. */
enum wsp_status wsp_timing_flush(struct wsp_buf *buf, const struct wsp_writer *writer,
                                 struct wsp_error *err);

#endif
