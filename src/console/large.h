/* Letters of many cells, for a screen that is read from afar: the text is drawn by Cairo and every
 * cell of the terminal shows four of its points. */
#ifndef WSP_CONSOLE_LARGE_H
#define WSP_CONSOLE_LARGE_H

#include "base/buf.h"
#include "input/document.h"

/* Append what fills `rows` lines of `columns` from the cursor on: the part of `text` around the
 * bytes `mark`, which are shown in reverse. */
void wsp_large_draw(struct wsp_buf *out, struct wsp_str text, struct wsp_span mark,
                    unsigned columns, unsigned rows);

#endif
