/* Profiles: what a programme must be fit for. A row of the table in profile.c each. */
#ifndef WSP_AUDIO_PROFILE_H
#define WSP_AUDIO_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wsp_profile {
    const char *name;
    const char *about; /* a phrase for the help; marked for translation */
    uint32_t rate_hz, bits;
    double gain_db; /* of the engine's own sound, at amplitude 60 */
};

/* By name, or NULL. */
const struct wsp_profile *wsp_profile_find(const char *name);

extern const struct wsp_profile wsp_profiles[];
extern const size_t wsp_n_profiles;

#endif
