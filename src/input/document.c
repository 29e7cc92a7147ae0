/* Puts the document together: decode, take out the residue, find the blocks, and copy the clean
 * text block by block, the map to the source with it. */
#include "input/document.h"

#include "base/text.h"
#include "base/utf8.h"
#include "input/decode.h"
#include "input/plain.h"
#include "input/residue.h"
#include "input/source.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_LIMIT = 4096 };

void wsp_document_init(struct wsp_document *doc)
{
    *doc = (struct wsp_document){.n_blocks = 0};
    wsp_buf_init(&doc->name, NAME_LIMIT);
    wsp_buf_init(&doc->text, 5 * WSP_SOURCE_LIMIT);
    wsp_buf_init(&doc->source, WSP_SOURCE_LIMIT + 1);
    wsp_buf_init(&doc->removed_text, 5 * WSP_SOURCE_LIMIT);
}

void wsp_document_release(struct wsp_document *doc)
{
    wsp_buf_release(&doc->name);
    wsp_buf_release(&doc->text);
    wsp_buf_release(&doc->source);
    wsp_buf_release(&doc->removed_text);
    free(doc->blocks);
    free(doc->runs);
    free(doc->removed);
    free(doc->lines);
    wsp_document_init(doc);
}

/* ---- building ----------------------------------------------------------------------------- */

struct builder {
    struct wsp_document *doc;
    const struct wsp_clean *clean;
    size_t run;          /* the first run of the clean text that is not copied */
    uint32_t source_end; /* of what was copied last */
    enum wsp_status status;
};

static void add_run(struct builder *b, struct wsp_piece piece)
{
    struct wsp_document *doc = b->doc;
    if (wsp_run_add(&doc->runs, &doc->n_runs, &doc->cap_runs, piece))
        b->status = WSP_NOMEM;
}

/* Part what is there from what comes, which begins at `source_next` in the source. */
static void add_separator(struct builder *b, char separator, uint32_t source_next)
{
    uint32_t at = (uint32_t)b->doc->text.len;
    wsp_buf_putc(&b->doc->text, separator);
    add_run(b, (struct wsp_piece){at, 1, b->source_end, source_next - b->source_end});
}

/* The runs of `line`, to be copied next. */
static const struct wsp_run *find_runs(struct builder *b, const struct wsp_line *line)
{
    while (b->run < b->clean->n_runs && b->clean->runs[b->run].text < line->begin)
        b->run++;
    return &b->clean->runs[b->run];
}

static void add_line(struct builder *b, const struct wsp_line *line)
{
    const struct wsp_clean *clean = b->clean;
    uint32_t at = (uint32_t)b->doc->text.len;
    if (line->end == line->begin) {
        b->source_end = line->source_end;
        return;
    }
    find_runs(b, line);
    wsp_buf_add(&b->doc->text, clean->text.ptr + line->begin, line->end - line->begin);
    for (; b->run < clean->n_runs && clean->runs[b->run].text < line->end; b->run++) {
        const struct wsp_run *run = &clean->runs[b->run];
        uint32_t end = b->run + 1 < clean->n_runs ? run[1].text : (uint32_t)clean->text.len;
        add_run(b, (struct wsp_piece){run->text - line->begin + at, end - run->text, run->source,
                                      run->source_len});
        b->source_end = run->source + run->source_len;
    }
}

/* Where the text of a line begins in the source; an empty line's is its end. */
static uint32_t source_begin(struct builder *b, const struct wsp_line *line)
{
    return line->end > line->begin ? find_runs(b, line)->source : line->source_end;
}

/* "CNTT-" / "TT": no blank was there, and none is made. "Hà Nội -" / "Hải Phòng" gets one. */
static bool is_tight_hyphen(struct wsp_str before, struct wsp_str after)
{
    uint32_t left, right;
    if (before.len < 2 || before.ptr[before.len - 1] != '-' || after.len == 0)
        return false;
    size_t at = before.len - 2;
    while (at > 0 && ((unsigned char)before.ptr[at] & 0xC0) == 0x80)
        at--;
    return wsp_utf8_decode(before.ptr + at, before.len - 1 - at, &left) > 0 &&
           wsp_utf8_decode(after.ptr, after.len, &right) > 0 &&
           (wsp_utf8_is_letter(left) || wsp_utf8_is_digit(left)) &&
           (wsp_utf8_is_letter(right) || wsp_utf8_is_digit(right));
}

static struct wsp_str clean_line(const struct wsp_clean *clean, const struct wsp_line *line)
{
    return (struct wsp_str){clean->text.ptr + line->begin, line->end - line->begin};
}

static void add_block(struct builder *b, const struct wsp_group *group)
{
    struct wsp_document *doc = b->doc;
    const struct wsp_clean *clean = b->clean;
    const struct wsp_line *lines = clean->lines;
    if (doc->n_blocks > 0)
        add_separator(b, '\n', source_begin(b, &lines[group->first]));
    struct wsp_block block = {
        .begin = (uint32_t)doc->text.len, .kind = group->kind, .level = group->level};
    for (size_t i = group->first; i < group->end; i++) {
        if (i > group->first &&
            !is_tight_hyphen(clean_line(clean, &lines[i - 1]), clean_line(clean, &lines[i])))
            add_separator(b, ' ', source_begin(b, &lines[i]));
        add_line(b, &lines[i]);
    }
    block.end = (uint32_t)doc->text.len;
    if (wsp_grow(&doc->blocks, &doc->cap_blocks, doc->n_blocks, sizeof *doc->blocks))
        b->status = WSP_NOMEM;
    else
        doc->blocks[doc->n_blocks++] = block;
}

/* ---- ways to find the blocks -------------------------------------------------------------- */

/* Report the lines that a rule takes out, and close the ranks. */
static enum wsp_status take_out_residue(struct wsp_document *doc, struct wsp_clean *clean)
{
    enum wsp_status st = wsp_residue_mark(clean);
    size_t kept = 0;
    bool gap = false;
    for (size_t i = 0; i < clean->n_lines && !st; i++) {
        struct wsp_line line = clean->lines[i];
        line.blank_before |= gap;
        gap = line.rule != NULL;
        if (!line.rule) {
            clean->lines[kept++] = line;
            continue;
        }
        st = wsp_grow(&doc->removed, &doc->cap_removed, doc->n_removed, sizeof *doc->removed);
        if (st)
            break;
        uint32_t begin = (uint32_t)doc->removed_text.len;
        st = wsp_buf_add(&doc->removed_text, clean->text.ptr + line.begin, line.end - line.begin);
        doc->removed[doc->n_removed++] =
            (struct wsp_removed){line.rule,   line.source, line.source_end,
                                 line.number, begin,       (uint32_t)doc->removed_text.len};
    }
    clean->n_lines = kept;
    return st;
}

static enum wsp_status add_groups(struct builder *b)
{
    struct wsp_group *groups;
    size_t n;
    enum wsp_status st = wsp_plain_groups(b->clean, &groups, &n);
    for (size_t i = 0; i < n; i++)
        add_block(b, &groups[i]);
    free(groups);
    return st;
}

static void add_single_lines(struct builder *b)
{
    for (size_t i = 0; i < b->clean->n_lines; i++)
        add_block(b, &(struct wsp_group){i, i + 1, WSP_BLOCK_PARAGRAPH, 0});
}

/* Is there anything to be said at all? */
static bool has_text(struct wsp_str text)
{
    uint32_t code;
    size_t n;
    for (size_t at = 0; at < text.len; at += n) {
        n = wsp_utf8_decode(text.ptr + at, text.len - at, &code);
        if (n == 0 || !(wsp_utf8_is_space(code) || wsp_utf8_is_unspeakable(code)))
            return true;
    }
    return false;
}

static enum wsp_status build(struct wsp_document *doc, struct wsp_clean *clean,
                             const struct wsp_input_settings *settings, struct wsp_error *err)
{
    struct builder b = {.doc = doc, .clean = clean};
    enum wsp_status st = WSP_OK;
    if (!settings->single_lines && !has_text(wsp_buf_str(&clean->text)))
        return wsp_fail(err, WSP_DATA, _("there is no text in it; give a text to read"));
    if (wsp_buf_reserve(&doc->text, clean->text.len + clean->n_lines))
        return wsp_fail_nomem(err);
    if (!settings->single_lines && !settings->keep_all)
        st = take_out_residue(doc, clean);
    if (settings->single_lines)
        add_single_lines(&b);
    else if (!st)
        st = add_groups(&b);
    return st || b.status || doc->text.status ? wsp_fail_nomem(err) : WSP_OK;
}

static enum wsp_status read_source(struct wsp_document *doc, struct wsp_str source,
                                   const struct wsp_input_settings *settings, struct wsp_error *err)
{
    if (source.len > WSP_SOURCE_LIMIT)
        return wsp_fail(err, WSP_DATA, _("this is larger than %zu MB; give a text, or part it"),
                        WSP_SOURCE_LIMIT >> 20);
    enum wsp_status st = wsp_source_sniff(source, err);
    if (st)
        return st;
    if (settings->keep_source && wsp_buf_add_str(&doc->source, source))
        return wsp_fail_nomem(err);
    struct wsp_clean clean;
    wsp_clean_init(&clean);
    st = wsp_decode(&clean, source, settings->single_lines, err);
    if (!st)
        st = build(doc, &clean, settings, err);
    doc->n_unseen = clean.n_unseen;
    doc->lines = clean.starts;
    doc->n_lines = clean.n_starts;
    doc->cap_lines = clean.cap_starts;
    clean.starts = NULL;
    wsp_clean_release(&clean);
    return st;
}

/* Empty the document and give it its name; a name that is too long is cut. */
static enum wsp_status begin(struct wsp_document *doc, const char *name, struct wsp_error *err)
{
    wsp_document_release(doc);
    size_t len = strnlen(name, NAME_LIMIT - 1);
    return wsp_buf_add(&doc->name, name, len) ? wsp_fail_nomem(err) : WSP_OK;
}

static enum wsp_status finish(struct wsp_document *doc, const char *name, enum wsp_status st,
                              struct wsp_error *err)
{
    if (!st)
        return WSP_OK;
    wsp_document_release(doc);
    wsp_error_place(err, name, 0, 0);
    return st;
}

/* ---- the doors ---------------------------------------------------------------------------- */

enum wsp_status wsp_document_read_file(struct wsp_document *doc, const char *path,
                                       const struct wsp_input_settings *settings,
                                       struct wsp_error *err)
{
    struct wsp_buf source = WSP_BUF_INIT(WSP_SOURCE_LIMIT);
    enum wsp_status st = begin(doc, path, err);
    if (!st)
        st = wsp_source_read(&source, path, err);
    if (!st)
        st = read_source(doc, wsp_buf_str(&source), settings, err);
    wsp_buf_release(&source);
    return finish(doc, path, st, err);
}

enum wsp_status wsp_document_read_text(struct wsp_document *doc, const char *name,
                                       struct wsp_str source,
                                       const struct wsp_input_settings *settings,
                                       struct wsp_error *err)
{
    enum wsp_status st = begin(doc, name, err);
    if (!st)
        st = read_source(doc, source, settings, err);
    return finish(doc, name, st, err);
}

/* ---- questions ---------------------------------------------------------------------------- */

/* The last run that begins at or before `text`; there is one. */
static size_t find_run(const struct wsp_document *doc, uint32_t text)
{
    size_t low = 0, high = doc->n_runs;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (doc->runs[middle].text <= text)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static uint32_t run_text_end(const struct wsp_document *doc, size_t run)
{
    return run + 1 < doc->n_runs ? doc->runs[run + 1].text : (uint32_t)doc->text.len;
}

/* Where the byte `text` comes from: the first byte, or the byte after the last. */
static uint32_t source_of(const struct wsp_document *doc, uint32_t text, bool after)
{
    size_t i = find_run(doc, text);
    const struct wsp_run *run = &doc->runs[i];
    if (run_text_end(doc, i) - run->text == run->source_len)
        return run->source + (text - run->text) + after;
    return run->source + (after ? run->source_len : 0);
}

struct wsp_span wsp_document_source(const struct wsp_document *doc, struct wsp_span text)
{
    if (doc->n_runs == 0)
        return (struct wsp_span){0, 0};
    uint32_t len = (uint32_t)doc->text.len;
    uint32_t begin =
        text.begin < len ? source_of(doc, text.begin, false) : source_of(doc, len - 1, true);
    if (text.end <= text.begin)
        return (struct wsp_span){begin, begin};
    uint32_t end = source_of(doc, (text.end < len ? text.end : len) - 1, true);
    return (struct wsp_span){begin, end > begin ? end : begin};
}

uint32_t wsp_document_line(const struct wsp_document *doc, uint32_t source_byte)
{
    size_t low = 0, high = doc->n_lines;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (doc->lines[middle] <= source_byte)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low + 1;
}

uint32_t wsp_document_count(const struct wsp_document *doc, struct wsp_span source)
{
    return (uint32_t)wsp_count_characters(
        (struct wsp_str){doc->source.ptr + source.begin, source.end - source.begin});
}
