/* The loudspeakers of a programme: a player for each, and all get the same frames. A device that
 * goes away is looked for again, by a player of its own, so that the others sound on.
 *
 * Positions are frames of what was given to the loudspeakers since the beginning; they never fall.
 */
#ifndef WSP_OUTPUT_SPEAKERS_H
#define WSP_OUTPUT_SPEAKERS_H

#include "output/playback.h"

#include <poll.h>

enum { WSP_SPEAKERS_MAX = 8 };

struct wsp_speakers_settings {
    const char *program;             /* as struct wsp_playback_settings says; borrowed */
    const char *const *devices;      /* names or parts of them; borrowed */
    size_t n_devices;                /* 0: the default device */
    uint32_t rate_hz;                /* of the frames */
    double latency_s;                /* 0: the usual one */
    double timeout_s;                /* how long one is looked for, when no other is left */
    bool waits;                      /* for a device that is not there at the beginning either */
    const struct wsp_cancel *cancel; /* borrowed; may be NULL */
};

/* Who hears of what happens to a device; `device` is "" for the default one. May be changed.
 * `others_are_done`: the others have sounded the end, and this one is not waited for. */
struct wsp_speakers_watch {
    void *context;
    void (*lost)(void *context, const char *device, const struct wsp_error *why,
                 bool others_are_done);
    void (*back)(void *context, const char *device);
};

struct wsp_speakers; /* opaque; one owner; used from one thread */

/* Start the players, which open their devices meanwhile. Returns WSP_OK, WSP_USAGE (too many),
 * WSP_UNAVAILABLE, WSP_TEMPFAIL or WSP_NOMEM. */
enum wsp_status wsp_speakers_open(struct wsp_speakers **out,
                                  const struct wsp_speakers_settings *settings,
                                  struct wsp_error *err);
void wsp_speakers_close(struct wsp_speakers *speakers); /* stops at once; NULL is fine */
void wsp_speakers_watch(struct wsp_speakers *speakers, const struct wsp_speakers_watch *watch);

/* What to wait for: fills at most WSP_SPEAKERS_MAX of `fds`, returns how many, and in *timeout_ms
 * how long at most (-1: for ever). */
size_t wsp_speakers_poll(const struct wsp_speakers *speakers, struct pollfd *fds, int *timeout_ms);

/* Hear what the players say, and look for devices that are gone. Returns WSP_OK, or WSP_UNAVAILABLE
 * when a device cannot be had at the beginning, or none came back in time. */
enum wsp_status wsp_speakers_serve(struct wsp_speakers *speakers, struct wsp_error *err);

/* Is there one that takes sound? When the last has gone, what was given and not heard is lost. */
bool wsp_speakers_are_there(const struct wsp_speakers *speakers);

/* Mono frames at the rate that was asked for. Returns how many were taken. */
size_t wsp_speakers_write(struct wsp_speakers *speakers, const float *frames, size_t n);
uint64_t wsp_speakers_written(const struct wsp_speakers *speakers);
uint64_t wsp_speakers_heard(const struct wsp_speakers *speakers); /* of them; also after a loss */

/* As wsp_playback_cut(): `from` is a position in a silence, or 0: now. */
void wsp_speakers_cut(struct wsp_speakers *speakers, uint64_t from);
void wsp_speakers_pause(struct wsp_speakers *speakers, bool paused);
void wsp_speakers_set_gain(struct wsp_speakers *speakers, double gain);
void wsp_speakers_start_at(struct wsp_speakers *speakers, int64_t at_ns);
void wsp_speakers_end(struct wsp_speakers *speakers);
bool wsp_speakers_have_finished(const struct wsp_speakers *speakers);

uint32_t wsp_speakers_underruns(const struct wsp_speakers *speakers);

/* The names of those that sound now, "" for the default one. */
size_t wsp_speakers_n(const struct wsp_speakers *speakers);
const char *wsp_speakers_name(const struct wsp_speakers *speakers, size_t i);
bool wsp_speakers_sounds(const struct wsp_speakers *speakers, size_t i);

#endif
