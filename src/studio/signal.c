#include "studio/signal.h"

#include "audio/chime.h"
#include "audio/resample.h"
#include "base/buf.h"
#include "base/text.h"
#include "output/soundread.h"

#include <stdlib.h>
#include <string.h>

static enum wsp_status unknown_chime(const char *name, struct wsp_error *err)
{
    char known[128] = "";
    for (size_t i = 0; i < wsp_n_chimes; i++) {
        strncat(known, i ? ", " : "", sizeof known - strlen(known) - 1);
        strncat(known, wsp_chimes[i].name, sizeof known - strlen(known) - 1);
    }
    return wsp_fail(err, WSP_USAGE,
                    _("there is no chime '%s'; choose one of: %s, or give a sound file"), name,
                    known);
}

/* A file of sound, brought to the programme's rate. */
static enum wsp_status read_chime(float **frames, size_t *n, const char *path, uint32_t rate_hz,
                                  struct wsp_error *err)
{
    float *read = NULL;
    size_t n_read;
    uint32_t from_hz;
    enum wsp_status st = wsp_sound_read(path, &read, &n_read, &from_hz, err);
    if (st)
        return st;
    struct wsp_resampler *resampler = wsp_resampler_new();
    *n = wsp_resampled_length(n_read, from_hz, rate_hz);
    *frames = malloc((*n + 1) * sizeof **frames);
    if (!resampler || !*frames || wsp_resample(resampler, read, n_read, from_hz, *frames, rate_hz))
        st = wsp_fail_nomem(err);
    wsp_resampler_free(resampler);
    free(read);
    return st;
}

/* A chime by its name, or a file. */
enum wsp_status wsp_signal_load(float **frames, size_t *n, const char *name, uint32_t rate_hz,
                                struct wsp_error *err)
{
    const struct wsp_chime *chime = wsp_chime_find(name);
    if (!chime && !strpbrk(name, "./"))
        return unknown_chime(name, err);
    if (!chime)
        return read_chime(frames, n, name, rate_hz, err);
    *n = wsp_chime_length(chime, rate_hz);
    *frames = malloc(*n * sizeof **frames);
    if (!*frames)
        return wsp_fail_nomem(err);
    wsp_chime_make(chime, *frames, rate_hz);
    return WSP_OK;
}
