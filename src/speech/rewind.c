#include "speech/rewind.h"

#include "speech/mappings.h"

#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    LARGEST = 16 * 1024 * 1024, /* bytes; the engine with its data has 1.5 MB */
    PAGE = 4096,                /* bytes: what is compared at a time */
    THREAD_STACK = 128 * 1024,  /* bytes; libespeak-ng starts a thread that it does not use here */
    DEAD_STACK = 256 * 1024,    /* bytes below a caller that are cleared; the engine uses 57 kB */
};

struct stretch {
    char *begin;
    const char *kept; /* what was there */
    size_t len;       /* bytes, whole pages */
};

/* At the head of a mapping of its own, which the kept bytes follow; nobody can write it. */
struct wsp_moment {
    void *heap_end;
    size_t n;
    struct stretch stretches[];
};

void wsp_rewind_prepare(void)
{
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, -1); /* the heap never shrinks */
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, THREAD_STACK);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

static size_t whole_pages(size_t len)
{
    return (len + PAGE - 1) / PAGE * PAGE;
}

static struct wsp_moment *allocate(size_t head, size_t len)
{
    void *at = mmap(NULL, head + len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

static bool holds(const struct wsp_mapping *mapping, const void *at)
{
    return (const char *)at >= mapping->begin && (const char *)at < mapping->begin + mapping->len;
}

/* The writable mappings but the stack we are on, moved to the front. Sets *len to their bytes. */
static size_t select_writable(struct wsp_mapping *mappings, size_t n, size_t *len)
{
    size_t n_taken = 0;
    *len = 0;
    for (size_t i = 0; i < n; i++) {
        if (!mappings[i].writable || holds(&mappings[i], &n_taken))
            continue;
        *len += mappings[i].len;
        mappings[n_taken++] = mappings[i];
    }
    return n_taken;
}

const struct wsp_moment *wsp_rewind_remember(void)
{
    struct wsp_mapping mappings[WSP_MAPPINGS_MAX];
    size_t len, n = wsp_mappings(mappings, WSP_MAPPINGS_MAX);
    if (n == 0 || n == WSP_MAPPINGS_MAX)
        return NULL;
    n = select_writable(mappings, n, &len);
    size_t head = whole_pages(sizeof(struct wsp_moment) + n * sizeof(struct stretch));
    struct wsp_moment *moment = len < LARGEST ? allocate(head, len) : NULL;
    if (!moment)
        return NULL;
    char *kept = (char *)moment + head;
    moment->heap_end = sbrk(0);
    moment->n = n;
    for (size_t i = 0; i < n; i++) {
        moment->stretches[i] = (struct stretch){mappings[i].begin, kept, mappings[i].len};
        memcpy(kept, mappings[i].begin, mappings[i].len);
        kept += mappings[i].len;
    }
    mprotect(moment, head + len, PROT_READ);
    return moment;
}

/* A page that is as it was stays shared with the process that remembered. */
static void put_back(const struct stretch *stretch)
{
    for (size_t at = 0; at < stretch->len; at += PAGE)
        if (memcmp(stretch->begin + at, stretch->kept + at, PAGE) != 0)
            memcpy(stretch->begin + at, stretch->kept + at, PAGE);
}

__attribute__((noinline)) static void clear_dead_stack(void)
{
    char dead[DEAD_STACK];
    explicit_bzero(dead, sizeof dead);
}

bool wsp_rewind_to(const struct wsp_moment *moment)
{
    if (brk(moment->heap_end))
        return false;
    for (size_t i = 0; i < moment->n; i++)
        put_back(&moment->stretches[i]);
    clear_dead_stack();
    return true;
}
