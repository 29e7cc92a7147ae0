#include "output/markers.h"

#include <string.h>

enum { HEAD = 8, POINT = 24 }; /* bytes of a chunk's head, of a cue point */

static void add_u32(struct wsp_buf *out, uint64_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        wsp_buf_putc(out, (char)(value >> shift & 0xFF));
}

static void add_head(struct wsp_buf *out, const char *name, uint64_t size)
{
    wsp_buf_add(out, name, 4);
    add_u32(out, size);
}

static size_t n_that_fit(const struct wsp_marker *markers, size_t n)
{
    while (n > 0 && markers[n - 1].frame > UINT32_MAX)
        n--;
    return n;
}

/* "labl": the number of the point, the text, a zero, and one more where the length is odd. */
static size_t label_bytes(const struct wsp_marker *marker)
{
    return 4 + marker->label.len + 1;
}

static size_t even(size_t bytes)
{
    return bytes + (bytes & 1);
}

static void add_points(struct wsp_buf *out, const struct wsp_marker *markers, size_t n)
{
    add_head(out, "cue ", 4 + n * POINT);
    add_u32(out, n);
    for (size_t i = 0; i < n; i++) {
        add_u32(out, i + 1);
        add_u32(out, markers[i].frame);
        wsp_buf_add(out, "data", 4);
        add_u32(out, 0);
        add_u32(out, 0);
        add_u32(out, markers[i].frame);
    }
}

static void add_labels(struct wsp_buf *out, const struct wsp_marker *markers, size_t n)
{
    size_t bytes = 4;
    for (size_t i = 0; i < n; i++)
        bytes += HEAD + even(label_bytes(&markers[i]));
    add_head(out, "LIST", bytes);
    wsp_buf_add(out, "adtl", 4);
    for (size_t i = 0; i < n; i++) {
        add_head(out, "labl", label_bytes(&markers[i]));
        add_u32(out, i + 1);
        wsp_buf_add_str(out, markers[i].label);
        wsp_buf_putc(out, '\0');
        if (label_bytes(&markers[i]) & 1)
            wsp_buf_putc(out, '\0');
    }
}

enum wsp_status wsp_markers_add(struct wsp_buf *out, const struct wsp_marker *markers, size_t n)
{
    n = n_that_fit(markers, n);
    if (n > 0) {
        add_points(out, markers, n);
        add_labels(out, markers, n);
    }
    return out->status;
}
