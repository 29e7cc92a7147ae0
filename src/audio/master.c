#include "audio/master.h"

#include "audio/level.h"
#include "audio/limiter.h"
#include "audio/spool.h"
#include "audio/truepeak.h"
#include "base/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { PIECE = 16 * 1024, ROUNDS_MAX = 8 };

static const double close_lu = 0.03;  /* a round more would change less than anybody measures */
static const double margin_db = 0.15; /* for the interpolation's own error, and for rounding */
static const double exact_lu = 0.02;
static const double short_by_lu = 0.1;

/* Powers of a stream, a tenth of a second at a time. */
struct tenths {
    double *powers;
    size_t n, cap, step, filled;
    double sum, total;
};

static enum wsp_status weigh(void *context, const float *frames, size_t n, struct wsp_error *err)
{
    struct tenths *tenths = context;
    while (n > 0) {
        size_t piece = n < tenths->step - tenths->filled ? n : tenths->step - tenths->filled;
        double power = wsp_power(frames, piece);
        tenths->sum += power;
        tenths->total += power;
        tenths->filled += piece;
        frames += piece;
        n -= piece;
        if (tenths->filled < tenths->step)
            continue;
        if (wsp_grow(&tenths->powers, &tenths->cap, tenths->n, sizeof *tenths->powers))
            return wsp_fail_nomem(err);
        tenths->powers[tenths->n++] = tenths->sum;
        tenths->sum = 0;
        tenths->filled = 0;
    }
    return WSP_OK;
}

struct wsp_master {
    struct wsp_master_settings settings;
    struct wsp_spool *spool;
    struct wsp_meter *meter;
    struct wsp_limiter *limiter;
    struct wsp_true_peak peak; /* of what came in */
    struct tenths in;
    double gain_db;
    double slope; /* LU that a dB more brings, as the limiter lets it */
};

static double from_db(double db)
{
    return pow(10, db / 20);
}

enum wsp_status wsp_master_open(struct wsp_master **out, const struct wsp_master_settings *settings,
                                struct wsp_error *err)
{
    *out = NULL;
    struct wsp_master *master = calloc(1, sizeof *master);
    if (!master)
        return wsp_fail_nomem(err);
    master->settings = *settings;
    wsp_true_peak_init(&master->peak);
    master->in.step = settings->rate_hz / 10;
    master->slope = 0.65;
    enum wsp_status st = wsp_spool_open(&master->spool, settings->folder, err);
    if (!st &&
        (wsp_meter_new(&master->meter, WSP_METER_QUICK, settings->rate_hz, settings->channels) ||
         wsp_limiter_new(&master->limiter, settings->rate_hz,
                         from_db(settings->true_peak_dbtp - margin_db))))
        st = wsp_fail_nomem(err);
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
    wsp_meter_free(master->meter);
    wsp_limiter_free(master->limiter);
    free(master->in.powers);
    free(master);
}

enum wsp_status wsp_master_add(struct wsp_master *master, const float *frames, size_t n,
                               struct wsp_error *err)
{
    wsp_true_peak_add(&master->peak, frames, n);
    if (wsp_meter_add(master->meter, frames, n) || weigh(&master->in, frames, n, err))
        return wsp_fail_nomem(err);
    return wsp_spool_add(master->spool, frames, n, err);
}

/* ---- a pass over the spool --------------------------------------------------------------- */

/* The frames of the spool with gain and limiter, the limiter's delay taken off. */
static enum wsp_status pass(struct wsp_master *master, const struct wsp_receiver *receiver,
                            struct wsp_error *err)
{
    float frames[PIECE];
    float gain = (float)from_db(master->gain_db);
    size_t late = wsp_limiter_delay(master->limiter), drained = 0, got;
    wsp_limiter_reset(master->limiter);
    enum wsp_status st = wsp_spool_rewind(master->spool, err);
    for (size_t skip = late; !st;) {
        st = wsp_spool_read(master->spool, frames, PIECE, &got, err);
        if (st)
            break;
        for (size_t i = 0; i < got; i++)
            frames[i] *= gain;
        if (got == 0) { /* the end: drain */
            got = late - drained < PIECE ? late - drained : PIECE;
            for (size_t i = 0; i < got; i++)
                frames[i] = 0;
            drained += got;
        }
        if (got == 0)
            break;
        wsp_limiter_flow(master->limiter, frames, frames, got);
        size_t first = skip < got ? skip : got;
        skip -= first;
        if (got > first)
            st = receiver->receive(receiver->context, frames + first, got - first, err);
    }
    return st;
}

/* A receiver that measures and gives on. */
struct measuring {
    struct wsp_meter *meter;
    struct wsp_true_peak peak;
    const struct wsp_receiver *next; /* NULL: nobody */
};

static enum wsp_status measure(void *context, const float *frames, size_t n, struct wsp_error *err)
{
    struct measuring *measuring = context;
    wsp_true_peak_add(&measuring->peak, frames, n);
    if (wsp_meter_add(measuring->meter, frames, n))
        return wsp_fail_nomem(err);
    return measuring->next ? measuring->next->receive(measuring->next->context, frames, n, err)
                           : WSP_OK;
}

static enum wsp_status give_measured(struct wsp_master *master, const struct wsp_receiver *next,
                                     struct wsp_master_report *report, struct wsp_error *err)
{
    struct measuring measuring = {.next = next};
    wsp_true_peak_init(&measuring.peak);
    if (wsp_meter_new(&measuring.meter, WSP_METER_EXACT, master->settings.rate_hz,
                      master->settings.channels))
        return wsp_fail_nomem(err);
    enum wsp_status st =
        pass(master, &(struct wsp_receiver){.context = &measuring, .receive = measure}, err);
    if (!st && wsp_meter_read(measuring.meter, &report->loudness))
        st = wsp_fail_nomem(err);
    wsp_meter_free(measuring.meter);
    report->true_peak_dbtp = 20 * log10(measuring.peak.peak);
    report->limited_db = wsp_limiter_deepest_db(master->limiter);
    return st;
}

/* ---- the gain ---------------------------------------------------------------------------- */

/* Then the gain is all that happens, and what was measured while the frames came in moves by it. */
static bool stays_below(const struct wsp_master *master)
{
    return 20 * log10(master->peak.peak) + master->gain_db <
           master->settings.true_peak_dbtp - margin_db;
}

static void move(const struct wsp_master *master, struct wsp_master_report *report)
{
    double db = master->gain_db;
    report->loudness.integrated_lufs += db;
    report->loudness.momentary_lufs += db;
    report->loudness.short_term_lufs += db;
    report->loudness.sample_peak *= from_db(db);
    report->true_peak_dbtp = 20 * log10(master->peak.peak) + db;
}

static enum wsp_status weigh_pass(struct wsp_master *master, struct tenths *tenths,
                                  struct wsp_error *err)
{
    tenths->n = tenths->filled = 0;
    tenths->sum = tenths->total = 0;
    tenths->step = master->settings.rate_hz / 10;
    return pass(master, &(struct wsp_receiver){.context = tenths, .receive = weigh}, err);
}

/* What the loudness would be: each block of what came in changes by as much as its power does. To
 * measure anew would cost four times as much; the last pass does. Too short for a block: the whole.
 */
static double loudness_of(const struct wsp_master *master, double short_lufs,
                          const struct tenths *out, double *scratch)
{
    size_t n;
    const struct tenths *in = &master->in;
    const double *blocks = wsp_meter_blocks(master->meter, &n);
    for (size_t i = 0; i < n; i++) {
        double before = 0, after = 0;
        for (size_t k = i; k < i + 4 && k < in->n && k < out->n; k++) {
            before += in->powers[k];
            after += out->powers[k];
        }
        scratch[i] = before > 0 ? blocks[i] * (after / before) : 0;
    }
    return n > 0 ? wsp_gated_loudness(scratch, n) : short_lufs + 10 * log10(out->total / in->total);
}

static enum wsp_status cannot(const struct wsp_master *master, double lufs, struct wsp_error *err)
{
    return wsp_fail(
        err, WSP_DATA,
        _("%.1f LUFS cannot be had under a true peak of %.1f dBTP, %.1f LUFS can; ask for "
          "less with --loudness or raise --true-peak"),
        master->settings.loudness_lufs, master->settings.true_peak_dbtp, floor(lufs * 10) / 10);
}

/* The limiter takes a part of what is added, and the more the louder: secants find the gain in two
 * or three rounds. */
static enum wsp_status search(struct wsp_master *master, double short_lufs, struct tenths *out,
                              double *scratch, struct wsp_error *err)
{
    const double wanted = master->settings.loudness_lufs;
    double before_db = 0, before_lufs = 0, lufs = 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        enum wsp_status st = weigh_pass(master, out, err);
        if (st)
            return st;
        lufs = loudness_of(master, short_lufs, out, scratch);
        if (fabs(wanted - lufs) <= close_lu)
            return WSP_OK;
        if (round > 0)
            master->slope = (lufs - before_lufs) / (master->gain_db - before_db);
        before_db = master->gain_db;
        before_lufs = lufs;
        if (master->slope < 0.1) /* against the ceiling */
            break;
        master->gain_db += (wanted - lufs) / master->slope;
    }
    return fabs(wanted - lufs) <= short_by_lu ? WSP_OK : cannot(master, lufs, err);
}

static enum wsp_status find_gain(struct wsp_master *master, double lufs, struct wsp_error *err)
{
    struct tenths out = {0};
    size_t n;
    (void)wsp_meter_blocks(master->meter, &n);
    double *scratch = calloc(n + 1, sizeof *scratch);
    enum wsp_status st = scratch ? search(master, lufs, &out, scratch, err) : wsp_fail_nomem(err);
    free(scratch);
    free(out.powers);
    return st;
}

enum wsp_status wsp_master_give(struct wsp_master *master, const struct wsp_receiver *receiver,
                                struct wsp_master_report *report, struct wsp_error *err)
{
    *report = (struct wsp_master_report){0};
    if (wsp_meter_read(master->meter, &report->loudness))
        return wsp_fail_nomem(err);
    double lufs = report->loudness.integrated_lufs;
    if (isinf(lufs)) /* silence */
        return pass(master, receiver, err);
    master->gain_db = master->settings.loudness_lufs - lufs;
    if (stays_below(master)) {
        report->gain_db = master->gain_db;
        move(master, report);
        return pass(master, receiver, err);
    }
    enum wsp_status st = find_gain(master, lufs, err);
    if (!st)
        st = give_measured(master, NULL, report, err);
    report->gain_db = master->gain_db;
    double missing = master->settings.loudness_lufs - report->loudness.integrated_lufs;
    if (st || fabs(missing) <= exact_lu)
        return st ? st : pass(master, receiver, err);
    master->gain_db +=
        missing / master->slope; /* the limiter took more of some frequencies than of others */
    report->gain_db = master->gain_db;
    return give_measured(master, receiver, report, err);
}
