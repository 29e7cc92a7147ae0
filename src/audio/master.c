#include "audio/master.h"

#include "audio/crew.h"
#include "audio/finisher.h"
#include "audio/levels.h"
#include "audio/limiter.h"
#include "audio/packed.h"
#include "audio/resample.h"
#include "audio/spool.h"
#include "audio/truepeak.h"
#include "base/buf.h"
#include "base/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS_MAX = 12, PACKED_LIMIT = 1 << 30 };

static const double close_lu = 0.005;
static const double short_by_lu = 0.05;
static const double tenth_lu = 0.1;
static const double slope_min = 0.15; /* LU that a dB more brings: less is against the ceiling */

/* A take in the spool, packed; or frames that are finished. */
struct piece {
    uint64_t at;    /* frame of the programme */
    uint64_t place; /* in the spool */
    size_t n;       /* frames at `rate_hz` */
    uint32_t rate_hz;
    uint64_t silence; /* frames of the programme before it */
    bool ready;       /* finished; it has no levels, and no part in the loudness */
};

struct wsp_master {
    struct wsp_master_settings settings;
    struct wsp_spool *spool;
    struct wsp_meter meter;
    struct wsp_levels levels;
    struct wsp_buf packed; /* of a take that came as frames */
    float *frames;         /* ... which are rounded here */
    size_t cap_frames;
    struct piece *pieces;
    size_t n_pieces, cap_pieces;
    uint64_t length, silence; /* frames so far; of silence, the last of them */
    double highest;           /* true peak of all, linear */
    struct wsp_limits limits;
    double wanted_lufs; /* what the settings want, or less where it yields */
    double untold_lu;   /* by which the levels are wrong about the limiter */
    /* while the finished takes are given on */
    const struct wsp_receiver *receiver;
    double true_peak, deepest;
};

static double from_db(double db)
{
    return pow(10, db / 20);
}

static double to_db(double factor)
{
    return 20 * log10(factor);
}

enum wsp_status wsp_master_open(struct wsp_master **out, const struct wsp_master_settings *settings,
                                struct wsp_error *err)
{
    *out = NULL;
    struct wsp_master *master = calloc(1, sizeof *master);
    if (!master)
        return wsp_fail_nomem(err);
    master->settings = *settings;
    wsp_buf_init(&master->packed, PACKED_LIMIT);
    wsp_meter_init(&master->meter, settings->rate_hz, settings->channels);
    enum wsp_status st = wsp_spool_open(&master->spool, settings->folder, err);
    if (st) {
        wsp_master_close(master);
        return st;
    }
    *out = master;
    return WSP_OK;
}

void wsp_master_close(struct wsp_master *master)
{
    if (!master)
        return;
    wsp_spool_close(master->spool);
    wsp_meter_release(&master->meter);
    wsp_levels_release(&master->levels);
    wsp_buf_release(&master->packed);
    free(master->frames);
    free(master->pieces);
    free(master);
}

static enum wsp_status room(float **frames, size_t *cap, size_t n)
{
    if (n <= *cap)
        return WSP_OK;
    float *grown = realloc(*frames, n * sizeof *grown);
    if (!grown)
        return WSP_NOMEM;
    *frames = grown;
    *cap = n;
    return WSP_OK;
}

/* ---- taking in --------------------------------------------------------------------------- */

/* The frame of the programme at the middle of block `i` of a take. */
static uint64_t middle_of(const struct wsp_master *master, const struct piece *piece, size_t i)
{
    uint64_t frame = (uint64_t)i * WSP_LEVELS_BLOCK + WSP_LEVELS_BLOCK / 2;
    if (frame > piece->n)
        frame = piece->n;
    return piece->at + frame * master->settings.rate_hz / piece->rate_hz;
}

/* Powers are sums over frames: of more frames at a higher rate. */
static double scale_of(const struct wsp_master *master, const struct piece *piece)
{
    return (double)master->settings.rate_hz / piece->rate_hz;
}

static void weigh(struct wsp_master *master, const struct piece *piece,
                  const struct wsp_level *blocks)
{
    double scale = scale_of(master, piece);
    for (size_t i = 0; i < wsp_levels_count(piece->n); i++) {
        wsp_meter_add(&master->meter, middle_of(master, piece, i), (double)blocks[i].power * scale,
                      (double)blocks[i].peak);
        master->highest = fmax(master->highest, (double)blocks[i].peak);
    }
}

static enum wsp_status put_aside(struct wsp_master *master, const char *packed, size_t n,
                                 uint32_t rate_hz, struct wsp_error *err)
{
    if (wsp_grow(&master->pieces, &master->cap_pieces, master->n_pieces, sizeof *master->pieces))
        return wsp_fail_nomem(err);
    struct piece piece = {
        .at = master->length, .n = n, .rate_hz = rate_hz, .silence = master->silence};
    master->length += wsp_resampled_length(n, rate_hz, master->settings.rate_hz);
    if (wsp_meter_extend(&master->meter, master->length))
        return wsp_fail_nomem(err);
    weigh(master, &piece, (const void *)(packed + WSP_PACKED_LEVELS_AT));
    enum wsp_status st =
        wsp_spool_add(master->spool, packed, wsp_packed_bytes(n), &piece.place, err);
    if (!st) {
        master->pieces[master->n_pieces++] = piece;
        master->silence = 0;
    }
    return st;
}

enum wsp_status wsp_master_packed(struct wsp_master *master, const struct wsp_take *take,
                                  struct wsp_error *err)
{
    return put_aside(master, take->packed.ptr, take->n_frames, take->rate_hz, err);
}

enum wsp_status wsp_master_sound(struct wsp_master *master, const float *frames, size_t n,
                                 uint32_t rate_hz, struct wsp_error *err)
{
    if (room(&master->frames, &master->cap_frames, n))
        return wsp_fail_nomem(err);
    memcpy(master->frames, frames, n * sizeof *frames);
    if (wsp_pack(&master->packed, master->frames, n, rate_hz, NULL, 0, &master->levels))
        return wsp_fail_nomem(err);
    return put_aside(master, master->packed.ptr, n, rate_hz, err);
}

enum wsp_status wsp_master_ready(struct wsp_master *master, const float *frames, size_t n,
                                 struct wsp_error *err)
{
    if (wsp_grow(&master->pieces, &master->cap_pieces, master->n_pieces, sizeof *master->pieces))
        return wsp_fail_nomem(err);
    struct piece piece = {.at = master->length,
                          .n = n,
                          .rate_hz = master->settings.rate_hz,
                          .silence = master->silence,
                          .ready = true};
    master->length += n;
    if (wsp_meter_extend(&master->meter, master->length))
        return wsp_fail_nomem(err);
    enum wsp_status st =
        wsp_spool_add(master->spool, frames, n * sizeof *frames, &piece.place, err);
    if (!st) {
        master->pieces[master->n_pieces++] = piece;
        master->silence = 0;
    }
    return st;
}

enum wsp_status wsp_master_silence(struct wsp_master *master, uint64_t n, struct wsp_error *err)
{
    master->length += n;
    master->silence += n;
    return wsp_meter_extend(&master->meter, master->length) ? wsp_fail_nomem(err) : WSP_OK;
}

/* ---- the gain ---------------------------------------------------------------------------- */

static enum wsp_status load_levels(const struct wsp_master *master, const struct piece *piece,
                                   struct wsp_levels *levels, struct wsp_error *err)
{
    levels->n = piece->ready ? 0 : wsp_levels_count(piece->n);
    if (wsp_levels_reserve(levels, levels->n))
        return wsp_fail_nomem(err);
    return wsp_spool_read(master->spool, piece->place + WSP_PACKED_LEVELS_AT, levels->blocks,
                          levels->n * sizeof *levels->blocks, err);
}

/* What is loaded of a piece. */
struct loaded {
    struct wsp_levels levels;
    float *frames;
    size_t cap_frames;
    char *packed;
    size_t cap_packed;
};

static void unload(struct loaded *loaded)
{
    wsp_levels_release(&loaded->levels);
    free(loaded->frames);
    free(loaded->packed);
}

/* Of a piece that is ready there are frames alone. */
static enum wsp_status load(const struct wsp_master *master, const struct piece *piece,
                            struct loaded *to, struct wsp_error *err)
{
    size_t bytes = wsp_packed_bytes(piece->n);
    if (room(&to->frames, &to->cap_frames, piece->n))
        return wsp_fail_nomem(err);
    to->levels.n = 0;
    if (piece->ready)
        return wsp_spool_read(master->spool, piece->place, to->frames,
                              piece->n * sizeof *to->frames, err);
    if (bytes > to->cap_packed) {
        free(to->packed);
        to->packed = malloc(bytes);
        to->cap_packed = to->packed ? bytes : 0;
    }
    if (!to->packed || wsp_levels_reserve(&to->levels, wsp_levels_count(piece->n)))
        return wsp_fail_nomem(err);
    enum wsp_status st = wsp_spool_read(master->spool, piece->place, to->packed, bytes, err);
    if (st)
        return st;
    to->levels.n = wsp_levels_count(piece->n);
    memcpy(to->levels.blocks, to->packed + WSP_PACKED_LEVELS_AT,
           to->levels.n * sizeof *to->levels.blocks);
    wsp_packed_frames(to->packed, piece->n, to->frames);
    return WSP_OK;
}

static struct wsp_limits inner_limits(const struct wsp_master *master)
{
    struct wsp_limits inner = master->limits;
    inner.ceiling = wsp_finisher_margin(inner.ceiling);
    return inner;
}

/* ---- the gain: measuring, side by side --------------------------------------------------- */

enum { AT_ONCE = 8 }; /* pieces that a thread measures before it hands on */

/* A thread's own. */
struct gauge {
    struct wsp_limiter limiter;
    struct wsp_levels levels;
};

/* What gain and limiter make of each block of some pieces. */
struct reading {
    struct {
        double power, peak;
    } * blocks;
    size_t n, cap;
};

static void close_gauge(void *state)
{
    struct gauge *gauge = state;
    if (!gauge)
        return;
    wsp_limiter_release(&gauge->limiter);
    wsp_levels_release(&gauge->levels);
    free(gauge);
}

static void *open_gauge(void *context)
{
    (void)context;
    return calloc(1, sizeof(struct gauge));
}

static void drop_reading(void *result)
{
    struct reading *reading = result;
    if (reading)
        free(reading->blocks);
    free(reading);
}

static size_t end_of_group(const struct wsp_master *master, size_t i)
{
    size_t end = (i + 1) * AT_ONCE;
    return end < master->n_pieces ? end : master->n_pieces;
}

static enum wsp_status read_piece(const struct wsp_master *master, const struct piece *piece,
                                  struct gauge *gauge, struct reading *reading,
                                  struct wsp_error *err)
{
    struct wsp_limits inner = inner_limits(master);
    enum wsp_status st = load_levels(master, piece, &gauge->levels, err);
    if (st)
        return st;
    while (reading->n + gauge->levels.n > reading->cap)
        if (wsp_grow(&reading->blocks, &reading->cap, reading->cap, sizeof *reading->blocks))
            return wsp_fail_nomem(err);
    if (wsp_limiter_plan(&gauge->limiter, &gauge->levels, piece->rate_hz, &inner))
        return wsp_fail_nomem(err);
    double scale = scale_of(master, piece);
    for (size_t i = 0; i < gauge->levels.n; i++, reading->n++) {
        reading->blocks[reading->n].power =
            scale * wsp_limiter_power(&gauge->limiter, &gauge->levels, i, inner.gain);
        reading->blocks[reading->n].peak =
            wsp_limiter_peak(&gauge->limiter, &gauge->levels, i, inner.gain);
    }
    return WSP_OK;
}

static enum wsp_status read_group(void *context, void *state, size_t i, void **result,
                                  struct wsp_error *err)
{
    const struct wsp_master *master = context;
    struct reading *reading = *result ? *result : calloc(1, sizeof *reading);
    enum wsp_status st = WSP_OK;
    *result = reading;
    if (!reading)
        return wsp_fail_nomem(err);
    reading->n = 0;
    for (size_t k = i * AT_ONCE; k < end_of_group(master, i) && !st; k++)
        if (!master->pieces[k].ready)
            st = read_piece(master, &master->pieces[k], state, reading, err);
    return st;
}

/* In order, so that sums are the same with any number of threads. */
static enum wsp_status add_group(void *context, size_t i, void *result, struct wsp_error *err)
{
    struct wsp_master *master = context;
    const struct reading *reading = result;
    size_t at = 0;
    for (size_t k = i * AT_ONCE; k < end_of_group(master, i); k++) {
        const struct piece *piece = &master->pieces[k];
        size_t n = piece->ready ? 0 : wsp_levels_count(piece->n);
        for (size_t block = 0; block < n; block++, at++)
            wsp_meter_add(&master->meter, middle_of(master, piece, block),
                          reading->blocks[at].power, reading->blocks[at].peak);
    }
    return wsp_cancelled(master->settings.cancel) ? wsp_fail_cancelled(err) : WSP_OK;
}

/* Measure what gain and limiter make of all takes. */
static enum wsp_status measure(struct wsp_master *master, struct wsp_error *err)
{
    const struct wsp_crew_work work = {
        .threads = master->settings.threads,
        .context = master,
        .open = open_gauge,
        .work = read_group,
        .take = add_group,
        .drop = drop_reading,
        .close = close_gauge,
    };
    wsp_meter_clear(&master->meter);
    return wsp_crew_run(&work, (master->n_pieces + AT_ONCE - 1) / AT_ONCE, err);
}

/* ---- the gain: searching ----------------------------------------------------------------- */

static enum wsp_status cannot(const struct wsp_master *master, struct wsp_error *err)
{
    return wsp_fail(
        err, WSP_DATA,
        _("%.1f LUFS cannot be had under a true peak of %.1f dBTP, %.1f LUFS can; ask for "
          "less with --loudness or raise --true-peak"),
        master->settings.loudness_lufs, master->settings.true_peak_dbtp, master->wanted_lufs);
}

/* The limiter takes a part of what is added, and the more the louder: secants find the gain. *lufs
 * is how near they come. */
static enum wsp_status search(struct wsp_master *master, double *lufs, struct wsp_error *err)
{
    const double wanted = master->wanted_lufs;
    double slope = 0.65, before_db = 0, before_lufs = 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        enum wsp_status st = measure(master, err);
        if (st)
            return st;
        *lufs = wsp_meter_integrated(&master->meter) + master->untold_lu;
        double gain_db = to_db(master->limits.gain);
        if (fabs(wanted - *lufs) <= close_lu)
            break;
        if (round > 0)
            slope = (*lufs - before_lufs) / (gain_db - before_db);
        if (slope < slope_min) /* against the ceiling */
            break;
        before_db = gain_db;
        before_lufs = *lufs;
        master->limits.gain = from_db(gain_db + (wanted - *lufs) / slope);
    }
    return WSP_OK;
}

/* A gain that moves within a block takes most where the block is loudest, and a take that comes out
 * above the ceiling is turned down, so the levels tell a little too much. How much is seen on some
 * takes that are finished in earnest. */
static enum wsp_status see_untold(struct wsp_master *master, struct wsp_limiter *limiter,
                                  struct wsp_error *err)
{
    enum { TAKES = 24 };
    struct wsp_levels after = {0};
    struct loaded loaded = {0};
    struct wsp_finisher *finisher = wsp_finisher_new(master->settings.rate_hz);
    struct wsp_finished finished;
    float *frames = NULL;
    size_t step = master->n_pieces / TAKES + 1, cap = 0;
    double told = 0, seen = 0; /* energy */
    enum wsp_status st = finisher ? WSP_OK : wsp_fail_nomem(err);
    struct wsp_limits inner = inner_limits(master);
    for (size_t k = 0; k < master->n_pieces && !st; k += step) {
        const struct piece *piece = &master->pieces[k];
        if (piece->ready)
            continue;
        st = load(master, piece, &loaded, err);
        if (st)
            break;
        if (wsp_limiter_plan(limiter, &loaded.levels, piece->rate_hz, &inner)) {
            st = wsp_fail_nomem(err);
            break;
        }
        for (size_t i = 0; i < loaded.levels.n; i++)
            told += wsp_limiter_power(limiter, &loaded.levels, i, inner.gain) / piece->rate_hz;
        size_t n = wsp_resampled_length(piece->n, piece->rate_hz, master->settings.rate_hz);
        if (room(&frames, &cap, n) ||
            wsp_finisher_run(finisher, loaded.frames, piece->n, piece->rate_hz, &loaded.levels,
                             &master->limits, frames, &finished) ||
            wsp_levels_measure(&after, frames, n, master->settings.rate_hz))
            st = wsp_fail_nomem(err);
        for (size_t i = 0; i < after.n && !st; i++)
            seen += (double)after.blocks[i].power / master->settings.rate_hz;
    }
    if (told > 0 && seen > 0)
        master->untold_lu = 10 * log10(seen / told);
    free(frames);
    wsp_finisher_free(finisher);
    wsp_levels_release(&after);
    unload(&loaded);
    return st;
}

/* The gain at one pace of the limiter: found, looked at, and found again. */
static enum wsp_status search_at(struct wsp_master *master, const struct wsp_limiter_pace *pace,
                                 double gain, struct wsp_limiter *limiter, double *lufs,
                                 struct wsp_error *err)
{
    enum { LOOKS = 2 };
    master->limits.pace = *pace;
    master->limits.gain = gain;
    master->untold_lu = 0;
    enum wsp_status st = search(master, lufs, err);
    for (int look = 0; look < LOOKS && !st; look++) {
        st = see_untold(master, limiter, err);
        if (!st)
            st = search(master, lufs, err);
    }
    return st;
}

/* The loudness in whole tenths that can be had, `lufs` or a little less: tried, because whoever is
 * told of it will ask for it. */
static enum wsp_status settle_for_less(struct wsp_master *master, struct wsp_limiter *limiter,
                                       double plain, double lufs, struct wsp_error *err)
{
    enum { TRIES = 8 };
    const struct wsp_limiter_pace *fastest = &wsp_limiter_paces[wsp_n_limiter_paces - 1];
    for (int i = 0; i < TRIES; i++) {
        master->wanted_lufs = floor(lufs * 10) / 10;
        double gain = plain * from_db(master->wanted_lufs - master->settings.loudness_lufs), got;
        enum wsp_status st = search_at(master, fastest, gain, limiter, &got, err);
        if (st)
            return st;
        if (fabs(master->wanted_lufs - got) <= short_by_lu)
            break;
        lufs = fmin(got, master->wanted_lufs - tenth_lu);
    }
    return master->settings.yields ? WSP_OK : cannot(master, err);
}

static enum wsp_status find_gain(struct wsp_master *master, struct wsp_error *err)
{
    double lufs = wsp_meter_integrated(&master->meter), wanted = master->settings.loudness_lufs;
    master->wanted_lufs = wanted;
    double plain = isinf(lufs) ? 1 : from_db(wanted - lufs);
    struct wsp_limiter limiter = {0};
    master->limits = (struct wsp_limits){.gain = plain,
                                         .ceiling = from_db(master->settings.true_peak_dbtp),
                                         .pace = wsp_limiter_paces[0]};
    bool stays_below = master->highest * plain <= inner_limits(master).ceiling;
    enum wsp_status st = stays_below ? measure(master, err) : WSP_OK;
    for (size_t i = 0; i < wsp_n_limiter_paces && !st && !stays_below; i++) {
        st = search_at(master, &wsp_limiter_paces[i], plain, &limiter, &lufs, err);
        if (st || fabs(wanted - lufs) <= short_by_lu)
            break;
        if (i + 1 == wsp_n_limiter_paces)
            st = settle_for_less(master, &limiter, plain, lufs, err);
    }
    wsp_limiter_release(&limiter);
    return st;
}

/* ---- giving on --------------------------------------------------------------------------- */

/* A thread's own. */
struct bench {
    struct wsp_finisher *finisher;
    struct loaded loaded;
};

/* What waits for its turn. */
struct parcel {
    float *frames;
    size_t n, cap;
    struct wsp_finished finished;
};

static void close_bench(void *state)
{
    struct bench *bench = state;
    if (!bench)
        return;
    wsp_finisher_free(bench->finisher);
    unload(&bench->loaded);
    free(bench);
}

static void *open_bench(void *context)
{
    const struct wsp_master *master = context;
    struct bench *bench = calloc(1, sizeof *bench);
    if (!bench)
        return NULL;
    bench->finisher = wsp_finisher_new(master->settings.rate_hz);
    if (bench->finisher)
        return bench;
    close_bench(bench);
    return NULL;
}

static void drop_parcel(void *result)
{
    struct parcel *parcel = result;
    if (parcel)
        free(parcel->frames);
    free(parcel);
}

static enum wsp_status finish_piece(void *context, void *state, size_t i, void **result,
                                    struct wsp_error *err)
{
    struct wsp_master *master = context;
    struct bench *bench = state;
    const struct piece *piece = &master->pieces[i];
    struct parcel *parcel = *result ? *result : calloc(1, sizeof *parcel);
    *result = parcel;
    if (!parcel)
        return wsp_fail_nomem(err);
    enum wsp_status st = load(master, piece, &bench->loaded, err);
    if (st)
        return st;
    parcel->n = wsp_resampled_length(piece->n, piece->rate_hz, master->settings.rate_hz);
    parcel->finished = (struct wsp_finished){.deepest = 1};
    if (piece->ready) {
        if (room(&parcel->frames, &parcel->cap, parcel->n))
            return wsp_fail_nomem(err);
        if (parcel->n > 0)
            memcpy(parcel->frames, bench->loaded.frames, parcel->n * sizeof *parcel->frames);
        parcel->finished.true_peak = (double)wsp_true_peak(parcel->frames, parcel->n);
        return WSP_OK;
    }
    if (room(&parcel->frames, &parcel->cap, parcel->n) ||
        wsp_finisher_run(bench->finisher, bench->loaded.frames, piece->n, piece->rate_hz,
                         &bench->loaded.levels, &master->limits, parcel->frames, &parcel->finished))
        return wsp_fail_nomem(err);
    return WSP_OK;
}

static enum wsp_status take_piece(void *context, size_t i, void *result, struct wsp_error *err)
{
    struct wsp_master *master = context;
    const struct parcel *parcel = result;
    if (wsp_cancelled(master->settings.cancel))
        return wsp_fail_cancelled(err);
    enum wsp_status st = wsp_receive_silence(master->receiver, master->pieces[i].silence, err);
    if (!st)
        st = master->receiver->receive(master->receiver->context, parcel->frames, parcel->n, err);
    master->true_peak = fmax(master->true_peak, parcel->finished.true_peak);
    master->deepest = fmin(master->deepest, parcel->finished.deepest);
    return st;
}

enum wsp_status wsp_master_give(struct wsp_master *master, const struct wsp_receiver *receiver,
                                struct wsp_master_report *report, struct wsp_error *err)
{
    *report = (struct wsp_master_report){0};
    enum wsp_status st = find_gain(master, err);
    if (st)
        return st;
    master->receiver = receiver;
    master->true_peak = 0;
    master->deepest = 1;
    const struct wsp_crew_work work = {
        .threads = master->settings.threads,
        .context = master,
        .open = open_bench,
        .work = finish_piece,
        .take = take_piece,
        .drop = drop_parcel,
        .close = close_bench,
    };
    st = wsp_crew_run(&work, master->n_pieces, err);
    if (!st)
        st = wsp_receive_silence(receiver, master->silence, err);
    if (!st && wsp_meter_read(&master->meter, &report->loudness))
        st = wsp_fail_nomem(err);
    report->meter = &master->meter;
    report->loudness.integrated_lufs += master->untold_lu;
    report->loudness.momentary_lufs += master->untold_lu;
    report->loudness.short_term_lufs += master->untold_lu;
    report->gain_db = to_db(master->limits.gain);
    report->short_lu = master->settings.loudness_lufs - master->wanted_lufs;
    report->true_peak_dbtp = to_db(master->true_peak);
    report->limited_db = to_db(1 / master->deepest);
    return st;
}
