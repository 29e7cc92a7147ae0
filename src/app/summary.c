#include "app/summary.h"

#include "app/say.h"
#include "base/text.h"
#include "output/parts.h"
#include "timing/timing.h"

#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SUMMARY_VERSION = 1, PATH_LIMIT = 2 * PATH_MAX };

static double length_s(const struct wsp_session_report *report)
{
    return (double)report->timeline.length / report->timeline.rate_hz;
}

void wsp_tell_summary(const struct wsp_session_report *report)
{
    const struct wsp_master_report *master = &report->master;
    unsigned seconds = (unsigned)length_s(report);
    if (!report->levelled)
        return;
    wsp_say_remark(NULL, 0, _("%u min %02u s, %.1f LUFS, range %.1f LU, true peak %.1f dBTP"),
                   seconds / 60, seconds % 60, master->loudness.integrated_lufs,
                   master->loudness.range_lu, master->true_peak_dbtp);
    wsp_say_remark(NULL, 0, _("peak to loudness %.1f LU, limited by at most %.1f dB"),
                   master->true_peak_dbtp - master->loudness.integrated_lufs, master->limited_db);
    if (master->short_lu > 0)
        wsp_say_remark(NULL, 0,
                       _("no more went under the true peak: it is %.1f LU below the profile's "
                         "loudness; raise --true-peak, or ask for less with --loudness"),
                       master->short_lu);
}

/* Two decimals; null where nothing was measured. */
static json_t *figure(double value)
{
    return isfinite(value) ? json_real(round(value * 100) / 100) : json_null();
}

static json_t *measures_of(const struct wsp_session_report *report)
{
    const struct wsp_master_report *master = &report->master;
    if (!report->levelled)
        return json_null();
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "integrated_lufs",
        figure(master->loudness.integrated_lufs), "range_lu", figure(master->loudness.range_lu),
        "momentary_max_lufs", figure(master->loudness.momentary_lufs), "short_term_max_lufs",
        figure(master->loudness.short_term_lufs), "true_peak_dbtp", figure(master->true_peak_dbtp),
        "peak_to_loudness_lu", figure(master->true_peak_dbtp - master->loudness.integrated_lufs),
        "limited_db", figure(master->limited_db));
}

static json_t *outputs_of(const struct wsp_options *options)
{
    json_t *outputs = json_array();
    for (size_t i = 0; i < options->outs.n; i++) {
        struct wsp_buf name = WSP_BUF_INIT(PATH_LIMIT);
        if (options->split && !wsp_timing_kind_of(options->outs.items[i]))
            wsp_parts_add_playlist(&name, options->outs.items[i]);
        else
            wsp_buf_puts(&name, options->outs.items[i]);
        json_array_append_new(outputs, json_string(name.ptr));
        wsp_buf_release(&name);
    }
    return outputs;
}

static bool sounds_on_standard_output(const struct wsp_options *options)
{
    for (size_t i = 0; i < options->outs.n; i++)
        if (strcmp(options->outs.items[i], "-") == 0)
            return true;
    return false;
}

enum wsp_status wsp_print_summary(const struct wsp_options *options,
                                  const struct wsp_session_report *report, int status,
                                  struct wsp_error *err)
{
    json_t *summary = json_pack(
        "{s:i, s:i, s:s, s:s, s:o, s:o, s:I, s:I, s:I, s:I, s:o}", "version", SUMMARY_VERSION,
        "status", status, "profile", options->profile, "voice", options->voice, "outputs",
        outputs_of(options), "seconds", figure(length_s(report)), "sentences",
        (json_int_t)report->timeline.n_entries, "failed", (json_int_t)report->n_failed, "left_out",
        (json_int_t)report->n_left_out, "underruns", (json_int_t)report->underruns, "loudness",
        measures_of(report));
    if (!summary)
        return wsp_fail_nomem(err);
    FILE *to = sounds_on_standard_output(options) ? stderr : stdout;
    int failed = json_dumpf(summary, to, JSON_COMPACT | JSON_REAL_PRECISION(6)) ||
                 fputc('\n', to) == EOF || fflush(to);
    json_decref(summary);
    return failed ? wsp_fail(err, WSP_IO, _("cannot write to standard output: %s"),
                             _("the summary of --json was not taken"))
                  : WSP_OK;
}
