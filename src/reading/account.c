#include "reading/account.h"

#include "reading/chars.h"

/* Has the character at `at` been counted with the one before it? "㎡" is read as "m2", and is one.
 */
static bool is_more_of_same(const struct wsp_document *document, size_t at)
{
    uint32_t here = (uint32_t)at;
    return at > 0 && document->n_runs > 0 &&
           wsp_document_source(document, (struct wsp_span){here, here + 1}).begin ==
               wsp_document_source(document, (struct wsp_span){here - 1, here}).begin;
}

static bool counts(struct wsp_char c)
{
    return c.class != WSP_CHAR_BLANK && c.class != WSP_CHAR_MARK && c.code != '\n';
}

static size_t count(const struct wsp_document *document, size_t begin, size_t end)
{
    size_t n = 0;
    for (size_t at = begin; at < end;) {
        struct wsp_char c = wsp_char_at(document->text.ptr, at, end);
        n += counts(c) && !is_more_of_same(document, at);
        at += c.len;
    }
    return n;
}

static size_t count_removed(struct wsp_str text)
{
    size_t n = 0;
    for (size_t at = 0; at < text.len;) {
        struct wsp_char c = wsp_char_at(text.ptr, at, text.len);
        n += counts(c);
        at += c.len;
    }
    return n;
}

void wsp_account_add_document(struct wsp_account *account, const struct wsp_document *document)
{
    account->removed += count_removed(wsp_buf_str(&document->removed_text));
    account->unseen += document->n_unseen;
}

/* What stands outside the words and outside what is silent by a rule. */
static void add_gap(struct wsp_account *account, const struct wsp_document *document, size_t begin,
                    size_t end)
{
    for (size_t at = begin; at < end;) {
        struct wsp_char c = wsp_char_at(document->text.ptr, at, end);
        bool counted = is_more_of_same(document, at);
        at += c.len;
        if (counted)
            continue;
        switch (c.class) {
        case WSP_CHAR_BLANK:
        case WSP_CHAR_MARK:
            break;
        case WSP_CHAR_LETTER:
        case WSP_CHAR_DIGIT:
            account->lost++;
            break;
        case WSP_CHAR_SILENT:
        case WSP_CHAR_SIGN:
            account->symbols++;
            break;
        default:
            account->punctuation++;
        }
    }
}

void wsp_account_add_utterance(struct wsp_account *account, const struct wsp_script *script,
                               const struct wsp_utterance *utterance)
{
    const struct wsp_document *document = script->document;
    const struct wsp_sentence *sentence = &script->sentences[utterance->number];
    size_t at = sentence->begin, word = 0, silent = 0;
    if (utterance->skipped) {
        account->skipped += count(document, sentence->begin, sentence->end);
        return;
    }
    for (;;) {
        const struct wsp_word *w = word < utterance->n_words ? &utterance->words[word] : NULL;
        const struct wsp_silent *s =
            silent < utterance->n_silent ? &utterance->silent[silent] : NULL;
        if (!w && !s)
            break;
        bool passes = !w || (s && s->begin < w->begin);
        uint32_t begin = passes ? s->begin : w->begin, end = passes ? s->end : w->end;
        if (begin >= at) { /* not another word for the same bytes */
            add_gap(account, document, at, begin);
            *(passes ? &account->silent[s->reader] : &account->spoken) +=
                count(document, begin, end);
            at = end;
        }
        silent += passes;
        word += !passes;
    }
    add_gap(account, document, at, sentence->end);
}
