#include "output/queue.h"

#include "base/text.h"

#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MAGIC UINT32_C(0x51505357)

enum wsp_status wsp_queue_create(struct wsp_shared *memory, uint32_t capacity,
                                 struct wsp_error *err)
{
    size_t size = sizeof(struct wsp_queue) + capacity * sizeof(float);
    enum wsp_status st = wsp_shared_create(memory, "sound", size, err);
    if (st)
        return st;
    struct wsp_queue *queue = wsp_queue_in(memory);
    queue->magic = MAGIC;
    queue->capacity = capacity;
    atomic_store(&queue->gain, WSP_QUEUE_GAIN_ONE);
    return WSP_OK;
}

enum wsp_status wsp_queue_attach(struct wsp_shared *memory, int fd, struct wsp_error *err)
{
    enum wsp_status st = wsp_shared_attach(memory, fd, sizeof(struct wsp_queue), err);
    if (st)
        return st;
    const struct wsp_queue *queue = wsp_queue_in(memory);
    if (queue->magic == MAGIC && queue->capacity > 0 &&
        memory->size >= sizeof *queue + queue->capacity * sizeof(float))
        return WSP_OK;
    wsp_shared_release(memory);
    return wsp_fail(err, WSP_INTERNAL, _("there is no shared memory to work with"));
}

/* ---- places in the ring ----------------------------------------------------------------- */

static size_t filled(const struct wsp_queue *queue)
{
    return (size_t)(atomic_load(&queue->written) - atomic_load(&queue->taken));
}

static size_t smallest(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void wake_player(struct wsp_queue *queue)
{
    atomic_fetch_add(&queue->alarm, 1);
    if (atomic_exchange(&queue->player_sleeps, 0))
        syscall(SYS_futex, &queue->alarm, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* ---- the writer's side ------------------------------------------------------------------ */

size_t wsp_queue_write(struct wsp_queue *queue, const float *frames, size_t n)
{
    n = smallest(n, queue->capacity - filled(queue));
    size_t at = (size_t)(atomic_load(&queue->written) % queue->capacity);
    size_t before_end = smallest(n, queue->capacity - at);
    memcpy(queue->frames + at, frames, before_end * sizeof *frames);
    memcpy(queue->frames, frames + before_end, (n - before_end) * sizeof *frames);
    if (n > 0) {
        atomic_fetch_add(&queue->written, n);
        wake_player(queue);
    }
    return n;
}

void wsp_queue_end(struct wsp_queue *queue)
{
    atomic_store(&queue->ended, 1);
    wake_player(queue);
}

void wsp_queue_cut(struct wsp_queue *queue, uint64_t from)
{
    const uint32_t one = WSP_QUEUE_CUT_MASK + 1;
    uint32_t word = atomic_fetch_and(&queue->cut, ~(uint32_t)WSP_QUEUE_CUT_MASK);
    uint32_t pending = word & WSP_QUEUE_CUT_MASK; /* taken back, or made already */
    bool now = from == 0 || pending == WSP_QUEUE_CUT_NOW;
    if (pending == WSP_QUEUE_CUT_AT && from > atomic_load(&queue->cut_from))
        from = atomic_load(&queue->cut_from);
    atomic_store(&queue->ended, 0); /* more may follow now */
    atomic_store(&queue->cut_from, from);
    atomic_store(&queue->cut_to, atomic_load(&queue->written));
    atomic_store(&queue->cut,
                 ((word - pending) + one) | (uint32_t)(now ? WSP_QUEUE_CUT_NOW : WSP_QUEUE_CUT_AT));
    wake_player(queue);
}

bool wsp_queue_want_room(struct wsp_queue *queue, bool want)
{
    atomic_store(&queue->writer_sleeps, want);
    return filled(queue) == queue->capacity; /* after the wish is visible: no wake-up is lost */
}

/* ---- the player's side ------------------------------------------------------------------ */

size_t wsp_queue_available(const struct wsp_queue *queue)
{
    return filled(queue);
}

bool wsp_queue_has_ended(const struct wsp_queue *queue)
{
    return atomic_load(&queue->ended) && filled(queue) == 0;
}

size_t wsp_queue_before_cut(struct wsp_queue *queue, bool *now)
{
    uint32_t kind = atomic_load(&queue->cut) & WSP_QUEUE_CUT_MASK;
    *now = kind == WSP_QUEUE_CUT_NOW;
    if (kind == WSP_QUEUE_NO_CUT)
        return SIZE_MAX;
    uint64_t taken = atomic_load(&queue->taken), from = atomic_load(&queue->cut_from);
    return *now || from <= taken ? 0 : (size_t)(from - taken);
}

bool wsp_queue_make_cut(struct wsp_queue *queue)
{
    uint32_t word = atomic_load(&queue->cut);
    uint64_t to = atomic_load(&queue->cut_to); /* of this cut, if it still is one below */
    uint32_t made = word & ~(uint32_t)WSP_QUEUE_CUT_MASK;
    if (word == made || !atomic_compare_exchange_strong(&queue->cut, &word, made))
        return false;
    if (to > atomic_load(&queue->taken))
        atomic_store(&queue->taken, to);
    return true;
}

size_t wsp_queue_look(const struct wsp_queue *queue, float *frames, size_t n)
{
    n = smallest(n, filled(queue));
    size_t at = (size_t)(atomic_load(&queue->taken) % queue->capacity);
    size_t before_end = smallest(n, queue->capacity - at);
    memcpy(frames, queue->frames + at, before_end * sizeof *frames);
    memcpy(frames + before_end, queue->frames, (n - before_end) * sizeof *frames);
    return n;
}

size_t wsp_queue_take(struct wsp_queue *queue, float *frames, size_t n)
{
    n = wsp_queue_look(queue, frames, n);
    atomic_fetch_add(&queue->taken, n);
    return n;
}

bool wsp_queue_room_is_wanted(struct wsp_queue *queue)
{
    return queue->capacity - filled(queue) >= queue->capacity / 4 &&
           atomic_exchange(&queue->writer_sleeps, 0);
}

void wsp_queue_sleep(struct wsp_queue *queue, int timeout_ms)
{
    uint32_t alarm = atomic_load(&queue->alarm);
    atomic_store(&queue->player_sleeps, 1);
    if (filled(queue) == 0 && !atomic_load(&queue->ended)) {
        struct timespec timeout = {.tv_sec = timeout_ms / 1000,
                                   .tv_nsec = timeout_ms % 1000 * 1000000L};
        syscall(SYS_futex, &queue->alarm, FUTEX_WAIT, alarm, timeout_ms < 0 ? NULL : &timeout, NULL,
                0);
    }
    atomic_store(&queue->player_sleeps, 0);
}
