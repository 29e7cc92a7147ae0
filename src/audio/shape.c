#include "audio/shape.h"

#include "audio/centre.h"
#include "audio/compressor.h"
#include "audio/crest.h"
#include "audio/filter.h"
#include "audio/packed.h"
#include "audio/resample.h"
#include "audio/trim.h"

#include <math.h>
#include <stdlib.h>

struct shaping {
    struct wsp_shape_params params;
    struct wsp_resampler *resampler;
    struct wsp_layout layout;
    float *laid_out, *other; /* at the engine's rate; what a stage writes that reads the first */
    size_t cap;
    struct wsp_equaliser equaliser;
    uint32_t designed_hz; /* the rate it was designed for; 0: not yet */
    struct wsp_compressor compressor;
    struct wsp_centre centre;
    struct wsp_levels levels;
};

static void close_shaping(void *state)
{
    struct shaping *shaping = state;
    if (!shaping)
        return;
    wsp_resampler_free(shaping->resampler);
    wsp_layout_release(&shaping->layout);
    wsp_compressor_release(&shaping->compressor);
    wsp_centre_release(&shaping->centre);
    wsp_levels_release(&shaping->levels);
    free(shaping->laid_out);
    free(shaping->other);
    free(shaping);
}

static void *open_shaping(const void *params)
{
    struct shaping *shaping = calloc(1, sizeof *shaping);
    if (!shaping)
        return NULL;
    shaping->params = *(const struct wsp_shape_params *)params;
    wsp_compressor_init(&shaping->compressor);
    shaping->resampler = wsp_resampler_new();
    if (shaping->resampler)
        return shaping;
    close_shaping(shaping);
    return NULL;
}

static enum wsp_status reserve(struct shaping *shaping)
{
    size_t need = shaping->layout.length;
    if (need <= shaping->cap)
        return WSP_OK;
    float **buffers[] = {&shaping->laid_out, &shaping->other};
    for (size_t i = 0; i < WSP_LEN(buffers); i++) {
        float *grown = realloc(*buffers[i], need * sizeof *grown);
        if (!grown)
            return WSP_NOMEM;
        *buffers[i] = grown;
    }
    shaping->cap = need;
    return WSP_OK;
}

/* ---- the profile's stages, in order ---- */

static enum wsp_status high_pass(struct shaping *shaping, uint32_t rate_hz)
{
    const struct wsp_profile *profile = shaping->params.profile;
    if (profile->high_pass_hz > 0) {
        struct wsp_biquad biquad = wsp_biquad_high_pass(profile->high_pass_hz, rate_hz);
        wsp_biquad_run(&biquad, shaping->laid_out, shaping->layout.length);
    }
    return WSP_OK;
}

static void take_other(struct shaping *shaping)
{
    float *done = shaping->other;
    shaping->other = shaping->laid_out;
    shaping->laid_out = done;
}

/* The compressor makes a little of what the high-pass took away again, for a gain that moves is no
 * filter. So it is taken away twice, and the second time backwards: vowels' lowest harmonics, which
 * the first made late, are in time again, as they are wanted in noise. */
static enum wsp_status high_pass_again(struct shaping *shaping, uint32_t rate_hz)
{
    const struct wsp_profile *profile = shaping->params.profile;
    if (profile->high_pass_hz > 0 && profile->compression.ratio > 1) {
        struct wsp_biquad biquad = wsp_biquad_high_pass(profile->high_pass_hz, rate_hz);
        wsp_biquad_run_backwards(&biquad, shaping->laid_out, shaping->layout.length);
    }
    return WSP_OK;
}

static enum wsp_status equalise(struct shaping *shaping, uint32_t rate_hz)
{
    const struct wsp_curve *const curves[] = {&shaping->params.profile->equaliser,
                                              shaping->params.voice};
    if (curves[0]->n == 0)
        return WSP_OK;
    if (shaping->designed_hz != rate_hz)
        wsp_equaliser_design(&shaping->equaliser, curves, curves[1] ? 2 : 1, rate_hz);
    shaping->designed_hz = rate_hz;
    wsp_equaliser_run(&shaping->equaliser, shaping->laid_out, shaping->other,
                      shaping->layout.length);
    take_other(shaping);
    return WSP_OK;
}

static enum wsp_status compress(struct shaping *shaping, uint32_t rate_hz)
{
    struct wsp_compression compression = shaping->params.profile->compression;
    if (!shaping->params.voice || shaping->params.voice->n == 0)
        compression.loud_db = 0; /* nobody has told what it is */
    return wsp_compressor_run(&shaping->compressor, &compression, shaping->laid_out,
                              shaping->layout.length, rate_hz);
}

static enum wsp_status take_crests(struct shaping *shaping, uint32_t rate_hz)
{
    const struct wsp_profile *profile = shaping->params.profile;
    if (profile->crest_db > 0) {
        double highest_db = shaping->compressor.loud_db + profile->crest_db;
        wsp_crest_run(shaping->laid_out, shaping->other, shaping->layout.length,
                      (float)pow(10, highest_db / 20), rate_hz);
        take_other(shaping);
        return wsp_centre_run(&shaping->centre, shaping->laid_out, shaping->layout.length, rate_hz);
    }
    return WSP_OK;
}

/* A filter still rings where the utterance ends, and a hiss that begins it is loud at once: a half
 * of a raised cosine. */
static enum wsp_status fade_ends(struct shaping *shaping, uint32_t rate_hz)
{
    enum { FADE_MS = 4 };
    size_t n = shaping->layout.length, fade = (size_t)rate_hz * FADE_MS / 1000;
    for (size_t i = 0; i < fade && 2 * fade < n; i++) {
        float part = 0.5F - 0.5F * cosf((float)M_PI * (float)i / (float)fade);
        shaping->laid_out[i] *= part;
        shaping->laid_out[n - 1 - i] *= part;
    }
    return WSP_OK;
}

static enum wsp_status run_stages(struct shaping *shaping, uint32_t rate_hz)
{
    static enum wsp_status (*const stages[])(struct shaping *, uint32_t) = {
        high_pass, equalise, compress, high_pass_again, take_crests, fade_ends};
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; i < WSP_LEN(stages) && !st; i++)
        st = stages[i](shaping, rate_hz);
    return st;
}

static uint32_t rate_of(const struct shaping *shaping, const struct wsp_sound *sound)
{
    return shaping->params.rate_hz > 0 ? shaping->params.rate_hz : sound->rate_hz;
}

static uint32_t to_frame(const struct shaping *shaping, const struct wsp_sound *sound, size_t place)
{
    return (uint32_t)wsp_resampled_length(place, sound->rate_hz, rate_of(shaping, sound));
}

/* The engine's word begins where the one before has ended, with the closure of a "k" or the breath
 * before an "s"; what is marked is what sounds of it. */
static void place_mark(const struct shaping *shaping, const struct wsp_sound *sound,
                       struct wsp_mark *mark, size_t begin, size_t end)
{
    const struct wsp_layout *layout = &shaping->layout;
    wsp_sound_shrink(sound, layout->silent, &begin, &end);
    end = wsp_layout_sound_before(layout, wsp_layout_place(layout, end));
    mark->begin = to_frame(shaping, sound, wsp_layout_place(layout, begin));
    mark->end = to_frame(shaping, sound, end);
    if (mark->end < mark->begin) /* nothing sounds */
        mark->end = mark->begin;
}

/* The engine may part a word of ours into several of its own ("17/5"): the first cue counts. */
static enum wsp_status mark_words(const struct shaping *shaping, const struct wsp_sound *sound,
                                  struct wsp_take *take)
{
    size_t begin = 0;
    take->n_marks = 0;
    for (size_t i = 0; i < sound->n_cues; i++) {
        const struct wsp_cue *cue = &sound->cues[i];
        struct wsp_mark *last = take->n_marks > 0 ? &take->marks[take->n_marks - 1] : NULL;
        if (cue->kind != WSP_CUE_WORD || (last && cue->word <= last->word))
            continue;
        size_t at = cue->sample < sound->n_samples ? cue->sample : sound->n_samples;
        if (last)
            place_mark(shaping, sound, last, begin, at);
        if (wsp_grow(&take->marks, &take->cap_marks, take->n_marks, sizeof *take->marks))
            return WSP_NOMEM;
        take->marks[take->n_marks++] = (struct wsp_mark){.word = cue->word};
        begin = at;
    }
    if (take->n_marks > 0)
        place_mark(shaping, sound, &take->marks[take->n_marks - 1], begin, sound->n_samples);
    return WSP_OK;
}

static bool packs(const struct wsp_shape_params *params)
{
    return params->packs && params->rate_hz == 0 && params->profile && params->profile->levelled;
}

static enum wsp_status shape(void *state, const struct wsp_sound *sound,
                             const struct wsp_utterance *utterance, struct wsp_take *take)
{
    struct shaping *shaping = state;
    uint32_t rate_hz = rate_of(shaping, sound);
    if (wsp_layout_make(&shaping->layout, sound, utterance) || reserve(shaping))
        return WSP_NOMEM;
    wsp_layout_render(&shaping->layout, sound, shaping->laid_out);
    if (shaping->params.profile && shaping->params.profile->levelled &&
        run_stages(shaping, sound->rate_hz))
        return WSP_NOMEM;

    take->rate_hz = rate_hz;
    take->n_frames = wsp_resampled_length(shaping->layout.length, sound->rate_hz, rate_hz);
    if (packs(&shaping->params))
        return mark_words(shaping, sound, take)
                   ? WSP_NOMEM
                   : wsp_pack(&take->packed, shaping->laid_out, take->n_frames, rate_hz,
                              take->marks, take->n_marks, &shaping->levels);
    if (wsp_take_reserve(take, take->n_frames) ||
        wsp_resample(shaping->resampler, shaping->laid_out, shaping->layout.length, sound->rate_hz,
                     take->frames, rate_hz))
        return WSP_NOMEM;
    return mark_words(shaping, sound, take);
}

static void identify_curve(const struct wsp_curve *curve, struct wsp_buf *out)
{
    for (size_t i = 0; i < curve->n; i++)
        wsp_buf_printf(out, " %.17g:%.17g", curve->points[i].hz, curve->points[i].db);
    wsp_buf_printf(out, ";");
}

/* What the stages are told; the stages themselves are in the program's own identity. */
static void identify(const void *context, struct wsp_buf *out)
{
    const struct wsp_shape_params *params = context;
    const struct wsp_profile *profile = params->profile;
    if (!packs(params))
        return;
    wsp_buf_printf(out, "%.17g", profile->high_pass_hz);
    identify_curve(&profile->equaliser, out);
    if (params->voice)
        identify_curve(params->voice, out);
    const struct wsp_compression *compression = &profile->compression;
    wsp_buf_printf(out, " %.17g %.17g %.17g %.17g %.17g %.17g %.17g %.17g\n", compression->loud_db,
                   compression->from_db, compression->ratio, compression->loud_ratio,
                   compression->attack_ms, compression->release_ms, compression->boost_max_db,
                   profile->crest_db);
}

struct wsp_shaper wsp_shaper_make(const struct wsp_shape_params *params)
{
    return (struct wsp_shaper){
        .params = params,
        .open = open_shaping,
        .shape = shape,
        .close = close_shaping,
        .identify = identify,
        .reopen = wsp_packed_reopen,
    };
}
