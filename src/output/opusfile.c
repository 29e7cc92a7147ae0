/* Ogg Opus (RFC 6716, RFC 7845), encoded side by side: one encoder would take a minute for three
 * hours of sound, whatever the number of cores.
 *
 * The packets are those of one stream, but every few seconds another encoder goes on. It begins
 * where the sound has been silent for four packets, and is given these first: so it knows what the
 * one before knew, that there was silence. Its packets for them are thrown away, and its first one
 * that is kept makes no use of those before (what a decoder does with silence it does either way).
 * Where no silence comes for too long it takes over in the middle of sound, after the same
 * preparation that a player makes for a seek. What is silent is a matter of the samples alone, so
 * the file is the same for every number of threads. */
#include "audio/crew.h"
#include "base/text.h"
#include "output/comments.h"
#include "output/kinds.h"
#include "output/ogg.h"
#include "output/pcm.h"

#include <errno.h>
#include <ogg/ogg.h>
#include <opus.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    POSITIONS_HZ = 48000, /* in these positions are counted, whatever the rate */
    PACKETS_A_SECOND = 50,
    LEAD = 4,                         /* packets: 80 ms, as RFC 7845, 4.6 has it for seeking */
    LEAST = 2 * PACKETS_A_SECOND,     /* before another encoder goes on in a silence */
    MOST = 6 * PACKETS_A_SECOND,      /* ... or anyway */
    PACKET_MAX = 1276,                /* bytes */
    THREADS_MAX = 8,                  /* each has up to 4 MB of pieces waiting */
    COMPLEXITY = 6,                   /* of 10, which takes a third longer */
    BITS_A_SECOND = 176000,           /* fewer raise the true peak: docs/sound.md */
    BITS_FOR_ANOTHER_CHANNEL = 16000, /* which is the same */
    HEAD_LIMIT = 1 << 12,
    BODY_LIMIT = 1 << 22,
};

/* What one encoder makes: a few packets of preparation, and those that are kept. */
struct piece {
    float *frames;
    size_t n, n_lead; /* packets; the first `n_lead` are thrown away */
    struct wsp_buf packets;
    uint16_t sizes[MOST]; /* of packets, in bytes */
};

struct opusfile {
    struct wsp_target *target;
    struct wsp_audio_format format;
    struct wsp_buf tags;
    size_t packet; /* frames in one */
    uint64_t delay, n_frames;
    uint64_t last; /* packets in all; 0: not known yet */
    /* on the way in */
    struct wsp_crew_work work;
    struct wsp_crew *crew; /* NULL until the first frame */
    struct piece *piece;   /* that is being filled */
    size_t n_in_packet;    /* frames of its last packet, so far */
    uint64_t silent;       /* frames of silence, the last ones */
    float *lead;           /* the last packets, for the next piece */
    /* on the way out */
    ogg_stream_state stream;
    bool has_stream;
    uint64_t n_packets; /* so far */
    struct wsp_buf pages;
};

static enum wsp_status fail_in_library(const struct opusfile *file, int error,
                                       struct wsp_error *err)
{
    if (error == OPUS_ALLOC_FAIL)
        return wsp_fail_nomem(err);
    return wsp_fail(err, WSP_IO, _("cannot write '%s': the sound file library says: %s"),
                    wsp_target_path(file->target), opus_strerror(error));
}

static size_t samples_of(const struct opusfile *file, size_t packets)
{
    return packets * file->packet * file->format.channels;
}

/* ---- the crew's side -------------------------------------------------------------------- */

static OpusEncoder *make_encoder(const struct opusfile *file, int *error)
{
    OpusEncoder *encoder =
        opus_encoder_create((opus_int32)file->format.rate_hz, (int)file->format.channels,
                            OPUS_APPLICATION_RESTRICTED_LOWDELAY, error);
    if (!encoder)
        return NULL;
    opus_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(COMPLEXITY));
    opus_encoder_ctl(encoder,
                     OPUS_SET_BITRATE(BITS_A_SECOND +
                                      BITS_FOR_ANOTHER_CHANNEL * ((int)file->format.channels - 1)));
    return encoder;
}

static void *open_encoder(void *context)
{
    int error;
    return make_encoder(context, &error);
}

static void close_encoder(void *state)
{
    if (state)
        opus_encoder_destroy(state);
}

static enum wsp_status encode_piece(void *context, void *state, size_t i, void **result,
                                    struct wsp_error *err)
{
    const struct opusfile *file = context;
    struct piece *piece = *result;
    unsigned char packet[PACKET_MAX];
    (void)i;
    opus_encoder_ctl(state, OPUS_RESET_STATE);
    wsp_buf_clear(&piece->packets);
    for (size_t p = 0; p < piece->n; p++) {
        opus_encoder_ctl(state, OPUS_SET_PREDICTION_DISABLED(p == piece->n_lead));
        opus_int32 len = opus_encode_float(state, piece->frames + samples_of(file, p),
                                           (int)file->packet, packet, sizeof packet);
        if (len < 0)
            return fail_in_library(file, len, err);
        if (p < piece->n_lead)
            continue;
        piece->sizes[p - piece->n_lead] = (uint16_t)len;
        wsp_buf_add(&piece->packets, (const char *)packet, (size_t)len);
    }
    return piece->packets.status ? wsp_fail_nomem(err) : WSP_OK;
}

static void drop_piece(void *result)
{
    struct piece *piece = result;
    if (!piece)
        return;
    wsp_buf_release(&piece->packets);
    free(piece->frames);
    free(piece);
}

/* ---- pages ------------------------------------------------------------------------------ */

static void flush_pages(struct opusfile *file)
{
    enum { FILL = 255 * 255 }; /* bytes: as much as a page may hold */
    ogg_page page;
    while (ogg_stream_flush_fill(&file->stream, &page, FILL)) {
        wsp_buf_add(&file->pages, (const char *)page.header, (size_t)page.header_len);
        wsp_buf_add(&file->pages, (const char *)page.body, (size_t)page.body_len);
    }
}

static enum wsp_status write_pages(struct opusfile *file, struct wsp_error *err)
{
    enum wsp_status st =
        file->pages.status ? wsp_fail_nomem(err)
                           : wsp_target_write(file->target, file->pages.ptr, file->pages.len, err);
    wsp_buf_clear(&file->pages);
    return st;
}

static enum wsp_status put_packet(struct opusfile *file, ogg_packet *packet, struct wsp_error *err)
{
    return ogg_stream_packetin(&file->stream, packet) ? wsp_fail_nomem(err) : WSP_OK;
}

static uint64_t position(const struct opusfile *file, uint64_t frames)
{
    return frames * POSITIONS_HZ / file->format.rate_hz;
}

/* The last packet ends where the sound does, and not where its own frames do. */
static enum wsp_status mux_packet(struct opusfile *file, char *bytes, size_t len,
                                  struct wsp_error *err)
{
    file->n_packets++;
    bool last = file->n_packets == file->last;
    uint64_t end = last ? file->delay + file->n_frames : file->n_packets * file->packet;
    ogg_packet packet = {
        .packet = (unsigned char *)bytes,
        .bytes = (long)len,
        .e_o_s = last,
        .granulepos = (ogg_int64_t)position(file, end),
        .packetno = (ogg_int64_t)file->n_packets + 1,
    };
    enum wsp_status st = put_packet(file, &packet, err);
    if (last || file->n_packets % PACKETS_A_SECOND == 0)
        flush_pages(file);
    return st;
}

static enum wsp_status mux_piece(void *context, size_t i, void *result, struct wsp_error *err)
{
    struct opusfile *file = context;
    struct piece *piece = result;
    enum wsp_status st = WSP_OK;
    size_t at = 0;
    (void)i;
    for (size_t p = 0; p + piece->n_lead < piece->n && !st; p++) {
        st = mux_packet(file, piece->packets.ptr + at, piece->sizes[p], err);
        at += piece->sizes[p];
    }
    return st ? st : write_pages(file, err);
}

static enum wsp_status write_head(struct opusfile *file, struct wsp_error *err)
{
    struct wsp_buf head = WSP_BUF_INIT(HEAD_LIMIT);
    wsp_buf_puts(&head, "OpusHead");
    wsp_comments_add_number(&head, 1, 1);
    wsp_comments_add_number(&head, file->format.channels, 1);
    wsp_comments_add_number(&head, position(file, file->delay), 2); /* to be left out */
    wsp_comments_add_number(&head, file->format.rate_hz, 4);
    wsp_comments_add_number(&head, 0, 3); /* as loud as it is; mono or stereo */
    ogg_packet first = {
        .packet = (unsigned char *)head.ptr, .bytes = (long)head.len, .b_o_s = true};
    ogg_packet second = {
        .packet = (unsigned char *)file->tags.ptr, .bytes = (long)file->tags.len, .packetno = 1};
    enum wsp_status st = head.status || file->tags.status ? wsp_fail_nomem(err) : WSP_OK;
    if (!st)
        st = put_packet(file, &first, err);
    flush_pages(file);
    if (!st)
        st = put_packet(file, &second, err);
    flush_pages(file);
    wsp_buf_release(&head);
    return st ? st : write_pages(file, err);
}

/* ---- pieces ----------------------------------------------------------------------------- */

/* An empty one, which begins with the packets before it. */
static enum wsp_status next_piece(struct opusfile *file, size_t n_lead, struct wsp_error *err)
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
        wsp_buf_init(&piece->packets, BODY_LIMIT);
        piece->frames = malloc(samples_of(file, LEAD + MOST) * sizeof *piece->frames);
    }
    if (!piece->frames)
        return wsp_fail_nomem(err);
    memcpy(piece->frames, file->lead, samples_of(file, n_lead) * sizeof *file->lead);
    piece->n = piece->n_lead = n_lead;
    file->piece = piece;
    return WSP_OK;
}

/* The next encoder goes on from here. */
static enum wsp_status change_encoders(struct opusfile *file, struct wsp_error *err)
{
    const struct piece *piece = file->piece;
    memcpy(file->lead, piece->frames + samples_of(file, piece->n - LEAD),
           samples_of(file, LEAD) * sizeof *file->lead);
    file->piece = NULL;
    wsp_crew_give(file->crew);
    return next_piece(file, LEAD, err);
}

static enum wsp_status end_packet(struct opusfile *file, struct wsp_error *err)
{
    size_t n = ++file->piece->n - file->piece->n_lead;
    file->n_in_packet = 0;
    bool silent = file->silent >= (uint64_t)LEAD * file->packet;
    return n >= MOST || (n >= LEAST && silent) ? change_encoders(file, err) : WSP_OK;
}

/* Frames of silence at the end of `n` of them. */
static size_t silent_end(const float *frames, size_t n, size_t channels)
{
    size_t silent = 0, samples = n * channels;
    while (silent < samples && frames[samples - 1 - silent] == 0)
        silent++;
    return silent / channels;
}

static enum wsp_status add_frames(struct opusfile *file, const float *frames, size_t n_frames,
                                  struct wsp_error *err)
{
    const size_t channels = file->format.channels;
    enum wsp_status st = WSP_OK;
    while (n_frames > 0 && !st) {
        size_t room = file->packet - file->n_in_packet, n = n_frames < room ? n_frames : room;
        float *to =
            file->piece->frames + samples_of(file, file->piece->n) + file->n_in_packet * channels;
        wsp_pcm_clip(to, frames, n * channels);
        size_t silent = silent_end(to, n, channels);
        file->silent = silent < n ? silent : file->silent + n;
        file->n_in_packet += n;
        if (file->n_in_packet == file->packet)
            st = end_packet(file, err);
        frames += n * channels;
        n_frames -= n;
    }
    return st;
}

/* ---- as a sink -------------------------------------------------------------------------- */

static enum wsp_status opusfile_describe(void *state, const struct wsp_metadata *metadata,
                                         struct wsp_error *err)
{
    struct opusfile *file = state;
    wsp_buf_clear(&file->tags);
    wsp_buf_puts(&file->tags, "OpusTags");
    return wsp_comments_add(&file->tags, opus_get_version_string(), metadata) ? wsp_fail_nomem(err)
                                                                              : WSP_OK;
}

static enum wsp_status begin(struct opusfile *file, struct wsp_error *err)
{
    static const struct wsp_metadata nothing = {.title = ""};
    enum wsp_status st = WSP_OK;
    if (file->crew)
        return WSP_OK;
    if (file->tags.len == 0)
        st = opusfile_describe(file, &nothing, err);
    if (!st)
        st = write_head(file, err);
    if (!st)
        st = wsp_crew_open(&file->crew, &file->work, err);
    return st ? st : next_piece(file, 0, err);
}

static enum wsp_status opusfile_write(void *state, const float *frames, size_t n_frames,
                                      struct wsp_error *err)
{
    struct opusfile *file = state;
    enum wsp_status st = begin(file, err);
    file->n_frames += n_frames;
    return st ? st : add_frames(file, frames, n_frames, err);
}

/* What the encoders hold back comes out with silence, to the end of a packet. */
static enum wsp_status write_rest(struct opusfile *file, struct wsp_error *err)
{
    const size_t channels = file->format.channels;
    float *silence = calloc(file->packet * channels, sizeof *silence);
    if (!silence)
        return wsp_fail_nomem(err);
    file->last = (file->n_frames + file->delay + file->packet - 1) / file->packet;
    size_t n = (size_t)(file->last * file->packet - file->n_frames);
    enum wsp_status st = WSP_OK;
    while (n > 0 && !st) {
        size_t some = n < file->packet ? n : file->packet;
        n -= some;
        st = add_frames(file, silence, some, err);
    }
    free(silence);
    return st;
}

static enum wsp_status put_number(const struct opusfile *file, struct wsp_error *err)
{
    struct stat about;
    int fd = wsp_target_fd(file->target);
    if (wsp_target_is_direct(file->target))
        return WSP_OK;
    errno = 0;
    int failed = fstat(fd, &about) ? errno : wsp_ogg_number(fd, (uint64_t)about.st_size);
    return failed ? wsp_fail_write(err, WSP_IO, wsp_target_path(file->target), failed) : WSP_OK;
}

static enum wsp_status opusfile_finish(void *state, struct wsp_error *err)
{
    struct opusfile *file = state;
    if (file->last > 0)
        return WSP_OK; /* is finished */
    enum wsp_status st = begin(file, err);
    if (!st)
        st = write_rest(file, err);
    if (st)
        return st;
    if (file->piece->n > file->piece->n_lead)
        wsp_crew_give(file->crew);
    file->piece = NULL;
    st = wsp_crew_finish(file->crew, err);
    wsp_crew_close(file->crew);
    file->crew = NULL;
    if (!st)
        st = put_number(file, err);
    return st ? st : wsp_target_finish(file->target, err);
}

static enum wsp_status opusfile_commit(void *state, struct wsp_error *err)
{
    struct opusfile *file = state;
    enum wsp_status st = opusfile_finish(state, err);
    return st ? st : wsp_target_commit(file->target, err);
}

static void opusfile_close(void *state)
{
    struct opusfile *file = state;
    if (!file)
        return;
    wsp_crew_close(file->crew);
    if (file->has_stream)
        ogg_stream_clear(&file->stream);
    wsp_target_close(file->target);
    wsp_buf_release(&file->tags);
    wsp_buf_release(&file->pages);
    free(file->lead);
    free(file);
}

static const struct wsp_sink_kind opusfile_kind = {
    .name = "Opus file",
    .write = opusfile_write,
    .describe = opusfile_describe,
    .finish = opusfile_finish,
    .commit = opusfile_commit,
    .close = opusfile_close,
};

/* Can it be encoded at all, and how long is what an encoder holds back? */
static enum wsp_status try_encoder(struct opusfile *file, struct wsp_error *err)
{
    int error;
    opus_int32 delay = 0;
    OpusEncoder *encoder = make_encoder(file, &error);
    if (error == OPUS_BAD_ARG)
        return wsp_fail(err, WSP_USAGE,
                        _("'%s' cannot hold %u Hz; leave --sample-rate out or choose 48000"),
                        wsp_target_path(file->target), file->format.rate_hz);
    if (!encoder)
        return fail_in_library(file, error, err);
    opus_encoder_ctl(encoder, OPUS_GET_LOOKAHEAD(&delay));
    opus_encoder_destroy(encoder);
    file->delay = (uint64_t)delay;
    file->packet = file->format.rate_hz / PACKETS_A_SECOND;
    return WSP_OK;
}

enum wsp_status wsp_opusfile_open(struct wsp_sink **out, const char *path,
                                  struct wsp_audio_format format, struct wsp_error *err)
{
    *out = NULL;
    struct opusfile *file = calloc(1, sizeof *file);
    if (!file)
        return wsp_fail_nomem(err);
    wsp_buf_init(&file->tags, HEAD_LIMIT);
    wsp_buf_init(&file->pages, BODY_LIMIT);
    file->format = format;
    uint32_t threads = format.threads < THREADS_MAX ? format.threads : THREADS_MAX;
    file->work = (struct wsp_crew_work){
        .threads = threads > 0 ? (int)threads : 1,
        .context = file,
        .open = open_encoder,
        .work = encode_piece,
        .take = mux_piece,
        .drop = drop_piece,
        .close = close_encoder,
    };
    enum wsp_status st = wsp_target_open(&file->target, path, err);
    if (!st)
        st = try_encoder(file, err);
    if (!st) {
        file->lead = calloc(samples_of(file, LEAD), sizeof *file->lead);
        file->has_stream = ogg_stream_init(&file->stream, 0) == 0;
        st = file->lead && file->has_stream ? WSP_OK : wsp_fail_nomem(err);
    }
    if (st) {
        opusfile_close(file);
        return st;
    }
    return wsp_sink_new(out, &opusfile_kind, file, err);
}
