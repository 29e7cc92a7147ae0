/* Playing: the messages of a session to its loudspeakers, steered while they sound.
 *
 * One thread does it all and waits for everything at once: for the engine, for room in the
 * loudspeakers, for who steers. Whoever looks on or steers is a guest: a keyboard, a display, a
 * socket, a log. */
#ifndef WSP_STUDIO_PLAY_H
#define WSP_STUDIO_PLAY_H

#include "studio/session.h"

#include <poll.h>

struct wsp_play; /* opaque; lives while wsp_session_play() runs; used from its thread */

enum wsp_play_command {
    WSP_PLAY_TOGGLE, /* pause, or resume where it was */
    WSP_PLAY_PAUSE,
    WSP_PLAY_RESUME,
    WSP_PLAY_NEXT, /* sentence; behind the last: what comes after the message */
    WSP_PLAY_PREVIOUS,
    WSP_PLAY_REPEAT, /* the sentence from its beginning */
    WSP_PLAY_NEXT_HEADING,
    WSP_PLAY_PREVIOUS_HEADING,
    WSP_PLAY_GO,     /* to the sentence `value`, from 1 */
    WSP_PLAY_RATE,   /* `value` words a minute, from the next sentence on */
    WSP_PLAY_VOLUME, /* `value` dB, 0 at most: the message is as loud as can be */
    WSP_PLAY_FINISH, /* stop behind the sentence */
    WSP_PLAY_STOP,   /* at once */
};

/* Returns false when it cannot be done: there is no such sentence, no such rate. */
bool wsp_play_do(struct wsp_play *play, enum wsp_play_command command, double value);

/* One step of what keys and buses change: a tenth of the rate, 3 dB. */
bool wsp_play_change_rate(struct wsp_play *play, int steps);
bool wsp_play_change_volume(struct wsp_play *play, int steps);

struct wsp_play_state {
    bool waiting; /* for the time at which it is to begin */
    bool paused;
    bool lost;                /* there is no loudspeaker just now */
    bool finishing;           /* behind this sentence */
    size_t message, sentence; /* the one that sounds: of which message, which there, from 0 */
    size_t number, total;     /* from 1 through all messages; 0: before the first */
    uint32_t word;            /* index of the spoken word that sounds, or WSP_PLAY_NO_WORD */
    double position_s;        /* in the sentence */
    double left_s;            /* of the whole: an estimate */
    double rate_wpm, volume_db;
    uint32_t underruns;
};

#define WSP_PLAY_NO_WORD UINT32_MAX

void wsp_play_look(const struct wsp_play *play, struct wsp_play_state *state);
const struct wsp_session *wsp_play_session(const struct wsp_play *play);
const char *wsp_play_title(const struct wsp_play *play);
double wsp_play_own_rate(const struct wsp_play *play); /* the voice's, in words a minute */
bool wsp_play_has_begun(const struct wsp_play *play);  /* a sentence has sounded */

/* A sentence as it is written, and the one behind that of `state` (false: it is the last).
 * Borrowed. */
struct wsp_str wsp_play_text(const struct wsp_play *play, size_t message, size_t sentence);
bool wsp_play_next_text(const struct wsp_play *play, const struct wsp_play_state *state,
                        struct wsp_str *text);

/* Is any loudspeaker there? */
bool wsp_play_sounds(const struct wsp_play *play);

enum wsp_play_event_kind {
    WSP_PLAY_BEGAN,    /* a sentence */
    WSP_PLAY_ENDED,    /* a sentence, `complete` or cut */
    WSP_PLAY_CHANGED,  /* paused, resumed, rate, volume */
    WSP_PLAY_LOST,     /* the device `device`, for the reason `why` */
    WSP_PLAY_BACK,     /* likewise */
    WSP_PLAY_FINISHED, /* all of it, or as far as was wanted */
};

struct wsp_play_event {
    enum wsp_play_event_kind kind;
    size_t message, sentence, number; /* of a sentence, as in the state */
    bool complete;                    /* one loudspeaker at least has sounded it whole */
    const char *const *devices; /* those that have; if none has, those where it began; by ... */
    size_t n_devices;           /* ... the names they were asked for, "": the default one */
    const char *device;
    const struct wsp_error *why;
    bool over; /* all has been said, on the others if there are some: it is not waited for */
};

struct wsp_play_guest {
    void *context;
    /* What it waits for: fills at most `max` of `fds`, returns how many; *timeout_ms, -1 at first,
     * is how long at most. NULL: nothing. */
    size_t (*poll)(void *context, struct pollfd *fds, size_t max, int *timeout_ms);
    /* Its turn, after every wait; `fds` are its own, with what happened. NULL: none. */
    void (*serve)(void *context, struct wsp_play *play, const struct pollfd *fds, size_t n);
    /* NULL: not interested. */
    void (*event)(void *context, struct wsp_play *play, const struct wsp_play_event *event);
};

enum { WSP_PLAY_GUESTS_MAX = 10 };

struct wsp_play_settings {
    int64_t start_ns; /* CLOCK_REALTIME at which it begins to sound; 0: at once */
    const struct wsp_play_guest *guests;
    size_t n_guests; /* at most WSP_PLAY_GUESTS_MAX */
};

/* Play all of it; the loudspeakers must have been added. `watch` and `report` as for
 * wsp_session_run(), whose promises hold; the timeline is in the order in which sentences were
 * made. Returns what the rooms return, WSP_CANCELLED after WSP_PLAY_STOP or a cancelled session. */
enum wsp_status wsp_session_play(struct wsp_session *session,
                                 const struct wsp_play_settings *settings,
                                 const struct wsp_session_watch *watch,
                                 struct wsp_session_report *report, struct wsp_error *err);

#endif
