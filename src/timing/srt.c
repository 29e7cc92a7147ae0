/* SubRip, as every player reads it: numbered, a comma before the milliseconds. */
#include "timing/eachcaption.h"
#include "timing/kinds.h"

static void put(struct wsp_buf *out, const struct wsp_timing *timing,
                const struct wsp_captions *captions, const struct wsp_caption *caption,
                size_t number)
{
    wsp_buf_printf(out, "%s%zu\n", number > 1 ? "\n" : "", number);
    wsp_timing_add_clock(out, wsp_timing_ms(timing->timeline, caption->begin), ',');
    wsp_buf_puts(out, " --> ");
    wsp_timing_add_clock(out, wsp_timing_ms(timing->timeline, caption->end), ',');
    wsp_buf_printf(out, "\n%.*s\n", (int)(caption->text_end - caption->text_begin),
                   captions->text.ptr + caption->text_begin);
}

enum wsp_status wsp_write_srt(const struct wsp_timing *timing, const struct wsp_writer *writer,
                              struct wsp_error *err)
{
    return wsp_each_caption(timing, WSP_STR(""), put, writer, err);
}
