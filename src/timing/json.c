/* The script, and when it was said; docs/script.schema.json has the schema. One sentence is built
 * and written at a time, so that a book needs no more memory than a page. */
#include "reading/language.h"
#include "reading/reader.h"
#include "timing/chapters.h"
#include "timing/kinds.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SCHEMA_VERSION = 1 };

static const char *const boundaries[] = {"phrase",    "sentence", "item",
                                         "paragraph", "heading",  "end"};
static const char *const moods[] = {"statement", "question", "exclamation"};
static const char *const doubts[WSP_N_DOUBTS] = {
    [WSP_DOUBT_ACRONYM] = "acronym",   [WSP_DOUBT_DATE] = "date",
    [WSP_DOUBT_SCORE] = "score",       [WSP_DOUBT_FOREIGN] = "foreign",
    [WSP_DOUBT_ROMAN] = "roman",       [WSP_DOUBT_ABSURD] = "absurd",
    [WSP_DOUBT_LANGUAGE] = "language", [WSP_DOUBT_UNIT] = "unit",
    [WSP_DOUBT_ALPHABET] = "alphabet",
};

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

/* What is left out and a person should know of. NULL: nothing. */
static json_t *left_out_of(const struct wsp_document *document, const struct wsp_utterance *u)
{
    json_t *all = NULL;
    for (size_t i = 0; i < u->n_silent; i++) {
        const struct wsp_silent *silent = &u->silent[i];
        struct wsp_span span = {silent->begin, silent->end};
        if (!silent->doubt)
            continue;
        if (!all)
            all = json_array();
        json_array_append_new(all,
                              json_pack("{s:o, s:s, s:o, s:s}", "text",
                                        text_of(wsp_document_text(document, span)), "class",
                                        wsp_readers[silent->reader].name, "source",
                                        source_of(document, span), "doubt", doubts[silent->doubt]));
    }
    return all;
}

/* Seconds to the microsecond: finer than a frame at 192 kHz. */
static void set_times(json_t *object, const struct wsp_timeline *timeline, uint64_t begin,
                      uint64_t end)
{
    static const double micro = 1e6;
    double rate = timeline->rate_hz;
    json_object_set_new(object, "start", json_real(round((double)begin / rate * micro) / micro));
    json_object_set_new(object, "end", json_real(round((double)end / rate * micro) / micro));
}

/* A word that the engine has run together with the one before sounds with it. */
static void time_words(json_t *words, const struct wsp_timeline *timeline,
                       const struct wsp_timeline_entry *entry)
{
    const struct wsp_timeline_word *marks = timeline->words + entry->first_word;
    uint64_t begin = entry->begin, end = entry->begin;
    for (size_t i = 0, mark = 0; i < json_array_size(words); i++) {
        for (; mark < entry->n_words && marks[mark].word <= i; mark++) {
            begin = entry->begin + marks[mark].begin;
            end = entry->begin + marks[mark].end;
        }
        set_times(json_array_get(words, i), timeline, begin, end);
    }
}

/* `entry`: when it was said; NULL: that is not asked. */
static json_t *sentence_of(const struct wsp_script *script, const struct wsp_utterance *u,
                           size_t number, const struct wsp_timeline *timeline,
                           const struct wsp_timeline_entry *entry)
{
    const struct wsp_sentence *sentence = &script->sentences[u->number];
    struct wsp_span span = wsp_sentence_span(sentence);
    char id[17];
    snprintf(id, sizeof id, "%016" PRIx64, sentence->id);
    json_t *words = json_array();
    for (size_t i = 0; i < u->n_words; i++)
        json_array_append_new(words, word_of(script->document, u, &u->words[i]));
    if (entry)
        time_words(words, timeline, entry);
    json_t *object = json_pack(
        "{s:I, s:s, s:o, s:o, s:o, s:s, s:s, s:s, s:I, s:o}", "number", (json_int_t)number, "id",
        id, "text", text_of(wsp_document_text(script->document, span)), "spoken",
        text_of(wsp_buf_str(&u->spoken)), "source", source_of(script->document, span), "boundary",
        boundaries[sentence->boundary], "mood", moods[u->mood], "language",
        wsp_language_tags[u->language], "pause_ms", (json_int_t)u->pause_ms, "words", words);
    json_t *left_out = left_out_of(script->document, u);
    if (left_out)
        json_object_set_new(object, "left_out", left_out);
    if (entry && object)
        set_times(object, timeline, entry->begin, entry->end);
    else if (object)
        json_object_set_new(object, "estimate_ms", json_integer((json_int_t)sentence->estimate_ms));
    return object;
}

/* ---- writing ---- */

struct json_out {
    const struct wsp_timing *timing;
    const struct wsp_writer *writer;
    struct wsp_utterance utterance;
    size_t n; /* sentences written */
    enum wsp_status status;
    struct wsp_error *err;
};

static enum wsp_status write_text(struct json_out *out, struct wsp_str text)
{
    return out->writer->write(out->writer->context, text, out->err);
}

static int write_piece(const char *text, size_t len, void *context)
{
    struct json_out *out = context;
    out->status = write_text(out, (struct wsp_str){text, len});
    return out->status ? -1 : 0;
}

/* Write an object, and drop it. */
static enum wsp_status write_object(struct json_out *out, json_t *object)
{
    out->status = WSP_OK;
    int failed = object ? json_dump_callback(object, write_piece, out,
                                             JSON_COMPACT | JSON_REAL_PRECISION(12))
                        : -1;
    json_decref(object);
    return out->status ? out->status : failed ? wsp_fail_nomem(out->err) : WSP_OK;
}

static enum wsp_status write_sentence(struct json_out *out, size_t message, size_t sentence,
                                      const struct wsp_timeline_entry *entry)
{
    const struct wsp_timing *timing = out->timing;
    const struct wsp_script *script = &timing->messages[message]->script;
    size_t number = sentence + 1;
    for (size_t m = 0; m < message; m++)
        number += timing->messages[m]->script.n_sentences;
    enum wsp_status st = wsp_script_utterance(script, sentence, &out->utterance, out->err);
    if (!st)
        st = write_text(out, out->n++ > 0 ? WSP_STR(",\n") : WSP_STR("\n"));
    return st ? st
              : write_object(out,
                             sentence_of(script, &out->utterance, number, timing->timeline, entry));
}

static uint64_t estimate_of(const struct wsp_timing *timing)
{
    uint64_t ms = 0;
    for (size_t m = 0; m < timing->n_messages; m++)
        for (size_t i = 0; i < timing->messages[m]->script.n_sentences; i++)
            ms += timing->messages[m]->script.sentences[i].estimate_ms;
    return ms;
}

/* All sentences, or those that sounded, in the order in which they did. */
static enum wsp_status write_sentences(struct json_out *out)
{
    const struct wsp_timing *timing = out->timing;
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; timing->timeline && i < timing->timeline->n_entries && !st; i++) {
        const struct wsp_timeline_entry *entry = &timing->timeline->entries[i];
        st = write_sentence(out, entry->document, entry->number, entry);
    }
    for (size_t m = 0; !timing->timeline && m < timing->n_messages && !st; m++)
        for (size_t i = 0; i < timing->messages[m]->script.n_sentences && !st; i++)
            st = write_sentence(out, m, i, NULL);
    return st;
}

static enum wsp_status write_chapters(struct json_out *out)
{
    enum { TITLE_LIMIT = 1 << 16 };
    struct wsp_chapters chapters;
    enum wsp_status st = wsp_chapters_make(&chapters, out->timing, out->err);
    if (!st)
        st = write_text(out, WSP_STR("\n],\"chapters\":["));
    for (size_t i = 0; i < chapters.n && !st; i++) {
        struct wsp_buf title = WSP_BUF_INIT(TITLE_LIMIT);
        wsp_chapter_add_title(&title, &chapters.items[i], 0);
        json_t *object = json_pack("{s:o}", "title", text_of(wsp_buf_str(&title)));
        if (object)
            set_times(object, out->timing->timeline, chapters.items[i].begin,
                      chapters.items[i].end);
        st = write_text(out, i > 0 ? WSP_STR(",\n") : WSP_STR("\n"));
        if (!st)
            st = write_object(out, object);
        wsp_buf_release(&title);
    }
    free(chapters.items);
    return st;
}

enum wsp_status wsp_write_json(const struct wsp_timing *timing, const struct wsp_writer *writer,
                               struct wsp_error *err)
{
    enum { HEAD_LIMIT = 128 };
    struct json_out out = {.timing = timing, .writer = writer, .err = err};
    struct wsp_buf head = WSP_BUF_INIT(HEAD_LIMIT);
    wsp_utterance_init(&out.utterance);
    wsp_buf_printf(&head, "{\"version\":%d,", SCHEMA_VERSION);
    if (timing->timeline)
        wsp_buf_printf(&head, "\"duration\":%.6f,",
                       (double)timing->timeline->length / timing->timeline->rate_hz);
    else
        wsp_buf_printf(&head, "\"estimate_ms\":%" PRIu64 ",", estimate_of(timing));
    wsp_buf_puts(&head, "\"sentences\":[");
    enum wsp_status st = write_text(&out, wsp_buf_str(&head));
    if (!st)
        st = write_sentences(&out);
    if (!st && timing->timeline)
        st = write_chapters(&out);
    if (!st)
        st = write_text(&out, WSP_STR("\n]}\n"));
    wsp_utterance_release(&out.utterance);
    wsp_buf_release(&head);
    return st;
}
