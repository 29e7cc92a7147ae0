/* A user's lexicon, of lines or PLS: whatever comes, rows are in order, and what is told is told
 * with its line. */
#include "reading/ownlexicon.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(void *context, const struct wsp_error *err)
{
    (void)context;
    if (err->line == 0 || !err->text[0])
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wsp_own_lexicon own;
    wsp_own_lexicon_init(&own);
    struct wsp_str text = {(const char *)data, size};
    if (wsp_own_lexicon_read(&own, text, "fuzz", look, NULL, NULL))
        abort();
    for (size_t i = 0; i < own.lexicon.n; i++) {
        const struct wsp_lexicon_row *row = &own.lexicon.rows[i];
        if (!*row->written || !*row->spoken || (i > 0 && strcmp(row[-1].written, row->written) > 0))
            abort();
    }
    wsp_own_lexicon_release(&own);
    return 0;
}
