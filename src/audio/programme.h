/* The programme: takes put together with their pauses, while the timeline is written. */
#ifndef WSP_AUDIO_PROGRAMME_H
#define WSP_AUDIO_PROGRAMME_H

#include "audio/timeline.h"
#include "speech/take.h"

#include <stdbool.h>

/* Who gets the frames: mono float32, borrowed for the call. */
struct wsp_receiver {
    void *context;
    enum wsp_status (*receive)(void *context, const float *frames, size_t n_frames,
                               struct wsp_error *err);
};

/* Give `n` frames of silence. */
enum wsp_status wsp_receive_silence(const struct wsp_receiver *receiver, uint64_t n,
                                    struct wsp_error *err);

/* Who puts the programme together: takes, at their own rate, and silence between them, in frames of
 * the programme. `frames` are borrowed for the call. */
struct wsp_listener {
    void *context;
    enum wsp_status (*sound)(void *context, const float *frames, size_t n, uint32_t rate_hz,
                             struct wsp_error *err);
    enum wsp_status (*silence)(void *context, uint64_t n, struct wsp_error *err);
    /* Frames at the programme's rate that are finished: a chime. NULL where there are none. */
    enum wsp_status (*ready)(void *context, const float *frames, size_t n, struct wsp_error *err);
    /* A take that came packed (packed.h). NULL where none does. */
    enum wsp_status (*packed)(void *context, const struct wsp_take *take, struct wsp_error *err);
};

struct wsp_programme {
    struct wsp_listener listener;
    struct wsp_timeline *timeline; /* borrowed */
    float gain;                    /* linear */
    bool keep_words;               /* the timeline holds words too */
    double stretch;                /* of the pauses after sentences; 1: as they are */
    double owed_pause_ms; /* silence that is due before the next sound: such a pause, ... */
    double owed_ms;       /* ... and besides */
    double paused_ms;     /* of such pauses in the programme so far, stretched */
};

void wsp_programme_init(struct wsp_programme *programme, struct wsp_timeline *timeline,
                        struct wsp_listener listener, double gain_db, bool keep_words);

/* Add a take of `document` and remember that `pause_ms` of silence come before the next. A take
 * without sound adds nothing; the longer of two pauses then counts. `take` lends its frames, which
 * are scaled in place. Returns WSP_OK, WSP_NOMEM or what the listener says. */
enum wsp_status wsp_programme_add(struct wsp_programme *programme, uint32_t document,
                                  struct wsp_take *take, uint32_t pause_ms, struct wsp_error *err);

/* The frame at which a take would begin if it were added now. */
uint64_t wsp_programme_next(const struct wsp_programme *programme);

/* Just this silence, whatever is owed; it is not stretched. */
void wsp_programme_gap(struct wsp_programme *programme, uint32_t ms);

/* Silence besides what is owed, at the beginning too. */
void wsp_programme_wait(struct wsp_programme *programme, uint32_t ms);

/* Finished frames at the programme's rate. */
enum wsp_status wsp_programme_insert(struct wsp_programme *programme, const float *frames, size_t n,
                                     struct wsp_error *err);

/* The silence between two documents, in place of a smaller one that is due. */
void wsp_programme_part(struct wsp_programme *programme, uint32_t pause_ms);

#endif
