/* Plays a WAV file (mono) as the program does: through a player process of its own.
 *
 *   play_wav FILE [DEVICE]   play; says the underruns at the end
 *   play_wav --list          the devices
 *
 * For playback.py, which compares what arrives at a sound server with the file. */
#include "base/buf.h"
#include "output/playback.h"

#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4096 };

static int fail(const struct wsp_error *err)
{
    fprintf(stderr, "play_wav: %s\n", err->text);
    return wsp_status_exit_code(err->status);
}

static int list(const char *program)
{
    struct wsp_device *devices;
    struct wsp_error err = {.status = WSP_OK};
    size_t n;
    if (wsp_playback_devices(&devices, &n, program, &err))
        return fail(&err);
    for (size_t i = 0; i < n; i++)
        printf("%s (%s)%s\n", devices[i].name, devices[i].driver,
               devices[i].is_default ? " *" : "");
    free(devices);
    return 0;
}

static enum wsp_status pour(struct wsp_playback *playback, SNDFILE *file, struct wsp_error *err)
{
    float frames[BLOCK];
    size_t n = 0, taken = 0;
    enum wsp_status st = WSP_OK;
    while (!st) {
        if (taken == n) {
            n = (size_t)sf_readf_float(file, frames, BLOCK);
            taken = 0;
            if (n == 0)
                break;
        }
        size_t more = wsp_playback_write(playback, frames + taken, n - taken);
        taken += more;
        if (more == 0)
            st = wsp_playback_wait(playback, err);
    }
    wsp_playback_end(playback);
    while (!st && !wsp_playback_has_finished(playback))
        st = wsp_playback_wait(playback, err);
    return st;
}

static int play(const char *program, const char *path, const char *device)
{
    SF_INFO info = {.format = 0};
    struct wsp_error err = {.status = WSP_OK};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file || info.channels != 1) {
        fprintf(stderr, "play_wav: '%s' is no mono sound file\n", path);
        return 66;
    }
    struct wsp_playback_settings settings = {
        .program = program, .device = device, .latency_s = 0.1};
    struct wsp_playback *playback;
    enum wsp_status st = wsp_playback_open(&playback, (uint32_t)info.samplerate, &settings, &err);
    if (!st) {
        st = pour(playback, file, &err);
        printf("underruns: %u\n", wsp_playback_underruns(playback));
        wsp_playback_close(playback);
    }
    sf_close(file);
    return st ? fail(&err) : 0;
}

int main(int argc, char **argv)
{
    if (strcmp(argv[0], WSP_PLAYER_ROLE) == 0)
        return wsp_player_main(argc, argv);
    char *program = realpath("/proc/self/exe", NULL);
    int status = 64;
    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        status = list(program);
    else if (argc == 2 || argc == 3)
        status = play(program, argv[1], argc == 3 ? argv[2] : NULL);
    else
        fputs("usage: play_wav FILE [DEVICE] | --list\n", stderr);
    free(program);
    return status;
}
