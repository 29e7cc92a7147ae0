#include "audio/programme.h"

#include "audio/resample.h"

#include <math.h>

enum wsp_status wsp_receive_silence(const struct wsp_receiver *receiver, uint64_t n,
                                    struct wsp_error *err)
{
    static const float silence[4096];
    enum wsp_status st = WSP_OK;
    for (size_t piece; n > 0 && !st; n -= piece) {
        piece = n < WSP_LEN(silence) ? (size_t)n : WSP_LEN(silence);
        st = receiver->receive(receiver->context, silence, piece, err);
    }
    return st;
}

void wsp_programme_init(struct wsp_programme *programme, struct wsp_timeline *timeline,
                        struct wsp_listener listener, double gain_db, bool keep_words)
{
    *programme = (struct wsp_programme){
        .listener = listener,
        .timeline = timeline,
        .gain = (float)pow(10.0, gain_db / 20.0),
        .keep_words = keep_words,
        .stretch = 1,
    };
}

static uint64_t owed_frames(const struct wsp_programme *programme)
{
    double ms = programme->owed_ms + programme->owed_pause_ms;
    return (uint64_t)(ms * programme->timeline->rate_hz / 1000 + 1e-6);
}

uint64_t wsp_programme_next(const struct wsp_programme *programme)
{
    return programme->timeline->length + owed_frames(programme);
}

static enum wsp_status send_silence(struct wsp_programme *programme, struct wsp_error *err)
{
    uint64_t n = owed_frames(programme);
    programme->paused_ms += programme->owed_pause_ms;
    programme->owed_ms = programme->owed_pause_ms = 0;
    programme->timeline->length += n;
    return n > 0 ? programme->listener.silence(programme->listener.context, n, err) : WSP_OK;
}

/* Frames of the take, in those of the programme. */
static uint64_t to_frames(const struct wsp_programme *programme, const struct wsp_take *take,
                          size_t n)
{
    return wsp_resampled_length(n, take->rate_hz, programme->timeline->rate_hz);
}

static enum wsp_status note(struct wsp_programme *programme, uint32_t document,
                            const struct wsp_take *take)
{
    struct wsp_timeline *timeline = programme->timeline;
    if (wsp_grow(&timeline->entries, &timeline->cap_entries, timeline->n_entries,
                 sizeof *timeline->entries))
        return WSP_NOMEM;
    size_t first = timeline->n_words;
    for (size_t i = 0; programme->keep_words && i < take->n_marks; i++) {
        if (wsp_grow(&timeline->words, &timeline->cap_words, timeline->n_words,
                     sizeof *timeline->words))
            return WSP_NOMEM;
        const struct wsp_mark *mark = &take->marks[i];
        timeline->words[timeline->n_words++] =
            (struct wsp_timeline_word){.word = mark->word,
                                       .begin = (uint32_t)to_frames(programme, take, mark->begin),
                                       .end = (uint32_t)to_frames(programme, take, mark->end)};
    }
    timeline->entries[timeline->n_entries++] = (struct wsp_timeline_entry){
        .document = document,
        .number = take->number,
        .begin = timeline->length,
        .end = timeline->length + to_frames(programme, take, take->n_frames),
        .first_word = first,
        .n_words = timeline->n_words - first,
    };
    return WSP_OK;
}

static enum wsp_status give(struct wsp_programme *programme, struct wsp_take *take,
                            struct wsp_error *err)
{
    const struct wsp_listener *listener = &programme->listener;
    if (take->packed.len > 0)
        return listener->packed ? listener->packed(listener->context, take, err) : WSP_OK;
    if (programme->gain != 1.0f)
        for (size_t i = 0; i < take->n_frames; i++)
            take->frames[i] *= programme->gain;
    return listener->sound(listener->context, take->frames, take->n_frames, take->rate_hz, err);
}

enum wsp_status wsp_programme_add(struct wsp_programme *programme, uint32_t document,
                                  struct wsp_take *take, uint32_t pause_ms, struct wsp_error *err)
{
    if (take->n_frames > 0) {
        enum wsp_status st = send_silence(programme, err);
        if (st)
            return st;
        if (note(programme, document, take))
            return wsp_fail_nomem(err);
        programme->timeline->length += to_frames(programme, take, take->n_frames);
        st = give(programme, take, err);
        if (st)
            return st;
    }
    wsp_programme_part(programme, pause_ms);
    return WSP_OK;
}

void wsp_programme_part(struct wsp_programme *programme, uint32_t pause_ms)
{
    /* Before the first sound nothing is owed. */
    double ms = pause_ms * programme->stretch;
    if (programme->timeline->length > 0 && ms > programme->owed_pause_ms + programme->owed_ms)
        programme->owed_pause_ms = ms - programme->owed_ms;
}

void wsp_programme_gap(struct wsp_programme *programme, uint32_t ms)
{
    programme->owed_ms = ms;
    programme->owed_pause_ms = 0;
}

void wsp_programme_wait(struct wsp_programme *programme, uint32_t ms)
{
    programme->owed_ms += ms;
}

enum wsp_status wsp_programme_insert(struct wsp_programme *programme, const float *frames, size_t n,
                                     struct wsp_error *err)
{
    enum wsp_status st = send_silence(programme, err);
    programme->timeline->length += n;
    return st ? st : programme->listener.ready(programme->listener.context, frames, n, err);
}
