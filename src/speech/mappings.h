/* What a process has in its memory, as Linux lists it (proc(5), /proc/self/maps). */
#ifndef WSP_SPEECH_MAPPINGS_H
#define WSP_SPEECH_MAPPINGS_H

#include <stdbool.h>
#include <stddef.h>

enum { WSP_MAPPINGS_MAX = 512 }; /* more than this program ever has */

struct wsp_mapping {
    char *begin;
    size_t len;     /* bytes, whole pages */
    bool writable;  /* and private: what no other process sees */
    char path[256]; /* of a file, or "[heap]" and its like, or ""; its end */
};

/* The first `n_max` mappings of this process, lowest address first. Returns how many there are,
 * `n_max` when there are more; 0 when there is no list, or another tool lives in this memory (a
 * sanitizer, valgrind), so that it must be left alone. What is unmapped while the list is read may
 * make it miss some: collect first, then act. */
size_t wsp_mappings(struct wsp_mapping *mappings, size_t n_max);

#endif
