#include "timing/chapters.h"

#include "timing/kinds.h"

#include <stdlib.h>

enum { TITLE_LIMIT = 1 << 16 };

static const struct wsp_block *block_of(const struct wsp_timing *timing,
                                        const struct wsp_timeline_entry *entry)
{
    const struct wsp_message *message = timing->messages[entry->document];
    return &message->document.blocks[message->script.sentences[entry->number].block];
}

/* A heading of several sentences begins one chapter. */
static bool begins_chapter(const struct wsp_timing *timing, size_t at)
{
    const struct wsp_timeline_entry *entry = &timing->timeline->entries[at];
    const struct wsp_block *block = block_of(timing, entry);
    if (at == 0 || entry[-1].document != entry->document || entry[-1].number > entry->number)
        return true;
    bool heading = block->kind == WSP_BLOCK_TITLE || block->kind == WSP_BLOCK_HEADING;
    return heading && block != block_of(timing, entry - 1);
}

/* A heading, or the first words of what is none. */
struct wsp_str wsp_chapter_title(const struct wsp_timing *timing, size_t message, size_t sentence)
{
    enum { WORDS_MAX = 60 }; /* bytes */
    const struct wsp_document *document = &timing->messages[message]->document;
    const struct wsp_block *block =
        &document->blocks[timing->messages[message]->script.sentences[sentence].block];
    struct wsp_str text = wsp_document_text(document, (struct wsp_span){block->begin, block->end});
    bool heading = block->kind == WSP_BLOCK_TITLE || block->kind == WSP_BLOCK_HEADING;
    if (heading || text.len <= WORDS_MAX)
        return text;
    size_t len = WORDS_MAX;
    while (len > 0 && text.ptr[len] != ' ')
        len--;
    return (struct wsp_str){text.ptr, len > 0 ? len : text.len};
}

bool wsp_chapter_next(const struct wsp_timing *timing, size_t *at, struct wsp_chapter *chapter)
{
    while (*at < timing->timeline->n_entries) {
        size_t i = (*at)++;
        const struct wsp_timeline_entry *entry = &timing->timeline->entries[i];
        if (!begins_chapter(timing, i))
            continue;
        *chapter = (struct wsp_chapter){
            .begin = i > 0 ? entry->begin : 0,
            .title = wsp_chapter_title(timing, entry->document, entry->number)};
        return true;
    }
    return false;
}

enum wsp_status wsp_chapters_make(struct wsp_chapters *chapters, const struct wsp_timing *timing,
                                  struct wsp_error *err)
{
    struct wsp_chapter chapter;
    *chapters = (struct wsp_chapters){0};
    for (size_t at = 0; wsp_chapter_next(timing, &at, &chapter);) {
        if (wsp_grow(&chapters->items, &chapters->cap, chapters->n, sizeof *chapters->items)) {
            free(chapters->items);
            *chapters = (struct wsp_chapters){0};
            return wsp_fail_nomem(err);
        }
        if (chapters->n > 0)
            chapters->items[chapters->n - 1].end = chapter.begin;
        chapter.end = timing->timeline->length;
        chapters->items[chapters->n++] = chapter;
    }
    return WSP_OK;
}

void wsp_chapter_add_title(struct wsp_buf *out, const struct wsp_chapter *chapter, char quote)
{
    for (size_t i = 0; i < chapter->title.len; i++) {
        char c = chapter->title.ptr[i];
        if (!quote || c != quote)
            wsp_buf_putc(out, wsp_in_line(c));
    }
}

/* ---- as WebVTT ---- */

static void put(struct wsp_buf *out, const struct wsp_timing *timing,
                const struct wsp_chapter *chapter, size_t number)
{
    wsp_buf_printf(out, "\n%zu\n", number);
    wsp_timing_add_clock(out, wsp_timing_ms(timing->timeline, chapter->begin), '.');
    wsp_buf_puts(out, " --> ");
    wsp_timing_add_clock(out, wsp_timing_ms(timing->timeline, chapter->end), '.');
    wsp_buf_putc(out, '\n');
    for (size_t i = 0; i < chapter->title.len; i++) {
        char c = chapter->title.ptr[i];
        if (c == '&')
            wsp_buf_puts(out, "&amp;");
        else if (c == '<')
            wsp_buf_puts(out, "&lt;");
        else
            wsp_buf_putc(out, wsp_in_line(c));
    }
    wsp_buf_putc(out, '\n');
}

enum wsp_status wsp_write_chapters(const struct wsp_timing *timing, const struct wsp_writer *writer,
                                   struct wsp_error *err)
{
    struct wsp_chapters chapters;
    struct wsp_buf out = WSP_BUF_INIT(TITLE_LIMIT);
    enum wsp_status st = wsp_chapters_make(&chapters, timing, err);
    wsp_buf_puts(&out, "WEBVTT\n");
    for (size_t i = 0; i < chapters.n && !st; i++) {
        put(&out, timing, &chapters.items[i], i + 1);
        st = wsp_timing_flush(&out, writer, err);
    }
    if (!st)
        st = wsp_timing_flush(&out, writer, err);
    free(chapters.items);
    wsp_buf_release(&out);
    return st;
}
