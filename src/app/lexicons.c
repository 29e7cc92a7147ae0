#include "app/lexicons.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_LIMIT = 2 * PATH_MAX };

static int is_lexicon(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && dot != entry->d_name && (strcmp(dot, ".tsv") == 0 || strcmp(dot, ".pls") == 0);
}

static enum wsp_status load_folder(struct wsp_own_lexicon *own, const char *folder,
                                   wsp_lexicon_tell *tell, void *context, struct wsp_error *err)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_lexicon, alphasort);
    if (n < 0 && (errno == ENOENT || errno == ENOTDIR))
        return WSP_OK;
    if (n < 0) {
        wsp_fail(err, WSP_NOINPUT, _("cannot look for lexicons: %s; make the folder readable"),
                 wsp_errno_text(errno));
        wsp_error_place(err, folder, 0, 0);
        return WSP_NOINPUT;
    }
    struct wsp_buf path = WSP_BUF_INIT(PATH_LIMIT);
    enum wsp_status st = WSP_OK;
    for (int i = 0; i < n; i++) {
        wsp_buf_clear(&path);
        if (!st)
            st = wsp_buf_printf(&path, "%s/%s", folder, entries[i]->d_name)
                     ? wsp_fail_nomem(err)
                     : wsp_own_lexicon_load(own, path.ptr, tell, context, err);
        free(entries[i]);
    }
    free(entries);
    wsp_buf_release(&path);
    return st;
}

enum wsp_status wsp_lexicons_load(struct wsp_own_lexicon *own, const struct wsp_list *named,
                                  const struct wsp_paths *paths, wsp_lexicon_tell *tell,
                                  void *context, struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; i < named->n && !st; i++)
        st = wsp_own_lexicon_load(own, named->items[i], tell, context, err);
    if (!st && paths->lexicon.len > 0 && access(paths->lexicon.ptr, F_OK) == 0)
        st = wsp_own_lexicon_load(own, paths->lexicon.ptr, tell, context, err);
    if (!st && paths->lexicons.len > 0)
        st = load_folder(own, paths->lexicons.ptr, tell, context, err);
    return st;
}
