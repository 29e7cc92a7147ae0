/* Bytes: `struct wsp_str` borrows them, `struct wsp_buf` owns them and knows its limit; and
 * one function that grows arrays. */
#ifndef WSP_BASE_BUF_H
#define WSP_BASE_BUF_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define WSP_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* Borrowed bytes, usually UTF-8; not terminated. */
struct wsp_str {
    const char *ptr;
    size_t len;
};

#define WSP_STR(literal) ((struct wsp_str){literal, sizeof(literal) - 1})

static inline bool wsp_str_equal(struct wsp_str a, struct wsp_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Here, so that the length of a literal is known when it is compiled; the first byte, because
 * tables are searched with it. */
static inline bool wsp_str_is(struct wsp_str a, const char *text)
{
    if (a.len > 0 && a.ptr[0] != text[0])
        return false;
    return wsp_str_equal(a, (struct wsp_str){text, strlen(text)});
}

/* Is it one of `words`, which blanks part? */
bool wsp_str_is_one_of(struct wsp_str a, const char *words);

/* What it is where only one line may stand, as in a title: line ends and tabs are blanks. */
static inline char wsp_in_line(char byte)
{
    return (char)(byte == '\n' || byte == '\t' ? ' ' : byte);
}

/* Owned bytes. `ptr` is never NULL and always ends in a NUL that `len` does not count. A
 * failed append leaves the contents as they were and is remembered in `status`: append as
 * often as you like and look once at the end. */
struct wsp_buf {
    char *ptr;
    size_t len;
    size_t cap;
    size_t limit; /* bytes; growth stops there */
    enum wsp_status status;
};

extern char wsp_buf_empty[1];
#define WSP_BUF_INIT(limit_bytes)                  \
    {                                              \
        wsp_buf_empty, 0, 0, (limit_bytes), WSP_OK \
    }

void wsp_buf_init(struct wsp_buf *buf, size_t limit);
void wsp_buf_release(struct wsp_buf *buf); /* frees; the buffer is empty and usable again */
void wsp_buf_clear(struct wsp_buf *buf);   /* keeps the memory, forgets the contents */

/* Forget what is behind the first `len` bytes, if there is more. */
void wsp_buf_cut(struct wsp_buf *buf, size_t len);

/* Append. Return WSP_OK, WSP_NOMEM, or WSP_DATA beyond the limit. */
enum wsp_status wsp_buf_add(struct wsp_buf *buf, const char *ptr, size_t len);
enum wsp_status wsp_buf_add_str(struct wsp_buf *buf, struct wsp_str str);
enum wsp_status wsp_buf_puts(struct wsp_buf *buf, const char *text);
enum wsp_status wsp_buf_putc(struct wsp_buf *buf, char byte);
enum wsp_status wsp_buf_printf(struct wsp_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Make room for `len` more bytes without changing the contents. */
enum wsp_status wsp_buf_reserve(struct wsp_buf *buf, size_t len);

struct wsp_str wsp_buf_str(const struct wsp_buf *buf);

/* Room for one more element of `size` bytes in the array `*items` that has room for `*cap`
 * and holds `count`; doubles. Returns WSP_OK or WSP_NOMEM (the array is unchanged then). */
enum wsp_status wsp_grow(void *items, size_t *cap, size_t count, size_t size);

#endif
