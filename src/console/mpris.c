#include "console/mpris.h"

#include "console/command.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>
#include <time.h>
#include <unistd.h>

#define BUS_NAME "org.mpris.MediaPlayer2.wtisd_speak"
#define BUS_PATH "/org/mpris/MediaPlayer2"
#define ROOT "org.mpris.MediaPlayer2"
#define PLAYER "org.mpris.MediaPlayer2.Player"

static const double microsecond = 1e-6;
static const double rate_least = 0.5, rate_most = 3;

struct wsp_mpris {
    sd_bus *bus;
    bool tried;
    struct wsp_play *play; /* while we have our turn */
};

/* ---- methods ---------------------------------------------------------------------------- */

static int reply(sd_bus_message *message)
{
    return sd_bus_reply_method_return(message, "");
}

/* MPRIS has no way to say that something cannot be done now. */
static int command(sd_bus_message *message, void *context, const char *name)
{
    const struct wsp_mpris *mpris = context;
    if (mpris->play)
        (void)wsp_command_run(wsp_command_find(name), mpris->play, 0);
    return reply(message);
}

#define COMMAND(function, name)                                                      \
    static int function(sd_bus_message *message, void *context, sd_bus_error *error) \
    {                                                                                \
        (void)error;                                                                 \
        return command(message, context, name);                                      \
    }

COMMAND(on_next, "next")
COMMAND(on_previous, "previous")
COMMAND(on_pause, "pause")
COMMAND(on_play_pause, "toggle")
COMMAND(on_play, "resume")
COMMAND(on_stop, "finish")
COMMAND(on_quit, "stop")

static int on_nothing(sd_bus_message *message, void *context, sd_bus_error *error)
{
    (void)context;
    (void)error;
    return reply(message);
}

/* ---- properties ------------------------------------------------------------------------- */

#define PROPERTY(function)                                                       \
    static int function(sd_bus *bus, const char *path, const char *interface,    \
                        const char *property, sd_bus_message *to, void *context, \
                        sd_bus_error *error)
#define IGNORE_THE_REST \
    (void)bus, (void)path, (void)interface, (void)property, (void)context, (void)error

PROPERTY(get_yes)
{
    IGNORE_THE_REST;
    return sd_bus_message_append(to, "b", 1);
}

PROPERTY(get_no)
{
    IGNORE_THE_REST;
    return sd_bus_message_append(to, "b", 0);
}

PROPERTY(get_identity)
{
    IGNORE_THE_REST;
    return sd_bus_message_append(to, "s", "wtisd-speak");
}

PROPERTY(get_no_strings)
{
    IGNORE_THE_REST;
    return sd_bus_message_append(to, "as", 0);
}

static struct wsp_play_state look(const struct wsp_mpris *mpris)
{
    struct wsp_play_state state = {.number = 0};
    if (mpris->play)
        wsp_play_look(mpris->play, &state);
    return state;
}

PROPERTY(get_status)
{
    IGNORE_THE_REST;
    struct wsp_play_state state = look(context);
    return sd_bus_message_append(to, "s",
                                 state.waiting || state.lost ? "Stopped"
                                 : state.paused              ? "Paused"
                                                             : "Playing");
}

PROPERTY(get_rate)
{
    IGNORE_THE_REST;
    const struct wsp_mpris *mpris = context;
    double rate = mpris->play ? look(mpris).rate_wpm / wsp_play_own_rate(mpris->play) : 1;
    return sd_bus_message_append(to, "d", rate);
}

PROPERTY(get_least_rate)
{
    IGNORE_THE_REST;
    return sd_bus_message_append(to, "d", rate_least);
}

PROPERTY(get_most_rate)
{
    IGNORE_THE_REST;
    return sd_bus_message_append(to, "d", rate_most);
}

/* MPRIS has volumes as factors of amplitude. */
PROPERTY(get_volume)
{
    IGNORE_THE_REST;
    return sd_bus_message_append(to, "d", pow(10, look(context).volume_db / 20));
}

PROPERTY(get_position)
{
    IGNORE_THE_REST;
    return sd_bus_message_append(to, "x", (int64_t)(look(context).position_s / microsecond));
}

static int add_text(sd_bus_message *to, const char *key, const char *text)
{
    return sd_bus_message_append(to, "{sv}", key, "s", text);
}

/* A sentence is a track, and the message its album. */
PROPERTY(get_metadata)
{
    IGNORE_THE_REST;
    const struct wsp_mpris *mpris = context;
    struct wsp_play_state state = look(mpris);
    char track[64];
    snprintf(track, sizeof track, BUS_PATH "/sentence/%zu", state.number);
    int st = sd_bus_message_open_container(to, 'a', "{sv}");
    if (st >= 0)
        st = sd_bus_message_append(to, "{sv}", "mpris:trackid", "o", track);
    if (st >= 0 && mpris->play)
        st = add_text(to, "xesam:album", wsp_play_title(mpris->play));
    if (st >= 0 && state.number > 0) {
        struct wsp_str text = wsp_play_text(mpris->play, state.message, state.sentence);
        char *title = strndup(text.ptr, text.len);
        st = title ? add_text(to, "xesam:title", title) : -ENOMEM;
        free(title);
        if (st >= 0)
            st = sd_bus_message_append(to, "{sv}", "xesam:trackNumber", "i", (int)state.number);
    }
    return st < 0 ? st : sd_bus_message_close_container(to);
}

static int set_rate(sd_bus *bus, const char *path, const char *interface, const char *property,
                    sd_bus_message *value, void *context, sd_bus_error *error)
{
    (void)bus, (void)path, (void)interface, (void)property, (void)error;
    const struct wsp_mpris *mpris = context;
    double rate;
    int st = sd_bus_message_read(value, "d", &rate);
    if (st >= 0 && mpris->play && rate >= rate_least && rate <= rate_most)
        (void)wsp_play_do(mpris->play, WSP_PLAY_RATE, rate * wsp_play_own_rate(mpris->play));
    return st;
}

static int set_volume(sd_bus *bus, const char *path, const char *interface, const char *property,
                      sd_bus_message *value, void *context, sd_bus_error *error)
{
    (void)bus, (void)path, (void)interface, (void)property, (void)error;
    const struct wsp_mpris *mpris = context;
    const double least = 0.01;
    double volume;
    int st = sd_bus_message_read(value, "d", &volume);
    if (st >= 0 && mpris->play)
        (void)wsp_play_do(mpris->play, WSP_PLAY_VOLUME, 20 * log10(fmin(1, fmax(least, volume))));
    return st;
}

static const sd_bus_vtable root_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Raise", "", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Quit", "", "", on_quit, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_PROPERTY("CanQuit", "b", get_yes, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanRaise", "b", get_no, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("HasTrackList", "b", get_no, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("Identity", "s", get_identity, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("SupportedUriSchemes", "as", get_no_strings, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("SupportedMimeTypes", "as", get_no_strings, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_VTABLE_END,
};

static const sd_bus_vtable player_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Next", "", "", on_next, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Previous", "", "", on_previous, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Pause", "", "", on_pause, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("PlayPause", "", "", on_play_pause, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Play", "", "", on_play, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Stop", "", "", on_stop, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Seek", "x", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("SetPosition", "ox", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("OpenUri", "s", "", on_nothing, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_PROPERTY("PlaybackStatus", "s", get_status, 0, SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE),
    SD_BUS_WRITABLE_PROPERTY("Rate", "d", get_rate, set_rate, 0,
                             SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE | SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_PROPERTY("Metadata", "a{sv}", get_metadata, 0, SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE),
    SD_BUS_WRITABLE_PROPERTY("Volume", "d", get_volume, set_volume, 0,
                             SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE | SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_PROPERTY("Position", "x", get_position, 0, 0),
    SD_BUS_PROPERTY("MinimumRate", "d", get_least_rate, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("MaximumRate", "d", get_most_rate, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanGoNext", "b", get_yes, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanGoPrevious", "b", get_yes, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanPlay", "b", get_yes, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanPause", "b", get_yes, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanSeek", "b", get_no, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_PROPERTY("CanControl", "b", get_yes, 0, SD_BUS_VTABLE_PROPERTY_CONST),
    SD_BUS_VTABLE_END,
};

/* ---- as a guest ------------------------------------------------------------------------- */

static void leave(struct wsp_mpris *mpris)
{
    sd_bus_unref(mpris->bus);
    mpris->bus = NULL;
}

/* The second player at a time gets a name of its own, as the specification has it. */
static int take_name(sd_bus *bus)
{
    char name[64];
    int st = sd_bus_request_name(bus, BUS_NAME, 0);
    if (st >= 0)
        return st;
    snprintf(name, sizeof name, BUS_NAME ".instance%ld", (long)getpid());
    return sd_bus_request_name(bus, name, 0);
}

static void join(struct wsp_mpris *mpris)
{
    mpris->tried = true;
    if (sd_bus_open_user(&mpris->bus) < 0) {
        mpris->bus = NULL;
        return;
    }
    enum { PATIENCE_US = 200000 }; /* a bus that hangs does not keep the sound waiting */
    sd_bus_set_method_call_timeout(mpris->bus, PATIENCE_US);
    if (sd_bus_add_object_vtable(mpris->bus, NULL, BUS_PATH, ROOT, root_table, mpris) < 0 ||
        sd_bus_add_object_vtable(mpris->bus, NULL, BUS_PATH, PLAYER, player_table, mpris) < 0 ||
        take_name(mpris->bus) < 0)
        leave(mpris);
}

static int wait_ms(sd_bus *bus)
{
    uint64_t until = UINT64_MAX;
    struct timespec now;
    if (sd_bus_get_timeout(bus, &until) < 0 || until == UINT64_MAX)
        return -1;
    clock_gettime(CLOCK_MONOTONIC, &now);
    uint64_t now_us = (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
    return until > now_us ? (int)((until - now_us) / 1000 + 1) : 0;
}

static size_t poll_bus(void *context, struct pollfd *fds, size_t max, int *timeout_ms)
{
    const struct wsp_mpris *mpris = context;
    if (!mpris->bus || max == 0)
        return 0;
    fds[0] = (struct pollfd){.fd = sd_bus_get_fd(mpris->bus),
                             .events = (short)sd_bus_get_events(mpris->bus)};
    *timeout_ms = wait_ms(mpris->bus);
    return 1;
}

static void serve_bus(void *context, struct wsp_play *play, const struct pollfd *fds, size_t n)
{
    struct wsp_mpris *mpris = context;
    (void)fds;
    (void)n;
    if (!mpris->tried && wsp_play_has_begun(play))
        join(mpris);
    mpris->play = play;
    int st = 1;
    while (mpris->bus && st > 0)
        st = sd_bus_process(mpris->bus, NULL);
    mpris->play = NULL;
    if (mpris->bus && st < 0)
        leave(mpris); /* the bus has ended */
}

static void tell_bus(void *context, struct wsp_play *play, const struct wsp_play_event *event)
{
    struct wsp_mpris *mpris = context;
    struct wsp_play *before = mpris->play;
    if (!mpris->bus || event->kind == WSP_PLAY_ENDED)
        return;
    mpris->play = play;
    (void)sd_bus_emit_properties_changed(mpris->bus, BUS_PATH, PLAYER, "PlaybackStatus", "Metadata",
                                         "Rate", "Volume", NULL);
    mpris->play = before;
}

struct wsp_mpris *wsp_mpris_new(void)
{
    return calloc(1, sizeof(struct wsp_mpris));
}

void wsp_mpris_free(struct wsp_mpris *mpris)
{
    if (!mpris)
        return;
    leave(mpris);
    free(mpris);
}

struct wsp_play_guest wsp_mpris_guest(struct wsp_mpris *mpris)
{
    return (struct wsp_play_guest){
        .context = mpris, .poll = poll_bus, .serve = serve_bus, .event = tell_bus};
}
