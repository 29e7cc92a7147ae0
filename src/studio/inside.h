/* What the files of this room share about a session; for this room only. */
#ifndef WSP_STUDIO_INSIDE_H
#define WSP_STUDIO_INSIDE_H

#include "audio/programme.h"
#include "audio/shape.h"
#include "output/speakers.h"
#include "speech/pool.h"
#include "studio/outputs.h"
#include "studio/selection.h"
#include "studio/session.h"

struct wsp_session {
    struct wsp_session_settings settings;
    struct wsp_profile profile; /* with what the settings ask for instead */
    struct wsp_voice voice;
    struct wsp_shape_params shaping;
    struct wsp_audio_format format;
    struct wsp_pool *pool;
    char *voice_path;
    double rate_wpm;               /* at which the pool speaks */
    double stretch;                /* of the pauses between sentences */
    struct wsp_message **messages; /* owned one by one: a script points to its document */
    size_t n_messages, cap_messages;
    bool borrows; /* the messages are another session's */
    struct wsp_outputs outputs;
    struct wsp_timing timing; /* of the run that goes on */
    struct wsp_selection selection;
    bool has_lossy;                /* one of the files loses a little */
    struct wsp_master *master;     /* of files; NULL: none, or not levelled */
    struct wsp_speakers *speakers; /* NULL: none */
};

/* Start the engine anew, at `rate_wpm` words a minute. */
enum wsp_status wsp_session_open_pool(struct wsp_session *session, double rate_wpm,
                                      struct wsp_error *err);

/* How many jobs run side by side. */
int wsp_session_jobs(const struct wsp_session *session);

/* ---- feed.c ---- */

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
    size_t n_stale;      /* before them in the pool: nobody wants them any more */
    struct wsp_utterance utterance;
};

/* Skip to a sentence that is there and chosen. Returns false at the end. */
bool wsp_place_settle(const struct wsp_session *session, struct place *place);
void wsp_place_step(struct place *place);

/* To the first sentence that is chosen and sounds, the next one, or the one before. Return false
 * when there is none. */
bool wsp_place_first(const struct wsp_session *session, struct place *place);
bool wsp_place_next(const struct wsp_session *session, struct place *place);
bool wsp_place_previous(const struct wsp_session *session, struct place *place);

/* The silence behind it: longer at the end of a document. */
uint32_t wsp_place_pause_ms(const struct wsp_session *session, struct place place);

/* Does a title or a heading begin there? */
bool wsp_place_is_heading(const struct wsp_session *session, struct place place);

/* Sentence `number` of all, from 0. Returns false when it is not there, not chosen or silent. */
bool wsp_place_find(const struct wsp_session *session, size_t number, struct place *place);

/* Say where it happened. */
void wsp_place_error(const struct wsp_session *session, struct place place, struct wsp_error *err);

/* Does the next call return at once? (Fills the pool, so that it will.) */
enum wsp_status wsp_feed_look(struct feed *feed, bool *ready, struct wsp_error *err);

/* Go on at another place. */
void wsp_feed_go_to(struct feed *feed, struct place place);

/* The next take in order, with its place; *take is NULL at the end. It is the pool's until
 * wsp_pool_drop(). */
enum wsp_status wsp_feed_next(struct feed *feed, struct wsp_take **take, struct place *place,
                              struct wsp_error *err);

/* ---- run.c ---- */

/* What a run does next. */
enum run_stage {
    RUN_LEAD_IN,
    RUN_SPEECH,
    RUN_LEAD_OUT,
    RUN_DONE,
};

struct run {
    struct wsp_session *session;
    const struct wsp_session_watch *watch;
    struct wsp_session_report *report;
    struct wsp_programme programme;
    struct wsp_error first_failure; /* WSP_OK: none */
    bool measures;                  /* nobody hears it: how long is it? */
    bool lives;                     /* loudspeakers go on, whatever cannot be spoken */
    enum run_stage stage;
    int pass; /* how often all has been said */
    struct feed feed;
    size_t total, done;
    float *closing; /* the chime behind the message, once it is loaded */
    size_t n_closing;
    double total_ms, done_ms; /* estimates */
};

/* Speak all of it, as often as it is wanted, with what stands before and behind it, into
 * run->programme. */
enum wsp_status wsp_run_speak(struct run *run, struct wsp_error *err);

/* The same in steps, of which each adds a sentence, or what stands before or behind the message,
 * and waits for it, until the stage is RUN_DONE; *place is the sentence. Then end it. */
void wsp_run_begin(struct run *run);
enum wsp_status wsp_run_step(struct run *run, struct place *place, struct wsp_error *err);
void wsp_run_end(struct run *run);

/* Has anything been said? Returns WSP_OK or WSP_DATA. */
enum wsp_status wsp_run_judge(const struct run *run, struct wsp_error *err);

void wsp_run_weigh(struct run *run); /* how much there is to say: total, total_ms */

/* The title of the messages, where none is given. */
void wsp_session_find_title(const struct wsp_session *session, struct wsp_metadata *metadata);

/* ---- fit.c ---- */

/* Choose rate and pauses so that all of it lasts as long as is asked. Returns WSP_OK, WSP_DATA (it
 * cannot), or what speaking says. */
enum wsp_status wsp_session_fit(struct wsp_session *session, struct wsp_error *err);

#endif
