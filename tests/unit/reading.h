/* Documents made by hand, so that the tests of reading do not depend on how input finds
 * blocks. */
#ifndef WSP_TESTS_READING_H
#define WSP_TESTS_READING_H

#include "testing.h"

#include "reading/script.h"

#include <stdlib.h>
#include <string.h>

struct reading_case {
    struct wsp_document doc;
    struct wsp_script script;
};

static void add_block(struct reading_case *c, enum wsp_block_kind kind, struct wsp_str text)
{
    struct wsp_document *doc = &c->doc;
    if (doc->n_blocks > 0)
        wsp_buf_putc(&doc->text, '\n');
    assert_int_equal(wsp_grow(&doc->blocks, &doc->cap_blocks, doc->n_blocks, sizeof *doc->blocks),
                     WSP_OK);
    uint32_t begin = (uint32_t)doc->text.len;
    assert_int_equal(wsp_buf_add_str(&doc->text, text), WSP_OK);
    doc->blocks[doc->n_blocks++] =
        (struct wsp_block){.begin = begin, .end = (uint32_t)doc->text.len, .kind = (uint8_t)kind};
}

static void case_init(struct reading_case *c)
{
    *c = (struct reading_case){0};
    wsp_buf_init(&c->doc.text, WSP_SOURCE_LIMIT);
    wsp_script_init(&c->script);
}

static inline void case_release(struct reading_case *c)
{
    wsp_script_release(&c->script);
    wsp_buf_release(&c->doc.text);
    free(c->doc.blocks);
}

/* One paragraph, indexed. */
static inline void case_of(struct reading_case *c, struct wsp_str text)
{
    case_init(c);
    add_block(c, WSP_BLOCK_PARAGRAPH, text);
    assert_int_equal(wsp_script_index(&c->script, &c->doc, NULL, NULL), WSP_OK);
}

static inline struct wsp_str sentence_text(const struct reading_case *c, size_t number)
{
    const struct wsp_sentence *s = &c->script.sentences[number];
    return (struct wsp_str){c->doc.text.ptr + s->begin, s->end - s->begin};
}

#endif
