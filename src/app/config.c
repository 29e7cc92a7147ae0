#include "app/config.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { CONFIG_LIMIT = 1 << 20 };

static enum wsp_status read_all(struct wsp_buf *text, const char *path, struct wsp_error *err)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return errno == ENOENT || errno == ENOTDIR
                   ? WSP_OK
                   : wsp_fail(err, WSP_NOINPUT, _("cannot read the settings in '%s': %s"), path,
                              wsp_errno_text(errno));
    char piece[4096];
    size_t n;
    while (!text->status && (n = fread(piece, 1, sizeof piece, file)) > 0)
        wsp_buf_add(text, piece, n);
    enum wsp_status st = WSP_OK;
    if (ferror(file) || text->status)
        st = wsp_fail(err, WSP_NOINPUT, _("cannot read the settings in '%s': %s"), path,
                      ferror(file) ? wsp_errno_text(errno) : _("the file is too large"));
    fclose(file);
    return st;
}

static char *trim(char *line)
{
    line += strspn(line, " \t\r");
    size_t len = strlen(line);
    while (len > 0 && strchr(" \t\r", line[len - 1]))
        line[--len] = '\0';
    return line;
}

static enum wsp_status set_line(struct wsp_options *options, char *line, struct wsp_error *err)
{
    line = trim(line);
    if (!*line || *line == '#')
        return WSP_OK;
    if (strncmp(line, "--", 2) == 0)
        line += 2;
    size_t name_len = strcspn(line, " \t=");
    char *value = line + name_len;
    if (*value) {
        *value = '\0';
        value = trim(value + 1);
        if (*value == '=')
            value = trim(value + 1);
    }
    const struct wsp_option *option = wsp_option_find(line);
    if (!option)
        return wsp_fail(err, WSP_USAGE, _("there is no option '%s'; see --help"), line);
    if (option->arg == WSP_ARG_NONE && *value)
        return wsp_fail(err, WSP_USAGE, _("--%s takes no value; see --help"), option->name);
    if (option->arg != WSP_ARG_NONE && !*value)
        return wsp_fail(err, WSP_USAGE, _("--%s needs a value; see --help"), option->name);
    return wsp_option_set(options, option, value, err);
}

enum wsp_status wsp_config_read(struct wsp_config *config, const char *path,
                                struct wsp_options *options, struct wsp_error *err)
{
    wsp_buf_init(&config->text, CONFIG_LIMIT);
    if (!*path)
        return WSP_OK;
    enum wsp_status st = read_all(&config->text, path, err);
    char *line = config->text.ptr, *end = line + config->text.len;
    if (config->text.len >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0)
        line += 3; /* a byte-order mark */
    for (size_t number = 1; !st && line < end; number++) {
        char *next = memchr(line, '\n', (size_t)(end - line));
        if (next)
            *next = '\0';
        st = set_line(options, line, err);
        if (st)
            wsp_error_place(err, path, number, 0);
        line = next ? next + 1 : end;
    }
    return st;
}

void wsp_config_release(struct wsp_config *config)
{
    wsp_buf_release(&config->text);
}
