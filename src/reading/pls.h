/* W3C Pronunciation Lexicon Specification 1.0, as far as it says other words for words: <lexeme>
 * with <grapheme> and <alias>. */
#ifndef WSP_READING_PLS_H
#define WSP_READING_PLS_H

#include "reading/ownlexicon.h"

/* Add the aliases of the document `text`. What has only a <phoneme>, and what comes after XML that
 * is not well formed, is told and skipped. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_pls_load(struct wsp_own_lexicon *own, struct wsp_str text, const char *path,
                             wsp_lexicon_tell *tell, void *context, struct wsp_error *err);

#endif
