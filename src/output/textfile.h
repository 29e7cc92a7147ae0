/* Files of text: captions, timings. A sink like any other: the sound that the others get is nothing
 * to it, and what it holds is written before it is finished. */
#ifndef WSP_OUTPUT_TEXTFILE_H
#define WSP_OUTPUT_TEXTFILE_H

#include "output/sink.h"

/* As wsp_sink_open(). */
enum wsp_status wsp_textfile_open(struct wsp_sink **out, const char *path, struct wsp_error *err);

/* Append text to `sink`, which wsp_textfile_open() has made. Returns WSP_OK or WSP_IO. */
enum wsp_status wsp_textfile_write(struct wsp_sink *sink, struct wsp_str text,
                                   struct wsp_error *err);

#endif
