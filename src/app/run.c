#include "app/run.h"

#include "app/about.h"
#include "app/attime.h"
#include "app/batch.h"
#include "app/beside.h"
#include "app/checkoptions.h"
#include "app/config.h"
#include "app/emit.h"
#include "app/help.h"
#include "app/interrupt.h"
#include "app/lexicons.h"
#include "app/list.h"
#include "app/live.h"
#include "app/locale.h"
#include "app/paths.h"
#include "app/plot.h"
#include "app/progress.h"
#include "app/say.h"
#include "app/summary.h"
#include "base/text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct app {
    struct wsp_options options;
    struct wsp_config config;
    struct wsp_paths paths;
    struct wsp_cancel cancel;
    struct wsp_own_lexicon lexicon;
    struct wsp_metadata metadata;
    struct wsp_store *store; /* NULL: none */
    struct wsp_session *session;
    struct wsp_cancel files_cancel;
    struct wsp_session *files; /* what --out writes besides what --play plays; NULL: nothing */
    time_t at;                 /* --at, in seconds since 1970; 0: not given */
    struct wsp_error first;    /* the first failure that did not end the work at once; said */
    bool told;                 /* the failure of this FILE of a batch has been said */
};

/* ---- what is asked ---------------------------------------------------------------------- */

static enum wsp_status take_standard_input(struct app *app, struct wsp_error *err)
{
    struct wsp_options *options = &app->options;
    if (options->text || options->files.n > 0)
        return WSP_OK;
    if (isatty(STDIN_FILENO))
        return wsp_fail(err, WSP_USAGE,
                        _("nothing to read; name a FILE, or use --text, or see --help"));
    static const char *const standard_input = "-";
    if (wsp_grow(&options->files.items, &options->files.cap, 0, sizeof(const char *)))
        return wsp_fail_nomem(err);
    options->files.items[options->files.n++] = standard_input;
    return WSP_OK;
}

/* ---- the work --------------------------------------------------------------------------- */

static struct wsp_reading_settings reading_settings(const struct app *app)
{
    const struct wsp_options *options = &app->options;
    return (struct wsp_reading_settings){
        .region = options->region == 2 ? WSP_REGION_SOUTH : WSP_REGION_NORTH,
        .acronyms = (enum wsp_acronyms)options->acronyms,
        .letters = (enum wsp_letters)options->letters,
        .foreign = (enum wsp_foreign)options->foreign,
        .by_blocks = wsp_emit_by_lines((enum wsp_emit)options->emit),
        .own = app->lexicon.lexicon.n > 0 ? &app->lexicon.lexicon : NULL,
    };
}

static void tell_of_row(void *context, const struct wsp_error *err)
{
    const struct app *app = context;
    if (!app->options.quiet)
        wsp_say_error(err);
}

static const char *temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && folder[0] == '/' ? folder : "/tmp";
}

/* The store is never needed; only who has named one is told that it cannot be had. */
static void open_store(struct app *app)
{
    enum { MEGABYTE = 1000 * 1000 };
    const struct wsp_options *options = &app->options;
    const char *folder = options->cache ? options->cache : app->paths.cache.ptr;
    struct wsp_error err = {.status = WSP_OK};
    if (app->store || options->emit != WSP_EMIT_SOUND || options->cache_mb == 0 || !folder ||
        !folder[0])
        return;
    if (wsp_store_open(&app->store, folder, (uint64_t)options->cache_mb * MEGABYTE, &err) &&
        options->cache && !options->quiet)
        wsp_say_error(&err);
}

static bool plays(const struct wsp_options *options)
{
    return options->emit == WSP_EMIT_SOUND && (options->outs.n == 0 || options->play);
}

static enum wsp_status open_session(struct app *app, struct wsp_session **out,
                                    const struct wsp_cancel *cancel, struct wsp_error *err)
{
    const struct wsp_options *options = &app->options;
    struct wsp_buf voice = WSP_BUF_INIT(1 << 16);
    open_store(app);
    enum wsp_status st =
        wsp_voice_find(&voice, options->voice, app->paths.voices, app->paths.n_voices, err);
    if (!st) {
        struct wsp_session_settings settings = {
            .program = app->paths.program.ptr,
            .voice_path = voice.ptr,
            .profile =
                wsp_profile_for(options->profile, options->loudspeaker == 1 ? "horn" : "full"),
            .bits = options->bits > 0 ? 8U + 8U * (uint32_t)options->bits : 0,
            .channels = (uint32_t)options->channels,
            .loudness_lufs = options->loudness_lufs,
            .true_peak_dbtp = options->true_peak_dbtp,
            .mono_convention = options->mono_convention,
            .mp3_kbps = (uint32_t)options->mp3_kbps,
            .chime = options->chime,
            .chime_after = options->chime_after,
            .max_s = options->max_s,
            .pre_roll_s = options->pre_roll_s,
            .gap_s = options->gap_s,
            .repeat = options->repeat,
            .duration_s = options->duration_s,
            .best_effort = options->best_effort,
            .split = options->split,
            .metadata = app->metadata,
            .temporary = temporary_folder(),
            .sample_rate_hz = (uint32_t)options->sample_rate_hz,
            .rate_wpm = options->rate_wpm,
            .rate_factor = options->rate_factor,
            .pitch_factor = options->pitch_factor,
            .volume_db = options->volume_db,
            .jobs = options->jobs,
            .latency_ms = options->latency_ms,
            .device_timeout_s = options->device_timeout_s,
            .store = app->store,
            .reading = reading_settings(app),
            .region_by_voice = options->region == 0,
            .keep_going = options->keep_going,
            .phonemes = options->emit == WSP_EMIT_PHONEMES,
            .speaks = options->emit == WSP_EMIT_SOUND || options->emit == WSP_EMIT_PHONEMES,
            .waits = out == &app->files || !plays(options),
            .late = out == &app->files, /* it waits for the first sound */
            .cancel = cancel,
        };
        st = wsp_session_open(out, &settings, err);
    }
    wsp_buf_release(&voice);
    return st;
}

static enum wsp_status open_outputs(struct app *app, struct wsp_error *err)
{
    const struct wsp_options *options = &app->options;
    bool both = plays(options) && options->outs.n > 0;
    enum wsp_status st = WSP_OK;
    if (plays(options))
        st = wsp_session_add_devices(app->session, options->devices.items, options->devices.n, err);
    if (!st && both)
        st = wsp_cancel_init(&app->files_cancel, err);
    if (!st && both)
        st = open_session(app, &app->files, &app->files_cancel, err);
    for (size_t i = 0; i < options->outs.n && !st && options->emit == WSP_EMIT_SOUND; i++)
        st = wsp_session_add_file(both ? app->files : app->session, options->outs.items[i], err);
    return st;
}

static void tell_removed(const struct wsp_document *document)
{
    for (size_t i = 0; i < document->n_removed; i++)
        wsp_say_remark(document->name.ptr, document->removed[i].line,
                       _("left out by the rule '%s'; --keep-all keeps it"),
                       document->removed[i].rule);
}

/* The newest message, if `st` says that it was read: what was left out of it. */
static enum wsp_status tell_of_reading(const struct app *app, enum wsp_status st)
{
    size_t n = wsp_session_n_messages(app->session);
    if (!st && !app->options.quiet && app->options.emit != WSP_EMIT_CHECK)
        tell_removed(&wsp_session_message(app->session, n - 1)->document);
    return st;
}

/* Of several FILEs one may be missing. The loudspeakers and --emit go on with the others; a file
 * of sound is not delivered then, unless --keep-going. */
static enum wsp_status read_inputs(struct app *app, struct wsp_error *err)
{
    const struct wsp_options *options = &app->options;
    struct wsp_input_settings settings = {
        .keep_all = options->keep_all,
        .keep_source = options->check,
        .single_lines = wsp_emit_by_lines((enum wsp_emit)options->emit),
    };
    if (options->text) {
        struct wsp_str text = {options->text, strlen(options->text)};
        return tell_of_reading(app,
                               wsp_session_read_text(app->session, "--text", text, &settings, err));
    }
    bool go_on = options->keep_going || options->outs.n == 0;
    for (size_t i = 0; i < options->files.n; i++) {
        enum wsp_status st = tell_of_reading(
            app, wsp_session_read_file(app->session, options->files.items[i], &settings, err));
        if (st && (!go_on || options->files.n == 1))
            return st;
        if (st) {
            wsp_say_error(err);
            if (!app->first.status)
                app->first = *err;
        }
    }
    return WSP_OK;
}

static void on_progress(void *context, size_t done, size_t total, double part)
{
    (void)context;
    wsp_progress_show(done, total, part);
}

static void on_failure(void *context, const struct wsp_error *err)
{
    (void)context;
    wsp_say_error(err);
}

static void tell_end(const struct wsp_options *options, const struct wsp_session_report *report,
                     enum wsp_status st)
{
    if (report->underruns > 0)
        wsp_say_remark(NULL, 0, _("breaks in the sound: %u; is the machine busy?"),
                       report->underruns);
    if (!st && report->n_left_out > 0)
        wsp_say_remark(NULL, 0, _("%zu sentences at the end were left out: --max-duration"),
                       report->n_left_out);
    if (!st && report->levelled && options->progress != WSP_PROGRESS_NONE)
        wsp_tell_summary(report);
}

/* Play, and make the files beside it; `report` is of the files where there are any. */
static enum wsp_status play(struct app *app, struct wsp_session_report *report,
                            struct wsp_error *err)
{
    const struct wsp_session_watch watch = {.failed = on_failure};
    struct wsp_beside beside;
    struct wsp_error of_files = {.status = WSP_OK};
    wsp_beside_init(&beside, app->files, &app->files_cancel);
    enum wsp_status st = wsp_live_play(&app->options, app->at, app->session,
                                       wsp_beside_guest(&beside), &watch, report, err);
    if (!app->files)
        return st;
    struct wsp_session_report played = *report;
    bool to_its_end = st != WSP_CANCELLED && st != WSP_UNAVAILABLE;
    bool as_wanted = !st || (played.n_failed > 0 && to_its_end);
    enum wsp_status filed = wsp_beside_end(&beside, as_wanted, &of_files);
    wsp_timeline_release(&played.timeline);
    *report = beside.report;
    report->underruns = played.underruns;
    if (!filed || !as_wanted || filed == st)
        return st;
    if (st) {
        wsp_say_error(&of_files);
        return st;
    }
    *err = of_files;
    return filed;
}

/* What failed after a signal failed because of it; what was delivered was not stopped. */
static bool was_stopped(const struct app *app, enum wsp_status st)
{
    return st == WSP_CANCELLED || (st && wsp_cancelled(&app->cancel));
}

/* The program's, when the work ends with `st`: the first failure's, or after a signal 128 and its
 * number. */
static int exit_status(const struct app *app, enum wsp_status st)
{
    int reason = app->cancel.reason ? app->cancel.reason : SIGINT; /* the key Q is as good */
    if (was_stopped(app, st))
        return 128 + reason;
    return wsp_status_exit_code(app->first.status ? app->first.status : st);
}

static enum wsp_status speak(struct app *app, struct wsp_error *err)
{
    const struct wsp_options *options = &app->options;
    const struct wsp_session_watch watch = {.progress = on_progress, .failed = on_failure};
    struct wsp_session_report report = {.levelled = false};
    enum wsp_status st;
    if (plays(options)) {
        st = play(app, &report, err);
    } else {
        wsp_progress_begin((enum wsp_progress_style)options->progress, options->quiet);
        st = wsp_session_run(app->session, &watch, &report, err);
        wsp_progress_end();
    }
    if (!options->quiet)
        tell_end(options, &report, st);
    if (!st && options->plot)
        st = wsp_plot(options->plot, &report, err);
    if (options->json) {
        enum wsp_status told =
            wsp_print_summary(options, &report, exit_status(app, st), st ? NULL : err);
        st = st ? st : told;
    }
    wsp_timeline_release(&report.timeline);
    if (st && !was_stopped(app, st) && report.n_failed > 0 && !app->first.status) {
        app->first = *err; /* has been said, sentence by sentence */
        if (options->outs.n > 0 && !options->keep_going)
            wsp_say_remark(NULL, 0,
                           _("nothing was written; --keep-going writes what could be spoken"));
        return WSP_OK;
    }
    return st;
}

/* The number of the first sentence with `text` in it, as it is written there; 0: none. */
static size_t find_sentence(const struct wsp_session *session, const char *text)
{
    size_t number = 0;
    for (size_t m = 0; m < wsp_session_n_messages(session); m++) {
        const struct wsp_message *message = wsp_session_message(session, m);
        for (size_t i = 0; i < message->script.n_sentences; i++) {
            const struct wsp_sentence *sentence = &message->script.sentences[i];
            struct wsp_str there =
                wsp_document_text(&message->document, wsp_sentence_span(sentence));
            number++;
            if (memmem(there.ptr, there.len, text, strlen(text)))
                return number;
        }
    }
    return 0;
}

static enum wsp_status choose_sentences(const struct wsp_options *options,
                                        struct wsp_session *session, struct wsp_error *err)
{
    char from[32];
    if (options->sentences && options->from)
        return wsp_fail(err, WSP_USAGE,
                        _("--sentences and --from both choose what is spoken; give one"));
    if (options->sentences)
        return wsp_session_select(session, options->sentences, err);
    if (!options->from)
        return WSP_OK;
    size_t number = find_sentence(session, options->from);
    if (number == 0)
        return wsp_fail(err, WSP_USAGE,
                        _("'%s' stands in no sentence; --list-sentences shows them"),
                        options->from);
    snprintf(from, sizeof from, "%zu-", number);
    return wsp_session_select(session, from, err);
}

/* Read what the options name, and speak or print it. */
static enum wsp_status do_once(struct app *app, struct wsp_error *err)
{
    enum wsp_status st = open_session(app, &app->session, &app->cancel, err);
    if (!st)
        st = open_outputs(app, err);
    if (!st)
        st = read_inputs(app, err);
    if (st || wsp_session_n_messages(app->session) == 0)
        return st;
    if (app->files)
        wsp_session_borrow_messages(app->files, app->session);
    st = choose_sentences(&app->options, app->session, err);
    if (!st && app->files)
        st = choose_sentences(&app->options, app->files, err);
    if (st)
        return st;
    wsp_interrupt_at_once(0);
    return app->options.emit == WSP_EMIT_SOUND
               ? speak(app, err)
               : wsp_emit((enum wsp_emit)app->options.emit, app->session, err);
}

/* One FILE of a batch. */
static enum wsp_status render(void *context, const char *file, const struct wsp_list *outs,
                              struct wsp_error *err)
{
    struct app *app = context;
    const struct wsp_list files = app->options.files, patterns = app->options.outs;
    struct wsp_error first = app->first;
    app->first = (struct wsp_error){.status = WSP_OK};
    app->options.files = (struct wsp_list){.items = &file, .n = 1};
    app->options.outs = *outs;
    enum wsp_status st = do_once(app, err);
    if (!st && app->first.status) { /* told already */
        st = app->first.status;
        *err = app->first;
        app->told = true;
    }
    wsp_session_close(app->session);
    app->session = NULL;
    app->first = first;
    app->options.files = files;
    app->options.outs = patterns;
    return st;
}

static void note_failed(void *context, const struct wsp_error *err)
{
    struct app *app = context;
    if (!app->told)
        wsp_say_error(err);
    app->told = false;
    if (!app->first.status)
        app->first = *err;
}

static enum wsp_status work(struct app *app, struct wsp_error *err)
{
    enum wsp_status st = wsp_options_check(&app->options, err);
    if (!st && app->options.at)
        st = wsp_at_time(app->options.at, time(NULL), &app->at, err);
    if (!st)
        st = take_standard_input(app, err);
    if (!st)
        st = wsp_cancel_init(&app->cancel, err);
    if (st)
        return st;
    wsp_interrupt_init(&app->cancel);
    st = wsp_lexicons_load(&app->lexicon, &app->options.lexicons, &app->paths, tell_of_row, app,
                           err);
    if (!st)
        st = wsp_about_files(&app->metadata, &app->options, app->at, err);
    if (st || !app->options.out_dir)
        return st ? st : do_once(app, err);
    struct wsp_batch batch = {.options = &app->options,
                              .paths = &app->paths,
                              .program_version = WSP_VERSION,
                              .context = app,
                              .render = render,
                              .failed = note_failed};
    return wsp_batch_run(&batch, err);
}

/* ---- beginning and end ------------------------------------------------------------------ */

static void drop_first(struct wsp_list *list, size_t n)
{
    if (n == 0)
        return;
    list->n -= n;
    memmove(list->items, list->items + n, list->n * sizeof *list->items);
}

/* What the command line asks for takes the place of settings that do not go with it. */
static void let_command_line_win(struct wsp_options *options, const struct wsp_options *settings)
{
    size_t n = settings->outs.n;
    bool outs = options->outs.n > n, emit = options->emit != settings->emit;
    bool device = options->devices.n > settings->devices.n;
    if (outs || emit || (device && !options->play))
        drop_first(&options->outs, n);
    if (device)
        drop_first(&options->devices, settings->devices.n);
    if (outs && !device && !options->play)
        options->devices.n = 0;
    if (outs && !emit)
        options->emit = WSP_EMIT_SOUND;
}

static enum wsp_status configure(struct app *app, int argc, char **argv, struct wsp_error *err)
{
    enum wsp_status st = wsp_paths_init(&app->paths, err);
    if (st)
        return st;
    wsp_locale_init(app->paths.catalogues.ptr);
    wsp_options_init(&app->options);
    st = wsp_config_read(&app->config, app->paths.config.ptr, &app->options, err);
    const struct wsp_options settings = app->options;
    if (st) { /* who asks for help gets it, whatever the settings say */
        enum wsp_status parsed = wsp_options_parse(&app->options, argc, argv, NULL);
        return !parsed && (app->options.help || app->options.version) ? WSP_OK : st;
    }
    st = wsp_options_parse(&app->options, argc, argv, err);
    let_command_line_win(&app->options, &settings);
    if (app->options.list_sentences && app->options.emit == WSP_EMIT_SOUND)
        app->options.emit = WSP_EMIT_LIST;
    if (app->options.check && app->options.emit == WSP_EMIT_SOUND)
        app->options.emit = WSP_EMIT_CHECK;
    return st;
}

static enum wsp_status do_as_asked(struct app *app, struct wsp_error *err)
{
    if (app->options.help)
        wsp_print_help();
    else if (app->options.version)
        wsp_print_version();
    else if (app->options.list_voices)
        return wsp_list_voices(app->paths.voices, app->paths.n_voices, err);
    else if (app->options.list_devices)
        return wsp_list_devices(app->paths.program.ptr, err);
    else if (app->options.ask)
        return wsp_live_ask(&app->options, err);
    else
        return work(app, err);
    if (fflush(stdout) || ferror(stdout))
        return wsp_fail(err, WSP_IO, _("cannot write to standard output: %s"),
                        wsp_errno_text(errno));
    return WSP_OK;
}

static int finish(struct app *app, enum wsp_status st, const struct wsp_error *err)
{
    int status = exit_status(app, st);
    if (st && !was_stopped(app, st))
        wsp_say_error(err);
    wsp_session_close(app->files);
    wsp_session_close(app->session);
    wsp_store_close(app->store);
    wsp_cancel_release(&app->cancel);
    wsp_cancel_release(&app->files_cancel);
    wsp_own_lexicon_release(&app->lexicon);
    wsp_options_release(&app->options);
    wsp_config_release(&app->config);
    wsp_paths_release(&app->paths);
    return status;
}

int wsp_app_run(int argc, char **argv)
{
    struct app app = {.cancel = {.fd = -1}, .files_cancel = {.fd = -1}};
    struct wsp_error err = {.status = WSP_OK};
    enum wsp_status st = configure(&app, argc, argv, &err);
    if (!st)
        st = do_as_asked(&app, &err);
    return finish(&app, st, &err);
}
