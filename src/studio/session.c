#include "studio/session.h"

#include "audio/chime.h"
#include "audio/leveller.h"
#include "audio/master.h"
#include "audio/programme.h"
#include "audio/shape.h"
#include "base/text.h"
#include "base/utf8.h"
#include "speech/nursery.h"
#include "speech/pool.h"
#include "studio/outputs.h"
#include "studio/selection.h"
#include "studio/signal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    DOCUMENT_PAUSE_MS = 1500, /* between two documents */
    MONO_LU = 3,              /* mono sounds as much louder from two loudspeakers */
    LOSSY_DB = 1,             /* room for what decoding adds to a peak */
};

struct wsp_session {
    struct wsp_session_settings settings;
    struct wsp_profile profile; /* with what the settings ask for instead */
    struct wsp_voice voice;
    struct wsp_shape_params shaping;
    struct wsp_audio_format format;
    struct wsp_pool *pool;
    struct wsp_message **messages; /* owned one by one: a script points to its document */
    size_t n_messages, cap_messages;
    struct wsp_outputs outputs;
    struct wsp_selection selection;
    bool has_lossy;                /* one of the files loses a little */
    struct wsp_master *master;     /* of files; NULL: none, or not levelled */
    struct wsp_leveller *leveller; /* of loudspeakers; likewise */
};

/* ---- opening and closing ---------------------------------------------------------------- */

static int jobs_of(int asked)
{
    long n = asked > 0 ? asked : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n < WSP_NURSERY_LANES_MAX ? (int)n : WSP_NURSERY_LANES_MAX;
}

/* One job is one lane: one utterance at a time. More jobs get a lane besides, so that no core is
 * idle while one waits for its next worker or for its turn: 7 to 12 % of the wall time. */
static int lanes_for(int jobs)
{
    return jobs == 1 || jobs == WSP_NURSERY_LANES_MAX ? jobs : jobs + 1;
}

static enum wsp_status open_pool(struct wsp_session *session, struct wsp_error *err)
{
    const struct wsp_session_settings *settings = &session->settings;
    double rate = settings->rate_wpm > 0 ? settings->rate_wpm
                                         : session->voice.rate_wpm * settings->rate_factor;
    struct wsp_pool_settings pool = {
        .program = settings->program,
        .voice_path = settings->voice_path,
        .rate_wpm = rate,
        .pitch = fmin(99, session->voice.pitch * settings->pitch_factor),
        .jobs = lanes_for(jobs_of(settings->jobs)),
        .phonemes = settings->phonemes,
        .shaper = wsp_shaper_make(&session->shaping),
    };
    return wsp_pool_open(&session->pool, &pool, err);
}

enum wsp_status wsp_session_open(struct wsp_session **out,
                                 const struct wsp_session_settings *settings, struct wsp_error *err)
{
    *out = NULL;
    struct wsp_session *session = calloc(1, sizeof *session);
    if (!session)
        return wsp_fail_nomem(err);
    session->settings = *settings;
    session->format = (struct wsp_audio_format){
        .rate_hz = settings->sample_rate_hz ? settings->sample_rate_hz : settings->profile->rate_hz,
        .channels = settings->channels,
        .bits = settings->bits ? settings->bits : settings->profile->bits,
    };
    session->profile = *settings->profile;
    if (!isnan(settings->loudness_lufs))
        session->profile.loudness_lufs = settings->loudness_lufs;
    if (settings->mono_convention && session->format.channels == 1)
        session->profile.loudness_lufs -= MONO_LU;
    if (!isnan(settings->true_peak_dbtp))
        session->profile.true_peak_dbtp = settings->true_peak_dbtp;
    session->shaping = (struct wsp_shape_params){
        .rate_hz = session->profile.levelled ? 0 : session->format.rate_hz,
        .profile = &session->profile};
    enum wsp_status st = wsp_voice_load(&session->voice, settings->voice_path, err);
    for (size_t i = 0; i < session->profile.n_bands; i++)
        session->profile.bands[i].db *= session->voice.equaliser / 100;
    if (!st && settings->region_by_voice && strcmp(session->voice.region, "south") == 0)
        session->settings.reading.region = WSP_REGION_SOUTH;
    if (!st && settings->speaks)
        st = open_pool(session, err);
    if (st) {
        wsp_session_close(session);
        return st;
    }
    *out = session;
    return WSP_OK;
}

static void free_message(struct wsp_message *message)
{
    if (!message)
        return;
    wsp_script_release(&message->script);
    wsp_document_release(&message->document);
    free(message);
}

void wsp_session_close(struct wsp_session *session)
{
    if (!session)
        return;
    wsp_pool_close(session->pool);
    wsp_master_close(session->master);
    wsp_leveller_close(session->leveller);
    wsp_outputs_close(&session->outputs);
    wsp_selection_release(&session->selection);
    for (size_t i = 0; i < session->n_messages; i++)
        free_message(session->messages[i]);
    free(session->messages);
    wsp_voice_release(&session->voice);
    free(session);
}

/* ---- outputs and documents -------------------------------------------------------------- */

enum wsp_status wsp_session_add_file(struct wsp_session *session, const char *path,
                                     struct wsp_error *err)
{
    enum wsp_status st = wsp_outputs_add_file(&session->outputs, path, session->format, err);
    if (wsp_sink_is_lossy(path) && session->profile.levelled && !session->has_lossy) {
        session->has_lossy = true;
        session->profile.true_peak_dbtp -= LOSSY_DB;
    }
    return st;
}

enum wsp_status wsp_session_add_device(struct wsp_session *session, const char *device,
                                       struct wsp_error *err)
{
    struct wsp_playback_settings settings = {
        .program = session->settings.program,
        .device = device,
        .cancel = session->settings.cancel,
    };
    session->format.channels = 1;
    return wsp_outputs_add_device(&session->outputs, session->format, &settings, err);
}

static struct wsp_message *add_message(struct wsp_session *session)
{
    if (wsp_grow(&session->messages, &session->cap_messages, session->n_messages,
                 sizeof(struct wsp_message *)))
        return NULL;
    struct wsp_message *message = calloc(1, sizeof *message);
    if (!message)
        return NULL;
    wsp_document_init(&message->document);
    wsp_script_init(&message->script);
    session->messages[session->n_messages++] = message;
    return message;
}

/* A document that could not be read is no part of the session. */
static enum wsp_status index_message(struct wsp_session *session, struct wsp_message *message,
                                     enum wsp_status st, struct wsp_error *err)
{
    if (!st)
        st =
            wsp_script_index(&message->script, &message->document, &session->settings.reading, err);
    if (st) {
        free_message(message);
        session->n_messages--;
    }
    return st;
}

enum wsp_status wsp_session_read_file(struct wsp_session *session, const char *path,
                                      const struct wsp_input_settings *settings,
                                      struct wsp_error *err)
{
    struct wsp_message *message = add_message(session);
    if (!message)
        return wsp_fail_nomem(err);
    enum wsp_status st = wsp_document_read_file(&message->document, path, settings, err);
    return index_message(session, message, st, err);
}

enum wsp_status wsp_session_read_text(struct wsp_session *session, const char *name,
                                      struct wsp_str text,
                                      const struct wsp_input_settings *settings,
                                      struct wsp_error *err)
{
    struct wsp_message *message = add_message(session);
    if (!message)
        return wsp_fail_nomem(err);
    enum wsp_status st = wsp_document_read_text(&message->document, name, text, settings, err);
    return index_message(session, message, st, err);
}

size_t wsp_session_n_messages(const struct wsp_session *session)
{
    return session->n_messages;
}

const struct wsp_message *wsp_session_message(const struct wsp_session *session, size_t i)
{
    return session->messages[i];
}

struct wsp_message *const *wsp_session_messages(const struct wsp_session *session)
{
    return session->messages;
}

size_t wsp_session_n_sentences(const struct wsp_session *session)
{
    size_t n = 0;
    for (size_t i = 0; i < session->n_messages; i++)
        n += session->messages[i]->script.n_sentences;
    return n;
}

enum wsp_status wsp_session_select(struct wsp_session *session, const char *ranges,
                                   struct wsp_error *err)
{
    return wsp_selection_parse(&session->selection, ranges, wsp_session_n_sentences(session), err);
}

/* ---- speaking --------------------------------------------------------------------------- */

/* A place in the session: a sentence of a message, and its number in all of them, from 0. */
struct place {
    size_t message, sentence, number;
};

/* What both ways of speaking do: keep the pool full, and take from it in order. */
struct feed {
    struct wsp_session *session;
    struct place next;   /* to be given */
    struct place oldest; /* to be taken */
    size_t n_given;      /* and not taken */
    struct wsp_utterance utterance;
};

static void step(struct place *place)
{
    place->sentence++;
    place->number++;
}

/* Skip to a sentence that is there and chosen. Returns false at the end. */
static bool settle(const struct wsp_session *session, struct place *place)
{
    while (place->message < session->n_messages) {
        if (place->sentence >= session->messages[place->message]->script.n_sentences)
            *place = (struct place){.message = place->message + 1, .number = place->number};
        else if (wsp_selection_has(&session->selection, place->number + 1))
            return true;
        else
            step(place);
    }
    return false;
}

static enum wsp_status fill_pool(struct feed *feed, struct wsp_error *err)
{
    struct wsp_session *session = feed->session;
    while (wsp_pool_has_room(session->pool) && settle(session, &feed->next)) {
        const struct wsp_script *script = &session->messages[feed->next.message]->script;
        enum wsp_status st =
            wsp_script_utterance(script, feed->next.sentence, &feed->utterance, err);
        if (!st)
            st = wsp_pool_give(session->pool, &feed->utterance, err);
        if (st)
            return st;
        step(&feed->next);
        feed->n_given++;
    }
    return WSP_OK;
}

/* The next take in order, with its place; *take is NULL at the end. */
static enum wsp_status next_take(struct feed *feed, struct wsp_take **take, struct place *place,
                                 struct wsp_error *err)
{
    *take = NULL;
    enum wsp_status st = fill_pool(feed, err);
    if (st || feed->n_given == 0)
        return st;
    st = wsp_pool_take(feed->session->pool, take, feed->session->settings.cancel, err);
    if (st)
        return st;
    settle(feed->session, &feed->oldest);
    *place = feed->oldest;
    step(&feed->oldest);
    feed->n_given--;
    return WSP_OK;
}

static void place_error(const struct wsp_session *session, struct place place,
                        struct wsp_error *err)
{
    const struct wsp_message *message = session->messages[place.message];
    const struct wsp_sentence *sentence = &message->script.sentences[place.sentence];
    struct wsp_span source =
        wsp_document_source(&message->document, (struct wsp_span){sentence->begin, sentence->end});
    wsp_error_place(err, message->document.name.ptr,
                    wsp_document_line(&message->document, source.begin), 0);
}

/* ---- a run ------------------------------------------------------------------------------ */

struct run {
    struct wsp_session *session;
    const struct wsp_session_watch *watch;
    struct wsp_session_report *report;
    struct wsp_programme programme;
    struct wsp_error first_failure; /* WSP_OK: none */
    size_t total, done;
    double total_ms, done_ms; /* estimates */
};

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
    if (session->leveller)
        return wsp_leveller_sound(session->leveller, frames, n, rate_hz, err);
    return give_outputs(session, frames, n, err);
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
    if (session->leveller)
        return wsp_leveller_silence(session->leveller, n, err);
    return wsp_receive_silence(&(struct wsp_receiver){.context = session, .receive = give_outputs},
                               n, err);
}

/* Files can wait for the whole, loudspeakers cannot. */
static enum wsp_status open_levelling(struct wsp_session *session, struct wsp_error *err)
{
    const struct wsp_profile *profile = &session->profile;
    double loudness = profile->loudness_lufs + session->settings.volume_db;
    if (!profile->levelled || !wsp_outputs_have_sound(&session->outputs))
        return WSP_OK;
    if (wsp_outputs_have_device(&session->outputs)) {
        struct wsp_leveller_settings settings = {
            .rate_hz = session->format.rate_hz,
            .loudness_lufs = loudness,
            .true_peak_dbtp = profile->true_peak_dbtp,
            .receiver = {.context = session, .receive = give_outputs},
        };
        return wsp_leveller_open(&session->leveller, &settings) ? wsp_fail_nomem(err) : WSP_OK;
    }
    struct wsp_master_settings settings = {
        .rate_hz = session->format.rate_hz,
        .channels = session->format.channels,
        .loudness_lufs = loudness,
        .true_peak_dbtp = profile->true_peak_dbtp,
        .folder = session->settings.temporary,
        .threads = jobs_of(session->settings.jobs),
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

/* What stands before the message: silence, and the chime at the loudness of the speech. */
static enum wsp_status lead_in(struct run *run, struct wsp_error *err)
{
    enum { PAUSE_MS = 800 };
    struct wsp_session *session = run->session;
    const struct wsp_profile *profile = &session->profile;
    wsp_programme_wait(&run->programme, (uint32_t)(session->settings.pre_roll_s * 1000));
    if (!session->settings.chime)
        return WSP_OK;
    float *frames = NULL;
    size_t n = 0;
    enum wsp_status st =
        wsp_signal_load(&frames, &n, session->settings.chime, session->format.rate_hz, err);
    double speech = profile->levelled ? profile->loudness_lufs : raw_speech_lufs;
    double ceiling = profile->levelled ? profile->true_peak_dbtp : -1;
    if (!st && wsp_chime_level(frames, n, session->format.rate_hz,
                               speech + session->settings.volume_db - chime_below_lu, ceiling))
        st = wsp_fail_nomem(err);
    if (!st)
        st = wsp_programme_insert(&run->programme, frames, n, err);
    free(frames);
    wsp_programme_wait(&run->programme, PAUSE_MS);
    return st;
}

static double estimate(const struct wsp_session *session, struct place place)
{
    return session->messages[place.message]->script.sentences[place.sentence].estimate_ms;
}

static void weigh(struct run *run)
{
    const struct wsp_session *session = run->session;
    struct place place = {0};
    for (; settle(session, &place); step(&place)) {
        run->total++;
        run->total_ms += estimate(session, place);
    }
    run->total *= (size_t)session->settings.repeat;
    run->total_ms *= session->settings.repeat;
}

static bool note_failure(struct run *run, struct place place, const struct wsp_take *take)
{
    struct wsp_error failure = take->failure;
    place_error(run->session, place, &failure);
    if (!run->first_failure.status)
        run->first_failure = failure;
    run->report->n_failed++;
    if (run->watch && run->watch->failed)
        run->watch->failed(run->watch->context, &failure);
    return run->session->settings.keep_going || wsp_outputs_give_files_up(&run->session->outputs);
}

static enum wsp_status add_take(struct run *run, struct place place, struct wsp_take *take,
                                bool *go_on, struct wsp_error *err)
{
    struct wsp_session *session = run->session;
    const struct wsp_script *script = &session->messages[place.message]->script;
    const struct wsp_sentence *sentence = &script->sentences[place.sentence];
    enum wsp_status st = WSP_OK;
    if (take->failure.status)
        *go_on = note_failure(run, place, take);
    if (*go_on)
        st = wsp_programme_add(&run->programme, (uint32_t)place.message, take,
                               wsp_boundary_pause_ms((enum wsp_boundary)sentence->boundary), err);
    if (!st && place.sentence + 1 == script->n_sentences)
        wsp_programme_part(&run->programme, DOCUMENT_PAUSE_MS);
    run->done++;
    run->done_ms += sentence->estimate_ms;
    if (!st && run->watch && run->watch->progress)
        run->watch->progress(run->watch->context, run->done, run->total,
                             run->total_ms > 0 ? run->done_ms / run->total_ms : 1);
    return st;
}

static enum wsp_status speak_once(struct run *run, struct wsp_error *err)
{
    struct feed feed = {.session = run->session};
    wsp_utterance_init(&feed.utterance);
    enum wsp_status st = WSP_OK;
    bool go_on = true;
    while (!st && go_on) {
        struct wsp_take *take;
        struct place place = {0};
        st = next_take(&feed, &take, &place, err);
        if (st || !take)
            break;
        st = add_take(run, place, take, &go_on, err);
        wsp_pool_drop(run->session->pool);
    }
    wsp_utterance_release(&feed.utterance);
    return st;
}

/* The whole, as often as it is wanted. */
static enum wsp_status speak_all(struct run *run, struct wsp_error *err)
{
    enum wsp_status st = lead_in(run, err);
    for (int i = 0; i < run->session->settings.repeat && !st; i++) {
        if (i > 0)
            wsp_programme_gap(&run->programme, (uint32_t)(run->session->settings.gap_s * 1000));
        st = speak_once(run, err);
    }
    return st;
}

/* The title of a message: its first block, up to a length that a display can show. */
static void find_title(const struct wsp_session *session, struct wsp_metadata *metadata)
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
    memcpy(metadata->title, text.ptr, len);
    metadata->title[len] = '\0';
}

static enum wsp_status describe(struct wsp_session *session, struct wsp_error *err)
{
    struct wsp_metadata metadata = session->settings.metadata;
    metadata.broadcast = session->profile.broadcast || metadata.title[0] ||
                         metadata.originator[0] || metadata.cut_id[0];
    find_title(session, &metadata);
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
        struct wsp_str text = wsp_document_text(&message->document,
                                                (struct wsp_span){sentence->begin, sentence->end});
        text.len = text.len < LABEL_MAX ? text.len : wsp_utf8_valid_prefix(text.ptr, LABEL_MAX);
        markers[i] = (struct wsp_marker){.frame = entry->begin, .label = text};
    }
    enum wsp_status st =
        wsp_outputs_mark(&run->session->outputs, markers, timeline->n_entries, err);
    free(markers);
    return st;
}

static enum wsp_status deliver(struct run *run, struct wsp_error *err)
{
    struct wsp_session *session = run->session;
    if (run->report->timeline.length == 0 && !run->first_failure.status)
        return wsp_fail(err, WSP_DATA, _("there is nothing to say in it; check the text"));
    tell_measures(run);
    struct wsp_timing timing = {.messages = session->messages,
                                .n_messages = session->n_messages,
                                .timeline = &run->report->timeline,
                                .title = session->settings.metadata.title};
    enum wsp_status st = mark_sentences(run, err);
    if (!st)
        st = wsp_outputs_finish(&session->outputs, &timing, err);
    if (!st && wsp_cancelled(session->settings.cancel))
        st = wsp_fail_cancelled(err);
    return st ? st : wsp_outputs_commit(&session->outputs, &run->report->underruns, err);
}

enum wsp_status wsp_session_run(struct wsp_session *session, const struct wsp_session_watch *watch,
                                struct wsp_session_report *report, struct wsp_error *err)
{
    struct wsp_session_report unasked = {0};
    struct run run = {.session = session, .watch = watch, .report = report ? report : &unasked};
    *run.report = (struct wsp_session_report){0};
    wsp_timeline_init(&run.report->timeline, session->format.rate_hz);
    wsp_programme_init(
        &run.programme, &run.report->timeline,
        (struct wsp_listener){
            .context = session, .sound = hear_sound, .silence = hear_silence, .ready = hear_ready},
        session->profile.levelled ? 0 : session->settings.volume_db,
        wsp_outputs_need_words(&session->outputs));
    weigh(&run);
    enum wsp_status st = describe(session, err);
    if (!st)
        st = open_levelling(session, err);
    if (!st)
        st = speak_all(&run, err);
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

enum wsp_status wsp_session_phonemes(struct wsp_session *session,
                                     enum wsp_status (*tell)(void *context,
                                                             struct wsp_str mnemonics),
                                     void *context, struct wsp_error *err)
{
    struct feed feed = {.session = session};
    wsp_utterance_init(&feed.utterance);
    enum wsp_status st = WSP_OK;
    while (!st) {
        struct wsp_take *take;
        struct place place = {0};
        st = next_take(&feed, &take, &place, err);
        if (st || !take)
            break;
        if (take->failure.status) {
            st = take->failure.status;
            place_error(session, place, &take->failure);
            if (err)
                *err = take->failure;
        } else if (take->phonemes.len > 0) {
            st = tell(context, wsp_buf_str(&take->phonemes));
        }
        wsp_pool_drop(session->pool);
    }
    wsp_utterance_release(&feed.utterance);
    return st;
}
