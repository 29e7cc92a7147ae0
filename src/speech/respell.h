/* What the engine must be given for the words that it gets wrong: "ọa" breaks in two in
 * espeak-ng, "oạ" does not. The rows are data (voices/respell-*.tsv), named by the voice that
 * needs them. */
#ifndef WSP_SPEECH_RESPELL_H
#define WSP_SPEECH_RESPELL_H

#include "base/buf.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* A row: two places in `bytes`. */
struct wsp_respell_row {
    uint32_t word, word_len; /* lower case, NFC */
    uint32_t text, text_len; /* for the engine: a spelling or a phoneme override "[[...]]" */
};

/* Flat: it can be read from any thread, and by any number of them, while nobody loads. */
struct wsp_respell {
    struct wsp_respell_row *rows; /* sorted by word, each word once */
    size_t n_rows, cap_rows;
    struct wsp_buf bytes;
};

void wsp_respell_init(struct wsp_respell *table);
void wsp_respell_release(struct wsp_respell *table); /* empty and usable again */

/* Add the rows of the file at `path`: UTF-8, one `word TAB engine text` a line, '#' begins a
 * comment line. A word that is there already gets the new text. Words are folded to lower case
 * and NFC. Returns WSP_OK, WSP_UNAVAILABLE when the file cannot be read, WSP_DATA with file and
 * line when a line is broken, or WSP_NOMEM. After a failure the table may hold some of the
 * file's rows; the useful call is wsp_respell_release(). */
enum wsp_status wsp_respell_load(struct wsp_respell *table, const char *path,
                                 struct wsp_error *err);

/* The engine's text for `word` (any case, UTF-8, NFC), borrowed from the table, or {NULL, 0}
 * when the engine says the word right as it is spelled. Never allocates. */
struct wsp_str wsp_respell_find(const struct wsp_respell *table, struct wsp_str word);

#endif
