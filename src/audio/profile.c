#include "audio/profile.h"

#include "base/buf.h"
#include "base/text.h"

#include <string.h>

/* The figures and where they come from: docs/sound.md. One row a profile; a row whose name has a
 * ':' is the profile for that kind of loudspeaker. */
const struct wsp_profile wsp_profiles[] = {
    {.name = "listen",
     .about = N_("for headphones and rooms: -16 LUFS"),
     .rate_hz = 48000,
     .bits = 24,
     .levelled = true,
     .loudness_lufs = -16,
     .true_peak_dbtp = -1,
     .high_pass_hz = 70,
     .compression = {2, 1, 2, 50, 8}},
    {.name = "radio",
     .about = N_("for broadcast: EBU R 128, -23 LUFS"),
     .broadcast = true,
     .rate_hz = 48000,
     .bits = 24,
     .levelled = true,
     .loudness_lufs = -23,
     .true_peak_dbtp = -1,
     .high_pass_hz = 70,
     .compression = {.ratio = 1}},
    {.name = "pa",
     .about = N_("for loudspeakers in noise: -14 LUFS, clear consonants"),
     .rate_hz = 48000,
     .bits = 24,
     .levelled = true,
     .loudness_lufs = -14,
     .true_peak_dbtp = -1,
     .high_pass_hz = 60,
     .bands = {{100, -4.5},
               {200, -3},
               {350, -9},
               {600, -5},
               {1000, 1.5},
               {2000, 7},
               {4000, 8.5},
               {6000, 6},
               {8000, 3}},
     .n_bands = 9,
     .compression = {1.26, 1.75, 2, 20, 12}},
    {.name = "raw",
     .about = N_("the engine's own sound"),
     .rate_hz = 48000,
     .bits = 24,
     .compression = {.ratio = 1}},
    {.name = "pa:horn",
     .rate_hz = 48000,
     .bits = 24,
     .levelled = true,
     .loudness_lufs = -14,
     .true_peak_dbtp = -1,
     .high_pass_hz = 140,
     .bands = {{200, 0},
               {350, -4},
               {600, -2},
               {1000, 1},
               {2000, 5},
               {4000, 7},
               {6000, 4},
               {7000, -12},
               {8000, -40}},
     .n_bands = 9,
     .compression = {1.1, 3, 2, 20, 12}},
};
const size_t wsp_n_profiles = WSP_LEN(wsp_profiles);

const struct wsp_profile *wsp_profile_find(const char *name)
{
    for (size_t i = 0; i < wsp_n_profiles; i++)
        if (wsp_profiles[i].about && strcmp(wsp_profiles[i].name, name) == 0)
            return &wsp_profiles[i];
    return NULL;
}

const struct wsp_profile *wsp_profile_for(const char *name, const char *loudspeaker)
{
    size_t len = strlen(name);
    if (strcmp(loudspeaker, "full") == 0)
        return wsp_profile_find(name);
    for (size_t i = 0; i < wsp_n_profiles; i++)
        if (strncmp(wsp_profiles[i].name, name, len) == 0 && wsp_profiles[i].name[len] == ':' &&
            strcmp(wsp_profiles[i].name + len + 1, loudspeaker) == 0)
            return &wsp_profiles[i];
    return NULL;
}
