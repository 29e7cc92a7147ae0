/* Live playback. A small process of its own (player.c, a helper role of this program) owns the
 * PortAudio stream; this side feeds it through a bounded queue in shared memory. So a device
 * that hangs costs nobody else, PortAudio's slow start runs beside the first synthesis, and
 * what ALSA, JACK and PortAudio print on standard error is kept from the user's terminal. */
#ifndef WSP_OUTPUT_PLAYBACK_H
#define WSP_OUTPUT_PLAYBACK_H

#include "base/cancel.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wsp_playback; /* opaque; one owner; used from one thread */

/* All strings are borrowed for the call. */
struct wsp_playback_settings {
    const char *program; /* path of an executable that lives the role when it is called by it */
    const char *device;  /* name, or a part of it that only one has; NULL: the default */
    double latency_s;    /* what the stream asks for; 0: 55 ms */
    const struct wsp_cancel *cancel; /* borrowed; may be NULL */
};

/* The role's name (its argv[0]) and its main: argv is {role, device, rate in Hz, latency in
 * ms}, all whole numbers, since a comma or a point is a matter of the locale; "" is the default
 * device. Or {role, "--list"}. Descriptor 3 is the control socket and 4 the queue. Ends with
 * _exit(): it does not return, or with an exit status. */
#define WSP_PLAYER_ROLE "wtisd-speak-player"
int wsp_player_main(int argc, char **argv);

/* Start the player and return at once: the device is opened meanwhile. One that cannot be had is
 * reported by wsp_playback_listen() and wsp_playback_wait(). Returns WSP_OK, WSP_UNAVAILABLE,
 * WSP_TEMPFAIL or WSP_NOMEM. */
enum wsp_status wsp_playback_open(struct wsp_playback **out, uint32_t rate_hz,
                                  const struct wsp_playback_settings *settings,
                                  struct wsp_error *err);

/* Stops at once what has not finished. NULL is fine. */
void wsp_playback_close(struct wsp_playback *playback);

/* Give it mono frames, full scale [-1, 1]: it takes up to 1 s ahead. Returns how many it took; the
 * player tells of room when a quarter is free again. */
size_t wsp_playback_room(struct wsp_playback *playback, size_t n); /* how many of `n` it would */
size_t wsp_playback_write(struct wsp_playback *playback, const float *frames, size_t n);
void wsp_playback_end(struct wsp_playback *playback); /* nothing follows */

/* Leave out what was given, from its frame `from` on, which must be in a silence; 0: from now on,
 * with a fade. What is given after that follows at once. */
void wsp_playback_cut(struct wsp_playback *playback, uint64_t from);

void wsp_playback_pause(struct wsp_playback *playback, bool paused);
void wsp_playback_set_gain(struct wsp_playback *playback, double gain); /* 0 to 1 */
/* The first frame is to sound then, in nanoseconds of CLOCK_REALTIME; before it is given. */
void wsp_playback_start_at(struct wsp_playback *playback, int64_t at_ns);

/* Readable when the player has something to say: then listen. */
int wsp_playback_fd(const struct wsp_playback *playback);

/* Hear what it has to say, without waiting. Returns WSP_OK or WSP_UNAVAILABLE, now and for ever. */
enum wsp_status wsp_playback_listen(struct wsp_playback *playback, struct wsp_error *err);

/* Wait until it has something to say, and hear it; 20 s of silence are an error. Returns likewise,
 * or WSP_CANCELLED. */
enum wsp_status wsp_playback_wait(struct wsp_playback *playback, struct wsp_error *err);

bool wsp_playback_is_ready(const struct wsp_playback *playback);     /* the device is open */
bool wsp_playback_has_finished(const struct wsp_playback *playback); /* all has sounded */
/* Frames of what was given that the player has not taken yet; 0 once a cut is made. */
size_t wsp_playback_held(const struct wsp_playback *playback);
/* Frames of what was given that have sounded, or were cut; those in the device are not yet. */
uint64_t wsp_playback_heard(const struct wsp_playback *playback);
/* How long the device has taken nothing, though there was something for it. */
long long wsp_playback_still_ms(const struct wsp_playback *playback);
/* Times the device ran dry before the end. */
uint32_t wsp_playback_underruns(const struct wsp_playback *playback);

struct wsp_device {
    char name[128];  /* what --device takes */
    char driver[64]; /* ALSA, JACK, OSS */
    int is_default;
};

/* The devices that can sound, in a new array that the caller frees. Asks a player process, so
 * that chatter and crashes stay there. No device at all is not an error: *n is 0. Returns
 * WSP_OK, WSP_UNAVAILABLE or WSP_NOMEM. */
enum wsp_status wsp_playback_devices(struct wsp_device **out, size_t *n, const char *program,
                                     struct wsp_error *err);

#endif
