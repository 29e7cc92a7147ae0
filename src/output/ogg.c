#include "output/ogg.h"

#include "base/hash.h"

#include <errno.h>
#include <ogg/ogg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* A page: "OggS", version, flags, position (8), serial number (4), its own number (4), checksum
 * (4), how many segments, their lengths, and what they hold. */
enum {
    SERIAL_AT = 14,
    CHECKSUM_AT = 22,
    SEGMENTS_AT = 26,
    HEAD = 27,
    SEGMENTS_MAX = 255,
    PAGE_MAX = HEAD + SEGMENTS_MAX + SEGMENTS_MAX * 255,
};

static void put_u32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (8 * i));
}

/* Give the page at `page`, `len` bytes long, a serial number and the checksum that is due. */
static void number_page(unsigned char *page, size_t len, uint32_t serial)
{
    size_t head = HEAD + (size_t)page[SEGMENTS_AT];
    ogg_page parts = {page, (long)head, page + head, (long)(len - head)};
    put_u32(page + SERIAL_AT, serial);
    ogg_page_checksum_set(&parts);
}

/* Read the page at byte `at`. Returns its length, 0 at the end, or -1 with errno. */
static ssize_t read_page(int fd, uint64_t at, uint64_t bytes, unsigned char *page)
{
    if (at == bytes)
        return 0;
    ssize_t there = pread(fd, page, PAGE_MAX, (off_t)at);
    if (there < 0)
        return -1;
    size_t len = HEAD;
    bool good = there >= HEAD && memcmp(page, "OggS", 4) == 0;
    if (good)
        len += page[SEGMENTS_AT];
    for (size_t i = 0; good && i < page[SEGMENTS_AT]; i++)
        len += page[HEAD + i];
    if (good && len <= (size_t)there)
        return (ssize_t)len;
    errno = EINVAL;
    return -1;
}

/* Number all pages: with 0, and *hash becomes one of their checksums; or with `serial`, in the
 * file. Returns 0 or an errno. */
static int each_page(int fd, uint64_t bytes, unsigned char *page, uint64_t *hash,
                     const uint32_t *serial)
{
    ssize_t len;
    for (uint64_t at = 0; (len = read_page(fd, at, bytes, page)) > 0; at += (uint64_t)len) {
        number_page(page, (size_t)len, serial ? *serial : 0);
        if (!serial)
            *hash = wsp_hash(*hash, page + CHECKSUM_AT, 4);
        else if (pwrite(fd, page, HEAD, (off_t)at) != HEAD)
            return errno ? errno : EIO;
    }
    return len < 0 ? errno : 0;
}

int wsp_ogg_number(int fd, uint64_t bytes)
{
    unsigned char *page = malloc(PAGE_MAX);
    uint64_t hash = WSP_HASH_START;
    if (!page)
        return ENOMEM;
    errno = 0;
    int failed = each_page(fd, bytes, page, &hash, NULL);
    uint32_t serial = (uint32_t)(hash ^ hash >> 32);
    if (!failed)
        failed = each_page(fd, bytes, page, &hash, &serial);
    free(page);
    return failed;
}
