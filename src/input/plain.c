/* Recovers paragraphs from lines. Some texts have a line a paragraph, some are broken at a
 * column by whatever wrote them, some mix both. What tells: in a text that was broken, a line
 * often stops in the middle of a sentence and the next begins with a small letter; and a line
 * was broken where it was because the next word did not fit. Languages with many capitals would
 * need more; in Vietnamese three words of four begin with a small letter. */
#include "input/plain.h"

#include "base/utf8.h"
#include "input/block.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIDTH_MIN = 30,  /* nobody breaks lines at less */
    WIDTH_MAX = 200, /* nor at more; longer lines are paragraphs */
    TITLE_CHARS = 160,
    SHORT_HEADING_CHARS = 80,
    INDENT_COLUMNS = 2, /* what begins a paragraph at the left edge */
};

struct text {
    const struct wsp_clean *clean;
    struct wsp_look *looks; /* one a line */
    size_t n;
    uint32_t width;       /* where lines were broken, in characters; 0: not known */
    bool wrapped;         /* most of the text is broken lines */
    bool parted;          /* and its paragraphs are parted by blank lines */
    bool mostly_capitals; /* so capitals mean nothing, as in old telegrams */
    bool titled;          /* the title has been seen, or it is too late for one */
    struct wsp_group *groups;
    size_t n_groups, cap_groups;
};

/* ---- how wide was it? --------------------------------------------------------------------- */

static bool is_list_or_heading(const struct wsp_look *look)
{
    return look->kind != WSP_LOOK_PROSE;
}

/* Line i stops in the middle of a sentence and the next one goes on with a small letter. */
static bool is_evidence(const struct text *text, size_t i)
{
    const struct wsp_look *look = &text->looks[i], *next = &text->looks[i + 1];
    return next->kind == WSP_LOOK_PROSE && next->lower && look->kind <= WSP_LOOK_ITEM &&
           (look->end == WSP_END_OPEN || look->end == WSP_END_COMMA ||
            look->end == WSP_END_HYPHEN) &&
           look->chars >= WIDTH_MIN && look->chars <= WIDTH_MAX;
}

/* The width is that which nine in ten broken lines keep: some break later, at a long word. */
static uint32_t usual_width(const size_t *histogram, size_t evidence)
{
    size_t seen = 0;
    for (uint32_t width = 0; width <= WIDTH_MAX && evidence > 0; width++) {
        seen += histogram[width];
        if (seen * 10 >= evidence * 9)
            return width;
    }
    return 0;
}

/* Does a blank line stand after (nearly) every paragraph? A short line with a full stop ends
 * one. */
static bool is_parted_by_blanks(const struct text *text)
{
    size_t blank = 0, other = 0;
    for (size_t i = 0; i + 1 < text->n; i++) {
        bool is_end = text->looks[i].end == WSP_END_SENTENCE &&
                      text->looks[i + 1].kind == WSP_LOOK_PROSE &&
                      text->looks[i].chars * 10 < text->width * 7;
        blank += is_end && text->clean->lines[i + 1].blank_before;
        other += is_end && !text->clean->lines[i + 1].blank_before;
    }
    return blank > other * 4;
}

static void measure(struct text *text)
{
    size_t histogram[WIDTH_MAX + 1] = {0};
    size_t pairs = 0, evidence = 0;
    for (size_t i = 0; i + 1 < text->n; i++) {
        if (text->clean->lines[i + 1].blank_before || is_list_or_heading(&text->looks[i + 1]))
            continue;
        pairs++;
        if (is_evidence(text, i)) {
            evidence++;
            histogram[text->looks[i].chars]++;
        }
    }
    text->wrapped = evidence > 0 && evidence * 4 >= pairs;
    text->width = usual_width(histogram, evidence);
    text->parted = text->wrapped && is_parted_by_blanks(text);
}

static void look_at_lines(struct text *text)
{
    size_t capitals = 0;
    for (size_t i = 0; i < text->n; i++) {
        const struct wsp_line *line = &text->clean->lines[i];
        text->looks[i] = wsp_line_look(
            (struct wsp_str){text->clean->text.ptr + line->begin, line->end - line->begin});
        capitals += text->looks[i].kind == WSP_LOOK_CAPITALS;
    }
    text->mostly_capitals = text->n >= 6 && capitals * 3 > text->n * 2;
    for (size_t i = 0; i < text->n && text->mostly_capitals; i++)
        if (text->looks[i].kind == WSP_LOOK_CAPITALS && text->looks[i].chars > WIDTH_MIN)
            text->looks[i].kind = WSP_LOOK_PROSE;
}

/* ---- does the next line go on? ------------------------------------------------------------ */

/* Would the first word of the next line have fitted on this one, by a width of `percent`? Then
 * the line was ended on purpose. */
static bool was_full(const struct text *text, size_t i, unsigned percent)
{
    uint32_t wanted = text->looks[i].chars + 1 + text->looks[i + 1].first_word;
    return text->width > 0 && text->looks[i].chars <= text->width + text->width / 4 &&
           wanted * 100 > text->width * percent;
}

/* Prose goes on. A small letter says so nearly by itself; a capital only in a text that is
 * broken, on a line that was full; after a full stop it must have been quite full, unless blank
 * lines say where paragraphs end. */
static bool prose_goes_on(const struct text *text, size_t i)
{
    const struct wsp_look *look = &text->looks[i], *next = &text->looks[i + 1];
    const struct wsp_line *lines = text->clean->lines;
    bool stopped = look->end == WSP_END_SENTENCE || look->end == WSP_END_COLON;
    if (next->lower)
        return was_full(text, i, stopped ? 85 : 50);
    if (!text->wrapped || lines[i + 1].indent >= lines[i].indent + INDENT_COLUMNS)
        return false;
    return was_full(text, i, stopped && !text->parted ? 100 : 80) && look->end != WSP_END_COLON;
}

/* A number at the beginning of a broken line is a mark only when it counts on: "... vào ngày" /
 * "17. Sau đó ..." is prose. */
static bool is_broken_number(const struct text *text, size_t i, uint16_t last_number)
{
    const struct wsp_look *look = &text->looks[i + 1];
    return look->kind == WSP_LOOK_ITEM && look->number > 1 && look->number != last_number + 1 &&
           text->wrapped && text->looks[i].end == WSP_END_OPEN && was_full(text, i, 80);
}

/* Words that leave a heading unfinished, or go on with one: small letters, blanks around. */
static const char *const binders[] = {
    " và ", " của ", " cho ",  " với ", " các ", " những ", " trong ",
    " từ ", " đến ", " theo ", " do ",  " để ",  " trên ",  " bằng ",
};

static bool is_binder(struct wsp_str word)
{
    struct wsp_buf folded = WSP_BUF_INIT(64);
    wsp_buf_putc(&folded, ' ');
    wsp_utf8_add_lower(&folded, word);
    wsp_buf_putc(&folded, ' ');
    bool found = false;
    for (size_t i = 0; i < WSP_LEN(binders) && !found && !folded.status; i++)
        found = strcmp(folded.ptr, binders[i]) == 0;
    wsp_buf_release(&folded);
    return found;
}

static struct wsp_str line_text(const struct text *text, size_t i)
{
    const struct wsp_line *line = &text->clean->lines[i];
    return (struct wsp_str){text->clean->text.ptr + line->begin, line->end - line->begin};
}

/* "THÔNG BÁO VỀ CƠN BÃO SỐ 3 VÀ" / "MƯA LŨ SAU BÃO": one heading. Other headings in capitals
 * that follow each other are two: the office, then its department. */
static bool capitals_go_on(const struct text *text, size_t i)
{
    if (text->looks[i + 1].kind != WSP_LOOK_CAPITALS)
        return false;
    if (text->looks[i].end == WSP_END_HYPHEN || (text->wrapped && was_full(text, i, 90)))
        return true;
    struct wsp_str line = line_text(text, i), next = line_text(text, i + 1);
    const char *last = memrchr(line.ptr, ' ', line.len);
    const char *first = memchr(next.ptr, ' ', next.len);
    size_t head = last ? (size_t)(last + 1 - line.ptr) : 0;
    return is_binder((struct wsp_str){line.ptr + head, line.len - head}) ||
           (first && is_binder((struct wsp_str){next.ptr, (size_t)(first - next.ptr)}));
}

static bool goes_on(const struct text *text, const struct wsp_group *group, uint16_t last_number)
{
    size_t i = group->end - 1;
    if (i + 1 >= text->n || text->clean->lines[i + 1].blank_before)
        return false;
    const struct wsp_line *lines = text->clean->lines;
    const struct wsp_look *begun = &text->looks[group->first], *next = &text->looks[i + 1];
    if (text->looks[i].edges + next->edges > 1) /* one tab alone is a slip */
        return false;
    if (begun->kind == WSP_LOOK_CAPITALS)
        return capitals_go_on(text, i);
    if (begun->kind == WSP_LOOK_LETTERHEAD || begun->kind == WSP_LOOK_RULE)
        return false;
    if (next->kind != WSP_LOOK_PROSE)
        return is_broken_number(text, i, last_number);
    if (begun->kind == WSP_LOOK_ITEM && lines[i + 1].indent > lines[group->first].indent)
        return true;
    if (begun->kind == WSP_LOOK_PART)
        return next->lower && was_full(text, i, 50);
    return prose_goes_on(text, i);
}

/* ---- what is it? -------------------------------------------------------------------------- */

static uint32_t group_chars(const struct text *text, const struct wsp_group *group)
{
    uint32_t chars = 0;
    for (size_t i = group->first; i < group->end; i++)
        chars += text->looks[i].chars + 1;
    return chars - 1;
}

static bool blank_after(const struct text *text, const struct wsp_group *group)
{
    return group->end < text->n && text->clean->lines[group->end].blank_before;
}

/* A short piece without a full stop. */
static bool is_like_a_title(const struct text *text, const struct wsp_group *group)
{
    const struct wsp_look *first = &text->looks[group->first], *last = &text->looks[group->end - 1];
    struct wsp_str line = line_text(text, group->end - 1);
    bool stopped = last->end == WSP_END_COLON || last->end == WSP_END_COMMA ||
                   (last->end == WSP_END_SENTENCE && line.ptr[line.len - 1] == '.');
    return first->kind == WSP_LOOK_PROSE && !first->lower && !first->salutation && !stopped &&
           group_chars(text, group) <= TITLE_CHARS;
}

/* The first piece, when a blank line or a much longer line follows. */
static bool is_title(const struct text *text, const struct wsp_group *group)
{
    if (group->end >= text->n || !is_like_a_title(text, group))
        return false;
    return blank_after(text, group) ||
           text->looks[group->end].chars > group_chars(text, group) * 3 / 2;
}

/* What a heading of an office says in its second line: "THÔNG BÁO" / "Về việc cắt điện". */
static bool is_subtitle(const struct text *text, const struct wsp_group *group)
{
    return group->first > 0 && !text->clean->lines[group->first].blank_before &&
           text->looks[group->first - 1].kind == WSP_LOOK_CAPITALS && blank_after(text, group) &&
           is_like_a_title(text, group);
}

/* A short line between blank lines, before something longer or a list. */
static bool is_short_heading(const struct text *text, const struct wsp_group *group)
{
    uint32_t chars = group_chars(text, group);
    if (!blank_after(text, group) || !text->clean->lines[group->first].blank_before ||
        chars > SHORT_HEADING_CHARS || !is_like_a_title(text, group))
        return false;
    const struct wsp_look *next = &text->looks[group->end];
    return next->kind == WSP_LOOK_ITEM ||
           (next->kind == WSP_LOOK_PROSE && next->chars >= 2 * chars);
}

static void classify_prose(struct text *text, struct wsp_group *group)
{
    group->kind = WSP_BLOCK_PARAGRAPH;
    if (text->n_groups == 0 && is_title(text, group)) {
        group->kind = WSP_BLOCK_TITLE;
        text->titled = true;
    } else if (is_short_heading(text, group) || is_subtitle(text, group)) {
        group->kind = WSP_BLOCK_HEADING;
        group->level = 2;
    } else if (text->looks[group->end - 1].end == WSP_END_SENTENCE) {
        text->titled = true; /* the text has begun */
    }
}

static void classify(struct text *text, struct wsp_group *group)
{
    const struct wsp_look *look = &text->looks[group->first];
    switch ((enum wsp_look_kind)look->kind) {
    case WSP_LOOK_ITEM:
        group->kind = WSP_BLOCK_ITEM;
        text->titled = true;
        break;
    case WSP_LOOK_CAPITALS:
        group->kind = text->titled ? WSP_BLOCK_HEADING : WSP_BLOCK_TITLE;
        group->level = text->titled ? look->level : 0;
        text->titled = true;
        break;
    case WSP_LOOK_PART:
    case WSP_LOOK_LETTERHEAD:
        group->kind = WSP_BLOCK_HEADING;
        group->level = look->level;
        break;
    case WSP_LOOK_RULE:
        group->kind = WSP_BLOCK_PARAGRAPH;
        break;
    case WSP_LOOK_PROSE:
        classify_prose(text, group);
        break;
    }
}

static enum wsp_status part_into_groups(struct text *text)
{
    uint16_t last_number = 0;
    for (size_t i = 0; i < text->n;) {
        struct wsp_group group = {.first = i, .end = i + 1};
        if (text->looks[i].kind == WSP_LOOK_ITEM && text->looks[i].number > 0)
            last_number = text->looks[i].number;
        while (goes_on(text, &group, last_number))
            group.end++;
        classify(text, &group);
        if (wsp_grow(&text->groups, &text->cap_groups, text->n_groups, sizeof *text->groups))
            return WSP_NOMEM;
        text->groups[text->n_groups++] = group;
        i = group.end;
    }
    return WSP_OK;
}

enum wsp_status wsp_plain_groups(const struct wsp_clean *clean, struct wsp_group **groups,
                                 size_t *n_groups)
{
    struct text text = {.clean = clean, .n = clean->n_lines};
    *groups = NULL;
    *n_groups = 0;
    if (text.n == 0)
        return WSP_OK;
    text.looks = calloc(text.n, sizeof *text.looks);
    if (!text.looks)
        return WSP_NOMEM;
    look_at_lines(&text);
    measure(&text);
    enum wsp_status st = part_into_groups(&text);
    free(text.looks);
    if (st) {
        free(text.groups);
        return st;
    }
    *groups = text.groups;
    *n_groups = text.n_groups;
    return WSP_OK;
}
