/* The master of a programme: one gain and a limiter bring it to its loudness under its true peak.
 * The loudness of the whole is known only at the end, so the takes wait in a spool, at the engine's
 * rate; their levels tell what a gain and the limiter will make of them. Then they are finished,
 * side by side, and given on in order. */
#ifndef WSP_AUDIO_MASTER_H
#define WSP_AUDIO_MASTER_H

#include "audio/loudness.h"
#include "audio/programme.h"
#include "base/cancel.h"

struct wsp_master_settings {
    uint32_t rate_hz;
    unsigned channels;     /* equal ones, 1 or 2: two measure 3 LU louder */
    double loudness_lufs;  /* wanted, integrated */
    double true_peak_dbtp; /* at most */
    bool yields;           /* less will do, as much as goes under the true peak: nobody named it */
    const char *folder;    /* for the spool: 2.4 bytes for each frame at the engine's rate */
    int threads;           /* 1 or more; the result is the same */
    const struct wsp_cancel *cancel; /* borrowed; may be NULL */
};

/* What was made of it. */
struct wsp_master_report {
    struct wsp_loudness loudness;
    const struct wsp_meter *meter; /* of the whole; the master's */
    double true_peak_dbtp;
    double gain_db, limited_db; /* the limiter's deepest reduction */
    double short_lu;            /* by which it is less than wanted, with `yields`; else 0 */
};

struct wsp_master; /* opaque; one owner */

enum wsp_status wsp_master_open(struct wsp_master **out, const struct wsp_master_settings *settings,
                                struct wsp_error *err);
void wsp_master_close(struct wsp_master *master); /* NULL is fine */

/* As struct wsp_listener says. Return WSP_OK, WSP_IO or WSP_NOMEM. */
enum wsp_status wsp_master_sound(struct wsp_master *master, const float *frames, size_t n,
                                 uint32_t rate_hz, struct wsp_error *err);
enum wsp_status wsp_master_packed(struct wsp_master *master, const struct wsp_take *take,
                                  struct wsp_error *err);
enum wsp_status wsp_master_ready(struct wsp_master *master, const float *frames, size_t n,
                                 struct wsp_error *err);
enum wsp_status wsp_master_silence(struct wsp_master *master, uint64_t n, struct wsp_error *err);

/* All is there: find the gain and give the finished frames to `receiver`; `report` says how they
 * measure. Returns WSP_OK, WSP_DATA when the loudness cannot be had under the true peak and does
 * not yield (`err` says what can; nothing was given then), WSP_IO, WSP_NOMEM, WSP_CANCELLED, or
 * what the receiver says. Silence stays silence. */
enum wsp_status wsp_master_give(struct wsp_master *master, const struct wsp_receiver *receiver,
                                struct wsp_master_report *report, struct wsp_error *err);

#endif
