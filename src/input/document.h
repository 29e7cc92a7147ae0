/* The document: what `input` makes of a source and every other room reads. Flat: arrays and
 * byte offsets, no pointers out, so that it can be compared, journalled and sent.
 *
 *   text     the clean text, UTF-8 in NFC; blocks follow each other, parted by '\n'
 *   blocks   title, headings, paragraphs, list items, in reading order; they cover the text
 *   runs     from which bytes of the source every byte of the text came
 *   removed  what was left out of the source by a named rule
 *   lines    where the lines of the source begin
 *   source   the source itself, if asked for
 */
#ifndef WSP_INPUT_DOCUMENT_H
#define WSP_INPUT_DOCUMENT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum wsp_block_kind {
    WSP_BLOCK_TITLE,
    WSP_BLOCK_HEADING,
    WSP_BLOCK_PARAGRAPH,
    WSP_BLOCK_ITEM, /* one item of a list, its mark included ("- ", "1. ", "a) ") */
};

struct wsp_block {
    uint32_t begin, end; /* bytes of the text, without the '\n' that ends the block */
    uint8_t kind;        /* enum wsp_block_kind */
    uint8_t level;       /* headings: 1 is the highest; else 0 */
};

/* The text from byte `text` to the next run's comes from `source_len` bytes of the source at
 * `source`. When both have one length, byte answers to byte; otherwise the run is one lump (a
 * composed letter, a line break that became a space). Two runs may come of the same bytes: a
 * character that is read as several. */
struct wsp_run {
    uint32_t text;
    uint32_t source, source_len;
};

struct wsp_removed {
    const char *rule;              /* its name, from the table in residue.c; static */
    uint32_t begin, end;           /* bytes of the source */
    uint32_t line;                 /* 1-based */
    uint32_t text_begin, text_end; /* bytes of removed_text: what it was, cleaned */
};

struct wsp_document {
    struct wsp_buf name; /* what messages call the source: the path, "-" or "--text" */
    struct wsp_buf text;
    struct wsp_buf source; /* empty without keep_source */
    struct wsp_block *blocks;
    size_t n_blocks, cap_blocks;
    struct wsp_run *runs; /* `text` rises */
    size_t n_runs, cap_runs;
    struct wsp_removed *removed; /* in order of `begin` */
    size_t n_removed, cap_removed;
    struct wsp_buf removed_text;
    size_t
        n_unseen; /* characters of the source that nobody sees: soft hyphens, zero-width spaces */
    uint32_t *lines; /* byte of the source at which line i + 1 begins */
    size_t n_lines, cap_lines;
};

struct wsp_span {
    uint32_t begin, end; /* bytes, end excluded */
};

struct wsp_input_settings {
    bool keep_all;     /* do not remove the residue of web pages */
    bool single_lines; /* every line is a paragraph: nothing is joined, removed or recognised */
    bool keep_source;  /* keep a copy of the source, for wsp_document_count() */
};

/* The largest source and the longest line that are taken, in bytes. A message is some
 * kilobytes, a long book five megabytes; what is larger is no text or a runaway pipe. */
#define WSP_SOURCE_LIMIT ((size_t)64 << 20)
#define WSP_LINE_LIMIT ((size_t)16 << 20)

void wsp_document_init(struct wsp_document *doc);
void wsp_document_release(struct wsp_document *doc);

/* Read `path` ("-" is standard input) and make `doc` (initialised) of it.
 * Returns WSP_OK, WSP_NOINPUT (missing, unreadable, a folder), WSP_DATA (not text, not UTF-8,
 * too large, nothing in it), WSP_IO or WSP_NOMEM; `err` then has file, and line and column where
 * there is one. */
enum wsp_status wsp_document_read_file(struct wsp_document *doc, const char *path,
                                       const struct wsp_input_settings *settings,
                                       struct wsp_error *err);

/* The same from `source`, which messages call `name`. `source` is borrowed for the call. */
enum wsp_status wsp_document_read_text(struct wsp_document *doc, const char *name,
                                       struct wsp_str source,
                                       const struct wsp_input_settings *settings,
                                       struct wsp_error *err);

/* The bytes of the source that the bytes `text` of the document came from. */
struct wsp_span wsp_document_source(const struct wsp_document *doc, struct wsp_span text);

/* The 1-based line of a byte of the source. */
uint32_t wsp_document_line(const struct wsp_document *doc, uint32_t source_byte);

/* How many characters a reader counts in the bytes `source` of the source: marks belong to their
 * letters, and what is not seen is not there. Only for documents read with keep_source. */
uint32_t wsp_document_count(const struct wsp_document *doc, struct wsp_span source);

/* The text of a span or a block, borrowed. */
static inline struct wsp_str wsp_document_text(const struct wsp_document *doc, struct wsp_span text)
{
    return (struct wsp_str){doc->text.ptr + text.begin, text.end - text.begin};
}

#endif
