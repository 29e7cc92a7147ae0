/* The index and the utterances. The first byte chooses the kind of every second block and the
 * settings; the rest is text, parted into blocks at line ends. Whatever comes, the promises of
 * script.h hold. */
#include "../unit/script_check.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void make_document(struct wsp_document *doc, const char *text, size_t len, uint8_t kind)
{
    doc->text = (struct wsp_buf)WSP_BUF_INIT(1 << 20);
    wsp_buf_add(&doc->text, text, len);
    for (size_t at = 0; at < doc->text.len;) {
        const char *line = memchr(doc->text.ptr + at, '\n', doc->text.len - at);
        size_t end = line ? (size_t)(line - doc->text.ptr) : doc->text.len;
        if (wsp_grow(&doc->blocks, &doc->cap_blocks, doc->n_blocks, sizeof *doc->blocks))
            abort();
        doc->blocks[doc->n_blocks] =
            (struct wsp_block){.begin = (uint32_t)at,
                               .end = (uint32_t)end,
                               .kind = doc->n_blocks % 2 ? WSP_BLOCK_PARAGRAPH : kind % 4};
        doc->n_blocks++;
        at = end + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > 1 << 19)
        return 0;
    const char *text = (const char *)data + 1;
    struct wsp_document doc = {0};
    make_document(&doc, text, wsp_utf8_valid_prefix(text, size - 1), data[0]);

    struct wsp_script script;
    wsp_script_init(&script);
    const struct wsp_reading_settings settings = {
        .region = data[0] & 4 ? WSP_REGION_SOUTH : WSP_REGION_NORTH,
        .acronyms = (enum wsp_acronyms)((data[0] >> 3) % 3),
        .letters = data[0] & 32 ? WSP_LETTERS_ENGLISH : WSP_LETTERS_VIETNAMESE,
        .foreign = (enum wsp_foreign)((data[0] >> 6) % 3),
        .by_blocks = data[0] % 5 == 0,
    };
    if (wsp_script_index(&script, &doc, &settings, NULL) || check_script(&script))
        abort();
    wsp_script_release(&script);
    free(doc.blocks);
    wsp_buf_release(&doc.text);
    return 0;
}
