#include "app/beside.h"

/* The files are whole: wait for the verdict. */
static enum wsp_status wait_for_verdict(void *context, struct wsp_error *err)
{
    struct wsp_beside *beside = context;
    pthread_mutex_lock(&beside->lock);
    while (beside->verdict == 0)
        pthread_cond_wait(&beside->told, &beside->lock);
    bool deliver = beside->verdict > 0;
    pthread_mutex_unlock(&beside->lock);
    return deliver ? WSP_OK : wsp_fail_cancelled(err);
}

static void *render(void *context)
{
    struct wsp_beside *beside = context;
    if (!wsp_session_run(beside->session, &beside->watch, &beside->report, &beside->err))
        beside->err.status = WSP_OK;
    return NULL;
}

void wsp_beside_init(struct wsp_beside *beside, struct wsp_session *session,
                     struct wsp_cancel *cancel)
{
    *beside = (struct wsp_beside){.session = session, .cancel = cancel};
    beside->watch = (struct wsp_session_watch){.context = beside, .whole = wait_for_verdict};
    pthread_mutex_init(&beside->lock, NULL);
    pthread_cond_init(&beside->told, NULL);
}

/* Where no thread can be had, the files are made at the end. */
static void begin(void *context, struct wsp_play *play, const struct wsp_play_event *event)
{
    struct wsp_beside *beside = context;
    (void)play;
    if (event->kind == WSP_PLAY_BEGAN && beside->session && !beside->begun)
        beside->begun = pthread_create(&beside->thread, NULL, render, beside) == 0;
}

struct wsp_play_guest wsp_beside_guest(struct wsp_beside *beside)
{
    return (struct wsp_play_guest){.context = beside, .event = begin};
}

enum wsp_status wsp_beside_end(struct wsp_beside *beside, bool deliver, struct wsp_error *err)
{
    if (!deliver)
        wsp_cancel_raise(beside->cancel, -1);
    pthread_mutex_lock(&beside->lock);
    beside->verdict = deliver ? 1 : -1;
    pthread_cond_signal(&beside->told);
    pthread_mutex_unlock(&beside->lock);
    if (beside->begun)
        pthread_join(beside->thread, NULL);
    else if (deliver)
        render(beside);
    else
        (void)wsp_fail_cancelled(&beside->err);
    pthread_cond_destroy(&beside->told);
    pthread_mutex_destroy(&beside->lock);
    if (beside->err.status && err)
        *err = beside->err;
    return beside->err.status;
}
