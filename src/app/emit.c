#include "app/emit.h"

#include "app/check.h"
#include "app/ssml.h"
#include "base/text.h"
#include "timing/timing.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static enum wsp_status put(struct wsp_str text, char end)
{
    if (text.len > 0 && fwrite(text.ptr, 1, text.len, stdout) != text.len)
        return WSP_IO;
    return end && putchar(end) == EOF ? WSP_IO : WSP_OK;
}

static enum wsp_status emit_text(const struct wsp_message *message, struct wsp_error *err)
{
    (void)err;
    return put(wsp_buf_str(&message->document.text), '\n');
}

static enum wsp_status emit_sentences(const struct wsp_message *message, struct wsp_error *err)
{
    (void)err;
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; i < message->script.n_sentences && !st; i++) {
        const struct wsp_sentence *sentence = &message->script.sentences[i];
        st = put(wsp_document_text(&message->document, wsp_sentence_span(sentence)), '\n');
    }
    return st;
}

static enum wsp_status emit_spoken(const struct wsp_message *message, struct wsp_error *err)
{
    struct wsp_utterance utterance;
    wsp_utterance_init(&utterance);
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; i < message->script.n_sentences && !st; i++) {
        st = wsp_script_utterance(&message->script, i, &utterance, err);
        if (!st && utterance.n_words > 0)
            st = put(wsp_buf_str(&utterance.spoken), '\n');
    }
    wsp_utterance_release(&utterance);
    return st;
}

/* A line for each block, that is, for each line of the input. */
static enum wsp_status emit_spoken_lines(const struct wsp_message *message, struct wsp_error *err)
{
    struct wsp_utterance utterance;
    wsp_utterance_init(&utterance);
    const struct wsp_script *script = &message->script;
    enum wsp_status st = WSP_OK;
    size_t i = 0;
    for (size_t block = 0; block < message->document.n_blocks && !st; block++) {
        bool begun = false;
        for (; i < script->n_sentences && script->sentences[i].block == block && !st; i++) {
            st = wsp_script_utterance(script, i, &utterance, err);
            if (st || utterance.n_words == 0)
                continue;
            if (begun)
                st = put(WSP_STR(" "), '\0');
            if (!st)
                st = put(wsp_buf_str(&utterance.spoken), '\0');
            begun = true;
        }
        if (!st)
            st = put(WSP_STR(""), '\n');
    }
    wsp_utterance_release(&utterance);
    return st;
}

static enum wsp_status print_mnemonics(void *context, struct wsp_str mnemonics)
{
    (void)context;
    return put(mnemonics, '\n');
}

static enum wsp_status emit_phonemes(struct wsp_session *session, struct wsp_error *err)
{
    return wsp_session_phonemes(session, print_mnemonics, NULL, err);
}

static enum wsp_status write_out(void *context, struct wsp_str text, struct wsp_error *err)
{
    (void)context;
    (void)err;
    return put(text, '\0');
}

static enum wsp_status emit_json(struct wsp_session *session, struct wsp_error *err)
{
    struct wsp_timing script = {.n_messages = wsp_session_n_messages(session),
                                .messages = wsp_session_messages(session)};
    return wsp_write_json(&script, &(struct wsp_writer){.write = write_out}, err);
}

/* "   12  message.txt:8  2.4 s  Bão số 3 ..." */
static enum wsp_status list_sentences(struct wsp_session *session, struct wsp_error *err)
{
    enum { MS = 1000 };
    (void)err;
    size_t number = 0;
    for (size_t m = 0; m < wsp_session_n_messages(session); m++) {
        const struct wsp_message *message = wsp_session_message(session, m);
        for (size_t i = 0; i < message->script.n_sentences; i++) {
            const struct wsp_sentence *sentence = &message->script.sentences[i];
            struct wsp_span span = wsp_sentence_span(sentence);
            struct wsp_str text = wsp_document_text(&message->document, span);
            uint32_t line = wsp_document_line(&message->document,
                                              wsp_document_source(&message->document, span).begin);
            if (printf("%5zu  %s:%u  %.1f s  %.*s\n", ++number, message->document.name.ptr, line,
                       (double)sentence->estimate_ms / MS, (int)text.len, text.ptr) < 0)
                return WSP_IO;
        }
    }
    return WSP_OK;
}

/* A kind prints a message, or all of the session. */
static const struct {
    enum wsp_emit emit;
    bool by_lines;
    enum wsp_status (*print)(const struct wsp_message *message, struct wsp_error *err);
    enum wsp_status (*print_all)(struct wsp_session *session, struct wsp_error *err);
} kinds[] = {
    {WSP_EMIT_TEXT, false, emit_text, NULL},
    {WSP_EMIT_SENTENCES, false, emit_sentences, NULL},
    {WSP_EMIT_SPOKEN, false, emit_spoken, NULL},
    {WSP_EMIT_SPOKEN_LINES, true, emit_spoken_lines, NULL},
    {WSP_EMIT_PHONEMES, false, NULL, emit_phonemes},
    {WSP_EMIT_SSML, false, NULL, wsp_print_ssml},
    {WSP_EMIT_JSON, false, NULL, emit_json},
    {WSP_EMIT_CHECK, false, NULL, wsp_print_check},
    {WSP_EMIT_LIST, false, NULL, list_sentences},
};

bool wsp_emit_by_lines(enum wsp_emit emit)
{
    for (size_t i = 0; i < WSP_LEN(kinds); i++)
        if (kinds[i].emit == emit)
            return kinds[i].by_lines;
    return false;
}

enum wsp_status wsp_emit(enum wsp_emit emit, struct wsp_session *session, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    errno = 0;
    for (size_t i = 0; i < WSP_LEN(kinds); i++) {
        if (kinds[i].emit != emit)
            continue;
        if (kinds[i].print_all)
            st = kinds[i].print_all(session, err);
        for (size_t m = 0; kinds[i].print && m < wsp_session_n_messages(session) && !st; m++)
            st = kinds[i].print(wsp_session_message(session, m), err);
    }
    if (fflush(stdout) || ferror(stdout))
        st = wsp_fail(err, WSP_IO, _("cannot write to standard output: %s"), wsp_errno_text(errno));
    return st;
}
