/* Figures as they are written: "3.417", "8,75", "-15", "1.000.000". What they stand for is the
 * readers' matter. */
#ifndef WSP_READING_FIGURE_H
#define WSP_READING_FIGURE_H

#include "base/buf.h"

#include <stdbool.h>

enum wsp_figure_sign { WSP_FIGURE_PLAIN, WSP_FIGURE_MINUS, WSP_FIGURE_PLUS };

struct wsp_figure {
    enum wsp_figure_sign sign;
    char digits[64]; /* the whole part without its grouping, terminated */
    size_t n_digits;
    struct wsp_str decimals; /* borrowed; empty: none */
    bool grouped;
};

/* Read a figure at byte `at` of `text`. Groups of exactly three after a dot are thousands, so are
 * two or more of them after commas; otherwise a comma begins decimals, and so does a dot with one
 * or two digits after it. Returns the number of bytes, 0: there is none, or one too long. */
size_t wsp_figure_read(struct wsp_str text, size_t at, struct wsp_figure *figure);

/* The same, when the whole of `text` is one figure. */
bool wsp_figure_is(struct wsp_str text, struct wsp_figure *figure);

/* Does `text` begin with a figure: "5kg"? */
bool wsp_begins_figure(struct wsp_str text);

/* Append its words: "âm mười lăm phẩy năm". Decimals are said as a number when there are two and
 * the first is not zero, else digit by digit. */
void wsp_figure_say(struct wsp_buf *out, const struct wsp_figure *figure);

/* Bytes of the digits 0-9 at `at`. */
size_t wsp_digits_at(struct wsp_str text, size_t at);

/* Is its last character a digit, be it "²"? */
bool wsp_ends_in_digit(struct wsp_str text);

/* Is a digit 0-9 anywhere in it? */
bool wsp_has_digit(struct wsp_str text);

/* The value of a run of at most nine digits. */
unsigned wsp_digits_value(struct wsp_str digits);

/* Bytes of a hyphen, a dash (- – −) or an arrow (-> →) at `at`; 0: none. */
size_t wsp_dash_at(struct wsp_str text, size_t at);

#endif
