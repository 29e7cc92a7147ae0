/* The files of --play --out: made beside what is played, by a session of their own in a thread, so
 * that they are what --out alone writes, whatever keys are pressed. The first sound does not wait
 * for them: they are begun when it is heard. They are delivered when the playing has ended well. */
#ifndef WSP_APP_BESIDE_H
#define WSP_APP_BESIDE_H

#include "studio/play.h"

#include <pthread.h>

struct wsp_beside {
    struct wsp_session *session; /* NULL: there are no files */
    struct wsp_cancel *cancel;   /* of that session alone */
    struct wsp_session_watch watch;
    struct wsp_session_report report;
    struct wsp_error err; /* WSP_OK: none */
    bool begun;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t told;
    int verdict; /* protected by the lock; 0: none yet, 1: deliver, -1: do not */
};

/* `session` (NULL: none) is ready to run and looks at `cancel`, which is no other's; both are
 * borrowed. What cannot be spoken is told by the playing. */
void wsp_beside_init(struct wsp_beside *beside, struct wsp_session *session,
                     struct wsp_cancel *cancel);

/* Who begins it with the first sentence that sounds. */
struct wsp_play_guest wsp_beside_guest(struct wsp_beside *beside);

/* The playing has ended: deliver the files, or not. Waits for them; beside->report is filled, the
 * caller releases its timeline. Returns what wsp_session_run() said, WSP_CANCELLED when they were
 * not wanted. */
enum wsp_status wsp_beside_end(struct wsp_beside *beside, bool deliver, struct wsp_error *err);

#endif
