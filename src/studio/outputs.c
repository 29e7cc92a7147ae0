#include "studio/outputs.h"

#include "base/text.h"
#include "output/parts.h"
#include "output/textfile.h"

#include <stdlib.h>
#include <string.h>

/* How far the chapters are known to the parts of a file. */
struct wsp_part_cursor {
    const struct wsp_timing *timing;
    size_t at;      /* the entry to look at next */
    size_t n_known; /* chapters before it */
    struct wsp_chapter last;
};

enum wsp_status wsp_output_check_path(const char *path, struct wsp_error *err)
{
    enum { LIST_LIMIT = 256 };
    if (wsp_timing_kind_of(path) || wsp_sink_knows(path))
        return WSP_OK;
    struct wsp_buf known = WSP_BUF_INIT(LIST_LIMIT);
    wsp_sink_extensions(&known);
    wsp_timing_extensions(&known);
    wsp_fail(err, WSP_USAGE, _("the name '%s' does not say what to make; end it with one of: %s"),
             path, known.ptr);
    wsp_buf_release(&known);
    return WSP_USAGE;
}

static enum wsp_status check_room(const struct wsp_outputs *outputs, struct wsp_error *err)
{
    return outputs->n < WSP_OUTPUTS_MAX
               ? WSP_OK
               : wsp_fail(err, WSP_USAGE,
                          _("more than %d outputs; make the others in a second run"),
                          WSP_OUTPUTS_MAX);
}

enum wsp_status wsp_outputs_add_file(struct wsp_outputs *outputs, const char *path,
                                     struct wsp_audio_format format, struct wsp_error *err)
{
    struct wsp_output output = {.path = path, .timing = wsp_timing_kind_of(path)};
    enum wsp_status st = check_room(outputs, err);
    if (!st)
        st = wsp_output_check_path(path, err);
    if (!st)
        st = output.timing ? wsp_textfile_open(&output.sink, path, err)
                           : wsp_sink_open(&output.sink, path, format, err);
    if (!st) {
        outputs->items[outputs->n++] = output;
        outputs->channels = format.channels;
    }
    return st;
}

static bool find_part(void *context, size_t number, uint64_t *begin, struct wsp_str *title)
{
    struct wsp_part_cursor *cursor = context;
    const struct wsp_timing *timing = cursor->timing;
    while (cursor->n_known <= number && wsp_chapter_next(timing, &cursor->at, &cursor->last))
        cursor->n_known++;
    *begin = cursor->last.begin;
    *title = cursor->last.title;
    if (cursor->n_known == 0 && number == 0) { /* silence or a chime, before any sentence */
        *title = wsp_chapter_title(timing, timing->first_message, timing->first_sentence);
        return true;
    }
    return cursor->n_known > number;
}

enum wsp_status wsp_outputs_add_parts(struct wsp_outputs *outputs, const char *path,
                                      struct wsp_audio_format format,
                                      const struct wsp_timing *timing, struct wsp_error *err)
{
    enum wsp_status st = check_room(outputs, err);
    if (st)
        return st;
    struct wsp_output output = {.path = path, .parts = calloc(1, sizeof *output.parts)};
    if (!output.parts)
        return wsp_fail_nomem(err);
    output.parts->timing = timing;
    st = wsp_parts_open(&output.sink, path, format,
                        (struct wsp_part_source){.context = output.parts, .find = find_part}, err);
    if (st) {
        free(output.parts);
        return st;
    }
    outputs->items[outputs->n++] = output;
    outputs->channels = format.channels;
    return WSP_OK;
}

bool wsp_outputs_have_sound(const struct wsp_outputs *outputs)
{
    for (size_t i = 0; i < outputs->n; i++)
        if (!outputs->items[i].timing)
            return true;
    return false;
}

bool wsp_outputs_need_words(const struct wsp_outputs *outputs)
{
    for (size_t i = 0; i < outputs->n; i++)
        if (outputs->items[i].timing && outputs->items[i].timing->words)
            return true;
    return false;
}

/* ---- sound ---- */

static enum wsp_status write_all(struct wsp_outputs *outputs, const float *frames, size_t n_frames,
                                 struct wsp_error *err)
{
    for (size_t i = 0; i < outputs->n; i++) {
        struct wsp_output *output = &outputs->items[i];
        if (!output->sink || output->timing)
            continue;
        enum wsp_status st = wsp_sink_write(output->sink, frames, n_frames, err);
        if (st)
            return st;
    }
    return WSP_OK;
}

enum wsp_status wsp_outputs_write(struct wsp_outputs *outputs, const float *frames, size_t n_frames,
                                  struct wsp_error *err)
{
    enum { PIECE = 4096 };
    float both[2 * PIECE];
    enum wsp_status st = WSP_OK;
    if (outputs->channels <= 1)
        return write_all(outputs, frames, n_frames, err);
    while (n_frames > 0 && !st) {
        size_t piece = n_frames < PIECE ? n_frames : PIECE;
        for (size_t i = 0; i < piece; i++)
            both[2 * i] = both[2 * i + 1] = frames[i];
        st = write_all(outputs, both, piece, err);
        frames += piece;
        n_frames -= piece;
    }
    return st;
}

enum wsp_status wsp_outputs_describe(struct wsp_outputs *outputs,
                                     const struct wsp_metadata *metadata, struct wsp_error *err)
{
    for (size_t i = 0; i < outputs->n; i++) {
        struct wsp_sink *sink = outputs->items[i].sink;
        enum wsp_status st = sink ? wsp_sink_describe(sink, metadata, err) : WSP_OK;
        if (st)
            return st;
    }
    return WSP_OK;
}

void wsp_outputs_measured(struct wsp_outputs *outputs, const struct wsp_measures *measures)
{
    for (size_t i = 0; i < outputs->n; i++)
        if (outputs->items[i].sink)
            wsp_sink_measured(outputs->items[i].sink, measures);
}

enum wsp_status wsp_outputs_mark(struct wsp_outputs *outputs, const struct wsp_marker *markers,
                                 size_t n, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; i < outputs->n && !st; i++)
        if (outputs->items[i].sink)
            st = wsp_sink_mark(outputs->items[i].sink, markers, n, err);
    return st;
}

/* ---- the end ---- */

void wsp_outputs_give_up(struct wsp_outputs *outputs)
{
    for (size_t i = 0; i < outputs->n; i++) {
        wsp_sink_close(outputs->items[i].sink);
        outputs->items[i].sink = NULL;
    }
}

static enum wsp_status write_text(void *context, struct wsp_str text, struct wsp_error *err)
{
    return wsp_textfile_write(context, text, err);
}

/* The first file with all of the sound, without its folder. */
static const char *sound_name(const struct wsp_outputs *outputs)
{
    for (size_t i = 0; i < outputs->n; i++) {
        const struct wsp_output *output = &outputs->items[i];
        if (!output->path || output->timing || output->parts || strcmp(output->path, "-") == 0)
            continue;
        const char *slash = strrchr(output->path, '/');
        return slash ? slash + 1 : output->path;
    }
    return NULL;
}

enum wsp_status wsp_outputs_finish(struct wsp_outputs *outputs, struct wsp_timing *timing,
                                   struct wsp_error *err)
{
    timing->sound = sound_name(outputs);
    for (size_t i = 0; i < outputs->n; i++) {
        struct wsp_output *output = &outputs->items[i];
        struct wsp_writer writer = {.context = output->sink, .write = write_text};
        if (!output->sink)
            continue;
        enum wsp_status st = output->timing ? output->timing->write(timing, &writer, err) : WSP_OK;
        if (!st)
            st = wsp_sink_finish(output->sink, err);
        if (st)
            return st;
    }
    return WSP_OK;
}

enum wsp_status wsp_outputs_commit(struct wsp_outputs *outputs, struct wsp_error *err)
{
    for (size_t i = 0; i < outputs->n; i++) {
        struct wsp_output *output = &outputs->items[i];
        if (!output->sink)
            continue;
        enum wsp_status st = wsp_sink_commit(output->sink, err);
        if (st)
            return st;
    }
    return WSP_OK;
}

void wsp_outputs_close(struct wsp_outputs *outputs)
{
    for (size_t i = 0; i < outputs->n; i++) {
        wsp_sink_close(outputs->items[i].sink);
        free(outputs->items[i].parts);
    }
    outputs->n = 0;
}
