/* The one file that knows expat. */
#include "reading/pls.h"

#include "base/text.h"

#include <expat.h>
#include <string.h>

enum { GRAPHEMES_MAX = 16, TEXT_LIMIT = 1024 };

struct reader {
    struct wsp_own_lexicon *own;
    XML_Parser parser;
    const char *path;
    wsp_lexicon_tell *tell;
    void *context;
    struct wsp_buf graphemes[GRAPHEMES_MAX]; /* of the lexeme we are in */
    size_t n_graphemes;
    struct wsp_buf alias;
    struct wsp_buf *text; /* where characters go; NULL: nowhere */
    size_t line;          /* of the lexeme */
    enum wsp_status status;
};

/* Element names may have a prefix: "pls:alias". */
static bool is_named(const char *element, const char *name)
{
    const char *colon = strrchr(element, ':');
    return strcmp(colon ? colon + 1 : element, name) == 0;
}

static void XMLCALL on_start(void *context, const char *name, const char **attributes)
{
    struct reader *r = context;
    (void)attributes;
    if (is_named(name, "lexeme")) {
        r->n_graphemes = 0;
        wsp_buf_clear(&r->alias);
        r->line = XML_GetCurrentLineNumber(r->parser);
    } else if (is_named(name, "grapheme") && r->n_graphemes < GRAPHEMES_MAX) {
        r->text = &r->graphemes[r->n_graphemes++];
        wsp_buf_clear(r->text);
    } else if (is_named(name, "alias")) {
        r->text = r->alias.len == 0 ? &r->alias : NULL; /* the first is preferred */
    }
}

static void XMLCALL on_text(void *context, const char *text, int len)
{
    struct reader *r = context;
    if (r->text)
        wsp_buf_add(r->text, text, (size_t)len);
}

static void skip(struct reader *r, struct wsp_error *why, size_t line)
{
    wsp_error_place(why, r->path, line, 0);
    r->tell(r->context, why);
}

static void XMLCALL on_end(void *context, const char *name)
{
    struct reader *r = context;
    r->text = NULL;
    if (!is_named(name, "lexeme"))
        return;
    struct wsp_error why;
    if (r->alias.len == 0) {
        wsp_fail(&why, WSP_DATA, _("this lexeme has no alias; give one, phonemes are not read"));
        skip(r, &why, r->line);
        return;
    }
    for (size_t i = 0; i < r->n_graphemes && !r->status; i++) {
        enum wsp_status st = wsp_own_lexicon_add(r->own, wsp_buf_str(&r->graphemes[i]),
                                                 wsp_buf_str(&r->alias), WSP_STR(""), &why);
        if (st == WSP_DATA)
            skip(r, &why, r->line);
        else
            r->status = st;
    }
}

enum wsp_status wsp_pls_load(struct wsp_own_lexicon *own, struct wsp_str text, const char *path,
                             wsp_lexicon_tell *tell, void *context, struct wsp_error *err)
{
    struct reader r = {.own = own, .path = path, .tell = tell, .context = context};
    r.parser = XML_ParserCreate(NULL);
    if (!r.parser)
        return wsp_fail_nomem(err);
    for (size_t i = 0; i < GRAPHEMES_MAX; i++)
        wsp_buf_init(&r.graphemes[i], TEXT_LIMIT);
    wsp_buf_init(&r.alias, TEXT_LIMIT);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetCharacterDataHandler(r.parser, on_text);
    if (XML_Parse(r.parser, text.ptr, (int)text.len, XML_TRUE) != XML_STATUS_OK) {
        struct wsp_error why;
        wsp_fail(&why, WSP_DATA, _("the rest is not read, for this is no well-formed XML: %s"),
                 XML_ErrorString(XML_GetErrorCode(r.parser)));
        skip(&r, &why, XML_GetCurrentLineNumber(r.parser));
    }
    XML_ParserFree(r.parser);
    for (size_t i = 0; i < GRAPHEMES_MAX; i++)
        wsp_buf_release(&r.graphemes[i]);
    wsp_buf_release(&r.alias);
    return r.status ? wsp_fail_nomem(err) : WSP_OK;
}
