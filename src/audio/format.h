/* The shape of finished sound. */
#ifndef WSP_AUDIO_FORMAT_H
#define WSP_AUDIO_FORMAT_H

#include <stdint.h>

struct wsp_audio_format {
    uint32_t rate_hz;  /* 8000 to 192000 */
    uint32_t channels; /* 1, or 2 equal ones */
    uint32_t bits;     /* 16, 24, or 32 (float); in a file, of one sample */
    uint32_t mp3_kbps; /* of an MP3, constant: 32 to 320; 0: variable, by quality */
    uint32_t threads;  /* that an encoder may use; 0: one. What it makes is the same. */
};

#endif
