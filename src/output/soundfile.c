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
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 }; /* samples that are handed on together */

struct soundfile {
    struct wsp_target *target;
    SNDFILE *file;
    struct wsp_audio_format format;
    uint64_t riff_limit;
    uint64_t n_samples; /* in the file */
    size_t n_held;      /* in `packed`, not yet in the file */
    unsigned char *packed;
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
    if (!failed && (uint64_t)about.st_size - 8 > sound->riff_limit)
        failed = head_to_rf64(fd, (uint64_t)about.st_size, sound->n_samples * WSP_PCM24_BYTES,
                              sound->n_samples / sound->format.channels);
    return failed ? wsp_fail_write(err, WSP_IO, wsp_target_path(sound->target), failed) : WSP_OK;
}

/* ---- as a sink -------------------------------------------------------------------------- */

static enum wsp_status hand_on(struct soundfile *sound, struct wsp_error *err)
{
    sf_count_t bytes = (sf_count_t)sound->n_held * WSP_PCM24_BYTES;
    errno = 0;
    if (bytes > 0 && sf_write_raw(sound->file, sound->packed, bytes) != bytes)
        return fail_in_library(sound, errno, err);
    sound->n_samples += sound->n_held;
    sound->n_held = 0;
    wsp_target_progress(sound->target, sound->n_samples * WSP_PCM24_BYTES);
    return WSP_OK;
}

static enum wsp_status soundfile_write(void *state, const float *frames, size_t n_frames,
                                       struct wsp_error *err)
{
    struct soundfile *sound = state;
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
    SF_INFO info = {
        .samplerate = (int)sound->format.rate_hz,
        .channels = (int)sound->format.channels,
        .format = SF_FORMAT_WAV | SF_FORMAT_PCM_24,
    };
    errno = 0;
    sound->file = sf_open_fd(wsp_target_fd(sound->target), SFM_WRITE, &info, SF_FALSE);
    return sound->file ? reserve_ds64(sound, err) : fail_in_library(sound, errno, err);
}

enum wsp_status wsp_soundfile_open(struct wsp_sink **out, const char *path,
                                   struct wsp_audio_format format, uint64_t riff_limit,
                                   struct wsp_error *err)
{
    *out = NULL;
    struct wsp_target *target;
    enum wsp_status st = wsp_target_open(&target, path, err);
    if (st)
        return st;
    if (wsp_target_is_direct(target))
        return wsp_wavpipe_open_target(out, target, format, err);
    struct soundfile *sound = calloc(1, sizeof *sound);
    if (!sound) {
        wsp_target_close(target);
        return wsp_fail_nomem(err);
    }
    sound->target = target;
    sound->format = format;
    sound->riff_limit = riff_limit;
    sound->packed = malloc((size_t)BLOCK * WSP_PCM24_BYTES);
    st = sound->packed ? open_library(sound, err) : wsp_fail_nomem(err);
    if (st) {
        soundfile_close(sound);
        return st;
    }
    return wsp_sink_new(out, &soundfile_kind, sound, err);
}
