/* Sources: the bytes of a file or of standard input, and whether they are text at all. */
#ifndef WSP_INPUT_SOURCE_H
#define WSP_INPUT_SOURCE_H

#include "base/buf.h"

/* Append what `path` ("-" is standard input) holds to `out`, which is empty and whose limit is
 * the largest source that is taken, in bytes. Blocks while a pipe or terminal has nothing to
 * give; what is no text is refused after its first bytes, so that a runaway pipe costs nothing.
 * Returns WSP_OK, WSP_NOINPUT, WSP_DATA (not text, too large), WSP_IO or WSP_NOMEM. The error
 * has no place yet. */
enum wsp_status wsp_source_read(struct wsp_buf *out, const char *path, struct wsp_error *err);

/* Do the first bytes of a source look like text? Returns WSP_OK, or WSP_DATA with a sentence
 * that names what they look like. */
enum wsp_status wsp_source_sniff(struct wsp_str source, struct wsp_error *err);

#endif
