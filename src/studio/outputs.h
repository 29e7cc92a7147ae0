/* The files that a run fills, with sound or with text made from the timeline. They are delivered
 * together: all are whole and on the disk before one takes its name. */
#ifndef WSP_STUDIO_OUTPUTS_H
#define WSP_STUDIO_OUTPUTS_H

#include "output/sink.h"
#include "timing/chapters.h"
#include "timing/timing.h"

enum { WSP_OUTPUTS_MAX = 32 };

struct wsp_output {
    struct wsp_sink *sink;                /* NULL: given up */
    const struct wsp_timing_kind *timing; /* NULL: it takes sound */
    const char *path;                     /* borrowed */
    struct wsp_part_cursor *parts;        /* owned; NULL: it is one file */
};

struct wsp_outputs {
    struct wsp_output items[WSP_OUTPUTS_MAX];
    size_t n;
    uint32_t channels; /* of those that take sound */
};

/* Does the name of a file say what to make? Returns WSP_OK or WSP_USAGE. */
enum wsp_status wsp_output_check_path(const char *path, struct wsp_error *err);

/* As wsp_sink_open(). `path` is borrowed for the life of the outputs. */
enum wsp_status wsp_outputs_add_file(struct wsp_outputs *outputs, const char *path,
                                     struct wsp_audio_format format, struct wsp_error *err);
/* A file of sound for every chapter, and their playlist, as wsp_parts_open(). `timing` is borrowed
 * for the life of the outputs: its messages from now on, its timeline when sound is written. */
enum wsp_status wsp_outputs_add_parts(struct wsp_outputs *outputs, const char *path,
                                      struct wsp_audio_format format,
                                      const struct wsp_timing *timing, struct wsp_error *err);

bool wsp_outputs_have_sound(const struct wsp_outputs *outputs); /* anything but text */
bool wsp_outputs_need_words(const struct wsp_outputs *outputs);

/* Finished mono frames, in all channels, to every output that is still wanted. */
enum wsp_status wsp_outputs_write(struct wsp_outputs *outputs, const float *frames, size_t n_frames,
                                  struct wsp_error *err);

enum wsp_status wsp_outputs_describe(struct wsp_outputs *outputs,
                                     const struct wsp_metadata *metadata, struct wsp_error *err);
void wsp_outputs_measured(struct wsp_outputs *outputs, const struct wsp_measures *measures);

enum wsp_status wsp_outputs_mark(struct wsp_outputs *outputs, const struct wsp_marker *markers,
                                 size_t n, struct wsp_error *err);

/* They are not delivered with a hole in them. */
void wsp_outputs_give_up(struct wsp_outputs *outputs);

/* Write the files of text (timing->sound is filled in here) and put everything on the disk. */
enum wsp_status wsp_outputs_finish(struct wsp_outputs *outputs, struct wsp_timing *timing,
                                   struct wsp_error *err);

enum wsp_status wsp_outputs_commit(struct wsp_outputs *outputs,
                                   struct wsp_error *err); /* deliver */

void wsp_outputs_close(struct wsp_outputs *outputs);

#endif
