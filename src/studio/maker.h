/* The maker of what is played: sentence by sentence onto a reel, from any place of the message on.
 * For this room only. */
#ifndef WSP_STUDIO_MAKER_H
#define WSP_STUDIO_MAKER_H

#include "audio/leveller.h"
#include "studio/inside.h"
#include "studio/reel.h"

/* What an entry of the timeline is. */
struct cue {
    struct place place;
    int pass;
    uint64_t made_from; /* where on the reel the stretch begins that is made in one go with it */
};

struct maker {
    struct run run;                /* the timeline of its report stands on the reel */
    struct wsp_leveller *leveller; /* NULL: not levelled */
    struct wsp_reel reel;
    struct cue *cues; /* of the timeline's entries */
    size_t n_cues, cap_cues;
    size_t first_entry; /* what follows it on the reel follows it in the message, ... */
    uint64_t made_from; /* ... and what is behind this place */
};

/* `watch` and `report` as for wsp_session_run(). Returns WSP_OK or WSP_NOMEM; release it in any
 * case. */
enum wsp_status wsp_maker_open(struct maker *maker, struct wsp_session *session,
                               const struct wsp_session_watch *watch,
                               struct wsp_session_report *report, struct wsp_error *err);
void wsp_maker_release(struct maker *maker);

/* Make the next sentence, if that can be done without waiting for the engine: *made says so. */
enum wsp_status wsp_maker_step(struct maker *maker, bool *made, struct wsp_error *err);

/* Go on from another sentence, or stage; what is made of it begins at the end of the reel. */
void wsp_maker_go_to(struct maker *maker, struct cue cue, enum run_stage stage);

uint64_t wsp_maker_frames(const struct maker *maker, double seconds);
const struct wsp_timeline_entry *wsp_maker_entry(const struct maker *maker, size_t i);

/* The entry that sounds at a place of the reel, or has sounded last before it; -1: none. */
ptrdiff_t wsp_maker_entry_at(const struct maker *maker, uint64_t place);

/* Is the place in the silence before the first sentence of a stretch, behind `entry`? The one
 * before it in the message is elsewhere on the reel then. */
bool wsp_maker_is_before_stretch(const struct maker *maker, ptrdiff_t entry, uint64_t place);

/* The entry of a sentence that is on the reel together with what follows it; -1: there is none. */
ptrdiff_t wsp_maker_find(const struct maker *maker, struct cue cue);

#endif
