#include "output/ogg.h"

#include "base/hash.h"

#include <errno.h>
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

/* What the checksum makes of every byte: CRC-32 with the polynomial 0x04C11DB7, from zero,
 * unreflected (RFC 3533, 6). */
static void make_table(uint32_t table[256])
{
    static const uint32_t polynomial = 0x04C11DB7, high = UINT32_C(1) << 31;
    for (uint32_t byte = 0; byte < 256; byte++) {
        table[byte] = byte << 24;
        for (int bit = 0; bit < 8; bit++)
            table[byte] = table[byte] & high ? table[byte] << 1 ^ polynomial : table[byte] << 1;
    }
}

static uint32_t checksum(const uint32_t table[256], const unsigned char *page, size_t len)
{
    uint32_t crc = 0;
    for (size_t i = 0; i < len; i++)
        crc = crc << 8 ^ table[crc >> 24 ^ page[i]];
    return crc;
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

/* Go through all pages with serial number and checksum left out; with `serial` put both in. Returns
 * 0 or an errno. */
static int each_page(int fd, uint64_t bytes, unsigned char *page, uint64_t *hash,
                     const uint32_t *serial)
{
    ssize_t len;
    uint32_t table[256];
    make_table(table);
    for (uint64_t at = 0; (len = read_page(fd, at, bytes, page)) > 0; at += (uint64_t)len) {
        put_u32(page + SERIAL_AT, serial ? *serial : 0);
        put_u32(page + CHECKSUM_AT, 0);
        if (!serial)
            *hash = wsp_hash(*hash, page, (size_t)len);
        else
            put_u32(page + CHECKSUM_AT, checksum(table, page, (size_t)len));
        if (serial && pwrite(fd, page, HEAD, (off_t)at) != HEAD)
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
