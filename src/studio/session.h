/* A session: the rooms wired together for everyone who wants the work done. Documents go in,
 * outputs are named, and one run speaks all of them into all outputs.
 *
 *   wsp_session_open     the engine starts in the background
 *   wsp_session_add_*    outputs and documents; the order of documents is the order of speech
 *   wsp_session_run      speaks; delivers files whole or not at all
 *   wsp_session_close
 */
#ifndef WSP_STUDIO_SESSION_H
#define WSP_STUDIO_SESSION_H

#include "audio/master.h"
#include "audio/profile.h"
#include "audio/timeline.h"
#include "base/cancel.h"
#include "output/metadata.h"
#include "reading/message.h"
#include "speech/store.h"
#include "speech/voice.h"

#include <stdbool.h>

struct wsp_session; /* opaque; one owner; used from one thread */

struct wsp_session_settings {
    const char *program;    /* our own executable, for the helper roles */
    const char *voice_path; /* a voice file */
    const struct wsp_profile *profile;
    uint32_t sample_rate_hz;      /* 0: the profile's */
    uint32_t bits;                /* of files; 0: the profile's */
    uint32_t channels;            /* of files: 1, or 2 equal ones */
    double loudness_lufs;         /* NAN: the profile's */
    double true_peak_dbtp;        /* NAN: the profile's */
    uint32_t mp3_kbps;            /* constant; 0: variable */
    bool mono_convention;         /* mono files are 3 LU softer: as loud as two equal channels */
    const char *chime;            /* before the message: a name, or a sound file; NULL: none */
    const char *chime_after;      /* behind it, likewise */
    double pre_roll_s, gap_s;     /* silence before everything; between repeats */
    int repeat;                   /* how often the message is said: 1 or more */
    struct wsp_metadata metadata; /* of files; without a title it is the first message's */
    const char *temporary;        /* folder for what waits until the whole is known */
    bool split;                   /* a file for every chapter */
    double duration_s;            /* exactly so long by rate and pauses; 0: as long as it is */
    bool best_effort;             /* as near to that as can be */
    double max_s;                 /* sentences that would sound later are left out; 0: none are */
    double rate_wpm;              /* words a minute, or 0: the voice's own times rate_factor */
    double rate_factor;           /* 1 is the voice's own rate */
    double pitch_factor;          /* 1 is the voice's own pitch */
    double volume_db;
    struct wsp_reading_settings reading;
    bool region_by_voice;            /* reading.region is the voice's */
    int jobs;                        /* 0: all cores */
    struct wsp_store *store;         /* of speech; borrowed; NULL: none */
    bool keep_going;                 /* deliver files even when a place could not be spoken */
    bool speaks;                     /* false: documents and index only, no engine is started */
    bool waits;                      /* nothing is played: takes wait for the whole, packed */
    bool late;                       /* the engine starts with the run, not before */
    bool phonemes;                   /* for wsp_session_phonemes(): no sound is made */
    int latency_ms;                  /* of the loudspeakers; 0: as playback.h says */
    double device_timeout_s;         /* how long a loudspeaker that is gone, or not there yet, is
                                        waited for; NAN: 60 s, and none at the beginning */
    const struct wsp_cancel *cancel; /* borrowed; may be NULL */
};

/* What a run tells while it goes on. */
struct wsp_session_watch {
    void *context;
    /* `done` of `total` sentences are in the outputs; `part` is how much of the work that is, 0
     * to 1, by estimated length. */
    void (*progress)(void *context, size_t done, size_t total, double part);
    /* A sentence could not be spoken; `err` has its place. */
    void (*failed)(void *context, const struct wsp_error *err);
    /* The files are whole; they are delivered when this returns WSP_OK. NULL: at once. */
    enum wsp_status (*whole)(void *context, struct wsp_error *err);
};

struct wsp_session_report {
    struct wsp_timeline timeline;
    bool levelled; /* `master` is filled: files at the profile's loudness */
    struct wsp_master_report master;
    size_t n_failed;    /* sentences that could not be spoken */
    size_t n_left_out;  /* for which max_s left no time */
    uint32_t underruns; /* of the loudspeakers */
};

/* Load the voice and start the engine. Returns WSP_OK, WSP_UNAVAILABLE, WSP_DATA (a broken voice
 * file), WSP_TEMPFAIL or WSP_NOMEM. */
enum wsp_status wsp_session_open(struct wsp_session **out,
                                 const struct wsp_session_settings *settings,
                                 struct wsp_error *err);
void wsp_session_close(struct wsp_session *session); /* NULL is fine */

/* As wsp_sink_open(); files of text too, see timing/timing.h. `path` is borrowed for the life of
 * the session. */
enum wsp_status wsp_session_add_file(struct wsp_session *session, const char *path,
                                     struct wsp_error *err);
/* Start the loudspeakers that wsp_session_play() will use, as wsp_speakers_open() says. */
enum wsp_status wsp_session_add_devices(struct wsp_session *session, const char *const *devices,
                                        size_t n, struct wsp_error *err);

/* As wsp_document_read_file() and _text(), and the index. */
enum wsp_status wsp_session_read_file(struct wsp_session *session, const char *path,
                                      const struct wsp_input_settings *settings,
                                      struct wsp_error *err);
enum wsp_status wsp_session_read_text(struct wsp_session *session, const char *name,
                                      struct wsp_str text,
                                      const struct wsp_input_settings *settings,
                                      struct wsp_error *err);

size_t wsp_session_n_messages(const struct wsp_session *session);
const struct wsp_message *wsp_session_message(const struct wsp_session *session, size_t i);
/* Speak the messages of another session, which outlives this one: for its files beside what is
 * played. */
void wsp_session_borrow_messages(struct wsp_session *session, const struct wsp_session *from);
struct wsp_message *const *wsp_session_messages(const struct wsp_session *session);

/* Sentences count from 1 through all messages, those with nothing to say among them. */
size_t wsp_session_n_sentences(const struct wsp_session *session);

/* Speak only some of them, as wsp_selection_parse() reads `ranges`; more are added by another call.
 * When all messages are there. */
enum wsp_status wsp_session_select(struct wsp_session *session, const char *ranges,
                                   struct wsp_error *err);

/* Speak everything into every file and deliver them. (To the loudspeakers: studio/play.h.) A
 * sentence that cannot be spoken is told to `watch` (may be NULL); then files are not delivered
 * unless keep_going, and the status is the first failure's. `report` (may be NULL) is filled in any
 * case; the caller releases its timeline. Returns what the rooms return; WSP_DATA when there is
 * nothing to say. */
enum wsp_status wsp_session_run(struct wsp_session *session, const struct wsp_session_watch *watch,
                                struct wsp_session_report *report, struct wsp_error *err);

/* Give `tell` the engine's mnemonics of every sentence that has any, in order. */
enum wsp_status wsp_session_phonemes(struct wsp_session *session,
                                     enum wsp_status (*tell)(void *context,
                                                             struct wsp_str mnemonics),
                                     void *context, struct wsp_error *err);

#endif
