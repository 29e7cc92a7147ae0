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

struct member {
    struct wsp_crew *crew;
    void *state;
    pthread_t thread;
};

struct wsp_crew {
    const struct wsp_crew_work *work;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot *slots; /* of piece i: i % n_slots */
    size_t n_slots;
    struct member *members;
    size_t n_members;
    size_t given; /* pieces that may be begun */
    size_t begun;
    size_t taken; /* pieces that were handed on */
    bool stop;
};

/* The next piece, when there is one. Returns false when there will be no more. */
static bool begin_piece(struct wsp_crew *crew, size_t *i)
{
    pthread_mutex_lock(&crew->lock);
    while (!crew->stop && crew->begun == crew->given)
        pthread_cond_wait(&crew->changed, &crew->lock);
    bool more = !crew->stop;
    if (more)
        *i = crew->begun++;
    pthread_mutex_unlock(&crew->lock);
    return more;
}

static void *work_on(void *argument)
{
    struct member *member = argument;
    struct wsp_crew *crew = member->crew;
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

static enum wsp_status take_piece(struct wsp_crew *crew, struct wsp_error *err)
{
    struct slot *slot = &crew->slots[crew->taken % crew->n_slots];
    pthread_mutex_lock(&crew->lock);
    while (!slot->done)
        pthread_cond_wait(&crew->changed, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    enum wsp_status st = slot->status;
    if (st && err)
        *err = slot->err;
    if (!st)
        st = crew->work->take(crew->work->context, crew->taken, slot->result, err);
    slot->done = false;
    crew->taken++;
    return st;
}

/* Begin as many threads as there are; one is enough. */
static enum wsp_status start(struct wsp_crew *crew, struct wsp_error *err)
{
    const struct wsp_crew_work *work = crew->work;
    while (crew->n_members < (size_t)work->threads) {
        struct member *member = &crew->members[crew->n_members];
        *member = (struct member){.crew = crew, .state = work->open(work->context)};
        if (!member->state)
            return crew->n_members > 0 ? WSP_OK : wsp_fail_nomem(err);
        if (pthread_create(&member->thread, NULL, work_on, member)) {
            work->close(member->state);
            return crew->n_members > 0
                       ? WSP_OK
                       : wsp_fail(err, WSP_TEMPFAIL,
                                  _("no thread can be started; try again when fewer programs run"));
        }
        crew->n_members++;
    }
    return WSP_OK;
}

enum wsp_status wsp_crew_open(struct wsp_crew **out, const struct wsp_crew_work *work,
                              struct wsp_error *err)
{
    *out = NULL;
    struct wsp_crew *crew = calloc(1, sizeof *crew);
    if (!crew)
        return wsp_fail_nomem(err);
    crew->work = work;
    crew->n_slots = (size_t)work->threads * SLOTS_A_THREAD;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->changed, NULL);
    crew->members = calloc((size_t)work->threads, sizeof *crew->members);
    crew->slots = calloc(crew->n_slots, sizeof *crew->slots);
    enum wsp_status st = crew->members && crew->slots ? start(crew, err) : wsp_fail_nomem(err);
    if (st)
        wsp_crew_close(crew);
    else
        *out = crew;
    return st;
}

enum wsp_status wsp_crew_slot(struct wsp_crew *crew, void ***result, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    if (crew->given == crew->taken + crew->n_slots)
        st = take_piece(crew, err);
    *result = &crew->slots[crew->given % crew->n_slots].result;
    return st;
}

void wsp_crew_give(struct wsp_crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    crew->given++;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
}

enum wsp_status wsp_crew_finish(struct wsp_crew *crew, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    while (!st && crew->taken < crew->given)
        st = take_piece(crew, err);
    return st;
}

void wsp_crew_close(struct wsp_crew *crew)
{
    if (!crew)
        return;
    pthread_mutex_lock(&crew->lock);
    crew->stop = true;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    for (size_t i = 0; i < crew->n_members; i++) {
        pthread_join(crew->members[i].thread, NULL);
        crew->work->close(crew->members[i].state);
    }
    for (size_t i = 0; crew->slots && i < crew->n_slots; i++)
        crew->work->drop(crew->slots[i].result);
    pthread_cond_destroy(&crew->changed);
    pthread_mutex_destroy(&crew->lock);
    free(crew->slots);
    free(crew->members);
    free(crew);
}

enum wsp_status wsp_crew_run(const struct wsp_crew_work *work, size_t n, struct wsp_error *err)
{
    struct wsp_crew *crew;
    void **result;
    struct wsp_crew_work few = *work; /* no more threads than pieces */
    if ((size_t)few.threads > n)
        few.threads = (int)n;
    if (n == 0)
        return WSP_OK;
    enum wsp_status st = wsp_crew_open(&crew, &few, err);
    if (!crew)
        return st;
    for (size_t i = 0; i < n && !st; i++) {
        st = wsp_crew_slot(crew, &result, err);
        if (!st)
            wsp_crew_give(crew);
    }
    if (!st)
        st = wsp_crew_finish(crew, err);
    wsp_crew_close(crew);
    return st;
}
