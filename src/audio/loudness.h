/* Loudness after ITU-R BS.1770-4 and EBU R 128, from K-weighted power. */
#ifndef WSP_AUDIO_LOUDNESS_H
#define WSP_AUDIO_LOUDNESS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* What a meter has measured; -HUGE_VAL where there was nothing to measure. */
struct wsp_loudness {
    double integrated_lufs; /* without a gated block (under 0.4 s): of all there is, ungated */
    double range_lu;        /* EBU Tech 3342; 0 when no 3 s were there */
    double momentary_lufs, short_term_lufs; /* the highest; EBU Tech 3341: 0.4 s and 3 s */
};

/* A tenth of a second of a programme. */
struct wsp_tenth {
    double power; /* sum of K-weighted squares, at the programme's rate */
    double peak;  /* the highest true peak, linear */
};

struct wsp_meter {
    uint32_t rate_hz;         /* of the programme */
    unsigned channels;        /* equal ones: two are 3 LU louder */
    struct wsp_tenth *tenths; /* owned */
    size_t n, cap;
    double total;
    uint64_t length; /* frames */
};

void wsp_meter_init(struct wsp_meter *meter, uint32_t rate_hz, unsigned channels);
void wsp_meter_clear(struct wsp_meter *meter); /* keeps the memory */
void wsp_meter_release(struct wsp_meter *meter);

/* The programme is `length` frames long. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_meter_extend(struct wsp_meter *meter, uint64_t length);

/* `power`, the sum of K-weighted squares at the programme's rate, and `peak` sound around frame
 * `at`, which must lie in the length. */
void wsp_meter_add(struct wsp_meter *meter, uint64_t at, double power, double peak);

/* The loudness of the `width` tenths that end with tenth `i` (4: momentary, 30: short-term);
 * -HUGE_VAL before there are as many, and in silence. */
double wsp_meter_at(const struct wsp_meter *meter, size_t i, size_t width);

/* The integrated loudness alone: cheap. */
double wsp_meter_integrated(const struct wsp_meter *meter);

/* All of it. Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_meter_read(const struct wsp_meter *meter, struct wsp_loudness *loudness);

#endif
