#include "output/stream.h"

#include <stdlib.h>
#include <string.h>

/* ---- by a callback ---------------------------------------------------------------------- */

/* Called by the driver, in a thread of its own that must not wait. */
static int take(const void *input, void *output, unsigned long n,
                const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *context)
{
    struct wsp_stream *stream = context;
    float *to = output;
    (void)input;
    (void)time;
    (void)flags;
    uint64_t taken = atomic_load(&stream->taken);
    uint64_t there = atomic_load(&stream->written) - taken;
    if (there < n && taken > 0)
        atomic_fetch_add(&stream->breaks, 1);
    for (unsigned long i = 0; i < n; i++) {
        float frame = i < there ? stream->ring[(taken + i) % (uint64_t)stream->buffer] : 0;
        for (int c = 0; c < stream->channels; c++)
            *to++ = frame;
    }
    atomic_store(&stream->taken, taken + (there < n ? there : n));
    return paContinue;
}

static void put(struct wsp_stream *stream, const float *frames, size_t n)
{
    uint64_t written = atomic_load(&stream->written);
    for (size_t i = 0; i < n; i++)
        stream->ring[(written + i) % (uint64_t)stream->buffer] = frames[i];
    atomic_store(&stream->written, written + n);
}

static bool make_ring(struct wsp_stream *stream, double rate_hz, double latency_s)
{
    long least = 2L * WSP_STREAM_PIECE;
    stream->buffer = (long)(latency_s * rate_hz);
    stream->buffer = stream->buffer > least ? stream->buffer : least;
    stream->ring = calloc((size_t)stream->buffer, sizeof *stream->ring);
    return stream->ring != NULL;
}

/* ---- both ------------------------------------------------------------------------------- */

static PaError open_with(struct wsp_stream *stream, int index, int channels, double rate_hz,
                         double latency_s)
{
    PaStreamParameters parameters = {
        .device = index,
        .channelCount = channels,
        .sampleFormat = paFloat32,
        .suggestedLatency = latency_s,
    };
    stream->channels = channels;
    return Pa_OpenStream(&stream->stream, NULL, &parameters, rate_hz, paFramesPerBufferUnspecified,
                         paDitherOff, stream->calls ? take : NULL, stream);
}

PaError wsp_stream_open(struct wsp_stream *stream, int index, double rate_hz, double latency_s)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(index);
    *stream = (struct wsp_stream){.calls = Pa_GetHostApiInfo(info->hostApi)->type == paJACK};
    if (stream->calls && !make_ring(stream, rate_hz, latency_s))
        return paInsufficientMemory;
    PaError error = open_with(stream, index, 1, rate_hz, latency_s);
    if (error == paInvalidChannelCount || (error && info->maxOutputChannels > 1))
        error = open_with(stream, index, 2, rate_hz, latency_s);
    if (!error)
        error = Pa_StartStream(stream->stream); /* sounds with the first frames written */
    if (error || stream->calls)
        return error;
    stream->buffer = Pa_GetStreamWriteAvailable(stream->stream);
    if (stream->buffer <= 0)
        stream->buffer = (long)(latency_s * rate_hz);
    return paNoError;
}

/* An underflow is a matter of the past, no error: it is counted. */
static PaError after_break(struct wsp_stream *stream, PaError error)
{
    if (error != paOutputUnderflowed)
        return error;
    atomic_fetch_add(&stream->breaks, 1);
    return paNoError;
}

long wsp_stream_writable(struct wsp_stream *stream)
{
    if (stream->calls)
        return stream->buffer - (long)(atomic_load(&stream->written) - atomic_load(&stream->taken));
    long frames = Pa_GetStreamWriteAvailable(stream->stream);
    return frames < 0 ? after_break(stream, (PaError)frames) : frames;
}

PaError wsp_stream_write(struct wsp_stream *stream, const float *frames, size_t n)
{
    float both[2 * WSP_STREAM_PIECE];
    if (stream->calls) {
        put(stream, frames, n);
        return paNoError;
    }
    if (stream->channels == 2)
        for (size_t i = 0; i < n; i++)
            both[2 * i] = both[2 * i + 1] = frames[i];
    PaError error =
        Pa_WriteStream(stream->stream, stream->channels == 2 ? both : frames, (unsigned long)n);
    return after_break(stream, error);
}

void wsp_stream_close(struct wsp_stream *stream)
{
    Pa_AbortStream(stream->stream);
    Pa_CloseStream(stream->stream);
    free(stream->ring);
}
