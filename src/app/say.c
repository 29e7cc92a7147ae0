#include "app/say.h"

#include "app/progress.h"
#include "base/buf.h"
#include "console/display.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINE_LIMIT = 4096 };

static void print_line(struct wsp_buf *line)
{
    for (size_t i = 0; i < line->len; i++)
        if ((unsigned char)line->ptr[i] < 0x20 || line->ptr[i] == 0x7F)
            line->ptr[i] = '?';
    wsp_progress_step_aside();
    wsp_display_step_aside();
    fprintf(stderr, "%s\n", line->ptr);
    wsp_buf_release(line);
}

static void begin_line(struct wsp_buf *line, const char *file, size_t number)
{
    wsp_buf_init(line, LINE_LIMIT);
    wsp_buf_puts(line, "wtisd-speak: ");
    if (file && *file)
        wsp_buf_printf(line, number ? "%s:%zu: " : "%s: ", file, number);
}

void wsp_say_error(const struct wsp_error *err)
{
    struct wsp_buf line;
    begin_line(&line, err->file, err->line);
    wsp_buf_puts(&line, err->text);
    print_line(&line);
}

void wsp_say_remark(const char *file, size_t number, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct wsp_buf line;
    begin_line(&line, file, number);
    wsp_buf_puts(&line, text);
    print_line(&line);
}
