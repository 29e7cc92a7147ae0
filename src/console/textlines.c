#include "console/textlines.h"

#include "base/utf8.h"

struct line_maker {
    struct wsp_text_line *lines;
    size_t n, max;
};

static void add(struct line_maker *maker, struct wsp_text_line line)
{
    if (maker->n < maker->max)
        maker->lines[maker->n] = line;
    maker->n++;
}

size_t wsp_text_lines(struct wsp_str text, unsigned columns, struct wsp_text_line *lines,
                      size_t max)
{
    struct line_maker maker = {.lines = lines, .max = max};
    struct wsp_text_line line = {0}, up_to_blank = {0};
    uint32_t after_blank = 0, at = 0;
    while (at < text.len) {
        uint32_t code;
        size_t n = wsp_utf8_decode(text.ptr + at, text.len - at, &code);
        n = n > 0 ? n : 1;
        bool blank = wsp_utf8_is_space(code);
        unsigned width = code == '\t' ? 1 : wsp_utf8_width(code); /* the edge of a cell */
        if (blank && line.width > 0) {
            up_to_blank = (struct wsp_text_line){line.begin, at, line.width};
            after_blank = at + (uint32_t)n;
        }
        if (line.width + width > columns && !blank) {
            if (up_to_blank.width > 0) {
                add(&maker, up_to_blank);
                at = after_blank;
            } else if (line.width > 0) {
                add(&maker, (struct wsp_text_line){line.begin, at, line.width});
            } else { /* not even one letter fits */
                at += (uint32_t)n;
            }
            line = (struct wsp_text_line){.begin = at};
            up_to_blank.width = 0;
            continue;
        }
        at += (uint32_t)n;
        if (blank && line.width == 0)
            line.begin = at; /* none at the beginning of a line */
        else
            line.width += width;
    }
    if (line.width > 0)
        add(&maker, (struct wsp_text_line){line.begin, (uint32_t)text.len, line.width});
    return maker.n;
}
