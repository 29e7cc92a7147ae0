#include "app/live.h"

#include "app/interrupt.h"
#include "app/say.h"
#include "base/text.h"
#include "console/console.h"
#include "console/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NS_A_SECOND INT64_C(1000000000)

/* What --display takes, in the order of its names in options.c. */
enum display_choice { DISPLAY_AUTO, DISPLAY_PLAIN, DISPLAY_LARGE, DISPLAY_NONE };

/* May the terminal be drawn on? https://no-color.org asks for no escapes of colour; a reader of the
 * screen is no better off with those of the cursor. */
static bool can_draw(void)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0 && !(no_color && *no_color);
}

static void choose_display(struct wsp_console_settings *settings, const struct wsp_options *options)
{
    enum display_choice choice = (enum display_choice)options->display;
    if (choice == DISPLAY_AUTO && options->progress == WSP_PROGRESS_PLAIN)
        choice = DISPLAY_PLAIN;
    settings->shows =
        choice != DISPLAY_NONE && !options->quiet && options->progress != WSP_PROGRESS_NONE;
    settings->style = choice == DISPLAY_PLAIN || !can_draw() ? WSP_DISPLAY_PLAIN
                      : choice == DISPLAY_LARGE              ? WSP_DISPLAY_LARGE
                                                             : WSP_DISPLAY_LINES;
}

/* ---- what is said ----------------------------------------------------------------------- */

/* What a person is told besides the display. */
struct teller {
    bool quiet;
    size_t n_said; /* sentences, to their ends */
};

static void say_event(void *context, struct wsp_play *play, const struct wsp_play_event *event)
{
    struct teller *teller = context;
    teller->n_said += event->kind == WSP_PLAY_ENDED && event->complete;
    const char *device = event->device && *event->device ? event->device : _("the loudspeaker");
    bool others = wsp_play_sounds(play);
    if (event->kind == WSP_PLAY_LOST && event->over)
        wsp_say_remark(NULL, 0,
                       others ? _("%s: %s; the others have sounded all")
                              : _("%s: %s; all had been said before"),
                       device, event->why->text);
    else if (event->kind == WSP_PLAY_LOST && !wsp_play_has_begun(play))
        wsp_say_remark(NULL, 0, _("%s: %s; it is looked for"), device, event->why->text);
    else if (event->kind == WSP_PLAY_LOST)
        wsp_say_remark(NULL, 0,
                       others ? _("%s: %s; it is looked for, and the others go on")
                              : _("%s: %s; it is looked for, and the sentence will be said again"),
                       device, event->why->text);
    if (event->kind == WSP_PLAY_BACK && !teller->quiet)
        wsp_say_remark(NULL, 0, _("%s is back"), device);
}

/* ---- playing ---------------------------------------------------------------------------- */

enum wsp_status wsp_live_play(const struct wsp_options *options, time_t at,
                              struct wsp_session *session, struct wsp_play_guest guest,
                              const struct wsp_session_watch *watch,
                              struct wsp_session_report *report, struct wsp_error *err)
{
    struct wsp_console console;
    struct wsp_console_settings settings = {.control = options->control, .log = options->log};
    struct wsp_error at_end = {.status = WSP_OK};
    choose_display(&settings, options);
    enum wsp_status st = wsp_console_open(&console, &settings, err);
    if (st)
        return st;
    wsp_console_add(&console, guest);
    wsp_console_add(&console, wsp_interrupt_guest());
    struct teller teller = {.quiet = options->quiet};
    wsp_console_add(&console, (struct wsp_play_guest){.context = &teller, .event = say_event});
    struct wsp_play_settings play = {
        .start_ns = at * NS_A_SECOND, .guests = console.guests, .n_guests = console.n_guests};
    st = wsp_session_play(session, &play, watch, report, err);
    enum wsp_status closed = wsp_console_close(&console, &at_end);
    if (closed && !st && err)
        *err = at_end;
    if (settings.shows && settings.style != WSP_DISPLAY_PLAIN)
        wsp_say_remark(NULL, 0, _("sentences played: %zu; breaks in the sound: %u"), teller.n_said,
                       report->underruns);
    return st ? st : closed;
}

enum wsp_status wsp_live_ask(const struct wsp_options *options, struct wsp_error *err)
{
    enum { ANSWER_LIMIT = 1 << 16 };
    struct wsp_buf answer = WSP_BUF_INIT(ANSWER_LIMIT);
    enum wsp_status st =
        wsp_control_ask(options->ask, options->files.items, options->files.n, &answer, err);
    if (!st)
        fputs(answer.ptr, stdout);
    wsp_buf_release(&answer);
    return st;
}
