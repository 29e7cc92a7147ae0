#include "app/journal.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define NAME ".wtisd-speak.journal"
#define HEAD "wtisd-speak journal 1\n"

static enum wsp_status add(struct wsp_journal *journal, uint64_t key, uint64_t size,
                           const char *name)
{
    if (wsp_grow(&journal->entries, &journal->cap, journal->n, sizeof *journal->entries))
        return WSP_NOMEM;
    struct wsp_journal_entry entry = {.key = key, .size = size, .name = strdup(name)};
    if (!entry.name)
        return WSP_NOMEM;
    journal->entries[journal->n++] = entry;
    return WSP_OK;
}

/* "0123456789abcdef 12345 tin.wav" */
static enum wsp_status read_line(struct wsp_journal *journal, char *line)
{
    char *at, *end = line + strcspn(line, "\n");
    if (!*end) { /* broken off while it was written */
        journal->damaged = true;
        return WSP_OK;
    }
    *end = '\0';
    errno = 0;
    uint64_t key = strtoull(line, &at, 16);
    bool good = at == line + 16 && *at == ' ';
    uint64_t size = good ? strtoull(at + 1, &at, 10) : 0;
    if (!good || errno || *at != ' ' || !at[1] || strchr(at + 1, '/')) {
        journal->damaged = true;
        return WSP_OK;
    }
    return add(journal, key, size, at + 1);
}

static enum wsp_status read_all(struct wsp_journal *journal, FILE *file)
{
    char *line = NULL;
    size_t cap = 0;
    enum wsp_status st = WSP_OK;
    bool first = true;
    for (ssize_t len; !st && (len = getline(&line, &cap, file)) >= 0; first = false) {
        if (first && strcmp(line, HEAD) != 0) {
            journal->damaged = true;
            break;
        }
        if (!first)
            st = strlen(line) < (size_t)len ? WSP_OK : read_line(journal, line);
    }
    free(line);
    return st;
}

/* What was read is written anew when it is not sound, so that what is added can be read. */
static int write_anew(const struct wsp_journal *journal)
{
    struct wsp_buf text = WSP_BUF_INIT(64 << 20);
    wsp_buf_puts(&text, HEAD);
    for (size_t i = 0; i < journal->n; i++)
        wsp_buf_printf(&text, "%016" PRIx64 " %" PRIu64 " %s\n", journal->entries[i].key,
                       journal->entries[i].size, journal->entries[i].name);
    errno = 0;
    bool written = !text.status && ftruncate(journal->fd, 0) == 0 &&
                   pwrite(journal->fd, text.ptr, text.len, 0) == (ssize_t)text.len;
    wsp_buf_release(&text);
    return written ? 0 : errno ? errno : EIO;
}

static enum wsp_status fail(struct wsp_journal *journal, enum wsp_status st, const char *path,
                            int errnum, struct wsp_error *err)
{
    wsp_journal_close(journal);
    wsp_fail(err, st, _("cannot keep the journal: %s"), wsp_errno_text(errnum));
    wsp_error_place(err, path, 0, 0);
    return st;
}

enum wsp_status wsp_journal_open(struct wsp_journal *journal, const char *folder,
                                 struct wsp_error *err)
{
    char path[PATH_MAX];
    *journal = (struct wsp_journal){.fd = -1};
    snprintf(path, sizeof path, "%s/%s", folder, NAME);
    journal->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (journal->fd < 0)
        return fail(journal, WSP_CANTCREAT, path, errno, err);
    if (flock(journal->fd, LOCK_EX | LOCK_NB)) {
        wsp_journal_close(journal);
        return wsp_fail(err, WSP_TEMPFAIL,
                        _("another run is busy in '%s'; try again when it has ended"), folder);
    }
    int copy = fcntl(journal->fd, F_DUPFD_CLOEXEC, 0);
    FILE *file = copy >= 0 ? fdopen(copy, "r") : NULL;
    if (!file) {
        int saved = errno;
        if (copy >= 0)
            close(copy);
        return fail(journal, WSP_IO, path, saved, err);
    }
    enum wsp_status st = read_all(journal, file);
    fclose(file);
    if (st) {
        wsp_journal_close(journal);
        return wsp_fail_nomem(err);
    }
    int failed = journal->damaged || journal->n == 0 ? write_anew(journal) : 0;
    return failed ? fail(journal, WSP_IO, path, failed, err) : WSP_OK;
}

void wsp_journal_close(struct wsp_journal *journal)
{
    for (size_t i = 0; i < journal->n; i++)
        free(journal->entries[i].name);
    free(journal->entries);
    if (journal->fd >= 0)
        close(journal->fd);
    *journal = (struct wsp_journal){.fd = -1};
}

bool wsp_journal_has(const struct wsp_journal *journal, const char *name, uint64_t key,
                     uint64_t size)
{
    for (size_t i = journal->n; i-- > 0;)
        if (strcmp(journal->entries[i].name, name) == 0)
            return journal->entries[i].key == key && journal->entries[i].size == size;
    return false;
}

enum wsp_status wsp_journal_note(struct wsp_journal *journal, const char *name, uint64_t key,
                                 uint64_t size, struct wsp_error *err)
{
    if (add(journal, key, size, name))
        return wsp_fail_nomem(err);
    struct wsp_buf line = WSP_BUF_INIT(PATH_MAX);
    wsp_buf_printf(&line, "%016" PRIx64 " %" PRIu64 " %s\n", key, size, name);
    errno = 0;
    bool written = !line.status && lseek(journal->fd, 0, SEEK_END) >= 0 &&
                   write(journal->fd, line.ptr, line.len) == (ssize_t)line.len &&
                   fdatasync(journal->fd) == 0;
    wsp_buf_release(&line);
    return written ? WSP_OK
                   : wsp_fail(err, WSP_IO, _("cannot keep the journal: %s"),
                              wsp_errno_text(errno ? errno : EIO));
}
