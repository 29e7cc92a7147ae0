#include "studio/inside.h"

static const struct wsp_script *script_at(const struct wsp_session *session, struct place place)
{
    return &session->messages[place.message]->script;
}

static bool sounds(const struct wsp_session *session, struct place place)
{
    return script_at(session, place)->sentences[place.sentence].estimate_ms > 0;
}

void wsp_place_step(struct place *place)
{
    place->sentence++;
    place->number++;
}

bool wsp_place_settle(const struct wsp_session *session, struct place *place)
{
    while (place->message < session->n_messages) {
        if (place->sentence >= script_at(session, *place)->n_sentences)
            *place = (struct place){.message = place->message + 1, .number = place->number};
        else if (wsp_selection_has(&session->selection, place->number + 1))
            return true;
        else
            wsp_place_step(place);
    }
    return false;
}

bool wsp_place_next(const struct wsp_session *session, struct place *place)
{
    struct place at = *place;
    do {
        wsp_place_step(&at);
        if (!wsp_place_settle(session, &at))
            return false;
    } while (!sounds(session, at));
    *place = at;
    return true;
}

bool wsp_place_first(const struct wsp_session *session, struct place *place)
{
    *place = (struct place){0};
    return wsp_place_settle(session, place) &&
           (sounds(session, *place) || wsp_place_next(session, place));
}

bool wsp_place_previous(const struct wsp_session *session, struct place *place)
{
    struct place at = *place;
    while (at.number > 0) {
        at.number--;
        while (at.sentence == 0)
            at.sentence = script_at(session, (struct place){.message = --at.message})->n_sentences;
        at.sentence--;
        if (wsp_selection_has(&session->selection, at.number + 1) && sounds(session, at)) {
            *place = at;
            return true;
        }
    }
    return false;
}

uint32_t wsp_place_pause_ms(const struct wsp_session *session, struct place place)
{
    enum { DOCUMENT_PAUSE_MS = 1500 };
    const struct wsp_script *script = script_at(session, place);
    uint32_t ms =
        wsp_boundary_pause_ms((enum wsp_boundary)script->sentences[place.sentence].boundary);
    bool last = place.sentence + 1 == script->n_sentences;
    return last && ms < DOCUMENT_PAUSE_MS ? DOCUMENT_PAUSE_MS : ms;
}

bool wsp_place_is_heading(const struct wsp_session *session, struct place place)
{
    const struct wsp_script *script = script_at(session, place);
    const struct wsp_sentence *sentence = &script->sentences[place.sentence];
    uint8_t kind = script->document->blocks[sentence->block].kind;
    return (kind == WSP_BLOCK_TITLE || kind == WSP_BLOCK_HEADING) &&
           (place.sentence == 0 || sentence[-1].block != sentence->block);
}

bool wsp_place_find(const struct wsp_session *session, size_t number, struct place *place)
{
    struct place at = {0};
    while (wsp_place_settle(session, &at) && at.number <= number) {
        if (at.number == number && sounds(session, at)) {
            *place = at;
            return true;
        }
        wsp_place_step(&at);
    }
    return false;
}
