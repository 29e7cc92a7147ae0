/* Words with a slash between them: "anh/chị", "và/hoặc", "HIV/AIDS". The slash is silent. */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/lexicon.h"
#include "reading/syllable.h"
#include "reading/token.h"

#include <string.h>

static bool is_letters(struct wsp_str part)
{
    for (size_t at = 0; at < part.len;) {
        struct wsp_char c = wsp_char_at(part.ptr, at, part.len);
        if (c.class != WSP_CHAR_LETTER && c.class != WSP_CHAR_MARK)
            return false;
        at += c.len;
    }
    return part.len > 0;
}

static bool is_all_letters(struct wsp_str text)
{
    if (!memchr(text.ptr, '/', text.len))
        return false;
    for (size_t at = 0; at <= text.len;) {
        const char *slash = memchr(text.ptr + at, '/', text.len - at);
        size_t end = slash ? (size_t)(slash - text.ptr) : text.len;
        if (!is_letters((struct wsp_str){text.ptr + at, end - at}))
            return false;
        at = end + 1;
    }
    return true;
}

static void say_part(const struct wsp_reading *reading, struct wsp_span span,
                     struct wsp_utterance *out)
{
    struct wsp_str part = wsp_document_text(reading->script->document, span);
    const char *known = wsp_lexicon_find(&wsp_lexicon_wordlike, part);
    if (!known)
        known = wsp_lexicon_find(&wsp_lexicon_acronyms, part);
    struct wsp_buf words = WSP_BUF_INIT(1024);
    bool spelled = (known && strcmp(known, "*") == 0) ||
                   (!known && wsp_capitals_in(part) > 1 && !wsp_syllable_parse(part, NULL));
    if (spelled && wsp_add_letter_names(reading, &words, part, 8))
        wsp_say_span(reading, span, wsp_buf_str(&words), out);
    else if (known && !spelled)
        wsp_say_span(reading, span, (struct wsp_str){known, strlen(known)}, out);
    else if (wsp_capitals_in(part) > 1 && !wsp_utf8_add_lower(&words, part))
        (void)wsp_say(out, wsp_buf_str(&words), span);
    else
        (void)wsp_say(out, part, span);
    wsp_buf_release(&words);
}

size_t wsp_read_slash(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (!is_all_letters(text))
        return 0;
    uint32_t begin = reading->tokens[at].begin;
    for (size_t from = 0; from <= text.len;) {
        const char *slash = memchr(text.ptr + from, '/', text.len - from);
        size_t end = slash ? (size_t)(slash - text.ptr) : text.len;
        say_part(reading, (struct wsp_span){begin + (uint32_t)from, begin + (uint32_t)end}, out);
        from = end + 1;
    }
    return 1;
}
