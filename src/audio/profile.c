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
     .high_pass_hz = 60,
     .compression =
         {.ratio = 2, .loud_ratio = 1, .attack_ms = 2, .release_ms = 50, .boost_max_db = 8}},
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
     .equaliser = {{{100, -4},
                    {160, -2.5},
                    {250, -6.5},
                    {400, -8.5},
                    {630, -5},
                    {1000, 0},
                    {1600, 4},
                    {2500, 4.5},
                    {4000, 5},
                    {6300, 3.5},
                    {8500, 2}},
                   11},
     .compression = {.loud_db = -20,
                     .from_db = 5,
                     .ratio = 3.6,
                     .loud_ratio = 20,
                     .attack_ms = 1.5,
                     .release_ms = 12,
                     .boost_max_db = 12},
     .crest_db = 5},
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
     .equaliser = {{{200, -2},
                    {350, -6},
                    {600, -4},
                    {1000, -1},
                    {2000, 3},
                    {4000, 5},
                    {6000, 2},
                    {7000, -14},
                    {8000, -42}},
                   9},
     .compression = {.loud_db = -20,
                     .from_db = 6.5,
                     .ratio = 1.5,
                     .loud_ratio = 20,
                     .attack_ms = 1.5,
                     .release_ms = 15,
                     .boost_max_db = 12},
     .crest_db = 6},
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
