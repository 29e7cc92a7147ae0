/* The user's own lexicons: those of the command line, of the settings, and of the user's data. */
#ifndef WSP_APP_LEXICONS_H
#define WSP_APP_LEXICONS_H

#include "app/options.h"
#include "app/paths.h"
#include "reading/ownlexicon.h"

/* Load the files `named`, then the lexicon of the settings, then every .tsv and .pls file in the
 * folder of the user's lexicons in the order of their names; the first that has a word says it.
 * Only the files of `named` must be there. Returns WSP_OK, WSP_NOINPUT or WSP_NOMEM. */
enum wsp_status wsp_lexicons_load(struct wsp_own_lexicon *own, const struct wsp_list *named,
                                  const struct wsp_paths *paths, wsp_lexicon_tell *tell,
                                  void *context, struct wsp_error *err);

#endif
