#include "reading/lexicon.h"

#include <stdlib.h>
#include <string.h>

int wsp_lexicon_compare(struct wsp_str word, const char *written)
{
    size_t len = strlen(written);
    int order = memcmp(word.ptr, written, len < word.len ? len : word.len);
    return order ? order : (word.len > len) - (word.len < len);
}

static int compare(const void *key, const void *element)
{
    const struct wsp_str *word = key;
    return wsp_lexicon_compare(*word, ((const struct wsp_lexicon_row *)element)->written);
}

const struct wsp_lexicon_row *wsp_lexicon_rows(const struct wsp_lexicon *lexicon,
                                               struct wsp_str word, size_t *n)
{
    const struct wsp_lexicon_row *end = lexicon->rows + lexicon->n;
    const struct wsp_lexicon_row *row = NULL;
    *n = 0;
    if (lexicon->n > 0)
        row = bsearch(&word, lexicon->rows, lexicon->n, sizeof *lexicon->rows, compare);
    if (!row)
        return NULL;
    while (row > lexicon->rows && wsp_str_is(word, row[-1].written))
        row--;
    while (row + *n < end && wsp_str_is(word, row[*n].written))
        ++*n;
    return row;
}

bool wsp_lexicon_begins(const struct wsp_lexicon *lexicon, struct wsp_str word)
{
    size_t low = 0, high = lexicon->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (wsp_lexicon_compare(word, lexicon->rows[middle].written) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < lexicon->n && strncmp(lexicon->rows[low].written, word.ptr, word.len) == 0;
}

/* The first row with `cue` among its cues; "": without cues. */
static const char *find_with_cue(const struct wsp_lexicon *lexicon, struct wsp_str word,
                                 const char *cue)
{
    size_t n;
    const struct wsp_lexicon_row *rows = wsp_lexicon_rows(lexicon, word, &n);
    for (size_t i = 0; i < n; i++)
        if (*cue ? strstr(rows[i].cues, cue) != NULL : !*rows[i].cues)
            return rows[i].spoken;
    return NULL;
}

const char *wsp_lexicon_find(const struct wsp_lexicon *lexicon, struct wsp_str word)
{
    return find_with_cue(lexicon, word, "");
}

const char *wsp_lexicon_find_before(const struct wsp_lexicon *lexicon, struct wsp_str word,
                                    const char *cue)
{
    const char *cued = find_with_cue(lexicon, word, cue);
    return cued ? cued : wsp_lexicon_find(lexicon, word);
}
