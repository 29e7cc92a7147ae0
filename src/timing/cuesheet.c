/* CUE sheets, as burners and players read them: tracks with their beginnings in minutes, seconds
 * and frames of a compact disc, 75 a second. At most 99 tracks: later chapters belong to the last.
 */
#include "timing/chapters.h"
#include "timing/kinds.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LINE_LIMIT = 1 << 16, TRACKS_MAX = 99, CD_FRAMES = 75, SIXTY = 60 };

static const char *type_of(const char *sound)
{
    const char *dot = strrchr(sound, '.');
    return dot && strcasecmp(dot, ".mp3") == 0 ? "MP3" : "WAVE";
}

static void put(struct wsp_buf *out, const struct wsp_timing *timing,
                const struct wsp_chapter *chapter, size_t number)
{
    uint64_t at = chapter->begin * CD_FRAMES / timing->timeline->rate_hz;
    wsp_buf_printf(out, "  TRACK %02zu AUDIO\n    TITLE \"", number);
    wsp_chapter_add_title(out, chapter, '"');
    wsp_buf_printf(out, "\"\n    INDEX 01 %02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "\n",
                   at / CD_FRAMES / SIXTY, at / CD_FRAMES % SIXTY, at % CD_FRAMES);
}

enum wsp_status wsp_write_cuesheet(const struct wsp_timing *timing, const struct wsp_writer *writer,
                                   struct wsp_error *err)
{
    struct wsp_chapters chapters;
    struct wsp_buf out = WSP_BUF_INIT(LINE_LIMIT);
    const char *sound = timing->sound ? timing->sound : "message.wav";
    enum wsp_status st = wsp_chapters_make(&chapters, timing, err);
    if (timing->title && timing->title[0]) {
        struct wsp_chapter whole = {.title = {timing->title, strlen(timing->title)}};
        wsp_buf_puts(&out, "TITLE \"");
        wsp_chapter_add_title(&out, &whole, '"');
        wsp_buf_puts(&out, "\"\n");
    }
    wsp_buf_printf(&out, "FILE \"%s\" %s\n", sound, type_of(sound));
    for (size_t i = 0; i < chapters.n && i < TRACKS_MAX && !st; i++) {
        put(&out, timing, &chapters.items[i], i + 1);
        st = wsp_timing_flush(&out, writer, err);
    }
    free(chapters.items);
    wsp_buf_release(&out);
    return st;
}
