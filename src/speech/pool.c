#include "speech/pool.h"

#include "base/child.h"
#include "base/text.h"
#include "speech/engine.h"
#include "speech/enginetext.h"
#include "speech/nursery.h"
#include "speech/takekey.h"
#include "speech/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    TRIES = 2,            /* an utterance is tried so often */
    TRIES_LOST = 3,       /* the same, when the nursery died: maybe of a neighbour's utterance */
    SLOTS_PER_LANE = 2,   /* so that a lane finds work while an older take is waited for */
    NURSERY_RESTARTS = 8, /* in the life of a pool; beyond, something is badly wrong */
    TIMEOUT_MS = 10000,
    NURSERY_GRACE_MS = 200,
    STACK_BYTES = 256 * 1024,
    KEY_LIMIT = 1 << 20,
};

enum slot_state { SLOT_FREE, SLOT_WAITING, SLOT_WORKING, SLOT_DONE };

struct slot {
    enum slot_state state; /* protected by the pool's lock */
    struct wsp_utterance utterance;
    struct wsp_take take;
};

/* What a lane's thread alone touches, but for what says otherwise. */
struct lane {
    struct wsp_pool *pool;
    int number;
    int fd;              /* our end; -1: no nursery. Changed by the thread, under the lock */
    unsigned generation; /* of the nursery that `fd` leads to */
    int new_fd;          /* protected by the lock: the way to the present nursery, or -1 */
    pthread_t thread;
    bool started;
    void *shaping;
    struct wsp_sound sound;
    struct wsp_buf job; /* the utterance as it is sent */
    struct wsp_engine_text text;
    struct wsp_buf key; /* of the store; of a packed take, whose first part is that of its sound */
    uint32_t job_number;
    char buffer[WSP_RECORD_LIMIT];
};

struct wsp_pool {
    struct wsp_pool_settings settings;
    char *program, *voice_path;
    struct wsp_buf identity; /* what the engine's sound of every utterance depends on */
    struct wsp_buf shape;    /* ... and besides every packed take; empty: none is kept */
    struct lane *lanes;
    struct slot *slots; /* a ring: oldest at `first`, `n_given` in use */
    size_t n_slots;

    pthread_mutex_t lock;              /* protects all that follows and the slots' states */
    pthread_cond_t given;              /* a slot waits for a lane, or the pool closes */
    pthread_cond_t done;               /* a slot is done */
    size_t first, n_given, n_taken_up; /* n_taken_up: of n_given, have met a lane */
    bool closing;
    struct wsp_error refused; /* the engine does not start: nothing will ever be spoken */
    pid_t nursery;
    int control; /* -1: no nursery */
    unsigned generation;
    int event; /* an eventfd: something is done */
};

/* ---- the nursery ------------------------------------------------------------------------ */

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Without its control socket it ends its workers and itself. Killed, should it hang, it takes them
 * along too (PR_SET_PDEATHSIG), but their processor time is lost to those who count it. */
static void drop_nursery(struct wsp_pool *pool)
{
    close_fd(&pool->control);
    wsp_child_end(pool->nursery, NURSERY_GRACE_MS);
    pool->nursery = -1;
}

static enum wsp_status spawn(struct wsp_pool *pool, const struct wsp_child_fd *fds, size_t n_fds,
                             struct wsp_error *err)
{
    char lanes[16], rate[32], pitch[32];
    snprintf(lanes, sizeof lanes, "%d", pool->settings.jobs);
    snprintf(rate, sizeof rate, "%.3f", pool->settings.rate_wpm);
    snprintf(pitch, sizeof pitch, "%.3f", pool->settings.pitch);
    char role[] = WSP_NURSERY_ROLE, phonemes[] = "phonemes", sound[] = "sound";
    char *argv[] = {role, lanes, pool->voice_path,
                    rate, pitch, pool->settings.phonemes ? phonemes : sound,
                    NULL};
    /* Bound at once: no worker binds anew what its siblings have bound, and nothing looks a
     * name up in the libraries that the nursery has shed. */
    return wsp_child_start_with(&pool->nursery, pool->program, argv, "LD_BIND_NOW=1", fds, n_fds,
                                err);
}

/* Make the sockets (ours in `ours`, control last) and start a nursery at their other ends. Each
 * lane finds its own in `new_fd`: its thread may be reading the old one just now. */
static enum wsp_status start_nursery(struct wsp_pool *pool, struct wsp_error *err)
{
    size_t n = (size_t)pool->settings.jobs + 1;
    struct wsp_child_fd fds[WSP_NURSERY_LANES_MAX + 2];
    int ours[WSP_NURSERY_LANES_MAX + 1] = {0};
    size_t made = 0;
    enum wsp_status st = WSP_OK;
    for (; made < n && !st; made++) {
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)) {
            st = wsp_fail(err, WSP_TEMPFAIL, _("cannot open a socket: %s; try fewer --jobs"),
                          wsp_errno_text(errno));
            break;
        }
        ours[made] = pair[0];
        wsp_wire_set_timeout(pair[0], pool->settings.timeout_ms);
        bool is_control = made == n - 1;
        fds[made] = (struct wsp_child_fd){.parent = pair[1],
                                          .child = is_control ? WSP_NURSERY_CONTROL
                                                              : WSP_NURSERY_LANES + (int)made};
    }
    /* The engine's own player and its PulseAudio chatter on standard error, unasked. */
    int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
    fds[made] = (struct wsp_child_fd){.parent = quiet, .child = STDERR_FILENO};
    if (!st)
        st = spawn(pool, fds, quiet >= 0 ? n + 1 : n, err);
    close_fd(&quiet);
    for (size_t i = 0; i < made; i++)
        close(fds[i].parent);
    if (st) {
        for (size_t i = 0; i < made; i++)
            close(ours[i]);
        return st;
    }
    pool->generation++;
    pool->control = ours[n - 1];
    for (int i = 0; i < pool->settings.jobs; i++) {
        close_fd(&pool->lanes[i].new_fd);
        pool->lanes[i].new_fd = ours[i];
    }
    return WSP_OK;
}

static void adopt_new_fd(struct lane *lane)
{
    close_fd(&lane->fd);
    lane->fd = lane->new_fd;
    lane->new_fd = -1;
    lane->generation = lane->pool->generation;
}

/* The lane has lost its nursery. The first lane to notice starts another; each lane then has
 * the new socket. Returns false when that cannot be done or the pool closes. */
static bool renew_nursery(struct lane *lane)
{
    struct wsp_pool *pool = lane->pool;
    pthread_mutex_lock(&pool->lock);
    if (!pool->closing && lane->generation == pool->generation) {
        drop_nursery(pool);
        if (pool->generation >= NURSERY_RESTARTS || start_nursery(pool, NULL))
            pool->generation++; /* lanes find no new way */
    }
    adopt_new_fd(lane);
    bool ok = !pool->closing && lane->fd >= 0;
    pthread_mutex_unlock(&pool->lock);
    return ok;
}

static void end_worker(struct lane *lane)
{
    unsigned char number = (unsigned char)lane->number;
    pthread_mutex_lock(&lane->pool->lock);
    if (lane->pool->control >= 0)
        send(lane->pool->control, &number, 1, MSG_NOSIGNAL);
    pthread_mutex_unlock(&lane->pool->lock);
}

/* ---- a lane: one utterance -------------------------------------------------------------- */

enum outcome { SPOKEN, UNSPEAKABLE, CRASHED, HUNG, LOST, REFUSED };

static bool keep_samples(struct lane *lane, const char *body, size_t len)
{
    struct wsp_sound *sound = &lane->sound;
    size_t n = len / sizeof *sound->samples;
    if (sound->n_samples + n > sound->cap_samples) {
        size_t cap = (sound->n_samples + n) * 3 / 2;
        int16_t *samples = realloc(sound->samples, cap * sizeof *samples);
        if (!samples)
            return false;
        sound->samples = samples;
        sound->cap_samples = cap;
    }
    memcpy(sound->samples + sound->n_samples, body, n * sizeof *sound->samples);
    sound->n_samples += n;
    return true;
}

static bool keep_cues(struct lane *lane, const char *body, size_t len)
{
    struct wsp_sound *sound = &lane->sound;
    for (size_t at = 0; at + sizeof *sound->cues <= len; at += sizeof *sound->cues) {
        if (wsp_grow(&sound->cues, &sound->cap_cues, sound->n_cues, sizeof *sound->cues))
            return false;
        memcpy(&sound->cues[sound->n_cues++], body + at, sizeof *sound->cues);
    }
    return true;
}

/* One record of the running job. Returns false when the memory is used up. */
static bool keep(struct lane *lane, const struct wsp_record *record, struct wsp_take *take)
{
    const char *body = wsp_wire_body(lane->buffer);
    switch (record->kind) {
    case WSP_RECORD_TAKEN:
        lane->sound.rate_hz = record->value;
        return true;
    case WSP_RECORD_SAMPLES:
        return keep_samples(lane, body, record->length);
    case WSP_RECORD_CUES:
        return keep_cues(lane, body, record->length);
    case WSP_RECORD_PHONEMES:
        return !wsp_buf_add(&take->phonemes, body, record->length);
    default:
        return true;
    }
}

static void keep_failure(struct lane *lane, const struct wsp_record *record, struct wsp_error *err)
{
    wsp_fail(err, (enum wsp_status)record->value, "%.*s", (int)record->length,
             wsp_wire_body(lane->buffer));
}

/* Read the answers to the running job until it is over, one way or the other. */
static enum outcome collect(struct lane *lane, struct wsp_take *take)
{
    bool hung = false;
    for (;;) {
        struct wsp_record record;
        int got = wsp_wire_receive(lane->fd, lane->buffer, &record);
        if (got == 0)
            return LOST;
        if (got < 0) { /* nothing for too long: once the worker, then the nursery itself */
            if (hung)
                return LOST;
            hung = true;
            end_worker(lane);
            continue;
        }
        if (record.kind == WSP_RECORD_REFUSED) {
            keep_failure(lane, &record, &take->failure);
            return REFUSED;
        }
        if (record.kind == WSP_RECORD_CRASHED)
            return hung ? HUNG : CRASHED;
        if (record.job != lane->job_number)
            continue; /* the rest of a job that was given up */
        if (record.kind == WSP_RECORD_DONE) {
            if (record.value == WSP_OK)
                return SPOKEN;
            keep_failure(lane, &record, &take->failure);
            return UNSPEAKABLE;
        }
        if (!keep(lane, &record, take) && !take->failure.status) {
            wsp_fail_nomem(&take->failure);
            end_worker(lane); /* it would wait for us to read on; CRASHED follows */
        }
    }
}

static enum outcome speak_once(struct lane *lane, struct slot *slot)
{
    wsp_sound_clear(&lane->sound);
    wsp_take_clear(&slot->take);
    slot->take.number = slot->utterance.number;
    lane->job_number++;
    struct wsp_record record = {
        .kind = WSP_RECORD_JOB, .job = lane->job_number, .length = (uint32_t)lane->job.len};
    if (lane->fd < 0 || !wsp_wire_send(lane->fd, record, lane->job.ptr))
        return LOST;
    return collect(lane, &slot->take);
}

static void explain(struct wsp_take *take, enum outcome outcome)
{
    if (take->failure.status)
        return; /* the engine has said it itself, or the memory is used up */
    if (outcome == HUNG)
        wsp_fail(&take->failure, WSP_INTERNAL,
                 _("the speech engine hangs at this sentence, twice"));
    else if (outcome == LOST)
        wsp_fail(&take->failure, WSP_INTERNAL, _("the speech process has ended unexpectedly"));
    else
        wsp_fail(&take->failure, WSP_INTERNAL,
                 _("the speech engine crashes at this sentence, twice"));
}

static void tell_event(const struct wsp_pool *pool)
{
    const uint64_t one = 1;
    ssize_t written = write(pool->event, &one, sizeof one);
    (void)written; /* nonblocking: it fails only when it is readable already */
}

static void refuse_all(struct wsp_pool *pool, const struct wsp_error *why)
{
    pthread_mutex_lock(&pool->lock);
    pool->refused = *why;
    pthread_mutex_unlock(&pool->lock);
}

/* ---- a lane: an utterance, by all means -------------------------------------------------- */

static enum outcome speak_or_try_again(struct lane *lane, struct slot *slot)
{
    wsp_buf_clear(&lane->job);
    if (wsp_wire_put_utterance(&lane->job, &slot->utterance)) {
        wsp_fail_nomem(&slot->take.failure);
        return UNSPEAKABLE;
    }
    enum outcome outcome;
    int tries = 0, lost = 0;
    bool again;
    do {
        outcome = speak_once(lane, slot);
        if (outcome == LOST)
            again = renew_nursery(lane) && ++lost < TRIES_LOST;
        else
            again = (outcome == CRASHED || outcome == HUNG) && ++tries < TRIES;
    } while (again);
    return outcome;
}

/* The engine's sound: from the store, or from the engine and into the store. */
static enum outcome find_or_speak(struct lane *lane, struct slot *slot, struct wsp_str key)
{
    struct wsp_store *store = key.len > 0 ? lane->pool->settings.store : NULL;
    if (store && wsp_store_get(store, key, &lane->sound))
        return SPOKEN;
    enum outcome outcome = speak_or_try_again(lane, slot);
    if (store && outcome == SPOKEN)
        wsp_store_put(store, key, &lane->sound);
    return outcome;
}

static void speak_and_shape(struct lane *lane, struct slot *slot, struct wsp_str key)
{
    enum outcome outcome = find_or_speak(lane, slot, key);
    const struct wsp_shaper *shaper = &lane->pool->settings.shaper;
    if (outcome == REFUSED)
        refuse_all(lane->pool, &slot->take.failure);
    else if (outcome != SPOKEN)
        explain(&slot->take, outcome);
    else if (!lane->pool->settings.phonemes &&
             shaper->shape(lane->shaping, &lane->sound, &slot->utterance, &slot->take))
        wsp_fail_nomem(&slot->take.failure);
}

/* The take as it was kept, or a new one, which is kept. */
static void find_or_make(struct lane *lane, struct slot *slot)
{
    const struct wsp_pool_settings *settings = &lane->pool->settings;
    struct wsp_take *take = &slot->take;
    bool stores = settings->store && !settings->phonemes &&
                  !wsp_takekey_of_sound(&lane->key, &lane->text, &slot->utterance, settings->voice,
                                        wsp_buf_str(&lane->pool->identity));
    size_t sound_key = stores ? lane->key.len : 0;
    bool keeps = stores && lane->pool->shape.len > 0 &&
                 !wsp_takekey_extend(&lane->key, &slot->utterance, wsp_buf_str(&lane->pool->shape));
    if (keeps && wsp_store_get_bytes(settings->store, wsp_buf_str(&lane->key), &take->packed) &&
        settings->shaper.reopen(take))
        return;
    wsp_take_clear(take);
    take->number = slot->utterance.number;
    speak_and_shape(lane, slot, (struct wsp_str){lane->key.ptr, sound_key});
    if (keeps && !take->failure.status && take->packed.len > 0)
        wsp_store_put_bytes(settings->store, wsp_buf_str(&lane->key), wsp_buf_str(&take->packed));
}

static void speak_slot(struct lane *lane, struct slot *slot)
{
    wsp_take_clear(&slot->take);
    slot->take.number = slot->utterance.number;
    if (slot->utterance.n_words > 0)
        find_or_make(lane, slot);
}

/* ---- a lane: its thread ----------------------------------------------------------------- */

static struct slot *next_slot(struct wsp_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->closing && pool->n_taken_up == pool->n_given)
        pthread_cond_wait(&pool->given, &pool->lock);
    struct slot *slot = NULL;
    if (!pool->closing) {
        slot = &pool->slots[(pool->first + pool->n_taken_up) % pool->n_slots];
        slot->state = SLOT_WORKING;
        pool->n_taken_up++;
    }
    pthread_mutex_unlock(&pool->lock);
    return slot;
}

static void *run_lane(void *argument)
{
    struct lane *lane = argument;
    struct slot *slot;
    while ((slot = next_slot(lane->pool)) != NULL) {
        speak_slot(lane, slot);
        pthread_mutex_lock(&lane->pool->lock);
        slot->state = SLOT_DONE;
        pthread_cond_signal(&lane->pool->done);
        pthread_mutex_unlock(&lane->pool->lock);
        tell_event(lane->pool);
    }
    return NULL;
}

static enum wsp_status start_lanes(struct wsp_pool *pool, struct wsp_error *err)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    enum wsp_status st = WSP_OK;
    for (int i = 0; i < pool->settings.jobs && !st; i++) {
        struct lane *lane = &pool->lanes[i];
        adopt_new_fd(lane);
        if (!pool->settings.phonemes)
            lane->shaping = pool->settings.shaper.open(pool->settings.shaper.params);
        if (!pool->settings.phonemes && !lane->shaping)
            st = wsp_fail_nomem(err);
        else if (pthread_create(&lane->thread, &attributes, run_lane, lane))
            st = wsp_fail(err, WSP_TEMPFAIL, _("cannot start a thread; try fewer --jobs"));
        else
            lane->started = true;
    }
    pthread_attr_destroy(&attributes);
    return st;
}

/* ---- what the owner calls --------------------------------------------------------------- */

static enum wsp_status allocate(struct wsp_pool *pool)
{
    size_t jobs = (size_t)pool->settings.jobs;
    pool->n_slots = jobs * SLOTS_PER_LANE + 1;
    pool->slots = calloc(pool->n_slots, sizeof *pool->slots);
    pool->lanes = calloc(jobs, sizeof *pool->lanes);
    pool->program = strdup(pool->settings.program);
    pool->voice_path = strdup(pool->settings.voice_path);
    if (!pool->slots || !pool->lanes || !pool->program || !pool->voice_path)
        return WSP_NOMEM;
    for (size_t i = 0; i < pool->n_slots; i++) {
        wsp_utterance_init(&pool->slots[i].utterance);
        wsp_take_init(&pool->slots[i].take);
    }
    for (int i = 0; i < pool->settings.jobs; i++) {
        pool->lanes[i].pool = pool;
        pool->lanes[i].number = i;
        pool->lanes[i].fd = pool->lanes[i].new_fd = -1;
        wsp_buf_init(&pool->lanes[i].job, WSP_RECORD_LIMIT - sizeof(struct wsp_record));
        wsp_buf_init(&pool->lanes[i].key, KEY_LIMIT);
        wsp_engine_text_init(&pool->lanes[i].text);
    }
    return WSP_OK;
}

/* The engine, the voice, how it is asked to speak, and the program that asks. */
static enum wsp_status identify(struct wsp_pool *pool, struct wsp_error *err)
{
    const struct wsp_pool_settings *settings = &pool->settings;
    const struct wsp_voice *voice = settings->voice;
    const struct wsp_engine *engine = wsp_engine_find(NULL, voice->engine);
    struct stat program = {0};
    if (!engine || stat(settings->program, &program)) {
        pool->settings.store = NULL; /* to start it will say what is wrong */
        return WSP_OK;
    }
    wsp_buf_printf(&pool->identity, "%lld.%lld %s ", (long long)program.st_size,
                   (long long)program.st_mtim.tv_sec, engine->name);
    engine->identify(&pool->identity);
    wsp_buf_printf(&pool->identity, " %s %.3f %.3f %.3f ", voice->engine_voice, settings->rate_wpm,
                   settings->pitch, voice->range);
    if (settings->shaper.identify)
        settings->shaper.identify(settings->shaper.params, &pool->shape);
    return pool->identity.status || pool->shape.status ? wsp_fail_nomem(err) : WSP_OK;
}

enum wsp_status wsp_pool_open(struct wsp_pool **out, const struct wsp_pool_settings *settings,
                              struct wsp_error *err)
{
    *out = NULL;
    struct wsp_pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        return wsp_fail_nomem(err);
    pool->settings = *settings;
    if (pool->settings.timeout_ms <= 0)
        pool->settings.timeout_ms = TIMEOUT_MS;
    pool->control = -1;
    pool->nursery = -1;
    pool->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    wsp_buf_init(&pool->identity, KEY_LIMIT);
    wsp_buf_init(&pool->shape, KEY_LIMIT);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->given, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->done, &monotonic);
    pthread_condattr_destroy(&monotonic);

    enum wsp_status st = allocate(pool);
    if (st)
        st = wsp_fail_nomem(err);
    if (!st && pool->event < 0)
        st = wsp_fail(err, WSP_TEMPFAIL, _("cannot open an event descriptor: %s"),
                      wsp_errno_text(errno));
    if (!st)
        st = start_nursery(pool, err);
    if (!st && settings->store) /* while the engine starts */
        st = identify(pool, err);
    if (!st)
        st = start_lanes(pool, err);
    if (st) {
        wsp_pool_close(pool);
        return st;
    }
    *out = pool;
    return WSP_OK;
}

bool wsp_pool_has_room(const struct wsp_pool *pool)
{
    return pool->n_given < pool->n_slots; /* only the owner's thread changes n_given */
}

static enum wsp_status copy_utterance(struct wsp_utterance *to, const struct wsp_utterance *from)
{
    to->number = from->number;
    to->pause_ms = from->pause_ms;
    to->mood = from->mood;
    to->language = from->language;
    wsp_buf_clear(&to->spoken);
    wsp_buf_clear(&to->engine);
    to->n_words = 0;
    while (to->n_words < from->n_words) {
        if (wsp_grow(&to->words, &to->cap_words, to->n_words, sizeof *to->words))
            return WSP_NOMEM;
        to->words[to->n_words] = from->words[to->n_words];
        to->n_words++;
    }
    wsp_buf_add_str(&to->spoken, wsp_buf_str(&from->spoken));
    wsp_buf_add_str(&to->engine, wsp_buf_str(&from->engine));
    return to->spoken.status ? to->spoken.status : to->engine.status;
}

enum wsp_status wsp_pool_give(struct wsp_pool *pool, const struct wsp_utterance *utterance,
                              struct wsp_error *err)
{
    struct slot *slot = &pool->slots[(pool->first + pool->n_given) % pool->n_slots];
    if (copy_utterance(&slot->utterance, utterance))
        return wsp_fail_nomem(err);
    pthread_mutex_lock(&pool->lock);
    slot->state = SLOT_WAITING;
    pool->n_given++;
    pthread_cond_signal(&pool->given);
    pthread_mutex_unlock(&pool->lock);
    return WSP_OK;
}

/* A signal handler cannot signal a condition, so waiting looks up now and then. */
static void wait_a_little(struct wsp_pool *pool)
{
    enum { LOOK_UP_NS = 20 * 1000 * 1000 };
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_UP_NS;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_cond_timedwait(&pool->done, &pool->lock, &until);
}

enum wsp_status wsp_pool_take(struct wsp_pool *pool, struct wsp_take **take,
                              const struct wsp_cancel *cancel, struct wsp_error *err)
{
    struct slot *slot = &pool->slots[pool->first];
    enum wsp_status st = WSP_OK;
    pthread_mutex_lock(&pool->lock);
    while (slot->state != SLOT_DONE && !wsp_cancelled(cancel) && !pool->refused.status)
        wait_a_little(pool);
    if (pool->refused.status)
        st = wsp_fail(err, pool->refused.status, "%s", pool->refused.text);
    else if (wsp_cancelled(cancel))
        st = wsp_fail_cancelled(err);
    pthread_mutex_unlock(&pool->lock);
    *take = st ? NULL : &slot->take;
    return st;
}

bool wsp_pool_is_done(struct wsp_pool *pool)
{
    uint64_t told;
    ssize_t heard = read(pool->event, &told, sizeof told);
    (void)heard; /* cleared before looking: what is done after it tells again */
    pthread_mutex_lock(&pool->lock);
    bool done =
        pool->refused.status || (pool->n_given > 0 && pool->slots[pool->first].state == SLOT_DONE);
    pthread_mutex_unlock(&pool->lock);
    return done;
}

int wsp_pool_fd(const struct wsp_pool *pool)
{
    return pool->event;
}

void wsp_pool_drop(struct wsp_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->slots[pool->first].state = SLOT_FREE;
    pool->first = (pool->first + 1) % pool->n_slots;
    pool->n_given--;
    pool->n_taken_up--;
    pthread_mutex_unlock(&pool->lock);
}

static void release_lane(struct wsp_pool *pool, struct lane *lane)
{
    if (lane->started)
        pthread_join(lane->thread, NULL);
    close_fd(&lane->fd);
    close_fd(&lane->new_fd);
    if (lane->shaping)
        pool->settings.shaper.close(lane->shaping);
    wsp_sound_release(&lane->sound);
    wsp_buf_release(&lane->job);
    wsp_buf_release(&lane->key);
    wsp_engine_text_release(&lane->text);
}

void wsp_pool_close(struct wsp_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    for (int i = 0; pool->lanes && i < pool->settings.jobs; i++)
        if (pool->lanes[i].fd >= 0)
            shutdown(pool->lanes[i].fd,
                     SHUT_RDWR); /* wakes a lane that reads, and who writes to it */
    drop_nursery(pool);
    pthread_cond_broadcast(&pool->given);
    pthread_mutex_unlock(&pool->lock);

    for (int i = 0; pool->lanes && i < pool->settings.jobs; i++)
        release_lane(pool, &pool->lanes[i]);
    for (size_t i = 0; pool->slots && i < pool->n_slots; i++) {
        wsp_utterance_release(&pool->slots[i].utterance);
        wsp_take_release(&pool->slots[i].take);
    }
    close_fd(&pool->event);
    pthread_cond_destroy(&pool->given);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->lock);
    free(pool->lanes);
    free(pool->slots);
    wsp_buf_release(&pool->identity);
    wsp_buf_release(&pool->shape);
    free(pool->program);
    free(pool->voice_path);
    free(pool);
}
