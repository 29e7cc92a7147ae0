/* What is known here about RIFF and RF64: the heads of WAV files that libsndfile cannot write.
 * EBU Tech 3306: a file that may grow beyond 4 GiB reserves room by a JUNK chunk; when it has
 * grown, the name becomes RF64, the room becomes the ds64 chunk, which holds the sizes in 64 bits,
 * and the old 32-bit sizes become 0xFFFFFFFF. */
#ifndef WSP_OUTPUT_RIFF_H
#define WSP_OUTPUT_RIFF_H

#include "audio/format.h"

#include <stddef.h>
#include <stdint.h>

#define WSP_RIFF_DS64_BYTES 28 /* what the reserved chunk holds, without its own head */
#define WSP_RIFF_HEAD_MAX 80   /* bytes of the largest head made here */

/* The largest RIFF: what its size field can say. 0xFFFFFFFF itself means "unknown". */
#define WSP_RIFF_LIMIT UINT64_C(0xFFFFFFFE)

/* Where the length is known by nobody yet, as for a pipe. */
#define WSP_RIFF_UNKNOWN UINT64_MAX

/* Write the head of a WAV file with `data_bytes` of samples into `out` (WSP_RIFF_HEAD_MAX bytes):
 * with `reserve`, 80 bytes that have room for ds64 (and use it beyond the limit), else the 44 that
 * every reader knows. Returns the head's length. */
size_t wsp_riff_head(unsigned char *out, struct wsp_audio_format format, uint64_t data_bytes,
                     int reserve);

/* Turn the first bytes of a plain WAV file, up to and including the head of its data chunk, into
 * those of an RF64 of the same length. The head must hold a JUNK chunk with room for ds64; other
 * chunks are kept. `head` may hold more than the head. Returns 0, or -1 when it is no such head
 * (it is unchanged then). */
int wsp_riff_make_rf64(unsigned char *head, size_t len, uint64_t file_bytes, uint64_t data_bytes,
                       uint64_t n_frames);

#endif
