/* FNV-1a, 64 bit (draft-eastlake-fnv): identities of contents, not secrets. */
#ifndef WSP_BASE_HASH_H
#define WSP_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define WSP_HASH_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t wsp_hash(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

#endif
