#include "timing/captions.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* What is never parted: a written word with all that is said for it, "17/5" or "Hà". */
struct atom {
    uint32_t begin, end;   /* bytes of the document: up to the next atom, blanks excluded */
    uint32_t chars;        /* of that */
    uint64_t sounds, ends; /* frames of the programme */
    bool marked;           /* the engine has told when */
    bool pause;            /* the speaker pauses after it */
    bool joined;           /* the next one belongs to it: a name, a number and what it counts */
};

struct atoms {
    struct atom *items;
    size_t n, cap;
};

void wsp_captions_init(struct wsp_captions *captions)
{
    enum { TEXT_LIMIT = 1 << 16 };
    *captions = (struct wsp_captions){0};
    wsp_buf_init(&captions->text, TEXT_LIMIT);
    wsp_utterance_init(&captions->utterance);
}

void wsp_captions_release(struct wsp_captions *captions)
{
    free(captions->items);
    free(captions->words);
    wsp_buf_release(&captions->text);
    wsp_utterance_release(&captions->utterance);
    *captions = (struct wsp_captions){0};
}

/* ---- atoms ---- */

static struct wsp_str text_of(const struct wsp_document *document, const struct atom *atom)
{
    return wsp_document_text(document, (struct wsp_span){atom->begin, atom->end});
}

static bool begins_name(struct wsp_str text)
{
    uint32_t c;
    return wsp_utf8_decode(text.ptr, text.len, &c) > 0 && wsp_utf8_is_upper(c);
}

static bool ends_plain(struct wsp_str text)
{
    char last = text.len > 0 ? text.ptr[text.len - 1] : '.';
    return !strchr(".,;:!?)\"", last);
}

static bool is_number(struct wsp_str text)
{
    return text.len > 0 && text.ptr[0] >= '0' && text.ptr[0] <= '9';
}

/* The words of the utterance, those of one written word together. */
static enum wsp_status collect(struct atoms *atoms, const struct wsp_utterance *u)
{
    for (size_t i = 0; i < u->n_words; i++) {
        const struct wsp_word *word = &u->words[i];
        struct atom *last = atoms->n > 0 ? &atoms->items[atoms->n - 1] : NULL;
        if (last && word->begin < last->end) {
            last->pause = word->pause_ms > 0;
            last->end = word->end > last->end ? word->end : last->end;
            continue;
        }
        if (wsp_grow(&atoms->items, &atoms->cap, atoms->n, sizeof *atoms->items))
            return WSP_NOMEM;
        atoms->items[atoms->n++] =
            (struct atom){.begin = word->begin, .end = word->end, .pause = word->pause_ms > 0};
    }
    return WSP_OK;
}

/* When the atoms sound that the engine tells of. */
static void time_marked(struct atoms *atoms, const struct wsp_utterance *u,
                        const struct wsp_timeline *timeline, const struct wsp_timeline_entry *entry)
{
    const struct wsp_timeline_word *marks = timeline->words + entry->first_word;
    size_t mark = 0;
    for (size_t i = 0; i < atoms->n; i++) {
        struct atom *atom = &atoms->items[i];
        for (; mark < entry->n_words && u->words[marks[mark].word].begin < atom->end; mark++) {
            if (!atom->marked)
                atom->sounds = entry->begin + marks[mark].begin;
            atom->marked = true;
            atom->ends = entry->begin + marks[mark].end;
        }
    }
}

static size_t next_marked(const struct atoms *atoms, size_t at)
{
    while (at < atoms->n && !atoms->items[at].marked)
        at++;
    return at;
}

/* When each atom sounds: those that the engine has run together with the one before share its time.
 */
static void time_atoms(struct atoms *atoms, const struct wsp_utterance *u,
                       const struct wsp_timeline *timeline, const struct wsp_timeline_entry *entry)
{
    time_marked(atoms, u, timeline, entry);
    struct atom *first = &atoms->items[0];
    size_t second = next_marked(atoms, 1);
    if (!first->marked)
        first->ends = second < atoms->n ? atoms->items[second].sounds : entry->end;
    first->marked = true;
    first->sounds = entry->begin;
    for (size_t i = 0, next; i < atoms->n; i = next) {
        next = next_marked(atoms, i + 1);
        uint64_t begin = atoms->items[i].sounds, span = atoms->items[i].ends - begin;
        for (size_t k = i; k < next; k++) {
            atoms->items[k].sounds = begin + span * (k - i) / (next - i);
            atoms->items[k].ends = begin + span * (k - i + 1) / (next - i);
        }
    }
    atoms->items[atoms->n - 1].ends = entry->end;
}

/* Where the brackets and quotation marks begin that open before byte `at`. */
static uint32_t opened_before(const struct wsp_document *document, uint32_t at, uint32_t floor)
{
    static const char *const openers[] = {"(", "[", "{", "\"", "“", "‘", "«"};
    for (size_t i = 0; i < WSP_LEN(openers); i++) {
        uint32_t len = (uint32_t)strlen(openers[i]);
        if (at < floor + len || memcmp(document->text.ptr + at - len, openers[i], len) != 0)
            continue;
        uint32_t begin = opened_before(document, at - len, floor);
        bool opens = begin == floor || strchr(" \n", document->text.ptr[begin - 1]);
        return opens ? begin : at;
    }
    return at;
}

/* Give every atom the text up to the next, so that nothing of the sentence is left out. */
static void spread_text(struct atoms *atoms, const struct wsp_document *document,
                        const struct wsp_sentence *sentence)
{
    for (size_t i = 1; i < atoms->n; i++)
        atoms->items[i].begin =
            opened_before(document, atoms->items[i].begin, atoms->items[i - 1].end);
    atoms->items[0].begin = sentence->begin;
    for (size_t i = 0; i < atoms->n; i++) {
        struct atom *atom = &atoms->items[i];
        uint32_t end = i + 1 < atoms->n ? atoms->items[i + 1].begin : sentence->end;
        while (end > atom->begin && strchr(" \n", document->text.ptr[end - 1]))
            end--;
        atom->end = end;
        atom->chars = (uint32_t)wsp_utf8_count(text_of(document, atom));
    }
    for (size_t i = 0; i + 1 < atoms->n; i++) {
        struct atom *atom = &atoms->items[i];
        struct wsp_str text = text_of(document, atom);
        struct wsp_str next = text_of(document, &atoms->items[i + 1]);
        bool touches = atom->end == atoms->items[i + 1].begin;
        atom->joined = touches || (ends_plain(text) &&
                                   ((begins_name(text) && begins_name(next)) || is_number(text)));
    }
}

/* ---- pieces ---- */

static uint32_t chars_of(const struct atoms *atoms, size_t begin, size_t end)
{
    uint32_t chars = 0;
    for (size_t i = begin; i < end; i++) {
        bool blank = i > begin && atoms->items[i].begin > atoms->items[i - 1].end;
        chars += atoms->items[i].chars + blank;
    }
    return chars;
}

/* Where the second line of the piece begin..end begins: `end` when one line is enough, 0 when two
 * are not. The lines are as even as can be, the break at a pause rather than not. */
static size_t line_break(const struct atoms *atoms, size_t begin, size_t end)
{
    enum { PAUSE = 12, JOINED = 40 }; /* characters that a good or bad place is worth */
    if (chars_of(atoms, begin, end) <= WSP_CAPTION_LINE || end == begin + 1)
        return end;
    size_t best = 0;
    long least = 0;
    for (size_t at = begin + 1; at < end; at++) {
        long first = (long)chars_of(atoms, begin, at), second = (long)chars_of(atoms, at, end);
        if (first > WSP_CAPTION_LINE || second > WSP_CAPTION_LINE)
            continue;
        const struct atom *before = &atoms->items[at - 1];
        long cost =
            labs(first - second) - (before->pause ? PAUSE : 0) + (before->joined ? JOINED : 0);
        if (best == 0 || cost < least) {
            best = at;
            least = cost;
        }
    }
    return best;
}

static bool fits(const struct atoms *atoms, size_t begin, size_t end, uint32_t rate_hz)
{
    uint64_t frames = atoms->items[end - 1].ends - atoms->items[begin].sounds;
    return end == begin + 1 || (frames * 1000 <= (uint64_t)WSP_CAPTION_MS * rate_hz &&
                                line_break(atoms, begin, end) > 0);
}

/* How bad it is to end a piece of so many characters with this atom. */
static double cost_of(const struct atoms *atoms, size_t begin, size_t end)
{
    enum { PIECE = 1000, PLAIN = 200, JOINED = 3000, EVEN = 20 };
    const struct atom *last = &atoms->items[end - 1];
    double chars = chars_of(atoms, begin, end);
    double place = end == atoms->n || last->pause ? 0 : last->joined ? JOINED : PLAIN;
    return PIECE + place + chars * chars / EVEN;
}

/* Part the atoms into pieces at the least cost in all; from[end] is where the piece that ends there
 * begins. Returns WSP_OK or WSP_NOMEM. */
static enum wsp_status part(const struct atoms *atoms, uint32_t rate_hz, size_t *from)
{
    double *least = calloc(atoms->n + 1, sizeof *least);
    if (!least)
        return WSP_NOMEM;
    for (size_t end = 1; end <= atoms->n; end++) {
        least[end] = -1;
        for (size_t begin = end; begin-- > 0 && fits(atoms, begin, end, rate_hz);) {
            double cost = least[begin] + cost_of(atoms, begin, end);
            if (least[end] < 0 || cost < least[end]) {
                least[end] = cost;
                from[end] = begin;
            }
        }
    }
    free(least);
    return WSP_OK;
}

/* ---- captions ---- */

static void add_text(struct wsp_buf *out, struct wsp_str text)
{
    for (size_t i = 0; i < text.len; i++)
        wsp_buf_putc(out, wsp_in_line(text.ptr[i]));
}

static enum wsp_status add_caption(struct wsp_captions *captions,
                                   const struct wsp_document *document, const struct atoms *atoms,
                                   size_t begin, size_t end)
{
    if (wsp_grow(&captions->items, &captions->cap, captions->n, sizeof *captions->items))
        return WSP_NOMEM;
    size_t second = line_break(atoms, begin, end);
    struct wsp_caption *caption = &captions->items[captions->n++];
    *caption = (struct wsp_caption){.begin = atoms->items[begin].sounds,
                                    .end = atoms->items[end - 1].ends,
                                    .text_begin = (uint32_t)captions->text.len,
                                    .first_word = captions->n_words,
                                    .n_words = end - begin};
    for (size_t i = begin; i < end; i++) {
        const struct atom *atom = &atoms->items[i];
        if (i == second && i > begin)
            wsp_buf_putc(&captions->text, '\n');
        else if (i > begin && atom->begin > atoms->items[i - 1].end)
            wsp_buf_putc(&captions->text, ' ');
        if (wsp_grow(&captions->words, &captions->cap_words, captions->n_words,
                     sizeof *captions->words))
            return WSP_NOMEM;
        captions->words[captions->n_words++] =
            (struct wsp_caption_word){.at = (uint32_t)captions->text.len, .begin = atom->sounds};
        add_text(&captions->text, text_of(document, atom));
    }
    caption->text_end = (uint32_t)captions->text.len;
    return captions->text.status;
}

static enum wsp_status make(struct wsp_captions *captions, const struct wsp_message *message,
                            const struct atoms *atoms, uint32_t rate_hz)
{
    size_t *from = calloc(atoms->n + 1, sizeof *from), *ends = calloc(atoms->n + 1, sizeof *ends);
    enum wsp_status st = from && ends ? part(atoms, rate_hz, from) : WSP_NOMEM;
    size_t n = 0;
    for (size_t end = atoms->n; !st && end > 0; end = from[end])
        ends[n++] = end;
    while (!st && n > 0) {
        size_t end = ends[--n];
        st = add_caption(captions, &message->document, atoms, from[end], end);
    }
    free(from);
    free(ends);
    return st;
}

enum wsp_status wsp_captions_make(struct wsp_captions *captions, const struct wsp_message *message,
                                  const struct wsp_timeline *timeline,
                                  const struct wsp_timeline_entry *entry, struct wsp_error *err)
{
    captions->n = captions->n_words = 0;
    wsp_buf_clear(&captions->text);
    struct atoms atoms = {0};
    enum wsp_status st =
        wsp_script_utterance(&message->script, entry->number, &captions->utterance, err);
    if (st)
        return st;
    st = collect(&atoms, &captions->utterance);
    if (!st && atoms.n > 0) {
        time_atoms(&atoms, &captions->utterance, timeline, entry);
        spread_text(&atoms, &message->document, &message->script.sentences[entry->number]);
        st = make(captions, message, &atoms, timeline->rate_hz);
    }
    free(atoms.items);
    return st ? wsp_fail_nomem(err) : WSP_OK;
}
