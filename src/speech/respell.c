#include "speech/respell.h"

#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BYTES_LIMIT = 4 << 20,
    FIELD_LIMIT = 200, /* bytes of a word or of its text: the longest syllable has 13 */
    NFC_LIMIT = 4 * FIELD_LIMIT,
    NO_CODE = 0x110000, /* sorts after every character */
};

void wsp_respell_init(struct wsp_respell *table)
{
    *table = (struct wsp_respell){0};
    wsp_buf_init(&table->bytes, BYTES_LIMIT);
}

void wsp_respell_release(struct wsp_respell *table)
{
    free(table->rows);
    wsp_buf_release(&table->bytes);
    wsp_respell_init(table);
}

static struct wsp_str row_word(const struct wsp_respell *table, const struct wsp_respell_row *row)
{
    return (struct wsp_str){table->bytes.ptr + row->word, row->word_len};
}

static struct wsp_str row_text(const struct wsp_respell *table, const struct wsp_respell_row *row)
{
    return (struct wsp_str){table->bytes.ptr + row->text, row->text_len};
}

/* By bytes, which in UTF-8 is by characters; of equal words the one added first. */
static int compare_rows(const void *left, const void *right, void *context)
{
    const struct wsp_respell *table = context;
    const struct wsp_respell_row *a = left, *b = right;
    size_t common = a->word_len < b->word_len ? a->word_len : b->word_len;
    int order = memcmp(row_word(table, a).ptr, row_word(table, b).ptr, common);
    if (order)
        return order;
    if (a->word_len != b->word_len)
        return a->word_len < b->word_len ? -1 : 1;
    return a->word < b->word ? -1 : a->word > b->word;
}

/* Sort, and of equal words keep the one added last. */
static void settle(struct wsp_respell *table)
{
    if (table->n_rows == 0)
        return;
    qsort_r(table->rows, table->n_rows, sizeof *table->rows, compare_rows, table);
    size_t kept = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        if (i + 1 < table->n_rows &&
            wsp_str_equal(row_word(table, &table->rows[i]), row_word(table, &table->rows[i + 1])))
            continue;
        table->rows[kept++] = table->rows[i];
    }
    table->n_rows = kept;
}

static enum wsp_status add_folded(struct wsp_buf *out, struct wsp_str word)
{
    struct wsp_buf composed = WSP_BUF_INIT(NFC_LIMIT);
    enum wsp_status st = wsp_utf8_add_nfc(&composed, word);
    if (!st)
        st = wsp_utf8_add_lower(out, wsp_buf_str(&composed));
    wsp_buf_release(&composed);
    return st;
}

static enum wsp_status add_row(struct wsp_respell *table, struct wsp_str word, struct wsp_str text)
{
    enum wsp_status st =
        wsp_grow(&table->rows, &table->cap_rows, table->n_rows, sizeof *table->rows);
    if (st)
        return st;
    struct wsp_respell_row row = {.word = (uint32_t)table->bytes.len};
    st = add_folded(&table->bytes, word);
    if (st)
        return st;
    row.word_len = (uint32_t)table->bytes.len - row.word;
    row.text = (uint32_t)table->bytes.len;
    row.text_len = (uint32_t)text.len;
    st = wsp_buf_add_str(&table->bytes, text);
    if (!st)
        table->rows[table->n_rows++] = row;
    return st;
}

/* A spelling has no brackets; phonemes stand between "[[" and "]]" and nothing else does. */
static bool is_engine_text(struct wsp_str text)
{
    if (!memchr(text.ptr, '[', text.len) && !memchr(text.ptr, ']', text.len))
        return true;
    return text.len > 4 && memcmp(text.ptr, "[[", 2) == 0 &&
           memcmp(text.ptr + text.len - 2, "]]", 2) == 0 &&
           !memmem(text.ptr + 2, text.len - 4, "]]", 2) &&
           !memmem(text.ptr + 2, text.len - 4, "[[", 2);
}

static enum wsp_status parse_row(struct wsp_respell *table, struct wsp_str line,
                                 struct wsp_error *err)
{
    if (wsp_utf8_valid_prefix(line.ptr, line.len) < line.len || memchr(line.ptr, '\0', line.len))
        return wsp_fail(err, WSP_DATA, _("this is not UTF-8 text; save the file as UTF-8"));
    const char *tab = memchr(line.ptr, '\t', line.len);
    struct wsp_str word = {line.ptr, tab ? (size_t)(tab - line.ptr) : line.len};
    struct wsp_str text = {line.ptr + word.len + 1, tab ? line.len - word.len - 1 : 0};
    if (word.len == 0 || text.len == 0 || memchr(text.ptr, '\t', text.len))
        return wsp_fail(err, WSP_DATA,
                        _("a row is a word, one tab and what the engine is given; write it so"));
    if (memchr(word.ptr, ' ', word.len))
        return wsp_fail(err, WSP_DATA, _("'%.*s' is not one word; write a row for each word"),
                        (int)word.len, word.ptr);
    if (word.len > FIELD_LIMIT || text.len > FIELD_LIMIT)
        return wsp_fail(err, WSP_DATA, _("the row is longer than any word; shorten it"));
    if (!is_engine_text(text))
        return wsp_fail(err, WSP_DATA,
                        _("'%.*s' has brackets out of place; phonemes are written [[...]]"),
                        (int)text.len, text.ptr);
    enum wsp_status st = add_row(table, word, text);
    if (st == WSP_DATA)
        return wsp_fail(err, st, _("the table is too large; leave out words that sound right"));
    return st ? wsp_fail_nomem(err) : WSP_OK;
}

/* `line` without its end; without the mark that some editors put before the first. */
static struct wsp_str trimmed(const char *line, size_t len, size_t number)
{
    while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    if (number == 1 && len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0)
        return (struct wsp_str){line + 3, len - 3};
    return (struct wsp_str){line, len};
}

static enum wsp_status fail_to_read(struct wsp_error *err, const char *path, int errnum)
{
    wsp_fail(err, WSP_UNAVAILABLE,
             _("cannot read the table of respellings: %s; a voice needs it, install it again"),
             wsp_errno_text(errnum));
    wsp_error_place(err, path, 0, 0);
    return WSP_UNAVAILABLE;
}

enum wsp_status wsp_respell_load(struct wsp_respell *table, const char *path, struct wsp_error *err)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return fail_to_read(err, path, errno);

    enum wsp_status st = WSP_OK;
    char *line = NULL;
    size_t cap = 0, number = 0;
    ssize_t len = 0;
    while (!st && (len = getline(&line, &cap, file)) >= 0) {
        struct wsp_str row = trimmed(line, (size_t)len, ++number);
        if (row.len > 0 && row.ptr[0] != '#')
            st = parse_row(table, row, err);
    }
    if (st == WSP_DATA)
        wsp_error_place(err, path, number, 0);
    else if (!st && !feof(file))
        st = fail_to_read(err, path, errno);
    free(line);
    fclose(file);
    settle(table);
    return st;
}

/* The next character of `text` from *at, in lower case if `fold`; NO_CODE when it is broken. */
static uint32_t next_code(struct wsp_str text, size_t *at, bool fold)
{
    uint32_t code;
    size_t n = wsp_utf8_decode(text.ptr + *at, text.len - *at, &code);
    if (n == 0) {
        *at = text.len;
        return NO_CODE;
    }
    *at += n;
    return fold ? wsp_utf8_lower(code) : code;
}

/* `word` in lower case against `entry`: before it (< 0), the same, or after it. */
static int compare_folded(struct wsp_str word, struct wsp_str entry)
{
    size_t i = 0, k = 0;
    while (i < word.len && k < entry.len) {
        uint32_t a = next_code(word, &i, true);
        uint32_t b = next_code(entry, &k, false);
        if (a != b)
            return a < b ? -1 : 1;
    }
    return (int)(i < word.len) - (int)(k < entry.len);
}

struct wsp_str wsp_respell_find(const struct wsp_respell *table, struct wsp_str word)
{
    size_t low = 0, high = table->n_rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_folded(word, row_word(table, &table->rows[middle]));
        if (order == 0)
            return row_text(table, &table->rows[middle]);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return (struct wsp_str){NULL, 0};
}
