/* FLAC, encoded side by side.
 *
 * A frame of FLAC needs no other, and libFLAC is met by several encoders, each for a piece of some
 * seconds at a time. They count their frames from 0, so the number in each is put right, and
 * with it its two checksums. The head of the file is our own; it is written again when all is
 * known. */
#include "audio/crew.h"
#include "base/text.h"
#include "output/comments.h"
#include "output/kinds.h"
#include "output/pcm.h"

#include <FLAC/stream_encoder.h>
#include <errno.h>
#include <md5.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BLOCK = 4096,     /* frames of sound in one of FLAC's */
    BLOCKS = 32,      /* in a piece; their numbers have one byte, below 128 */
    LEVEL = 3,        /* of 8: 5 takes a sixth longer for 8 % less */
    THREADS_MAX = 8,  /* each has 2 MB of pieces waiting */
    CONVERTED = 4096, /* samples that are converted together */
    INFO_BYTES = 34,  /* STREAMINFO (RFC 9639, 8.2) */
    INFO_AT = 8,      /* in the file */
    HEAD_LIMIT = 1 << 12,
    PIECE_LIMIT = 1 << 22,
    SLICES = 8,
};

/* The libraries of all versions have it, for flac's own command line, but the header has not.
 * Without it the sum of each piece is computed for nothing. */
extern FLAC__bool FLAC__stream_encoder_set_do_md5(FLAC__StreamEncoder *encoder, FLAC__bool value)
    __attribute__((weak));

struct checks {
    uint8_t eight[256];            /* x^8 + x^2 + x + 1 */
    uint16_t sixteen[SLICES][256]; /* x^16 + x^15 + x^2 + 1, of a byte and of zeros behind it */
};

struct piece {
    int32_t *samples;
    size_t n; /* frames of sound */
    struct wsp_buf frames;
    uint32_t shortest, longest; /* of FLAC's, in bytes */
};

struct flacfile {
    struct wsp_target *target;
    struct wsp_audio_format format;
    uint32_t bits;
    struct wsp_buf comments;
    struct checks checks;
    struct wsp_crew_work work;
    struct wsp_crew *crew; /* NULL until the first frame */
    struct piece *piece;   /* that is being filled */
    MD5_CTX md5;           /* of the samples as STREAMINFO has it */
    uint32_t dither;
    uint64_t n_frames;
    uint32_t shortest, longest;
    bool finished;
};

/* ---- checksums -------------------------------------------------------------------------- */

static void make_checks(struct checks *checks)
{
    enum { EIGHT = 0x07, SIXTEEN = 0x8005 };
    for (unsigned byte = 0; byte < 256; byte++) {
        unsigned eight = byte, sixteen = byte << 8;
        for (int bit = 0; bit < 8; bit++) {
            eight = eight & 0x80 ? eight << 1 ^ EIGHT : eight << 1;
            sixteen = sixteen & 0x8000 ? sixteen << 1 ^ SIXTEEN : sixteen << 1;
        }
        checks->eight[byte] = (uint8_t)eight;
        checks->sixteen[0][byte] = (uint16_t)sixteen;
    }
    for (int slice = 1; slice < SLICES; slice++)
        for (unsigned byte = 0; byte < 256; byte++) {
            uint16_t before = checks->sixteen[slice - 1][byte];
            checks->sixteen[slice][byte] =
                (uint16_t)(before << 8 ^ checks->sixteen[0][before >> 8]);
        }
}

static uint8_t check_eight(const struct checks *checks, const unsigned char *at, size_t len)
{
    uint8_t sum = 0;
    for (size_t i = 0; i < len; i++)
        sum = checks->eight[sum ^ at[i]];
    return sum;
}

static uint16_t check_sixteen(const struct checks *checks, const unsigned char *at, size_t len)
{
    const uint16_t(*tables)[256] = checks->sixteen;
    uint16_t sum = 0;
    for (; len >= SLICES; at += SLICES, len -= SLICES)
        sum = tables[7][at[0] ^ sum >> 8] ^ tables[6][at[1] ^ (sum & 0xFF)] ^ tables[5][at[2]] ^
              tables[4][at[3]] ^ tables[3][at[4]] ^ tables[2][at[5]] ^ tables[1][at[6]] ^
              tables[0][at[7]];
    for (; len > 0; at++, len--)
        sum = (uint16_t)(sum << 8 ^ tables[0][sum >> 8 ^ *at]);
    return sum;
}

/* ---- frames ----------------------------------------------------------------------------- */

/* As UTF-8 would have it, to 31 bits. Returns the number of bytes. */
static size_t put_number(unsigned char *at, uint32_t number)
{
    size_t more = 0; /* bytes of six bits */
    if (number < 0x80) {
        at[0] = (unsigned char)number;
        return 1;
    }
    while (number >> (6 * more) >= 0x40U >> more)
        more++;
    at[0] = (unsigned char)(0xFF00 >> (more + 1) | number >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        at[i] = (unsigned char)(0x80 | (number >> (6 * (more - i)) & 0x3F));
    return more + 1;
}

/* Bytes of the head behind the number: a length and a rate that have no code of their own. */
static size_t rest_of_head(const unsigned char *frame)
{
    static const unsigned char of_length[16] = {[6] = 1, [7] = 2};
    static const unsigned char of_rate[16] = {[12] = 1, [13] = 2, [14] = 2};
    return (size_t)of_length[frame[2] >> 4] + of_rate[frame[2] & 0xF];
}

/* Append a frame whose number is in one byte, with `number` instead. */
static void add_frame(struct piece *piece, const struct checks *checks, const unsigned char *frame,
                      size_t len, uint32_t number)
{
    enum { NUMBER_AT = 4, HEAD_MAX = 16 };
    unsigned char head[HEAD_MAX], sum[2];
    size_t rest = rest_of_head(frame), body = NUMBER_AT + 1 + rest + 1, begin = piece->frames.len;
    memcpy(head, frame, NUMBER_AT);
    size_t n = NUMBER_AT + put_number(head + NUMBER_AT, number);
    memcpy(head + n, frame + NUMBER_AT + 1, rest);
    n += rest;
    head[n] = check_eight(checks, head, n);
    wsp_buf_add(&piece->frames, (const char *)head, n + 1);
    wsp_buf_add(&piece->frames, (const char *)frame + body, len - body - sizeof sum);
    if (piece->frames.status)
        return;
    uint16_t check = check_sixteen(checks, (const unsigned char *)piece->frames.ptr + begin,
                                   piece->frames.len - begin);
    sum[0] = (unsigned char)(check >> 8);
    sum[1] = (unsigned char)check;
    wsp_buf_add(&piece->frames, (const char *)sum, sizeof sum);
    uint32_t size = (uint32_t)(piece->frames.len - begin);
    piece->longest = size > piece->longest ? size : piece->longest;
    piece->shortest = size < piece->shortest ? size : piece->shortest;
}

/* ---- the crew's side -------------------------------------------------------------------- */

/* A thread's own. */
struct bench {
    const struct flacfile *file;
    FLAC__StreamEncoder *encoder;
    struct piece *piece;
    uint32_t first; /* number of its first frame */
};

static void *open_bench(void *context)
{
    struct bench *bench = calloc(1, sizeof *bench);
    if (!bench)
        return NULL;
    bench->file = context;
    bench->encoder = FLAC__stream_encoder_new();
    if (bench->encoder)
        return bench;
    free(bench);
    return NULL;
}

static void close_bench(void *state)
{
    struct bench *bench = state;
    if (!bench)
        return;
    FLAC__stream_encoder_delete(bench->encoder);
    free(bench);
}

static FLAC__StreamEncoderWriteStatus keep_frame(const FLAC__StreamEncoder *encoder,
                                                 const FLAC__byte bytes[], size_t len,
                                                 uint32_t samples, uint32_t number, void *context)
{
    struct bench *bench = context;
    (void)encoder;
    if (samples > 0) /* else it is the head */
        add_frame(bench->piece, &bench->file->checks, bytes, len, bench->first + number);
    return FLAC__STREAM_ENCODER_WRITE_STATUS_OK;
}

static bool encode(struct bench *bench)
{
    const struct wsp_audio_format *format = &bench->file->format;
    FLAC__StreamEncoder *encoder = bench->encoder;
    FLAC__stream_encoder_set_streamable_subset(encoder,
                                               FLAC__format_sample_rate_is_subset(format->rate_hz));
    FLAC__stream_encoder_set_channels(encoder, format->channels);
    FLAC__stream_encoder_set_bits_per_sample(encoder, bench->file->bits);
    FLAC__stream_encoder_set_sample_rate(encoder, format->rate_hz);
    FLAC__stream_encoder_set_compression_level(encoder, LEVEL);
    FLAC__stream_encoder_set_blocksize(encoder, BLOCK);
    if (FLAC__stream_encoder_set_do_md5)
        FLAC__stream_encoder_set_do_md5(encoder, false);
    bool good = FLAC__stream_encoder_init_stream(encoder, keep_frame, NULL, NULL, NULL, bench) ==
                    FLAC__STREAM_ENCODER_INIT_STATUS_OK &&
                FLAC__stream_encoder_process_interleaved(encoder, bench->piece->samples,
                                                         (uint32_t)bench->piece->n);
    return FLAC__stream_encoder_finish(encoder) && good;
}

static enum wsp_status encode_piece(void *context, void *state, size_t i, void **result,
                                    struct wsp_error *err)
{
    const struct flacfile *file = context;
    struct bench *bench = state;
    struct piece *piece = *result;
    bench->piece = piece;
    bench->first = (uint32_t)i * BLOCKS;
    wsp_buf_clear(&piece->frames);
    piece->longest = 0;
    piece->shortest = UINT32_MAX;
    if (!encode(bench))
        return wsp_fail(err, WSP_IO, _("cannot write '%s': the sound file library says: %s"),
                        wsp_target_path(file->target),
                        FLAC__stream_encoder_get_resolved_state_string(bench->encoder));
    return piece->frames.status ? wsp_fail_nomem(err) : WSP_OK;
}

static void drop_piece(void *result)
{
    struct piece *piece = result;
    if (!piece)
        return;
    wsp_buf_release(&piece->frames);
    free(piece->samples);
    free(piece);
}

static enum wsp_status take_piece(void *context, size_t i, void *result, struct wsp_error *err)
{
    struct flacfile *file = context;
    const struct piece *piece = result;
    (void)i;
    file->longest = piece->longest > file->longest ? piece->longest : file->longest;
    file->shortest = piece->shortest < file->shortest ? piece->shortest : file->shortest;
    return wsp_target_write(file->target, piece->frames.ptr, piece->frames.len, err);
}

/* ---- the head --------------------------------------------------------------------------- */

/* Append the lowest `bytes` bytes of `value`, the highest of them first. */
static void add_number(struct wsp_buf *out, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        wsp_buf_putc(out, (char)(value >> (8 * i)));
}

static void add_info(const struct flacfile *file, struct wsp_buf *out,
                     const unsigned char digest[MD5_DIGEST_LENGTH])
{
    enum { TOTAL_BITS = 36 };
    add_number(out, BLOCK, 2);
    add_number(out, BLOCK, 2);
    add_number(out, file->longest > 0 ? file->shortest : 0, 3);
    add_number(out, file->longest, 3);
    add_number(out,
               (uint64_t)file->format.rate_hz << 44 | (uint64_t)(file->format.channels - 1) << 41 |
                   (uint64_t)(file->bits - 1) << 36 |
                   (file->n_frames >> TOTAL_BITS ? 0 : file->n_frames),
               8);
    wsp_buf_add(out, (const char *)digest, MD5_DIGEST_LENGTH);
}

static enum wsp_status write_head(struct flacfile *file, struct wsp_error *err)
{
    enum { COMMENTS = 0x84 }; /* the last block before the frames */
    static const unsigned char no_digest[MD5_DIGEST_LENGTH];
    struct wsp_buf head = WSP_BUF_INIT(HEAD_LIMIT);
    wsp_buf_puts(&head, "fLaC");
    add_number(&head, INFO_BYTES, 4);
    add_info(file, &head, no_digest);
    add_number(&head, COMMENTS, 1);
    add_number(&head, file->comments.len, 3);
    wsp_buf_add_str(&head, wsp_buf_str(&file->comments));
    enum wsp_status st = head.status || file->comments.status
                             ? wsp_fail_nomem(err)
                             : wsp_target_write(file->target, head.ptr, head.len, err);
    wsp_buf_release(&head);
    return st;
}

static enum wsp_status make_head_over(struct flacfile *file, struct wsp_error *err)
{
    unsigned char digest[MD5_DIGEST_LENGTH];
    struct wsp_buf info = WSP_BUF_INIT(HEAD_LIMIT);
    enum wsp_status st = WSP_OK;
    if (wsp_target_is_direct(file->target))
        return WSP_OK;
    MD5Final(digest, &file->md5);
    add_info(file, &info, digest);
    ssize_t len =
        info.status ? -1 : pwrite(wsp_target_fd(file->target), info.ptr, info.len, INFO_AT);
    if (len != INFO_BYTES)
        st = info.status ? wsp_fail_nomem(err)
                         : wsp_fail_write(err, WSP_IO, wsp_target_path(file->target),
                                          len < 0 ? errno : ENOSPC);
    wsp_buf_release(&info);
    return st;
}

/* ---- samples ---------------------------------------------------------------------------- */

static enum wsp_status next_piece(struct flacfile *file, struct wsp_error *err)
{
    void **slot;
    enum wsp_status st = wsp_crew_slot(file->crew, &slot, err);
    if (st)
        return st;
    struct piece *piece = *slot;
    if (!piece) {
        *slot = piece = calloc(1, sizeof *piece);
        if (!piece)
            return wsp_fail_nomem(err);
        wsp_buf_init(&piece->frames, PIECE_LIMIT);
        piece->samples =
            malloc((size_t)BLOCK * BLOCKS * file->format.channels * sizeof *piece->samples);
    }
    if (!piece->samples)
        return wsp_fail_nomem(err);
    piece->n = 0;
    file->piece = piece;
    return WSP_OK;
}

/* Convert `n` samples, and take their sum. */
static void convert(struct flacfile *file, int32_t *out, const float *samples, size_t n)
{
    enum { SIXTEEN = 16 };
    unsigned char packed[CONVERTED * WSP_PCM24_BYTES];
    size_t bytes = file->bits / 8;
    if (file->bits == SIXTEEN) {
        for (size_t i = 0; i < n; i++) {
            out[i] = wsp_pcm_dither16(&file->dither, samples[i]);
            packed[2 * i] = (unsigned char)(uint32_t)out[i];
            packed[2 * i + 1] = (unsigned char)((uint32_t)out[i] >> 8);
        }
    } else {
        wsp_pcm_pack24(packed, samples, n);
        for (size_t i = 0; i < n; i++) {
            const unsigned char *at = packed + i * WSP_PCM24_BYTES;
            uint32_t high = (uint32_t)at[0] << 8 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 24;
            out[i] = (int32_t)high >> 8;
        }
    }
    MD5Update(&file->md5, packed, n * bytes);
}

static enum wsp_status add_frames(struct flacfile *file, const float *frames, size_t n_frames,
                                  struct wsp_error *err)
{
    const size_t channels = file->format.channels;
    enum wsp_status st = WSP_OK;
    while (n_frames > 0 && !st && file->piece) {
        size_t n = (size_t)BLOCK * BLOCKS - file->piece->n;
        n = n < n_frames ? n : n_frames;
        n = n < CONVERTED / channels ? n : CONVERTED / channels;
        convert(file, file->piece->samples + file->piece->n * channels, frames, n * channels);
        file->piece->n += n;
        frames += n * channels;
        n_frames -= n;
        if (file->piece->n < (size_t)BLOCK * BLOCKS)
            continue;
        file->piece = NULL;
        wsp_crew_give(file->crew);
        st = next_piece(file, err);
    }
    return st;
}

/* ---- as a sink -------------------------------------------------------------------------- */

static enum wsp_status flacfile_describe(void *state, const struct wsp_metadata *metadata,
                                         struct wsp_error *err)
{
    struct flacfile *file = state;
    wsp_buf_clear(&file->comments);
    return wsp_comments_add(&file->comments, FLAC__VENDOR_STRING, metadata) ? wsp_fail_nomem(err)
                                                                            : WSP_OK;
}

static enum wsp_status begin(struct flacfile *file, struct wsp_error *err)
{
    static const struct wsp_metadata nothing = {.title = ""};
    enum wsp_status st = WSP_OK;
    if (file->crew)
        return WSP_OK;
    if (file->comments.len == 0)
        st = flacfile_describe(file, &nothing, err);
    if (!st)
        st = write_head(file, err);
    if (!st)
        st = wsp_crew_open(&file->crew, &file->work, err);
    return st ? st : next_piece(file, err);
}

static enum wsp_status flacfile_write(void *state, const float *frames, size_t n_frames,
                                      struct wsp_error *err)
{
    struct flacfile *file = state;
    enum wsp_status st = begin(file, err);
    file->n_frames += n_frames;
    return st ? st : add_frames(file, frames, n_frames, err);
}

static enum wsp_status flacfile_finish(void *state, struct wsp_error *err)
{
    struct flacfile *file = state;
    if (file->finished)
        return WSP_OK;
    enum wsp_status st = begin(file, err);
    if (st)
        return st;
    if (file->piece && file->piece->n > 0)
        wsp_crew_give(file->crew);
    file->piece = NULL;
    file->finished = true;
    st = wsp_crew_finish(file->crew, err);
    wsp_crew_close(file->crew);
    file->crew = NULL;
    if (!st)
        st = make_head_over(file, err);
    return st ? st : wsp_target_finish(file->target, err);
}

static enum wsp_status flacfile_commit(void *state, struct wsp_error *err)
{
    struct flacfile *file = state;
    enum wsp_status st = flacfile_finish(state, err);
    return st ? st : wsp_target_commit(file->target, err);
}

static void flacfile_close(void *state)
{
    struct flacfile *file = state;
    if (!file)
        return;
    wsp_crew_close(file->crew);
    wsp_target_close(file->target);
    wsp_buf_release(&file->comments);
    free(file);
}

static const struct wsp_sink_kind flacfile_kind = {
    .name = "FLAC file",
    .write = flacfile_write,
    .describe = flacfile_describe,
    .finish = flacfile_finish,
    .commit = flacfile_commit,
    .close = flacfile_close,
};

enum wsp_status wsp_flacfile_open(struct wsp_sink **out, const char *path,
                                  struct wsp_audio_format format, struct wsp_error *err)
{
    enum { SIXTEEN = 16, MOST = 24 };
    *out = NULL;
    struct flacfile *file = calloc(1, sizeof *file);
    if (!file)
        return wsp_fail_nomem(err);
    wsp_buf_init(&file->comments, HEAD_LIMIT);
    MD5Init(&file->md5);
    make_checks(&file->checks);
    file->format = format;
    file->bits = format.bits == SIXTEEN ? SIXTEEN : MOST;
    file->shortest = UINT32_MAX;
    uint32_t threads = format.threads < THREADS_MAX ? format.threads : THREADS_MAX;
    file->work = (struct wsp_crew_work){
        .threads = threads > 0 ? (int)threads : 1,
        .context = file,
        .open = open_bench,
        .work = encode_piece,
        .take = take_piece,
        .drop = drop_piece,
        .close = close_bench,
    };
    enum wsp_status st = wsp_target_open(&file->target, path, err);
    if (st) {
        flacfile_close(file);
        return st;
    }
    return wsp_sink_new(out, &flacfile_kind, file, err);
}
