/* Profiles: what a programme must be fit for. A row of the table in profile.c each; the stages that
 * make it so are composed from the row in shape.c (each utterance) and master.c (the whole). */
#ifndef WSP_AUDIO_PROFILE_H
#define WSP_AUDIO_PROFILE_H

#include "base/curve.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is under the level of the loud syllables is brought nearer to it, and so may be what is
 * above. */
struct wsp_compression {
    double loud_db;    /* that level, RMS in dBFS, of a voice with an equaliser of its own, which
                          brings it there; 0, and for other voices: the utterance's own */
    double from_db;    /* so far below the loud level it begins: what is nearer stays as it is */
    double ratio;      /* 2: a syllable 10 dB below comes to 5 dB below; 1: none */
    double loud_ratio; /* the same of what is above: of the loudest peaks; 1: it stays as it is */
    double attack_ms, release_ms;
    double boost_max_db; /* never more than this */
};

struct wsp_profile {
    const char *name;
    const char *about; /* a phrase for the help; marked for translation */
    uint32_t rate_hz, bits;
    bool broadcast;             /* its files carry the metadata of radio stations */
    bool levelled;              /* brought to the loudness, under the true peak */
    double loudness_lufs;       /* integrated, ITU-R BS.1770 / EBU R 128 */
    double true_peak_dbtp;      /* at most */
    double high_pass_hz;        /* 0: none */
    struct wsp_curve equaliser; /* the voice's own is added; flat: there is none */
    struct wsp_compression compression;
    double crest_db; /* no peak is more above the loud level than this; 0: as it comes */
};

/* By name, or NULL. */
const struct wsp_profile *wsp_profile_find(const char *name);

/* The row for a kind of loudspeaker: "pa" has one for horns. NULL: the profile has no such row. */
const struct wsp_profile *wsp_profile_for(const char *name, const char *loudspeaker);

extern const struct wsp_profile wsp_profiles[];
extern const size_t wsp_n_profiles;

#endif
