#include "app/list.h"

#include "base/text.h"
#include "output/playback.h"
#include "speech/voice.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum wsp_status finish_output(struct wsp_error *err)
{
    if (fflush(stdout) || ferror(stdout))
        return wsp_fail(err, WSP_IO, _("cannot write to standard output: %s"),
                        wsp_errno_text(errno));
    return WSP_OK;
}

enum wsp_status wsp_list_voices(const char *const *folders, size_t n_folders, struct wsp_error *err)
{
    struct wsp_voice *voices;
    size_t n;
    enum wsp_status st = wsp_voice_list(&voices, &n, folders, n_folders, err);
    if (st)
        return st;
    /* TRANSLATORS: the two letters of the language you translate into. */
    bool vietnamese = strcmp(_("en"), "vi") == 0;
    for (size_t i = 0; i < n; i++)
        printf("%-20s %s\n", voices[i].name, vietnamese ? voices[i].title_vi : voices[i].title_en);
    wsp_voice_list_free(voices, n);
    return finish_output(err);
}

enum wsp_status wsp_list_devices(const char *program, struct wsp_error *err)
{
    struct wsp_device *devices;
    size_t n;
    enum wsp_status st = wsp_playback_devices(&devices, &n, program, err);
    if (st)
        return st;
    for (size_t i = 0; i < n; i++)
        printf("%c %-8s %s\n", devices[i].is_default ? '*' : ' ', devices[i].driver,
               devices[i].name);
    free(devices);
    if (n == 0)
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("no loudspeaker was found; plug one in or start the sound server"));
    return finish_output(err);
}
