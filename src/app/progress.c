#include "app/progress.h"

#include "base/child.h"
#include "base/text.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    QUIET_MS = 1500, /* short work says nothing */
    BAR_EVERY_MS = 100,
    LINE_EVERY_MS = 15000, /* sparse: a log or a screen reader follows it */
    BAR_WIDTH = 24,
};

static struct {
    bool wanted, bar;
    bool drawn; /* a bar stands on the terminal's last line */
    long long began_ms, next_ms;
} progress;

void wsp_progress_begin(enum wsp_progress_style style, bool quiet)
{
    const char *term = getenv("TERM");
    bool terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    progress.wanted = !quiet && style != WSP_PROGRESS_NONE;
    progress.bar = style == WSP_PROGRESS_AUTO && terminal;
    progress.drawn = false;
    progress.began_ms = wsp_now_ms();
    progress.next_ms = progress.began_ms + QUIET_MS;
}

/* "1 phút", "20 giây": one figure is enough. */
static void print_time_left(char *out, size_t size, double seconds)
{
    if (seconds < 60)
        snprintf(out, size, _("%d s left"), (int)(seconds + 0.5));
    else if (seconds < 3600)
        snprintf(out, size, _("%d min left"), (int)(seconds / 60 + 0.5));
    else
        snprintf(out, size, _("%d h %d min left"), (int)(seconds / 3600), (int)(seconds / 60) % 60);
}

static void draw_bar(size_t done, size_t total, double part, const char *left)
{
    char cells[BAR_WIDTH + 1];
    int filled = (int)(part * BAR_WIDTH);
    for (int i = 0; i < BAR_WIDTH; i++)
        cells[i] = i < filled ? '#' : '.';
    cells[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r[%s] ", cells);
    fprintf(stderr, _("sentence %zu/%zu, %s"), done, total, left);
    fputs("\033[K", stderr);
    progress.drawn = true;
}

void wsp_progress_show(size_t done, size_t total, double part)
{
    if (!progress.wanted)
        return;
    long long now = wsp_now_ms();
    if (now < progress.next_ms)
        return;
    progress.next_ms = now + (progress.bar ? BAR_EVERY_MS : LINE_EVERY_MS);
    double spent = (double)(now - progress.began_ms) / 1000;
    char left[64] = "";
    print_time_left(left, sizeof left, part > 0 ? spent * (1 - part) / part : 0);
    if (progress.bar) {
        draw_bar(done, total, part, left);
    } else {
        fprintf(stderr, _("sentence %zu/%zu, %s"), done, total, left);
        fputc('\n', stderr);
    }
    fflush(stderr);
}

void wsp_progress_step_aside(void)
{
    if (progress.drawn)
        fputs("\r\033[K", stderr);
    progress.drawn = false;
}

void wsp_progress_end(void)
{
    wsp_progress_step_aside();
    progress.wanted = false;
}
