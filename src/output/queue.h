/* A queue of samples in shared memory between two processes: one writes, one plays.
 *
 * Positions only grow and are counted in frames; a frame is one float (sound is mono). Neither side
 * ever waits inside the queue for the other's lock, so either may die at any moment. The player
 * sleeps here (a futex, since nothing else wakes it); the writer sleeps in poll() on the control
 * socket, which also tells it that the player has died.
 *
 * A cut takes back what is written and not yet taken: the player leaves out the frames from
 * `cut_from` to `cut_to`, the end of what was written then. */
#ifndef WSP_OUTPUT_QUEUE_H
#define WSP_OUTPUT_QUEUE_H

#include "base/shared.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WSP_QUEUE_GAIN_ONE = 65536 };

enum wsp_queue_cut {
    WSP_QUEUE_NO_CUT,
    WSP_QUEUE_CUT_NOW, /* after a fade, wherever the player is */
    WSP_QUEUE_CUT_AT,  /* at cut_from, which is in a silence */
    WSP_QUEUE_CUT_MASK,
};

struct wsp_queue {
    uint32_t magic;
    uint32_t capacity; /* frames */
    _Atomic uint64_t written;
    _Atomic uint64_t taken;
    _Atomic uint32_t ended;  /* nothing more will be written */
    _Atomic uint32_t paused; /* the player is to hold its place */
    _Atomic uint32_t cut;    /* enum wsp_queue_cut, and above it how many there were */
    _Atomic uint64_t cut_from, cut_to;
    _Atomic uint32_t unheard;   /* frames that the device holds and has not sounded */
    _Atomic uint32_t gain;      /* of what is sounded, in 1 / WSP_QUEUE_GAIN_ONE */
    _Atomic int64_t start_ns;   /* CLOCK_REALTIME at which the first frame sounds; 0: at once */
    _Atomic uint32_t underruns; /* times the device ran dry before the end */
    _Atomic uint32_t alarm;     /* the futex: changes whenever the player should look */
    _Atomic uint32_t beats;     /* grows while the player's process runs; 0: it has just begun */
    _Atomic int64_t moved_ms;   /* when its device last took something, or had nothing to take */
    _Atomic uint32_t player_sleeps;
    _Atomic uint32_t writer_sleeps;
    float frames[];
};

/* Make a queue for `capacity` frames in new shared memory. Fails as wsp_shared_create() does. */
enum wsp_status wsp_queue_create(struct wsp_shared *memory, uint32_t capacity,
                                 struct wsp_error *err);

/* Map the queue behind descriptor `fd`. Fails as wsp_shared_attach() does. */
enum wsp_status wsp_queue_attach(struct wsp_shared *memory, int fd, struct wsp_error *err);

static inline struct wsp_queue *wsp_queue_in(const struct wsp_shared *memory)
{
    return memory->ptr;
}

/* ---- the writer's side ---- */

/* Add up to `n` frames. Returns how many there was room for. */
size_t wsp_queue_write(struct wsp_queue *queue, const float *frames, size_t n);
void wsp_queue_end(struct wsp_queue *queue); /* nothing more will come */

/* Leave out what is written, from frame `from` on (0: from now on, with a fade). What is written
 * after this call follows without a gap. A cut that the player has not made yet becomes this one,
 * if it is later, and takes in all that is written by now. An end is taken back. */
void wsp_queue_cut(struct wsp_queue *queue, uint64_t from);

/* The writer goes to sleep until the player tells it of room: true when there is none yet. Clear
 * the wish with `false`. */
bool wsp_queue_want_room(struct wsp_queue *queue, bool want);

/* ---- the player's side ---- */

size_t wsp_queue_available(const struct wsp_queue *queue);
bool wsp_queue_has_ended(const struct wsp_queue *queue); /* and nothing is left in it */

/* Copy up to `n` frames and leave them there. Returns how many there were. */
size_t wsp_queue_look(const struct wsp_queue *queue, float *frames, size_t n);

/* How many frames may be taken before a cut is due, or SIZE_MAX; `now` says whether it is one with
 * a fade, which is due at once. */
size_t wsp_queue_before_cut(struct wsp_queue *queue, bool *now);

/* Make the cut that is due. Returns false when there is none. */
bool wsp_queue_make_cut(struct wsp_queue *queue);

/* Take up to `n` frames. Returns how many there were. */
size_t wsp_queue_take(struct wsp_queue *queue, float *frames, size_t n);

/* Is the writer to be told of room? True once after each wish, when a quarter is free. */
bool wsp_queue_room_is_wanted(struct wsp_queue *queue);

/* Sleep until there is something to take or the queue has ended, at most `timeout_ms` (-1: as long
 * as it takes). */
void wsp_queue_sleep(struct wsp_queue *queue, int timeout_ms);

#endif
