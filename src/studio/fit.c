#include "base/text.h"
#include "studio/inside.h"
#include "studio/slot.h"

#include <math.h>

static enum wsp_status ignore_sound(void *context, const float *frames, size_t n, uint32_t rate_hz,
                                    struct wsp_error *err)
{
    (void)context;
    (void)frames;
    (void)n;
    (void)rate_hz;
    (void)err;
    return WSP_OK;
}

static enum wsp_status ignore_ready(void *context, const float *frames, size_t n,
                                    struct wsp_error *err)
{
    (void)context;
    (void)frames;
    (void)n;
    (void)err;
    return WSP_OK;
}

static enum wsp_status ignore_silence(void *context, uint64_t n, struct wsp_error *err)
{
    (void)context;
    (void)n;
    (void)err;
    return WSP_OK;
}

/* How long is it at the pool's rate? */
static enum wsp_status measure(struct wsp_session *session, struct wsp_slot_measure *measured,
                               struct wsp_error *err)
{
    struct wsp_session_report report = {0};
    struct run run = {.session = session, .report = &report, .measures = true};
    struct wsp_timeline *timeline = &report.timeline;
    wsp_timeline_init(timeline, session->format.rate_hz);
    wsp_programme_init(&run.programme, timeline,
                       (struct wsp_listener){
                           .sound = ignore_sound, .silence = ignore_silence, .ready = ignore_ready},
                       0, false);
    enum wsp_status st = wsp_run_speak(&run, err);
    uint64_t speech = 0;
    for (size_t i = 0; i < timeline->n_entries; i++)
        speech += timeline->entries[i].end - timeline->entries[i].begin;
    *measured = (struct wsp_slot_measure){.rate_wpm = session->rate_wpm,
                                          .speech = (double)speech / timeline->rate_hz,
                                          .pauses = run.programme.paused_ms / 1000};
    measured->rest =
        (double)timeline->length / timeline->rate_hz - measured->speech - measured->pauses;
    wsp_timeline_release(timeline);
    return st;
}

enum wsp_status wsp_session_fit(struct wsp_session *session, struct wsp_error *err)
{
    enum { TRIES = 3 };
    double seconds = session->settings.duration_s, own = session->voice.rate_wpm;
    struct wsp_slot_measure measured;
    enum wsp_status st = measure(session, &measured, err);
    bool fits = !st && wsp_slot_stretch(&measured, seconds, &session->stretch);
    for (int i = 0; i < TRIES && !st && (!fits || fabs(session->stretch - 1) > 0.1); i++) {
        double rate = rint(wsp_slot_rate(&measured, own, seconds));
        if (rate == session->rate_wpm)
            break;
        st = wsp_session_open_pool(session, rate, err);
        if (!st)
            st = measure(session, &measured, err);
        fits = !st && wsp_slot_stretch(&measured, seconds, &session->stretch);
    }
    if (st || fits || session->settings.best_effort)
        return st;
    double least, most;
    wsp_slot_bounds(&measured, own, &least, &most);
    return wsp_fail(err, WSP_DATA,
                    _("this cannot be said in %.1f s, but in %.1f to %.1f s; change --duration, or "
                      "take what is nearest with --best-effort"),
                    seconds, least, most);
}
