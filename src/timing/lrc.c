/* LRC: a line of text with the time at which it begins. */
#include "timing/eachcaption.h"
#include "timing/kinds.h"

#include <inttypes.h>

enum { HEAD_LIMIT = 4096, MINUTE_MS = 60000, SECOND_MS = 1000, HUNDREDTH_MS = 10, SIXTY = 60 };

static void add_time(struct wsp_buf *out, uint64_t ms)
{
    wsp_buf_printf(out, "%02" PRIu64 ":%02" PRIu64 ".%02" PRIu64, ms / MINUTE_MS,
                   ms / SECOND_MS % SIXTY, ms % SECOND_MS / HUNDREDTH_MS);
}

static void put(struct wsp_buf *out, const struct wsp_timing *timing,
                const struct wsp_captions *captions, const struct wsp_caption *caption,
                size_t number)
{
    (void)number;
    wsp_buf_putc(out, '[');
    add_time(out, wsp_timing_ms(timing->timeline, caption->begin));
    wsp_buf_putc(out, ']');
    for (uint32_t i = caption->text_begin; i < caption->text_end; i++)
        wsp_buf_putc(out, wsp_in_line(captions->text.ptr[i]));
    wsp_buf_putc(out, '\n');
}

enum wsp_status wsp_write_lrc(const struct wsp_timing *timing, const struct wsp_writer *writer,
                              struct wsp_error *err)
{
    struct wsp_buf head = WSP_BUF_INIT(HEAD_LIMIT);
    if (timing->title && timing->title[0])
        wsp_buf_printf(&head, "[ti:%s]\n", timing->title);
    wsp_buf_puts(&head, "[length:");
    add_time(&head, wsp_timing_ms(timing->timeline, timing->timeline->length));
    wsp_buf_puts(&head, "]\n");
    enum wsp_status st = wsp_each_caption(timing, wsp_buf_str(&head), put, writer, err);
    wsp_buf_release(&head);
    return st;
}
