#include "console/told.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NS_A_MS = 1000000 };

void wsp_told_time(char out[WSP_TOLD_TIME_SIZE])
{
    struct timespec now;
    struct tm local;
    char day[24], zone[8];
    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &local);
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &local);
    strftime(zone, sizeof zone, "%z", &local);
    snprintf(out, WSP_TOLD_TIME_SIZE, "%s.%03ld%.3s:%s", day, now.tv_nsec / NS_A_MS, zone,
             strlen(zone) > 3 ? zone + 3 : "00");
}

static json_t *seconds(double value)
{
    return json_real(round(value * 1000) / 1000);
}

/* Where a sentence stands and what it is. */
static void add_sentence(json_t *object, const struct wsp_play *play, size_t message,
                         size_t sentence, size_t number)
{
    const struct wsp_message *it = wsp_session_message(wsp_play_session(play), message);
    struct wsp_span span = wsp_sentence_span(&it->script.sentences[sentence]);
    struct wsp_span source = wsp_document_source(&it->document, span);
    struct wsp_str text = wsp_play_text(play, message, sentence);
    json_object_set_new(object, "number", json_integer((json_int_t)number));
    json_object_set_new(object, "file", json_string(it->document.name.ptr));
    json_object_set_new(object, "line",
                        json_integer(wsp_document_line(&it->document, source.begin)));
    json_object_set_new(object, "text", json_stringn(text.ptr, text.len));
}

static json_t *device_name(const char *name)
{
    return json_string(*name ? name : "default");
}

static void add_end(json_t *object, const struct wsp_play_event *event)
{
    json_t *devices = json_array();
    for (size_t i = 0; i < event->n_devices; i++)
        json_array_append_new(devices, device_name(event->devices[i]));
    json_object_set_new(object, "complete", json_boolean(event->complete));
    json_object_set_new(object, "devices", devices);
}

json_t *wsp_told_state(const struct wsp_play *play)
{
    struct wsp_play_state state;
    wsp_play_look(play, &state);
    const char *status = state.lost      ? "lost"
                         : state.waiting ? "waiting"
                         : state.paused  ? "paused"
                                         : "playing";
    json_t *object = json_pack(
        "{s:s, s:b, s:b, s:I, s:o, s:o, s:o, s:o, s:I}", "status", status, "paused", state.paused,
        "finishing", state.finishing, "total", (json_int_t)state.total, "position",
        seconds(state.position_s), "left", seconds(state.left_s), "rate", seconds(state.rate_wpm),
        "volume", seconds(state.volume_db), "underruns", (json_int_t)state.underruns);
    if (object && state.number > 0)
        add_sentence(object, play, state.message, state.sentence, state.number);
    return object;
}

json_t *wsp_told_event(const struct wsp_play *play, const struct wsp_play_event *event)
{
    static const char *const names[] = {
        [WSP_PLAY_BEGAN] = "began", [WSP_PLAY_ENDED] = "ended", [WSP_PLAY_CHANGED] = "changed",
        [WSP_PLAY_LOST] = "lost",   [WSP_PLAY_BACK] = "back",   [WSP_PLAY_FINISHED] = "finished",
    };
    char now[WSP_TOLD_TIME_SIZE];
    wsp_told_time(now);
    json_t *object = json_pack("{s:s, s:s}", "time", now, "event", names[event->kind]);
    if (!object)
        return NULL;
    if (event->kind == WSP_PLAY_BEGAN || event->kind == WSP_PLAY_ENDED)
        add_sentence(object, play, event->message, event->sentence, event->number);
    if (event->kind == WSP_PLAY_ENDED)
        add_end(object, event);
    if (event->kind == WSP_PLAY_CHANGED)
        json_object_set_new(object, "state", wsp_told_state(play));
    if (event->device)
        json_object_set_new(object, "device", device_name(event->device));
    if (event->why)
        json_object_set_new(object, "why", json_string(event->why->text));
    return object;
}

enum wsp_status wsp_told_line(struct wsp_buf *out, json_t *object)
{
    char *text = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(9)) : NULL;
    json_decref(object);
    if (!text)
        return WSP_NOMEM;
    wsp_buf_puts(out, text);
    wsp_buf_puts(out, "\n");
    free(text);
    return out->status;
}
