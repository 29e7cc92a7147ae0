#include "studio/maker.h"

#include <stdlib.h>

static enum wsp_status keep(void *context, const float *frames, size_t n, struct wsp_error *err)
{
    struct maker *maker = context;
    return wsp_reel_add(&maker->reel, frames, n) ? wsp_fail_nomem(err) : WSP_OK;
}

static enum wsp_status hear_sound(void *context, const float *frames, size_t n, uint32_t rate_hz,
                                  struct wsp_error *err)
{
    struct maker *maker = context;
    return maker->leveller ? wsp_leveller_sound(maker->leveller, frames, n, rate_hz, err)
                           : keep(maker, frames, n, err);
}

static enum wsp_status hear_silence(void *context, uint64_t n, struct wsp_error *err)
{
    struct maker *maker = context;
    return maker->leveller ? wsp_leveller_silence(maker->leveller, n, err)
                           : keep(maker, NULL, (size_t)n, err);
}

static enum wsp_status open_leveller(struct maker *maker, struct wsp_error *err)
{
    const struct wsp_session *session = maker->run.session;
    struct wsp_leveller_settings settings = {
        .rate_hz = session->format.rate_hz,
        .loudness_lufs = session->profile.loudness_lufs + session->settings.volume_db,
        .true_peak_dbtp = session->profile.true_peak_dbtp,
        .receiver = {.context = maker, .receive = keep},
    };
    if (!session->profile.levelled)
        return WSP_OK;
    return wsp_leveller_open(&maker->leveller, &settings) ? wsp_fail_nomem(err) : WSP_OK;
}

uint64_t wsp_maker_frames(const struct maker *maker, double seconds)
{
    return (uint64_t)(seconds * maker->run.session->format.rate_hz);
}

const struct wsp_timeline_entry *wsp_maker_entry(const struct maker *maker, size_t i)
{
    return &maker->run.report->timeline.entries[i];
}

ptrdiff_t wsp_maker_entry_at(const struct maker *maker, uint64_t place)
{
    size_t low = 0, high = maker->n_cues;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (wsp_maker_entry(maker, middle)->begin <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return (ptrdiff_t)low - 1;
}

bool wsp_maker_is_before_stretch(const struct maker *maker, ptrdiff_t entry, uint64_t place)
{
    size_t next = (size_t)(entry + 1);
    uint64_t made_from = next < maker->n_cues ? maker->cues[next].made_from : maker->made_from;
    return made_from > 0 && place >= made_from &&
           (entry < 0 || wsp_maker_entry(maker, (size_t)entry)->begin < made_from);
}

enum wsp_status wsp_maker_step(struct maker *maker, bool *made, struct wsp_error *err)
{
    struct place place;
    bool ready = true;
    enum wsp_status st = WSP_OK;
    if (maker->run.stage == RUN_SPEECH)
        st = wsp_feed_look(&maker->run.feed, &ready, err);
    *made = ready;
    if (st || !ready)
        return st;
    int pass = maker->run.pass;
    st = wsp_run_step(&maker->run, &place, err);
    while (!st && maker->n_cues < maker->run.report->timeline.n_entries) {
        if (wsp_grow(&maker->cues, &maker->cap_cues, maker->n_cues, sizeof *maker->cues))
            return wsp_fail_nomem(err);
        maker->cues[maker->n_cues++] =
            (struct cue){.place = place, .pass = pass, .made_from = maker->made_from};
    }
    return st;
}

void wsp_maker_go_to(struct maker *maker, struct cue cue, enum run_stage stage)
{
    wsp_feed_go_to(&maker->run.feed, cue.place);
    maker->run.pass = cue.pass;
    maker->run.stage = stage;
    maker->first_entry = maker->n_cues;
    maker->made_from = wsp_reel_end(&maker->reel);
}

ptrdiff_t wsp_maker_find(const struct maker *maker, struct cue cue)
{
    for (size_t i = maker->n_cues; i-- > maker->first_entry;)
        if (maker->cues[i].place.number == cue.place.number && maker->cues[i].pass == cue.pass &&
            wsp_maker_entry(maker, i)->begin >= maker->reel.begin)
            return (ptrdiff_t)i;
    return -1;
}

enum wsp_status wsp_maker_open(struct maker *maker, struct wsp_session *session,
                               const struct wsp_session_watch *watch,
                               struct wsp_session_report *report, struct wsp_error *err)
{
    *maker = (struct maker){
        .run = {.session = session, .watch = watch, .report = report, .lives = true},
    };
    wsp_timeline_init(&report->timeline, session->format.rate_hz);
    wsp_programme_init(
        &maker->run.programme, &report->timeline,
        (struct wsp_listener){
            .context = maker, .sound = hear_sound, .silence = hear_silence, .ready = keep},
        session->profile.levelled ? 0 : session->settings.volume_db, true);
    maker->run.programme.stretch = session->stretch;
    wsp_run_begin(&maker->run);
    wsp_run_weigh(&maker->run);
    return open_leveller(maker, err);
}

void wsp_maker_release(struct maker *maker)
{
    wsp_run_end(&maker->run);
    wsp_leveller_close(maker->leveller);
    wsp_reel_release(&maker->reel);
    free(maker->cues);
}
