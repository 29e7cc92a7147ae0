/* A text in lines of a terminal's width. */
#ifndef WSP_CONSOLE_TEXTLINES_H
#define WSP_CONSOLE_TEXTLINES_H

#include "base/buf.h"

#include <stdint.h>

struct wsp_text_line {
    uint32_t begin, end; /* bytes of the text */
    unsigned width;      /* columns it takes */
};

/* Part `text` (UTF-8) at its blanks into lines of at most `columns` (1 or more); a word that is
 * longer is parted anywhere. Returns how many lines there are, of which at most `max` are filled
 * in. */
size_t wsp_text_lines(struct wsp_str text, unsigned columns, struct wsp_text_line *lines,
                      size_t max);

#endif
