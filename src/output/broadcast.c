#include "output/broadcast.h"

#include "base/utf8.h"

#include <endian.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RIFF_HEAD = 12, CHUNK_HEAD = 8 };

/* ---- fields ------------------------------------------------------------------------------ */

static void add_zeros(struct wsp_buf *out, size_t n)
{
    static const char zeros[512];
    for (size_t piece; n > 0; n -= piece) {
        piece = n < sizeof zeros ? n : sizeof zeros;
        wsp_buf_add(out, zeros, piece);
    }
}

/* `text` as ASCII in a field of `width` bytes, filled up with zeros. */
static void add_field(struct wsp_buf *out, const char *text, size_t width)
{
    struct wsp_buf ascii = WSP_BUF_INIT(4096);
    (void)wsp_utf8_add_ascii(&ascii, (struct wsp_str){text, strlen(text)});
    size_t len = ascii.len < width ? ascii.len : width;
    wsp_buf_add(out, ascii.ptr, len);
    add_zeros(out, width - len);
    wsp_buf_release(&ascii);
}

static void add_date(struct wsp_buf *out, const struct tm *time)
{
    char text[32] = "";
    (void)strftime(text, sizeof text, "%Y-%m-%d", time);
    add_field(out, text, 10);
}

static void add_time(struct wsp_buf *out, const struct tm *time)
{
    char text[32] = "";
    (void)strftime(text, sizeof text, "%H:%M:%S", time);
    add_field(out, text, 8);
}

static void add16(struct wsp_buf *out, uint16_t value)
{
    value = htole16(value);
    wsp_buf_add(out, (const char *)&value, sizeof value);
}

static void add32(struct wsp_buf *out, uint32_t value)
{
    value = htole32(value);
    wsp_buf_add(out, (const char *)&value, sizeof value);
}

/* FNV-1a, for a reference that is the same whenever the same is made. */
static uint64_t hash(const struct wsp_metadata *metadata)
{
    uint64_t value = UINT64_C(0xcbf29ce484222325);
    for (const char *p = metadata->title; *p; p++)
        value = (value ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
    for (const char *p = metadata->cut_id; *p; p++)
        value = (value ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
    return value;
}

/* ---- bext -------------------------------------------------------------------------------- */

enum {
    BEXT_LOUDNESS = 412, /* where the five fields are */
    BEXT_FIELDS = 5,
    BEXT_RESERVED = 180,
    BEXT_VERSION = 2,
    UNKNOWN = 0x7FFF, /* EBU Tech 3285, supplement on loudness */
};

/* EBU R 99: country, organisation, serial number, time, and a number that is else drawn. */
static void add_reference(struct wsp_buf *out, const struct wsp_metadata *metadata)
{
    char time[16] = "", reference[64];
    (void)strftime(time, sizeof time, "%H%M%S", &metadata->made);
    uint64_t number = hash(metadata);
    (void)snprintf(reference, sizeof reference, "VNWTS%012llu%s%09llu",
                   (unsigned long long)(number / 1000000007 % 1000000000000), time,
                   (unsigned long long)(number % 1000000000));
    add_field(out, reference, 32);
}

enum wsp_status wsp_bext_add(struct wsp_buf *out, const struct wsp_metadata *metadata,
                             struct wsp_audio_format format)
{
    add_field(out, metadata->title, 256);
    add_field(out, metadata->originator[0] ? metadata->originator : metadata->program, 32);
    add_reference(out, metadata);
    add_date(out, &metadata->made);
    add_time(out, &metadata->made);
    add_zeros(out, 8); /* the first sample is at midnight */
    add16(out, BEXT_VERSION);
    add_zeros(out, 64); /* UMID */
    for (int i = 0; i < BEXT_FIELDS; i++)
        add16(out, UNKNOWN);
    add_zeros(out, BEXT_RESERVED);
    /* EBU R 98 */
    struct wsp_buf history = WSP_BUF_INIT(4096), ascii = WSP_BUF_INIT(4096);
    wsp_buf_printf(&history, "A=PCM,F=%u,W=%u,M=%s,T=%s %s;%s\r\n", format.rate_hz, format.bits,
                   format.channels == 2 ? "dual-mono" : "mono", metadata->program,
                   metadata->version, metadata->voice);
    (void)wsp_utf8_add_ascii(&ascii, wsp_buf_str(&history));
    wsp_buf_add_str(out, wsp_buf_str(&ascii));
    wsp_buf_release(&ascii);
    wsp_buf_release(&history);
    return out->status;
}

static int16_t hundredths(double value)
{
    return isfinite(value) && fabs(value) < 300 ? (int16_t)lround(value * 100) : UNKNOWN;
}

static void fill_bext(unsigned char *chunk, size_t len, const struct wsp_measures *measures)
{
    const double values[BEXT_FIELDS] = {measures->integrated_lufs, measures->range_lu,
                                        measures->true_peak_dbtp, measures->momentary_lufs,
                                        measures->short_term_lufs};
    for (size_t i = 0; i < BEXT_FIELDS && len >= BEXT_LOUDNESS + 2 * BEXT_FIELDS; i++) {
        uint16_t value = measures->levelled ? (uint16_t)hundredths(values[i]) : UNKNOWN;
        value = htole16(value);
        memcpy(chunk + BEXT_LOUDNESS + 2 * i, &value, sizeof value);
    }
}

/* ---- cart -------------------------------------------------------------------------------- */

enum {
    CART_TIMERS = 684, /* where they are; eight of a name and a frame */
    CART_TIMER = 8,
    CART_BYTES = 2048,
};

enum wsp_status wsp_cart_add(struct wsp_buf *out, const struct wsp_metadata *metadata)
{
    size_t begin = out->len;
    add_field(out, "0101", 4);
    add_field(out, metadata->title, 64);
    add_field(out, metadata->voice, 64); /* artist */
    add_field(out, metadata->cut_id, 64);
    add_zeros(out, 64); /* client */
    add_field(out, "NEWS", 64);
    add_zeros(out, 64 + 64); /* classification, out cue */
    add_date(out, &metadata->start);
    add_time(out, &metadata->start);
    add_field(out, "2099-12-31", 10); /* may be aired for ever */
    add_field(out, "23:59:59", 8);
    add_field(out, metadata->program, 64);
    add_field(out, metadata->version, 64);
    add_zeros(out, 64);
    add32(out, 32768); /* full scale */
    add_field(out, "AUDs", 4);
    add32(out, 0);
    add_field(out, "AUDe", 4);
    add32(out, 0);
    add_zeros(out, (size_t)6 * CART_TIMER);
    if (!out->status)
        add_zeros(out, CART_BYTES - (out->len - begin));
    return out->status;
}

static void fill_cart(unsigned char *chunk, size_t len, uint64_t n_frames)
{
    uint32_t end = htole32(n_frames < UINT32_MAX ? (uint32_t)n_frames : UINT32_MAX);
    if (len >= CART_BYTES)
        memcpy(chunk + CART_TIMERS + CART_TIMER + 4, &end, sizeof end);
}

/* ---- iXML -------------------------------------------------------------------------------- */

static void add_element(struct wsp_buf *out, const char *name, const char *text)
{
    if (!text[0])
        return;
    wsp_buf_printf(out, "  <%s>", name);
    for (const char *p = text; *p; p++)
        switch (*p) {
        case '&':
            wsp_buf_puts(out, "&amp;");
            break;
        case '<':
            wsp_buf_puts(out, "&lt;");
            break;
        case '>':
            wsp_buf_puts(out, "&gt;");
            break;
        default:
            if ((unsigned char)*p >= ' ')
                wsp_buf_putc(out, *p);
        }
    wsp_buf_printf(out, "</%s>\n", name);
}

enum wsp_status wsp_ixml_add(struct wsp_buf *out, const struct wsp_metadata *metadata)
{
    wsp_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<BWFXML>\n");
    add_element(out, "IXML_VERSION", "2.10");
    add_element(out, "PROJECT", metadata->title);
    add_element(out, "SCENE", metadata->cut_id);
    add_element(out, "NOTE", metadata->voice);
    add_element(out, "ORIGINATOR", metadata->originator);
    wsp_buf_puts(out, "</BWFXML>\n");
    return out->status;
}

/* ---- the end ----------------------------------------------------------------------------- */

void wsp_broadcast_fill(unsigned char *head, size_t len, const struct wsp_measures *measures,
                        uint64_t n_frames)
{
    for (size_t at = RIFF_HEAD; at + CHUNK_HEAD <= len;) {
        uint32_t size;
        memcpy(&size, head + at + 4, sizeof size);
        size = le32toh(size);
        unsigned char *chunk = head + at + CHUNK_HEAD;
        size_t left = len - at - CHUNK_HEAD, have = size < left ? size : left;
        if (memcmp(head + at, "data", 4) == 0)
            break;
        if (memcmp(head + at, "bext", 4) == 0)
            fill_bext(chunk, have, measures);
        else if (memcmp(head + at, "cart", 4) == 0)
            fill_cart(chunk, have, n_frames);
        at += CHUNK_HEAD + (size_t)size + (size & 1);
    }
}
