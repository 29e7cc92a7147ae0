#include "audio/master.h"

#include "audio/limiter.h"
#include "audio/spool.h"
#include "audio/truepeak.h"
#include "base/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { PIECE = 16 * 1024, ROUNDS_MAX = 8 };

static const double close_lu = 0.01;  /* a round more would change less than anybody measures */
static const double margin_db = 0.15; /* for the interpolation's own error, and for rounding */
static const double short_by_lu = 0.1;

struct wsp_master {
    struct wsp_master_settings settings;
    struct wsp_spool *spool;
    struct wsp_meter *meter;
    struct wsp_limiter *limiter;
    struct wsp_true_peak peak; /* of what came in */
    double gain_db;
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
    enum wsp_status st = wsp_spool_open(&master->spool, settings->folder, err);
    if (!st && (wsp_meter_new(&master->meter, settings->rate_hz, settings->channels) ||
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
    free(master);
}

enum wsp_status wsp_master_add(struct wsp_master *master, const float *frames, size_t n,
                               struct wsp_error *err)
{
    wsp_true_peak_add(&master->peak, frames, n);
    if (wsp_meter_add(master->meter, frames, n))
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

struct measuring {
    struct wsp_meter *meter;
    struct wsp_true_peak peak;
};

static enum wsp_status measure(void *context, const float *frames, size_t n, struct wsp_error *err)
{
    struct measuring *measuring = context;
    wsp_true_peak_add(&measuring->peak, frames, n);
    return wsp_meter_add(measuring->meter, frames, n) ? wsp_fail_nomem(err) : WSP_OK;
}

static enum wsp_status measure_pass(struct wsp_master *master, struct wsp_master_report *report,
                                    struct wsp_error *err)
{
    struct measuring measuring = {0};
    wsp_true_peak_init(&measuring.peak);
    if (wsp_meter_new(&measuring.meter, master->settings.rate_hz, master->settings.channels))
        return wsp_fail_nomem(err);
    enum wsp_status st =
        pass(master, &(struct wsp_receiver){.context = &measuring, .receive = measure}, err);
    if (!st && wsp_meter_read(measuring.meter, &report->loudness))
        st = wsp_fail_nomem(err);
    wsp_meter_free(measuring.meter);
    report->true_peak_dbtp = 20 * log10(measuring.peak.peak);
    report->gain_db = master->gain_db;
    report->limited_db = wsp_limiter_deepest_db(master->limiter);
    return st;
}

/* ---- the gain ---------------------------------------------------------------------------- */

/* Then the gain is all that happens, and what was measured while the frames came in needs only be
 * moved. */
static bool stays_below(const struct wsp_master *master)
{
    return 20 * log10(master->peak.peak) + master->gain_db <
           master->settings.true_peak_dbtp - margin_db;
}

static void move(const struct wsp_master *master, const struct wsp_loudness *loudness,
                 struct wsp_master_report *report)
{
    double db = master->gain_db;
    report->loudness = *loudness;
    report->loudness.integrated_lufs += db;
    report->loudness.momentary_lufs += db;
    report->loudness.short_term_lufs += db;
    report->loudness.sample_peak *= from_db(db);
    report->gain_db = db;
    report->true_peak_dbtp = 20 * log10(master->peak.peak) + db;
}

static enum wsp_status cannot(const struct wsp_master *master,
                              const struct wsp_master_report *report, struct wsp_error *err)
{
    return wsp_fail(
        err, WSP_DATA,
        _("%.1f LUFS cannot be had under a true peak of %.1f dBTP, %.1f LUFS can; ask for "
          "less with --loudness or raise --true-peak"),
        master->settings.loudness_lufs, master->settings.true_peak_dbtp,
        floor(report->loudness.integrated_lufs * 10) / 10);
}

enum wsp_status wsp_master_prepare(struct wsp_master *master, struct wsp_master_report *report,
                                   struct wsp_error *err)
{
    struct wsp_loudness loudness;
    *report = (struct wsp_master_report){0};
    if (wsp_meter_read(master->meter, &loudness))
        return wsp_fail_nomem(err);
    if (isinf(loudness.integrated_lufs)) {
        report->loudness = loudness;
        report->true_peak_dbtp = -HUGE_VAL;
        return WSP_OK;
    }
    master->gain_db = master->settings.loudness_lufs - loudness.integrated_lufs;
    if (stays_below(master)) {
        move(master, &loudness, report);
        return WSP_OK;
    }
    for (int round = 0; round < ROUNDS_MAX; round++) {
        enum wsp_status st = measure_pass(master, report, err);
        double missing = master->settings.loudness_lufs - report->loudness.integrated_lufs;
        if (st || fabs(missing) <= close_lu)
            return st;
        if (round + 1 < ROUNDS_MAX) /* the limiter takes a part of what is added */
            master->gain_db += missing * (report->limited_db > 6 ? 1.6 : 1.1);
        else if (fabs(missing) > short_by_lu)
            return cannot(master, report, err);
    }
    return WSP_OK;
}

enum wsp_status wsp_master_give(struct wsp_master *master, const struct wsp_receiver *receiver,
                                struct wsp_error *err)
{
    return pass(master, receiver, err);
}
