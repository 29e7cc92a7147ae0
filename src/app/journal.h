/* The journal of a folder: which outputs are there, made of what. Lines of text; a line that is
 * broken or not there only costs the work again. */
#ifndef WSP_APP_JOURNAL_H
#define WSP_APP_JOURNAL_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct wsp_journal_entry {
    uint64_t key;  /* of everything that the output depends on */
    uint64_t size; /* of the file, bytes */
    char *name;    /* in the folder */
};

struct wsp_journal {
    int fd;                            /* holds the lock */
    struct wsp_journal_entry *entries; /* later ones count */
    size_t n, cap;
    bool damaged; /* a line could not be read, or it is another version's */
};

/* Open, or begin, the journal of `folder`, which nobody else may use meanwhile. Returns WSP_OK,
 * WSP_CANTCREAT, WSP_TEMPFAIL (somebody does), WSP_IO or WSP_NOMEM; then it is closed. */
enum wsp_status wsp_journal_open(struct wsp_journal *journal, const char *folder,
                                 struct wsp_error *err);
void wsp_journal_close(struct wsp_journal *journal);

/* Was `name` made with this key, and is a file of that size there? */
bool wsp_journal_has(const struct wsp_journal *journal, const char *name, uint64_t key,
                     uint64_t size);

/* Note it, on the disk. Returns WSP_OK, WSP_IO or WSP_NOMEM. */
enum wsp_status wsp_journal_note(struct wsp_journal *journal, const char *name, uint64_t key,
                                 uint64_t size, struct wsp_error *err);

#endif
