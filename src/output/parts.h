/* One programme as several files, a chapter each, and the playlist (M3U8) that puts them in order:
 * "book.mp3" becomes book-01-loi-mo-dau.mp3, book-02-..., and book.m3u8. The names are ASCII and
 * short, for FAT and for players in cars. */
#ifndef WSP_OUTPUT_PARTS_H
#define WSP_OUTPUT_PARTS_H

#include "output/sink.h"

enum { WSP_PARTS_MAX = 480 }; /* they are delivered together, so all are open until then */

/* Where parts begin. Borrowed, with what it points to, for the life of the sink. */
struct wsp_part_source {
    void *context;
    /* Part `number`, from 0: its first frame (part 0 begins with the programme), and its title
     * (UTF-8, '\n' parts lines). Asked in order, and again as more of the programme is written.
     * Returns false when no such part is known yet. Part 0 always is, and one that begins in
     * frames about to be written. */
    bool (*find)(void *context, size_t number, uint64_t *begin, struct wsp_str *title);
};

/* Append the name of the playlist for `path`, which wsp_sink_knows(): "book.m3u8". Paths with one
 * playlist cannot be parted in one run. */
void wsp_parts_add_playlist(struct wsp_buf *out, const char *path);

/* As wsp_sink_open(), but not "-". The parts have no markers, and no measures of loudness: those
 * of the whole are not theirs. */
enum wsp_status wsp_parts_open(struct wsp_sink **out, const char *path,
                               struct wsp_audio_format format, struct wsp_part_source source,
                               struct wsp_error *err);

#endif
