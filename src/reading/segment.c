/* Sentence segmentation, run by run (a run is what stands between blanks). A run that ends in
 * a stop may end the sentence; what decides is the word before the stop (abbreviation.h) and
 * how the next run begins. It guesses; a wrong guess costs one odd pause. */
#include "reading/segment.h"

#include "reading/abbreviation.h"
#include "reading/chars.h"
#include "reading/part.h"
#include "reading/syllable.h"
#include "reading/token.h"

#include <string.h>

/* One run: ("xong.") is opening marks, the core `xong`, one dot, closing marks. */
struct run {
    size_t begin, end;
    size_t core, core_end; /* equal: nothing but marks */
    unsigned dots;
    bool strong;            /* ! or ? among the stops */
    bool ellipsis;          /* … among them, or more than one dot */
    bool closed;            /* a bracket or a quote closes after the stops */
    bool whole;             /* an address: its dots are its own */
    bool glued;             /* "xong.Hôm": the next sentence begins without a blank */
    unsigned opens, closes; /* brackets */
    bool bracket_after_stop;
    uint32_t last; /* code of its last character */
};

/* What the sentence was up to the run that is looked at. */
struct scan {
    const char *text;
    size_t end;        /* of the block */
    size_t n_runs;     /* with a core */
    struct run before; /* the last of them */
    unsigned names;    /* capitalised words that stand right before, "Nguyễn Văn" */
    unsigned initials; /* and letters with a dot */
    bool given;        /* Văn or Thị among them */
    bool numbered;     /* begins with "Điều", "Chương" */
    bool pending;      /* ended, but for closing marks after a blank */
    bool outer;        /* the open bracket holds the whole sentence */
    unsigned depth;    /* open brackets */
};

enum ahead_kind { AHEAD_NOTHING, AHEAD_LOWER, AHEAD_UPPER, AHEAD_NUMBER, AHEAD_MARK, AHEAD_OTHER };

/* How the next run begins, opening marks passed over. */
struct ahead {
    enum ahead_kind kind;
    bool bracket, dash;  /* among what was passed over */
    struct wsp_str word; /* its letters */
};

static struct wsp_str core_of(const struct scan *s, const struct run *run)
{
    return (struct wsp_str){s->text + run->core, run->core_end - run->core};
}

/* The letters from `at` on; long words are cut, they are no syllables anyway. */
static struct wsp_str letters_from(const char *text, size_t at, size_t end)
{
    enum { ENOUGH = 32 };
    size_t stop = at;
    while (stop < end && stop - at < ENOUGH) {
        struct wsp_char c = wsp_char_at(text, stop, end);
        if (c.class != WSP_CHAR_LETTER)
            break;
        stop += c.len;
    }
    return (struct wsp_str){text + at, stop - at};
}

static enum ahead_kind kind_of(struct wsp_char c)
{
    if (c.class == WSP_CHAR_LETTER)
        return wsp_char_is_lower(c) ? AHEAD_LOWER : AHEAD_UPPER;
    if (c.class == WSP_CHAR_DIGIT)
        return AHEAD_NUMBER;
    return c.class == WSP_CHAR_CLOSE || c.class == WSP_CHAR_STOP || c.class == WSP_CHAR_COMMA
               ? AHEAD_MARK
               : AHEAD_OTHER;
}

static struct ahead look_ahead(const struct scan *s, size_t at)
{
    enum { FAR = 64 }; /* bytes of marks after which it does not matter any more */
    struct ahead ahead = {.kind = AHEAD_NOTHING};
    while (at < s->end && wsp_char_at(s->text, at, s->end).class == WSP_CHAR_BLANK)
        at += wsp_char_at(s->text, at, s->end).len;
    for (size_t first = at; at < s->end;) {
        struct wsp_char c = wsp_char_at(s->text, at, s->end);
        bool opens = c.class == WSP_CHAR_OPEN || c.class == WSP_CHAR_QUOTE ||
                     c.class == WSP_CHAR_DASH || c.class == WSP_CHAR_SILENT ||
                     c.class == WSP_CHAR_BLANK;
        if (!opens || at - first > FAR) {
            ahead.kind = kind_of(c);
            ahead.word = letters_from(s->text, at, s->end);
            return ahead;
        }
        ahead.bracket |= c.class == WSP_CHAR_OPEN;
        ahead.dash |= c.class == WSP_CHAR_DASH;
        ahead.kind = AHEAD_MARK; /* "Chúc mừng! 🎉" and no more: they stay together */
        at += c.len;
    }
    return ahead;
}

/* ---- reading one run ---- */

static bool is_bracket(uint32_t code)
{
    return code < 0x80 || code == 0xFF08 || code == 0xFF09;
}

/* "[12]" after a full stop is a footnote mark: it closes, it opens nothing. Its length, or 0. */
static size_t footnote_at(const char *text, size_t at, size_t end)
{
    size_t p = at + 1;
    while (p < end && p - at < 4 && text[p] >= '0' && text[p] <= '9')
        p++;
    return text[at] == '[' && p > at + 1 && p < end && text[p] == ']' ? p + 1 - at : 0;
}

static bool is_superscript(uint32_t code)
{
    return code == 0xB9 || code == 0xB2 || code == 0xB3 || (code >= 0x2070 && code <= 0x2079);
}

/* A capitalised Vietnamese word begins at `at` and ends there too, "Hôm" but not "Hôm.vn". */
static bool begins_sentence(const char *text, size_t at, size_t end)
{
    struct wsp_str word = letters_from(text, at, end);
    struct wsp_char first = wsp_char_at(text, at, end);
    size_t after = at + word.len;
    if (word.len == 0 || !wsp_char_is_upper(first) || !wsp_syllable_parse(word, NULL))
        return false;
    if (word.len > first.len && !wsp_char_is_lower(wsp_char_at(text, at + first.len, end)))
        return false;
    if (after == end)
        return true;
    enum wsp_char_class class = wsp_char_at(text, after, end).class;
    return class == WSP_CHAR_BLANK || class == WSP_CHAR_COMMA || class == WSP_CHAR_CLOSE ||
           class == WSP_CHAR_QUOTE;
}

/* Is the stop in "xong.Hôm", with the word before it at word..stop, the end of a sentence whose
 * writer forgot the blank? Not in "Th.Sĩ", "TP.Huế", "1.Thời gian". */
static bool is_glued(const struct scan *s, const struct run *run, size_t word, size_t at)
{
    if (run->whole || run->closed || !begins_sentence(s->text, at, s->end))
        return false;
    if (run->core == run->core_end) /* "xong .Hôm" */
        return s->n_runs > 0;
    struct wsp_str before = {s->text + word, run->core_end - word};
    if (wsp_char_is_number(wsp_char_before(s->text, run->core, run->core_end)))
        return s->n_runs > 0 && wsp_char_is_number(wsp_char_at(s->text, run->core, s->end));
    return before.len > 1 && wsp_syllable_parse(before, NULL) &&
           wsp_abbreviation_find(before) == WSP_ABBR_NONE;
}

static void read_stop(struct run *run, struct wsp_char c, size_t at)
{
    if (run->closed) { /* a second group: "(v.v.)." */
        run->core_end = at;
        run->dots = 0;
        run->closed = run->ellipsis = run->bracket_after_stop = false;
    }
    if (c.code == '.' || c.code == 0x3002 || c.code == 0xFF0E)
        run->dots++;
    else if (c.code == 0x2026)
        run->ellipsis = true;
    else
        run->strong = true;
    run->ellipsis |= run->dots > 1;
}

static bool has_stop(const struct run *run)
{
    return run->dots > 0 || run->strong || run->ellipsis;
}

static void read_core(struct run *run, struct wsp_char c, size_t at)
{
    if (run->core == run->core_end)
        run->core = at;
    run->core_end = at + c.len;
    run->dots = 0;
    run->strong = run->ellipsis = run->closed = run->bracket_after_stop = false;
}

/* Take one character that is neither blank nor the begin of another sentence. */
static size_t read_char(const struct scan *s, struct run *run, struct wsp_char c, size_t at)
{
    bool stopped = has_stop(run);
    size_t footnote = stopped ? footnote_at(s->text, at, s->end) : 0;
    run->last = c.code;
    if (footnote || (stopped && is_superscript(c.code))) {
        run->closed = true;
        return footnote ? footnote : c.len;
    }
    bool bracket = is_bracket(c.code);
    run->opens += c.class == WSP_CHAR_OPEN && bracket;
    run->closes += c.class == WSP_CHAR_CLOSE && bracket;
    if (c.class == WSP_CHAR_STOP) {
        read_stop(run, c, at);
    } else if (c.class == WSP_CHAR_CLOSE || c.class == WSP_CHAR_QUOTE) {
        run->closed |= stopped;
        run->bracket_after_stop |= stopped && c.class == WSP_CHAR_CLOSE && bracket;
    } else if (c.class == WSP_CHAR_LETTER || c.class == WSP_CHAR_DIGIT ||
               c.class == WSP_CHAR_SIGN || run->core < run->core_end) {
        read_core(run, c, at);
    }
    return c.len;
}

static struct run read_run(const struct scan *s, size_t at)
{
    struct run run = {.begin = at, .core = at, .core_end = at};
    size_t word = at; /* where the letters before `at` begin */
    bool in_word = false;
    run.whole = s->end - at > 4 && strncmp(s->text + at, "www.", 4) == 0;
    while (at < s->end) {
        struct wsp_char c = wsp_char_at(s->text, at, s->end);
        if (c.class == WSP_CHAR_BLANK)
            break;
        bool letter = c.class == WSP_CHAR_LETTER || c.class == WSP_CHAR_MARK;
        if (letter && has_stop(&run) && is_glued(s, &run, word, at)) {
            run.glued = true;
            break;
        }
        if (letter && !in_word)
            word = at;
        in_word = letter;
        run.whole |= c.code == '@' || (c.code == ':' && s->end - at > 2 && s->text[at + 1] == '/' &&
                                       s->text[at + 2] == '/');
        at += read_char(s, &run, c, at);
    }
    run.end = at;
    return run;
}

/* ---- list marks ---- */

static size_t span_of(struct wsp_str text, size_t at, const char *accepted)
{
    size_t n = 0;
    while (at + n < text.len && text.ptr[at + n] && strchr(accepted, text.ptr[at + n]))
        n++;
    return n;
}

/* "1", "12", "a", "đ", "IV", "1.2.3", "A.1", "IV.2"; not "3.500" or "2021". */
static bool is_list_mark(struct wsp_str core)
{
    size_t at = span_of(core, 0, "0123456789");
    if (at > 3 || core.len == 0)
        return false;
    if (at == 0)
        at = span_of(core, 0, "IVX");
    if (at == 0) {
        struct wsp_char c = wsp_char_at(core.ptr, 0, core.len);
        at = c.class == WSP_CHAR_LETTER ? c.len : 0;
    }
    if (at == 0 || at > 5)
        return false;
    while (at < core.len) {
        size_t digits = span_of(core, at + 1, "0123456789");
        if (core.ptr[at] != '.' || digits == 0 || digits > 2)
            return false;
        at += 1 + digits;
    }
    return true;
}

static bool is_first_mark(struct wsp_str core)
{
    return wsp_str_is(core, "1") || wsp_str_is(core, "a") || wsp_str_is(core, "A") ||
           wsp_str_is(core, "I");
}

/* Does the dot belong to a mark: at the beginning ("1. Thời gian"), in the middle ("gồm: 1. Nhà;
 * 2. Xe"), in a heading ("Điều 5. Hiệu lực")? */
static bool is_mark_here(const struct scan *s, struct wsp_str core)
{
    if (!is_list_mark(core))
        return false;
    if (s->n_runs == 0)
        return true;
    if (s->numbered && (s->n_runs == 1 || (s->n_runs == 2 && s->before.dots == 1)))
        return true; /* also "Điều 12. 1. Tổ chức, cá nhân ..." */
    if (s->before.last == ':')
        return is_first_mark(core);
    return (s->before.last == ';' || s->before.last == ',') && core.len <= 2;
}

/* ---- the decision ---- */

static bool is_syllable(struct wsp_str word)
{
    return wsp_syllable_parse(word, NULL);
}

/* One capital letter, or several with dots between: "A", "V.I". */
static bool is_initials(struct wsp_str core)
{
    size_t at = 0;
    while (at < core.len) {
        struct wsp_char c = wsp_char_at(core.ptr, at, core.len);
        at += c.len;
        if (!wsp_char_is_upper(c) || (at < core.len && core.ptr[at] != '.'))
            return false;
        at += at < core.len;
    }
    return core.len > 0;
}

/* "Nguyễn V. A. Hôm nay" and "ông H. Sáng nay" end; "J. Smith" and "C. Mác" go on. */
static bool initials_end(const struct scan *s, struct wsp_str core, bool place,
                         const struct ahead *ahead)
{
    if (ahead->kind == AHEAD_LOWER || ahead->bracket)
        return false;
    if (ahead->kind == AHEAD_NUMBER)
        return !place;
    if (ahead->kind != AHEAD_UPPER)
        return true;
    if (!is_syllable(ahead->word))
        return false;
    if (s->n_runs == 0)
        return false;
    bool region = place && wsp_str_is(core_of(s, &s->before), "vực"); /* "khu vực P. Long Bình" */
    if (s->before.last != ',' && !region && wsp_takes_label(core_of(s, &s->before)))
        return true;
    if (place)
        return s->given;
    if (memchr(core.ptr, '.', core.len))
        return true;
    if (s->names == 1 && s->initials == 0) /* "Hepatitis B. Trời", not "Lê V. An" */
        return !wsp_is_family_name(core_of(s, &s->before));
    return s->names > 0;
}

/* Up to three consonants, written small but for the first: "đg. Lê Lợi", "Ng. Văn Minh"; a unit
 * after a number is none ("5 kg."). */
static bool is_unknown_abbreviation(const struct scan *s, struct wsp_str core)
{
    size_t letters = 0;
    bool small = false;
    for (size_t at = 0; at < core.len; letters++) {
        struct wsp_char c = wsp_char_at(core.ptr, at, core.len);
        bool consonant = c.class == WSP_CHAR_LETTER && (c.code == 0x111 || c.code < 0x80) &&
                         !(c.code < 0x80 && strchr("aeiouyAEIOUY", (int)c.code));
        if (!consonant || (at > 0 && !wsp_char_is_lower(c)))
            return false;
        small |= wsp_char_is_lower(c);
        at += c.len;
    }
    bool after_number = s->n_runs > 0 && wsp_char_is_number(wsp_char_before(s->text, s->before.core,
                                                                            s->before.core_end));
    return small && letters <= 3 && !after_number;
}

/* Before a small letter the dot ends the sentence only after a plain word: whoever writes
 * without capitals still writes "họp lúc tám giờ. mọi người đến đúng giờ". Short numbers are
 * not plain: "ngày 30.4. và 1.5." */
static bool is_plain(struct wsp_str core)
{
    bool letters = true, number = true;
    size_t count = 0, digits = 0; /* in the last group */
    for (size_t at = 0; at < core.len; count++) {
        struct wsp_char c = wsp_char_at(core.ptr, at, core.len);
        letters &= c.class == WSP_CHAR_LETTER;
        number &= c.class == WSP_CHAR_DIGIT || c.class == WSP_CHAR_STOP;
        digits = c.class == WSP_CHAR_DIGIT ? digits + 1 : 0;
        at += c.len;
    }
    if (letters)
        return count > 4 || (count > 1 && is_syllable(core));
    return !number || digits > 2;
}

/* Does one dot after `core` end the sentence? */
static bool dot_ends(const struct scan *s, const struct run *run, const struct ahead *ahead)
{
    struct wsp_str core = core_of(s, run);
    if (run->whole)
        return true;
    if (is_mark_here(s, core))
        return false;
    enum wsp_abbreviation class = wsp_abbreviation_find(core);
    if (is_initials(core) && class != WSP_ABBR_TITLE && class != WSP_ABBR_MAY)
        return initials_end(s, core, class == WSP_ABBR_PLACE, ahead);
    bool name = ahead->kind == AHEAD_UPPER, lower = ahead->kind == AHEAD_LOWER;
    switch (class) {
    case WSP_ABBR_TITLE:
        return !name && !lower;
    case WSP_ABBR_FAMILY:
        return !lower && !(name && wsp_is_family_name(ahead->word));
    case WSP_ABBR_PLACE:
        return !name && !lower && ahead->kind != AHEAD_NUMBER;
    case WSP_ABBR_NEVER:
        return false;
    case WSP_ABBR_MAY:
        return !lower && !run->bracket_after_stop;
    case WSP_ABBR_NONE:
        break;
    }
    return lower ? is_plain(core) : !is_unknown_abbreviation(s, core);
}

/* A run of marks alone: "xong !", "xong. ”", "(?)". */
static bool marks_end(const struct scan *s, const struct run *run, const struct ahead *ahead)
{
    if (run->opens > 0 || s->n_runs == 0)
        return false;
    if (!has_stop(run))
        return s->pending && ahead->kind != AHEAD_LOWER;
    return ahead->kind != AHEAD_LOWER || !run->ellipsis;
}

static bool run_ends(const struct scan *s, const struct run *run, const struct ahead *ahead)
{
    if (run->core == run->core_end)
        return marks_end(s, run, ahead);
    if (!has_stop(run) || run->last == ',' || run->last == ';' || run->last == ':')
        return false;
    bool lower = ahead->kind == AHEAD_LOWER;
    bool closes_inner = run->bracket_after_stop && !s->outer;
    bool inside = s->depth + run->opens > run->closes;
    if ((lower && inside) || (closes_inner && (run->strong || run->ellipsis)))
        return false;
    if (run->strong)
        return !lower || !(run->closed || ahead->dash);
    if (run->ellipsis)
        return !lower;
    return dot_ends(s, run, ahead);
}

/* ---- the walk ---- */

static void note_name(struct scan *s, const struct run *run)
{
    struct wsp_str core = core_of(s, run);
    struct wsp_char first = wsp_char_at(s->text, run->core, s->end);
    bool upper = wsp_char_is_upper(first);
    if (upper && run->dots == 1 && core.len == first.len) {
        s->initials++;
    } else if (upper && core.len > first.len && run->end == run->core_end &&
               !wsp_takes_label(core) && wsp_capitals_in(core) < 2) { /* "PGĐ Nguyễn V. Hưởng" */
        s->names++;
        s->given |= wsp_str_is(core, "Văn") || wsp_str_is(core, "Thị");
    } else {
        s->names = s->initials = 0;
        s->given = false;
    }
}

static void take_run(struct scan *s, const struct run *run)
{
    if (run->opens > 0 && s->n_runs == 0 && s->depth == 0)
        s->outer = true;
    unsigned depth = s->depth + run->opens;
    s->depth = depth > run->closes ? depth - run->closes : 0;
    if (s->depth == 0)
        s->outer = false;
    if (run->core == run->core_end)
        return;
    note_name(s, run);
    if (s->n_runs++ == 0)
        s->numbered = wsp_numbers_heading(core_of(s, run));
    s->before = *run;
}

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end) {
        struct wsp_char c = wsp_char_at(text, at, end);
        if (c.class != WSP_CHAR_BLANK)
            break;
        at += c.len;
    }
    return at;
}

/* The end of the sentence that begins at `at`, which is no blank. */
static size_t find_end(const char *text, size_t at, size_t end)
{
    struct scan s = {.text = text, .end = end};
    for (;;) {
        struct run run = read_run(&s, at);
        bool marks = run.core == run.core_end;
        if (has_stop(&run) || (marks && s.pending)) {
            struct ahead ahead = look_ahead(&s, run.end);
            bool ends = run_ends(&s, &run, &ahead);
            if (ends && ahead.kind != AHEAD_MARK)
                return run.end;
            s.pending = ends;
        } else {
            s.pending = false;
        }
        take_run(&s, &run);
        at = skip_blanks(text, run.end, end);
        if (at == end)
            return run.end;
    }
}

void wsp_segmenter_init(struct wsp_segmenter *segmenter, const char *text, size_t begin, size_t end)
{
    *segmenter = (struct wsp_segmenter){text, begin, end, begin};
}

bool wsp_segmenter_next(struct wsp_segmenter *segmenter, struct wsp_segment *segment)
{
    const char *text = segmenter->text;
    size_t begin = skip_blanks(text, segmenter->at, segmenter->end);
    if (begin == segmenter->end)
        return false;
    if (begin >= segmenter->sentence_end)
        segmenter->sentence_end = find_end(text, begin, segmenter->end);
    segment->begin = begin;
    segment->end = wsp_part_end(text, begin, segmenter->sentence_end);
    segment->phrase = segment->end < segmenter->sentence_end;
    segmenter->at = segment->end;
    return true;
}
