#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char wsp_buf_empty[1]; /* what empty buffers point at; never written */

bool wsp_str_is_one_of(struct wsp_str a, const char *words)
{
    while (*words) {
        size_t len = strcspn(words, " ");
        if (wsp_str_equal(a, (struct wsp_str){words, len}))
            return true;
        words += len + strspn(words + len, " ");
    }
    return false;
}

void wsp_buf_init(struct wsp_buf *buf, size_t limit)
{
    *buf = (struct wsp_buf)WSP_BUF_INIT(limit);
}

void wsp_buf_release(struct wsp_buf *buf)
{
    if (buf->cap > 0)
        free(buf->ptr);
    wsp_buf_init(buf, buf->limit);
}

void wsp_buf_clear(struct wsp_buf *buf)
{
    buf->len = 0;
    buf->status = WSP_OK;
    if (buf->cap > 0)
        buf->ptr[0] = '\0';
}

void wsp_buf_cut(struct wsp_buf *buf, size_t len)
{
    if (buf->len > len) {
        buf->len = len;
        buf->ptr[len] = '\0';
    }
}

enum wsp_status wsp_buf_reserve(struct wsp_buf *buf, size_t len)
{
    if (len > buf->limit || buf->len > buf->limit - len)
        return buf->status = WSP_DATA;
    size_t need = buf->len + len + 1;
    if (need <= buf->cap)
        return WSP_OK;
    size_t cap = buf->cap < 64 ? 64 : buf->cap;
    while (cap < need)
        cap += cap / 2;
    char *ptr = realloc(buf->cap > 0 ? buf->ptr : NULL, cap);
    if (!ptr)
        return buf->status = WSP_NOMEM;
    ptr[buf->len] = '\0';
    buf->ptr = ptr;
    buf->cap = cap;
    return WSP_OK;
}

enum wsp_status wsp_buf_add(struct wsp_buf *buf, const char *ptr, size_t len)
{
    if (len == 0)
        return WSP_OK;
    enum wsp_status st = wsp_buf_reserve(buf, len);
    if (st)
        return st;
    memcpy(buf->ptr + buf->len, ptr, len);
    buf->len += len;
    buf->ptr[buf->len] = '\0';
    return WSP_OK;
}

enum wsp_status wsp_buf_add_str(struct wsp_buf *buf, struct wsp_str str)
{
    return wsp_buf_add(buf, str.ptr, str.len);
}

enum wsp_status wsp_buf_puts(struct wsp_buf *buf, const char *text)
{
    return wsp_buf_add(buf, text, strlen(text));
}

enum wsp_status wsp_buf_putc(struct wsp_buf *buf, char byte)
{
    return wsp_buf_add(buf, &byte, 1);
}

enum wsp_status wsp_buf_printf(struct wsp_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need < 0)
        return buf->status = WSP_INTERNAL;
    enum wsp_status st = wsp_buf_reserve(buf, (size_t)need);
    if (st || need == 0)
        return st;
    va_start(args, format);
    vsnprintf(buf->ptr + buf->len, (size_t)need + 1, format, args);
    va_end(args);
    buf->len += (size_t)need;
    return WSP_OK;
}

struct wsp_str wsp_buf_str(const struct wsp_buf *buf)
{
    return (struct wsp_str){buf->ptr, buf->len};
}

enum wsp_status wsp_grow(void *items, size_t *cap, size_t count, size_t size)
{
    if (count < *cap)
        return WSP_OK;
    size_t more = *cap < 16 ? 16 : *cap + *cap / 2;
    if (more > SIZE_MAX / size)
        return WSP_NOMEM;
    void *old;
    memcpy(&old, items, sizeof old); /* `items` is the address of some T *: copy, do not pun */
    void *grown = realloc(old, more * size);
    if (!grown)
        return WSP_NOMEM;
    memcpy(items, &grown, sizeof grown);
    *cap = more;
    return WSP_OK;
}
