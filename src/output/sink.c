#include "output/sink.h"

#include "base/buf.h"
#include "base/text.h"
#include "output/kinds.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct wsp_sink {
    const struct wsp_sink_kind *kind;
    void *state;
};

/* ---- kinds of files --------------------------------------------------------------------- */

static enum wsp_status open_wav(struct wsp_sink **out, const char *path,
                                struct wsp_audio_format format, struct wsp_error *err)
{
    return wsp_soundfile_open(out, WSP_WAV, path, format, WSP_RIFF_LIMIT, err);
}

static enum wsp_status open_vorbis(struct wsp_sink **out, const char *path,
                                   struct wsp_audio_format format, struct wsp_error *err)
{
    return wsp_soundfile_open(out, WSP_VORBIS, path, format, WSP_RIFF_LIMIT, err);
}

static enum wsp_status open_mp3(struct wsp_sink **out, const char *path,
                                struct wsp_audio_format format, struct wsp_error *err)
{
    return wsp_soundfile_open(out, WSP_MP3, path, format, WSP_RIFF_LIMIT, err);
}

static const struct file_kind {
    const char *extension;
    enum wsp_status (*open)(struct wsp_sink **out, const char *path, struct wsp_audio_format format,
                            struct wsp_error *err);
    bool lossy; /* what is decoded may have higher peaks than what was encoded */
} file_kinds[] = {
    {".wav", open_wav, false},   {".flac", wsp_flacfile_open, false},
    {".ogg", open_vorbis, true}, {".opus", wsp_opusfile_open, true},
    {".mp3", open_mp3, true},
};

static const struct file_kind *kind_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < WSP_LEN(file_kinds); i++)
        if (strcasecmp(dot, file_kinds[i].extension) == 0)
            return &file_kinds[i];
    return NULL;
}

static bool is_standard_output(const char *path)
{
    return strcmp(path, "-") == 0;
}

bool wsp_sink_knows(const char *path)
{
    return is_standard_output(path) || kind_of(path);
}

void wsp_sink_extensions(struct wsp_buf *out)
{
    for (size_t i = 0; i < WSP_LEN(file_kinds); i++)
        wsp_buf_printf(out, "%s%s", out->len > 0 ? ", " : "", file_kinds[i].extension);
}

static enum wsp_status fail_unknown(const char *path, struct wsp_error *err)
{
    enum { LIST_LIMIT = 256 };
    struct wsp_buf known = WSP_BUF_INIT(LIST_LIMIT);
    wsp_sink_extensions(&known);
    enum wsp_status st = wsp_fail(
        err, WSP_USAGE, _("the name '%s' does not say what to make; end it with one of: %s"), path,
        known.ptr);
    wsp_buf_release(&known);
    return st;
}

enum wsp_status wsp_sink_open(struct wsp_sink **out, const char *path,
                              struct wsp_audio_format format, struct wsp_error *err)
{
    *out = NULL;
    if (!wsp_sink_knows(path))
        return fail_unknown(path, err);
    if (is_standard_output(path))
        return wsp_wavpipe_open(out, STDOUT_FILENO, _("standard output"), format, err);
    return kind_of(path)->open(out, path, format, err);
}

bool wsp_sink_is_lossy(const char *path)
{
    const struct file_kind *kind = is_standard_output(path) ? NULL : kind_of(path);
    return kind && kind->lossy;
}

/* ---- any sink --------------------------------------------------------------------------- */

enum wsp_status wsp_sink_new(struct wsp_sink **out, const struct wsp_sink_kind *kind, void *state,
                             struct wsp_error *err)
{
    *out = malloc(sizeof **out);
    if (!*out) {
        kind->close(state);
        return wsp_fail_nomem(err);
    }
    **out = (struct wsp_sink){.kind = kind, .state = state};
    return WSP_OK;
}

void *wsp_sink_state(const struct wsp_sink *sink, const struct wsp_sink_kind *kind)
{
    assert(sink->kind == kind);
    (void)kind;
    return sink->state;
}

enum wsp_status wsp_sink_describe(struct wsp_sink *sink, const struct wsp_metadata *metadata,
                                  struct wsp_error *err)
{
    return sink->kind->describe ? sink->kind->describe(sink->state, metadata, err) : WSP_OK;
}

void wsp_sink_measured(struct wsp_sink *sink, const struct wsp_measures *measures)
{
    if (sink->kind->measured)
        sink->kind->measured(sink->state, measures);
}

enum wsp_status wsp_sink_mark(struct wsp_sink *sink, const struct wsp_marker *markers, size_t n,
                              struct wsp_error *err)
{
    return sink->kind->mark ? sink->kind->mark(sink->state, markers, n, err) : WSP_OK;
}

enum wsp_status wsp_sink_write(struct wsp_sink *sink, const float *frames, size_t n_frames,
                               struct wsp_error *err)
{
    return n_frames ? sink->kind->write(sink->state, frames, n_frames, err) : WSP_OK;
}

enum wsp_status wsp_sink_finish(struct wsp_sink *sink, struct wsp_error *err)
{
    return sink->kind->finish ? sink->kind->finish(sink->state, err) : WSP_OK;
}

enum wsp_status wsp_sink_commit(struct wsp_sink *sink, struct wsp_error *err)
{
    return sink->kind->commit(sink->state, err);
}

void wsp_sink_close(struct wsp_sink *sink)
{
    if (!sink)
        return;
    sink->kind->close(sink->state);
    free(sink);
}

void wsp_sink_abandon_all(void)
{
    wsp_target_abandon_all();
}
