#include "app/paths.h"

#include "base/text.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_LIMIT = 2 * PATH_MAX };

static enum wsp_status find_program(struct wsp_paths *paths, struct wsp_error *err)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n < 0)
        return wsp_fail(err, WSP_INTERNAL,
                        _("cannot find out where this program is: %s; is /proc "
                          "mounted?"),
                        wsp_errno_text(errno));
    return wsp_buf_add(&paths->program, path, (size_t)n);
}

/* XDG Base Directory Specification: `variable`, or `fallback` below the home. */
static bool add_xdg(struct wsp_buf *out, const char *variable, const char *fallback)
{
    const char *value = getenv(variable), *home = getenv("HOME");
    if (value && value[0] == '/')
        return !wsp_buf_puts(out, value);
    return home && home[0] == '/' && !wsp_buf_printf(out, "%s/%s", home, fallback);
}

static struct wsp_buf *new_voice_folder(struct wsp_paths *paths)
{
    return &paths->voice_buf[paths->n_voices++];
}

static bool is_in_build_folder(const struct wsp_paths *paths)
{
    size_t len = strlen(WSP_BUILD_DIR);
    return strncmp(paths->program.ptr, WSP_BUILD_DIR, len) == 0 && paths->program.ptr[len] == '/';
}

/* ".../bin/wtisd-speak" has its data in ".../share": the folder may have been moved as a whole. */
static void add_installed(struct wsp_paths *paths)
{
    const char *slash = strrchr(paths->program.ptr, '/');
    int prefix = (int)(slash - paths->program.ptr);
    wsp_buf_printf(new_voice_folder(paths), "%.*s/../share/wtisd-speak/voices", prefix,
                   paths->program.ptr);
    wsp_buf_printf(new_voice_folder(paths), "%s/wtisd-speak/voices", WSP_DATA_DIR);
    wsp_buf_printf(&paths->catalogues, "%.*s/../share/locale", prefix, paths->program.ptr);
}

enum wsp_status wsp_paths_init(struct wsp_paths *paths, struct wsp_error *err)
{
    *paths = (struct wsp_paths){0};
    wsp_buf_init(&paths->program, PATH_LIMIT);
    wsp_buf_init(&paths->catalogues, PATH_LIMIT);
    wsp_buf_init(&paths->config, PATH_LIMIT);
    wsp_buf_init(&paths->lexicon, PATH_LIMIT);
    wsp_buf_init(&paths->lexicons, PATH_LIMIT);
    wsp_buf_init(&paths->cache, PATH_LIMIT);
    for (size_t i = 0; i < WSP_VOICE_FOLDERS_MAX; i++)
        wsp_buf_init(&paths->voice_buf[i], PATH_LIMIT);
    enum wsp_status st = find_program(paths, err);
    if (st)
        return st;

    if (add_xdg(&paths->config, "XDG_CONFIG_HOME", ".config"))
        wsp_buf_puts(&paths->config, "/wtisd-speak/config");
    if (add_xdg(&paths->lexicon, "XDG_CONFIG_HOME", ".config"))
        wsp_buf_puts(&paths->lexicon, "/wtisd-speak/lexicon.tsv");
    if (add_xdg(&paths->lexicons, "XDG_DATA_HOME", ".local/share"))
        wsp_buf_puts(&paths->lexicons, "/wtisd-speak/lexicon");
    if (add_xdg(&paths->cache, "XDG_CACHE_HOME", ".cache"))
        wsp_buf_puts(&paths->cache, "/wtisd-speak");
    struct wsp_buf *own = new_voice_folder(paths);
    if (add_xdg(own, "XDG_DATA_HOME", ".local/share"))
        wsp_buf_puts(own, "/wtisd-speak/voices");
    else
        paths->n_voices--;
    if (is_in_build_folder(paths)) {
        wsp_buf_puts(new_voice_folder(paths), WSP_SOURCE_DIR "/voices");
        wsp_buf_puts(&paths->catalogues, WSP_BUILD_DIR "/po");
    } else {
        add_installed(paths);
    }
    for (size_t i = 0; i < paths->n_voices; i++)
        paths->voices[i] = paths->voice_buf[i].ptr;
    return WSP_OK;
}

void wsp_paths_release(struct wsp_paths *paths)
{
    wsp_buf_release(&paths->program);
    wsp_buf_release(&paths->catalogues);
    wsp_buf_release(&paths->config);
    wsp_buf_release(&paths->lexicon);
    wsp_buf_release(&paths->lexicons);
    wsp_buf_release(&paths->cache);
    for (size_t i = 0; i < WSP_VOICE_FOLDERS_MAX; i++)
        wsp_buf_release(&paths->voice_buf[i]);
}
