/* Everything that takes bytes of a source. The first byte chooses the settings; the rest is the
 * source. Whatever comes, a document that was made keeps the promises of document.h. */
#include "base/utf8.h"
#include "input/document.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void promise(bool kept)
{
    if (!kept)
        abort();
}

static void check_text(const struct wsp_document *doc)
{
    struct wsp_buf nfc = WSP_BUF_INIT(5 * WSP_SOURCE_LIMIT);
    struct wsp_str text = wsp_buf_str(&doc->text);
    promise(wsp_utf8_valid_prefix(text.ptr, text.len) == text.len);
    promise(wsp_utf8_add_nfc(&nfc, text) == WSP_OK);
    promise(wsp_str_equal(text, wsp_buf_str(&nfc)));
    wsp_buf_release(&nfc);
}

/* The blocks cover the text, a line end between each two, and hold none themselves. */
static void check_blocks(const struct wsp_document *doc, size_t source_len)
{
    uint32_t at = 0, source = 0;
    for (size_t i = 0; i < doc->n_blocks; i++) {
        const struct wsp_block *block = &doc->blocks[i];
        struct wsp_span span = {block->begin, block->end};
        struct wsp_str text = wsp_document_text(doc, span);
        promise(block->begin == at && block->end >= block->begin);
        promise(!memchr(text.ptr, '\n', text.len) && !memchr(text.ptr, '\r', text.len));
        promise(text.len == 0 || (text.ptr[0] != ' ' && text.ptr[text.len - 1] != ' '));
        struct wsp_span from = wsp_document_source(doc, span);
        promise(from.begin <= from.end && from.end <= source_len && from.begin >= source);
        promise(text.len == 0 || from.end > from.begin);
        source = from.end;
        at = block->end + 1;
    }
    promise(doc->n_blocks == 0 ? doc->text.len == 0 : at == doc->text.len + 1);
}

static void check_runs(const struct wsp_document *doc, size_t source_len)
{
    uint32_t source = 0;
    for (size_t i = 0; i < doc->n_runs; i++) {
        const struct wsp_run *run = &doc->runs[i];
        promise(i == 0 ? run->text == 0 : run->text > doc->runs[i - 1].text);
        bool same = i > 0 && run->source == run[-1].source && run->source_len == run[-1].source_len;
        promise(run->text < doc->text.len && (same || run->source >= source));
        source = run->source + run->source_len;
        promise(source <= source_len);
    }
}

static void check_lines(const struct wsp_document *doc, size_t source_len)
{
    for (size_t i = 0; i < doc->n_lines; i++) {
        promise(doc->lines[i] < source_len && (i == 0 || doc->lines[i] > doc->lines[i - 1]));
        promise(wsp_document_line(doc, doc->lines[i]) == i + 1);
    }
    for (size_t i = 0; i < doc->n_removed; i++) {
        const struct wsp_removed *removed = &doc->removed[i];
        promise(removed->rule && removed->begin <= removed->end && removed->end <= source_len);
        promise(i == 0 || removed->begin >= doc->removed[i - 1].end);
        promise(wsp_document_line(doc, removed->begin) == removed->line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct wsp_input_settings settings = {.keep_all = data[0] & 1, .single_lines = data[0] & 2};
    struct wsp_document doc;
    struct wsp_error err = {.status = WSP_OK};
    struct wsp_str source = {(const char *)data + 1, size - 1};
    wsp_document_init(&doc);
    if (wsp_document_read_text(&doc, "fuzz", source, &settings, &err) == WSP_OK) {
        check_text(&doc);
        check_blocks(&doc, source.len);
        check_runs(&doc, source.len);
        check_lines(&doc, source.len);
    } else {
        promise(err.text[0] && err.status == WSP_DATA);
        promise(doc.text.len == 0 && doc.n_blocks == 0);
    }
    wsp_document_release(&doc);
    return 0;
}
