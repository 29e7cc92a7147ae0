#include "audio/leveller.h"

#include "audio/limiter.h"
#include "audio/loudness.h"

#include <math.h>
#include <stdlib.h>

enum { PIECE = 4096 };

/* A cough of a first utterance tells little; louder than this it is not made. */
static const double gain_max_db = 24;

struct wsp_leveller {
    struct wsp_leveller_settings settings;
    struct wsp_meter *meter;
    struct wsp_limiter *limiter;
    float gain;
};

enum wsp_status wsp_leveller_open(struct wsp_leveller **out,
                                  const struct wsp_leveller_settings *settings)
{
    *out = NULL;
    struct wsp_leveller *leveller = calloc(1, sizeof *leveller);
    if (!leveller)
        return WSP_NOMEM;
    leveller->settings = *settings;
    leveller->gain = 1;
    if (wsp_meter_new(&leveller->meter, WSP_METER_QUICK, settings->rate_hz, 1) ||
        wsp_limiter_new(&leveller->limiter, settings->rate_hz,
                        pow(10, settings->true_peak_dbtp / 20))) {
        wsp_leveller_close(leveller);
        return WSP_NOMEM;
    }
    *out = leveller;
    return WSP_OK;
}

void wsp_leveller_close(struct wsp_leveller *leveller)
{
    if (!leveller)
        return;
    wsp_meter_free(leveller->meter);
    wsp_limiter_free(leveller->limiter);
    free(leveller);
}

/* The limiter takes a little off, which is not made good: it is a fraction of a LU. */
static enum wsp_status find_gain(struct wsp_leveller *leveller, const float *frames, size_t n,
                                 struct wsp_error *err)
{
    struct wsp_loudness loudness;
    bool sounds = false;
    for (size_t i = 0; i < n && !sounds; i++)
        sounds = frames[i] != 0;
    if (!sounds)
        return WSP_OK; /* pauses are gated out anyway */
    if (wsp_meter_add(leveller->meter, frames, n) || wsp_meter_read(leveller->meter, &loudness))
        return wsp_fail_nomem(err);
    if (!isinf(loudness.integrated_lufs)) {
        double db = leveller->settings.loudness_lufs - loudness.integrated_lufs;
        leveller->gain = (float)pow(10, fmin(db, gain_max_db) / 20);
    }
    return WSP_OK;
}

static enum wsp_status give(struct wsp_leveller *leveller, const float *frames, size_t n,
                            struct wsp_error *err)
{
    float piece[PIECE];
    enum wsp_status st = WSP_OK;
    while (n > 0 && !st) {
        size_t len = n < PIECE ? n : PIECE;
        for (size_t i = 0; i < len; i++)
            piece[i] = frames ? frames[i] * leveller->gain : 0;
        wsp_limiter_flow(leveller->limiter, piece, piece, len);
        st = leveller->settings.receiver.receive(leveller->settings.receiver.context, piece, len,
                                                 err);
        frames = frames ? frames + len : NULL;
        n -= len;
    }
    return st;
}

enum wsp_status wsp_leveller_add(struct wsp_leveller *leveller, const float *frames, size_t n,
                                 struct wsp_error *err)
{
    enum wsp_status st = find_gain(leveller, frames, n, err);
    return st ? st : give(leveller, frames, n, err);
}

enum wsp_status wsp_leveller_drain(struct wsp_leveller *leveller, struct wsp_error *err)
{
    return give(leveller, NULL, wsp_limiter_delay(leveller->limiter), err);
}
