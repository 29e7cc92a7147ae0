/* Ogg streams (RFC 3533): libogg's writers number them at random, so that one message would never
 * be the same file twice. */
#ifndef WSP_OUTPUT_OGG_H
#define WSP_OUTPUT_OGG_H

#include <stdint.h>

/* Give the one stream of the file behind `fd`, `bytes` long, a serial number made of its contents,
 * and the pages their checksums. Returns 0 or an errno; EINVAL when it is no such file. */
int wsp_ogg_number(int fd, uint64_t bytes);

#endif
