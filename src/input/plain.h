/* Plain text: which lines are one paragraph, one item, one heading. */
#ifndef WSP_INPUT_PLAIN_H
#define WSP_INPUT_PLAIN_H

#include "input/decode.h"
#include "input/document.h"

/* Lines [first, end) of the clean text make one block. */
struct wsp_group {
    size_t first, end;
    uint8_t kind;  /* enum wsp_block_kind */
    uint8_t level; /* as in wsp_block */
};

/* Part the lines of `clean` (none of which is empty) into blocks, in order. On success *groups
 * is the caller's to free. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_plain_groups(const struct wsp_clean *clean, struct wsp_group **groups,
                                 size_t *n_groups);

#endif
