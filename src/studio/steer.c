#include "studio/playing.h"

#include <math.h>

enum { RATE_MIN = 80, RATE_MAX = 450 };

static const double rate_step = 1.1, volume_step_db = 3, volume_min_db = -40;

bool wsp_playing_current(const struct wsp_play *play, struct cue *cue)
{
    if (play->aims)
        *cue = play->aim;
    else if (play->entry >= 0)
        *cue = play->maker.cues[play->entry];
    return play->aims || play->entry >= 0;
}

void wsp_playing_jump(struct wsp_play *play, uint64_t dropped, uint64_t to)
{
    wsp_course_jump(&play->course, wsp_speakers_written(play->speakers), dropped, to);
    play->read_at = to;
    play->turn_at = WSP_NOWHERE;
    play->n_jumps++;
}

/* Make the message from another place on. */
static void make_from(struct wsp_play *play, struct cue cue, enum run_stage stage)
{
    play->turn_to = wsp_reel_end(&play->maker.reel);
    wsp_maker_go_to(&play->maker, cue, stage);
}

/* Go to a sentence at once; in stage RUN_LEAD_OUT: to what comes behind them all. */
static void go_to(struct wsp_play *play, struct cue cue, enum run_stage stage)
{
    ptrdiff_t entry = stage == RUN_SPEECH ? wsp_maker_find(&play->maker, cue) : -1;
    uint64_t heard = wsp_speakers_heard(play->speakers);
    play->finishing = play->ended = false;
    play->behind = stage == RUN_LEAD_OUT; /* then the cue is the last sentence's */
    if (play->behind)
        wsp_playing_leave(play);
    play->aims = true;
    play->aim = cue;
    wsp_speakers_cut(play->speakers, 0);
    if (entry >= 0) {
        wsp_playing_jump(play, heard, wsp_maker_entry(&play->maker, (size_t)entry)->begin);
        return;
    }
    wsp_programme_gap(&play->maker.run.programme, 0);
    make_from(play, cue, stage);
    wsp_playing_jump(play, heard, play->turn_to);
}

/* What comes behind a sentence: the next one, the first one of the next pass, or the end. */
static enum run_stage behind(const struct wsp_play *play, struct cue *cue)
{
    if (wsp_place_next(play->session, &cue->place))
        return RUN_SPEECH;
    *cue = (struct cue){.pass = cue->pass + 1};
    (void)wsp_place_settle(play->session, &cue->place);
    return cue->pass < play->session->settings.repeat ? RUN_SPEECH : RUN_LEAD_OUT;
}

/* The sentence that sounds, or that a jump goes to; before the first, that one: whoever skips then
 * does not want it. */
static struct cue starting_point(const struct wsp_play *play)
{
    struct cue cue = {0};
    if (!wsp_playing_current(play, &cue))
        (void)wsp_place_first(play->session, &cue.place);
    return cue;
}

static bool go_to_next(struct wsp_play *play)
{
    if (play->behind)
        return false;
    struct cue cue = starting_point(play), next = cue;
    enum run_stage stage = behind(play, &next);
    go_to(play, stage == RUN_SPEECH ? next : cue, stage);
    return true;
}

static bool go_to_previous(struct wsp_play *play)
{
    struct cue cue = starting_point(play);
    if (!play->behind) /* before the first: that one again */
        (void)wsp_place_previous(play->session, &cue.place);
    go_to(play, cue, RUN_SPEECH);
    return true;
}

static bool go_to_heading(struct wsp_play *play,
                          bool (*step)(const struct wsp_session *, struct place *))
{
    struct cue cue = starting_point(play);
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
    bool given = wsp_course_position(&play->course, written, place, &from);
    play->turn_at = place;
    play->ended = false; /* if it was: what follows is told anew */
    if (!given && place >= play->read_at)
        return;
    if (!given) /* it is where all begins */
        from = wsp_speakers_heard(play->speakers);
    if (!given || from < written) {
        wsp_speakers_cut(play->speakers, given ? from : 0);
        wsp_course_jump(&play->course, written, from, place);
    }
    play->read_at = place;
}

/* The entry of the sentence that sounds, or that a jump goes to; -1: none, or not made yet. */
static ptrdiff_t current_entry(const struct wsp_play *play)
{
    return play->aims ? wsp_maker_find(&play->maker, play->aim) : play->entry;
}

static bool finish(struct wsp_play *play)
{
    ptrdiff_t entry = current_entry(play);
    if (play->paused || entry < 0) {
        play->stopped = true;
        return true;
    }
    play->finishing = true;
    turn_at(play, wsp_maker_entry(&play->maker, (size_t)entry)->end);
    return true;
}

/* What comes behind a sentence, and the silence between. */
static enum run_stage step_behind(struct wsp_play *play, struct cue *cue)
{
    wsp_programme_gap(&play->maker.run.programme, 0);
    wsp_programme_part(&play->maker.run.programme, wsp_place_pause_ms(play->session, cue->place));
    int pass = cue->pass;
    enum run_stage stage = behind(play, cue);
    if (stage == RUN_SPEECH && cue->pass > pass)
        wsp_programme_gap(&play->maker.run.programme,
                          (uint32_t)(play->session->settings.gap_s * 1000));
    return stage;
}

/* The sentence behind the current one, and all that follow, are made anew. */
static bool change_rate(struct wsp_play *play, double rate_wpm)
{
    struct cue cue = {0};
    if (rate_wpm < RATE_MIN || rate_wpm > RATE_MAX)
        return false;
    play->stopped = wsp_session_open_pool(play->session, rate_wpm, &play->fault) != WSP_OK;
    if (play->stopped)
        return true;
    struct feed *feed = &play->maker.run.feed;
    feed->n_given = feed->n_stale = 0;
    feed->next = feed->oldest;
    bool any = wsp_playing_current(play, &cue);
    ptrdiff_t entry = current_entry(play);
    if (play->finishing || play->behind)
        return true;
    if (entry >= 0) {
        enum run_stage stage = step_behind(play, &cue);
        make_from(play, cue, stage);
        turn_at(play, wsp_maker_entry(&play->maker, (size_t)entry)->end);
        return true;
    }
    bool begun = play->maker.run.stage != RUN_LEAD_IN;
    make_from(play, cue, begun ? RUN_SPEECH : RUN_LEAD_IN);
    if (!any && play->maker.n_cues > 0) { /* the first is not heard yet */
        wsp_programme_gap(&play->maker.run.programme, 0);
        turn_at(play, wsp_maker_entry(&play->maker, 0)->begin);
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
    bool any = wsp_playing_current(play, &cue);
    switch (command) {
    case WSP_PLAY_TOGGLE:
        return pause_it(play, !play->paused);
    case WSP_PLAY_PAUSE:
        return pause_it(play, true);
    case WSP_PLAY_RESUME:
        return pause_it(play, false);
    case WSP_PLAY_NEXT:
        return go_to_next(play);
    case WSP_PLAY_PREVIOUS:
        return go_to_previous(play);
    case WSP_PLAY_NEXT_HEADING:
        return go_to_heading(play, wsp_place_next);
    case WSP_PLAY_PREVIOUS_HEADING:
        return go_to_heading(play, wsp_place_previous);
    case WSP_PLAY_REPEAT:
        if (any)
            go_to(play, cue, RUN_SPEECH);
        return any;
    case WSP_PLAY_GO:
        if (value < 1 || value != floor(value) ||
            !wsp_place_find(play->session, (size_t)value - 1, &cue.place))
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
        play->maker.run.report->underruns = wsp_speakers_underruns(play->speakers);
        wsp_speakers_close(play->speakers); /* at once */
        play->speakers = play->session->speakers = NULL;
        play->stopped = true;
        (void)wsp_fail_cancelled(&play->fault);
        return true;
    }
    return false;
}

bool wsp_play_do(struct wsp_play *play, enum wsp_play_command command, double value)
{
    if (play->stopped || !steer(play, command, value))
        return false;
    if (!play->stopped)
        wsp_playing_tell(play, WSP_PLAY_CHANGED);
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
