#include "output/riff.h"

#include <endian.h>
#include <string.h>

enum { CHUNK_HEAD = 8, RIFF_HEAD = 12, FMT_BYTES = 16 };

static unsigned char *put(unsigned char *at, const void *bytes, size_t len)
{
    memcpy(at, bytes, len);
    return at + len;
}

static unsigned char *put16(unsigned char *at, uint32_t value)
{
    uint16_t little = htole16((uint16_t)value);
    return put(at, &little, sizeof little);
}

static unsigned char *put32(unsigned char *at, uint64_t value)
{
    uint32_t little = htole32((uint32_t)value);
    return put(at, &little, sizeof little);
}

static unsigned char *put64(unsigned char *at, uint64_t value)
{
    uint64_t little = htole64(value);
    return put(at, &little, sizeof little);
}

static uint32_t get32(const unsigned char *at)
{
    uint32_t little;
    memcpy(&little, at, sizeof little);
    return le32toh(little);
}

static unsigned char *put_ds64(unsigned char *at, uint64_t riff_bytes, uint64_t data_bytes,
                               uint64_t n_frames)
{
    at = put32(put(at, "ds64", 4), WSP_RIFF_DS64_BYTES);
    at = put64(put64(put64(at, riff_bytes), data_bytes), n_frames);
    return put32(at, 0); /* no further chunk is that large */
}

size_t wsp_riff_head(unsigned char *out, struct wsp_audio_format format, uint64_t data_bytes,
                     int reserve)
{
    uint32_t frame_bytes = format.channels * (format.bits / 8);
    uint64_t head = reserve ? WSP_RIFF_HEAD_MAX : WSP_RIFF_HEAD_MAX - 8 - WSP_RIFF_DS64_BYTES;
    int unknown = data_bytes == WSP_RIFF_UNKNOWN;
    uint64_t riff_bytes = unknown ? 0 : head - CHUNK_HEAD + data_bytes + (data_bytes & 1);
    int large = reserve && riff_bytes > WSP_RIFF_LIMIT;
    int saturated = unknown || riff_bytes > WSP_RIFF_LIMIT;

    unsigned char *at = put(out, large ? "RF64" : "RIFF", 4);
    at = put(put32(at, saturated ? UINT32_MAX : riff_bytes), "WAVE", 4);
    if (large) {
        at = put_ds64(at, riff_bytes, data_bytes, data_bytes / frame_bytes);
    } else if (reserve) {
        at = put32(put(at, "JUNK", 4), WSP_RIFF_DS64_BYTES);
        memset(at, 0, WSP_RIFF_DS64_BYTES);
        at += WSP_RIFF_DS64_BYTES;
    }
    at = put32(put(at, "fmt ", 4), FMT_BYTES);
    at = put16(put16(at, 1), format.channels); /* 1: WAVE_FORMAT_PCM */
    at = put32(put32(at, format.rate_hz), (uint64_t)format.rate_hz * frame_bytes);
    at = put16(put16(at, frame_bytes), format.bits);
    at = put32(put(at, "data", 4), saturated ? UINT32_MAX : data_bytes);
    return (size_t)(at - out);
}

/* The chunks of a head, and where two of them lie. */
struct layout {
    size_t junk; /* 0: none */
    size_t data; /* 0: none */
};

static struct layout look(const unsigned char *head, size_t len)
{
    struct layout found = {0, 0};
    size_t at = RIFF_HEAD;
    while (at + CHUNK_HEAD <= len && !found.data) {
        uint32_t size = get32(head + at + 4);
        if (memcmp(head + at, "data", 4) == 0)
            found.data = at;
        else if (memcmp(head + at, "JUNK", 4) == 0 && size == WSP_RIFF_DS64_BYTES)
            found.junk = at;
        at += CHUNK_HEAD + (size_t)size + (size & 1);
    }
    return found;
}

int wsp_riff_make_rf64(unsigned char *head, size_t len, uint64_t file_bytes, uint64_t data_bytes,
                       uint64_t n_frames)
{
    if (len < RIFF_HEAD || memcmp(head, "RIFF", 4) != 0 || memcmp(head + 8, "WAVE", 4) != 0)
        return -1;
    struct layout found = look(head, len);
    if (!found.junk || !found.data)
        return -1;
    /* ds64 must be the first chunk: what stood before the reserve moves behind it. */
    size_t room = CHUNK_HEAD + WSP_RIFF_DS64_BYTES;
    memmove(head + RIFF_HEAD + room, head + RIFF_HEAD, found.junk - RIFF_HEAD);
    put_ds64(head + RIFF_HEAD, file_bytes - CHUNK_HEAD, data_bytes, n_frames);
    put32(put(head, "RF64", 4), UINT32_MAX);
    put32(head + found.data + 4, UINT32_MAX);
    return 0;
}
