#include "app/checkoptions.h"

#include "app/plot.h"
#include "audio/profile.h"
#include "base/text.h"
#include "output/parts.h"
#include "studio/outputs.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_LIMIT = 2 * PATH_MAX };

/* Text on standard output. */
static enum wsp_status check_emit(const struct wsp_options *options, struct wsp_error *err)
{
    bool prints = options->emit != WSP_EMIT_SOUND;
    if (options->text && options->files.n > 0)
        return wsp_fail(err, WSP_USAGE, _("--text and '%s' cannot both be spoken; choose one"),
                        options->files.items[0]);
    if (options->check && prints && options->emit != WSP_EMIT_CHECK)
        return wsp_fail(err, WSP_USAGE,
                        _("--check and --emit both print text; make two runs of it"));
    if (prints && options->outs.n > 0)
        return wsp_fail(err, WSP_USAGE,
                        _("--emit prints text and --out writes sound; make two runs of it"));
    return WSP_OK;
}

static enum wsp_status check_sound(const struct wsp_options *options, struct wsp_error *err)
{
    if (!wsp_profile_for(options->profile, options->loudspeaker == 1 ? "horn" : "full"))
        return wsp_fail(err, WSP_USAGE,
                        _("--loudspeaker goes with --profile pa, not with '%s'; leave it out"),
                        options->profile);
    if (options->plot && options->outs.n == 0)
        return wsp_fail(err, WSP_USAGE,
                        _("--plot draws what --out writes; name a file with --out"));
    if (options->devices.n > 0 && options->outs.n > 0 && !options->play)
        return wsp_fail(err, WSP_USAGE,
                        _("--out writes a file and --device plays; for both add --play"));
    return options->plot ? wsp_plot_check(options->plot, err) : WSP_OK;
}

static enum wsp_status check_standard_output(const struct wsp_options *options,
                                             struct wsp_error *err)
{
    bool logs = options->log && strcmp(options->log, "-") == 0;
    for (size_t i = 0; i < options->outs.n; i++)
        if (logs && strcmp(options->outs.items[i], "-") == 0)
            return wsp_fail(err, WSP_USAGE,
                            _("--out and --log cannot both go to standard output; name a file"));
    return WSP_OK;
}

static enum wsp_status check_devices(const struct wsp_options *options, struct wsp_error *err)
{
    for (size_t i = 0; i < options->devices.n; i++) {
        const char *device = options->devices.items[i];
        if (!*device)
            return wsp_fail(err, WSP_USAGE,
                            _("--device has no name; leave it out for the usual loudspeaker"));
        for (size_t k = 0; k < i; k++)
            if (strcmp(device, options->devices.items[k]) == 0)
                return wsp_fail(err, WSP_USAGE, _("--device names '%s' twice; leave one out"),
                                device);
    }
    return WSP_OK;
}

static enum wsp_status check_batch(const struct wsp_options *options, struct wsp_error *err)
{
    if (options->out_dir && (options->emit != WSP_EMIT_SOUND || options->devices.n > 0 ||
                             options->play || options->text))
        return wsp_fail(
            err, WSP_USAGE,
            _("--out-dir renders FILEs; leave --emit, --device, --play and --text out"));
    if (options->resume && !options->out_dir)
        return wsp_fail(err, WSP_USAGE, _("--resume goes with --out-dir; name a folder"));
    return WSP_OK;
}

/* Would the parts of two files be in one playlist? */
static bool share_playlist(const char *a, const char *b)
{
    struct wsp_buf first = WSP_BUF_INIT(PATH_LIMIT), second = WSP_BUF_INIT(PATH_LIMIT);
    wsp_parts_add_playlist(&first, a);
    wsp_parts_add_playlist(&second, b);
    bool same = wsp_str_equal(wsp_buf_str(&first), wsp_buf_str(&second));
    wsp_buf_release(&first);
    wsp_buf_release(&second);
    return same;
}

/* One of the outputs, and the file of sound before it (NULL: none). */
static enum wsp_status check_split_output(const char *out, const char *sound, struct wsp_error *err)
{
    const struct wsp_timing_kind *timing = wsp_timing_kind_of(out);
    if (strcmp(out, "-") == 0)
        return wsp_fail(err, WSP_USAGE,
                        _("--split writes several files; name one with --out, and not -"));
    if (timing && strcmp(timing->extension, ".cue") == 0)
        return wsp_fail(err, WSP_USAGE,
                        _("'%s' would name one file of sound and --split writes several; leave "
                          "one of them out"),
                        out);
    if (!timing && wsp_sink_knows(out) && sound && share_playlist(sound, out))
        return wsp_fail(err, WSP_USAGE,
                        _("the parts of '%s' and of '%s' would have one playlist; make two "
                          "runs of it"),
                        sound, out);
    return WSP_OK;
}

static enum wsp_status check_split(const struct wsp_options *options, struct wsp_error *err)
{
    const char *sound = NULL;
    for (size_t i = 0; i < options->outs.n; i++) {
        const char *out = options->outs.items[i];
        enum wsp_status st = check_split_output(out, sound, err);
        if (st)
            return st;
        if (!wsp_timing_kind_of(out) && wsp_sink_knows(out))
            sound = out;
    }
    bool usual = options->out_dir && options->outs.n == 0; /* {}.wav */
    return sound || usual
               ? WSP_OK
               : wsp_fail(err, WSP_USAGE,
                          _("--split writes a file for every chapter; name a file of sound with "
                            "--out"));
}

/* Would an output take the place of an input? */
static enum wsp_status check_inputs(const struct wsp_options *options, const char *out,
                                    struct wsp_error *err)
{
    struct stat there, in;
    if (stat(out, &there) || !S_ISREG(there.st_mode))
        return WSP_OK;
    for (size_t i = 0; i < options->files.n; i++)
        if (stat(options->files.items[i], &in) == 0 && there.st_dev == in.st_dev &&
            there.st_ino == in.st_ino)
            return wsp_fail(err, WSP_USAGE,
                            _("--out names '%s', which is read as '%s'; choose another name"), out,
                            options->files.items[i]);
    return WSP_OK;
}

static enum wsp_status check_output(const struct wsp_options *options, size_t at,
                                    struct wsp_error *err)
{
    const char *out = options->outs.items[at];
    enum wsp_status st = wsp_output_check_path(out, err);
    for (size_t i = 0; i < at && !st; i++)
        if (strcmp(out, options->outs.items[i]) == 0)
            st = wsp_fail(err, WSP_USAGE, _("--out names '%s' twice; leave one out"), out);
    return st ? st : check_inputs(options, out, err);
}

enum wsp_status wsp_options_check(const struct wsp_options *options, struct wsp_error *err)
{
    enum wsp_status st = check_emit(options, err);
    if (!st)
        st = check_sound(options, err);
    if (!st)
        st = check_devices(options, err);
    if (!st)
        st = check_standard_output(options, err);
    if (!st)
        st = check_batch(options, err);
    if (!st && options->split)
        st = check_split(options, err);
    for (size_t i = 0; i < options->outs.n && !options->out_dir && !st; i++)
        st = check_output(options, i, err);
    return st;
}
