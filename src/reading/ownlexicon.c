#include "reading/ownlexicon.h"

#include "base/text.h"
#include "base/utf8.h"
#include "reading/pls.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 16 << 20, WRITTEN_LIMIT = 120, SPOKEN_LIMIT = 600, CLEAN_LIMIT = 2400 };

/* The bytes of a row: written, spoken and cues, each with its end. */
struct kept {
    size_t order; /* in which it came */
    char text[];
};

void wsp_own_lexicon_init(struct wsp_own_lexicon *own)
{
    *own = (struct wsp_own_lexicon){0};
}

void wsp_own_lexicon_release(struct wsp_own_lexicon *own)
{
    for (size_t i = 0; i < own->lexicon.n; i++)
        free((char *)(uintptr_t)own->rows[i].written - offsetof(struct kept, text));
    free(own->rows);
    wsp_own_lexicon_init(own);
}

/* ---- one row ---- */

static struct wsp_str trimmed(struct wsp_str text)
{
    while (text.len > 0 && strchr(" \t\r\n", text.ptr[text.len - 1]))
        text.len--;
    while (text.len > 0 && strchr(" \t\r\n", text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    return text;
}

/* NFC, with one blank between words. */
static void add_clean(struct wsp_buf *out, struct wsp_str text)
{
    struct wsp_buf composed = WSP_BUF_INIT(CLEAN_LIMIT);
    bool blank = false;
    out->status = wsp_utf8_add_nfc(&composed, text);
    for (size_t i = 0; i < composed.len; i++) {
        if (strchr(" \t\r\n", composed.ptr[i])) {
            blank = true;
            continue;
        }
        if (blank)
            wsp_buf_putc(out, ' ');
        blank = false;
        wsp_buf_putc(out, composed.ptr[i]);
    }
    wsp_buf_release(&composed);
}

/* Words to be said: letters, blanks and hyphens; or "*", letter by letter. */
static bool is_sayable(struct wsp_str text)
{
    if (wsp_str_is(text, "*"))
        return true;
    for (size_t at = 0; at < text.len;) {
        uint32_t code;
        size_t n = wsp_utf8_decode(text.ptr + at, text.len - at, &code);
        if (n == 0 || !(wsp_utf8_is_letter(code) || code == ' ' || code == '-' || code == '\''))
            return false;
        at += n;
    }
    return true;
}

/* Before anything is made of them. */
static enum wsp_status check_bytes(const struct wsp_str *parts, size_t n, struct wsp_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (wsp_utf8_valid_prefix(parts[i].ptr, parts[i].len) < parts[i].len ||
            memchr(parts[i].ptr, '\0', parts[i].len))
            return wsp_fail(err, WSP_DATA, _("this is not UTF-8 text; save the file as UTF-8"));
        if (parts[i].len > (i == 0 ? WRITTEN_LIMIT : SPOKEN_LIMIT))
            return wsp_fail(err, WSP_DATA, _("the row is longer than any word; shorten it"));
    }
    return WSP_OK;
}

static enum wsp_status check_row(struct wsp_str written, struct wsp_str spoken,
                                 struct wsp_error *err)
{
    if (written.len == 0 || spoken.len == 0)
        return wsp_fail(err, WSP_DATA,
                        _("a row is what is written, a tab and what is said; write it so"));
    if (!is_sayable(spoken))
        return wsp_fail(err, WSP_DATA,
                        _("'%.*s' is not words only; write numbers and signs as they are said"),
                        (int)spoken.len, spoken.ptr);
    return WSP_OK;
}

/* Written, spoken and cues. */
static enum wsp_status keep(struct wsp_own_lexicon *own, const struct wsp_buf parts[3],
                            struct wsp_error *err)
{
    size_t len = parts[0].len + parts[1].len + parts[2].len + 3;
    struct kept *kept = malloc(sizeof *kept + len);
    if (!kept || parts[0].status || parts[1].status || parts[2].status ||
        wsp_grow(&own->rows, &own->cap, own->lexicon.n, sizeof *own->rows)) {
        free(kept);
        return wsp_fail_nomem(err);
    }
    kept->order = own->lexicon.n;
    snprintf(kept->text, len, "%s%c%s%c%s", parts[0].ptr, '\0', parts[1].ptr, '\0', parts[2].ptr);
    own->rows[own->lexicon.n++] = (struct wsp_lexicon_row){
        kept->text, kept->text + parts[0].len + 1, kept->text + parts[0].len + parts[1].len + 2};
    own->lexicon.rows = own->rows;
    return WSP_OK;
}

enum wsp_status wsp_own_lexicon_add(struct wsp_own_lexicon *own, struct wsp_str written,
                                    struct wsp_str spoken, struct wsp_str cues,
                                    struct wsp_error *err)
{
    const struct wsp_str given[3] = {written, spoken, cues};
    enum wsp_status st = check_bytes(given, WSP_LEN(given), err);
    if (st)
        return st;
    struct wsp_buf parts[3] = {WSP_BUF_INIT(CLEAN_LIMIT), WSP_BUF_INIT(CLEAN_LIMIT),
                               WSP_BUF_INIT(CLEAN_LIMIT)};
    for (size_t i = 0; i < WSP_LEN(parts); i++)
        add_clean(&parts[i], trimmed(given[i]));
    st = check_row(wsp_buf_str(&parts[0]), wsp_buf_str(&parts[1]), err);
    if (!st)
        st = keep(own, parts, err);
    for (size_t i = 0; i < WSP_LEN(parts); i++)
        wsp_buf_release(&parts[i]);
    return st;
}

/* ---- a file ---- */

static enum wsp_status read_all(struct wsp_buf *text, const char *path, struct wsp_error *err)
{
    FILE *file = fopen(path, "re");
    char piece[4096];
    size_t n;
    int errnum = file ? 0 : errno;
    while (file && !text->status && (n = fread(piece, 1, sizeof piece, file)) > 0)
        wsp_buf_add(text, piece, n);
    if (file && ferror(file))
        errnum = errno;
    if (file)
        fclose(file);
    if (errnum || text->status)
        return wsp_fail(err, WSP_NOINPUT,
                        _("cannot read the lexicon '%s': %s; give one that can be read"), path,
                        errnum ? wsp_errno_text(errnum) : _("the file is too large"));
    return WSP_OK;
}

static enum wsp_status add_line(struct wsp_own_lexicon *own, struct wsp_str line,
                                struct wsp_error *err)
{
    struct wsp_str parts[3] = {{line.ptr, 0}, {line.ptr, 0}, {line.ptr, 0}};
    size_t n = 0;
    for (size_t at = 0; at <= line.len; n++) {
        const char *tab = memchr(line.ptr + at, '\t', line.len - at);
        size_t end = tab ? (size_t)(tab - line.ptr) : line.len;
        if (n == WSP_LEN(parts))
            break;
        parts[n] = (struct wsp_str){line.ptr + at, end - at};
        at = end + 1;
    }
    if (n < 2 || n > WSP_LEN(parts))
        return wsp_fail(err, WSP_DATA,
                        _("a row is what is written, a tab and what is said; write it so"));
    return wsp_own_lexicon_add(own, parts[0], parts[1], parts[2], err);
}

static enum wsp_status add_lines(struct wsp_own_lexicon *own, struct wsp_str text, const char *path,
                                 wsp_lexicon_tell *tell, void *context, struct wsp_error *err)
{
    size_t number = 0;
    for (size_t at = 0; at < text.len;) {
        const char *newline = memchr(text.ptr + at, '\n', text.len - at);
        size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
        struct wsp_str line = {text.ptr + at, end - at};
        at = end + 1;
        number++;
        struct wsp_str inner = trimmed(line);
        if (inner.len == 0 || inner.ptr[0] == '#')
            continue;
        struct wsp_error why;
        enum wsp_status st = add_line(own, line, &why);
        if (st == WSP_DATA) {
            wsp_error_place(&why, path, number, 0);
            tell(context, &why);
        } else if (st) {
            return wsp_fail_nomem(err);
        }
    }
    return WSP_OK;
}

static size_t order_of(const struct wsp_lexicon_row *row)
{
    return ((const struct kept *)(row->written - offsetof(struct kept, text)))->order;
}

/* By `written`; rows with cues first, then in the order they came. */
static int compare(const void *a, const void *b)
{
    const struct wsp_lexicon_row *x = a, *y = b;
    int order = wsp_lexicon_compare((struct wsp_str){x->written, strlen(x->written)}, y->written);
    if (order == 0)
        order = !*x->cues - !*y->cues;
    return order ? order : (order_of(x) > order_of(y)) - (order_of(x) < order_of(y));
}

enum wsp_status wsp_own_lexicon_read(struct wsp_own_lexicon *own, struct wsp_str text,
                                     const char *name, wsp_lexicon_tell *tell, void *context,
                                     struct wsp_error *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (text.len >= 3 && memcmp(text.ptr, mark, 3) == 0) {
        text.ptr += 3;
        text.len -= 3;
    }
    struct wsp_str first = trimmed(text);
    enum wsp_status st = first.len > 0 && first.ptr[0] == '<'
                             ? wsp_pls_load(own, text, name, tell, context, err)
                             : add_lines(own, text, name, tell, context, err);
    if (own->lexicon.n > 1)
        qsort(own->rows, own->lexicon.n, sizeof *own->rows, compare);
    return st;
}

enum wsp_status wsp_own_lexicon_load(struct wsp_own_lexicon *own, const char *path,
                                     wsp_lexicon_tell *tell, void *context, struct wsp_error *err)
{
    struct wsp_buf text = WSP_BUF_INIT(FILE_LIMIT);
    enum wsp_status st = read_all(&text, path, err);
    if (!st)
        st = wsp_own_lexicon_read(own, wsp_buf_str(&text), path, tell, context, err);
    wsp_buf_release(&text);
    return st;
}
