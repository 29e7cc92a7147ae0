/* Nothing is lost: every character of a message that is no blank is spoken, silent by a rule, or
 * removed by a rule. The account is the proof. */
#ifndef WSP_READING_ACCOUNT_H
#define WSP_READING_ACCOUNT_H

#include "reading/script.h"

enum { WSP_ACCOUNT_READERS = 32 };

/* Characters as people see them: a letter with its marks is one. */
struct wsp_account {
    size_t spoken;
    size_t punctuation;                 /* heard as pauses and intonation, or shown as brackets */
    size_t symbols;                     /* emoji, bullets, lines: nothing to say */
    size_t silent[WSP_ACCOUNT_READERS]; /* letters and digits, silent by this reader's rule */
    size_t skipped;                     /* in sentences that are left out by setting */
    size_t removed;                     /* the residue of web pages */
    size_t unseen;                      /* soft hyphens and the like */
    size_t lost;                        /* letters and digits that nothing accounts for: a fault */
};

/* Add what stands outside the sentences. */
void wsp_account_add_document(struct wsp_account *account, const struct wsp_document *document);

/* Add sentence `utterance->number` of `script`, which is read as `utterance`. */
void wsp_account_add_utterance(struct wsp_account *account, const struct wsp_script *script,
                               const struct wsp_utterance *utterance);

#endif
