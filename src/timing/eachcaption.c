#include "timing/eachcaption.h"

enum { PIECE_LIMIT = 1 << 20 };

enum wsp_status wsp_each_caption(const struct wsp_timing *timing, struct wsp_str head,
                                 wsp_put_caption *put, const struct wsp_writer *writer,
                                 struct wsp_error *err)
{
    struct wsp_captions captions;
    struct wsp_buf out = WSP_BUF_INIT(PIECE_LIMIT);
    wsp_captions_init(&captions);
    wsp_buf_add_str(&out, head);
    enum wsp_status st = wsp_timing_flush(&out, writer, err);
    size_t number = 0;
    for (size_t i = 0; i < timing->timeline->n_entries && !st; i++) {
        const struct wsp_timeline_entry *entry = &timing->timeline->entries[i];
        st = wsp_captions_make(&captions, timing->messages[entry->document], timing->timeline,
                               entry, err);
        for (size_t k = 0; k < captions.n && !st; k++) {
            put(&out, timing, &captions, &captions.items[k], ++number);
            st = wsp_timing_flush(&out, writer, err);
        }
    }
    wsp_buf_release(&out);
    wsp_captions_release(&captions);
    return st;
}
