/* A sink is where finished audio goes: a file, a pipe, a loudspeaker. All are used alike, and a
 * file is either delivered whole by wsp_sink_commit() or not at all.
 *
 * Kinds of files are rows of the table in sink.c, chosen by extension. */
#ifndef WSP_OUTPUT_SINK_H
#define WSP_OUTPUT_SINK_H

#include "audio/format.h"
#include "base/buf.h"
#include "base/cancel.h"
#include "base/error.h"
#include "output/markers.h"
#include "output/metadata.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wsp_sink; /* opaque; one owner; used from one thread at a time */

/* What a kind of sink can do. Each function gets the sink's own state, made by its opener. */
struct wsp_sink_kind {
    const char *name;
    enum wsp_status (*write)(void *state, const float *frames, size_t n_frames,
                             struct wsp_error *err);
    /* NULL: it has no place for it */
    enum wsp_status (*describe)(void *state, const struct wsp_metadata *metadata,
                                struct wsp_error *err);
    void (*measured)(void *state, const struct wsp_measures *measures);
    enum wsp_status (*mark)(void *state, const struct wsp_marker *markers, size_t n,
                            struct wsp_error *err);
    enum wsp_status (*finish)(void *state, struct wsp_error *err); /* NULL: commit does it all */
    enum wsp_status (*commit)(void *state, struct wsp_error *err);
    void (*close)(void *state); /* accepts a half-built state and NULL */
};

/* Wrap `state` of `kind`; the sink owns it from then on (also when this fails).
 * Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_sink_new(struct wsp_sink **out, const struct wsp_sink_kind *kind, void *state,
                             struct wsp_error *err);

/* Is there a kind of file for the extension of `path`? ("-" is WAV on standard output.) */
bool wsp_sink_knows(const char *path);

/* Append the extensions there are, ", " between them. */
void wsp_sink_extensions(struct wsp_buf *out);

/* Does the kind of file lose a little, so that decoded peaks may be higher (by up to 1.2 dB) than
 * those that were written? */
bool wsp_sink_is_lossy(const char *path);

/* Create a sink for `path` (UTF-8): what is written goes to a file beside it, which takes its
 * place on commit. "-" writes to descriptor 1 as it goes. Returns WSP_OK, WSP_USAGE
 * (extension), WSP_CANTCREAT, WSP_IO or WSP_NOMEM; on failure *out is NULL. */
enum wsp_status wsp_sink_open(struct wsp_sink **out, const char *path,
                              struct wsp_audio_format format, struct wsp_error *err);

/* What it is, before the first frame is written. Returns WSP_OK, WSP_IO or WSP_NOMEM. */
enum wsp_status wsp_sink_describe(struct wsp_sink *sink, const struct wsp_metadata *metadata,
                                  struct wsp_error *err);

/* How it measures, when all frames are written and it is not finished yet. */
void wsp_sink_measured(struct wsp_sink *sink, const struct wsp_measures *measures);

/* Where its sentences begin, at the same time; in order. */
enum wsp_status wsp_sink_mark(struct wsp_sink *sink, const struct wsp_marker *markers, size_t n,
                              struct wsp_error *err);

/* Write audio, blocking while the sink is full.
 *   frames    interleaved float32, full scale is [-1, 1] (what is beyond is clipped, NaN is
 *             silence); borrowed for the call
 *   n_frames  frames, not samples: `frames` holds n_frames * channels values
 * Returns WSP_OK, WSP_IO (disk full, pipe closed), WSP_UNAVAILABLE (device gone) or
 * WSP_CANCELLED. After an error the only useful call is wsp_sink_close(). */
enum wsp_status wsp_sink_write(struct wsp_sink *sink, const float *frames, size_t n_frames,
                               struct wsp_error *err);

/* All of commit that can fail but the name: a file is complete and on the disk beside its place. Of
 * several, finish every one before the first is committed. Returns as wsp_sink_write() does. */
enum wsp_status wsp_sink_finish(struct wsp_sink *sink, struct wsp_error *err);

/* Deliver: a file is complete, on the disk and under its name; a loudspeaker has sounded the
 * last sample. Returns as wsp_sink_write() does, and WSP_CANTCREAT. */
enum wsp_status wsp_sink_commit(struct wsp_sink *sink, struct wsp_error *err);

/* End the sink. What was not committed leaves no trace. NULL is fine. */
void wsp_sink_close(struct wsp_sink *sink);

/* Remove the files that are half made, from a signal handler that is about to end the program.
 * Async-signal-safe. */
void wsp_sink_abandon_all(void);

#endif
