#include "audio/profile.h"

#include "base/buf.h"
#include "base/text.h"

#include <string.h>

/* `raw` has no gain: the engine speaks at amplitude 60, at -23 to -24 LUFS with peaks of -6 to
 * -2 dBFS. The profiles that measure and limit come as further rows. */
const struct wsp_profile wsp_profiles[] = {
    {"raw", N_("the engine's own sound"), .rate_hz = 48000, .bits = 24, .gain_db = 0},
};
const size_t wsp_n_profiles = WSP_LEN(wsp_profiles);

const struct wsp_profile *wsp_profile_find(const char *name)
{
    for (size_t i = 0; i < wsp_n_profiles; i++)
        if (strcmp(wsp_profiles[i].name, name) == 0)
            return &wsp_profiles[i];
    return NULL;
}
