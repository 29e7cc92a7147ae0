/* Levels a programme while it sounds: what the master does for files when all is there. Each
 * utterance is measured before it is given on, so the gain follows the integrated loudness of the
 * message so far; it changes only between utterances, in silence. */
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

/* Take an utterance, or silence, as a whole: mono frames. Returns what the receiver says. */
enum wsp_status wsp_leveller_add(struct wsp_leveller *leveller, const float *frames, size_t n,
                                 struct wsp_error *err);

/* Give on what the limiter holds back. */
enum wsp_status wsp_leveller_drain(struct wsp_leveller *leveller, struct wsp_error *err);

#endif
