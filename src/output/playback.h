/* Live playback. A small process of its own (player.c, a helper role of this program) owns the
 * PortAudio stream; this side feeds it through a bounded queue in shared memory. So a device
 * that hangs costs nobody else, PortAudio's slow start runs beside the first synthesis, and
 * what ALSA, JACK and PortAudio print on standard error is kept from the user's terminal. */
#ifndef WSP_OUTPUT_PLAYBACK_H
#define WSP_OUTPUT_PLAYBACK_H

#include "output/sink.h"

/* All strings are borrowed for the call. */
struct wsp_playback_settings {
    const char *program; /* path of an executable that lives the role when it is called by it */
    const char *device;  /* name, or a part of it that only one has; NULL: the default */
    double latency_s;    /* what the stream asks for; 0: 0.1 */
    const struct wsp_cancel *cancel; /* borrowed; may be NULL */
};

/* The role's name (its argv[0]) and its main: argv is {role, device, rate in Hz, channels, latency
 * in ms}, all whole numbers, since a comma or a point is a matter of the locale; "" is the default
 * device. Or {role, "--list"}. Descriptor 3 is the control socket and 4 the queue. Ends with
 * _exit(): it does not return, or with an exit status. */
#define WSP_PLAYER_ROLE "wtisd-speak-player"
int wsp_player_main(int argc, char **argv);

/* Start the player and return at once, as a sink: the device is opened meanwhile. A device
 * that cannot be had is reported by the first write that waits, by commit, or by
 * wsp_playback_ready(). Write blocks while 1 s is queued; commit returns when the last sample
 * has been sounded; close without commit stops at once. Returns WSP_OK, WSP_UNAVAILABLE,
 * WSP_TEMPFAIL or WSP_NOMEM. */
enum wsp_status wsp_playback_open(struct wsp_sink **out, struct wsp_audio_format format,
                                  const struct wsp_playback_settings *settings,
                                  struct wsp_error *err);

/* Wait until the device is open (some 20 ms after wsp_playback_open(); 15 s at most). `sink` must
 * be a playback. Returns WSP_OK, WSP_UNAVAILABLE or WSP_CANCELLED. */
enum wsp_status wsp_playback_ready(struct wsp_sink *sink, struct wsp_error *err);

/* Pause all playbacks of this process, or let them go on where they were. Async-signal-safe. */
void wsp_playback_toggle_pause(void);

/* Underruns so far: times the device ran dry before the end. `sink` must be a playback. */
uint32_t wsp_playback_underruns(const struct wsp_sink *sink);

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
