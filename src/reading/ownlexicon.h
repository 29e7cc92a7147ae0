/* A user's own lexicons: text files of a clerk's, and W3C Pronunciation Lexicons (PLS 1.0). What
 * is broken in them is told and skipped; the rest counts. */
#ifndef WSP_READING_OWNLEXICON_H
#define WSP_READING_OWNLEXICON_H

#include "reading/lexicon.h"

struct wsp_own_lexicon {
    struct wsp_lexicon lexicon; /* what the readers ask; its rows are ours */
    struct wsp_lexicon_row *rows;
    size_t cap;
};

/* Is told each thing that was skipped, with file and line. */
typedef void wsp_lexicon_tell(void *context, const struct wsp_error *err);

void wsp_own_lexicon_init(struct wsp_own_lexicon *own);
void wsp_own_lexicon_release(struct wsp_own_lexicon *own);

/* Add the rows of the file at `path`; those that were added before come first. A file that begins
 * with "<" is PLS. Otherwise a line is what is written, a tab, what is said (words only, no
 * digits), and perhaps another tab and the cues; '#' begins a comment line. Returns WSP_OK,
 * WSP_NOINPUT when the file cannot be read, or WSP_NOMEM. */
enum wsp_status wsp_own_lexicon_load(struct wsp_own_lexicon *own, const char *path,
                                     wsp_lexicon_tell *tell, void *context, struct wsp_error *err);

/* The same from `text`, which messages call `name`. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_own_lexicon_read(struct wsp_own_lexicon *own, struct wsp_str text,
                                     const char *name, wsp_lexicon_tell *tell, void *context,
                                     struct wsp_error *err);

/* Add one row, in NFC. Returns WSP_OK, WSP_DATA when it is no row (`err` says why) or
 * WSP_NOMEM. The rows are in order again after wsp_own_lexicon_read(). */
enum wsp_status wsp_own_lexicon_add(struct wsp_own_lexicon *own, struct wsp_str written,
                                    struct wsp_str spoken, struct wsp_str cues,
                                    struct wsp_error *err);

#endif
