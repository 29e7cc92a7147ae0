#include "console/console.h"

#include "console/control.h"
#include "console/mpris.h"
#include "console/playlog.h"

void wsp_console_add(struct wsp_console *console, struct wsp_play_guest guest)
{
    if (console->n_guests < WSP_PLAY_GUESTS_MAX)
        console->guests[console->n_guests++] = guest;
}

static enum wsp_status open_all(struct wsp_console *console,
                                const struct wsp_console_settings *settings, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    if (settings->log)
        st = wsp_playlog_open(&console->log, settings->log, err);
    if (!st && settings->control)
        st = wsp_control_open(&console->control, settings->control, err);
    if (st)
        return st;
    struct wsp_terminal_wish wish = {
        .keys = true,
        .screen = settings->shows && settings->style != WSP_DISPLAY_PLAIN,
        .whole = settings->shows && settings->style == WSP_DISPLAY_LARGE,
    };
    bool keys = wsp_terminal_take(wish).keys;
    if (settings->shows) {
        console->display = wsp_display_new(settings->style, keys ? &console->keys : NULL);
        if (!console->display)
            return wsp_fail_nomem(err);
    }
    console->mpris = wsp_mpris_new();
    return console->mpris ? WSP_OK : wsp_fail_nomem(err);
}

enum wsp_status wsp_console_open(struct wsp_console *console,
                                 const struct wsp_console_settings *settings, struct wsp_error *err)
{
    *console = (struct wsp_console){.n_guests = 0};
    enum wsp_status st = open_all(console, settings, err);
    if (st) {
        wsp_console_close(console, NULL);
        return st;
    }
    wsp_console_add(console, wsp_keys_guest(&console->keys));
    wsp_console_add(console, wsp_mpris_guest(console->mpris));
    if (console->control)
        wsp_console_add(console, wsp_control_guest(console->control));
    if (console->log)
        wsp_console_add(console, wsp_playlog_guest(console->log));
    if (console->display) /* the last: it shows what the others have done */
        wsp_console_add(console, wsp_display_guest(console->display));
    return WSP_OK;
}

enum wsp_status wsp_console_close(struct wsp_console *console, struct wsp_error *err)
{
    wsp_display_free(console->display);
    wsp_terminal_give_back();
    wsp_mpris_free(console->mpris);
    wsp_control_close(console->control);
    enum wsp_status st = wsp_playlog_close(console->log, err);
    *console = (struct wsp_console){.n_guests = 0};
    return st;
}
