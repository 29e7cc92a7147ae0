#include "console/large.h"

#include <cairo.h>
#include <stdbool.h>
#include <string.h>

enum {
    PER_CELL = 2,   /* points across and down */
    LINE_MIN = 18,  /* points: less, and the marks of letters run together */
    LINES_BEST = 5, /* a screen with more room has larger letters */
    WORDS_MAX = 512,
    WORD_MAX = 128, /* bytes */
};

/* A point is twice as high as it is wide. */
static const double stretch = 2.0, gap = 0.35; /* between words, of the size */

/* A quarter of a cell each: upper left 1, upper right 2, lower left 4, lower right 8. */
static const char *const quarters[16] = {" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛",
                                         "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█"};

struct large_word {
    uint32_t begin, end; /* bytes of the text */
    double width;
    unsigned line;
};

struct sheet {
    cairo_surface_t *surface;
    cairo_t *cairo;
    int width, height; /* points */
    double size;       /* of the letters, points down */
    double line;       /* from one line to the next */
    struct large_word words[WORDS_MAX];
    size_t n_words;
};

static void copy_word(char *to, struct wsp_str text, const struct large_word *word)
{
    size_t n = word->end - word->begin < WORD_MAX ? word->end - word->begin : WORD_MAX - 1;
    memcpy(to, text.ptr + word->begin, n);
    to[n] = '\0';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t';
}

/* Where every word stands. */
static void set_words(struct sheet *sheet, struct wsp_str text)
{
    double x = 0, space = sheet->size * gap;
    unsigned line = 0;
    char buffer[WORD_MAX];
    for (uint32_t at = 0; at < text.len && sheet->n_words < WORDS_MAX;) {
        struct large_word word = {.begin = at};
        while (at < text.len && !is_blank(text.ptr[at]))
            at++;
        word.end = at;
        if (word.end > word.begin) {
            cairo_text_extents_t extents;
            copy_word(buffer, text, &word);
            cairo_text_extents(sheet->cairo, buffer, &extents);
            word.width = extents.x_advance;
            if (x > 0 && (x + word.width) * stretch > sheet->width) {
                x = 0;
                line++;
            }
            word.line = line;
            x += word.width + space;
            sheet->words[sheet->n_words++] = word;
        }
        at++;
    }
}

static void paint(struct sheet *sheet, struct wsp_str text, struct wsp_span mark)
{
    unsigned room = (unsigned)(sheet->height / sheet->line), at = 0, first = 0;
    for (size_t i = 0; i < sheet->n_words; i++)
        if (mark.end > mark.begin && sheet->words[i].begin < mark.end)
            at = sheet->words[i].line;
    room = room > 0 ? room : 1;
    first = at / room * room; /* page by page: what is read does not move */
    double x = 0, space = sheet->size * gap;
    char buffer[WORD_MAX];
    for (size_t i = 0; i < sheet->n_words; i++) {
        const struct large_word *word = &sheet->words[i];
        if (i > 0 && word->line != word[-1].line)
            x = 0;
        if (word->line >= first && word->line < first + room) {
            bool marks = word->begin < mark.end && word->end > mark.begin;
            double top = (word->line - first) * sheet->line;
            copy_word(buffer, text, word);
            cairo_set_operator(sheet->cairo, CAIRO_OPERATOR_OVER);
            if (marks) {
                cairo_rectangle(sheet->cairo, x - space / 4, top, word->width + space / 2,
                                sheet->line);
                cairo_fill(sheet->cairo);
                cairo_set_operator(sheet->cairo, CAIRO_OPERATOR_CLEAR);
            }
            cairo_move_to(sheet->cairo, x, top + sheet->size);
            cairo_show_text(sheet->cairo, buffer);
        }
        x += word->width + space;
    }
}

static bool is_set(const unsigned char *points, int pitch, unsigned x, unsigned y)
{
    return points[(int)y * pitch + (int)x] >= 0x80;
}

static void add_cells(struct wsp_buf *out, cairo_surface_t *surface, unsigned columns,
                      unsigned rows)
{
    cairo_surface_flush(surface);
    const unsigned char *points = cairo_image_surface_get_data(surface);
    int pitch = cairo_image_surface_get_stride(surface);
    for (unsigned row = 0; row < rows; row++) {
        for (unsigned column = 0; column < columns; column++) {
            unsigned x = column * PER_CELL, y = row * PER_CELL;
            unsigned cell = (is_set(points, pitch, x, y) ? 1U : 0U) +
                            (is_set(points, pitch, x + 1, y) ? 2U : 0U) +
                            (is_set(points, pitch, x, y + 1) ? 4U : 0U) +
                            (is_set(points, pitch, x + 1, y + 1) ? 8U : 0U);
            wsp_buf_puts(out, quarters[cell]);
        }
        wsp_buf_puts(out, "\033[K\r\n");
    }
}

void wsp_large_draw(struct wsp_buf *out, struct wsp_str text, struct wsp_span mark,
                    unsigned columns, unsigned rows)
{
    struct sheet sheet = {.width = (int)(columns * PER_CELL), .height = (int)(rows * PER_CELL)};
    sheet.surface = cairo_image_surface_create(CAIRO_FORMAT_A8, sheet.width, sheet.height);
    sheet.cairo = cairo_create(sheet.surface);
    sheet.line = sheet.height / LINES_BEST > LINE_MIN ? sheet.height / LINES_BEST : LINE_MIN;
    if (sheet.line > sheet.height)
        sheet.line = sheet.height;
    sheet.size = sheet.line * 0.75;
    cairo_scale(sheet.cairo, stretch, 1);
    cairo_select_font_face(sheet.cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size(sheet.cairo, sheet.size);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_FULL);
    cairo_set_font_options(sheet.cairo, options);
    cairo_font_options_destroy(options);
    set_words(&sheet, text);
    paint(&sheet, text, mark);
    if (cairo_status(sheet.cairo) == CAIRO_STATUS_SUCCESS)
        add_cells(out, sheet.surface, columns, rows);
    cairo_destroy(sheet.cairo);
    cairo_surface_destroy(sheet.surface);
}
