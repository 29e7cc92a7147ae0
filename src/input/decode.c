/* The decoder. Most text is NFC already and goes by in long stretches (stretch_length); the
 * rest goes character by character through a small table of kinds.
 *
 *   line:  blanks ... [character blanks? character ...] blanks, line end
 *                      ^ `last`: it may still grow, by marks that come after it
 */
#include "input/decode.h"

#include "base/text.h"
#include "base/utf8.h"
#include "input/compatible.h"
#include "input/compose.h"

#include <stdlib.h>
#include <string.h>

enum {
    TAB_COLUMNS = 8,
    CELL_COLUMNS = 4, /* so many blanks, or a tab, part the cells of a table */
    KEYCAP = 0x20E3,  /* a mark: the key around a figure */
};

struct decoder {
    struct wsp_clean *clean;
    const char *source;
    size_t at, end;
    bool exact;
    enum wsp_status status; /* of the arrays; looked at once a line */

    size_t line_source, line_text; /* where the line begins */
    uint32_t number;               /* of the line of the source */
    uint16_t indent;
    bool blank_before;

    size_t blank_source, blank_end; /* of the pending blank */
    unsigned blank_columns;         /* its width; a tab has CELL_COLUMNS */
    bool blank;                     /* one is pending: it counts when something follows */

    size_t last_text, last_source, last_source_end; /* the last character of the line */
    unsigned last_marks;
    bool last_open;  /* there is one, and marks would belong to it */
    bool last_loose; /* it is not known to be in NFC */
};

void wsp_clean_init(struct wsp_clean *clean)
{
    *clean = (struct wsp_clean){.n_lines = 0};
    wsp_buf_init(&clean->text, 4 * WSP_SOURCE_LIMIT); /* NFC is three times as long at most */
}

void wsp_clean_release(struct wsp_clean *clean)
{
    wsp_buf_release(&clean->text);
    free(clean->runs);
    free(clean->lines);
    free(clean->starts);
    wsp_clean_init(clean);
}

enum wsp_status wsp_run_add(struct wsp_run **runs, size_t *n, size_t *cap, struct wsp_piece piece)
{
    if (piece.text_len == 0)
        return WSP_OK;
    if (*n > 0) {
        struct wsp_run *old = &(*runs)[*n - 1];
        bool byte_to_byte =
            piece.text - old->text == old->source_len && piece.text_len == piece.source_len;
        if (byte_to_byte && old->source + old->source_len == piece.source) {
            old->source_len += piece.source_len;
            return WSP_OK;
        }
    }
    enum wsp_status st = wsp_grow(runs, cap, *n, sizeof **runs);
    if (!st)
        (*runs)[(*n)++] = (struct wsp_run){piece.text, piece.source, piece.source_len};
    return st;
}

/* ---- kinds of characters ------------------------------------------------------------------ */

enum kind {
    KIND_LETTER, /* or whatever else is seen and begins a character */
    KIND_MARK,   /* belongs to the character before it */
    KIND_BLANK,
    KIND_NOTHING, /* not seen, not said */
    KIND_LINE_END,
    KIND_SOFT_END, /* ends a line for a reader, not for those who count lines */
};

/* What is not seen: format characters and variation selectors. */
static const struct {
    uint32_t from, to;
} unseen[] = {
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x034F, 0x034F},   /* combining grapheme joiner */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x180B, 0x180F},   /* Mongolian selectors */
    {0x200B, 0x200F},   /* zero-width space and joiners, direction marks */
    {0x202A, 0x202E},   /* directions */
    {0x2060, 0x206F},   /* word joiner, invisible operators, directions */
    {0xFE00, 0xFE0F},   /* variation selectors */
    {0xFEFF, 0xFEFF},   /* zero-width no-break space, the byte order mark */
    {0xFFF9, 0xFFFC},   /* annotations, the place of an object */
    {0x1D173, 0x1D17A}, /* musical format */
    {0xE0000, 0xE01EF}, /* tags, more variation selectors */
};

static bool is_unseen(uint32_t code)
{
    for (size_t i = 0; i < WSP_LEN(unseen) && unseen[i].from <= code; i++)
        if (code <= unseen[i].to)
            return true;
    return false;
}

/* Vowels and finals of Korean, which grow onto what stands before them without being marks. */
static bool is_jamo(uint32_t code)
{
    return code >= 0x1160 && code <= 0x11FF;
}

static enum kind kind_of_control(uint32_t code)
{
    switch (code) {
    case '\n':
    case '\r':
        return KIND_LINE_END;
    case '\v':
    case '\f':
    case 0x85: /* NEL */
        return KIND_SOFT_END;
    case '\t':
        return KIND_BLANK;
    default:
        return KIND_NOTHING;
    }
}

static enum kind kind_of(uint32_t code)
{
    if (code < 0x20 || (code >= 0x7F && code < 0xA0))
        return kind_of_control(code);
    if (code < 0x80)
        return code == ' ' ? KIND_BLANK : KIND_LETTER;
    if (code == 0x2028 || code == 0x2029) /* LS, PS */
        return KIND_SOFT_END;
    if (wsp_utf8_is_space(code))
        return KIND_BLANK;
    if (is_unseen(code))
        return KIND_NOTHING;
    return wsp_utf8_is_mark(code) || is_jamo(code) ? KIND_MARK : KIND_LETTER;
}

/* Ranges in which every character is its own NFC (quick check "yes", class 0). What stands
 * outside may be too; it is looked at one by one. */
static bool is_surely_composed(uint32_t code)
{
    static const struct {
        uint32_t from, to;
    } sure[] = {
        {0x0021, 0x02FF}, {0x038E, 0x0482}, {0x048A, 0x058F},   {0x0E00, 0x0E30}, {0x1E00, 0x1EFF},
        {0x2010, 0x20CF}, {0x2100, 0x2125}, {0x212C, 0x2328},   {0x2400, 0x2ADB}, {0x3001, 0x3029},
        {0x3400, 0x9FFF}, {0xE000, 0xF8FF}, {0x1F300, 0x1FAFF},
    };
    for (size_t i = 0; i < WSP_LEN(sure) && sure[i].from <= code; i++)
        if (code <= sure[i].to)
            return true;
    return false;
}

/* ---- characters and blanks ---------------------------------------------------------------- */

static void add_run(struct decoder *d, struct wsp_piece piece)
{
    struct wsp_clean *clean = d->clean;
    if (wsp_run_add(&clean->runs, &clean->n_runs, &clean->cap_runs, piece))
        d->status = WSP_NOMEM;
}

static void add_piece(struct decoder *d, size_t text, size_t source, size_t source_end)
{
    add_run(d, (struct wsp_piece){(uint32_t)text, (uint32_t)(d->clean->text.len - text),
                                  (uint32_t)source, (uint32_t)(source_end - source)});
}

/* The last character, one lump. Where several came of it and have its length, they would answer
 * byte to byte: two runs of other lengths do not, "m" and "2" of "㎡". */
static void add_lump(struct decoder *d)
{
    const char *text = d->clean->text.ptr + d->last_text;
    size_t len = d->clean->text.len - d->last_text, first = 0;
    uint32_t code;
    if (len == d->last_source_end - d->last_source &&
        memcmp(text, d->source + d->last_source, len) != 0)
        first = wsp_utf8_decode(text, len, &code) % len;
    if (first > 0)
        add_run(d, (struct wsp_piece){(uint32_t)d->last_text, (uint32_t)first,
                                      (uint32_t)d->last_source, (uint32_t)len});
    add_piece(d, d->last_text + first, d->last_source, d->last_source_end);
}

/* The last character gets no more marks: compose it, and let its bytes be one run. */
static void close_last(struct decoder *d)
{
    bool loose = d->last_loose;
    d->last_open = false;
    d->last_loose = false;
    if (!loose)
        return;
    struct wsp_clean *clean = d->clean;
    if (wsp_compose_last(&clean->text, d->last_text))
        d->status = WSP_NOMEM;
    while (clean->n_runs > 0 && clean->runs[clean->n_runs - 1].text >= d->last_text)
        clean->n_runs--;
    if (clean->n_runs > 0) {
        struct wsp_run *run = &clean->runs[clean->n_runs - 1];
        if (run->source + run->source_len > d->last_source) /* it held the base letter */
            run->source_len = (uint32_t)(d->last_source - run->source);
    }
    add_lump(d);
}

static void add_blank(struct decoder *d, size_t n, unsigned columns)
{
    close_last(d);
    if (d->clean->text.len == d->line_text) {
        unsigned indent = d->indent + columns;
        d->indent = indent < UINT16_MAX ? (uint16_t)indent : UINT16_MAX;
    } else if (!d->blank) {
        d->blank = true;
        d->blank_source = d->at;
        d->blank_columns = 0;
    }
    d->blank_columns += d->source[d->at] == '\t' ? CELL_COLUMNS : 1;
    d->blank_end = d->at + n;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Does the mark of a list stand before the blank that is pending, and no number alone behind it:
 * "1/ 21h15", not "5/ 8 hộ", "47 / 52"? */
static bool is_behind_mark(const struct decoder *d)
{
    enum { MARK = 3 }; /* bytes of "12/" */
    struct wsp_str text = wsp_buf_str(&d->clean->text);
    size_t digits = 0, next = d->at;
    for (size_t at = d->line_text; at + 1 < text.len; at++)
        digits += is_digit(text.ptr[at]);
    bool joined = d->blank_source > 1 && is_digit(d->source[d->blank_source - 2]);
    while (next < d->end && is_digit(d->source[next]))
        next++;
    bool alone = next == d->end || strchr(" ,.;\t\r\n/", d->source[next]);
    return text.len - d->line_text <= MARK && digits + 1 == text.len - d->line_text && joined &&
           !alone;
}

/* "47 / 52", "5/ 8", "5 /8": the blanks beside a slash between figures are no blanks. Is the one
 * that is pending before d->at such a one? */
static bool is_beside_slash(const struct decoder *d)
{
    struct wsp_str text = wsp_buf_str(&d->clean->text);
    char here = d->source[d->at], last = text.len > d->line_text ? text.ptr[text.len - 1] : '\0';
    if (here == '/' && is_digit(last)) {
        size_t next = d->at + 1;
        while (next < d->end && d->source[next] == ' ')
            next++;
        return next < d->end && is_digit(d->source[next]);
    }
    return is_digit(here) && last == '/' && text.len > d->line_text + 1 &&
           is_digit(text.ptr[text.len - 2]) && !is_behind_mark(d);
}

/* Is the pending blank the edge of a cell, which stays a tab: "Thôn 2<tab>150 hộ"? Not behind what
 * may be a mark ("1.<tab>Thời gian", "Điều 12.<tab>", "•<tab>") and where a pause stands anyway. */
static bool is_cell_edge(const struct decoder *d)
{
    enum { MARK = 16 }; /* bytes of the longest */
    struct wsp_str begun = {d->clean->text.ptr + d->line_text, d->clean->text.len - d->line_text};
    uint32_t first;
    char last = begun.ptr[begun.len - 1];
    bool single = wsp_utf8_decode(begun.ptr, begun.len, &first) == begun.len;
    bool bullet = single && !wsp_utf8_is_letter(first) && !is_digit(last);
    bool mark = bullet || (begun.len <= MARK && strchr(".)]/", last));
    return d->blank_columns >= CELL_COLUMNS && !mark && !strchr(":;,", last);
}

/* Begin a character at d->at: what stands before it is closed, and the blank counts. */
static void begin_character(struct decoder *d)
{
    close_last(d);
    struct wsp_buf *text = &d->clean->text;
    if (d->blank && is_beside_slash(d)) {
        d->blank = false;
    } else if (d->blank) {
        wsp_buf_putc(text, is_cell_edge(d) ? '\t' : ' ');
        add_piece(d, text->len - 1, d->blank_source, d->blank_end);
        d->blank = false;
    }
    d->last_open = true;
    d->last_marks = 0;
    d->last_text = text->len;
    d->last_source = d->at;
}

static void add_letter(struct decoder *d, uint32_t code, size_t n)
{
    begin_character(d);
    struct wsp_buf *text = &d->clean->text;
    bool other = wsp_compatible_add(text, code);
    bool blank = other && text->len > 0 && text->ptr[text->len - 1] == ' ';
    if (!other)
        wsp_utf8_append(text, code);
    text->len -= blank; /* it is pending */
    d->last_source_end = d->at + n;
    d->last_loose = other || !is_surely_composed(code);
    add_piece(d, d->last_text, d->at, d->at + n);
    if (blank) {
        close_last(d);
        d->blank = true;
        d->blank_columns = 0;
        d->blank_source = d->blank_end = d->at + n;
    }
}

/* "1️⃣ Nội dung": the figure on a key is a list mark, "1."; not in a row of them:
 * "1️⃣1️⃣3️⃣".
 */
static bool is_list_keycap(const struct decoder *d, size_t n)
{
    const char *text = d->clean->text.ptr, *next = d->source + d->at + n;
    bool first = d->last_text == d->line_text || text[d->last_text - 1] == ' ';
    bool alone = d->at + n == d->end || *next < '0' || *next > '9';
    return first && alone && text[d->last_text] >= '0' && text[d->last_text] <= '9';
}

static void add_mark(struct decoder *d, uint32_t code, size_t n)
{
    if (!d->last_open)
        begin_character(d);
    if (code == KEYCAP && is_list_keycap(d, n))
        code = '.';
    if (++d->last_marks > WSP_MARKS_LIMIT) {
        d->clean->n_unseen++;
        return;
    }
    wsp_utf8_append(&d->clean->text, code);
    d->last_source_end = d->at + n;
    d->last_loose = true;
}

/* ---- the fast path ------------------------------------------------------------------------ */

/* The length of the character at `p` if it is one of those that nearly all Vietnamese text is
 * made of, and clean as it stands: printable ASCII, Latin with its extensions (Ð and its like
 * excepted), dashes, quotes, the ellipsis. Else 0. */
static size_t common_length(const unsigned char *p, size_t len)
{
    if (p[0] > 0x20 && p[0] < 0x7F)
        return 1;
    if (len < 3 || (p[1] & 0xC0) != 0x80)
        return 0;
    switch (p[0]) {
    case 0xC3: /* U+00C0 to U+00FF */
        return p[1] == 0x90 || p[1] == 0xB0 ? 0 : 2;
    case 0xC4: /* U+0100 to U+01BF */
    case 0xC5:
        return 2;
    case 0xC6:
        return p[1] == 0x89 ? 0 : 2;
    case 0xE1: /* U+1E00 to U+1EFF */
        return p[1] >= 0xB8 && p[1] <= 0xBB && (p[2] & 0xC0) == 0x80 ? 3 : 0;
    case 0xE2: /* U+2010 to U+2027 */
        return p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA7 ? 3 : 0;
    default:
        return 0;
    }
}

/* Take as many common characters, single blanks between them included, as follow each other.
 * Returns false when there is none. */
static bool take_stretch(struct decoder *d)
{
    const unsigned char *p = (const unsigned char *)d->source;
    size_t at = d->at, last = d->at;
    while (at < d->end) {
        size_t n = common_length(p + at, d->end - at);
        if (n == 0 && p[at] == ' ' && at > d->at && at + 1 < d->end && p[at + 1] != '/' &&
            p[at - 1] != '/') { /* a slash may have no blank: is_beside_slash() */
            n = common_length(p + at + 1, d->end - at - 1);
            at += n > 0;
        }
        if (n == 0)
            break;
        last = at;
        at += n;
    }
    if (at == d->at)
        return false;
    begin_character(d);
    wsp_buf_add(&d->clean->text, d->source + d->at, at - d->at);
    add_piece(d, d->last_text, d->at, at);
    d->last_text += last - d->at;
    d->last_source = last;
    d->last_source_end = at;
    d->at = at;
    return true;
}

/* ---- lines -------------------------------------------------------------------------------- */

static void begin_line(struct decoder *d, size_t source)
{
    d->line_source = source;
    d->line_text = d->clean->text.len;
    d->indent = 0;
    d->blank = false;
}

/* The line ends at d->at. */
static void end_line(struct decoder *d)
{
    struct wsp_clean *clean = d->clean;
    close_last(d);
    bool empty = clean->text.len == d->line_text;
    if (empty && !d->exact) {
        d->blank_before = true;
        return;
    }
    if (wsp_grow(&clean->lines, &clean->cap_lines, clean->n_lines, sizeof *clean->lines)) {
        d->status = WSP_NOMEM;
        return;
    }
    clean->lines[clean->n_lines++] = (struct wsp_line){
        .begin = (uint32_t)d->line_text,
        .end = (uint32_t)clean->text.len,
        .source = (uint32_t)d->line_source,
        .source_end = (uint32_t)d->at,
        .number = d->number,
        .indent = d->indent,
        .blank_before = d->blank_before,
    };
    d->blank_before = false;
}

static enum wsp_status check_line(const struct decoder *d, struct wsp_error *err)
{
    if (d->at - d->line_source > WSP_LINE_LIMIT) {
        wsp_fail(err, WSP_DATA, _("this line is longer than %zu MB; is this a text?"),
                 WSP_LINE_LIMIT >> 20);
        wsp_error_place(err, NULL, d->number, 0);
        return WSP_DATA;
    }
    return d->status || d->clean->text.status ? wsp_fail_nomem(err) : WSP_OK;
}

static void begin_source_line(struct decoder *d, size_t source)
{
    struct wsp_clean *clean = d->clean;
    if (wsp_grow(&clean->starts, &clean->cap_starts, clean->n_starts, sizeof *clean->starts)) {
        d->status = WSP_NOMEM;
        return;
    }
    clean->starts[clean->n_starts++] = (uint32_t)source;
    d->number = (uint32_t)clean->n_starts;
}

/* LF, CR, CRLF; and CR CR LF, which careless copying makes of CRLF. */
static size_t line_end_length(const char *p, size_t len)
{
    if (p[0] == '\r' && len > 1 && p[1] == '\n')
        return 2;
    if (p[0] == '\r' && len > 2 && p[1] == '\r' && p[2] == '\n')
        return 3;
    return 1;
}

static enum wsp_status take_line_end(struct decoder *d, struct wsp_error *err)
{
    end_line(d);
    enum wsp_status st = check_line(d, err);
    d->at += line_end_length(d->source + d->at, d->end - d->at);
    begin_line(d, d->at);
    if (d->at < d->end)
        begin_source_line(d, d->at);
    return st;
}

static void take_soft_end(struct decoder *d, size_t n)
{
    if (d->exact) {
        add_blank(d, n, 1);
        d->at += n;
        return;
    }
    end_line(d);
    d->at += n;
    begin_line(d, d->at);
}

/* ---- all of it ---------------------------------------------------------------------------- */

static enum wsp_status fail_byte(const struct decoder *d, struct wsp_error *err)
{
    size_t start = d->clean->starts[d->clean->n_starts - 1];
    size_t column = d->at - start + 1;
    unsigned value = (unsigned char)d->source[d->at];
    if (value == 0)
        wsp_fail(err, WSP_DATA,
                 _("byte %zu of this line is zero, which no text holds; save it as plain text, "
                   "UTF-8"),
                 column);
    else
        wsp_fail(err, WSP_DATA,
                 _("byte %zu of this line, 0x%02X, is not UTF-8; save the text as UTF-8 (it may be "
                   "in an older encoding, such as TCVN3 or Windows-1258)"),
                 column, value);
    wsp_error_place(err, NULL, d->number, column);
    return WSP_DATA;
}

/* One character that the fast path does not know. */
static enum wsp_status take_character(struct decoder *d, struct wsp_error *err)
{
    uint32_t code;
    size_t n = wsp_utf8_decode(d->source + d->at, d->end - d->at, &code);
    if (n == 0 || code == 0)
        return fail_byte(d, err);
    switch (kind_of(code)) {
    case KIND_LINE_END:
        return take_line_end(d, err);
    case KIND_SOFT_END:
        take_soft_end(d, n);
        return WSP_OK;
    case KIND_BLANK:
        add_blank(d, n, code == '\t' ? TAB_COLUMNS - d->indent % TAB_COLUMNS : 1);
        break;
    case KIND_LETTER:
        add_letter(d, code, n);
        break;
    case KIND_MARK:
        add_mark(d, code, n);
        break;
    case KIND_NOTHING:
        d->clean->n_unseen++;
        break;
    }
    d->at += n;
    return WSP_OK;
}

enum wsp_status wsp_decode(struct wsp_clean *clean, struct wsp_str source, bool exact,
                           struct wsp_error *err)
{
    struct decoder d = {.clean = clean, .source = source.ptr, .end = source.len, .exact = exact};
    if (source.len == 0)
        return WSP_OK;
    if (wsp_buf_reserve(&clean->text, source.len))
        return wsp_fail_nomem(err);
    begin_source_line(&d, 0);
    if (source.len >= 3 && memcmp(source.ptr, "\xEF\xBB\xBF", 3) == 0)
        d.at = 3;
    begin_line(&d, d.at);
    enum wsp_status st = check_line(&d, err);
    while (d.at < d.end && !st)
        if (!take_stretch(&d))
            st = take_character(&d, err);
    if (st)
        return st;
    if (d.line_source < d.end)
        end_line(&d);
    return check_line(&d, err);
}

size_t wsp_count_characters(struct wsp_str source)
{
    size_t count = 0, n;
    uint32_t code;
    for (size_t at = 0; at < source.len; at += n) {
        n = wsp_utf8_decode(source.ptr + at, source.len - at, &code);
        if (n == 0)
            break;
        enum kind kind = kind_of(code);
        count += kind != KIND_MARK && kind != KIND_NOTHING;
    }
    return count;
}
