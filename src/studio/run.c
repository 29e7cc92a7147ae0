#include "audio/chime.h"
#include "audio/master.h"
#include "audio/resample.h"
#include "base/text.h"
#include "base/utf8.h"
#include "studio/inside.h"
#include "studio/signal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum wsp_status give_outputs(void *context, const float *frames, size_t n_frames,
                                    struct wsp_error *err)
{
    struct wsp_session *session = context;
    return wsp_outputs_write(&session->outputs, frames, n_frames, err);
}

/* A profile that levels gets the takes at the engine's rate; else they come at the programme's. */
static enum wsp_status hear_sound(void *context, const float *frames, size_t n, uint32_t rate_hz,
                                  struct wsp_error *err)
{
    struct wsp_session *session = context;
    if (session->master)
        return wsp_master_sound(session->master, frames, n, rate_hz, err);
    return give_outputs(session, frames, n, err);
}

static enum wsp_status hear_packed(void *context, const struct wsp_take *take,
                                   struct wsp_error *err)
{
    struct wsp_session *session = context;
    return session->master ? wsp_master_packed(session->master, take, err) : WSP_OK;
}

static enum wsp_status hear_ready(void *context, const float *frames, size_t n,
                                  struct wsp_error *err)
{
    struct wsp_session *session = context;
    if (session->master)
        return wsp_master_ready(session->master, frames, n, err);
    return give_outputs(session, frames, n, err);
}

static enum wsp_status hear_silence(void *context, uint64_t n, struct wsp_error *err)
{
    struct wsp_session *session = context;
    if (session->master)
        return wsp_master_silence(session->master, n, err);
    return wsp_receive_silence(&(struct wsp_receiver){.context = session, .receive = give_outputs},
                               n, err);
}

/* A profile that levels waits for the whole. */
static enum wsp_status open_levelling(struct wsp_session *session, struct wsp_error *err)
{
    const struct wsp_profile *profile = &session->profile;
    if (!profile->levelled || !wsp_outputs_have_sound(&session->outputs))
        return WSP_OK;
    struct wsp_master_settings settings = {
        .rate_hz = session->format.rate_hz,
        .channels = session->format.channels,
        .loudness_lufs = profile->loudness_lufs + session->settings.volume_db,
        .true_peak_dbtp = profile->true_peak_dbtp,
        .yields = isnan(session->settings.loudness_lufs),
        .folder = session->settings.temporary,
        .threads = wsp_session_jobs(session),
        .cancel = session->settings.cancel,
    };
    return wsp_master_open(&session->master, &settings, err);
}

/* What waited is finished. */
static enum wsp_status finish_levelling(struct run *run, struct wsp_error *err)
{
    struct wsp_session *session = run->session;
    if (!session->master || run->report->timeline.length == 0)
        return WSP_OK;
    run->report->levelled = true;
    return wsp_master_give(session->master,
                           &(struct wsp_receiver){.context = session, .receive = give_outputs},
                           &run->report->master, err);
}

/* ---- around the message ------------------------------------------------------------------ */

static const double chime_below_lu = 2; /* its highest momentary loudness, below the speech */
static const double raw_speech_lufs = -24;

enum { SIGNAL_PAUSE_MS = 800 };

/* A chime, loaded, at the loudness of the speech. The frames are the caller's. */
static enum wsp_status load_signal(const struct wsp_session *session, const char *name,
                                   float **frames, size_t *n, struct wsp_error *err)
{
    const struct wsp_profile *profile = &session->profile;
    enum wsp_status st = wsp_signal_load(frames, n, name, session->format.rate_hz, err);
    double speech = profile->levelled ? profile->loudness_lufs : raw_speech_lufs;
    double ceiling = profile->levelled ? profile->true_peak_dbtp : -1;
    if (!st && wsp_chime_level(*frames, *n, session->format.rate_hz,
                               speech + session->settings.volume_db - chime_below_lu, ceiling))
        st = wsp_fail_nomem(err);
    return st;
}

/* The chime behind the message: what is wrong with it is said before anything sounds. */
static enum wsp_status load_closing(struct run *run, struct wsp_error *err)
{
    const char *name = run->session->settings.chime_after;
    return name && !run->closing
               ? load_signal(run->session, name, &run->closing, &run->n_closing, err)
               : WSP_OK;
}

/* What stands before the message: silence, and the chime. */
static enum wsp_status lead_in(struct run *run, struct wsp_error *err)
{
    const struct wsp_session_settings *settings = &run->session->settings;
    float *frames = NULL;
    size_t n = 0;
    enum wsp_status st = load_closing(run, err);
    wsp_programme_wait(&run->programme, (uint32_t)(settings->pre_roll_s * 1000));
    if (st || !settings->chime)
        return st;
    st = load_signal(run->session, settings->chime, &frames, &n, err);
    double lead_s = settings->pre_roll_s + (double)n / run->report->timeline.rate_hz;
    if (!st && settings->max_s > 0 && lead_s >= settings->max_s)
        st = wsp_fail(err, WSP_DATA,
                      _("the chime alone is longer than %g s; leave it out, or raise "
                        "--max-duration"),
                      settings->max_s);
    if (!st)
        st = wsp_programme_insert(&run->programme, frames, n, err);
    free(frames);
    wsp_programme_wait(&run->programme, SIGNAL_PAUSE_MS);
    return st;
}

/* What stands behind it. */
static enum wsp_status lead_out(struct run *run, struct wsp_error *err)
{
    if (!run->session->settings.chime_after || run->report->timeline.n_entries == 0)
        return WSP_OK;
    wsp_programme_gap(&run->programme, SIGNAL_PAUSE_MS);
    return wsp_programme_insert(&run->programme, run->closing, run->n_closing, err);
}

/* Would the take, and the chime behind the message, end in time? */
static bool is_in_time(const struct run *run, const struct wsp_take *take)
{
    double max_s = run->session->settings.max_s;
    const struct wsp_timeline *timeline = &run->report->timeline;
    if (max_s <= 0 || run->measures || take->n_frames == 0)
        return true;
    uint64_t end = wsp_programme_next(&run->programme) +
                   wsp_resampled_length(take->n_frames, take->rate_hz, timeline->rate_hz);
    if (run->closing)
        end += run->n_closing + (uint64_t)timeline->rate_hz * SIGNAL_PAUSE_MS / 1000;
    return (double)end <= max_s * timeline->rate_hz;
}

static double estimate(const struct wsp_session *session, struct place place)
{
    return session->messages[place.message]->script.sentences[place.sentence].estimate_ms;
}

void wsp_run_weigh(struct run *run)
{
    const struct wsp_session *session = run->session;
    struct place place = {0};
    for (; wsp_place_settle(session, &place); wsp_place_step(&place)) {
        run->total++;
        run->total_ms += estimate(session, place);
    }
    run->total *= (size_t)session->settings.repeat;
    run->total_ms *= session->settings.repeat;
}

static bool note_failure(struct run *run, struct place place, const struct wsp_take *take)
{
    struct wsp_error failure = take->failure;
    wsp_place_error(run->session, place, &failure);
    if (!run->first_failure.status)
        run->first_failure = failure;
    run->report->n_failed++;
    if (run->watch && run->watch->failed)
        run->watch->failed(run->watch->context, &failure);
    if (run->lives || run->session->settings.keep_going)
        return true;
    wsp_outputs_give_up(&run->session->outputs);
    return false;
}

static enum wsp_status add_take(struct run *run, struct place place, struct wsp_take *take,
                                bool *go_on, struct wsp_error *err)
{
    struct wsp_session *session = run->session;
    const struct wsp_script *script = &session->messages[place.message]->script;
    const struct wsp_sentence *sentence = &script->sentences[place.sentence];
    enum wsp_status st = WSP_OK;
    *go_on = is_in_time(run, take);
    if (!*go_on) {
        run->report->n_left_out = run->done < run->total ? run->total - run->done : 1;
        return WSP_OK;
    }
    if (take->failure.status && !run->measures)
        *go_on = note_failure(run, place, take);
    if (*go_on)
        st = wsp_programme_add(&run->programme, (uint32_t)place.message, take,
                               wsp_place_pause_ms(session, place), err);
    run->done++;
    run->done_ms += sentence->estimate_ms;
    if (!st && run->watch && run->watch->progress)
        run->watch->progress(run->watch->context, run->done, run->total,
                             run->total_ms > 0 ? run->done_ms / run->total_ms : 1);
    return st;
}

void wsp_run_begin(struct run *run)
{
    run->feed = (struct feed){.session = run->session};
    wsp_utterance_init(&run->feed.utterance);
}

void wsp_run_end(struct run *run)
{
    wsp_utterance_release(&run->feed.utterance);
    free(run->closing);
    run->closing = NULL;
}

/* All has been said: once more, or enough. */
static void end_pass(struct run *run)
{
    const struct wsp_session_settings *settings = &run->session->settings;
    if (++run->pass >= settings->repeat) {
        run->stage = RUN_LEAD_OUT;
        return;
    }
    wsp_programme_gap(&run->programme, (uint32_t)(settings->gap_s * 1000));
    wsp_feed_go_to(&run->feed, (struct place){0});
}

static enum wsp_status speak_next(struct run *run, struct place *place, struct wsp_error *err)
{
    struct wsp_take *take;
    bool go_on = true;
    enum wsp_status st = wsp_feed_next(&run->feed, &take, place, err);
    if (st)
        return st;
    if (!take) {
        end_pass(run);
        return WSP_OK;
    }
    st = add_take(run, *place, take, &go_on, err);
    wsp_pool_drop(run->session->pool);
    if (!go_on)
        run->stage = RUN_LEAD_OUT;
    return st;
}

enum wsp_status wsp_run_step(struct run *run, struct place *place, struct wsp_error *err)
{
    switch (run->stage) {
    case RUN_LEAD_IN:
        run->stage = RUN_SPEECH;
        return lead_in(run, err);
    case RUN_SPEECH:
        return speak_next(run, place, err);
    case RUN_LEAD_OUT:
        run->stage = RUN_DONE;
        return lead_out(run, err);
    case RUN_DONE:
        break;
    }
    return WSP_OK;
}

enum wsp_status wsp_run_speak(struct run *run, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    struct place place;
    wsp_run_begin(run);
    while (!st && run->stage != RUN_DONE)
        st = wsp_run_step(run, &place, err);
    wsp_run_end(run);
    return st;
}

/* The title of a message: its first block, up to a length that a display can show. */
void wsp_session_find_title(const struct wsp_session *session, struct wsp_metadata *metadata)
{
    enum { TITLE_MAX = 120 };
    if (metadata->title[0] || session->n_messages == 0)
        return;
    const struct wsp_document *document = &session->messages[0]->document;
    if (document->n_blocks == 0)
        return;
    struct wsp_str text = wsp_document_text(
        document, (struct wsp_span){document->blocks[0].begin, document->blocks[0].end});
    size_t len = text.len < TITLE_MAX ? text.len : TITLE_MAX;
    while (len < text.len && len > 0 && text.ptr[len] != ' ')
        len--;
    for (size_t i = 0; i < len; i++)
        metadata->title[i] = wsp_in_line(text.ptr[i]);
    metadata->title[len] = '\0';
}

static enum wsp_status describe(struct wsp_session *session, struct wsp_error *err)
{
    struct wsp_metadata metadata = session->settings.metadata;
    metadata.broadcast = session->profile.broadcast || metadata.title[0] ||
                         metadata.originator[0] || metadata.cut_id[0];
    wsp_session_find_title(session, &metadata);
    memcpy(session->settings.metadata.title, metadata.title, sizeof metadata.title);
    return wsp_outputs_describe(&session->outputs, &metadata, err);
}

static void tell_measures(struct run *run)
{
    const struct wsp_master_report *master = &run->report->master;
    struct wsp_measures measures = {
        .levelled = run->report->levelled,
        .integrated_lufs = master->loudness.integrated_lufs,
        .range_lu = master->loudness.range_lu,
        .momentary_lufs = master->loudness.momentary_lufs,
        .short_term_lufs = master->loudness.short_term_lufs,
        .true_peak_dbtp = master->true_peak_dbtp,
    };
    wsp_outputs_measured(&run->session->outputs, &measures);
}

/* Every sentence is a marker with its text, up to a length that an editor can show. */
static enum wsp_status mark_sentences(struct run *run, struct wsp_error *err)
{
    enum { LABEL_MAX = 120 };
    const struct wsp_timeline *timeline = &run->report->timeline;
    struct wsp_marker *markers = calloc(timeline->n_entries + 1, sizeof *markers);
    if (!markers)
        return wsp_fail_nomem(err);
    for (size_t i = 0; i < timeline->n_entries; i++) {
        const struct wsp_timeline_entry *entry = &timeline->entries[i];
        const struct wsp_message *message = run->session->messages[entry->document];
        const struct wsp_sentence *sentence = &message->script.sentences[entry->number];
        struct wsp_str text = wsp_document_text(&message->document, wsp_sentence_span(sentence));
        text.len = text.len < LABEL_MAX ? text.len : wsp_utf8_valid_prefix(text.ptr, LABEL_MAX);
        markers[i] = (struct wsp_marker){.frame = entry->begin, .label = text};
    }
    enum wsp_status st =
        wsp_outputs_mark(&run->session->outputs, markers, timeline->n_entries, err);
    free(markers);
    return st;
}

enum wsp_status wsp_run_judge(const struct run *run, struct wsp_error *err)
{
    bool silent = run->report->timeline.n_entries == 0 && !run->first_failure.status;
    if (silent && run->report->n_left_out > 0)
        return wsp_fail(err, WSP_DATA,
                        _("no sentence fits into %g s; give --max-duration more time"),
                        run->session->settings.max_s);
    return silent ? wsp_fail(err, WSP_DATA, _("there is nothing to say in it; check the text"))
                  : WSP_OK;
}

static enum wsp_status deliver(struct run *run, struct wsp_error *err)
{
    struct wsp_session *session = run->session;
    enum wsp_status st = wsp_run_judge(run, err);
    if (st)
        return st;
    tell_measures(run);
    st = mark_sentences(run, err);
    if (!st)
        st = wsp_outputs_finish(&session->outputs, &session->timing, err);
    if (!st && run->watch && run->watch->whole)
        st = run->watch->whole(run->watch->context, err);
    if (!st && wsp_cancelled(session->settings.cancel))
        st = wsp_fail_cancelled(err);
    return st ? st : wsp_outputs_commit(&session->outputs, err);
}

static void begin_timing(struct run *run)
{
    struct wsp_session *session = run->session;
    struct place first = {0};
    wsp_place_settle(session, &first);
    session->timing = (struct wsp_timing){.messages = session->messages,
                                          .n_messages = session->n_messages,
                                          .timeline = &run->report->timeline,
                                          .first_message = first.message,
                                          .first_sentence = first.sentence,
                                          .title = session->settings.metadata.title};
}

enum wsp_status wsp_session_run(struct wsp_session *session, const struct wsp_session_watch *watch,
                                struct wsp_session_report *report, struct wsp_error *err)
{
    struct wsp_session_report unasked = {0};
    struct run run = {.session = session, .watch = watch, .report = report ? report : &unasked};
    *run.report = (struct wsp_session_report){0};
    enum wsp_status st =
        session->pool ? WSP_OK : wsp_session_open_pool(session, session->rate_wpm, err);
    if (!st && session->settings.duration_s > 0)
        st = wsp_session_fit(session, err);
    if (st)
        return st;
    wsp_timeline_init(&run.report->timeline, session->format.rate_hz);
    wsp_programme_init(&run.programme, &run.report->timeline,
                       (struct wsp_listener){.context = session,
                                             .sound = hear_sound,
                                             .packed = hear_packed,
                                             .silence = hear_silence,
                                             .ready = hear_ready},
                       session->profile.levelled ? 0 : session->settings.volume_db,
                       wsp_outputs_need_words(&session->outputs));
    run.programme.stretch = session->stretch;
    wsp_run_weigh(&run);
    begin_timing(&run);
    st = describe(session, err);
    if (!st)
        st = open_levelling(session, err);
    if (!st)
        st = wsp_run_speak(&run, err);
    if (!st)
        st = finish_levelling(&run, err);
    if (!st)
        st = deliver(&run, err);
    if (!st && run.first_failure.status) {
        st = run.first_failure.status;
        if (err)
            *err = run.first_failure;
    }
    wsp_timeline_release(&unasked.timeline);
    return st;
}
