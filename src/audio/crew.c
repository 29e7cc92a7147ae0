#include "audio/crew.h"

#include "base/text.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

enum { SLOTS_A_THREAD = 3 };

struct slot {
    void *result;
    bool done;
    enum wsp_status status;
    struct wsp_error err;
};

struct crew {
    const struct wsp_crew_work *work;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot *slots; /* of piece i: i % n_slots */
    size_t n_slots;
    size_t next;  /* to be begun */
    size_t taken; /* pieces that were handed on */
    bool stop;
};

struct member {
    struct crew *crew;
    void *state;
    pthread_t thread;
};

/* The next piece, when its slot is free. Returns false when there is no more. */
static bool begin_piece(struct crew *crew, size_t *i)
{
    pthread_mutex_lock(&crew->lock);
    while (!crew->stop && crew->next < crew->work->n && crew->next >= crew->taken + crew->n_slots)
        pthread_cond_wait(&crew->changed, &crew->lock);
    bool more = !crew->stop && crew->next < crew->work->n;
    if (more)
        *i = crew->next++;
    pthread_mutex_unlock(&crew->lock);
    return more;
}

static void *work_on(void *argument)
{
    struct member *member = argument;
    struct crew *crew = member->crew;
    for (size_t i; begin_piece(crew, &i);) {
        struct slot *slot = &crew->slots[i % crew->n_slots];
        slot->status =
            crew->work->work(crew->work->context, member->state, i, &slot->result, &slot->err);
        pthread_mutex_lock(&crew->lock);
        slot->done = true;
        pthread_cond_broadcast(&crew->changed);
        pthread_mutex_unlock(&crew->lock);
    }
    return NULL;
}

static enum wsp_status take_piece(struct crew *crew, size_t i, struct wsp_error *err)
{
    struct slot *slot = &crew->slots[i % crew->n_slots];
    pthread_mutex_lock(&crew->lock);
    while (!slot->done)
        pthread_cond_wait(&crew->changed, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    enum wsp_status st = slot->status;
    if (st && err)
        *err = slot->err;
    if (!st)
        st = crew->work->take(crew->work->context, i, slot->result, err);
    pthread_mutex_lock(&crew->lock);
    slot->done = false;
    crew->taken++;
    crew->stop |= st != WSP_OK;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    return st;
}

/* Begin as many threads as there are; one is enough. Returns how many. */
static size_t start(struct crew *crew, struct member *members, enum wsp_status *st,
                    struct wsp_error *err)
{
    size_t n = 0;
    for (; n < (size_t)crew->work->threads && n < crew->work->n; n++) {
        members[n] = (struct member){.crew = crew, .state = crew->work->open(crew->work->context)};
        if (!members[n].state) {
            *st = n > 0 ? WSP_OK : wsp_fail_nomem(err);
            break;
        }
        if (pthread_create(&members[n].thread, NULL, work_on, &members[n])) {
            crew->work->close(members[n].state);
            *st = n > 0
                      ? WSP_OK
                      : wsp_fail(err, WSP_TEMPFAIL,
                                 _("no thread can be started; try again when fewer programs run"));
            break;
        }
    }
    return n;
}

enum wsp_status wsp_crew_run(const struct wsp_crew_work *work, struct wsp_error *err)
{
    struct crew crew = {.work = work,
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .changed = PTHREAD_COND_INITIALIZER,
                        .n_slots = (size_t)work->threads * SLOTS_A_THREAD};
    struct member *members = calloc((size_t)work->threads, sizeof *members);
    crew.slots = calloc(crew.n_slots, sizeof *crew.slots);
    enum wsp_status st = members && crew.slots ? WSP_OK : wsp_fail_nomem(err);
    size_t n = members && !st ? start(&crew, members, &st, err) : 0;
    for (size_t i = 0; i < work->n && !st; i++)
        st = take_piece(&crew, i, err);
    pthread_mutex_lock(&crew.lock);
    crew.stop = true;
    pthread_cond_broadcast(&crew.changed);
    pthread_mutex_unlock(&crew.lock);
    for (size_t i = 0; i < n; i++) {
        pthread_join(members[i].thread, NULL);
        work->close(members[i].state);
    }
    for (size_t i = 0; crew.slots && i < crew.n_slots; i++)
        work->drop(crew.slots[i].result);
    free(crew.slots);
    free(members);
    return st;
}
