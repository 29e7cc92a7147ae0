/* Lexicons: how a written word is said. The shipped ones (voices/lexicon) are compiled in; a user's
 * own come before them (ownlexicon.h). */
#ifndef WSP_READING_LEXICON_H
#define WSP_READING_LEXICON_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct wsp_lexicon_row {
    const char *written, *spoken; /* UTF-8, NFC; several words are parted by one blank */
    const char *cues;             /* where the row holds, see voices/README.md; "": everywhere */
};

struct wsp_lexicon {
    const struct wsp_lexicon_row *rows; /* sorted by the bytes of `written`; rows with cues first */
    size_t n;
};

extern const struct wsp_lexicon wsp_lexicon_abbreviations; /* "TP": written before a dot */
extern const struct wsp_lexicon wsp_lexicon_acronyms;      /* "UBND", in full; "*": spelt */
extern const struct wsp_lexicon wsp_lexicon_wordlike;      /* "ASEAN": a xê an */
extern const struct wsp_lexicon wsp_lexicon_documents;     /* "NQ" in "19-NQ/TW": nghị quyết */
extern const struct wsp_lexicon wsp_lexicon_foreign;       /* "facebook": phây búc */
extern const struct wsp_lexicon wsp_lexicon_letters;       /* "B": bê */
extern const struct wsp_lexicon wsp_lexicon_letters_en;    /* "B": bi */
extern const struct wsp_lexicon wsp_lexicon_units;         /* "km": ki lô mét */
extern const struct wsp_lexicon wsp_lexicon_currencies;    /* "USD": đô la */

/* The rows for `word`, letter for letter in this case; *n is how many. NULL when there is none. */
const struct wsp_lexicon_row *wsp_lexicon_rows(const struct wsp_lexicon *lexicon,
                                               struct wsp_str word, size_t *n);

/* What is said for `word` wherever it stands: its row without cues. NULL: there is none. */
const char *wsp_lexicon_find(const struct wsp_lexicon *lexicon, struct wsp_str word);

/* What is said for `word` with something joined to it, a name ("TT.Cần"): its row with the cue for
 * that (">Aa"), else the one without cues. NULL: there is none. */
const char *wsp_lexicon_find_before(const struct wsp_lexicon *lexicon, struct wsp_str word,
                                    const char *cue);

/* The same with a number joined to it ("ĐT743"): its row for that (">##"), for a number behind it
 * (">#"), or the one without cues. */
const char *wsp_lexicon_find_numbered(const struct wsp_lexicon *lexicon, struct wsp_str word);

/* Does a row begin with `word`? */
bool wsp_lexicon_begins(const struct wsp_lexicon *lexicon, struct wsp_str word);

/* Order of the rows by their bytes, as the arrays are sorted. */
int wsp_lexicon_compare(struct wsp_str word, const char *written);

#endif
