#include "speech/store.h"

#include "base/hash.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    SEGMENTS = 8,
    NAME_BYTES = 32,
    BYTES_MAX = 1 << 30, /* of an entry: a damaged head is not believed */
};

/* Before the key, the cues and the samples, in the machine's byte order; other bytes than a sound's
 * have no rate and no cues. */
struct head {
    uint32_t rate_hz, key_len, cues_bytes, bytes;
    uint64_t sum; /* of what is before and after it */
};

/* What an entry consists of besides its head. */
enum { PARTS = 3 };

/* An index is these, one after the other. */
struct row {
    uint64_t hash; /* of the key */
    uint64_t offset;
    uint64_t check; /* of both */
};

struct place {
    uint64_t hash, offset;
    size_t segment; /* of `segments` */
};

struct segment {
    unsigned number; /* its name */
    int sounds, index;
    uint64_t bytes; /* of both files */
};

struct wsp_store {
    int folder;
    uint64_t limit;
    pthread_mutex_t lock; /* protects all that follows */
    int writing;          /* holds the folder's lock; -1: not yet, or another program does */
    bool looked;          /* the segments are open */
    bool refused;         /* nothing more is put in this run */
    uint64_t put;         /* bytes, in this run */
    struct segment segments[SEGMENTS + 1]; /* rising numbers; one more while the oldest goes */
    size_t n_segments;
    struct place *places; /* a hash table; one that is free has segment NONE */
    size_t n_places, n_slots;
};

static const size_t none = SIZE_MAX;

/* ---- what is where ---- */

static uint64_t hash_of(struct wsp_str key)
{
    return wsp_hash(WSP_HASH_START, key.ptr, key.len);
}

static struct place *find(const struct wsp_store *store, uint64_t hash)
{
    size_t at = hash & (store->n_slots - 1);
    while (store->places[at].segment != none && store->places[at].hash != hash)
        at = (at + 1) & (store->n_slots - 1);
    return &store->places[at];
}

/* Twice as many slots as places, always. */
static enum wsp_status make_slots(struct wsp_store *store)
{
    enum { FIRST = 64 };
    if (store->n_slots > 2 * store->n_places)
        return WSP_OK;
    struct place *old = store->places;
    size_t n_old = store->n_slots, n = n_old ? 2 * n_old : FIRST;
    struct place *places = malloc(n * sizeof *places);
    if (!places)
        return WSP_NOMEM;
    for (size_t i = 0; i < n; i++)
        places[i].segment = none;
    store->places = places;
    store->n_slots = n;
    for (size_t i = 0; i < n_old; i++)
        if (old[i].segment != none)
            *find(store, old[i].hash) = old[i];
    free(old);
    return WSP_OK;
}

/* The newest of one name counts. */
static enum wsp_status learn(struct wsp_store *store, struct place place)
{
    if (make_slots(store))
        return WSP_NOMEM;
    struct place *slot = find(store, place.hash);
    store->n_places += slot->segment == none;
    *slot = place;
    return WSP_OK;
}

/* ---- segments ---- */

static void name_file(char name[NAME_BYTES], unsigned number, const char *kind)
{
    snprintf(name, NAME_BYTES, "%08u.%s", number, kind);
}

static uint64_t size_of(int fd)
{
    struct stat about;
    return fstat(fd, &about) == 0 ? (uint64_t)about.st_size : 0;
}

static struct row make_row(uint64_t hash, uint64_t offset)
{
    /* Odd factors (the golden ratio's, and FNV's): no bit of either is lost. */
    uint64_t check = (hash + 1) * UINT64_C(0x9e3779b97f4a7c15) ^ ~offset * UINT64_C(0x100000001b3);
    return (struct row){.hash = hash, .offset = offset, .check = check};
}

static void read_index(struct wsp_store *store, size_t segment)
{
    struct row rows[256];
    off_t at = 0;
    for (ssize_t n; (n = pread(store->segments[segment].index, rows, sizeof rows, at)) > 0; at += n)
        for (size_t i = 0; i < (size_t)n / sizeof *rows; i++) {
            bool sound = rows[i].check == make_row(rows[i].hash, rows[i].offset).check;
            if (sound && learn(store, (struct place){.hash = rows[i].hash,
                                                     .offset = rows[i].offset,
                                                     .segment = segment}))
                return;
        }
}

static void close_segment(struct segment *segment)
{
    if (segment->sounds >= 0)
        close(segment->sounds);
    if (segment->index >= 0)
        close(segment->index);
}

static bool open_segment(struct wsp_store *store, unsigned number, int flags)
{
    char sounds[NAME_BYTES], index[NAME_BYTES];
    name_file(sounds, number, "sounds");
    name_file(index, number, "index");
    struct segment segment = {.number = number, .index = -1};
    segment.sounds = openat(store->folder, sounds, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (segment.sounds >= 0)
        segment.index = openat(store->folder, index, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (segment.index < 0) {
        close_segment(&segment);
        return false;
    }
    segment.bytes = size_of(segment.sounds) + size_of(segment.index);
    store->segments[store->n_segments++] = segment;
    return true;
}

static void drop_oldest(struct wsp_store *store)
{
    char name[NAME_BYTES];
    static const char *const kinds[] = {"index", "sounds"};
    for (size_t i = 0; i < WSP_LEN(kinds); i++) {
        name_file(name, store->segments[0].number, kinds[i]);
        (void)unlinkat(store->folder, name, 0);
    }
    close_segment(&store->segments[0]);
    store->n_segments--;
    memmove(store->segments, store->segments + 1, store->n_segments * sizeof *store->segments);
    store->n_places = 0;
    for (size_t i = 0; i < store->n_slots; i++)
        store->places[i].segment = none;
    for (size_t i = 0; i < store->n_segments; i++)
        read_index(store, i);
}

static int by_number(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

/* The segments that are there: the newest of them, if for some reason they are many. */
static void open_segments(struct wsp_store *store)
{
    unsigned *numbers = NULL;
    size_t n = 0, cap = 0;
    int fd = openat(store->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir && fd >= 0)
        close(fd);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char name[NAME_BYTES];
        unsigned number = (unsigned)strtoul(entry->d_name, NULL, 10);
        name_file(name, number, "sounds");
        if (strcmp(name, entry->d_name) == 0 && !wsp_grow(&numbers, &cap, n, sizeof *numbers))
            numbers[n++] = number;
    }
    if (dir)
        closedir(dir);
    if (n > 0)
        qsort(numbers, n, sizeof *numbers, by_number);
    for (size_t i = n > SEGMENTS ? n - SEGMENTS : 0; i < n; i++)
        if (open_segment(store, numbers[i], O_RDWR))
            read_index(store, store->n_segments - 1);
    free(numbers);
}

/* What is there is looked at when it is first asked for: by then the engine is starting. */
static void look(struct wsp_store *store)
{
    if (!store->looked)
        open_segments(store);
    store->looked = true;
}

/* ---- finding ---- */

/* As wsp_hash(), eight bytes at a time. */
static uint64_t add_to_sum(uint64_t sum, const void *bytes, size_t len)
{
    const char *at = bytes;
    uint64_t word;
    for (; len >= sizeof word; len -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        sum = (sum ^ word) * UINT64_C(0x100000001b3);
        sum ^= sum >> 29;
    }
    return wsp_hash(sum, at, len);
}

static uint64_t sum_of(const struct head *head, const struct iovec parts[PARTS])
{
    uint64_t sum = add_to_sum(WSP_HASH_START, head, offsetof(struct head, sum));
    for (int i = 0; i < PARTS; i++)
        sum = add_to_sum(sum, parts[i].iov_base, parts[i].iov_len);
    return sum;
}

static size_t bytes_of(const struct iovec parts[PARTS])
{
    return parts[0].iov_len + parts[1].iov_len + parts[2].iov_len;
}

/* The head of the entry at `at`, when it may be one of `key`. */
static bool read_head(int fd, off_t at, struct wsp_str key, struct head *head)
{
    return pread(fd, head, sizeof *head, at) == (ssize_t)sizeof *head && head->key_len == key.len &&
           head->bytes <= BYTES_MAX && head->cues_bytes <= BYTES_MAX;
}

/* What follows `head`: into `cues` and `rest`, which have room. */
static bool read_body(int fd, off_t at, struct wsp_str key, const struct head *head, void *cues,
                      void *rest)
{
    char *there = malloc(key.len + 1);
    if (!there)
        return false;
    struct iovec parts[PARTS] = {{there, key.len}, {cues, head->cues_bytes}, {rest, head->bytes}};
    bool same = preadv(fd, parts, PARTS, at + (off_t)sizeof *head) == (ssize_t)bytes_of(parts) &&
                memcmp(there, key.ptr, key.len) == 0 && sum_of(head, parts) == head->sum;
    free(there);
    return same;
}

static bool make_room(struct wsp_sound *sound, size_t n_cues, size_t n_samples)
{
    if (n_samples > sound->cap_samples) {
        int16_t *samples = realloc(sound->samples, n_samples * sizeof *samples);
        if (!samples)
            return false;
        sound->samples = samples;
        sound->cap_samples = n_samples;
    }
    if (n_cues > sound->cap_cues) {
        struct wsp_cue *cues = realloc(sound->cues, n_cues * sizeof *cues);
        if (!cues)
            return false;
        sound->cues = cues;
        sound->cap_cues = n_cues;
    }
    return true;
}

static bool read_sound(int fd, off_t at, struct wsp_str key, struct wsp_sound *sound)
{
    struct head head;
    if (!read_head(fd, at, key, &head) || head.rate_hz == 0)
        return false;
    sound->rate_hz = head.rate_hz;
    sound->n_cues = head.cues_bytes / sizeof *sound->cues;
    sound->n_samples = head.bytes / sizeof *sound->samples;
    return head.cues_bytes % sizeof *sound->cues == 0 && head.bytes % sizeof *sound->samples == 0 &&
           make_room(sound, sound->n_cues, sound->n_samples) &&
           read_body(fd, at, key, &head, sound->cues, sound->samples);
}

static bool read_bytes(int fd, off_t at, struct wsp_str key, struct wsp_buf *bytes)
{
    struct head head;
    if (!read_head(fd, at, key, &head) || head.rate_hz != 0 || head.cues_bytes != 0 ||
        wsp_buf_reserve(bytes, head.bytes) || !read_body(fd, at, key, &head, NULL, bytes->ptr))
        return false;
    bytes->len = head.bytes;
    return true;
}

/* Where an entry of that hash is: a descriptor of its own, for the segment may go while it is read;
 * or -1. */
static int find_entry(struct wsp_store *store, struct wsp_str key, off_t *at)
{
    int fd = -1;
    pthread_mutex_lock(&store->lock);
    look(store);
    const struct place *place = find(store, hash_of(key));
    if (place->segment != none) {
        fd = fcntl(store->segments[place->segment].sounds, F_DUPFD_CLOEXEC, 0);
        *at = (off_t)place->offset;
    }
    pthread_mutex_unlock(&store->lock);
    return fd;
}

bool wsp_store_get(struct wsp_store *store, struct wsp_str key, struct wsp_sound *sound)
{
    off_t at;
    int fd = find_entry(store, key, &at);
    bool found = fd >= 0 && read_sound(fd, at, key, sound);
    if (fd >= 0)
        close(fd);
    if (!found)
        wsp_sound_clear(sound);
    return found;
}

bool wsp_store_get_bytes(struct wsp_store *store, struct wsp_str key, struct wsp_buf *bytes)
{
    off_t at;
    int fd = find_entry(store, key, &at);
    wsp_buf_clear(bytes);
    bool found = fd >= 0 && read_bytes(fd, at, key, bytes);
    if (fd >= 0)
        close(fd);
    return found;
}

/* ---- keeping ---- */

/* Does the disk have room for twice the store? It is not to take from a message what that needs. */
static bool disk_has_room(const struct wsp_store *store)
{
    struct statvfs disk;
    return fstatvfs(store->folder, &disk) == 0 &&
           (uint64_t)disk.f_bavail * disk.f_frsize / 2 >= store->limit;
}

/* Is this the program that writes? The lock is the system's and ends with us. */
static bool may_write(struct wsp_store *store)
{
    if (store->writing >= 0)
        return true;
    store->writing = openat(store->folder, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (store->writing >= 0 && disk_has_room(store) &&
        flock(store->writing, LOCK_EX | LOCK_NB) == 0)
        return true;
    store->refused = true;
    return false;
}

/* The segment that `bytes` more go into; NULL: they are not kept. */
static struct segment *segment_for(struct wsp_store *store, uint64_t bytes)
{
    uint64_t most = store->limit / SEGMENTS;
    /* Of a message that is longer than all of it the beginning is kept, not the end. */
    if (store->refused || store->put + bytes > most * (SEGMENTS - 1) || !may_write(store)) {
        store->refused = true;
        return NULL;
    }
    size_t n = store->n_segments;
    struct segment *newest = n > 0 ? &store->segments[n - 1] : NULL;
    if (newest && newest->bytes + bytes <= most)
        return newest;
    if (!open_segment(store, newest ? newest->number + 1 : 1, O_RDWR | O_CREAT)) {
        store->refused = true;
        return NULL;
    }
    uint64_t all = 0;
    for (size_t i = 0; i < store->n_segments; i++)
        all += store->segments[i].bytes;
    while (store->n_segments > 1 && (store->n_segments > SEGMENTS || all > most * (SEGMENTS - 1))) {
        all -= store->segments[0].bytes;
        drop_oldest(store);
    }
    return &store->segments[store->n_segments - 1];
}

static bool append(struct wsp_store *store, uint64_t hash, const struct iovec *parts, int n_parts,
                   size_t bytes)
{
    struct segment *segment = segment_for(store, bytes + sizeof(struct row));
    if (!segment)
        return true;
    uint64_t offset = size_of(segment->sounds);
    /* What was torn off an index is written over. */
    uint64_t end = size_of(segment->index) / sizeof(struct row) * sizeof(struct row);
    struct row row = make_row(hash, offset);
    if (pwritev(segment->sounds, parts, n_parts, (off_t)offset) != (ssize_t)bytes ||
        pwrite(segment->index, &row, sizeof row, (off_t)end) != (ssize_t)sizeof row)
        return false;
    segment->bytes += bytes + sizeof row;
    store->put += bytes + sizeof row;
    return !learn(store, (struct place){.hash = hash,
                                        .offset = offset,
                                        .segment = (size_t)(segment - store->segments)});
}

static void put(struct wsp_store *store, struct wsp_str key, struct head *head, void *cues,
                void *rest)
{
    head->key_len = (uint32_t)key.len;
    struct iovec parts[1 + PARTS] = {{head, sizeof *head},
                                     {(void *)(uintptr_t)key.ptr, key.len},
                                     {cues, head->cues_bytes},
                                     {rest, head->bytes}};
    head->sum = sum_of(head, parts + 1);
    pthread_mutex_lock(&store->lock);
    look(store);
    if (!store->refused &&
        !append(store, hash_of(key), parts, WSP_LEN(parts), sizeof *head + bytes_of(parts + 1)))
        store->refused = true; /* a full disk: the rest does without */
    pthread_mutex_unlock(&store->lock);
}

void wsp_store_put(struct wsp_store *store, struct wsp_str key, const struct wsp_sound *sound)
{
    struct head head = {.rate_hz = sound->rate_hz,
                        .cues_bytes = (uint32_t)(sound->n_cues * sizeof *sound->cues),
                        .bytes = (uint32_t)(sound->n_samples * sizeof *sound->samples)};
    if (sound->n_samples <= BYTES_MAX / sizeof *sound->samples && sound->rate_hz > 0)
        put(store, key, &head, sound->cues, sound->samples);
}

void wsp_store_put_bytes(struct wsp_store *store, struct wsp_str key, struct wsp_str bytes)
{
    struct head head = {.bytes = (uint32_t)bytes.len};
    if (bytes.len <= BYTES_MAX)
        put(store, key, &head, NULL, (void *)(uintptr_t)bytes.ptr);
}

/* ---- opening and closing ---- */

/* mkdir -p, for the user alone. */
static int make_folders(const char *folder)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%s", folder);
    if (n < 0 || (size_t)n >= sizeof path)
        return ENAMETOOLONG;
    for (char *at = path + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        if (mkdir(path, 0700) && errno != EEXIST)
            return errno;
        *at = '/';
    }
    return mkdir(path, 0700) && errno != EEXIST ? errno : 0;
}

static enum wsp_status fail(struct wsp_error *err, const char *folder, int errnum)
{
    wsp_fail(err, WSP_CANTCREAT, _("cannot keep sound there: %s; name another folder with --cache"),
             wsp_errno_text(errnum));
    wsp_error_place(err, folder, 0, 0);
    return WSP_CANTCREAT;
}

enum wsp_status wsp_store_open(struct wsp_store **out, const char *folder, uint64_t limit_bytes,
                               struct wsp_error *err)
{
    *out = NULL;
    int failed = make_folders(folder);
    if (failed)
        return fail(err, folder, failed);
    struct wsp_store *store = calloc(1, sizeof *store);
    if (!store || make_slots(store)) {
        free(store);
        return wsp_fail_nomem(err);
    }
    store->writing = -1;
    store->limit = limit_bytes;
    pthread_mutex_init(&store->lock, NULL);
    store->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (store->folder < 0) {
        failed = errno;
        wsp_store_close(store);
        return fail(err, folder, failed);
    }
    *out = store;
    return WSP_OK;
}

void wsp_store_close(struct wsp_store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < store->n_segments; i++)
        close_segment(&store->segments[i]);
    if (store->writing >= 0)
        close(store->writing);
    if (store->folder >= 0)
        close(store->folder);
    pthread_mutex_destroy(&store->lock);
    free(store->places);
    free(store);
}
