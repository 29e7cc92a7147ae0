#include "output/soundread.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS_MAX = 60, CHANNELS_MAX = 2, RATE_MIN = 8000, RATE_MAX = 192000 };

static enum wsp_status check(const char *path, const SF_INFO *info, struct wsp_error *err)
{
    if (info->channels < 1 || info->channels > CHANNELS_MAX)
        return wsp_fail(err, WSP_DATA, _("'%s' has %d channels; give a sound of one or two"), path,
                        info->channels);
    if (info->samplerate < RATE_MIN || info->samplerate > RATE_MAX)
        return wsp_fail(err, WSP_DATA,
                        _("'%s' has %d samples a second; give one of 8000 to 192000"), path,
                        info->samplerate);
    if (info->frames <= 0 || info->frames > (sf_count_t)SECONDS_MAX * info->samplerate)
        return wsp_fail(err, WSP_DATA, _("'%s' is empty or longer than %d s; give a shorter sound"),
                        path, SECONDS_MAX);
    return WSP_OK;
}

/* The mean of the channels; what is no number is silence. */
static enum wsp_status read_mono(SNDFILE *file, const SF_INFO *info, float **frames, size_t *n)
{
    size_t channels = (size_t)info->channels;
    float *all = calloc((size_t)info->frames * channels, sizeof *all);
    if (!all)
        return WSP_NOMEM;
    *n = (size_t)sf_readf_float(file, all, info->frames);
    for (size_t i = 0; i < *n; i++) {
        float sum = 0;
        for (size_t c = 0; c < channels; c++)
            sum += all[i * channels + c];
        all[i] = isfinite(sum) ? sum / (float)channels : 0;
    }
    *frames = all;
    return WSP_OK;
}

enum wsp_status wsp_sound_read(const char *path, float **frames, size_t *n, uint32_t *rate_hz,
                               struct wsp_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would wait for a writer */
    if (fd < 0)
        return wsp_fail(err, WSP_NOINPUT, _("cannot read '%s': %s"), path, wsp_errno_text(errno));
    struct stat there;
    if (fstat(fd, &there) || !S_ISREG(there.st_mode)) {
        close(fd);
        return wsp_fail(err, WSP_DATA,
                        _("'%s' is no file but a pipe, a folder or a device; give "
                          "a file with the sound"),
                        path);
    }
    SF_INFO info = {0};
    SNDFILE *file = sf_open_fd(fd, SFM_READ, &info, SF_FALSE);
    enum wsp_status st =
        file ? check(path, &info, err)
             : wsp_fail(err, WSP_DATA, _("'%s' is no sound that can be read; give a WAV or FLAC"),
                        path);
    if (!st && read_mono(file, &info, frames, n))
        st = wsp_fail_nomem(err);
    *rate_hz = (uint32_t)info.samplerate;
    if (file)
        sf_close(file);
    close(fd);
    return st;
}
