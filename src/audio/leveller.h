/* Levels a programme while it sounds: what the master does for files when all is there. Each take
 * is measured before it is given on, so the gain follows the integrated loudness of the message so
 * far, the limiter's part in it too; it changes only between takes, in silence. */
#ifndef WSP_AUDIO_LEVELLER_H
#define WSP_AUDIO_LEVELLER_H

#include "audio/programme.h"

struct wsp_leveller; /* opaque; one owner */

struct wsp_leveller_settings {
    uint32_t rate_hz;
    double loudness_lufs, true_peak_dbtp;
    struct wsp_receiver receiver; /* of the levelled frames */
};

/* Returns WSP_OK or WSP_NOMEM. */
enum wsp_status wsp_leveller_open(struct wsp_leveller **out,
                                  const struct wsp_leveller_settings *settings);
void wsp_leveller_close(struct wsp_leveller *leveller); /* NULL is fine */

/* As struct wsp_listener says; what it makes goes on at once. Return WSP_OK, WSP_NOMEM or what the
 * receiver says. */
enum wsp_status wsp_leveller_sound(struct wsp_leveller *leveller, const float *frames, size_t n,
                                   uint32_t rate_hz, struct wsp_error *err);
enum wsp_status wsp_leveller_silence(struct wsp_leveller *leveller, uint64_t n,
                                     struct wsp_error *err);

#endif
