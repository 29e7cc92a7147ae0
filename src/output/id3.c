#include "output/id3.h"

#include <string.h>

enum { UTF8 = 3 }; /* the encoding's number */

/* Sizes have seven bits a byte, so that none looks like the beginning of a frame of sound. */
static void add_size(struct wsp_buf *out, size_t size)
{
    for (int shift = 21; shift >= 0; shift -= 7)
        wsp_buf_putc(out, (char)(size >> shift & 0x7F));
}

static void add_text(struct wsp_buf *out, const char *frame, const char *text)
{
    if (!text[0])
        return;
    wsp_buf_puts(out, frame);
    add_size(out, 1 + strlen(text));
    wsp_buf_add(out, "\0\0", 2); /* flags */
    wsp_buf_putc(out, UTF8);
    wsp_buf_puts(out, text);
}

enum wsp_status wsp_id3_add(struct wsp_buf *out, const struct wsp_metadata *metadata)
{
    struct wsp_buf frames = WSP_BUF_INIT(1 << 16);
    char made[32] = "", encoder[2 * WSP_METADATA_NAME_BYTES + 1];
    (void)strftime(made, sizeof made, "%Y-%m-%dT%H:%M:%S", &metadata->made);
    stpcpy(stpcpy(stpcpy(encoder, metadata->program), " "), metadata->version);
    add_text(&frames, "TIT2", metadata->title);
    add_text(&frames, "TPE1", metadata->originator[0] ? metadata->originator : metadata->voice);
    add_text(&frames, "TLAN", "vie");
    add_text(&frames, "TDRC", made);
    add_text(&frames, "TSSE", encoder);
    wsp_buf_add(out, "ID3\4\0\0", 6);
    add_size(out, frames.len);
    wsp_buf_add_str(out, wsp_buf_str(&frames));
    enum wsp_status st = frames.status ? frames.status : out->status;
    wsp_buf_release(&frames);
    return st;
}
