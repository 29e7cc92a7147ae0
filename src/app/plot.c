#include "app/plot.h"

#include "base/buf.h"
#include "base/text.h"

#include <cairo-svg.h>
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Sizes in points, loudness in LUFS. */
enum { WIDTH = 1200, HEIGHT = 520, LEFT = 64, RIGHT = 20, TOP = 56, BOTTOM = 56 };
enum { LOWEST_LUFS = -50, HIGHEST_LUFS = 0, MOMENTARY = 4, SHORT_TERM = 30 };

struct colour {
    double red, green, blue;
};

static const struct colour ink = {0.13, 0.13, 0.13}, pale = {0.80, 0.80, 0.80},
                           wave = {0.78, 0.84, 0.92}, momentary = {0.35, 0.60, 0.35},
                           short_term = {0.80, 0.33, 0.10}, mark = {0.55, 0.55, 0.55};

struct sheet {
    cairo_t *cairo;
    const struct wsp_session_report *report;
    double seconds;
};

static const char *extension_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (strcasecmp(dot, ".png") == 0 || strcasecmp(dot, ".svg") == 0) ? dot : NULL;
}

enum wsp_status wsp_plot_check(const char *path, struct wsp_error *err)
{
    return extension_of(path) ? WSP_OK
                              : wsp_fail(err, WSP_USAGE,
                                         _("the name '%s' does not say what to draw; end it with "
                                           ".png or .svg"),
                                         path);
}

/* ---- places ------------------------------------------------------------------------------ */

static double x_of(const struct sheet *sheet, double seconds)
{
    return LEFT + (WIDTH - LEFT - RIGHT) * seconds / sheet->seconds;
}

static double y_of(double lufs)
{
    double part = (HIGHEST_LUFS - lufs) / (HIGHEST_LUFS - LOWEST_LUFS);
    return TOP + (HEIGHT - TOP - BOTTOM) * fmin(1, fmax(0, part));
}

static void use(cairo_t *cairo, struct colour colour, double width)
{
    cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
    cairo_set_line_width(cairo, width);
}

/* `anchor`: 0 is the beginning of the text, 1 its end. */
static void write_text(cairo_t *cairo, double x, double y, double anchor, const char *text)
{
    cairo_text_extents_t extents;
    cairo_text_extents(cairo, text, &extents);
    cairo_move_to(cairo, x - anchor * extents.x_advance, y);
    cairo_show_text(cairo, text);
}

static void line(cairo_t *cairo, double x, double y, double to_x, double to_y)
{
    cairo_move_to(cairo, x, y);
    cairo_line_to(cairo, to_x, to_y);
    cairo_stroke(cairo);
}

/* ---- parts of the picture ---------------------------------------------------------------- */

/* A step that makes five to twelve marks of `seconds`. */
static double step_of(double seconds)
{
    static const double steps[] = {0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600};
    for (size_t i = 0; i < WSP_LEN(steps); i++)
        if (seconds / steps[i] <= 12)
            return steps[i];
    return 7200;
}

static void draw_grid(const struct sheet *sheet)
{
    cairo_t *cairo = sheet->cairo;
    char text[64];
    for (int lufs = LOWEST_LUFS; lufs <= HIGHEST_LUFS; lufs += 10) {
        use(cairo, pale, 0.7);
        line(cairo, LEFT, y_of(lufs), WIDTH - RIGHT, y_of(lufs));
        use(cairo, ink, 1);
        (void)snprintf(text, sizeof text, "%d", lufs);
        write_text(cairo, LEFT - 8, y_of(lufs) + 4, 1, text);
    }
    double step = step_of(sheet->seconds);
    for (unsigned i = 0; i * step <= sheet->seconds; i++) {
        double at = i * step;
        unsigned whole = (unsigned)at;
        use(cairo, ink, 1);
        if (step < 1)
            (void)snprintf(text, sizeof text, "%.1f s", at);
        else
            (void)snprintf(text, sizeof text, "%u:%02u", whole / 60, whole % 60);
        write_text(cairo, x_of(sheet, at), HEIGHT - BOTTOM + 34, 0.5, text);
    }
}

/* The peaks of each tenth around the middle, over the whole height. */
static void draw_wave(const struct sheet *sheet)
{
    const struct wsp_meter *meter = sheet->report->master.meter;
    double middle = (TOP + HEIGHT - BOTTOM) / 2.0, half = (HEIGHT - TOP - BOTTOM) / 2.0;
    use(sheet->cairo, wave, 1);
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(sheet->cairo, x_of(sheet, 0), middle);
        for (size_t i = 0; i < meter->n; i++) {
            double peak = fmin(1, meter->tenths[i].peak);
            cairo_line_to(sheet->cairo, x_of(sheet, fmin(sheet->seconds, 0.1 * (double)i + 0.05)),
                          middle + side * half * peak);
        }
        cairo_line_to(sheet->cairo, x_of(sheet, sheet->seconds), middle);
        cairo_close_path(sheet->cairo);
        cairo_fill(sheet->cairo);
    }
}

static void draw_loudness(const struct sheet *sheet, size_t width, struct colour colour, double pen)
{
    const struct wsp_meter *meter = sheet->report->master.meter;
    bool down = false;
    use(sheet->cairo, colour, pen);
    for (size_t i = 0; i < meter->n; i++) {
        double lufs = wsp_meter_at(meter, i, width), at = 0.1 * (double)(i + 1);
        bool seen = lufs > LOWEST_LUFS && at <= sheet->seconds;
        if (seen && down)
            cairo_line_to(sheet->cairo, x_of(sheet, at), y_of(lufs));
        else if (seen)
            cairo_move_to(sheet->cairo, x_of(sheet, at), y_of(lufs));
        down = seen;
    }
    cairo_stroke(sheet->cairo);
}

/* A stroke under the picture for each sentence, with its number where there is room. */
static void draw_sentences(const struct sheet *sheet)
{
    const struct wsp_timeline *timeline = &sheet->report->timeline;
    double y = HEIGHT - BOTTOM + 8, free_from = 0;
    char text[32];
    for (size_t i = 0; i < timeline->n_entries; i++) {
        const struct wsp_timeline_entry *entry = &timeline->entries[i];
        double from = x_of(sheet, (double)entry->begin / timeline->rate_hz);
        double to = x_of(sheet, (double)entry->end / timeline->rate_hz);
        use(sheet->cairo, mark, 3);
        line(sheet->cairo, from, y, fmax(to, from + 1), y);
        (void)snprintf(text, sizeof text, "%u", entry->number + 1);
        if (from < free_from)
            continue;
        use(sheet->cairo, ink, 1);
        write_text(sheet->cairo, from, y + 13, 0, text);
        free_from = from + 24;
    }
}

static void draw_legend(const struct sheet *sheet)
{
    const struct wsp_master_report *master = &sheet->report->master;
    const struct {
        const char *text;
        struct colour colour;
    } rows[] = {{_("momentary"), momentary}, {_("short-term"), short_term}, {_("waveform"), wave}};
    char text[256];
    double x = WIDTH - RIGHT;
    for (size_t i = WSP_LEN(rows); i-- > 0;) {
        cairo_text_extents_t extents;
        cairo_text_extents(sheet->cairo, rows[i].text, &extents);
        x -= extents.x_advance + 40;
        use(sheet->cairo, rows[i].colour, 4);
        line(sheet->cairo, x, TOP - 26, x + 22, TOP - 26);
        use(sheet->cairo, ink, 1);
        write_text(sheet->cairo, x + 28, TOP - 22, 0, rows[i].text);
    }
    (void)snprintf(text, sizeof text, _("integrated %.1f LUFS, range %.1f LU, true peak %.1f dBTP"),
                   master->loudness.integrated_lufs, master->loudness.range_lu,
                   master->true_peak_dbtp);
    write_text(sheet->cairo, LEFT, TOP - 22, 0, text);
    write_text(sheet->cairo, LEFT - 8, TOP - 8, 1, "LUFS");
    double dashes[] = {6, 4};
    cairo_set_dash(sheet->cairo, dashes, WSP_LEN(dashes), 0);
    use(sheet->cairo, ink, 1);
    double y = y_of(master->loudness.integrated_lufs);
    line(sheet->cairo, LEFT, y, WIDTH - RIGHT, y);
    cairo_set_dash(sheet->cairo, NULL, 0, 0);
}

static void draw(const struct sheet *sheet)
{
    cairo_set_source_rgb(sheet->cairo, 1, 1, 1);
    cairo_paint(sheet->cairo);
    cairo_select_font_face(sheet->cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(sheet->cairo, 13);
    draw_wave(sheet);
    draw_grid(sheet);
    draw_loudness(sheet, MOMENTARY, momentary, 0.8);
    draw_loudness(sheet, SHORT_TERM, short_term, 2);
    draw_sentences(sheet);
    draw_legend(sheet);
}

/* ---- the file ---------------------------------------------------------------------------- */

static enum wsp_status cannot_draw(const char *path, const char *why, struct wsp_error *err)
{
    return wsp_fail(err, WSP_CANTCREAT, _("cannot draw '%s': %s"), path, why);
}

enum wsp_status wsp_plot(const char *path, const struct wsp_session_report *report,
                         struct wsp_error *err)
{
    if (!report->levelled)
        return wsp_fail(err, WSP_DATA,
                        _("the profile raw is not measured, so --plot has nothing to draw; choose "
                          "another profile"));
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.part", path) >= (int)sizeof beside)
        return cannot_draw(path, wsp_errno_text(ENAMETOOLONG), err);
    bool svg = strcasecmp(extension_of(path), ".svg") == 0;
    cairo_surface_t *surface = svg ? cairo_svg_surface_create(beside, WIDTH, HEIGHT)
                                   : cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    struct sheet sheet = {
        .cairo = cairo_create(surface),
        .report = report,
        .seconds = (double)report->timeline.length / report->timeline.rate_hz,
    };
    draw(&sheet);
    cairo_status_t status = cairo_status(sheet.cairo);
    cairo_destroy(sheet.cairo);
    if (!status && !svg)
        status = cairo_surface_write_to_png(surface, beside);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    enum wsp_status st = status ? cannot_draw(path, cairo_status_to_string(status), err) : WSP_OK;
    if (!st && rename(beside, path))
        st = cannot_draw(path, wsp_errno_text(errno), err);
    if (st)
        unlink(beside);
    return st;
}
