/* What the files that play share: play.c, which does it, and steer.c, which does what is commanded.
 * For this room only. */
#ifndef WSP_STUDIO_PLAYING_H
#define WSP_STUDIO_PLAYING_H

#include "output/speakers.h"
#include "studio/course.h"
#include "studio/heard.h"
#include "studio/maker.h"
#include "studio/play.h"

#define WSP_NOWHERE UINT64_MAX

struct wsp_play {
    struct wsp_session *session;
    const struct wsp_play_settings *settings;
    struct maker maker;
    struct wsp_error fault; /* what a command has ended it with; WSP_OK: none */

    /* what is given to the loudspeakers */
    struct wsp_speakers *speakers;
    struct wsp_course course;
    uint64_t read_at; /* place on the reel to be given next */
    uint64_t turn_at; /* reading turns there (WSP_NOWHERE: it does not), ... */
    uint64_t turn_to; /* ... to here; or ends, when finishing */
    bool behind;      /* all sentences, by a jump */
    bool finishing, stopped, ended, paused, lost;
    bool said;      /* all of it, though the loudspeaker went away before its end */
    bool aims;      /* a jump was made and is not heard yet: */
    struct cue aim; /* where to */
    double volume_db;

    /* what is heard */
    ptrdiff_t entry;        /* of the timeline; -1: before the first */
    bool end_told;          /* of that entry: it has sounded, and guests know */
    struct wsp_heard heard; /* where that entry is */
    uint64_t place;
    size_t n_jumps; /* made so far */
    size_t n_jumps_heard;
    double total_ms;              /* estimate of one pass, at the voice's own rate */
    struct wsp_metadata metadata; /* the title */
};

/* The sentence that sounds, or that a jump goes to. Returns false before the first. */
bool wsp_playing_current(const struct wsp_play *play, struct cue *cue);

/* What is given from now on comes from the place `to` of the reel; what was given from the position
 * `dropped` on is not heard. */
void wsp_playing_jump(struct wsp_play *play, uint64_t dropped, uint64_t to);

/* No sentence sounds from now on; the one that does ends here. */
void wsp_playing_leave(struct wsp_play *play);

void wsp_playing_tell(struct wsp_play *play, enum wsp_play_event_kind kind);

#endif
