#include "reading/lexicon.h"

#include <string.h>

/* Most rows that a search looks at differ in their first letters: no length is needed for that. */
int wsp_lexicon_compare(struct wsp_str word, const char *written)
{
    for (size_t i = 0; i < word.len; i++) {
        unsigned char a = (unsigned char)word.ptr[i], b = (unsigned char)written[i];
        if (a != b || b == '\0')
            return b == '\0' || a > b ? 1 : -1;
    }
    return written[word.len] ? -1 : 0;
}

/* The first row that does not come before `word`; lexicon->n: all do. */
static size_t place_of(const struct wsp_lexicon *lexicon, struct wsp_str word)
{
    size_t low = 0, high = lexicon->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (wsp_lexicon_compare(word, lexicon->rows[middle].written) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct wsp_lexicon_row *wsp_lexicon_rows(const struct wsp_lexicon *lexicon,
                                               struct wsp_str word, size_t *n)
{
    size_t first = place_of(lexicon, word), end = first;
    while (end < lexicon->n && wsp_lexicon_compare(word, lexicon->rows[end].written) == 0)
        end++;
    *n = end - first;
    return *n > 0 ? lexicon->rows + first : NULL;
}

bool wsp_lexicon_begins(const struct wsp_lexicon *lexicon, struct wsp_str word)
{
    size_t first = place_of(lexicon, word);
    return first < lexicon->n && strncmp(lexicon->rows[first].written, word.ptr, word.len) == 0;
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

const char *wsp_lexicon_find_numbered(const struct wsp_lexicon *lexicon, struct wsp_str word)
{
    const char *joined = find_with_cue(lexicon, word, ">##");
    return joined ? joined : wsp_lexicon_find_before(lexicon, word, ">#");
}
