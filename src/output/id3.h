/* The tag at the head of an MP3: ID3v2.4 in UTF-8. libsndfile's own comes out garbled in the
 * players of Windows and Apple. */
#ifndef WSP_OUTPUT_ID3_H
#define WSP_OUTPUT_ID3_H

#include "base/buf.h"
#include "output/metadata.h"

/* Append the tag. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_id3_add(struct wsp_buf *out, const struct wsp_metadata *metadata);

#endif
