/* The chunks by which a WAV file tells a radio station what it is: bext (EBU Tech 3285, version 2),
 * cart (AES46-2002) and iXML. */
#ifndef WSP_OUTPUT_BROADCAST_H
#define WSP_OUTPUT_BROADCAST_H

#include "audio/format.h"
#include "base/buf.h"
#include "output/metadata.h"

#include <stddef.h>

/* Append the contents of a chunk; what is measured later is marked as not known yet. ASCII fields
 * are transliterated ("Thông báo": Thong bao) and cut at their width. Return WSP_OK or WSP_NOMEM.
 */
enum wsp_status wsp_bext_add(struct wsp_buf *out, const struct wsp_metadata *metadata,
                             struct wsp_audio_format format);
enum wsp_status wsp_cart_add(struct wsp_buf *out, const struct wsp_metadata *metadata);
enum wsp_status wsp_ixml_add(struct wsp_buf *out, const struct wsp_metadata *metadata);

/* Put into the head of a WAV file of `n_frames` what is known in the end: the loudness fields of
 * bext (0x7FFF: not measured) and the end timer of cart. `head` holds `len` bytes from the
 * beginning of the file; chunks that are not in it stay as they are. */
void wsp_broadcast_fill(unsigned char *head, size_t len, const struct wsp_measures *measures,
                        uint64_t n_frames);

#endif
