/* Vorbis comments, in which FLAC and Ogg streams say what they are. */
#ifndef WSP_OUTPUT_COMMENTS_H
#define WSP_OUTPUT_COMMENTS_H

#include "base/buf.h"
#include "output/metadata.h"

#include <stdint.h>

/* Append a comment block (Vorbis I, 5.2.1, without the framing bit): `vendor` names the encoder's
 * library, and what is known of `metadata` follows. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_comments_add(struct wsp_buf *out, const char *vendor,
                                 const struct wsp_metadata *metadata);

/* Append the lowest `bytes` bytes of `value`, the lowest first. */
void wsp_comments_add_number(struct wsp_buf *out, uint64_t value, int bytes);

#endif
