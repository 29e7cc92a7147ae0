/* Sound files through libsndfile: the only file that knows it.
 *
 * Pitfalls of libsndfile 1.2.0 that shape this. Its RF64 has to be chosen before the first frame,
 * when the length is not known, and its automatic way back makes every small file
 * WAVE_FORMAT_EXTENSIBLE, which old radio automation does not read. As plain WAV it writes on
 * beyond 4 GiB and lets the sizes in the head wrap round: so room is reserved (output/riff.h), and
 * the head of a file that has grown too large is made over when libsndfile is done with it. */
#include "base/text.h"
#include "output/kinds.h"
#include "output/pcm.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 }; /* samples that are handed on together */

/* How each container is told to libsndfile, by enum wsp_container. */
static const struct {
    int major;
    int subtypes[3]; /* for 16, 24 and 32 bits; lossy ones have one */
    double quality;  /* of a lossy encoder, 0 to 1 */
} containers[] = {
    [WSP_WAV] = {SF_FORMAT_WAV, {SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_FLOAT}, 0},
    [WSP_FLAC] = {SF_FORMAT_FLAC, {SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_24}, 0},
    [WSP_VORBIS] = {SF_FORMAT_OGG, {SF_FORMAT_VORBIS, SF_FORMAT_VORBIS, SF_FORMAT_VORBIS}, 0.6},
    [WSP_OPUS] = {SF_FORMAT_OGG, {SF_FORMAT_OPUS, SF_FORMAT_OPUS, SF_FORMAT_OPUS}, 0.7},
    [WSP_MP3] = {SF_FORMAT_MPEG,
                 {SF_FORMAT_MPEG_LAYER_III, SF_FORMAT_MPEG_LAYER_III, SF_FORMAT_MPEG_LAYER_III},
                 0.7},
};

struct soundfile {
    enum wsp_container container;
    struct wsp_target *target;
    SNDFILE *file;
    struct wsp_audio_format format;
    uint64_t riff_limit;
    uint64_t n_samples;    /* in the file */
    size_t n_held;         /* in `packed`, not yet in the file */
    unsigned char *packed; /* 24-bit WAV goes past libsndfile's slower conversion */
    uint32_t dither;       /* the state of its noise */
};

static enum wsp_status fail_in_library(const struct soundfile *sound, int saved_errno,
                                       struct wsp_error *err)
{
    const char *path = wsp_target_path(sound->target);
    if (saved_errno)
        return wsp_fail_write(err, WSP_IO, path, saved_errno);
    return wsp_fail(err, WSP_IO, _("cannot write '%s': the sound file library says: %s"), path,
                    sf_strerror(sound->file));
}

/* ---- the end of a file ------------------------------------------------------------------ */

static int head_to_rf64(int fd, uint64_t file_bytes, uint64_t data_bytes, uint64_t n_frames)
{
    unsigned char head[512];
    ssize_t len = pread(fd, head, sizeof head, 0);
    if (len < 0)
        return errno;
    if (wsp_riff_make_rf64(head, (size_t)len, file_bytes, data_bytes, n_frames))
        return EIO;
    ssize_t written = pwrite(fd, head, (size_t)len, 0);
    return written == len ? 0 : written < 0 ? errno : ENOSPC;
}

static enum wsp_status finish_head(const struct soundfile *sound, struct wsp_error *err)
{
    int fd = wsp_target_fd(sound->target);
    struct stat about;
    int failed = fstat(fd, &about) ? errno : 0;
    if (!failed && sound->container == WSP_WAV && (uint64_t)about.st_size - 8 > sound->riff_limit)
        failed =
            head_to_rf64(fd, (uint64_t)about.st_size, sound->n_samples * sound->format.bits / 8,
                         sound->n_samples / sound->format.channels);
    return failed ? wsp_fail_write(err, WSP_IO, wsp_target_path(sound->target), failed) : WSP_OK;
}

/* ---- as a sink -------------------------------------------------------------------------- */

static enum wsp_status hand_on(struct soundfile *sound, struct wsp_error *err)
{
    sf_count_t bytes = (sf_count_t)sound->n_held * WSP_PCM24_BYTES;
    if (!sound->packed)
        return WSP_OK;
    errno = 0;
    if (bytes > 0 && sf_write_raw(sound->file, sound->packed, bytes) != bytes)
        return fail_in_library(sound, errno, err);
    sound->n_samples += sound->n_held;
    sound->n_held = 0;
    wsp_target_progress(sound->target, sound->n_samples * WSP_PCM24_BYTES);
    return WSP_OK;
}

/* Noise of two least bits with a triangle's distribution makes rounding to 16 bits inaudible. */
static int16_t dithered(struct soundfile *sound, float sample)
{
    sound->dither = sound->dither * 1664525U + 1013904223U;
    double first = (sound->dither >> 8) / 16777216.0;
    sound->dither = sound->dither * 1664525U + 1013904223U;
    double second = (sound->dither >> 8) / 16777216.0;
    double value = sample == 0 ? 0 : rint((double)sample * 32768 + first - second);
    return (int16_t)fmin(fmax(value, INT16_MIN), INT16_MAX);
}

/* Blocks of a bounded size: libsndfile 1.2.0 crashes when Vorbis gets millions of frames at once.
 */
static enum wsp_status write_converted(struct soundfile *sound, const float *frames, size_t n,
                                       struct wsp_error *err)
{
    enum { PIECE = 4096 };
    int16_t rounded[PIECE];
    while (n > 0) {
        sf_count_t piece = n < PIECE ? (sf_count_t)n : PIECE, done;
        errno = 0;
        if (sound->format.bits == 16 && containers[sound->container].quality == 0) {
            for (sf_count_t i = 0; i < piece; i++)
                rounded[i] = dithered(sound, frames[i]);
            done = sf_write_short(sound->file, rounded, piece);
        } else {
            done = sf_write_float(sound->file, frames, piece);
        }
        if (done != piece)
            return fail_in_library(sound, errno, err);
        frames += piece;
        n -= (size_t)piece;
        sound->n_samples += (uint64_t)piece;
    }
    wsp_target_progress(sound->target, sound->n_samples);
    return WSP_OK;
}

static enum wsp_status soundfile_write(void *state, const float *frames, size_t n_frames,
                                       struct wsp_error *err)
{
    struct soundfile *sound = state;
    if (!sound->packed)
        return write_converted(sound, frames, n_frames * sound->format.channels, err);
    size_t n = n_frames * sound->format.channels;
    enum wsp_status st = WSP_OK;
    while (n > 0 && !st) {
        size_t piece = n < BLOCK - sound->n_held ? n : BLOCK - sound->n_held;
        wsp_pcm_pack24(sound->packed + sound->n_held * WSP_PCM24_BYTES, frames, piece);
        sound->n_held += piece;
        frames += piece;
        n -= piece;
        if (sound->n_held == BLOCK)
            st = hand_on(sound, err);
    }
    return st;
}

static enum wsp_status soundfile_finish(void *state, struct wsp_error *err)
{
    struct soundfile *sound = state;
    if (!sound->file)
        return WSP_OK; /* is finished */
    enum wsp_status st = hand_on(sound, err);
    if (st)
        return st;
    errno = 0;
    int failed = sf_close(sound->file);
    sound->file = NULL;
    if (failed)
        return wsp_fail_write(err, WSP_IO, wsp_target_path(sound->target), errno ? errno : EIO);
    st = finish_head(sound, err);
    return st ? st : wsp_target_finish(sound->target, err);
}

static enum wsp_status soundfile_commit(void *state, struct wsp_error *err)
{
    struct soundfile *sound = state;
    enum wsp_status st = soundfile_finish(state, err);
    return st ? st : wsp_target_commit(sound->target, err);
}

static void soundfile_close(void *state)
{
    struct soundfile *sound = state;
    if (!sound)
        return;
    if (sound->file)
        sf_close(sound->file);
    wsp_target_close(sound->target);
    free(sound->packed);
    free(sound);
}

static const struct wsp_sink_kind soundfile_kind = {
    .name = "file",
    .write = soundfile_write,
    .finish = soundfile_finish,
    .commit = soundfile_commit,
    .close = soundfile_close,
};

/* ---- the beginning ---------------------------------------------------------------------- */

static enum wsp_status reserve_ds64(const struct soundfile *sound, struct wsp_error *err)
{
    char room[WSP_RIFF_DS64_BYTES] = {0};
    struct SF_CHUNK_INFO chunk = {.id = "JUNK", .id_size = 4, .datalen = sizeof room, .data = room};
    errno = 0;
    if (sf_set_chunk(sound->file, &chunk) != SF_ERR_NO_ERROR)
        return fail_in_library(sound, errno, err);
    /* Or a file without a frame gets the size it would have without the room. */
    sf_command(sound->file, SFC_UPDATE_HEADER_NOW, NULL, 0);
    return WSP_OK;
}

static enum wsp_status open_library(struct soundfile *sound, struct wsp_error *err)
{
    size_t width = sound->format.bits == 16 ? 0 : sound->format.bits == 24 ? 1 : 2;
    SF_INFO info = {
        .samplerate = (int)sound->format.rate_hz,
        .channels = (int)sound->format.channels,
        .format = containers[sound->container].major | containers[sound->container].subtypes[width],
    };
    bool opus_rate = 48000 % sound->format.rate_hz == 0 && sound->format.rate_hz != 9600;
    if (!sf_format_check(&info) || (sound->container == WSP_OPUS && !opus_rate))
        return wsp_fail(err, WSP_USAGE,
                        _("'%s' cannot hold %u Hz; leave --sample-rate out or choose 48000"),
                        wsp_target_path(sound->target), sound->format.rate_hz);
    errno = 0;
    sound->file = sf_open_fd(wsp_target_fd(sound->target), SFM_WRITE, &info, SF_FALSE);
    if (!sound->file)
        return fail_in_library(sound, errno, err);
    sf_command(sound->file, SFC_SET_CLIPPING, NULL, SF_TRUE);
    sf_command(sound->file, SFC_SET_ADD_PEAK_CHUNK, NULL, SF_FALSE); /* it holds the time of day */
    double quality = containers[sound->container].quality;
    if (quality > 0)
        sf_command(sound->file, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
    return sound->container == WSP_WAV ? reserve_ds64(sound, err) : WSP_OK;
}

enum wsp_status wsp_soundfile_open(struct wsp_sink **out, enum wsp_container container,
                                   const char *path, struct wsp_audio_format format,
                                   uint64_t riff_limit, struct wsp_error *err)
{
    *out = NULL;
    struct wsp_target *target;
    enum wsp_status st = wsp_target_open(&target, path, err);
    if (st)
        return st;
    if (wsp_target_is_direct(target) && container == WSP_WAV)
        return wsp_wavpipe_open_target(out, target, format, err);
    struct soundfile *sound = calloc(1, sizeof *sound);
    if (!sound) {
        wsp_target_close(target);
        return wsp_fail_nomem(err);
    }
    sound->container = container;
    sound->target = target;
    sound->format = format;
    sound->riff_limit = riff_limit;
    if (container == WSP_WAV && format.bits == 24)
        sound->packed = malloc((size_t)BLOCK * WSP_PCM24_BYTES);
    bool packs = container == WSP_WAV && format.bits == 24;
    st = packs && !sound->packed ? wsp_fail_nomem(err) : open_library(sound, err);
    if (st) {
        soundfile_close(sound);
        return st;
    }
    return wsp_sink_new(out, &soundfile_kind, sound, err);
}
