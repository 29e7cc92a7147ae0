/* MD5 (RFC 1321): FLAC files carry it, to be checked against accidents. No protection. */
#ifndef WSP_BASE_MD5_H
#define WSP_BASE_MD5_H

#include <stddef.h>
#include <stdint.h>

enum { WSP_MD5_BYTES = 16, WSP_MD5_BLOCK = 64 };

struct wsp_md5 {
    uint32_t sums[4];
    uint64_t n; /* bytes so far */
    unsigned char block[WSP_MD5_BLOCK];
};

void wsp_md5_init(struct wsp_md5 *md5);
void wsp_md5_add(struct wsp_md5 *md5, const void *bytes, size_t len);
void wsp_md5_end(struct wsp_md5 *md5, unsigned char digest[WSP_MD5_BYTES]);

#endif
