#include "studio/inside.h"

static enum wsp_status fill_pool(struct feed *feed, struct wsp_error *err)
{
    struct wsp_session *session = feed->session;
    while (wsp_pool_has_room(session->pool) && wsp_place_settle(session, &feed->next)) {
        const struct wsp_script *script = &session->messages[feed->next.message]->script;
        enum wsp_status st =
            wsp_script_utterance(script, feed->next.sentence, &feed->utterance, err);
        if (!st)
            st = wsp_pool_give(session->pool, &feed->utterance, err);
        if (st)
            return st;
        wsp_place_step(&feed->next);
        feed->n_given++;
    }
    return WSP_OK;
}

static void drop_stale(struct feed *feed)
{
    wsp_pool_drop(feed->session->pool);
    feed->n_stale--;
}

enum wsp_status wsp_feed_look(struct feed *feed, bool *ready, struct wsp_error *err)
{
    while (feed->n_stale > 0 && wsp_pool_is_done(feed->session->pool))
        drop_stale(feed);
    enum wsp_status st = fill_pool(feed, err);
    *ready = feed->n_stale == 0 && (feed->n_given == 0 || wsp_pool_is_done(feed->session->pool));
    return st;
}

void wsp_feed_go_to(struct feed *feed, struct place place)
{
    feed->n_stale += feed->n_given;
    feed->n_given = 0;
    feed->next = feed->oldest = place;
}

enum wsp_status wsp_feed_next(struct feed *feed, struct wsp_take **take, struct place *place,
                              struct wsp_error *err)
{
    *take = NULL;
    enum wsp_status st = fill_pool(feed, err);
    while (!st && feed->n_stale > 0) {
        st = wsp_pool_take(feed->session->pool, take, feed->session->settings.cancel, err);
        if (!st)
            drop_stale(feed);
        if (!st)
            st = fill_pool(feed, err);
    }
    *take = NULL;
    if (st || feed->n_given == 0)
        return st;
    st = wsp_pool_take(feed->session->pool, take, feed->session->settings.cancel, err);
    if (st)
        return st;
    wsp_place_settle(feed->session, &feed->oldest);
    *place = feed->oldest;
    wsp_place_step(&feed->oldest);
    feed->n_given--;
    return WSP_OK;
}

void wsp_place_error(const struct wsp_session *session, struct place place, struct wsp_error *err)
{
    const struct wsp_message *message = session->messages[place.message];
    const struct wsp_sentence *sentence = &message->script.sentences[place.sentence];
    struct wsp_span source = wsp_document_source(&message->document, wsp_sentence_span(sentence));
    wsp_error_place(err, message->document.name.ptr,
                    wsp_document_line(&message->document, source.begin), 0);
}

enum wsp_status wsp_session_phonemes(struct wsp_session *session,
                                     enum wsp_status (*tell)(void *context,
                                                             struct wsp_str mnemonics),
                                     void *context, struct wsp_error *err)
{
    struct feed feed = {.session = session};
    wsp_utterance_init(&feed.utterance);
    enum wsp_status st = WSP_OK;
    while (!st) {
        struct wsp_take *take;
        struct place place = {0};
        st = wsp_feed_next(&feed, &take, &place, err);
        if (st || !take)
            break;
        if (take->failure.status) {
            st = take->failure.status;
            wsp_place_error(session, place, &take->failure);
            if (err)
                *err = take->failure;
        } else if (take->phonemes.len > 0) {
            st = tell(context, wsp_buf_str(&take->phonemes));
        }
        wsp_pool_drop(session->pool);
    }
    wsp_utterance_release(&feed.utterance);
    return st;
}
