/* The stream of a device, written without ever waiting: see how much fits, and write no more.
 *
 * PortAudio's own way of writing does that well on ALSA. On JACK it ignores the latency that is
 * asked for, breaks off, and damages memory; there a callback takes the frames out of a ring of
 * ours. For the player process only; with wsp_player_main() the door to PortAudio. */
#ifndef WSP_OUTPUT_STREAM_H
#define WSP_OUTPUT_STREAM_H

#include <portaudio.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WSP_STREAM_PIECE = 480 }; /* frames written at once, at most: 10 ms at 48 kHz */

struct wsp_stream {
    PaStream *stream;
    int channels; /* 1, or 2 for devices that have no mono */
    long buffer;  /* frames that it holds at most */
    bool calls;   /* it takes frames by a callback, from the ring: */
    float *ring;
    _Atomic uint64_t written, taken;
    _Atomic uint32_t breaks; /* times it ran dry; also when no more was to come */
};

/* Open and start device `index` of PortAudio's for mono frames. What is to be queued, about
 * `latency_s`, is a wish. Returns paNoError or what is wrong. */
PaError wsp_stream_open(struct wsp_stream *stream, int index, double rate_hz, double latency_s);

/* How many frames fit now, or a PaError below 0. */
long wsp_stream_writable(struct wsp_stream *stream);

/* Write `n` frames, which fit and are at most WSP_STREAM_PIECE. */
PaError wsp_stream_write(struct wsp_stream *stream, const float *frames, size_t n);

void wsp_stream_close(struct wsp_stream *stream); /* what is queued is dropped */

#endif
