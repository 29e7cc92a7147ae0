#include "app/check.h"

#include "base/text.h"
#include "reading/account.h"
#include "reading/reader.h"

#include <stdio.h>

/* What is said of each doubt. */
static const char *const reasons[WSP_N_DOUBTS] = {
    [WSP_DOUBT_ACRONYM] = N_("an unknown acronym, spelled"),
    [WSP_DOUBT_DATE] = N_("taken for a date"),
    [WSP_DOUBT_SCORE] = N_("taken for a score"),
    [WSP_DOUBT_FOREIGN] = N_("a foreign word, respelled by rule"),
    [WSP_DOUBT_ROMAN] = N_("could be a Roman numeral or letters"),
    [WSP_DOUBT_ABSURD] = N_("no number, date or time that there is"),
    [WSP_DOUBT_LANGUAGE] = N_("in another language"),
    [WSP_DOUBT_UNIT] = N_("a letter for one of several units"),
    [WSP_DOUBT_ALPHABET] = N_("in letters that the voice does not know"),
};

struct check {
    struct wsp_utterance utterance;
    struct wsp_account account;
    size_t n_found;
    uint64_t estimate_ms;
    uint32_t counted_from, counted_to, n_counted; /* characters between two bytes of the source */
};

/* The column in characters. Findings come in the order of the text, so a line is counted once,
 * however long it is. */
static void put_place(struct check *check, const struct wsp_document *document,
                      struct wsp_span source)
{
    uint32_t line = wsp_document_line(document, source.begin);
    uint32_t begin = document->lines[line - 1];
    if (check->counted_from != begin || check->counted_to > source.begin) {
        check->counted_from = check->counted_to = begin;
        check->n_counted = 0;
    }
    check->n_counted +=
        wsp_document_count(document, (struct wsp_span){check->counted_to, source.begin});
    check->counted_to = source.begin;
    printf("%s:%u:%u: ", document->name.ptr, line, check->n_counted + 1);
}

static struct wsp_str said(const struct wsp_utterance *u, const struct wsp_word *first,
                           const struct wsp_word *last)
{
    if (first == last && first->engine_end > first->engine_begin)
        return (struct wsp_str){u->engine.ptr + first->engine_begin,
                                first->engine_end - first->engine_begin};
    return (struct wsp_str){u->spoken.ptr + first->spoken_begin,
                            last->spoken_end - first->spoken_begin};
}

/* One finding: the words from `first` to `last` stand for the same bytes. */
static void put_finding(struct check *check, const struct wsp_script *script,
                        const struct wsp_utterance *u, const struct wsp_word *first,
                        const struct wsp_word *last)
{
    struct wsp_span span = {first->begin, first->end};
    struct wsp_str written = wsp_document_text(script->document, span);
    struct wsp_str spoken = said(u, first, last);
    put_place(check, script->document, wsp_document_source(script->document, span));
    printf(_("\"%.*s\" is said \"%.*s\": %s; settle it in a lexicon:"), (int)written.len,
           written.ptr, (int)spoken.len, spoken.ptr, _(reasons[first->doubt]));
    printf("\n    %.*s\t%.*s\n", (int)written.len, written.ptr, (int)spoken.len, spoken.ptr);
}

/* From number *next of what is silent on, what is left out before byte `before` of the text. */
static void put_left_out(struct check *check, const struct wsp_script *script, size_t *next,
                         uint32_t before)
{
    const struct wsp_utterance *u = &check->utterance;
    for (; *next < u->n_silent && u->silent[*next].begin < before; ++*next) {
        const struct wsp_silent *silent = &u->silent[*next];
        struct wsp_span span = {silent->begin, silent->end};
        struct wsp_str written = wsp_document_text(script->document, span);
        if (!silent->doubt)
            continue;
        put_place(check, script->document, wsp_document_source(script->document, span));
        printf(_("\"%.*s\" is left out: %s; to have it said, settle it in a lexicon"),
               (int)written.len, written.ptr, _(reasons[silent->doubt]));
        putchar('\n');
        check->n_found++;
    }
}

static void put_sentence(struct check *check, const struct wsp_script *script,
                         const struct wsp_utterance *u)
{
    const struct wsp_sentence *sentence = &script->sentences[u->number];
    struct wsp_span span = wsp_sentence_span(sentence);
    struct wsp_str written = wsp_document_text(script->document, span);
    put_place(check, script->document, wsp_document_source(script->document, span));
    printf(u->skipped ? _("this sentence is in another language and left out: %.*s")
                      : _("this sentence is in another language: %.*s"),
           (int)written.len, written.ptr);
    putchar('\n');
}

static void check_utterance(struct check *check, const struct wsp_script *script)
{
    const struct wsp_utterance *u = &check->utterance;
    size_t silent = 0;
    if (u->skipped || u->language != WSP_LANGUAGE_VOICE) {
        put_sentence(check, script, u);
        check->n_found++;
        put_left_out(check, script, &silent, UINT32_MAX);
        return;
    }
    for (size_t i = 0; i < u->n_words;) {
        const struct wsp_word *first = &u->words[i], *last = first;
        put_left_out(check, script, &silent, first->begin);
        while (++i < u->n_words && u->words[i].begin == first->begin &&
               u->words[i].end == first->end)
            last = &u->words[i];
        if (first->doubt) {
            put_finding(check, script, u, first, last);
            check->n_found++;
        }
    }
    put_left_out(check, script, &silent, UINT32_MAX);
}

/* From number *next on, those that begin before byte `before` of the source. */
static void put_removed(struct check *check, const struct wsp_document *document, size_t *next,
                        uint32_t before)
{
    for (; *next < document->n_removed && document->removed[*next].begin < before; ++*next) {
        const struct wsp_removed *removed = &document->removed[*next];
        printf("%s:%u: ", document->name.ptr, removed->line);
        printf(_("left out by the rule '%s': %.*s"), removed->rule,
               (int)(removed->text_end - removed->text_begin),
               document->removed_text.ptr + removed->text_begin);
        putchar('\n');
        check->n_found++;
    }
}

static enum wsp_status check_message(struct check *check, const struct wsp_message *message,
                                     struct wsp_error *err)
{
    const struct wsp_script *script = &message->script;
    size_t removed = 0;
    check->counted_from = check->counted_to = check->n_counted = 0;
    wsp_account_add_document(&check->account, &message->document);
    for (size_t i = 0; i < script->n_sentences; i++) {
        enum wsp_status st = wsp_script_utterance(script, i, &check->utterance, err);
        if (st)
            return st;
        struct wsp_span span = {script->sentences[i].begin, script->sentences[i].end};
        put_removed(check, &message->document, &removed,
                    wsp_document_source(&message->document, span).begin);
        wsp_account_add_utterance(&check->account, script, &check->utterance);
        check_utterance(check, script);
        check->estimate_ms += script->sentences[i].estimate_ms;
    }
    put_removed(check, &message->document, &removed, UINT32_MAX);
    return WSP_OK;
}

static void put_count(const char *what, size_t n, size_t *total)
{
    *total += n;
    if (n > 0)
        printf("%8zu  %s\n", n, what);
}

static void put_account(const struct check *check)
{
    const struct wsp_account *account = &check->account;
    size_t total = 0;
    puts(_("Characters of the text:"));
    put_count(_("spoken"), account->spoken, &total);
    put_count(_("punctuation: pauses, intonation, brackets"), account->punctuation, &total);
    put_count(_("symbols with nothing to say"), account->symbols, &total);
    for (size_t r = 0; r < wsp_n_readers && r < WSP_ACCOUNT_READERS; r++) {
        char what[64];
        snprintf(what, sizeof what, _("silent by the rule '%s'"), wsp_readers[r].name);
        put_count(what, account->silent[r], &total);
    }
    put_count(_("in sentences that are left out"), account->skipped, &total);
    put_count(_("left out as the residue of a web page"), account->removed, &total);
    put_count(_("unseen, such as soft hyphens"), account->unseen, &total);
    put_count(_("LOST: please report this"), account->lost, &total);
    printf("%8zu  %s\n", total, _("in all"));
}

enum wsp_status wsp_print_check(struct wsp_session *session, struct wsp_error *err)
{
    struct check check = {0};
    wsp_utterance_init(&check.utterance);
    enum wsp_status st = WSP_OK;
    for (size_t m = 0; m < wsp_session_n_messages(session) && !st; m++)
        st = check_message(&check, wsp_session_message(session, m), err);
    wsp_utterance_release(&check.utterance);
    if (st)
        return st;
    if (check.n_found > 0)
        putchar('\n');
    put_account(&check);
    printf(_("Places to look at: %zu. Estimated length: %u min %02u s.\n"), check.n_found,
           (unsigned)(check.estimate_ms / 60000), (unsigned)(check.estimate_ms / 1000 % 60));
    if (check.account.lost > 0)
        return wsp_fail(err, WSP_INTERNAL, _("%zu letters or digits would not be heard"),
                        check.account.lost);
    return WSP_OK;
}
