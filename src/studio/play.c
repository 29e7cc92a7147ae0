#include "studio/play.h"

#include "audio/leveller.h"
#include "base/text.h"
#include "studio/course.h"
#include "studio/inside.h"
#include "studio/reel.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

enum {
    AHEAD_S = 12,     /* so much is made before it is needed, ... */
    AHEAD_MAX_S = 60, /* ... and so many sentences, unless they are this long */
    AHEAD_SENTENCES = 4,
    BEHIND_S = 20,  /* so much is kept behind */
    TICK_MS = 20,   /* how often it is looked what sounds */
    STILL_MS = 200, /* the same while nothing does */
    FDS_MAX = 64,
    NS_A_SECOND = 1000000000,
    RATE_MIN = 80,
    RATE_MAX = 450,
};

static const double rate_step = 1.1, volume_step_db = 3, volume_min_db = -40;
static const double end_heard_s = 0.03; /* so near to its end a sentence counts as heard */

#define NOWHERE UINT64_MAX

/* What an entry of the timeline is. */
struct cue {
    struct place place;
    int pass;
    uint64_t made_from; /* where on the reel the stretch begins that is made in one go with it */
};

struct wsp_play {
    struct wsp_session *session;
    const struct wsp_play_settings *settings;
    const struct wsp_session_watch *watch;

    /* what is made */
    struct run run;
    struct wsp_session_report *report;
    struct wsp_leveller *leveller; /* NULL: not levelled */
    struct wsp_reel reel;
    struct cue *cues; /* of the timeline's entries */
    size_t n_cues, cap_cues;
    size_t first_entry; /* what follows it on the reel follows it in the message, ... */
    uint64_t made_from; /* ... and what is behind this place */

    /* what is given to the loudspeakers */
    struct wsp_speakers *speakers;
    struct wsp_course course;
    uint64_t read_at; /* place on the reel to be given next */
    uint64_t turn_at; /* reading turns there (NOWHERE: it does not), ... */
    uint64_t turn_to; /* ... to here; or ends, when finishing */
    bool finishing, stopped, cut_off, ended, paused, lost;
    bool aims;      /* a jump was made and is not heard yet: */
    struct cue aim; /* where to */
    double volume_db;

    /* what is heard */
    ptrdiff_t entry; /* of the timeline; -1: before the first */
    uint64_t place;
    size_t n_jumps; /* made so far */
    size_t n_jumps_heard;
    double left_behind_ms; /* estimate of what comes after the entry, at the voice's own rate */
    double total_ms;
    struct wsp_metadata metadata; /* the title */
};

/* ---- what guests are told --------------------------------------------------------------- */

static void tell(struct wsp_play *play, const struct wsp_play_event *event)
{
    for (size_t i = 0; i < play->settings->n_guests; i++)
        if (play->settings->guests[i].event)
            play->settings->guests[i].event(play->settings->guests[i].context, play, event);
}

static void tell_kind(struct wsp_play *play, enum wsp_play_event_kind kind)
{
    tell(play, &(struct wsp_play_event){.kind = kind});
}

static void tell_sentence(struct wsp_play *play, enum wsp_play_event_kind kind, bool complete)
{
    struct place place = play->cues[play->entry].place;
    tell(play, &(struct wsp_play_event){.kind = kind,
                                        .message = place.message,
                                        .sentence = place.sentence,
                                        .number = place.number + 1,
                                        .complete = complete});
}

static void on_lost(void *context, const char *device, const struct wsp_error *why)
{
    tell(context, &(struct wsp_play_event){.kind = WSP_PLAY_LOST, .device = device, .why = why});
}

static void on_back(void *context, const char *device)
{
    tell(context, &(struct wsp_play_event){.kind = WSP_PLAY_BACK, .device = device});
}

/* ---- what is made ----------------------------------------------------------------------- */

static enum wsp_status keep(void *context, const float *frames, size_t n, struct wsp_error *err)
{
    struct wsp_play *play = context;
    return wsp_reel_add(&play->reel, frames, n) ? wsp_fail_nomem(err) : WSP_OK;
}

static enum wsp_status hear_sound(void *context, const float *frames, size_t n, uint32_t rate_hz,
                                  struct wsp_error *err)
{
    struct wsp_play *play = context;
    return play->leveller ? wsp_leveller_sound(play->leveller, frames, n, rate_hz, err)
                          : keep(play, frames, n, err);
}

static enum wsp_status hear_silence(void *context, uint64_t n, struct wsp_error *err)
{
    struct wsp_play *play = context;
    return play->leveller ? wsp_leveller_silence(play->leveller, n, err)
                          : keep(play, NULL, (size_t)n, err);
}

static enum wsp_status open_leveller(struct wsp_play *play, struct wsp_error *err)
{
    const struct wsp_session *session = play->session;
    struct wsp_leveller_settings settings = {
        .rate_hz = session->format.rate_hz,
        .loudness_lufs = session->profile.loudness_lufs + session->settings.volume_db,
        .true_peak_dbtp = session->profile.true_peak_dbtp,
        .receiver = {.context = play, .receive = keep},
    };
    if (!session->profile.levelled)
        return WSP_OK;
    return wsp_leveller_open(&play->leveller, &settings) ? wsp_fail_nomem(err) : WSP_OK;
}

static uint64_t frames_of(const struct wsp_play *play, double seconds)
{
    return (uint64_t)(seconds * play->session->format.rate_hz);
}

static const struct wsp_timeline_entry *entry_at(const struct wsp_play *play, size_t i)
{
    return &play->report->timeline.entries[i];
}

/* The entry that sounds at a place of the reel, or has sounded last before it; -1: none. */
static ptrdiff_t find_entry(const struct wsp_play *play, uint64_t place)
{
    size_t low = 0, high = play->n_cues;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entry_at(play, middle)->begin <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return (ptrdiff_t)low - 1;
}

/* Is the place in the silence before the first sentence of a stretch? The one before it in the
 * message is elsewhere on the reel then. */
static bool is_before_stretch(const struct wsp_play *play, ptrdiff_t entry, uint64_t place)
{
    size_t next = (size_t)(entry + 1);
    uint64_t made_from = next < play->n_cues ? play->cues[next].made_from : play->made_from;
    return made_from > 0 && place >= made_from &&
           (entry < 0 || entry_at(play, (size_t)entry)->begin < made_from);
}

static bool is_enough(const struct wsp_play *play)
{
    if (play->finishing || play->run.stage == RUN_DONE)
        return true;
    uint64_t from = play->turn_at == NOWHERE ? play->read_at : play->turn_to;
    uint64_t ahead = wsp_reel_end(&play->reel) - from;
    size_t n = play->n_cues - (size_t)(find_entry(play, from) + 1);
    return ahead > frames_of(play, AHEAD_MAX_S) ||
           (ahead > frames_of(play, AHEAD_S) && n >= AHEAD_SENTENCES);
}

/* Keep the last sentences, and what sounds. */
static void forget(struct wsp_play *play)
{
    uint64_t from = play->read_at;
    if (play->entry < 0 || from < frames_of(play, BEHIND_S))
        return;
    from -= frames_of(play, BEHIND_S);
    uint64_t sounding = entry_at(play, (size_t)play->entry)->begin;
    wsp_reel_forget(&play->reel, from < sounding ? from : sounding);
}

static enum wsp_status make_one(struct wsp_play *play, bool *made, struct wsp_error *err)
{
    struct place place;
    bool ready = true;
    enum wsp_status st = WSP_OK;
    if (play->run.stage == RUN_SPEECH)
        st = wsp_feed_look(&play->run.feed, &ready, err);
    *made = ready;
    if (st || !ready)
        return st;
    int pass = play->run.pass;
    st = wsp_run_step(&play->run, &place, err);
    while (!st && play->n_cues < play->report->timeline.n_entries) {
        if (wsp_grow(&play->cues, &play->cap_cues, play->n_cues, sizeof *play->cues))
            return wsp_fail_nomem(err);
        play->cues[play->n_cues++] =
            (struct cue){.place = place, .pass = pass, .made_from = play->made_from};
    }
    forget(play);
    return st;
}

/* Make the message from another place on; it will be at `turn_to`. */
static void make_from(struct wsp_play *play, struct cue cue, enum run_stage stage)
{
    wsp_feed_go_to(&play->run.feed, cue.place);
    play->run.pass = cue.pass;
    play->run.stage = stage;
    play->first_entry = play->n_cues;
    play->made_from = play->turn_to = wsp_reel_end(&play->reel);
}

/* ---- what is given ---------------------------------------------------------------------- */

static void jump(struct wsp_play *play, uint64_t dropped, uint64_t to)
{
    wsp_course_jump(&play->course, wsp_speakers_written(play->speakers), dropped, to);
    play->read_at = to;
    play->turn_at = NOWHERE;
    play->n_jumps++;
}

static void give(struct wsp_play *play)
{
    while (wsp_speakers_are_there(play->speakers)) {
        size_t n;
        if (play->read_at == play->turn_at && play->finishing)
            return;
        if (play->read_at == play->turn_at)
            jump(play, wsp_speakers_written(play->speakers), play->turn_to);
        const float *frames = wsp_reel_at(&play->reel, play->read_at, &n);
        if (play->turn_at != NOWHERE && play->turn_at - play->read_at < n)
            n = (size_t)(play->turn_at - play->read_at);
        size_t taken = n > 0 ? wsp_speakers_write(play->speakers, frames, n) : 0;
        play->read_at += taken;
        if (taken < n || n == 0)
            return;
    }
}

/* All is given: the end is near. */
static void end(struct wsp_play *play)
{
    bool all = play->run.stage == RUN_DONE && play->turn_at == NOWHERE &&
               play->read_at == wsp_reel_end(&play->reel);
    bool done = (play->finishing ? play->read_at == play->turn_at : all) &&
                wsp_speakers_are_there(play->speakers);
    if (done && !play->ended)
        wsp_speakers_end(play->speakers);
    play->ended = done;
}

/* ---- steering --------------------------------------------------------------------------- */

static uint64_t heard_place(const struct wsp_play *play)
{
    return wsp_course_place(&play->course, wsp_speakers_heard(play->speakers));
}

/* The sentence that sounds, or that a jump goes to. Returns false before the first. */
static bool current(const struct wsp_play *play, struct cue *cue)
{
    if (play->aims)
        *cue = play->aim;
    else if (play->entry >= 0)
        *cue = play->cues[play->entry];
    return play->aims || play->entry >= 0;
}

/* It is on the reel, and so is what follows it. */
static ptrdiff_t find_cue(const struct wsp_play *play, struct cue cue)
{
    for (size_t i = play->n_cues; i-- > play->first_entry;)
        if (play->cues[i].place.number == cue.place.number && play->cues[i].pass == cue.pass &&
            entry_at(play, i)->begin >= play->reel.begin)
            return (ptrdiff_t)i;
    return -1;
}

/* Go to a sentence at once; in stage RUN_LEAD_OUT: to what comes behind them all. */
static void go_to(struct wsp_play *play, struct cue cue, enum run_stage stage)
{
    ptrdiff_t entry = stage == RUN_SPEECH ? find_cue(play, cue) : -1;
    uint64_t heard = wsp_speakers_heard(play->speakers);
    play->finishing = play->ended = false;
    play->aims = true;
    play->aim = cue;
    wsp_speakers_cut(play->speakers, 0);
    if (entry >= 0) {
        jump(play, heard, entry_at(play, (size_t)entry)->begin);
        return;
    }
    wsp_programme_gap(&play->run.programme, 0);
    make_from(play, cue, stage);
    jump(play, heard, play->turn_to);
}

static bool go_on_to(struct wsp_play *play,
                     bool (*step)(const struct wsp_session *, struct place *))
{
    struct cue cue = {0};
    if (!current(play, &cue)) { /* in what stands before the message */
        if (!wsp_place_settle(play->session, &cue.place))
            return false;
        go_to(play, cue, RUN_SPEECH);
        return true;
    }
    if (step(play->session, &cue.place)) {
        go_to(play, cue, RUN_SPEECH);
        return true;
    }
    if (step == wsp_place_previous) { /* the first one again */
        go_to(play, cue, RUN_SPEECH);
        return true;
    }
    if (cue.pass + 1 < play->session->settings.repeat) {
        cue = (struct cue){.pass = cue.pass + 1};
        go_to(play, cue, RUN_SPEECH);
        return true;
    }
    go_to(play, cue, RUN_LEAD_OUT);
    return true;
}

static bool go_to_heading(struct wsp_play *play,
                          bool (*step)(const struct wsp_session *, struct place *))
{
    struct cue cue = {0};
    (void)current(play, &cue);
    do {
        if (!step(play->session, &cue.place))
            return false;
    } while (!wsp_place_is_heading(play->session, cue.place));
    go_to(play, cue, RUN_SPEECH);
    return true;
}

/* Reading turns at `place`; what was given beyond it is cut. */
static void turn_at(struct wsp_play *play, uint64_t place)
{
    uint64_t written = wsp_speakers_written(play->speakers), from;
    play->turn_at = place;
    play->ended = false; /* if it was: what follows is told anew */
    if (!wsp_course_position(&play->course, written, place, &from))
        return;
    if (from < written) {
        wsp_speakers_cut(play->speakers, from);
        wsp_course_jump(&play->course, written, from, place);
    }
    play->read_at = place;
}

/* The entry of the sentence that sounds, or that a jump goes to; -1: none, or not made yet. */
static ptrdiff_t current_entry(const struct wsp_play *play)
{
    return play->aims ? find_cue(play, play->aim) : play->entry;
}

static bool finish(struct wsp_play *play)
{
    ptrdiff_t entry = current_entry(play);
    if (play->paused || entry < 0) {
        play->stopped = true;
        return true;
    }
    play->finishing = true;
    turn_at(play, entry_at(play, (size_t)entry)->end);
    return true;
}

/* What comes behind a sentence, and the silence between. */
static enum run_stage step_behind(struct wsp_play *play, struct cue *cue)
{
    wsp_programme_gap(&play->run.programme, 0);
    wsp_programme_part(&play->run.programme, wsp_place_pause_ms(play->session, cue->place));
    if (wsp_place_next(play->session, &cue->place))
        return RUN_SPEECH;
    *cue = (struct cue){.pass = cue->pass + 1};
    if (cue->pass >= play->session->settings.repeat)
        return RUN_LEAD_OUT;
    wsp_programme_gap(&play->run.programme, (uint32_t)(play->session->settings.gap_s * 1000));
    return RUN_SPEECH;
}

/* The sentence behind the current one, and all that follow, are made anew. */
static bool change_rate(struct wsp_play *play, double rate_wpm)
{
    struct cue cue = {0};
    if (rate_wpm < RATE_MIN || rate_wpm > RATE_MAX ||
        wsp_session_open_pool(play->session, rate_wpm, NULL))
        return false;
    play->run.feed.n_given = play->run.feed.n_stale = 0;
    bool any = current(play, &cue);
    ptrdiff_t entry = current_entry(play);
    if (play->finishing)
        return true;
    if (entry >= 0) {
        enum run_stage stage = step_behind(play, &cue);
        make_from(play, cue, stage);
        turn_at(play, entry_at(play, (size_t)entry)->end);
        return true;
    }
    bool begun = play->run.stage != RUN_LEAD_IN;
    make_from(play, cue, begun ? RUN_SPEECH : RUN_LEAD_IN);
    if (!any && play->n_cues > 0) { /* the first is not heard yet */
        wsp_programme_gap(&play->run.programme, 0);
        turn_at(play, entry_at(play, 0)->begin);
    }
    return true;
}

static bool set_volume(struct wsp_play *play, double volume_db)
{
    if (volume_db > 0 || volume_db < volume_min_db)
        return false;
    play->volume_db = volume_db;
    wsp_speakers_set_gain(play->speakers, pow(10, volume_db / 20));
    return true;
}

static bool pause_it(struct wsp_play *play, bool paused)
{
    if (play->paused == paused)
        return false;
    play->paused = paused;
    wsp_speakers_pause(play->speakers, paused);
    return true;
}

static bool steer(struct wsp_play *play, enum wsp_play_command command, double value)
{
    struct cue cue = {0};
    bool any = current(play, &cue);
    switch (command) {
    case WSP_PLAY_TOGGLE:
        return pause_it(play, !play->paused);
    case WSP_PLAY_PAUSE:
        return pause_it(play, true);
    case WSP_PLAY_RESUME:
        return pause_it(play, false);
    case WSP_PLAY_NEXT:
        return go_on_to(play, wsp_place_next);
    case WSP_PLAY_PREVIOUS:
        return go_on_to(play, wsp_place_previous);
    case WSP_PLAY_NEXT_HEADING:
        return go_to_heading(play, wsp_place_next);
    case WSP_PLAY_PREVIOUS_HEADING:
        return go_to_heading(play, wsp_place_previous);
    case WSP_PLAY_REPEAT:
        if (any)
            go_to(play, cue, RUN_SPEECH);
        return any;
    case WSP_PLAY_GO:
        if (value < 1 || !wsp_place_find(play->session, (size_t)value - 1, &cue.place))
            return false;
        go_to(play, cue, RUN_SPEECH);
        return true;
    case WSP_PLAY_RATE:
        return change_rate(play, value);
    case WSP_PLAY_VOLUME:
        return set_volume(play, value);
    case WSP_PLAY_FINISH:
        return finish(play);
    case WSP_PLAY_STOP:
        wsp_speakers_close(play->speakers); /* at once */
        play->speakers = play->session->speakers = NULL;
        play->stopped = play->cut_off = true;
        return true;
    }
    return false;
}

bool wsp_play_do(struct wsp_play *play, enum wsp_play_command command, double value)
{
    if (play->stopped || !steer(play, command, value))
        return false;
    if (!play->stopped)
        tell_kind(play, WSP_PLAY_CHANGED);
    return true;
}

bool wsp_play_change_rate(struct wsp_play *play, int steps)
{
    return wsp_play_do(play, WSP_PLAY_RATE, play->session->rate_wpm * pow(rate_step, steps));
}

bool wsp_play_change_volume(struct wsp_play *play, int steps)
{
    return wsp_play_do(play, WSP_PLAY_VOLUME, play->volume_db + volume_step_db * steps);
}

/* ---- what is heard ---------------------------------------------------------------------- */

static double estimate_behind(const struct wsp_play *play, struct cue cue)
{
    double ms = (play->session->settings.repeat - cue.pass - 1) * play->total_ms;
    while (wsp_place_next(play->session, &cue.place)) {
        const struct wsp_script *script = &play->session->messages[cue.place.message]->script;
        ms += script->sentences[cue.place.sentence].estimate_ms;
    }
    return ms;
}

static void begin_entry(struct wsp_play *play, ptrdiff_t entry)
{
    play->entry = entry;
    if (entry < 0)
        return;
    play->left_behind_ms = estimate_behind(play, play->cues[entry]);
    tell_sentence(play, WSP_PLAY_BEGAN, false);
}

static void end_entry(struct wsp_play *play, bool complete)
{
    if (play->entry >= 0)
        tell_sentence(play, WSP_PLAY_ENDED, complete);
}

static bool is_heard_out(const struct wsp_play *play, uint64_t place)
{
    return play->entry < 0 ||
           place + frames_of(play, end_heard_s) >= entry_at(play, (size_t)play->entry)->end;
}

static void follow(struct wsp_play *play)
{
    if (play->stopped || (!wsp_speakers_are_there(play->speakers) && play->lost))
        return;
    bool straight = wsp_course_is_straight(&play->course, wsp_speakers_heard(play->speakers));
    uint64_t place = heard_place(play);
    bool jumped = straight && play->n_jumps_heard != play->n_jumps;
    ptrdiff_t entry = find_entry(play, place);
    if (place >= wsp_reel_end(&play->reel) || (place <= play->place && !jumped))
        return; /* not made yet, or no further: what a device holds is known to some ms */
    if (is_before_stretch(play, entry, place))
        entry = play->entry;
    if (jumped)
        play->aims = false;
    if (entry != play->entry || (jumped && entry >= 0 && place < play->place)) {
        bool next = entry == play->entry + 1 && !jumped;
        end_entry(play, next || is_heard_out(play, play->place));
        begin_entry(play, entry);
    }
    if (straight)
        play->n_jumps_heard = play->n_jumps;
    play->place = place;
}

/* The last loudspeaker has gone: what it held is lost, so the sentence is said again. */
static void hold_place(struct wsp_play *play)
{
    uint64_t written = wsp_speakers_written(play->speakers);
    uint64_t place = heard_place(play), to = place;
    follow(play);
    play->lost = true;
    play->ended = false;
    bool unheard =
        play->aims && !wsp_course_is_straight(&play->course, wsp_speakers_heard(play->speakers));
    ptrdiff_t entry = play->entry;
    if (entry >= 0 && !is_heard_out(play, place)) {
        end_entry(play, false);
        to = entry_at(play, (size_t)entry)->begin;
        play->entry = -1; /* it begins anew */
    }
    ptrdiff_t aimed = unheard ? find_cue(play, play->aim) : -1;
    if (unheard) /* made, or still to be made there */
        to = aimed >= 0 ? entry_at(play, (size_t)aimed)->begin : play->read_at;
    else if (entry >= 0)
        play->aim = play->cues[entry];
    play->aims = unheard || entry >= 0;
    uint64_t turn = play->turn_at;
    if (play->finishing && turn == NOWHERE && entry >= 0)
        turn = entry_at(play, (size_t)entry)->end;
    play->place = play->read_at = to;
    play->turn_at = turn;
    wsp_course_jump(&play->course, written, wsp_speakers_heard(play->speakers), to);
    play->n_jumps++;
}

/* ---- looking on ------------------------------------------------------------------------- */

static uint32_t word_at(const struct wsp_play *play, uint64_t in_entry)
{
    const struct wsp_timeline *timeline = &play->report->timeline;
    const struct wsp_timeline_entry *entry = entry_at(play, (size_t)play->entry);
    uint32_t word = WSP_PLAY_NO_WORD;
    for (size_t i = entry->first_word; i < entry->first_word + entry->n_words; i++)
        if (timeline->words[i].begin <= in_entry)
            word = timeline->words[i].word;
    return word;
}

void wsp_play_look(const struct wsp_play *play, struct wsp_play_state *state)
{
    const struct wsp_session *session = play->session;
    double rate_hz = session->format.rate_hz;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *state = (struct wsp_play_state){
        .waiting = play->settings->start_ns / NS_A_SECOND > now.tv_sec,
        .paused = play->paused,
        .lost = play->lost,
        .finishing = play->finishing,
        .total = wsp_session_n_sentences(session),
        .word = WSP_PLAY_NO_WORD,
        .rate_wpm = session->rate_wpm,
        .volume_db = play->volume_db,
        .underruns =
            play->speakers ? wsp_speakers_underruns(play->speakers) : play->report->underruns,
        .left_s = play->run.total_ms / 1000 * session->voice.rate_wpm / session->rate_wpm,
    };
    struct cue cue;
    if (!current(play, &cue))
        return;
    state->message = cue.place.message;
    state->sentence = cue.place.sentence;
    state->number = cue.place.number + 1;
    double pace = session->voice.rate_wpm / session->rate_wpm / 1000;
    if (play->entry < 0 || play->cues[play->entry].place.number != cue.place.number) {
        state->left_s = estimate_behind(play, cue) * pace; /* a jump goes there */
        return;
    }
    const struct wsp_timeline_entry *entry = entry_at(play, (size_t)play->entry);
    uint64_t in_entry = play->place > entry->begin ? play->place - entry->begin : 0;
    uint64_t length = entry->end - entry->begin;
    state->word = in_entry < length ? word_at(play, in_entry) : WSP_PLAY_NO_WORD;
    state->position_s = (double)(in_entry < length ? in_entry : length) / rate_hz;
    state->left_s = play->left_behind_ms * pace;
    if (in_entry < length)
        state->left_s += (double)(length - in_entry) / rate_hz;
}

const struct wsp_session *wsp_play_session(const struct wsp_play *play)
{
    return play->session;
}

const char *wsp_play_title(const struct wsp_play *play)
{
    return play->metadata.title;
}

double wsp_play_own_rate(const struct wsp_play *play)
{
    return play->session->voice.rate_wpm;
}

bool wsp_play_has_begun(const struct wsp_play *play)
{
    return play->entry >= 0;
}

bool wsp_play_next_sentence(const struct wsp_play *play, size_t *message, size_t *sentence)
{
    struct place place = {0};
    for (size_t i = 0; i < *message; i++)
        place.number += play->session->messages[i]->script.n_sentences;
    place = (struct place){*message, *sentence, place.number + *sentence};
    if (!wsp_place_next(play->session, &place))
        return false;
    *message = place.message;
    *sentence = place.sentence;
    return true;
}

size_t wsp_play_n_devices(const struct wsp_play *play)
{
    return play->speakers ? wsp_speakers_n(play->speakers) : 0;
}

const char *wsp_play_device(const struct wsp_play *play, size_t i)
{
    return wsp_speakers_name(play->speakers, i);
}

bool wsp_play_sounds(const struct wsp_play *play, size_t i)
{
    return wsp_speakers_sounds(play->speakers, i);
}

/* ---- all at once ------------------------------------------------------------------------ */

static int sooner(int a, int b)
{
    return a < 0 ? b : b < 0 || a < b ? a : b;
}

/* Wait for whatever comes first, and give the guests their turn. */
static void wait_for_all(struct wsp_play *play)
{
    struct pollfd fds[FDS_MAX];
    size_t n = 0, counts[WSP_PLAY_GUESTS_MAX] = {0};
    int timeout_ms;
    n += wsp_speakers_poll(play->speakers, fds, &timeout_ms);
    timeout_ms = sooner(timeout_ms, play->paused || play->lost ? STILL_MS : TICK_MS);
    fds[n++] =
        (struct pollfd){.fd = wsp_cancel_fd(play->session->settings.cancel), .events = POLLIN};
    if (!is_enough(play))
        fds[n++] = (struct pollfd){.fd = wsp_pool_fd(play->session->pool), .events = POLLIN};
    size_t first = n;
    for (size_t i = 0; i < play->settings->n_guests; i++) {
        const struct wsp_play_guest *guest = &play->settings->guests[i];
        int wish = -1;
        if (guest->poll)
            counts[i] = guest->poll(guest->context, fds + n, FDS_MAX - n, &wish);
        timeout_ms = sooner(timeout_ms, wish);
        n += counts[i];
    }
    poll(fds, (nfds_t)n, timeout_ms);
    follow(play);
    for (size_t i = 0; i < play->settings->n_guests && !play->stopped; i++) {
        const struct wsp_play_guest *guest = &play->settings->guests[i];
        if (guest->serve)
            guest->serve(guest->context, play, fds + first, counts[i]);
        first += counts[i];
    }
}

static enum wsp_status make_and_give(struct wsp_play *play, struct wsp_error *err)
{
    bool made = true;
    give(play);
    while (made && !is_enough(play)) {
        enum wsp_status st = make_one(play, &made, err);
        if (st)
            return st;
        give(play);
    }
    end(play);
    return WSP_OK;
}

static enum wsp_status serve_speakers(struct wsp_play *play, struct wsp_error *err)
{
    enum wsp_status st = wsp_speakers_serve(play->speakers, err);
    bool there = wsp_speakers_are_there(play->speakers);
    if (!st && !there && !play->lost)
        hold_place(play);
    play->lost = !there;
    return st;
}

static enum wsp_status play_all(struct wsp_play *play, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    while (!st && !play->stopped) {
        st = serve_speakers(play, err);
        if (!st)
            st = make_and_give(play, err);
        if (!st && play->ended && wsp_speakers_have_finished(play->speakers))
            break;
        if (!st)
            wait_for_all(play);
        if (!st && wsp_cancelled(play->session->settings.cancel))
            st = wsp_fail_cancelled(err);
    }
    return !st && play->cut_off ? wsp_fail_cancelled(err) : st;
}

static void begin(struct wsp_play *play)
{
    struct wsp_session *session = play->session;
    struct wsp_speakers_watch watch = {.context = play, .lost = on_lost, .back = on_back};
    wsp_timeline_init(&play->report->timeline, session->format.rate_hz);
    wsp_programme_init(
        &play->run.programme, &play->report->timeline,
        (struct wsp_listener){
            .context = play, .sound = hear_sound, .silence = hear_silence, .ready = keep},
        session->profile.levelled ? 0 : session->settings.volume_db, true);
    play->run.programme.stretch = session->stretch;
    wsp_run_begin(&play->run);
    wsp_run_weigh(&play->run);
    play->total_ms = play->run.total_ms / session->settings.repeat;
    wsp_session_find_title(session, &play->metadata);
    wsp_course_jump(&play->course, 0, 0, 0);
    wsp_speakers_watch(play->speakers, &watch);
    if (play->settings->start_ns)
        wsp_speakers_start_at(play->speakers, play->settings->start_ns);
}

/* What sounded last, and how. */
static void conclude(struct wsp_play *play, enum wsp_status st)
{
    bool whole = !st && !play->stopped;
    if (play->speakers) {
        if (whole)
            follow(play);
        play->report->underruns = wsp_speakers_underruns(play->speakers);
        wsp_speakers_close(play->speakers);
        play->speakers = play->session->speakers = NULL;
    }
    end_entry(play, whole || is_heard_out(play, play->place));
    if (whole)
        tell_kind(play, WSP_PLAY_FINISHED);
    wsp_run_end(&play->run);
    wsp_leveller_close(play->leveller);
    wsp_reel_release(&play->reel);
    free(play->cues);
}

enum wsp_status wsp_session_play(struct wsp_session *session,
                                 const struct wsp_play_settings *settings,
                                 const struct wsp_session_watch *watch,
                                 struct wsp_session_report *report, struct wsp_error *err)
{
    struct wsp_play play = {
        .session = session,
        .settings = settings,
        .run = {.session = session, .watch = watch, .report = report, .lives = true},
        .report = report,
        .speakers = session->speakers,
        .turn_at = NOWHERE,
        .entry = -1,
        .metadata = session->settings.metadata,
    };
    *report = (struct wsp_session_report){0};
    enum wsp_status st = session->settings.duration_s > 0 ? wsp_session_fit(session, err) : WSP_OK;
    begin(&play);
    if (!st && play.run.total_ms <= 0)
        st = wsp_fail(err, WSP_DATA, _("there is nothing to say in it; check the text"));
    if (!st)
        st = open_leveller(&play, err);
    if (!st)
        st = play_all(&play, err);
    conclude(&play, st);
    if (!st && report->timeline.n_entries == 0 && play.run.first_failure.status == WSP_OK)
        st = wsp_fail(err, WSP_DATA, _("there is nothing to say in it; check the text"));
    if (!st && play.run.first_failure.status) {
        st = play.run.first_failure.status;
        if (err)
            *err = play.run.first_failure;
    }
    return st;
}
