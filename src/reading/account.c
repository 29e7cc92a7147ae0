#include "reading/account.h"

#include "reading/chars.h"

static size_t count(const char *text, size_t begin, size_t end)
{
    size_t n = 0;
    for (size_t at = begin; at < end;) {
        struct wsp_char c = wsp_char_at(text, at, end);
        n += c.class != WSP_CHAR_BLANK && c.class != WSP_CHAR_MARK && c.code != '\n';
        at += c.len;
    }
    return n;
}

void wsp_account_add_document(struct wsp_account *account, const struct wsp_document *document)
{
    account->removed += count(document->removed_text.ptr, 0, document->removed_text.len);
    account->unseen += document->n_unseen;
}

/* What stands outside the words and outside what is silent by a rule. */
static void add_gap(struct wsp_account *account, const char *text, size_t begin, size_t end)
{
    for (size_t at = begin; at < end;) {
        struct wsp_char c = wsp_char_at(text, at, end);
        at += c.len;
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
    const char *text = script->document->text.ptr;
    const struct wsp_sentence *sentence = &script->sentences[utterance->number];
    size_t at = sentence->begin, word = 0, silent = 0;
    if (utterance->skipped) {
        account->skipped += count(text, sentence->begin, sentence->end);
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
            add_gap(account, text, at, begin);
            *(passes ? &account->silent[s->reader] : &account->spoken) += count(text, begin, end);
            at = end;
        }
        silent += passes;
        word += !passes;
    }
    add_gap(account, text, at, sentence->end);
}
