#include "base/md5.h"

#include <string.h>

/* floor(2^32 * |sin(i + 1)|) */
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static uint32_t turn(uint32_t x, int by)
{
    return x << by | x >> (32 - by);
}

/* A step of each round; the names are RFC 1321's. */
#define STEP(mix, a, b, c, d, word, by, sine) \
    ((a) = (b) + turn((a) + mix((b), (c), (d)) + (word) + (sine), (by)))
#define F(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
#define G(x, y, z) (((x) & (z)) + ((y) & ~(z)))
#define H(x, y, z) ((x) ^ (y) ^ (z))
#define I(x, y, z) ((y) ^ ((x) | ~(z)))
#define FOUR(mix, i, first, step, by1, by2, by3, by4)                                   \
    do {                                                                                \
        STEP(mix, a, b, c, d, words[((first) + 0 * (step)) % 16], by1, sines[i]);       \
        STEP(mix, d, a, b, c, words[((first) + 1 * (step)) % 16], by2, sines[(i) + 1]); \
        STEP(mix, c, d, a, b, words[((first) + 2 * (step)) % 16], by3, sines[(i) + 2]); \
        STEP(mix, b, c, d, a, words[((first) + 3 * (step)) % 16], by4, sines[(i) + 3]); \
    } while (0)

static void add_block(struct wsp_md5 *md5, const unsigned char *block)
{
    uint32_t words[16], a = md5->sums[0], b = md5->sums[1], c = md5->sums[2], d = md5->sums[3];
    for (int i = 0; i < 16; i++, block += 4)
        words[i] = (uint32_t)block[0] | (uint32_t)block[1] << 8 | (uint32_t)block[2] << 16 |
                   (uint32_t)block[3] << 24;
    FOUR(F, 0, 0, 1, 7, 12, 17, 22);
    FOUR(F, 4, 4, 1, 7, 12, 17, 22);
    FOUR(F, 8, 8, 1, 7, 12, 17, 22);
    FOUR(F, 12, 12, 1, 7, 12, 17, 22);
    FOUR(G, 16, 1, 5, 5, 9, 14, 20);
    FOUR(G, 20, 5, 5, 5, 9, 14, 20);
    FOUR(G, 24, 9, 5, 5, 9, 14, 20);
    FOUR(G, 28, 13, 5, 5, 9, 14, 20);
    FOUR(H, 32, 5, 3, 4, 11, 16, 23);
    FOUR(H, 36, 1, 3, 4, 11, 16, 23);
    FOUR(H, 40, 13, 3, 4, 11, 16, 23);
    FOUR(H, 44, 9, 3, 4, 11, 16, 23);
    FOUR(I, 48, 0, 7, 6, 10, 15, 21);
    FOUR(I, 52, 12, 7, 6, 10, 15, 21);
    FOUR(I, 56, 8, 7, 6, 10, 15, 21);
    FOUR(I, 60, 4, 7, 6, 10, 15, 21);
    md5->sums[0] += a;
    md5->sums[1] += b;
    md5->sums[2] += c;
    md5->sums[3] += d;
}

void wsp_md5_init(struct wsp_md5 *md5)
{
    *md5 = (struct wsp_md5){.sums = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

void wsp_md5_add(struct wsp_md5 *md5, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    size_t held = md5->n % WSP_MD5_BLOCK;
    md5->n += len;
    if (held > 0) {
        size_t some = len < WSP_MD5_BLOCK - held ? len : WSP_MD5_BLOCK - held;
        memcpy(md5->block + held, at, some);
        at += some;
        len -= some;
        if (held + some < WSP_MD5_BLOCK)
            return;
        add_block(md5, md5->block);
    }
    for (; len >= WSP_MD5_BLOCK; at += WSP_MD5_BLOCK, len -= WSP_MD5_BLOCK)
        add_block(md5, at);
    if (len > 0)
        memcpy(md5->block, at, len);
}

void wsp_md5_end(struct wsp_md5 *md5, unsigned char digest[WSP_MD5_BYTES])
{
    static const unsigned char padding[WSP_MD5_BLOCK] = {0x80};
    enum { LENGTH = 8 };
    unsigned char bits[LENGTH];
    for (int i = 0; i < LENGTH; i++)
        bits[i] = (unsigned char)(md5->n * 8 >> (8 * i));
    size_t held = (md5->n + LENGTH) % WSP_MD5_BLOCK;
    wsp_md5_add(md5, padding, WSP_MD5_BLOCK - held);
    wsp_md5_add(md5, bits, sizeof bits);
    for (int i = 0; i < WSP_MD5_BYTES; i++)
        digest[i] = (unsigned char)(md5->sums[i / 4] >> (8 * (i % 4)));
}
