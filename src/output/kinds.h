/* What the kinds of sinks share with sink.c; for this room only. */
#ifndef WSP_OUTPUT_KINDS_H
#define WSP_OUTPUT_KINDS_H

#include "output/riff.h"
#include "output/sink.h"
#include "output/target.h"

/* The state of `sink`, which must be of `kind`. */
void *wsp_sink_state(const struct wsp_sink *sink, const struct wsp_sink_kind *kind);

/* What libsndfile makes; the order is that of the rows in soundfile.c. */
enum wsp_container { WSP_WAV, WSP_VORBIS, WSP_MP3 };

/* A file through libsndfile. A WAV is RF64 when the file grows beyond `riff_limit` bytes
 * (WSP_RIFF_LIMIT, except in tests). A device or a named pipe gets the WAV of
 * wsp_wavpipe_open_target(). Fails as wsp_sink_open() does. */
enum wsp_status wsp_soundfile_open(struct wsp_sink **out, enum wsp_container container,
                                   const char *path, struct wsp_audio_format format,
                                   uint64_t riff_limit, struct wsp_error *err);

/* FLAC and Ogg Opus, by as many threads as `format` has. Fail as wsp_sink_open() does. */
enum wsp_status wsp_flacfile_open(struct wsp_sink **out, const char *path,
                                  struct wsp_audio_format format, struct wsp_error *err);
enum wsp_status wsp_opusfile_open(struct wsp_sink **out, const char *path,
                                  struct wsp_audio_format format, struct wsp_error *err);

/* WAV by a head of our own, into something that cannot be replaced: descriptor `fd`, which stays
 * the caller's and is called `name` in sentences. The sizes in the head are written at commit
 * where one can go back, else they say "unknown" (0xFFFFFFFF), which readers of pipes expect. */
enum wsp_status wsp_wavpipe_open(struct wsp_sink **out, int fd, const char *name,
                                 struct wsp_audio_format format, struct wsp_error *err);

/* The same into `target`, which the sink owns from then on (also when this fails). */
enum wsp_status wsp_wavpipe_open_target(struct wsp_sink **out, struct wsp_target *target,
                                        struct wsp_audio_format format, struct wsp_error *err);

#endif
