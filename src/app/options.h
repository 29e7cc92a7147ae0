/* The command line. One table is the parser, the range check, the help text and what a line of
 * the configuration file may say: a new option is one row in options.c and a member here. */
#ifndef WSP_APP_OPTIONS_H
#define WSP_APP_OPTIONS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct wsp_list {
    const char **items; /* borrowed strings */
    size_t n, cap;
};

enum wsp_progress_style { WSP_PROGRESS_AUTO, WSP_PROGRESS_PLAIN, WSP_PROGRESS_NONE };

/* What --emit takes; the order is that of its names in options.c. */
enum wsp_emit {
    WSP_EMIT_SOUND, /* not given */
    WSP_EMIT_TEXT,
    WSP_EMIT_SENTENCES,
    WSP_EMIT_SPOKEN,
    WSP_EMIT_SPOKEN_LINES,
    WSP_EMIT_PHONEMES,
    WSP_EMIT_SSML,
    WSP_EMIT_JSON,
    WSP_EMIT_CHECK, /* --check */
    WSP_EMIT_LIST,  /* --list-sentences */
};

struct wsp_options {
    struct wsp_list files;
    struct wsp_list outs;
    struct wsp_list lexicons;
    const char *text; /* NULL: not given */
    const char *voice;
    const char *profile;
    struct wsp_list devices; /* none: the default */
    int emit;                /* enum wsp_emit */
    int progress;            /* enum wsp_progress_style */
    int region;              /* 0: the voice's; else 1 + enum wsp_region */
    int acronyms;            /* enum wsp_acronyms */
    int letters;             /* enum wsp_letters */
    int foreign;             /* enum wsp_foreign */
    int jobs;                /* 0: all cores */
    int sample_rate_hz;      /* 0: the profile's */
    int bits;                /* 0: the profile's; else 16, 24, 32 */
    int channels;
    int mp3_kbps;    /* 0: variable */
    double rate_wpm; /* 0: by factor */
    double rate_factor;
    double pitch_factor;
    double volume_db;
    double loudness_lufs;  /* NAN: the profile's */
    double true_peak_dbtp; /* likewise */
    int loudspeaker;       /* 0: full, 1: horn */
    bool mono_convention;
    const char *chime; /* NULL: none */
    double pre_roll_s, gap_s;
    int repeat;
    double duration_s; /* 0: not given */
    bool split;
    const char *chime_after;
    int latency_ms;                  /* 0: the usual one */
    bool play;                       /* besides what --out writes */
    double device_timeout_s;         /* NAN: the usual one */
    const char *at;                  /* NULL: at once */
    const char *control, *ask, *log; /* NULL: not given */
    int display;                     /* enum wsp_display_style */
    double max_s;                    /* 0: no limit */
    const char *cache;               /* NULL: the user's */
    int cache_mb;
    bool best_effort;
    const char *title, *originator, *cut_id; /* NULL: not given */
    const char *plot;                        /* NULL: none */
    bool json;
    bool check;
    bool keep_all, keep_going, quiet;
    const char *out_dir; /* NULL: not given */
    bool resume;
    const char *sentences, *from; /* NULL: all of them, from the beginning */
    bool list_sentences;
    bool list_voices, list_devices, help, version;
};

enum wsp_arg {
    WSP_ARG_NONE,    /* a flag: bool */
    WSP_ARG_TEXT,    /* const char * */
    WSP_ARG_LIST,    /* struct wsp_list, may be repeated */
    WSP_ARG_INT,     /* int from min to max */
    WSP_ARG_CHOICE,  /* int: which of `choices` */
    WSP_ARG_PROFILE, /* const char *: a row of the profile table */
    WSP_ARG_RATE,    /* N or N%: rate_wpm and rate_factor */
    WSP_ARG_PERCENT, /* double: +N% or -N% as a factor */
    WSP_ARG_DECIBEL, /* double: +N or -N, "dB" may follow */
    WSP_ARG_NUMBER,  /* double from min to max */
    WSP_ARG_TIME,    /* double: seconds from "90", "2:00" or "1:02:03.5" */
};

struct wsp_option {
    char letter; /* 0: none */
    const char *name;
    enum wsp_arg arg;
    const char *arg_name; /* in the help; marked for translation */
    size_t offset;        /* into struct wsp_options */
    double min, max;
    const char *const *choices; /* names parted by their place, NULL at the end */
    const char *help;           /* marked for translation */
};

extern const struct wsp_option wsp_option_table[];
extern const size_t wsp_n_options;

void wsp_options_init(struct wsp_options *options); /* the defaults */
void wsp_options_release(struct wsp_options *options);

/* Parse argv after GNU's conventions on top of what `options` holds. Strings are borrowed from
 * argv. Returns WSP_OK, WSP_USAGE or WSP_NOMEM. */
enum wsp_status wsp_options_parse(struct wsp_options *options, int argc, char **argv,
                                  struct wsp_error *err);

/* Set one option as the command line would; `value` is NULL for a flag. */
enum wsp_status wsp_option_set(struct wsp_options *options, const struct wsp_option *option,
                               const char *value, struct wsp_error *err);

/* By its long name, or NULL. */
const struct wsp_option *wsp_option_find(const char *name);

#endif
