/* The lexicons in voices/lexicon, compiled in: how a written word is said. */
#ifndef WSP_READING_LEXICON_H
#define WSP_READING_LEXICON_H

#include "base/buf.h"

#include <stddef.h>

struct wsp_lexicon_row {
    const char *written, *spoken; /* UTF-8, NFC */
};

struct wsp_lexicon {
    const struct wsp_lexicon_row *rows; /* sorted by the bytes of `written` */
    size_t n;
};

extern const struct wsp_lexicon wsp_lexicon_abbreviations; /* "TP": written before a dot */
extern const struct wsp_lexicon wsp_lexicon_acronyms;      /* "UBND" */
extern const struct wsp_lexicon wsp_lexicon_letters;       /* "B": bê */

/* What is said for `word`, letter for letter in this case; NULL when it is not there. */
const char *wsp_lexicon_find(const struct wsp_lexicon *lexicon, struct wsp_str word);

#endif
