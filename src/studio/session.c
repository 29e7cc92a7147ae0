#include "studio/session.h"

#include "speech/nursery.h"
#include "studio/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MONO_LU = 3, /* mono sounds as much louder from two loudspeakers */
};

/* ---- opening and closing ---------------------------------------------------------------- */

int wsp_session_jobs(const struct wsp_session *session)
{
    int asked = session->settings.jobs;
    long n = asked > 0 ? asked : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n < WSP_NURSERY_LANES_MAX ? (int)n : WSP_NURSERY_LANES_MAX;
}

enum wsp_status wsp_session_open_pool(struct wsp_session *session, double rate_wpm,
                                      struct wsp_error *err)
{
    const struct wsp_session_settings *settings = &session->settings;
    wsp_pool_close(session->pool);
    session->pool = NULL;
    session->rate_wpm = rate_wpm;
    struct wsp_pool_settings pool = {
        .program = settings->program,
        .voice_path = session->voice_path,
        .rate_wpm = rate_wpm,
        .pitch = fmin(99, session->voice.pitch * settings->pitch_factor),
        .jobs = wsp_session_jobs(session),
        .phonemes = settings->phonemes,
        .shaper = wsp_shaper_make(&session->shaping),
        .store = settings->store,
        .voice = &session->voice,
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
    session->voice_path = strdup(settings->voice_path);
    if (!session->voice_path) {
        free(session);
        return wsp_fail_nomem(err);
    }
    session->format = (struct wsp_audio_format){
        .rate_hz = settings->sample_rate_hz ? settings->sample_rate_hz : settings->profile->rate_hz,
        .channels = settings->channels,
        .bits = settings->bits ? settings->bits : settings->profile->bits,
        .mp3_kbps = settings->mp3_kbps,
        .threads = (uint32_t)wsp_session_jobs(session),
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
        .profile = &session->profile,
        .voice = &session->voice.equaliser,
        .packs = settings->waits};
    enum wsp_status st = wsp_voice_load(&session->voice, settings->voice_path, err);
    if (!st && settings->region_by_voice && strcmp(session->voice.region, "south") == 0)
        session->settings.reading.region = WSP_REGION_SOUTH;
    session->stretch = 1;
    session->rate_wpm = settings->rate_wpm > 0 ? settings->rate_wpm
                                               : session->voice.rate_wpm * settings->rate_factor;
    if (!st && settings->speaks && !settings->late)
        st = wsp_session_open_pool(session, session->rate_wpm, err);
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
    wsp_speakers_close(session->speakers);
    wsp_outputs_close(&session->outputs);
    wsp_selection_release(&session->selection);
    for (size_t i = 0; i < session->n_messages && !session->borrows; i++)
        free_message(session->messages[i]);
    if (!session->borrows)
        free(session->messages);
    wsp_voice_release(&session->voice);
    free(session->voice_path);
    free(session);
}

/* ---- outputs and documents -------------------------------------------------------------- */

static const double lossy_db = 1.25; /* room for what decoding adds to a peak: 1.1 dB in MP3 */

enum wsp_status wsp_session_add_file(struct wsp_session *session, const char *path,
                                     struct wsp_error *err)
{
    bool whole = !session->settings.split || wsp_timing_kind_of(path);
    enum wsp_status st = whole ? wsp_outputs_add_file(&session->outputs, path, session->format, err)
                               : wsp_outputs_add_parts(&session->outputs, path, session->format,
                                                       &session->timing, err);
    if (wsp_sink_is_lossy(path) && session->profile.levelled && !session->has_lossy) {
        session->has_lossy = true;
        session->profile.true_peak_dbtp -= lossy_db;
    }
    return st;
}

enum wsp_status wsp_session_add_devices(struct wsp_session *session, const char *const *devices,
                                        size_t n, struct wsp_error *err)
{
    enum { USUAL_TIMEOUT_S = 60 };
    double timeout_s = session->settings.device_timeout_s;
    struct wsp_speakers_settings settings = {
        .program = session->settings.program,
        .devices = devices,
        .n_devices = n,
        .rate_hz = session->format.rate_hz,
        .latency_s = session->settings.latency_ms / 1000.0,
        .timeout_s = isnan(timeout_s) ? USUAL_TIMEOUT_S : timeout_s,
        .waits = !isnan(timeout_s) && timeout_s > 0,
        .cancel = session->settings.cancel,
    };
    return wsp_speakers_open(&session->speakers, &settings, err);
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

void wsp_session_borrow_messages(struct wsp_session *session, const struct wsp_session *from)
{
    session->messages = from->messages;
    session->n_messages = from->n_messages;
    session->borrows = true;
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
