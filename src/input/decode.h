/* Decoding: from the bytes of a source to lines of clean text, each byte of which knows where
 * it comes from. Clean is: UTF-8 in NFC, one blank between words, none around a line, nothing
 * that cannot be seen, plain characters for those that are read as others (compatible.h). What the
 * lines mean is plain.c's matter. */
#ifndef WSP_INPUT_DECODE_H
#define WSP_INPUT_DECODE_H

#include "base/buf.h"
#include "input/document.h"

#include <stdbool.h>
#include <stdint.h>

struct wsp_line {
    uint32_t begin, end;         /* bytes of the clean text */
    uint32_t source, source_end; /* bytes of the source, the line end excluded */
    uint32_t number;             /* of the line in the source, 1-based */
    uint16_t indent;             /* columns of blanks before it */
    bool blank_before;           /* an empty line, or one that was removed, stands before it */
    const char *rule;            /* residue: the rule that removes it; else NULL */
};

struct wsp_clean {
    struct wsp_buf text; /* the lines one after the other, nothing between them */
    struct wsp_run *runs;
    size_t n_runs, cap_runs;
    struct wsp_line *lines; /* every line begins a run; empty lines only when asked for */
    size_t n_lines, cap_lines;
    uint32_t *starts; /* byte of the source at which line i + 1 begins */
    size_t n_starts, cap_starts;
    size_t n_unseen; /* characters left out because nobody sees them */
};

void wsp_clean_init(struct wsp_clean *clean);
void wsp_clean_release(struct wsp_clean *clean);

/* Decode `source` into `clean` (initialised).
 *   exact  lines are what LF, CRLF and CR end, and empty lines are lines too; otherwise form
 *          feed, NEL, LS and PS end a line as well, and an empty line is a mark on the next
 * Returns WSP_OK, WSP_DATA (invalid UTF-8, a zero byte, too long a line: `err` has line and
 * column) or WSP_NOMEM. */
enum wsp_status wsp_decode(struct wsp_clean *clean, struct wsp_str source, bool exact,
                           struct wsp_error *err);

/* How many characters a reader counts in valid UTF-8: marks belong to their letters, what is not
 * seen does not count, every blank does. */
size_t wsp_count_characters(struct wsp_str source);

/* Say that the next `piece.text_len` bytes of a text, from `text` on, come from `source_len`
 * bytes of the source. Runs that answer byte to byte grow together. */
struct wsp_piece {
    uint32_t text, text_len;
    uint32_t source, source_len;
};
enum wsp_status wsp_run_add(struct wsp_run **runs, size_t *n, size_t *cap, struct wsp_piece piece);

#endif
