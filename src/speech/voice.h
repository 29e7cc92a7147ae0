/* Voices: text files in voices/ that say which engine speaks, with which of its voices, how
 * fast and how high, and which words it must be given in another spelling.
 *
 *     # Female, Hà Nội
 *     name vi-north-female
 *     engine espeak-ng
 *     engine-voice vi+f2
 *     respell respell-all.tsv
 */
#ifndef WSP_SPEECH_VOICE_H
#define WSP_SPEECH_VOICE_H

#include "base/buf.h"
#include "base/curve.h"
#include "base/error.h"
#include "speech/respell.h"

#include <stddef.h>

struct wsp_voice {
    char name[64];      /* vi-north; the file's name without ".voice" */
    char title_vi[128]; /* for --list-voices */
    char title_en[128];
    char region[16];            /* north, central, south */
    char gender[16];            /* male, female */
    char language[16];          /* vi */
    char engine[32];            /* row of the engine table: espeak-ng */
    char engine_voice[64];      /* what the engine calls it: "vi", "vi-vn-x-south+f2" */
    double rate_wpm;            /* the voice's own rate, words a minute */
    double pitch;               /* engine units, 0 to 99; espeak-ng's default is 50 */
    double range;               /* engine units, 0 to 99; espeak-ng's default is 50 */
    struct wsp_curve equaliser; /* added to that of a profile that has one; flat if left out */
    /* What the engine gets for foreign words in a sentence: respelled, as-written. */
    char foreign_words[16];
    struct wsp_respell respell; /* spellings the engine gets wrong */
};

/* An empty voice: pitch and range 50, no words respelled by tables, foreign ones by the reading. */
void wsp_voice_init(struct wsp_voice *voice);

/* Read the voice file at `path` into `voice`, which need not be initialised. On success the
 * caller ends it with wsp_voice_release(); on failure it is empty. Returns WSP_OK,
 * WSP_UNAVAILABLE when the file or a table it names cannot be read, WSP_DATA with file and line
 * when a line is broken, or WSP_NOMEM. */
enum wsp_status wsp_voice_load(struct wsp_voice *voice, const char *path, struct wsp_error *err);
void wsp_voice_release(struct wsp_voice *voice);

/* Find `name` (lower-case letters, digits, '-' and '_') as NAME.voice in `folders`, the first
 * folder that has it; the path is put into `path` in place of what was there. Returns WSP_OK,
 * WSP_UNAVAILABLE when no folder has it, or WSP_NOMEM. */
enum wsp_status wsp_voice_find(struct wsp_buf *path, const char *name, const char *const *folders,
                               size_t n_folders, struct wsp_error *err);

/* All voices of `folders`, sorted by name; one in an earlier folder hides its namesakes in later
 * ones; a folder that is not there holds none. On success the caller ends *voices with
 * wsp_voice_list_free(). Returns WSP_OK, WSP_DATA for a broken file, WSP_UNAVAILABLE or
 * WSP_NOMEM; on failure *voices is NULL and *n 0. */
enum wsp_status wsp_voice_list(struct wsp_voice **voices, size_t *n, const char *const *folders,
                               size_t n_folders, struct wsp_error *err);
void wsp_voice_list_free(struct wsp_voice *voices, size_t n);

#endif
