#include "console/display.h"

#include "base/child.h"
#include "base/text.h"
#include "console/large.h"
#include "console/terminal.h"
#include "console/textlines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LINES_MAX = 64,
    NEXT_LINES = 2,
    LEAST_COLUMNS = 8, /* narrower, nothing can be read */
    FRAME_LIMIT = 1 << 20,
    EVERY_MS = 50,
    SECONDS_EVERY_MS = 500, /* the time left goes on while no word changes */
    SIXTY = 60,
};

#define DIM "\033[2m"
#define MARK "\033[7m"
#define PLAIN "\033[0m"
#define CLEAR_LINE "\033[K"
#define CLEAR_BELOW "\033[J"

struct wsp_display {
    enum wsp_display_style style;
    const struct wsp_keys *keys;
    struct wsp_utterance utterance; /* of the sentence that sounds: its words */
    size_t message, sentence;       /* whose words they are */
    bool has_words;
    struct wsp_play_state shown;
    long long next_ms, seconds_ms;
    unsigned widths[LINES_MAX]; /* of what is drawn */
    size_t n_drawn;
    bool stale; /* draw in any case */
    struct wsp_buf frame;
};

static struct wsp_display *the_display; /* for messages that want it out of the way */

/* ---- what there is to show -------------------------------------------------------------- */

/* The bytes of the sentence that stand for the word that sounds. */
static struct wsp_span marked(struct wsp_display *display, const struct wsp_play *play,
                              const struct wsp_play_state *state)
{
    const struct wsp_script *script =
        &wsp_session_message(wsp_play_session(play), state->message)->script;
    bool fits = display->has_words && display->message == state->message &&
                display->sentence == state->sentence;
    if (!fits) {
        display->has_words =
            !wsp_script_utterance(script, state->sentence, &display->utterance, NULL);
        display->message = state->message;
        display->sentence = state->sentence;
    }
    if (!display->has_words || state->word >= display->utterance.n_words)
        return (struct wsp_span){0};
    const struct wsp_word *word = &display->utterance.words[state->word];
    uint32_t begin = script->sentences[state->sentence].begin;
    return (struct wsp_span){word->begin - begin, word->end - begin};
}

static void add_time(struct wsp_buf *out, double seconds)
{
    unsigned s = (unsigned)(seconds + 0.5);
    if (s >= SIXTY * SIXTY)
        wsp_buf_printf(out, "%u:%02u:%02u", s / SIXTY / SIXTY, s / SIXTY % SIXTY, s % SIXTY);
    else
        wsp_buf_printf(out, "%u:%02u", s / SIXTY, s % SIXTY);
}

/* One line, its parts by weight, as many as fit. */
static void add_status(struct wsp_buf *out, const struct wsp_display *display,
                       const struct wsp_play_state *state)
{
    if (display->keys && display->keys->asks) {
        wsp_buf_printf(out, _("go to sentence: %s_"), display->keys->number);
        return;
    }
    if (state->waiting)
        wsp_buf_puts(out, _("waiting for the time to begin  "));
    if (state->lost)
        wsp_buf_puts(out, _("NO LOUDSPEAKER  "));
    if (state->paused)
        wsp_buf_puts(out, _("PAUSED  "));
    if (state->finishing)
        wsp_buf_puts(out, _("stops behind this sentence  "));
    wsp_buf_printf(out, "%zu/%zu  -", state->number, state->total);
    add_time(out, state->left_s);
    if (state->underruns > 0)
        wsp_buf_printf(out, _("  broke off: %u"), state->underruns);
    if (state->volume_db < 0)
        wsp_buf_printf(out, "  %.0f dB", state->volume_db);
    wsp_buf_printf(out, _("  %.0f words/min"), state->rate_wpm);
    if (display->keys)
        wsp_buf_puts(out, _("  q: stop, space: pause, n/p: next/previous, r: again"));
}

/* ---- drawing ---------------------------------------------------------------------------- */

/* Text of ours, and of documents: no control character reaches the terminal. */
static void add_clean(struct wsp_buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char byte = text[i];
        wsp_buf_add(out, (unsigned char)byte < ' ' || byte == 0x7F ? " " : &byte, 1);
    }
}

/* `text` from `begin` to `end`, what is marked in reverse. */
static void add_marked(struct wsp_buf *out, struct wsp_str text, uint32_t begin, uint32_t end,
                       struct wsp_span mark)
{
    uint32_t from = mark.begin > begin ? mark.begin : begin;
    uint32_t to = mark.end < end ? mark.end : end;
    if (from >= to) {
        add_clean(out, text.ptr + begin, end - begin);
        return;
    }
    add_clean(out, text.ptr + begin, from - begin);
    wsp_buf_puts(out, MARK);
    add_clean(out, text.ptr + from, to - from);
    wsp_buf_puts(out, PLAIN);
    add_clean(out, text.ptr + to, end - to);
}

static void end_line(struct wsp_display *display, unsigned width)
{
    if (display->n_drawn > 0)
        display->widths[display->n_drawn - 1] = width;
}

static void begin_line(struct wsp_display *display)
{
    if (display->n_drawn > 0)
        wsp_buf_puts(&display->frame, "\r\n");
    if (display->n_drawn < LINES_MAX)
        display->n_drawn++;
}

/* Where the cursor stands is the last line that was drawn; a terminal that has become narrower has
 * parted lines. */
static void go_to_top(struct wsp_display *display, unsigned columns)
{
    unsigned up = 0;
    for (size_t i = 0; i < display->n_drawn; i++)
        up += 1 + (display->widths[i] > 0 ? (display->widths[i] - 1) / columns : 0);
    wsp_buf_puts(&display->frame, "\r");
    if (up > 1)
        wsp_buf_printf(&display->frame, "\033[%uA", up - 1);
    wsp_buf_puts(&display->frame, CLEAR_BELOW);
    display->n_drawn = 0;
}

/* Of many lines those around the one that is marked. */
static size_t first_line(const struct wsp_text_line *lines, size_t n, size_t room,
                         struct wsp_span mark)
{
    size_t at = 0;
    while (at + 1 < n && mark.end > 0 && lines[at].end <= mark.begin)
        at++;
    if (n <= room)
        return 0;
    size_t first = at > room / 2 ? at - room / 2 : 0;
    return first + room > n ? n - room : first;
}

static void draw_text(struct wsp_display *display, struct wsp_str text, struct wsp_span mark,
                      unsigned columns, size_t room)
{
    struct wsp_text_line lines[LINES_MAX];
    size_t n = wsp_text_lines(text, columns, lines, LINES_MAX);
    n = n < LINES_MAX ? n : LINES_MAX;
    size_t first = first_line(lines, n, room, mark);
    for (size_t i = first; i < n && i < first + room; i++) {
        begin_line(display);
        add_marked(&display->frame, text, lines[i].begin, lines[i].end, mark);
        end_line(display, lines[i].width);
    }
}

static void draw_status(struct wsp_display *display, const struct wsp_play_state *state,
                        unsigned columns)
{
    struct wsp_buf status = WSP_BUF_INIT(FRAME_LIMIT);
    struct wsp_text_line line;
    add_status(&status, display, state);
    if (wsp_text_lines(wsp_buf_str(&status), columns, &line, 1) > 0) {
        begin_line(display);
        wsp_buf_puts(&display->frame, DIM);
        wsp_buf_add(&display->frame, status.ptr + line.begin, line.end - line.begin);
        wsp_buf_puts(&display->frame, PLAIN);
        end_line(display, line.width);
    }
    wsp_buf_release(&status);
}

static void draw_lines(struct wsp_display *display, const struct wsp_play *play,
                       const struct wsp_play_state *state, unsigned columns, unsigned rows)
{
    struct wsp_str next;
    go_to_top(display, columns);
    if (columns < LEAST_COLUMNS || rows < 2)
        return;
    columns--; /* the last column makes some terminals begin a line */
    size_t room = rows - 1;
    if (state->number > 0) {
        size_t most = room > NEXT_LINES + 1 ? room - NEXT_LINES : room > 1 ? room - 1 : 1;
        draw_text(display, wsp_play_text(play, state->message, state->sentence),
                  marked(display, play, state), columns, most);
        if (room > NEXT_LINES + 1 && wsp_play_next_text(play, state, &next)) {
            wsp_buf_puts(&display->frame, DIM);
            draw_text(display, next, (struct wsp_span){0}, columns, NEXT_LINES);
            wsp_buf_puts(&display->frame, PLAIN);
        }
    }
    draw_status(display, state, columns);
}

static void draw_large(struct wsp_display *display, const struct wsp_play *play,
                       const struct wsp_play_state *state, unsigned columns, unsigned rows)
{
    wsp_buf_puts(&display->frame, "\033[H");
    if (columns < LEAST_COLUMNS || rows < 2) {
        wsp_buf_puts(&display->frame, "\033[2J");
        return;
    }
    if (state->number > 0)
        wsp_large_draw(&display->frame, wsp_play_text(play, state->message, state->sentence),
                       marked(display, play, state), columns, rows - 1);
    else
        wsp_buf_puts(&display->frame, "\033[2J");
    wsp_buf_printf(&display->frame, "\033[%u;1H" CLEAR_LINE, rows);
    display->n_drawn = 0;
    draw_status(display, state, columns - 1);
}

static void flush(struct wsp_display *display)
{
    fwrite(display->frame.ptr, 1, display->frame.len, stderr);
    fflush(stderr);
}

static void draw(struct wsp_display *display, const struct wsp_play *play,
                 const struct wsp_play_state *state)
{
    unsigned columns, rows;
    wsp_terminal_size(&columns, &rows);
    wsp_buf_clear(&display->frame);
    if (display->style == WSP_DISPLAY_LARGE)
        draw_large(display, play, state, columns, rows);
    else
        draw_lines(display, play, state, columns, rows);
    flush(display);
}

/* ---- when to draw ----------------------------------------------------------------------- */

static bool differs(const struct wsp_play_state *a, const struct wsp_play_state *b)
{
    return a->number != b->number || a->word != b->word || a->paused != b->paused ||
           a->lost != b->lost || a->finishing != b->finishing || a->waiting != b->waiting ||
           a->underruns != b->underruns || a->rate_wpm != b->rate_wpm ||
           a->volume_db != b->volume_db;
}

static void serve_display(void *context, struct wsp_play *play, const struct pollfd *fds, size_t n)
{
    struct wsp_display *display = context;
    struct wsp_play_state state;
    (void)fds;
    (void)n;
    long long now = wsp_now_ms();
    bool asks = display->keys && display->keys->asks;
    display->stale |= wsp_terminal_has_changed() || asks;
    if (now < display->next_ms || !wsp_terminal_is_ours())
        return;
    wsp_play_look(play, &state);
    if (!display->stale && !differs(&state, &display->shown) && now < display->seconds_ms)
        return;
    draw(display, play, &state);
    display->shown = state;
    display->stale = asks; /* what is typed may have changed, or be gone */
    display->next_ms = now + EVERY_MS;
    display->seconds_ms = now + SECONDS_EVERY_MS;
}

static void print_sentence(void *context, struct wsp_play *play, const struct wsp_play_event *event)
{
    struct wsp_display *display = context;
    if (event->kind != WSP_PLAY_BEGAN)
        return;
    struct wsp_str text = wsp_play_text(play, event->message, event->sentence);
    wsp_buf_clear(&display->frame);
    add_clean(&display->frame, text.ptr, text.len);
    wsp_buf_puts(&display->frame, "\n");
    flush(display);
}

struct wsp_play_guest wsp_display_guest(struct wsp_display *display)
{
    if (display->style == WSP_DISPLAY_PLAIN)
        return (struct wsp_play_guest){.context = display, .event = print_sentence};
    return (struct wsp_play_guest){.context = display, .serve = serve_display};
}

/* ---- beginning and end ------------------------------------------------------------------ */

struct wsp_display *wsp_display_new(enum wsp_display_style style, const struct wsp_keys *keys)
{
    struct wsp_display *display = calloc(1, sizeof *display);
    if (!display)
        return NULL;
    display->style = style;
    display->keys = keys;
    display->stale = true;
    wsp_utterance_init(&display->utterance);
    wsp_buf_init(&display->frame, FRAME_LIMIT);
    the_display = display;
    return display;
}

void wsp_display_step_aside(void)
{
    struct wsp_display *display = the_display;
    unsigned columns, rows;
    if (!display || display->style != WSP_DISPLAY_LINES || display->n_drawn == 0)
        return;
    wsp_terminal_size(&columns, &rows);
    wsp_buf_clear(&display->frame);
    go_to_top(display, columns);
    flush(display);
    display->stale = true;
}

void wsp_display_free(struct wsp_display *display)
{
    if (!display)
        return;
    wsp_display_step_aside();
    the_display = NULL;
    wsp_utterance_release(&display->utterance);
    wsp_buf_release(&display->frame);
    free(display);
}
