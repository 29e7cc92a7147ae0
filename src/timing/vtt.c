/* WebVTT: The Web Video Text Tracks Format, W3C. Between the words of a cue stand the times at
 * which they are said, so that a player can show how far the speaker is. */
#include "timing/eachcaption.h"
#include "timing/kinds.h"

static void add_escaped(struct wsp_buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '&')
            wsp_buf_puts(out, "&amp;");
        else if (text[i] == '<')
            wsp_buf_puts(out, "&lt;");
        else if (text[i] == '>')
            wsp_buf_puts(out, "&gt;");
        else
            wsp_buf_putc(out, text[i]);
    }
}

static void put(struct wsp_buf *out, const struct wsp_timing *timing,
                const struct wsp_captions *captions, const struct wsp_caption *caption,
                size_t number)
{
    uint64_t begin = wsp_timing_ms(timing->timeline, caption->begin);
    uint64_t end = wsp_timing_ms(timing->timeline, caption->end), last = begin;
    wsp_buf_printf(out, "\n%zu\n", number);
    wsp_timing_add_clock(out, begin, '.');
    wsp_buf_puts(out, " --> ");
    wsp_timing_add_clock(out, end, '.');
    wsp_buf_putc(out, '\n');
    for (size_t i = 0; i < caption->n_words; i++) {
        const struct wsp_caption_word *word = &captions->words[caption->first_word + i];
        uint32_t until = i + 1 < caption->n_words ? word[1].at : caption->text_end;
        uint64_t ms = wsp_timing_ms(timing->timeline, word->begin);
        if (i > 0 && ms > last && ms < end) {
            wsp_buf_putc(out, '<');
            wsp_timing_add_clock(out, ms, '.');
            wsp_buf_putc(out, '>');
            last = ms;
        }
        add_escaped(out, captions->text.ptr + word->at, until - word->at);
    }
    wsp_buf_putc(out, '\n');
}

enum wsp_status wsp_write_vtt(const struct wsp_timing *timing, const struct wsp_writer *writer,
                              struct wsp_error *err)
{
    return wsp_each_caption(timing, WSP_STR("WEBVTT\n"), put, writer, err);
}
