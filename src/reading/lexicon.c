#include "reading/lexicon.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *key, const void *element)
{
    const struct wsp_str *word = key;
    const char *written = ((const struct wsp_lexicon_row *)element)->written;
    size_t len = strlen(written);
    int order = memcmp(word->ptr, written, len < word->len ? len : word->len);
    return order ? order : (word->len > len) - (word->len < len);
}

const char *wsp_lexicon_find(const struct wsp_lexicon *lexicon, struct wsp_str word)
{
    const struct wsp_lexicon_row *row =
        bsearch(&word, lexicon->rows, lexicon->n, sizeof *lexicon->rows, compare);
    return row ? row->spoken : NULL;
}
