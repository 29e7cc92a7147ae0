/* Sentences that people read. `_()` looks one up in the catalogue of the user's language; the
 * application binds the catalogue (app/locale.c). `N_()` only marks a sentence in a table. */
#ifndef WSP_BASE_TEXT_H
#define WSP_BASE_TEXT_H

#include <libintl.h>

#define WSP_TEXT_DOMAIN "wtisd-speak"
#define _(sentence) dgettext(WSP_TEXT_DOMAIN, sentence)
#define N_(sentence) (sentence)

#endif
