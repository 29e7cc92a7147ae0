#include "audio/programme.h"

#include <math.h>

void wsp_programme_init(struct wsp_programme *programme, struct wsp_timeline *timeline,
                        struct wsp_receiver receiver, double gain_db, bool keep_words)
{
    *programme = (struct wsp_programme){
        .receiver = receiver,
        .timeline = timeline,
        .gain = (float)pow(10.0, gain_db / 20.0),
        .keep_words = keep_words,
    };
}

static enum wsp_status send(struct wsp_programme *programme, const float *frames, size_t n,
                            struct wsp_error *err)
{
    enum wsp_status st = programme->receiver.receive(programme->receiver.context, frames, n, err);
    if (!st)
        programme->timeline->length += n;
    return st;
}

static enum wsp_status send_silence(struct wsp_programme *programme, struct wsp_error *err)
{
    static const float silence[4096];
    size_t left = (size_t)programme->owed_ms * programme->timeline->rate_hz / 1000;
    enum wsp_status st = WSP_OK;
    programme->owed_ms = 0;
    while (left > 0 && !st) {
        size_t n = left < 4096 ? left : 4096;
        st = send(programme, silence, n, err);
        left -= n;
    }
    return st;
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
            (struct wsp_timeline_word){.word = mark->word, .begin = mark->begin, .end = mark->end};
    }
    timeline->entries[timeline->n_entries++] = (struct wsp_timeline_entry){
        .document = document,
        .number = take->number,
        .begin = timeline->length,
        .end = timeline->length + take->n_frames,
        .first_word = first,
        .n_words = timeline->n_words - first,
    };
    return WSP_OK;
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
        if (programme->gain != 1.0f)
            for (size_t i = 0; i < take->n_frames; i++)
                take->frames[i] *= programme->gain;
        st = send(programme, take->frames, take->n_frames, err);
        if (st)
            return st;
    }
    wsp_programme_part(programme, pause_ms);
    return WSP_OK;
}

void wsp_programme_part(struct wsp_programme *programme, uint32_t pause_ms)
{
    /* Before the first sound nothing is owed. */
    if (programme->timeline->length > 0 && pause_ms > programme->owed_ms)
        programme->owed_ms = pause_ms;
}
