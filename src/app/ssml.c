#include "app/ssml.h"

#include "reading/language.h"

#include <stdio.h>

static void put_escaped(struct wsp_str text)
{
    for (size_t i = 0; i < text.len; i++)
        switch (text.ptr[i]) {
        case '&':
            fputs("&amp;", stdout);
            break;
        case '<':
            fputs("&lt;", stdout);
            break;
        case '>':
            fputs("&gt;", stdout);
            break;
        case '"':
            fputs("&quot;", stdout);
            break;
        default:
            putchar(text.ptr[i]);
        }
}

static struct wsp_str part(const struct wsp_buf *text, size_t begin, size_t end)
{
    return (struct wsp_str){text->ptr + begin, end - begin};
}

/* The words with the punctuation before, between and after them. */
static void put_words(const struct wsp_utterance *u)
{
    size_t at = 0;
    for (size_t i = 0; i < u->n_words; i++) {
        const struct wsp_word *word = &u->words[i];
        put_escaped(part(&u->spoken, at, word->spoken_begin));
        if (i > 0 && word[-1].pause_ms > 0)
            printf("<break time=\"%ums\"/>", word[-1].pause_ms);
        at = word->spoken_end;
        bool other = word->engine_end > word->engine_begin;
        if (other) {
            fputs("<sub alias=\"", stdout);
            put_escaped(part(&u->engine, word->engine_begin, word->engine_end));
            fputs("\">", stdout);
        }
        put_escaped(part(&u->spoken, word->spoken_begin, at));
        if (other)
            fputs("</sub>", stdout);
    }
    put_escaped(part(&u->spoken, at, u->spoken.len));
}

static void put_sentence(const struct wsp_utterance *u)
{
    fputs("<s", stdout);
    if (u->language != WSP_LANGUAGE_VOICE)
        printf(" xml:lang=\"%s\"", wsp_language_tags[u->language]);
    putchar('>');
    put_words(u);
    fputs("</s>", stdout);
    if (u->pause_ms > 0)
        printf("<break time=\"%ums\"/>", u->pause_ms);
    putchar('\n');
}

static enum wsp_status put_message(const struct wsp_message *message, struct wsp_utterance *u,
                                   struct wsp_error *err)
{
    const struct wsp_script *script = &message->script;
    bool open = false;
    uint32_t block = 0;
    for (size_t i = 0; i < script->n_sentences; i++) {
        enum wsp_status st = wsp_script_utterance(script, i, u, err);
        if (st)
            return st;
        if (u->n_words == 0)
            continue;
        if (open && script->sentences[i].block != block)
            puts("</p>");
        if (!open || script->sentences[i].block != block)
            puts("<p>");
        open = true;
        block = script->sentences[i].block;
        put_sentence(u);
    }
    if (open)
        puts("</p>");
    return WSP_OK;
}

enum wsp_status wsp_print_ssml(struct wsp_session *session, struct wsp_error *err)
{
    struct wsp_utterance utterance;
    wsp_utterance_init(&utterance);
    enum wsp_status st = WSP_OK;
    puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" "
         "xml:lang=\"vi-VN\">");
    for (size_t m = 0; m < wsp_session_n_messages(session) && !st; m++)
        st = put_message(wsp_session_message(session, m), &utterance, err);
    puts("</speak>");
    wsp_utterance_release(&utterance);
    return st;
}
