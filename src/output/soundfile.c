/* Sound files through libsndfile: the only file that knows it.
 *
 * Pitfalls of libsndfile 1.2.0 that shape this. Its RF64 has to be chosen before the first frame,
 * when the length is not known, and its automatic way back makes every small file
 * WAVE_FORMAT_EXTENSIBLE, which old radio automation does not read. As plain WAV it writes on
 * beyond 4 GiB and lets the sizes in the head wrap round: so room is reserved (output/riff.h), and
 * the head of a file that has grown too large is made over when libsndfile is done with it. */
#include "base/text.h"
#include "output/broadcast.h"
#include "output/id3.h"
#include "output/kinds.h"
#include "output/ogg.h"
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

enum { TAIL_LIMIT = 64 << 20 };
enum { BLOCK = 64 * 1024 }; /* samples that are handed on together */

/* How each container is told to libsndfile, by enum wsp_container. */
static const struct {
    int major;
    int subtypes[3]; /* for 16, 24 and 32 bits; lossy ones have one */
    double quality;  /* of a lossy encoder, 0 to 1 */
} containers[] = {
    [WSP_WAV] = {SF_FORMAT_WAV, {SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_FLOAT}, 0},
    [WSP_VORBIS] = {SF_FORMAT_OGG, {SF_FORMAT_VORBIS, SF_FORMAT_VORBIS, SF_FORMAT_VORBIS}, 0.6},
    [WSP_MP3] = {SF_FORMAT_MPEG,
                 {SF_FORMAT_MPEG_LAYER_III, SF_FORMAT_MPEG_LAYER_III, SF_FORMAT_MPEG_LAYER_III},
                 0.9},
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
    struct wsp_buf tag;    /* of an MP3, put before the frames in the end */
    struct wsp_buf tail;   /* chunks of a WAV after its samples */
    struct wsp_measures measures;
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

/* The head of a WAV is made over when libsndfile is done with it: sizes beyond 4 GiB, and what was
 * measured. Returns 0 or an errno. */
static int make_head_over(const struct soundfile *sound, int fd, uint64_t file_bytes)
{
    enum { HEAD = 64 * 1024, SIZE_AT = 4 }; /* all chunks before the samples */
    unsigned char *head = malloc(HEAD);
    if (!head)
        return ENOMEM;
    ssize_t len = pread(fd, head, HEAD, 0);
    int failed = len < 0 ? errno : 0;
    for (int i = 0; !failed && len > SIZE_AT + 4 && i < 4; i++) /* the tail is new */
        head[SIZE_AT + i] = (unsigned char)((file_bytes - 8) >> (8 * i) & 0xFF);
    if (!failed && file_bytes - 8 > sound->riff_limit &&
        wsp_riff_make_rf64(head, (size_t)len, file_bytes, sound->n_samples * sound->format.bits / 8,
                           sound->n_samples / sound->format.channels))
        failed = EIO;
    if (!failed) {
        wsp_broadcast_fill(head, (size_t)len, &sound->measures,
                           sound->n_samples / sound->format.channels);
        ssize_t written = pwrite(fd, head, (size_t)len, 0);
        failed = written == len ? 0 : written < 0 ? errno : ENOSPC;
    }
    free(head);
    return failed;
}

/* Make room for the tag at the beginning, from the end on. Returns 0 or an errno. */
static int put_before(int fd, uint64_t file_bytes, struct wsp_str tag)
{
    enum { PIECE = 1 << 16 };
    char *piece = malloc(PIECE);
    int failed = piece ? 0 : ENOMEM;
    for (uint64_t left = file_bytes; left > 0 && !failed;) {
        size_t n = left < PIECE ? (size_t)left : PIECE;
        left -= n;
        if (pread(fd, piece, n, (off_t)left) != (ssize_t)n ||
            pwrite(fd, piece, n, (off_t)(left + tag.len)) != (ssize_t)n)
            failed = errno ? errno : EIO;
    }
    if (!failed && pwrite(fd, tag.ptr, tag.len, 0) != (ssize_t)tag.len)
        failed = errno ? errno : EIO;
    free(piece);
    return failed;
}

/* Chunks begin at even bytes. Returns 0 or an errno; `about` is of the file as it is then. */
static int put_after(int fd, struct stat *about, struct wsp_str tail)
{
    off_t at = about->st_size + (about->st_size & 1);
    for (size_t done = 0; done < tail.len;) {
        ssize_t n = pwrite(fd, tail.ptr + done, tail.len - done, at + (off_t)done);
        if (n <= 0)
            return n < 0 ? errno : ENOSPC;
        done += (size_t)n;
    }
    return fstat(fd, about) ? errno : 0;
}

static enum wsp_status finish_head(const struct soundfile *sound, struct wsp_error *err)
{
    int fd = wsp_target_fd(sound->target);
    struct stat about;
    errno = 0;
    int failed = fstat(fd, &about) ? errno : 0;
    if (!failed && sound->tail.len > 0)
        failed = put_after(fd, &about, wsp_buf_str(&sound->tail));
    if (!failed && sound->container == WSP_WAV)
        failed = make_head_over(sound, fd, (uint64_t)about.st_size);
    if (!failed && sound->container == WSP_VORBIS)
        failed = wsp_ogg_number(fd, (uint64_t)about.st_size);
    if (!failed && sound->tag.len > 0)
        failed = put_before(fd, (uint64_t)about.st_size, wsp_buf_str(&sound->tag));
    return failed ? wsp_fail_write(err, WSP_IO, wsp_target_path(sound->target), failed) : WSP_OK;
}

/* ---- what it says about itself ---------------------------------------------------------- */

static enum wsp_status set_chunk(struct soundfile *sound, const char *id,
                                 const struct wsp_buf *contents, struct wsp_error *err)
{
    struct SF_CHUNK_INFO chunk = {
        .id_size = 4, .datalen = (unsigned)contents->len, .data = contents->ptr};
    memcpy(chunk.id, id, 4);
    errno = 0;
    enum wsp_status st = contents->status ? wsp_fail_nomem(err) : WSP_OK;
    if (!st && sf_set_chunk(sound->file, &chunk) != SF_ERR_NO_ERROR)
        st = fail_in_library(sound, errno, err);
    return st;
}

static enum wsp_status describe_wav(struct soundfile *sound, const struct wsp_metadata *metadata,
                                    struct wsp_error *err)
{
    enum { CHUNK_MAX = 1 << 14 };
    struct wsp_buf bext = WSP_BUF_INIT(CHUNK_MAX), cart = WSP_BUF_INIT(CHUNK_MAX),
                   ixml = WSP_BUF_INIT(CHUNK_MAX);
    (void)wsp_bext_add(&bext, metadata, sound->format);
    (void)wsp_cart_add(&cart, metadata);
    (void)wsp_ixml_add(&ixml, metadata);
    enum wsp_status st = WSP_OK;
    if (metadata->broadcast)
        st = set_chunk(sound, "bext", &bext, err);
    if (metadata->broadcast && !st)
        st = set_chunk(sound, "cart", &cart, err);
    if (!st)
        st = set_chunk(sound, "iXML", &ixml, err);
    wsp_buf_release(&bext);
    wsp_buf_release(&cart);
    wsp_buf_release(&ixml);
    sf_command(sound->file, SFC_UPDATE_HEADER_NOW, NULL, 0);
    return st;
}

/* Ogg has comments in UTF-8. */
static void describe_by_comments(struct soundfile *sound, const struct wsp_metadata *metadata)
{
    char made[32] = "";
    (void)strftime(made, sizeof made, "%Y-%m-%d", &metadata->made);
    const struct {
        int which;
        const char *text;
    } strings[] = {
        {SF_STR_TITLE, metadata->title},
        {SF_STR_ARTIST, metadata->originator[0] ? metadata->originator : metadata->voice},
        {SF_STR_DATE, made},
        {SF_STR_SOFTWARE, metadata->program},
    };
    for (size_t i = 0; i < WSP_LEN(strings); i++)
        if (strings[i].text[0])
            sf_set_string(sound->file, strings[i].which, strings[i].text);
}

static enum wsp_status soundfile_describe(void *state, const struct wsp_metadata *metadata,
                                          struct wsp_error *err)
{
    struct soundfile *sound = state;
    if (sound->container == WSP_WAV)
        return describe_wav(sound, metadata, err);
    if (sound->container == WSP_MP3)
        return wsp_id3_add(&sound->tag, metadata) ? wsp_fail_nomem(err) : WSP_OK;
    describe_by_comments(sound, metadata);
    return WSP_OK;
}

static void soundfile_measured(void *state, const struct wsp_measures *measures)
{
    ((struct soundfile *)state)->measures = *measures;
}

static enum wsp_status soundfile_mark(void *state, const struct wsp_marker *markers, size_t n,
                                      struct wsp_error *err)
{
    struct soundfile *sound = state;
    if (sound->container != WSP_WAV)
        return WSP_OK;
    wsp_buf_clear(&sound->tail);
    return wsp_markers_add(&sound->tail, markers, n) ? wsp_fail_nomem(err) : WSP_OK;
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
                rounded[i] = wsp_pcm_dither16(&sound->dither, frames[i]);
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
    wsp_buf_release(&sound->tag);
    wsp_buf_release(&sound->tail);
    free(sound->packed);
    free(sound);
}

static const struct wsp_sink_kind soundfile_kind = {
    .name = "file",
    .write = soundfile_write,
    .describe = soundfile_describe,
    .measured = soundfile_measured,
    .mark = soundfile_mark,
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

/* libsndfile 1.2.0 takes the bit rate of an MP3 as a place between the highest and the lowest that
 * there are: MPEG-1 has 320 to 32 kbit/s, MPEG-2 (to 24 kHz) 160 to 8. */
static void set_quality(struct soundfile *sound)
{
    double quality = containers[sound->container].quality;
    if (sound->container == WSP_MP3 && sound->format.mp3_kbps > 0) {
        bool first = sound->format.rate_hz >= 32000;
        double high = first ? 320 : 160, low = first ? 32 : 8;
        double place = (high - sound->format.mp3_kbps) / (high - low);
        int mode = SF_BITRATE_MODE_CONSTANT;
        place = fmin(fmax(place, 0), 1);
        sf_command(sound->file, SFC_SET_BITRATE_MODE, &mode, sizeof mode);
        sf_command(sound->file, SFC_SET_COMPRESSION_LEVEL, &place, sizeof place);
    } else if (quality > 0) {
        sf_command(sound->file, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
    }
}

static enum wsp_status open_library(struct soundfile *sound, struct wsp_error *err)
{
    size_t width = sound->format.bits == 16 ? 0 : sound->format.bits == 24 ? 1 : 2;
    SF_INFO info = {
        .samplerate = (int)sound->format.rate_hz,
        .channels = (int)sound->format.channels,
        .format = containers[sound->container].major | containers[sound->container].subtypes[width],
    };
    if (!sf_format_check(&info))
        return wsp_fail(err, WSP_USAGE,
                        _("'%s' cannot hold %u Hz; leave --sample-rate out or choose 48000"),
                        wsp_target_path(sound->target), sound->format.rate_hz);
    errno = 0;
    sound->file = sf_open_fd(wsp_target_fd(sound->target), SFM_WRITE, &info, SF_FALSE);
    if (!sound->file)
        return fail_in_library(sound, errno, err);
    sf_command(sound->file, SFC_SET_CLIPPING, NULL, SF_TRUE);
    sf_command(sound->file, SFC_SET_ADD_PEAK_CHUNK, NULL, SF_FALSE); /* it holds the time of day */
    set_quality(sound);
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
    wsp_buf_init(&sound->tag, 1 << 16);
    wsp_buf_init(&sound->tail, TAIL_LIMIT);
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
