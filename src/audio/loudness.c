#include "audio/loudness.h"

#include "base/buf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    TENTHS_A_SECOND = 10,
    MOMENTARY = 4,   /* tenths */
    SHORT_TERM = 30, /* tenths */
};

static const double offset_lu = 0.691;
static const double absolute_gate_lufs = -70;

void wsp_meter_init(struct wsp_meter *meter, uint32_t rate_hz, unsigned channels)
{
    *meter = (struct wsp_meter){.rate_hz = rate_hz, .channels = channels};
}

void wsp_meter_clear(struct wsp_meter *meter)
{
    if (meter->n > 0)
        memset(meter->tenths, 0, meter->n * sizeof *meter->tenths);
    meter->total = 0;
}

void wsp_meter_release(struct wsp_meter *meter)
{
    free(meter->tenths);
    wsp_meter_init(meter, meter->rate_hz, meter->channels);
}

static uint64_t tenth_of(const struct wsp_meter *meter, uint64_t frame)
{
    return frame * TENTHS_A_SECOND / meter->rate_hz;
}

enum wsp_status wsp_meter_extend(struct wsp_meter *meter, uint64_t length)
{
    uint64_t wanted = tenth_of(meter, length) + 1;
    while (meter->n < wanted) {
        if (wsp_grow(&meter->tenths, &meter->cap, meter->n, sizeof *meter->tenths))
            return WSP_NOMEM;
        meter->tenths[meter->n++] = (struct wsp_tenth){0};
    }
    meter->length = length;
    return WSP_OK;
}

void wsp_meter_add(struct wsp_meter *meter, uint64_t at, double power, double peak)
{
    struct wsp_tenth *tenth = &meter->tenths[tenth_of(meter, at)];
    tenth->power += power;
    tenth->peak = peak > tenth->peak ? peak : tenth->peak; /* fmax() is a call */
    meter->total += power;
}

/* ---- windows ----------------------------------------------------------------------------- */

static double lufs(double mean_square)
{
    return mean_square > 0 ? 10 * log10(mean_square) - offset_lu : -HUGE_VAL;
}

static double mean_square_of(double loudness_lufs)
{
    return pow(10, (loudness_lufs + offset_lu) / 10);
}

/* How many windows of `width` tenths lie in the programme: only whole tenths count. */
static size_t count_windows(const struct wsp_meter *meter, size_t width)
{
    size_t whole = (size_t)tenth_of(meter, meter->length);
    return whole >= width ? whole - width + 1 : 0;
}

/* The mean square of the window that begins at tenth `from`, all channels added up. */
static double window(const struct wsp_meter *meter, size_t from, size_t width)
{
    double sum = 0;
    for (size_t i = from; i < from + width; i++)
        sum += meter->tenths[i].power;
    return sum * meter->channels * TENTHS_A_SECOND / ((double)width * meter->rate_hz);
}

double wsp_meter_at(const struct wsp_meter *meter, size_t i, size_t width)
{
    return i + 1 >= width && i < meter->n ? lufs(window(meter, i + 1 - width, width)) : -HUGE_VAL;
}

/* The mean of the windows above `gate`; 0: there is none. */
static double mean_above(const struct wsp_meter *meter, size_t width, double gate)
{
    double sum = 0;
    size_t kept = 0, n = count_windows(meter, width);
    for (size_t i = 0; i < n; i++) {
        double value = window(meter, i, width);
        if (value > gate) {
            sum += value;
            kept++;
        }
    }
    return kept > 0 ? sum / (double)kept : 0;
}

static double highest(const struct wsp_meter *meter, size_t width)
{
    double value = 0;
    for (size_t i = 0, n = count_windows(meter, width); i < n; i++)
        value = fmax(value, window(meter, i, width));
    return lufs(value);
}

/* ---- what it measures -------------------------------------------------------------------- */

double wsp_meter_integrated(const struct wsp_meter *meter)
{
    double absolute = mean_square_of(absolute_gate_lufs);
    double mean = mean_above(meter, MOMENTARY, absolute);
    if (mean > 0)
        return lufs(mean_above(meter, MOMENTARY, fmax(absolute, mean / 10))); /* 10 LU below */
    return meter->length > 0 ? lufs(meter->total * meter->channels / (double)meter->length)
                             : -HUGE_VAL;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* EBU Tech 3342: between the 10th and the 95th of a hundred of the short-term loudnesses that pass
 * gates at -70 LUFS and 20 LU below their mean. */
static enum wsp_status measure_range(const struct wsp_meter *meter, double *range_lu)
{
    size_t n = count_windows(meter, SHORT_TERM), kept = 0;
    double absolute = mean_square_of(absolute_gate_lufs);
    double gate = fmax(absolute, mean_above(meter, SHORT_TERM, absolute) / 100);
    *range_lu = 0;
    double *values = n > 0 ? malloc(n * sizeof *values) : NULL;
    if (n > 0 && !values)
        return WSP_NOMEM;
    for (size_t i = 0; i < n; i++) {
        double value = window(meter, i, SHORT_TERM);
        if (value > gate)
            values[kept++] = value;
    }
    if (kept > 1) {
        qsort(values, kept, sizeof *values, compare);
        double last = (double)(kept - 1);
        *range_lu = lufs(values[lround(0.95 * last)]) - lufs(values[lround(0.10 * last)]);
    }
    free(values);
    return WSP_OK;
}

enum wsp_status wsp_meter_read(const struct wsp_meter *meter, struct wsp_loudness *loudness)
{
    loudness->integrated_lufs = wsp_meter_integrated(meter);
    loudness->momentary_lufs = highest(meter, MOMENTARY);
    loudness->short_term_lufs = highest(meter, SHORT_TERM);
    return measure_range(meter, &loudness->range_lu);
}
