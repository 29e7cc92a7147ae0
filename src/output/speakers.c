#include "output/speakers.h"

#include "base/buf.h"
#include "base/child.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    RETRY_FIRST_MS = 100,
    RETRY_SOON_MS = 150, /* in the first minute: a server that is started anew is there at once */
    RETRY_LATE_MS = 1000,
    SOON_MS = 60000,
    STEADY_MS = 300,     /* who goes away again sooner has not been back */
    CATCH_UP_PARTS = 10, /* of a second; nine of them fit well into a queue */
    BEHIND_PARTS = 2,    /* of a second: who is one of them behind the others for so long ... */
    BEHIND_MS = 100, /* ... stands still. (A jump is made by one a little later than by another.) */
    END_STILL_MS = 700, /* when the others have sounded all, one that takes nothing is left */
};

enum speaker_state {
    SPEAKER_FRESH, /* takes sound; whether its device can be had is not known yet */
    SPEAKER_SOUNDS,
    SPEAKER_OPENING, /* a new player looks for its device */
    SPEAKER_GONE,    /* another try is made at `retry_ms` */
};

struct speaker {
    const char *device;
    struct wsp_playback *playback; /* NULL when GONE */
    enum speaker_state state;
    bool aside;     /* it stands still: the others go on, and it joins them when it moves again */
    uint64_t given; /* frames that its player got, ... */
    int64_t base;   /* ... and the position of the first one, as far as none were left out since */
    long long behind_ms; /* since when it has been far behind; 0: it is not */
    long long lost_ms, retry_ms;
    long long joined_ms; /* when it came back the last time */
    bool missed;         /* its loss has been told, and not that it is back */
    int delay_ms;
};

struct wsp_speakers {
    struct wsp_speakers_settings settings;
    struct wsp_speakers_watch watch;
    struct speaker items[WSP_SPEAKERS_MAX];
    size_t n;
    uint64_t written, heard; /* heard: when the last one went */
    uint32_t underruns;      /* of players that have ended */
    bool paused, ended;
    double gain;
    int64_t start_ns;
    struct wsp_error why; /* the newest loss */
};

static bool is_there(const struct speaker *speaker)
{
    return speaker->state == SPEAKER_FRESH || speaker->state == SPEAKER_SOUNDS;
}

static bool takes_sound(const struct speaker *speaker)
{
    return is_there(speaker) && !speaker->aside;
}

static uint64_t heard_of(const struct speaker *speaker)
{
    int64_t heard = speaker->base + (int64_t)wsp_playback_heard(speaker->playback);
    return heard > 0 ? (uint64_t)heard : 0;
}

static bool has_sounded_all(const struct speaker *speaker)
{
    return takes_sound(speaker) && wsp_playback_has_finished(speaker->playback);
}

static const struct speaker *first_there(const struct wsp_speakers *speakers)
{
    for (size_t i = 0; i < speakers->n; i++)
        if (takes_sound(&speakers->items[i]))
            return &speakers->items[i];
    return NULL;
}

bool wsp_speakers_are_there(const struct wsp_speakers *speakers)
{
    return first_there(speakers) != NULL;
}

/* ---- opening and closing ---------------------------------------------------------------- */

static enum wsp_status open_player(struct wsp_speakers *speakers, struct speaker *speaker,
                                   struct wsp_error *err)
{
    struct wsp_playback_settings settings = {
        .program = speakers->settings.program,
        .device = speaker->device,
        .latency_s = speakers->settings.latency_s,
        .cancel = speakers->settings.cancel,
    };
    return wsp_playback_open(&speaker->playback, speakers->settings.rate_hz, &settings, err);
}

enum wsp_status wsp_speakers_open(struct wsp_speakers **out,
                                  const struct wsp_speakers_settings *settings,
                                  struct wsp_error *err)
{
    *out = NULL;
    if (settings->n_devices > WSP_SPEAKERS_MAX)
        return wsp_fail(err, WSP_USAGE, _("more than %d devices; leave some out"),
                        WSP_SPEAKERS_MAX);
    struct wsp_speakers *speakers = calloc(1, sizeof *speakers);
    if (!speakers)
        return wsp_fail_nomem(err);
    speakers->settings = *settings;
    speakers->gain = 1;
    enum wsp_status st = WSP_OK;
    do {
        struct speaker *speaker = &speakers->items[speakers->n];
        speaker->device = settings->n_devices > 0 ? settings->devices[speakers->n] : "";
        st = open_player(speakers, speaker, err);
        if (st && settings->n_devices > 1 && err) { /* which of them? */
            struct wsp_error why = *err;
            wsp_fail(err, st, "%s: %s", speaker->device, why.text);
        }
    } while (!st && ++speakers->n < settings->n_devices);
    if (st) {
        wsp_speakers_close(speakers);
        return st;
    }
    *out = speakers;
    return WSP_OK;
}

void wsp_speakers_close(struct wsp_speakers *speakers)
{
    if (!speakers)
        return;
    for (size_t i = 0; i < speakers->n; i++)
        wsp_playback_close(speakers->items[i].playback);
    free(speakers);
}

void wsp_speakers_watch(struct wsp_speakers *speakers, const struct wsp_speakers_watch *watch)
{
    speakers->watch = *watch;
}

/* ---- what happens to devices ------------------------------------------------------------ */

size_t wsp_speakers_poll(const struct wsp_speakers *speakers, struct pollfd *fds, int *timeout_ms)
{
    long long now = wsp_now_ms(), first = -1;
    size_t n = 0;
    for (size_t i = 0; i < speakers->n; i++) {
        const struct speaker *speaker = &speakers->items[i];
        if (speaker->playback && !wsp_playback_has_finished(speaker->playback))
            fds[n++] = (struct pollfd){.fd = wsp_playback_fd(speaker->playback), .events = POLLIN};
        else if (!speaker->playback && (first < 0 || speaker->retry_ms < first))
            first = speaker->retry_ms;
    }
    *timeout_ms = first < 0 ? -1 : first > now ? (int)(first - now) : 0;
    return n;
}

static void drop(struct wsp_speakers *speakers, struct speaker *speaker)
{
    speakers->underruns += wsp_playback_underruns(speaker->playback);
    wsp_playback_close(speaker->playback);
    speaker->playback = NULL;
    speaker->state = SPEAKER_GONE;
    speaker->aside = false;
    speaker->given = 0;
    speaker->behind_ms = 0;
}

static bool any_has_sounded_all(const struct wsp_speakers *speakers)
{
    for (size_t i = 0; i < speakers->n; i++)
        if (has_sounded_all(&speakers->items[i]))
            return true;
    return false;
}

/* Returns WSP_OK: it is looked for. */
static enum wsp_status lose(struct wsp_speakers *speakers, struct speaker *speaker,
                            struct wsp_error *err)
{
    bool was_there = is_there(speaker), took_sound = takes_sound(speaker);
    if (speaker->state == SPEAKER_FRESH && !speakers->settings.waits)
        return wsp_fail(err, speakers->why.status, "%s", speakers->why.text);
    if (was_there) {
        uint64_t heard = heard_of(speaker);
        /* One that can be opened and takes no sound has been lost all the time. */
        bool news = !speaker->missed;
        int longer = speaker->delay_ms * 2 < RETRY_LATE_MS ? speaker->delay_ms * 2 : RETRY_LATE_MS;
        speaker->lost_ms = news ? wsp_now_ms() : speaker->lost_ms;
        speaker->delay_ms = news ? RETRY_FIRST_MS : longer;
        drop(speakers, speaker);
        if (took_sound && !first_there(speakers)) {
            speakers->heard = heard;
            speakers->ended = false; /* what follows is given anew */
        }
        speaker->missed = true;
        if (speakers->watch.lost && news)
            speakers->watch.lost(speakers->watch.context, speaker->device, &speakers->why,
                                 any_has_sounded_all(speakers));
    } else {
        int most = wsp_now_ms() - speaker->lost_ms < SOON_MS ? RETRY_SOON_MS : RETRY_LATE_MS;
        drop(speakers, speaker);
        speaker->delay_ms = speaker->delay_ms * 3 / 2 < most ? speaker->delay_ms * 3 / 2 : most;
    }
    speaker->retry_ms = wsp_now_ms() + speaker->delay_ms;
    return WSP_OK;
}

static void give(struct speaker *speaker, const float *frames, size_t n)
{
    speaker->given += wsp_playback_write(speaker->playback, frames, n);
}

/* A device that comes back joins those that sound: their queues are as far ahead as its silence.
 * Its own queue is empty. */
static void catch_up(struct wsp_speakers *speakers, struct speaker *speaker)
{
    static const float silence[4096];
    uint64_t ahead = first_there(speakers) ? speakers->written - wsp_speakers_heard(speakers) : 0;
    uint64_t most = (uint64_t)speakers->settings.rate_hz * (CATCH_UP_PARTS - 1) / CATCH_UP_PARTS;
    for (ahead = ahead < most ? ahead : most; ahead > 0;) {
        size_t n = ahead < WSP_LEN(silence) ? (size_t)ahead : WSP_LEN(silence);
        give(speaker, silence, n);
        ahead -= n;
    }
    speaker->base = (int64_t)speakers->written - (int64_t)speaker->given;
    if (speakers->ended)
        wsp_playback_end(speaker->playback);
}

static void join(struct wsp_speakers *speakers, struct speaker *speaker)
{
    wsp_playback_pause(speaker->playback, speakers->paused);
    wsp_playback_set_gain(speaker->playback, speakers->gain);
    wsp_playback_start_at(speaker->playback, speakers->start_ns);
    catch_up(speakers, speaker);
    speaker->state = SPEAKER_SOUNDS;
    speaker->joined_ms = wsp_now_ms();
}

/* It is back when it takes sound, or would. */
static void look_whether_it_stays(struct wsp_speakers *speakers, struct speaker *speaker)
{
    bool takes = wsp_playback_heard(speaker->playback) > 0 || speakers->paused;
    if (!speaker->missed || !takes || wsp_now_ms() - speaker->joined_ms < STEADY_MS)
        return;
    speaker->missed = false;
    if (speakers->watch.back)
        speakers->watch.back(speakers->watch.context, speaker->device);
}

/* One whose device stands still must not hold up the others. What it was given is taken back, which
 * its player does when the device takes the fade before it. If that never comes, the player says so
 * in the end. */
static void set_aside(struct speaker *speaker)
{
    speaker->aside = true;
    speaker->behind_ms = 0;
    wsp_playback_cut(speaker->playback, 0);
}

static void look_who_is_behind(struct wsp_speakers *speakers)
{
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < speakers->n; i++) {
        const struct speaker *speaker = &speakers->items[i];
        if (takes_sound(speaker) && wsp_playback_held(speaker->playback) < least)
            least = wsp_playback_held(speaker->playback);
    }
    for (size_t i = 0; i < speakers->n; i++) {
        struct speaker *speaker = &speakers->items[i];
        bool behind = takes_sound(speaker) && wsp_playback_held(speaker->playback) - least >
                                                  speakers->settings.rate_hz / BEHIND_PARTS;
        if (!behind)
            speaker->behind_ms = 0;
        else if (speaker->behind_ms == 0)
            speaker->behind_ms = wsp_now_ms();
        else if (wsp_now_ms() - speaker->behind_ms > BEHIND_MS)
            set_aside(speaker);
    }
}

static enum wsp_status serve_one(struct wsp_speakers *speakers, struct speaker *speaker,
                                 struct wsp_error *err)
{
    if (!speaker->playback && wsp_now_ms() >= speaker->retry_ms) {
        speaker->state = SPEAKER_OPENING;
        if (open_player(speakers, speaker, &speakers->why)) { /* not even a process: later */
            speaker->state = SPEAKER_GONE;
            speaker->retry_ms = wsp_now_ms() + RETRY_LATE_MS;
        }
    }
    if (!speaker->playback)
        return WSP_OK;
    if (wsp_playback_listen(speaker->playback, &speakers->why))
        return lose(speakers, speaker, err);
    if (wsp_playback_is_ready(speaker->playback) && speaker->state == SPEAKER_FRESH)
        speaker->state = SPEAKER_SOUNDS;
    if (wsp_playback_is_ready(speaker->playback) && speaker->state == SPEAKER_OPENING)
        join(speakers, speaker);
    if (takes_sound(speaker))
        look_whether_it_stays(speakers, speaker);
    if (speaker->aside && wsp_playback_is_ready(speaker->playback) &&
        wsp_playback_held(speaker->playback) == 0) {
        catch_up(speakers, speaker);
        speaker->aside = false;
    }
    return WSP_OK;
}

/* The others have sounded all: nobody waits for one that stands still. */
static void leave_if_still(struct wsp_speakers *speakers, struct speaker *speaker)
{
    if (speaker->state != SPEAKER_SOUNDS || has_sounded_all(speaker) ||
        !(speaker->aside || wsp_playback_still_ms(speaker->playback) > END_STILL_MS))
        return;
    wsp_fail(&speakers->why, WSP_UNAVAILABLE, _("it takes no sound"));
    (void)lose(speakers, speaker, NULL); /* which is an error for one that was never had */
}

enum wsp_status wsp_speakers_serve(struct wsp_speakers *speakers, struct wsp_error *err)
{
    long long lost = 0;
    for (size_t i = 0; i < speakers->n; i++) {
        enum wsp_status st = serve_one(speakers, &speakers->items[i], err);
        if (st)
            return st;
        if (speakers->items[i].lost_ms > lost)
            lost = speakers->items[i].lost_ms;
    }
    if (speakers->ended && any_has_sounded_all(speakers))
        for (size_t i = 0; i < speakers->n; i++)
            leave_if_still(speakers, &speakers->items[i]);
    double waited_s = first_there(speakers) ? 0 : (double)(wsp_now_ms() - lost) / 1000;
    if (waited_s > speakers->settings.timeout_s)
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("no loudspeaker came in %g s; plug one in or start the sound server"),
                        speakers->settings.timeout_s);
    return WSP_OK;
}

/* ---- what they sound -------------------------------------------------------------------- */

/* A player that has ended, and there is more: somebody has jumped back at the last moment. */
static void revive(struct wsp_speakers *speakers, struct speaker *speaker)
{
    uint64_t heard = heard_of(speaker);
    drop(speakers, speaker);
    speaker->lost_ms = speaker->retry_ms = wsp_now_ms();
    speaker->delay_ms = RETRY_FIRST_MS;
    if (!first_there(speakers))
        speakers->heard = heard;
}

size_t wsp_speakers_write(struct wsp_speakers *speakers, const float *frames, size_t n)
{
    for (size_t i = 0; i < speakers->n; i++)
        if (takes_sound(&speakers->items[i]) &&
            wsp_playback_has_finished(speakers->items[i].playback))
            revive(speakers, &speakers->items[i]);
    if (!first_there(speakers))
        return 0;
    look_who_is_behind(speakers);
    for (size_t i = 0; i < speakers->n; i++) {
        size_t room = takes_sound(&speakers->items[i])
                          ? wsp_playback_room(speakers->items[i].playback, n)
                          : n;
        n = room < n ? room : n;
    }
    for (size_t i = 0; i < speakers->n && n > 0; i++)
        if (takes_sound(&speakers->items[i]))
            give(&speakers->items[i], frames, n);
    speakers->written += n;
    return n;
}

uint64_t wsp_speakers_written(const struct wsp_speakers *speakers)
{
    return speakers->written;
}

uint64_t wsp_speakers_heard(const struct wsp_speakers *speakers)
{
    const struct speaker *there = first_there(speakers);
    return there ? heard_of(there) : speakers->heard;
}

void wsp_speakers_cut(struct wsp_speakers *speakers, uint64_t from)
{
    speakers->ended = false; /* more may follow now */
    for (size_t i = 0; i < speakers->n; i++) {
        const struct speaker *speaker = &speakers->items[i];
        int64_t its = (int64_t)from - speaker->base;
        if (takes_sound(speaker))
            wsp_playback_cut(speaker->playback, from > 0 && its > 0 ? (uint64_t)its : 0);
    }
}

void wsp_speakers_pause(struct wsp_speakers *speakers, bool paused)
{
    speakers->paused = paused;
    for (size_t i = 0; i < speakers->n; i++)
        if (speakers->items[i].playback)
            wsp_playback_pause(speakers->items[i].playback, paused);
}

void wsp_speakers_set_gain(struct wsp_speakers *speakers, double gain)
{
    speakers->gain = gain;
    for (size_t i = 0; i < speakers->n; i++)
        if (speakers->items[i].playback)
            wsp_playback_set_gain(speakers->items[i].playback, gain);
}

void wsp_speakers_start_at(struct wsp_speakers *speakers, int64_t at_ns)
{
    speakers->start_ns = at_ns;
    for (size_t i = 0; i < speakers->n; i++)
        if (speakers->items[i].playback)
            wsp_playback_start_at(speakers->items[i].playback, at_ns);
}

void wsp_speakers_end(struct wsp_speakers *speakers)
{
    speakers->ended = true;
    for (size_t i = 0; i < speakers->n; i++)
        if (takes_sound(&speakers->items[i]))
            wsp_playback_end(speakers->items[i].playback);
}

bool wsp_speakers_have_finished(const struct wsp_speakers *speakers)
{
    for (size_t i = 0; i < speakers->n; i++) {
        const struct speaker *speaker = &speakers->items[i];
        bool awaited = takes_sound(speaker) || speaker->state == SPEAKER_FRESH; /* can it be had? */
        if (awaited && !wsp_playback_has_finished(speaker->playback))
            return false;
    }
    return first_there(speakers) != NULL;
}

uint32_t wsp_speakers_underruns(const struct wsp_speakers *speakers)
{
    uint32_t n = speakers->underruns;
    for (size_t i = 0; i < speakers->n; i++)
        if (speakers->items[i].playback)
            n += wsp_playback_underruns(speakers->items[i].playback);
    return n;
}

size_t wsp_speakers_n(const struct wsp_speakers *speakers)
{
    return speakers->n;
}

const char *wsp_speakers_name(const struct wsp_speakers *speakers, size_t i)
{
    return speakers->items[i].device;
}

bool wsp_speakers_sounds(const struct wsp_speakers *speakers, size_t i)
{
    return takes_sound(&speakers->items[i]);
}
