#include "output/parts.h"

#include "base/text.h"
#include "base/utf8.h"
#include "output/textfile.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_LIMIT = 1 << 16 };

struct part {
    struct wsp_sink *sink;
    char *name;  /* of the file, without its folder */
    char *title; /* in one line */
    uint64_t n_frames;
};

struct parts {
    struct wsp_part_source source;
    struct wsp_audio_format format;
    struct wsp_metadata metadata;
    struct wsp_sink *playlist;
    struct part *items;
    size_t n, cap;
    uint64_t n_frames;       /* in all of them */
    char path[PATH_MAX + 1]; /* as the user named the whole */
};

/* ---- names ---- */

/* Words of letters and digits in lower case, a '-' before each, as many as there is room for. */
static void add_safe(struct wsp_buf *out, struct wsp_str title)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    enum { LONGEST = 40 };
    struct wsp_buf ascii = WSP_BUF_INIT(TITLE_LIMIT);
    const size_t begin = out->len;
    wsp_utf8_add_ascii(&ascii, title);
    const char *at = ascii.len > 0 ? ascii.ptr : "";
    for (at += strcspn(at, safe); *at;) {
        size_t len = strspn(at, safe);
        if (out->len + 1 + len > begin + LONGEST)
            break;
        wsp_buf_putc(out, '-');
        for (size_t i = 0; i < len; i++)
            wsp_buf_putc(out, (char)tolower((unsigned char)at[i]));
        at += len + strcspn(at + len, safe);
    }
    wsp_buf_release(&ascii);
}

/* Of "dir/book.mp3" without ".mp3": the path was accepted as one of a file of sound. */
static int stem_len(const char *path)
{
    return (int)(strrchr(path, '.') - path);
}

void wsp_parts_add_playlist(struct wsp_buf *out, const char *path)
{
    wsp_buf_printf(out, "%.*s.m3u8", stem_len(path), path);
}

static const char *without_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* ---- one part after the other ---- */

/* "dir/book-03-ten-chuong.mp3" */
static void add_path(const struct parts *parts, struct wsp_buf *out, struct wsp_str title)
{
    int stem = stem_len(parts->path);
    wsp_buf_printf(out, "%.*s-%02zu", stem, parts->path, parts->n + 1);
    add_safe(out, title);
    wsp_buf_puts(out, parts->path + stem);
}

/* NULL when out of memory. */
static char *one_line(struct wsp_str title)
{
    char *line = strndup(title.ptr, title.len);
    for (char *c = line; c && *c; c++)
        *c = wsp_in_line(*c);
    return line;
}

static enum wsp_status describe_part(const struct parts *parts, const struct part *part,
                                     struct wsp_error *err)
{
    struct wsp_metadata metadata = parts->metadata;
    size_t len = strlen(part->title), most = sizeof metadata.title - 1;
    len = len < most ? len : wsp_utf8_valid_prefix(part->title, most);
    memcpy(metadata.title, part->title, len);
    metadata.title[len] = '\0';
    return wsp_sink_describe(part->sink, &metadata, err);
}

static enum wsp_status open_part(struct parts *parts, struct wsp_str title, struct wsp_error *err)
{
    if (parts->n == WSP_PARTS_MAX)
        return wsp_fail(err, WSP_DATA,
                        _("more than %d chapters; leave --split out, or make the text shorter"),
                        WSP_PARTS_MAX);
    if (wsp_grow(&parts->items, &parts->cap, parts->n, sizeof *parts->items))
        return wsp_fail_nomem(err);
    struct wsp_buf path = WSP_BUF_INIT(PATH_MAX);
    add_path(parts, &path, title);
    struct part *part = &parts->items[parts->n++];
    *part = (struct part){.title = one_line(title)};
    if (!path.status)
        part->name = strdup(without_folder(path.ptr));
    enum wsp_status st = WSP_OK;
    if (part->name && part->title)
        st = wsp_sink_open(&part->sink, path.ptr, parts->format, err);
    wsp_buf_release(&path);
    if (!part->name || !part->title)
        return wsp_fail_nomem(err);
    return st ? st : describe_part(parts, part, err);
}

static enum wsp_status close_part(struct parts *parts, struct wsp_error *err)
{
    return parts->n > 0 ? wsp_sink_finish(parts->items[parts->n - 1].sink, err) : WSP_OK;
}

static enum wsp_status write_parts(void *state, const float *frames, size_t n_frames,
                                   struct wsp_error *err)
{
    struct parts *parts = state;
    enum wsp_status st = WSP_OK;
    while (n_frames > 0 && !st) {
        uint64_t begin, left = n_frames;
        struct wsp_str title;
        if (parts->source.find(parts->source.context, parts->n, &begin, &title))
            left = begin - parts->n_frames;
        if (left == 0) { /* the next part begins here */
            st = close_part(parts, err);
            if (!st)
                st = open_part(parts, title, err);
            continue;
        }
        size_t piece = left < n_frames ? (size_t)left : n_frames;
        struct part *part = &parts->items[parts->n - 1];
        st = wsp_sink_write(part->sink, frames, piece, err);
        part->n_frames += piece;
        parts->n_frames += piece;
        frames += piece * parts->format.channels;
        n_frames -= piece;
    }
    return st;
}

static enum wsp_status describe(void *state, const struct wsp_metadata *metadata,
                                struct wsp_error *err)
{
    (void)err;
    ((struct parts *)state)->metadata = *metadata;
    return WSP_OK;
}

/* ---- the playlist: RFC 8216, section 4, as players of files read it ---- */

static enum wsp_status write_playlist(struct parts *parts, struct wsp_error *err)
{
    struct wsp_buf out = WSP_BUF_INIT((size_t)WSP_PARTS_MAX * TITLE_LIMIT);
    wsp_buf_puts(&out, "#EXTM3U\n");
    if (parts->metadata.title[0])
        wsp_buf_printf(&out, "#PLAYLIST:%s\n", parts->metadata.title);
    for (size_t i = 0; i < parts->n; i++) {
        const struct part *part = &parts->items[i];
        wsp_buf_printf(&out, "#EXTINF:%.3f,%s\n%s\n",
                       (double)part->n_frames / parts->format.rate_hz, part->title, part->name);
    }
    enum wsp_status st = out.status ? wsp_fail_nomem(err)
                                    : wsp_textfile_write(parts->playlist, wsp_buf_str(&out), err);
    wsp_buf_release(&out);
    return st;
}

static enum wsp_status finish(void *state, struct wsp_error *err)
{
    struct parts *parts = state;
    enum wsp_status st = close_part(parts, err);
    if (!st)
        st = write_playlist(parts, err);
    return st ? st : wsp_sink_finish(parts->playlist, err);
}

static enum wsp_status commit(void *state, struct wsp_error *err)
{
    struct parts *parts = state;
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; i < parts->n && !st; i++)
        st = wsp_sink_commit(parts->items[i].sink, err);
    return st ? st : wsp_sink_commit(parts->playlist, err);
}

static void close_parts(void *state)
{
    struct parts *parts = state;
    if (!parts)
        return;
    for (size_t i = 0; i < parts->n; i++) {
        wsp_sink_close(parts->items[i].sink);
        free(parts->items[i].name);
        free(parts->items[i].title);
    }
    wsp_sink_close(parts->playlist);
    free(parts->items);
    free(parts);
}

static const struct wsp_sink_kind kind = {
    .name = "parts",
    .write = write_parts,
    .describe = describe,
    .finish = finish,
    .commit = commit,
    .close = close_parts,
};

enum wsp_status wsp_parts_open(struct wsp_sink **out, const char *path,
                               struct wsp_audio_format format, struct wsp_part_source source,
                               struct wsp_error *err)
{
    *out = NULL;
    struct parts *parts = calloc(1, sizeof *parts);
    if (!parts)
        return wsp_fail_nomem(err);
    parts->source = source;
    parts->format = format;
    snprintf(parts->path, sizeof parts->path, "%s", path);
    struct wsp_buf playlist = WSP_BUF_INIT(PATH_MAX + sizeof ".m3u8");
    wsp_parts_add_playlist(&playlist, path);
    enum wsp_status st = playlist.status ? wsp_fail_nomem(err)
                                         : wsp_textfile_open(&parts->playlist, playlist.ptr, err);
    wsp_buf_release(&playlist);
    if (st) {
        close_parts(parts);
        return st;
    }
    return wsp_sink_new(out, &kind, parts, err);
}
