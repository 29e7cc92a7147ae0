#include "app/options.h"

#include "audio/profile.h"
#include "base/text.h"
#include "speech/nursery.h"

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(struct wsp_options, member)

static const char *const emit_names[] = {"text",     "sentences", "spoken", "spoken-lines",
                                         "phonemes", "ssml",      "json",   NULL};
static const char *const bits_names[] = {"auto", "16", "24", "32", NULL};
static const char *const loudspeaker_names[] = {"full", "horn", NULL};
static const char *const region_names[] = {"auto", "north", "south", NULL};
static const char *const acronym_names[] = {"always", "first", "spelled", NULL};
static const char *const letter_names[] = {"vietnamese", "english", NULL};
static const char *const foreign_names[] = {"voice", "respell", "skip", NULL};
static const char *const progress_names[] = {"auto", "plain", "none", NULL};
static const char *const display_names[] = {"auto", "plain", "large", "none", NULL};

const struct wsp_option wsp_option_table[] = {
    {'o', "out", WSP_ARG_LIST, N_("FILE"), AT(outs),
     .help = N_("write FILE instead of playing: .wav, .flac, .opus, .ogg or .mp3; captions: .vtt, "
                ".srt, .lrc; timings: .json; chapters: .chapters.vtt, .cue; - is WAV on standard "
                "output; may be repeated")},
    {0, "out-dir", WSP_ARG_TEXT, N_("FOLDER"), AT(out_dir),
     .help = N_("every FILE by itself into FOLDER: {}.wav, or what --out names, as in {}.mp3")},
    {0, "resume", WSP_ARG_NONE, NULL, AT(resume),
     .help = N_("with --out-dir: only what is missing or has changed")},
    {'t', "text", WSP_ARG_TEXT, N_("TEXT"), AT(text), .help = N_("speak TEXT instead of a file")},
    {'v', "voice", WSP_ARG_TEXT, N_("NAME"), AT(voice),
     .help = N_("the voice: vi-north if left out; see --list-voices")},
    {'r', "rate", WSP_ARG_RATE, N_("N|N%"), AT(rate_wpm), .min = 80, .max = 700,
     .help = N_("words a minute, or percent of the voice's own rate")},
    {0, "pitch", WSP_ARG_PERCENT, N_("+N%|-N%"), AT(pitch_factor), .min = -90, .max = 95,
     .help = N_("higher or lower than the voice's own pitch")},
    {0, "volume", WSP_ARG_DECIBEL, N_("+N|-N"), AT(volume_db), .min = -60, .max = 20,
     .help = N_("louder or softer, in dB")},
    {'p', "profile", WSP_ARG_PROFILE, N_("NAME"), AT(profile),
     .help = N_("what the sound is for: listen (-16 LUFS; if left out), radio (EBU R 128), "
                "pa (loudspeakers in noise) or raw (the engine's own sound)")},
    {0, "loudspeaker", WSP_ARG_CHOICE, N_("KIND"), AT(loudspeaker), .choices = loudspeaker_names,
     .help = N_("for pa: full range, or horn")},
    {0, "loudness", WSP_ARG_NUMBER, "LUFS", AT(loudness_lufs), .min = -50, .max = -5,
     .help = N_("instead of the profile's")},
    {0, "true-peak", WSP_ARG_NUMBER, "DBTP", AT(true_peak_dbtp), .min = -30, .max = 0,
     .help = N_("at most, instead of the profile's")},
    {0, "sample-rate", WSP_ARG_INT, N_("HZ"), AT(sample_rate_hz), .min = 8000, .max = 192000,
     .help = N_("instead of the profile's")},
    {0, "bits", WSP_ARG_CHOICE, N_("N"), AT(bits), .choices = bits_names,
     .help = N_("of a sample: 16 (with dither), 24, or 32 (float)")},
    {0, "channels", WSP_ARG_INT, "N", AT(channels), .min = 1, .max = 2,
     .help = N_("1, or 2 equal ones (then both together have the loudness)")},
    {0, "mp3-bitrate", WSP_ARG_INT, "KBPS", AT(mp3_kbps), .min = 32, .max = 320,
     .help = N_("MP3 at a constant bit rate, in kbit/s; variable if left out")},
    {0, "mono-convention", WSP_ARG_NONE, NULL, AT(mono_convention),
     .help = N_("mono files 3 LU softer: as loud from two loudspeakers as two channels")},
    {0, "chime", WSP_ARG_TEXT, N_("NAME|FILE"), AT(chime),
     .help = N_("before the message: two-tone, three-tone, gong, or a sound file")},
    {0, "chime-after", WSP_ARG_TEXT, N_("NAME|FILE"), AT(chime_after),
     .help = N_("behind the message, likewise")},
    {0, "pre-roll", WSP_ARG_NUMBER, N_("S"), AT(pre_roll_s), .min = 0, .max = 600,
     .help = N_("seconds of silence before everything")},
    {0, "repeat", WSP_ARG_INT, "N", AT(repeat), .min = 1, .max = 100,
     .help = N_("say the message N times")},
    {0, "gap", WSP_ARG_NUMBER, N_("S"), AT(gap_s), .min = 0, .max = 600,
     .help = N_("seconds of silence between repeats (3 if left out)")},
    {0, "duration", WSP_ARG_TIME, N_("TIME"), AT(duration_s),
     .help = N_("say it in exactly this time, as in 90 or 2:00, by the rate and then the pauses")},
    {0, "best-effort", WSP_ARG_NONE, NULL, AT(best_effort),
     .help = N_("with --duration: as near to it as can be understood")},
    {0, "max-duration", WSP_ARG_TIME, N_("TIME"), AT(max_s),
     .help = N_("leave out the sentences that would not end within TIME, and say how many")},
    {0, "split", WSP_ARG_NONE, NULL, AT(split),
     .help = N_("a file of sound for every chapter, and a playlist (.m3u8)")},
    {0, "title", WSP_ARG_TEXT, N_("TEXT"), AT(title),
     .help = N_("what files are called inside: the message's first line if left out")},
    {0, "originator", WSP_ARG_TEXT, N_("TEXT"), AT(originator),
     .help = N_("who broadcasts it, for the files' metadata")},
    {0, "cut-id", WSP_ARG_TEXT, N_("TEXT"), AT(cut_id),
     .help = N_("its number in the station's automation")},
    {0, "plot", WSP_ARG_TEXT, N_("FILE"), AT(plot),
     .help = N_("draw the waveform and the loudness into FILE: .png or .svg")},
    {0, "json", WSP_ARG_NONE, NULL, AT(json),
     .help = N_("print a summary at the end, for programs")},
    {0, "play", WSP_ARG_NONE, NULL, AT(play), .help = N_("play it, besides what --out writes")},
    {'d', "device", WSP_ARG_LIST, N_("NAME"), AT(devices),
     .help = N_("the loudspeakers: a name, or a part of it; see --list-devices; may be repeated")},
    {0, "device-timeout", WSP_ARG_NUMBER, N_("S"), AT(device_timeout_s), .min = 0, .max = 86400,
     .help =
         N_("how long to wait for loudspeakers that have gone (60 if left out), or that are not "
            "there yet")},
    {0, "at", WSP_ARG_TEXT, N_("TIME"), AT(at),
     .help = N_("begin at this time, as in 07:30, 07:30:15 or \"2026-05-17 07:30 +07:00\"")},
    {0, "display", WSP_ARG_CHOICE, N_("HOW"), AT(display), .choices = display_names,
     .help = N_("what is shown while playing: auto (the sentence and its word on a terminal, else "
                "a line a sentence), plain lines, large letters, or none")},
    {0, "control", WSP_ARG_TEXT, N_("SOCKET"), AT(control),
     .help = N_("let other programs steer what plays, through this socket; see --ask")},
    {0, "ask", WSP_ARG_TEXT, N_("SOCKET"), AT(ask),
     .help = N_("give the words that follow, as in: next, to the one that plays with --control")},
    {0, "log", WSP_ARG_TEXT, N_("FILE"), AT(log),
     .help = N_("add to FILE what was said when, on which device, whole or cut: a line of JSON "
                "each")},
    {0, "latency", WSP_ARG_INT, "MS", AT(latency_ms), .min = 5, .max = 2000,
     .help = N_("how much sound the loudspeakers hold (55 if left out): less is prompter, more is "
                "safer on a busy machine")},
    {0, "emit", WSP_ARG_CHOICE, N_("WHAT"), AT(emit), .choices = emit_names,
     .help = N_("print instead of speaking: text, sentences, spoken, spoken-lines (a line for each "
                "line), phonemes, ssml, json")},
    {0, "check", WSP_ARG_NONE, NULL, AT(check),
     .help = N_("list the readings that a person should look at before it goes on air")},
    {0, "sentences", WSP_ARG_TEXT, N_("RANGES"), AT(sentences),
     .help = N_("speak only these, as in 3-7,12 or 20-; see --list-sentences")},
    {0, "from", WSP_ARG_TEXT, N_("TEXT"), AT(from),
     .help = N_("begin with the first sentence in which TEXT stands")},
    {0, "list-sentences", WSP_ARG_NONE, NULL, AT(list_sentences),
     .help = N_("list the sentences: number, place, estimated length")},
    {0, "lexicon", WSP_ARG_LIST, N_("FILE"), AT(lexicons),
     .help = N_("own readings, before the built-in ones: a word, a tab, what is said; or PLS; may "
                "be repeated")},
    {0, "region", WSP_ARG_CHOICE, N_("NAME"), AT(region), .choices = region_names,
     .help = N_("north (nghìn, linh) or south (ngàn, lẻ); auto is the voice's")},
    {0, "acronyms", WSP_ARG_CHOICE, N_("HOW"), AT(acronyms), .choices = acronym_names,
     .help = N_("known acronyms: always in full, the first time only, or spelled")},
    {0, "letters", WSP_ARG_CHOICE, N_("HOW"), AT(letters), .choices = letter_names,
     .help = N_("names of letters: vietnamese (bê, xê) or english (bi, xi)")},
    {0, "foreign", WSP_ARG_CHOICE, N_("HOW"), AT(foreign), .choices = foreign_names,
     .help = N_("whole sentences in another language: by that language's voice, respell in "
                "Vietnamese syllables, or skip")},
    {0, "keep-all", WSP_ARG_NONE, NULL, AT(keep_all),
     .help = N_("keep what a web page leaves in a text: skip links, the title's second copy")},
    {0, "keep-going", WSP_ARG_NONE, NULL, AT(keep_going),
     .help = N_("deliver a file even when a place in it could not be spoken")},
    {0, "cache", WSP_ARG_TEXT, N_("FOLDER"), AT(cache),
     .help = N_("where sentences that were spoken are kept, to be spoken faster when they come "
                "again; ~/.cache/wtisd-speak if left out")},
    {0, "cache-size", WSP_ARG_INT, "MB", AT(cache_mb), .min = 0, .max = 1000000,
     .help = N_("at most so much is kept there (2000 if left out); 0: nothing, and none is used")},
    {'j', "jobs", WSP_ARG_INT, "N", AT(jobs), .min = 1, .max = WSP_NURSERY_LANES_MAX,
     .help = N_("number of workers; all cores if left out")},
    {0, "progress", WSP_ARG_CHOICE, N_("HOW"), AT(progress), .choices = progress_names,
     .help = N_("auto (a bar on a terminal), plain lines, or none")},
    {'q', "quiet", WSP_ARG_NONE, NULL, AT(quiet), .help = N_("say nothing but errors")},
    {0, "list-voices", WSP_ARG_NONE, NULL, AT(list_voices), .help = N_("list the voices")},
    {0, "list-devices", WSP_ARG_NONE, NULL, AT(list_devices), .help = N_("list the loudspeakers")},
    {'h', "help", WSP_ARG_NONE, NULL, AT(help), .help = N_("print this help")},
    {0, "version", WSP_ARG_NONE, NULL, AT(version), .help = N_("print the version")},
};
const size_t wsp_n_options = WSP_LEN(wsp_option_table);

void wsp_options_init(struct wsp_options *options)
{
    *options = (struct wsp_options){
        .voice = "vi-north",
        .profile = "listen",
        .channels = 1,
        .repeat = 1,
        .gap_s = 3,
        .cache_mb = 2000,
        .loudness_lufs = NAN,
        .true_peak_dbtp = NAN,
        .rate_factor = 1,
        .pitch_factor = 1,
        .device_timeout_s = NAN,
    };
}

void wsp_options_release(struct wsp_options *options)
{
    free(options->files.items);
    free(options->outs.items);
    free(options->devices.items);
    free(options->lexicons.items);
}

const struct wsp_option *wsp_option_find(const char *name)
{
    for (size_t i = 0; i < wsp_n_options; i++)
        if (strcmp(wsp_option_table[i].name, name) == 0)
            return &wsp_option_table[i];
    return NULL;
}

/* ---- values ----------------------------------------------------------------------------- */

/* A number with a decimal point, whatever the locale; *rest is what follows it. */
static bool to_number(const char *text, double *value, const char **rest)
{
    char *end;
    errno = 0;
    *value = strtod(text, &end); /* LC_NUMERIC stays "C": see locale.c */
    *rest = end;
    return end != text && errno == 0 && isfinite(*value);
}

static enum wsp_status bad_value(const struct wsp_option *option, const char *value,
                                 const char *want, struct wsp_error *err)
{
    return wsp_fail(err, WSP_USAGE, _("--%s cannot be '%s'; give %s"), option->name, value, want);
}

static enum wsp_status out_of_range(const struct wsp_option *option, const char *value,
                                    const char *unit, struct wsp_error *err)
{
    return wsp_fail(err, WSP_USAGE, _("--%s cannot be '%s'; give a number from %g to %g%s"),
                    option->name, value, option->min, option->max, unit);
}

static enum wsp_status add_to_list(struct wsp_list *list, const char *item, struct wsp_error *err)
{
    if (wsp_grow(&list->items, &list->cap, list->n, sizeof *list->items))
        return wsp_fail_nomem(err);
    list->items[list->n++] = item;
    return WSP_OK;
}

static enum wsp_status set_int(const struct wsp_option *option, int *to, const char *value,
                               struct wsp_error *err)
{
    const char *rest;
    double number;
    if (!to_number(value, &number, &rest) || *rest || number != floor(number) ||
        number < option->min || number > option->max)
        return out_of_range(option, value, "", err);
    *to = (int)number;
    return WSP_OK;
}

static enum wsp_status set_number(const struct wsp_option *option, double *to, const char *value,
                                  struct wsp_error *err)
{
    const char *rest;
    if (!to_number(value, to, &rest) || *rest || *to < option->min || *to > option->max)
        return out_of_range(option, value, "", err);
    return WSP_OK;
}

static enum wsp_status set_time(const struct wsp_option *option, double *to, const char *value,
                                struct wsp_error *err)
{
    enum { SIXTY = 60, PARTS_MAX = 3 };
    double seconds = 0;
    const char *at = value;
    for (int parts = 1;; parts++) {
        double part;
        bool read = *at >= '0' && *at <= '9' && to_number(at, &part, &at);
        if (!read || parts > PARTS_MAX || (*at && *at != ':') || (parts > 1 && part >= SIXTY) ||
            (*at == ':' && part != floor(part)))
            return bad_value(option, value, _("seconds, or minutes and seconds (2:00)"), err);
        seconds = seconds * SIXTY + part;
        if (!*at++)
            break;
    }
    if (seconds <= 0)
        return bad_value(option, value, _("seconds, or minutes and seconds (2:00)"), err);
    *to = seconds;
    return WSP_OK;
}

static enum wsp_status set_choice(const struct wsp_option *option, int *to, const char *value,
                                  struct wsp_error *err)
{
    struct wsp_buf names = WSP_BUF_INIT(1024);
    /* For --emit, 0 means "not given". */
    int first = option->choices == emit_names ? 1 : 0;
    for (int i = 0; option->choices[i]; i++) {
        if (strcmp(option->choices[i], value) == 0) {
            *to = i + first;
            wsp_buf_release(&names);
            return WSP_OK;
        }
        wsp_buf_printf(&names, "%s%s", i > 0 ? ", " : "", option->choices[i]);
    }
    enum wsp_status st = wsp_fail(err, WSP_USAGE, _("--%s cannot be '%s'; give one of: %s"),
                                  option->name, value, names.ptr);
    wsp_buf_release(&names);
    return st;
}

static enum wsp_status set_profile(const struct wsp_option *option, const char **to,
                                   const char *value, struct wsp_error *err)
{
    if (wsp_profile_find(value)) {
        *to = value;
        return WSP_OK;
    }
    struct wsp_buf names = WSP_BUF_INIT(1024);
    for (size_t i = 0; i < wsp_n_profiles; i++)
        if (wsp_profiles[i].about)
            wsp_buf_printf(&names, "%s%s", i > 0 ? ", " : "", wsp_profiles[i].name);
    enum wsp_status st = wsp_fail(err, WSP_USAGE, _("--%s cannot be '%s'; give one of: %s"),
                                  option->name, value, names.ptr);
    wsp_buf_release(&names);
    return st;
}

static enum wsp_status set_rate(const struct wsp_option *option, struct wsp_options *options,
                                const char *value, struct wsp_error *err)
{
    enum { PERCENT_MIN = 50, PERCENT_MAX = 400 };
    const char *rest;
    double number;
    if (!to_number(value, &number, &rest))
        return bad_value(option, value, _("words a minute (150) or a percentage (90%)"), err);
    if (strcmp(rest, "%") == 0) {
        if (number < PERCENT_MIN || number > PERCENT_MAX)
            return wsp_fail(err, WSP_USAGE, _("--%s cannot be '%s'; give %d%% to %d%%"),
                            option->name, value, PERCENT_MIN, PERCENT_MAX);
        options->rate_wpm = 0;
        options->rate_factor = number / 100;
        return WSP_OK;
    }
    if (*rest || number < option->min || number > option->max)
        return out_of_range(option, value, _(" words a minute"), err);
    options->rate_wpm = number;
    return WSP_OK;
}

static enum wsp_status set_percent(const struct wsp_option *option, double *to, const char *value,
                                   struct wsp_error *err)
{
    const char *rest;
    double number;
    if (!to_number(value, &number, &rest) || strcmp(rest, "%") != 0 || number < option->min ||
        number > option->max)
        return out_of_range(option, value, "%", err);
    *to = 1 + number / 100;
    return WSP_OK;
}

static enum wsp_status set_decibel(const struct wsp_option *option, double *to, const char *value,
                                   struct wsp_error *err)
{
    const char *rest;
    double number;
    bool ok = to_number(value, &number, &rest);
    if (ok && *rest)
        rest += strspn(rest, " ");
    if (!ok || (*rest && strcasecmp(rest, "db") != 0) || number < option->min ||
        number > option->max)
        return out_of_range(option, value, " dB", err);
    *to = number;
    return WSP_OK;
}

enum wsp_status wsp_option_set(struct wsp_options *options, const struct wsp_option *option,
                               const char *value, struct wsp_error *err)
{
    void *to = (char *)options + option->offset;
    switch (option->arg) {
    case WSP_ARG_NONE:
        *(bool *)to = true;
        return WSP_OK;
    case WSP_ARG_TEXT:
        *(const char **)to = value;
        return WSP_OK;
    case WSP_ARG_LIST:
        return add_to_list(to, value, err);
    case WSP_ARG_INT:
        return set_int(option, to, value, err);
    case WSP_ARG_CHOICE:
        return set_choice(option, to, value, err);
    case WSP_ARG_PROFILE:
        return set_profile(option, to, value, err);
    case WSP_ARG_RATE:
        return set_rate(option, options, value, err);
    case WSP_ARG_PERCENT:
        return set_percent(option, to, value, err);
    case WSP_ARG_DECIBEL:
        return set_decibel(option, to, value, err);
    case WSP_ARG_TIME:
        return set_time(option, to, value, err);
    case WSP_ARG_NUMBER:
        return set_number(option, to, value, err);
    }
    return WSP_INTERNAL;
}

/* ---- argv ------------------------------------------------------------------------------- */

enum { LONG_ONLY = 256 }; /* getopt's value of row i is LONG_ONLY + i */

static void make_getopt_tables(struct option *longs, char *shorts)
{
    char *s = shorts;
    *s++ = ':';
    for (size_t i = 0; i < wsp_n_options; i++) {
        const struct wsp_option *option = &wsp_option_table[i];
        bool has_arg = option->arg != WSP_ARG_NONE;
        longs[i] = (struct option){.name = option->name,
                                   .has_arg = has_arg ? required_argument : no_argument,
                                   .val = LONG_ONLY + (int)i};
        if (option->letter) {
            *s++ = option->letter;
            if (has_arg)
                *s++ = ':';
        }
    }
    longs[wsp_n_options] = (struct option){0};
    *s = '\0';
}

static const struct wsp_option *row_of(int value)
{
    if (value >= LONG_ONLY)
        return &wsp_option_table[value - LONG_ONLY];
    for (size_t i = 0; i < wsp_n_options; i++)
        if (wsp_option_table[i].letter == value)
            return &wsp_option_table[i];
    return NULL;
}

static enum wsp_status complain(int what, char **argv, struct wsp_error *err)
{
    const struct wsp_option *row = optopt ? row_of(optopt) : NULL;
    if (what == ':')
        return wsp_fail(err, WSP_USAGE, _("--%s needs a value; see --help"), row ? row->name : "?");
    if (row) /* a flag that was given a value */
        return wsp_fail(err, WSP_USAGE, _("--%s takes no value; see --help"), row->name);
    if (optopt > 0 && optopt < LONG_ONLY)
        return wsp_fail(err, WSP_USAGE, _("there is no option '-%c'; see --help"), optopt);
    return wsp_fail(err, WSP_USAGE, _("there is no option '%s'; see --help"), argv[optind - 1]);
}

enum wsp_status wsp_options_parse(struct wsp_options *options, int argc, char **argv,
                                  struct wsp_error *err)
{
    struct option longs[WSP_LEN(wsp_option_table) + 1];
    char shorts[2 * WSP_LEN(wsp_option_table) + 2];
    make_getopt_tables(longs, shorts);
    opterr = 0;
    optind = 0; /* GNU: start anew */
    int found;
    while ((found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (found == '?' || found == ':')
            return complain(found, argv, err);
        enum wsp_status st = wsp_option_set(options, row_of(found), optarg, err);
        if (st)
            return st;
        bool below_zero = optind + 1 < argc && argv[optind + 1][0] == '-' &&
                          argv[optind + 1][1] >= '0' && argv[optind + 1][1] <= '9';
        if (options->ask && below_zero && argv[optind][0] != '-')
            break; /* words for the other program: "volume -6" */
    }
    for (; optind < argc; optind++)
        if (add_to_list(&options->files, argv[optind], err))
            return WSP_NOMEM;
    return WSP_OK;
}
