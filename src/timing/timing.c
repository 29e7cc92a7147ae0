#include "timing/timing.h"

#include "timing/kinds.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

/* Longer extensions come first. */
static const struct wsp_timing_kind kinds[] = {
    {".chapters.vtt", false, wsp_write_chapters},
    {".vtt", true, wsp_write_vtt},
    {".srt", true, wsp_write_srt},
    {".lrc", true, wsp_write_lrc},
    {".cue", false, wsp_write_cuesheet},
    {".json", true, wsp_write_json},
};

const struct wsp_timing_kind *wsp_timing_kind_of(const char *path)
{
    size_t len = strlen(path);
    for (size_t i = 0; i < WSP_LEN(kinds); i++) {
        size_t end = strlen(kinds[i].extension);
        if (len > end && strcasecmp(path + len - end, kinds[i].extension) == 0)
            return &kinds[i];
    }
    return NULL;
}

void wsp_timing_extensions(struct wsp_buf *out)
{
    for (size_t i = 0; i < WSP_LEN(kinds); i++)
        wsp_buf_printf(out, "%s%s", out->len > 0 ? ", " : "", kinds[i].extension);
}

uint64_t wsp_timing_ms(const struct wsp_timeline *timeline, uint64_t frames)
{
    return frames * 1000 / timeline->rate_hz;
}

void wsp_timing_add_clock(struct wsp_buf *out, uint64_t ms, char point)
{
    enum { HOUR_MS = 3600000, MINUTE_MS = 60000, SECOND_MS = 1000, SIXTY = 60 };
    wsp_buf_printf(out, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "%c%03" PRIu64, ms / HOUR_MS,
                   ms / MINUTE_MS % SIXTY, ms / SECOND_MS % SIXTY, point, ms % SECOND_MS);
}

enum wsp_status wsp_timing_flush(struct wsp_buf *buf, const struct wsp_writer *writer,
                                 struct wsp_error *err)
{
    if (buf->status)
        return wsp_fail_nomem(err);
    enum wsp_status st = writer->write(writer->context, wsp_buf_str(buf), err);
    wsp_buf_clear(buf);
    return st;
}
