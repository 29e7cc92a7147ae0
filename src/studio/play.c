#include "studio/play.h"

#include "base/text.h"
#include "studio/playing.h"

#include <math.h>
#include <time.h>

enum {
    AHEAD_S = 12,     /* so much is made before it is needed, ... */
    AHEAD_MAX_S = 60, /* ... and so many sentences, unless they are this long */
    AHEAD_SENTENCES = 4,
    BEHIND_S = 20,  /* so much is kept behind */
    TICK_MS = 20,   /* how often it is looked what sounds */
    STILL_MS = 200, /* the same while nothing does */
    FDS_MAX = 64,
    MS_A_SECOND = 1000,
    NS_A_SECOND = 1000000000,
};

static const double end_heard_s = 0.03; /* so near to its end a sentence counts as heard */

/* ---- what guests are told --------------------------------------------------------------- */

static void tell(struct wsp_play *play, const struct wsp_play_event *event)
{
    for (size_t i = 0; i < play->settings->n_guests; i++)
        if (play->settings->guests[i].event)
            play->settings->guests[i].event(play->settings->guests[i].context, play, event);
}

void wsp_playing_tell(struct wsp_play *play, enum wsp_play_event_kind kind)
{
    tell(play, &(struct wsp_play_event){.kind = kind});
}

static void tell_sentence(struct wsp_play *play, struct wsp_play_event event)
{
    struct place place = play->maker.cues[play->entry].place;
    event.message = place.message;
    event.sentence = place.sentence;
    event.number = place.number + 1;
    tell(play, &event);
}

static void on_back(void *context, const char *device)
{
    tell(context, &(struct wsp_play_event){.kind = WSP_PLAY_BACK, .device = device});
}

/* ---- what is made ----------------------------------------------------------------------- */

static bool is_enough(const struct wsp_play *play)
{
    if (play->finishing || play->maker.run.stage == RUN_DONE)
        return true;
    uint64_t from = play->turn_at == WSP_NOWHERE ? play->read_at : play->turn_to;
    uint64_t ahead = wsp_reel_end(&play->maker.reel) - from;
    size_t n = play->maker.n_cues - (size_t)(wsp_maker_entry_at(&play->maker, from) + 1);
    return ahead > wsp_maker_frames(&play->maker, AHEAD_MAX_S) ||
           (ahead > wsp_maker_frames(&play->maker, AHEAD_S) && n >= AHEAD_SENTENCES);
}

/* Keep the last sentences, and what sounds. */
static void forget(struct wsp_play *play)
{
    uint64_t from = play->read_at;
    if (play->entry < 0 || from < wsp_maker_frames(&play->maker, BEHIND_S))
        return;
    from -= wsp_maker_frames(&play->maker, BEHIND_S);
    uint64_t sounding = wsp_maker_entry(&play->maker, (size_t)play->entry)->begin;
    wsp_reel_forget(&play->maker.reel, from < sounding ? from : sounding);
}

/* ---- what is given ---------------------------------------------------------------------- */

static void give(struct wsp_play *play)
{
    while (wsp_speakers_are_there(play->speakers)) {
        size_t n;
        if (play->read_at == play->turn_at && play->finishing)
            return;
        if (play->read_at == play->turn_at)
            wsp_playing_jump(play, wsp_speakers_written(play->speakers), play->turn_to);
        const float *frames = wsp_reel_at(&play->maker.reel, play->read_at, &n);
        if (play->turn_at != WSP_NOWHERE && play->turn_at - play->read_at < n)
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
    bool all = play->maker.run.stage == RUN_DONE && play->turn_at == WSP_NOWHERE &&
               play->read_at == wsp_reel_end(&play->maker.reel);
    bool done = (play->finishing ? play->read_at == play->turn_at : all) &&
                wsp_speakers_are_there(play->speakers);
    if (done && !play->ended)
        wsp_speakers_end(play->speakers);
    play->ended = done;
}

/* ---- what is heard ---------------------------------------------------------------------- */

static void begin_entry(struct wsp_play *play, ptrdiff_t entry)
{
    play->entry = entry;
    play->end_told = false;
    if (entry < 0)
        return;
    wsp_heard_begin(&play->heard, play->speakers);
    tell_sentence(play, (struct wsp_play_event){.kind = WSP_PLAY_BEGAN});
}

static void end_entry(struct wsp_play *play, bool complete)
{
    const char *names[WSP_SPEAKERS_MAX];
    if (play->entry < 0 || play->end_told)
        return;
    play->end_told = true;
    size_t n = wsp_heard_end(&play->heard, &complete, names);
    tell_sentence(
        play, (struct wsp_play_event){
                  .kind = WSP_PLAY_ENDED, .complete = complete, .devices = names, .n_devices = n});
}

static bool is_heard_out(const struct wsp_play *play, uint64_t place)
{
    return play->entry < 0 || place + wsp_maker_frames(&play->maker, end_heard_s) >=
                                  wsp_maker_entry(&play->maker, (size_t)play->entry)->end;
}

void wsp_playing_leave(struct wsp_play *play)
{
    end_entry(play, is_heard_out(play, play->place));
    play->entry = -1;
}

static void follow(struct wsp_play *play)
{
    if (play->behind || play->stopped || (!wsp_speakers_are_there(play->speakers) && play->lost))
        return;
    uint64_t heard = wsp_speakers_heard(play->speakers);
    uint64_t place = wsp_course_place(&play->course, heard);
    bool straight = wsp_course_is_straight(&play->course, heard);
    bool jumped = straight && play->n_jumps_heard != play->n_jumps;
    ptrdiff_t entry = wsp_maker_entry_at(&play->maker, place);
    if (place >= wsp_reel_end(&play->maker.reel) || (place <= play->place && !jumped))
        return; /* not made yet, or no further: what a device holds is known to some ms */
    if (wsp_maker_is_before_stretch(&play->maker, entry, place))
        entry = play->entry;
    if (jumped)
        play->aims = false;
    if (entry != play->entry || (jumped && entry >= 0 && place < play->place)) {
        bool next = entry == play->entry + 1 && !jumped;
        end_entry(play, next || is_heard_out(play, play->place));
        begin_entry(play, entry);
    }
    if (entry >= 0 && place >= wsp_maker_entry(&play->maker, (size_t)entry)->end)
        end_entry(play, true); /* what follows is silence, or a chime */
    if (straight)
        play->n_jumps_heard = play->n_jumps;
    play->place = place;
}

/* `place`, or where a silence that it is in ends: nobody wants the rest of a pause when the
 * loudspeaker has been away. */
static uint64_t skip_silence(const struct wsp_play *play, uint64_t place)
{
    size_t n;
    if (place >= wsp_reel_end(&play->maker.reel))
        return place;
    const float *frames = wsp_reel_at(&play->maker.reel, place, &n);
    for (size_t i = 0; i < n && frames[i] == 0 && place != play->turn_at; i++)
        place++;
    return place;
}

/* Where there is something to be said, from `place` on; its sentence is not, if nearly all of it
 * was heard. */
static uint64_t skip_to_sound(const struct wsp_play *play, uint64_t place)
{
    if (play->entry >= 0 && is_heard_out(play, place)) {
        uint64_t end = wsp_maker_entry(&play->maker, (size_t)play->entry)->end;
        place = place > end ? place : end;
    }
    return skip_silence(play, place);
}

/* All is made, and from `place` on nothing of it would be heard. */
static bool is_all_said(const struct wsp_play *play, uint64_t place)
{
    uint64_t last = play->finishing ? play->turn_at : wsp_reel_end(&play->maker.reel);
    bool made = play->maker.run.stage == RUN_DONE && play->turn_at == WSP_NOWHERE;
    return (made || play->finishing) && !wsp_speakers_are_there(play->speakers) &&
           skip_to_sound(play, place) >= last;
}

static void on_lost(void *context, const char *device, const struct wsp_error *why,
                    bool others_are_done)
{
    struct wsp_play *play = context;
    follow(play);
    uint64_t place = wsp_course_place(&play->course, wsp_speakers_heard(play->speakers));
    if (!is_heard_out(play, place))
        wsp_heard_lose(&play->heard, device);
    play->said = is_all_said(play, place);
    tell(play, &(struct wsp_play_event){.kind = WSP_PLAY_LOST,
                                        .device = device,
                                        .why = why,
                                        .over = others_are_done || play->said});
}

/* The last loudspeaker has gone: what it held is lost, so the sentence is said again. */
static void hold_place(struct wsp_play *play)
{
    uint64_t heard = wsp_speakers_heard(play->speakers);
    uint64_t place = wsp_course_place(&play->course, heard), to = place;
    follow(play);
    bool straight = wsp_course_is_straight(&play->course, heard);
    bool unheard = play->aims && !straight;
    ptrdiff_t entry = play->entry;
    if (entry >= 0 && !is_heard_out(play, place)) {
        end_entry(play, false);
        to = wsp_maker_entry(&play->maker, (size_t)entry)->begin;
        play->entry = -1; /* it begins anew */
    } else if (entry >= 0) {
        to = skip_to_sound(play, place);
    }
    ptrdiff_t aimed = unheard && !play->behind ? wsp_maker_find(&play->maker, play->aim) : -1;
    if (unheard) /* made, or still to be made there */
        to = aimed >= 0 ? wsp_maker_entry(&play->maker, (size_t)aimed)->begin : play->read_at;
    else if (entry >= 0)
        play->aim = play->maker.cues[entry];
    play->aims = unheard || entry >= 0 || play->behind;
    uint64_t turn = play->turn_at;
    bool turned = !unheard && !straight; /* behind the sentence, and that was not heard */
    if ((play->finishing || turned) && turn == WSP_NOWHERE && entry >= 0)
        turn = wsp_maker_entry(&play->maker, (size_t)entry)->end;
    wsp_playing_jump(play, heard, to);
    play->place = to;
    play->turn_at = turn;
}

/* ---- looking on ------------------------------------------------------------------------- */

static uint32_t word_at(const struct wsp_play *play, uint64_t in_entry)
{
    const struct wsp_timeline *timeline = &play->maker.run.report->timeline;
    const struct wsp_timeline_entry *entry = wsp_maker_entry(&play->maker, (size_t)play->entry);
    uint32_t word = WSP_PLAY_NO_WORD;
    for (size_t i = entry->first_word; i < entry->first_word + entry->n_words; i++)
        if (timeline->words[i].begin <= in_entry)
            word = timeline->words[i].word;
    return word;
}

/* Gaps and the chime behind the message, with `passes` of it still to come. */
static double left_around_s(const struct wsp_play *play, int passes)
{
    const struct run *run = &play->maker.run;
    double gaps_s = passes > 0 ? passes * play->session->settings.gap_s : 0;
    return gaps_s + (double)run->n_closing / play->session->format.rate_hz;
}

static double estimate_behind(const struct wsp_play *play, struct cue cue)
{
    double ms = (play->session->settings.repeat - cue.pass - 1) * play->total_ms;
    while (wsp_place_next(play->session, &cue.place)) {
        const struct wsp_script *script = &play->session->messages[cue.place.message]->script;
        ms += script->sentences[cue.place.sentence].estimate_ms;
    }
    return ms;
}

static bool is_waiting(const struct wsp_play *play)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return play->settings->start_ns / NS_A_SECOND > now.tv_sec;
}

void wsp_play_look(const struct wsp_play *play, struct wsp_play_state *state)
{
    const struct wsp_session *session = play->session;
    double rate_hz = session->format.rate_hz;
    double pace = session->voice.rate_wpm / session->rate_wpm / MS_A_SECOND;
    *state = (struct wsp_play_state){
        .waiting = is_waiting(play),
        .paused = play->paused,
        .lost = play->lost,
        .finishing = play->finishing,
        .total = wsp_session_n_sentences(session),
        .word = WSP_PLAY_NO_WORD,
        .rate_wpm = session->rate_wpm,
        .volume_db = play->volume_db,
        .underruns = play->speakers ? wsp_speakers_underruns(play->speakers)
                                    : play->maker.run.report->underruns,
        .left_s =
            play->maker.run.total_ms * pace + left_around_s(play, session->settings.repeat - 1),
    };
    struct cue cue;
    if (!wsp_playing_current(play, &cue))
        return;
    state->message = cue.place.message;
    state->sentence = cue.place.sentence;
    state->number = cue.place.number + 1;
    state->left_s = estimate_behind(play, cue) * pace +
                    left_around_s(play, session->settings.repeat - cue.pass - 1);
    if (play->entry < 0 || play->maker.cues[play->entry].place.number != cue.place.number)
        return; /* a jump goes there */
    const struct wsp_timeline_entry *entry = wsp_maker_entry(&play->maker, (size_t)play->entry);
    uint64_t in_entry = play->place > entry->begin ? play->place - entry->begin : 0;
    uint64_t length = entry->end - entry->begin;
    state->word = in_entry < length ? word_at(play, in_entry) : WSP_PLAY_NO_WORD;
    state->position_s = (double)(in_entry < length ? in_entry : length) / rate_hz;
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

struct wsp_str wsp_play_text(const struct wsp_play *play, size_t message, size_t sentence)
{
    const struct wsp_message *it = play->session->messages[message];
    return wsp_document_text(&it->document, wsp_sentence_span(&it->script.sentences[sentence]));
}

bool wsp_play_next_text(const struct wsp_play *play, const struct wsp_play_state *state,
                        struct wsp_str *text)
{
    struct place place = {state->message, state->sentence, state->number - 1};
    if (state->number == 0 || !wsp_place_next(play->session, &place))
        return false;
    *text = wsp_play_text(play, place.message, place.sentence);
    return true;
}

bool wsp_play_sounds(const struct wsp_play *play)
{
    for (size_t i = 0; play->speakers && i < wsp_speakers_n(play->speakers); i++)
        if (wsp_speakers_sounds(play->speakers, i))
            return true;
    return false;
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
    bool still = play->paused || play->lost || is_waiting(play);
    timeout_ms = sooner(timeout_ms, still ? STILL_MS : TICK_MS);
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
        enum wsp_status st = wsp_maker_step(&play->maker, &made, err);
        if (st)
            return st;
        give(play);
    }
    forget(play);
    end(play);
    return WSP_OK;
}

static enum wsp_status serve_speakers(struct wsp_play *play, struct wsp_error *err)
{
    enum wsp_status st = wsp_speakers_serve(play->speakers, err);
    bool there = wsp_speakers_are_there(play->speakers);
    if (!st && !there && !play->lost && !play->said)
        hold_place(play);
    play->lost = !there;
    return st;
}

static enum wsp_status play_all(struct wsp_play *play, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    while (!st && !play->stopped) {
        st = serve_speakers(play, err);
        if (!st && play->said)
            break;
        if (!st)
            st = make_and_give(play, err);
        if (!st && play->ended && wsp_speakers_have_finished(play->speakers))
            break;
        if (!st)
            wait_for_all(play);
        if (!st && wsp_cancelled(play->session->settings.cancel))
            st = wsp_fail_cancelled(err);
    }
    return !st && play->fault.status ? wsp_fail(err, play->fault.status, "%s", play->fault.text)
                                     : st;
}

static void begin(struct wsp_play *play)
{
    struct wsp_session *session = play->session;
    const struct wsp_speakers_watch watch = {.context = play, .lost = on_lost, .back = on_back};
    play->total_ms = play->maker.run.total_ms / session->settings.repeat;
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
    if (whole) {
        follow(play);
        end_entry(play, true);
        wsp_playing_tell(play, WSP_PLAY_FINISHED);
        play->entry = -1;
    }
    if (play->speakers) {
        play->maker.run.report->underruns = wsp_speakers_underruns(play->speakers);
        wsp_speakers_close(play->speakers);
        play->speakers = play->session->speakers = NULL;
    }
    end_entry(play, is_heard_out(play, play->place));
    wsp_maker_release(&play->maker);
}

enum wsp_status wsp_session_play(struct wsp_session *session,
                                 const struct wsp_play_settings *settings,
                                 const struct wsp_session_watch *watch,
                                 struct wsp_session_report *report, struct wsp_error *err)
{
    struct wsp_play play = {
        .session = session,
        .settings = settings,
        .speakers = session->speakers,
        .turn_at = WSP_NOWHERE,
        .entry = -1,
        .metadata = session->settings.metadata,
    };
    *report = (struct wsp_session_report){0};
    enum wsp_status st = session->settings.duration_s > 0 ? wsp_session_fit(session, err) : WSP_OK;
    if (st)
        return st;
    st = wsp_maker_open(&play.maker, session, watch, report, err);
    begin(&play);
    if (!st && play.maker.run.total_ms <= 0)
        st = wsp_fail(err, WSP_DATA, _("there is nothing to say in it; check the text"));
    if (!st)
        st = play_all(&play, err);
    conclude(&play, st);
    if (!st && !play.stopped)
        st = wsp_run_judge(&play.maker.run, err);
    if (!st && play.maker.run.first_failure.status) {
        st = play.maker.run.first_failure.status;
        if (err)
            *err = play.maker.run.first_failure;
    }
    return st;
}
