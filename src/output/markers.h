/* Markers in a WAV file: the chunks "cue " and "LIST" of type "adtl" (Multimedia Programming
 * Interface and Data Specifications 1.0, Microsoft and IBM 1991), which sound editors show. */
#ifndef WSP_OUTPUT_MARKERS_H
#define WSP_OUTPUT_MARKERS_H

#include "base/buf.h"

#include <stdint.h>

struct wsp_marker {
    uint64_t frame;       /* below 2^32 in a file; later ones are left out */
    struct wsp_str label; /* UTF-8, borrowed */
};

/* Append both chunks, whole, to be put after the samples. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_markers_add(struct wsp_buf *out, const struct wsp_marker *markers, size_t n);

#endif
