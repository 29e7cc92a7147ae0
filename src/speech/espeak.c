/* The espeak-ng adapter: the one file that knows libespeak-ng (1.51).
 *
 * The library keeps its state in globals and carries some of it from one call to the next, so each
 * utterance is spoken by a process that has not spoken (see nursery.h). What is decided here:
 * amplitude 60 (at its default of 100 the engine overloads inside), synchronous output, phonemes in
 * [[ ]] allowed, because the respellings need them. */
#include "speech/engine.h"

#include "base/text.h"
#include "reading/language.h"
#include "speech/enginetext.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    AMPLITUDE = 60,
    CHUNK_MS = 1000, /* a callback brings at most this much sound */
    /* From here on the engine speaks at an ordinary rate, and libsonic hurries each chunk. */
    HURRIED_FROM_WPM = 450,
    HURRIED_WPM = 175,
    HURRIED_CHUNK_MS = 60, /* words are told of to a fraction of this */
};

/* There can be only one: the library is a singleton, and its callback has no argument of ours
 * before the first event. */
static struct {
    const struct wsp_voice *voice;
    const struct wsp_engine_output *output;
    struct wsp_engine_text text;
    double hurry;      /* how many times as fast libsonic makes it */
    uint32_t n_before; /* samples brought before this callback */
    uint32_t n_so_far; /* and with it */
    bool stopped;
} espeak;

static bool give_cue(uint32_t sample, size_t word, enum wsp_cue_kind kind)
{
    return espeak.output->cue(
        espeak.output->context,
        (struct wsp_cue){.sample = sample, .word = (uint16_t)word, .kind = (uint16_t)kind});
}

/* The engine adds its place in a chunk to the samples it has brought; these have been hurried, but
 * the chunk has not yet. */
static uint32_t sample_of(const espeak_EVENT *event)
{
    uint32_t at = (uint32_t)event->sample;
    if (espeak.hurry <= 1 || at <= espeak.n_before)
        return at;
    at = espeak.n_before + (uint32_t)((at - espeak.n_before) / espeak.hurry);
    return at < espeak.n_so_far ? at : espeak.n_so_far;
}

static bool give_event(const espeak_EVENT *event)
{
    uint32_t at = event->text_position > 0 ? (uint32_t)event->text_position - 1 : 0;
    switch (event->type) {
    case espeakEVENT_WORD:
        return give_cue(sample_of(event), wsp_engine_text_word(&espeak.text, at), WSP_CUE_WORD);
    case espeakEVENT_END: /* of a clause, and of a chunk; its position is the character after it */
        return give_cue(espeak.n_so_far, wsp_engine_text_word(&espeak.text, at > 0 ? at - 1 : 0),
                        WSP_CUE_PHRASE);
    default:
        return true;
    }
}

/* The engine calls this with sound and with what happens in it. Returning 1 stops it. */
static int on_sound(short *samples, int n, espeak_EVENT *events)
{
    bool go_on = !espeak.stopped;
    espeak.n_before = espeak.n_so_far;
    espeak.n_so_far += samples && n > 0 ? (uint32_t)n : 0;
    if (go_on && samples && n > 0)
        go_on = espeak.output->samples(espeak.output->context, samples, (size_t)n);
    for (; go_on && events->type != espeakEVENT_LIST_TERMINATED; events++)
        go_on = give_event(events);
    espeak.stopped = !go_on;
    return go_on ? 0 : 1;
}

static enum wsp_status set_parameters(double rate_wpm, double pitch, struct wsp_error *err)
{
    const struct {
        espeak_PARAMETER parameter;
        double value;
    } table[] = {
        {espeakVOLUME, AMPLITUDE},
        {espeakRATE, rate_wpm},
        {espeakPITCH, pitch},
        {espeakRANGE, espeak.voice->range},
    };
    for (size_t i = 0; i < WSP_LEN(table); i++)
        if (espeak_ng_SetParameter(table[i].parameter, (int)lround(table[i].value), 0) != ENS_OK)
            return wsp_fail(err, WSP_INTERNAL, _("espeak-ng refuses the value %g"), table[i].value);
    return WSP_OK;
}

static enum wsp_status start(const struct wsp_voice *voice, double rate_wpm, double pitch,
                             uint32_t *rate_hz, struct wsp_error *err)
{
    espeak.voice = voice;
    bool hurried = lround(rate_wpm) >= HURRIED_FROM_WPM;
    espeak.hurry = hurried ? rate_wpm / HURRIED_WPM : 1;
    espeak_ng_InitializePath(NULL);
    espeak_ng_ERROR_CONTEXT context = NULL;
    espeak_ng_STATUS st = espeak_ng_Initialize(&context);
    if (st == ENS_OK)
        st = espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS,
                                        hurried ? HURRIED_CHUNK_MS : CHUNK_MS, NULL);
    if (st != ENS_OK) {
        char why[256] = "";
        espeak_ng_GetStatusCodeMessage(st, why, sizeof why);
        espeak_ng_ClearErrorContext(&context);
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("the speech engine espeak-ng does not start: %s; install the package "
                          "espeak-ng-data"),
                        why);
    }
    if (espeak_ng_SetVoiceByName(voice->engine_voice) != ENS_OK)
        return wsp_fail(err, WSP_UNAVAILABLE,
                        _("espeak-ng has no voice '%s', which the voice '%s' needs; install the "
                          "package espeak-ng-data"),
                        voice->engine_voice, voice->name);
    espeak_SetSynthCallback(on_sound);
    *rate_hz = (uint32_t)espeak_ng_GetSampleRate();
    return set_parameters(rate_wpm, pitch, err);
}

/* The mnemonics come a line a clause; we give them as one line. */
static void give_phonemes(char *trace, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (trace[i] == '\n')
            trace[i] = ' ';
    while (len > 0 && trace[len - 1] == ' ')
        len--;
    size_t begin = strspn(trace, " ");
    if (begin < len)
        espeak.output->phonemes(espeak.output->context,
                                (struct wsp_str){trace + begin, len - begin});
}

static enum wsp_status synthesize(struct wsp_error *err)
{
    espeak_ng_STATUS st =
        espeak_ng_Synthesize(espeak.text.text.ptr, espeak.text.text.len + 1, 0, POS_CHARACTER, 0,
                             espeakCHARS_UTF8 | espeakPHONEMES, NULL, NULL);
    if (st != ENS_OK && !espeak.stopped)
        return wsp_fail(err, WSP_INTERNAL, _("espeak-ng cannot speak this"));
    return WSP_OK;
}

static enum wsp_status synthesize_traced(struct wsp_error *err)
{
    char *trace = NULL;
    size_t len = 0;
    FILE *stream = open_memstream(&trace, &len);
    if (!stream)
        return wsp_fail_nomem(err);
    espeak_SetPhonemeTrace(espeakPHONEMES_SHOW, stream);
    enum wsp_status st = synthesize(err);
    espeak_SetPhonemeTrace(0, NULL);
    fclose(stream);
    if (!st)
        give_phonemes(trace, len);
    free(trace);
    return st;
}

/* Another language's voice, with the variant ("+Annie") of our own. */
static enum wsp_status take_voice_of(enum wsp_language language, struct wsp_error *err)
{
    char name[64];
    const char *variant = strchr(espeak.voice->engine_voice, '+');
    if (language == WSP_LANGUAGE_VOICE)
        return WSP_OK;
    snprintf(name, sizeof name, "%s%s", wsp_language_tags[language], variant ? variant : "");
    if (espeak_ng_SetVoiceByName(name) != ENS_OK)
        return wsp_fail(
            err, WSP_UNAVAILABLE,
            _("espeak-ng has no voice '%s', which a sentence in another language needs; "
              "install the package espeak-ng-data, or use --foreign respell"),
            name);
    return WSP_OK;
}

static enum wsp_status speak(const struct wsp_utterance *utterance,
                             const struct wsp_engine_output *output, struct wsp_error *err)
{
    espeak.output = output;
    enum wsp_status st = take_voice_of((enum wsp_language)utterance->language, err);
    if (st)
        return st;
    wsp_engine_text_init(&espeak.text);
    if (wsp_engine_text_make(&espeak.text, utterance, espeak.voice))
        return wsp_fail_nomem(err);
    st = output->want_phonemes ? synthesize_traced(err) : synthesize(err);
    wsp_engine_text_release(&espeak.text);
    return st;
}

/* Size and time of a file of the engine's data. */
static void identify_file(struct wsp_buf *out, const char *folder, const char *name,
                          const char *ending)
{
    char path[PATH_MAX];
    struct stat about;
    snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
    if (stat(path, &about) == 0)
        wsp_buf_printf(out, " %lld.%lld", (long long)about.st_size,
                       (long long)about.st_mtim.tv_sec);
}

/* The library's version, and the data that packages bring. */
static void identify(struct wsp_buf *out)
{
    static const char *const files[] = {"phondata", "phonindex", "phontab", "intonations"};
    const char *folder = NULL;
    espeak_ng_InitializePath(NULL);
    wsp_buf_puts(out, espeak_Info(&folder));
    for (size_t i = 0; i < WSP_LEN(files); i++)
        identify_file(out, folder, files[i], "");
    for (size_t i = 0; i < WSP_N_LANGUAGES; i++)
        identify_file(out, folder, wsp_language_tags[i], "_dict");
}

const struct wsp_engine wsp_engine_espeak = {
    .name = "espeak-ng",
    .start = start,
    .speak = speak,
    .identify = identify,
};
