/* The one file that knows jansson. One sentence is built and printed at a time, so that a book
 * needs no more memory than a page. */
#include "app/json.h"

#include "reading/reader.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

enum { SCHEMA_VERSION = 1 };

static const char *const boundaries[] = {"phrase",    "sentence", "item",
                                         "paragraph", "heading",  "end"};
static const char *const moods[] = {"statement", "question", "exclamation"};
static const char *const languages[WSP_N_LANGUAGES] = {"vi", "en", "fr"};
static const char *const doubts[WSP_N_DOUBTS] = {NULL,      "acronym", "date",   "score",
                                                 "foreign", "roman",   "absurd", "language"};

static json_t *text_of(struct wsp_str text)
{
    return json_stringn(text.ptr, text.len);
}

static json_t *source_of(const struct wsp_document *document, struct wsp_span span)
{
    struct wsp_span source = wsp_document_source(document, span);
    return json_pack("{s:s, s:I, s:I, s:I}", "file", document->name.ptr, "line",
                     (json_int_t)wsp_document_line(document, source.begin), "begin",
                     (json_int_t)source.begin, "end", (json_int_t)source.end);
}

static json_t *word_of(const struct wsp_document *document, const struct wsp_utterance *u,
                       const struct wsp_word *word)
{
    struct wsp_span span = {word->begin, word->end};
    json_t *object = json_pack(
        "{s:o, s:o, s:s, s:o}", "text", text_of(wsp_document_text(document, span)), "spoken",
        text_of((struct wsp_str){u->spoken.ptr + word->spoken_begin,
                                 word->spoken_end - word->spoken_begin}),
        "class", wsp_readers[word->reader].name, "source", source_of(document, span));
    if (word->engine_end > word->engine_begin)
        json_object_set_new(object, "said_as",
                            text_of((struct wsp_str){u->engine.ptr + word->engine_begin,
                                                     word->engine_end - word->engine_begin}));
    if (word->pause_ms > 0)
        json_object_set_new(object, "pause_ms", json_integer(word->pause_ms));
    if (word->doubt)
        json_object_set_new(object, "doubt", json_string(doubts[word->doubt]));
    return object;
}

static json_t *sentence_of(const struct wsp_script *script, const struct wsp_utterance *u,
                           size_t number)
{
    const struct wsp_sentence *sentence = &script->sentences[u->number];
    struct wsp_span span = {sentence->begin, sentence->end};
    char id[17];
    snprintf(id, sizeof id, "%016" PRIx64, sentence->id);
    json_t *words = json_array();
    for (size_t i = 0; i < u->n_words; i++)
        json_array_append_new(words, word_of(script->document, u, &u->words[i]));
    return json_pack("{s:I, s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:I, s:o}", "number",
                     (json_int_t)number, "id", id, "text",
                     text_of(wsp_document_text(script->document, span)), "spoken",
                     text_of(wsp_buf_str(&u->spoken)), "source", source_of(script->document, span),
                     "boundary", boundaries[sentence->boundary], "mood", moods[u->mood], "language",
                     languages[u->language], "pause_ms", (json_int_t)u->pause_ms, "words", words);
}

static enum wsp_status put_message(const struct wsp_message *message, struct wsp_utterance *u,
                                   size_t *number, struct wsp_error *err)
{
    const struct wsp_script *script = &message->script;
    for (size_t i = 0; i < script->n_sentences; i++) {
        enum wsp_status st = wsp_script_utterance(script, i, u, err);
        if (st)
            return st;
        json_t *sentence = sentence_of(script, u, *number + 1);
        if (!sentence)
            return wsp_fail_nomem(err);
        fputs(*number > 0 ? ",\n" : "\n", stdout);
        ++*number;
        int failed = json_dumpf(sentence, stdout, JSON_COMPACT);
        json_decref(sentence);
        if (failed)
            return WSP_IO;
    }
    return WSP_OK;
}

enum wsp_status wsp_print_json(struct wsp_session *session, struct wsp_error *err)
{
    struct wsp_utterance utterance;
    wsp_utterance_init(&utterance);
    enum wsp_status st = WSP_OK;
    size_t number = 0;
    printf("{\"version\":%d,\"sentences\":[", SCHEMA_VERSION);
    for (size_t m = 0; m < wsp_session_n_messages(session) && !st; m++)
        st = put_message(wsp_session_message(session, m), &utterance, &number, err);
    puts("\n]}");
    wsp_utterance_release(&utterance);
    return st;
}
