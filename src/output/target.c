#include "output/target.h"

#include "base/buf.h"
#include "base/cancel.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MARK = 6,       /* random characters that end a temporary name */
    LINKS_MAX = 40, /* what Linux itself follows */
    FLUSH_BYTES = 32 * 1024 * 1024,
    UNFINISHED_MAX = 512,
};

/* The files in the making, for a signal handler that is about to end the program. A handler gets
 * no argument, and a signal ends all there is in the process: so there can be only one table. */
static struct unfinished {
    _Atomic int state; /* of enum slot */
    int folder;
    char name[NAME_MAX + 1];
} unfinished[UNFINISHED_MAX];

enum slot { SLOT_FREE, SLOT_TAKEN, SLOT_FILLED };

struct wsp_target {
    int fd;
    int folder; /* of the file; -1 when direct */
    bool direct;
    bool committed;
    uint64_t written;        /* bytes, by wsp_target_write() */
    uint64_t flushed;        /* bytes the disk has been asked to write */
    struct unfinished *slot; /* NULL: there is no temporary file */
    char name[NAME_MAX + 1]; /* in the folder: what the file is to be called */
    char path[PATH_MAX];     /* as the user named it */
};

/* ---- sentences -------------------------------------------------------------------------- */

static const char *advice_for(int errnum)
{
    static const struct {
        int errnum;
        const char *text;
    } table[] = {
        {ENOSPC, N_("make room or choose another disk")},
        {EDQUOT, N_("make room or choose another disk")},
        {EFBIG, N_("raise the limit (ulimit -f) or choose another disk")},
        {ENOENT, N_("create the folder first")},
        {EISDIR, N_("name a file in it")},
        {ENAMETOOLONG, N_("choose a shorter one")},
        {EPIPE, N_("nothing more can be written")},
        {EIO, N_("check the disk")},
    };
    for (size_t i = 0; i < WSP_LEN(table); i++)
        if (table[i].errnum == errnum)
            return _(table[i].text);
    return _("choose another place");
}

enum wsp_status wsp_fail_write(struct wsp_error *err, enum wsp_status status, const char *path,
                               int errnum)
{
    if (errnum == ENOMEM)
        return wsp_fail_nomem(err);
    return wsp_fail(err, status, _("cannot write '%s': %s; %s"), path, wsp_errno_text(errnum),
                    advice_for(errnum));
}

static enum wsp_status fail_open(const struct wsp_target *target, int errnum, struct wsp_error *err)
{
    return wsp_fail_write(err, WSP_CANTCREAT, target->path, errnum);
}

/* ---- the table of unfinished files ------------------------------------------------------ */

static struct unfinished *slot_fill(int folder, const char *name)
{
    for (size_t i = 0; i < UNFINISHED_MAX; i++) {
        int expected = SLOT_FREE;
        if (!atomic_compare_exchange_strong(&unfinished[i].state, &expected, SLOT_TAKEN))
            continue;
        unfinished[i].folder = folder;
        snprintf(unfinished[i].name, sizeof unfinished[i].name, "%s", name);
        atomic_store(&unfinished[i].state, SLOT_FILLED);
        return &unfinished[i];
    }
    return NULL;
}

static void slot_free(struct unfinished *slot)
{
    if (slot)
        atomic_store(&slot->state, SLOT_FREE);
}

void wsp_target_abandon_all(void)
{
    for (size_t i = 0; i < UNFINISHED_MAX; i++)
        if (atomic_load(&unfinished[i].state) == SLOT_FILLED)
            unlinkat(unfinished[i].folder, unfinished[i].name, 0);
}

/* ---- where the file really is ----------------------------------------------------------- */

/* Replace `path` (PATH_MAX bytes) by what it links to, however often. A link to nothing is followed
 * too: the file is then made where it points. Returns 0 or errno. */
static int follow_links(char *path)
{
    char link[PATH_MAX];
    for (int i = 0; i < LINKS_MAX; i++) {
        ssize_t len = readlink(path, link, sizeof link - 1);
        if (len < 0)
            return errno == EINVAL || errno == ENOENT ? 0 : errno;
        link[len] = '\0';
        char *slash = strrchr(path, '/');
        size_t keep = link[0] == '/' || !slash ? 0 : (size_t)(slash - path) + 1;
        if (keep + (size_t)len >= PATH_MAX)
            return ENAMETOOLONG;
        memcpy(path + keep, link, (size_t)len + 1);
    }
    return ELOOP;
}

/* Open the folder that `path` is in and keep the last part of the name. Returns 0 or errno. */
static int open_folder(struct wsp_target *target, char *path)
{
    char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (*name == '\0')
        return EISDIR;
    size_t len = strlen(name);
    if (len > NAME_MAX)
        return ENAMETOOLONG;
    memcpy(target->name, name, len + 1);
    const char *folder = !slash ? "." : slash == path ? "/" : path;
    if (slash)
        *slash = '\0';
    target->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (target->folder < 0 && errno == EACCES) /* may be written to all the same */
        target->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return target->folder < 0 ? errno : 0;
}

/* ---- making it -------------------------------------------------------------------------- */

static void make_mark(char *mark)
{
    static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    unsigned char noise[MARK];
    if (getrandom(noise, sizeof noise, 0) != (ssize_t)sizeof noise)
        memset(noise, 0, sizeof noise); /* O_EXCL and the next try guard the name */
    for (size_t i = 0; i < MARK; i++)
        mark[i] = letters[noise[i] % (sizeof letters - 1)];
    mark[MARK] = '\0';
}

/* ".name.mark"; a name near the limit of the file system is cut, at a character. */
static void make_temporary_name(char *out, const char *name)
{
    char mark[MARK + 1];
    size_t len = strlen(name);
    size_t room = NAME_MAX - MARK - 2;
    if (len > room) {
        len = room;
        while (len > 0 && ((unsigned char)name[len] & 0xC0) == 0x80)
            len--;
    }
    make_mark(mark);
    snprintf(out, NAME_MAX + 1, ".%.*s.%s", (int)len, name, mark);
}

/* What replaces a file looks like it. Where the owner cannot be kept, nothing but the plain
 * permissions is. */
static void take_looks(int fd, const struct stat *old)
{
    mode_t mode = old->st_mode & 07777;
    struct stat now;
    if (fstat(fd, &now) == 0 && (now.st_uid != old->st_uid || now.st_gid != old->st_gid) &&
        fchown(fd, old->st_uid, old->st_gid))
        mode &= 0777;
    if (fchmod(fd, mode))
        return; /* a file system without permissions */
}

static enum wsp_status create_temporary(struct wsp_target *target, const struct stat *old,
                                        struct wsp_error *err)
{
    char name[NAME_MAX + 1];
    for (int tries = 0; target->fd < 0; tries++) {
        make_temporary_name(name, target->name);
        target->slot = slot_fill(target->folder, name);
        if (!target->slot)
            return fail_open(target, EMFILE, err);
        target->fd =
            openat(target->folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, old ? 0600 : 0666);
        if (target->fd >= 0)
            break;
        slot_free(target->slot);
        target->slot = NULL;
        if (errno != EEXIST || tries == 100)
            /* ENOENT from a folder that is there: one like /proc, where nothing can be made */
            return fail_open(target, errno == ENOENT ? EPERM : errno, err);
    }
    if (old)
        take_looks(target->fd, old);
    return WSP_OK;
}

static enum wsp_status open_direct(struct wsp_target *target, struct wsp_error *err)
{
    target->direct = true;
    target->fd = openat(target->folder, target->name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (target->fd >= 0)
        return WSP_OK;
    return errno == EINTR ? wsp_fail_cancelled(err) : fail_open(target, errno, err);
}

static enum wsp_status open_by_kind(struct wsp_target *target, struct wsp_error *err)
{
    struct stat old;
    if (fstatat(target->folder, target->name, &old, AT_SYMLINK_NOFOLLOW))
        return errno == ENOENT ? create_temporary(target, NULL, err)
                               : fail_open(target, errno, err);
    if (S_ISDIR(old.st_mode))
        return fail_open(target, EISDIR, err);
    if (S_ISCHR(old.st_mode) || S_ISFIFO(old.st_mode))
        return open_direct(target, err);
    if (!S_ISREG(old.st_mode))
        return wsp_fail(err, WSP_CANTCREAT, _("cannot write '%s': it is no file; %s"), target->path,
                        advice_for(0));
    /* A read-only file could be replaced, but somebody has protected it. */
    if (faccessat(target->folder, target->name, W_OK, AT_EACCESS))
        return fail_open(target, errno, err);
    return create_temporary(target, &old, err);
}

enum wsp_status wsp_target_open(struct wsp_target **out, const char *path, struct wsp_error *err)
{
    *out = NULL;
    struct wsp_target *target = calloc(1, sizeof *target);
    if (!target)
        return wsp_fail_nomem(err);
    target->fd = target->folder = -1;
    snprintf(target->path, sizeof target->path, "%s", path);
    char real[PATH_MAX];
    enum wsp_status st = WSP_OK;
    int failed = strlen(path) < sizeof real ? 0 : ENAMETOOLONG;
    if (!failed) {
        snprintf(real, sizeof real, "%s", path);
        failed = follow_links(real);
    }
    if (!failed)
        failed = open_folder(target, real);
    st = failed ? fail_open(target, failed, err) : open_by_kind(target, err);
    if (st)
        wsp_target_close(target);
    else
        *out = target;
    return st;
}

/* ---- using it --------------------------------------------------------------------------- */

int wsp_target_fd(const struct wsp_target *target)
{
    return target->fd;
}

const char *wsp_target_path(const struct wsp_target *target)
{
    return target->path;
}

bool wsp_target_is_direct(const struct wsp_target *target)
{
    return target->direct;
}

void wsp_target_progress(struct wsp_target *target, uint64_t file_bytes)
{
    if (target->direct || file_bytes < target->flushed + FLUSH_BYTES)
        return;
    /* Only a wish: a failure shows at the fsync. */
    sync_file_range(target->fd, (off_t)target->flushed, (off_t)(file_bytes - target->flushed),
                    SYNC_FILE_RANGE_WRITE);
    target->flushed = file_bytes;
}

enum wsp_status wsp_target_write(struct wsp_target *target, const void *bytes, size_t len,
                                 struct wsp_error *err)
{
    const char *at = bytes;
    while (len > 0) {
        ssize_t n = write(target->fd, at, len);
        if (n < 0)
            return errno == EINTR ? wsp_fail_cancelled(err)
                                  : wsp_fail_write(err, WSP_IO, target->path, errno);
        at += n;
        len -= (size_t)n;
        target->written += (uint64_t)n;
    }
    wsp_target_progress(target, target->written);
    return WSP_OK;
}

/* After a rename the folder has to be written too, or a power cut brings the old name back. A
 * folder that may not be read, or a file system that knows no such thing, cannot be asked. */
static int sync_folder(int folder)
{
    if (fsync(folder) == 0 || errno == EBADF || errno == EINVAL || errno == EROFS)
        return 0;
    return errno;
}

enum wsp_status wsp_target_finish(struct wsp_target *target, struct wsp_error *err)
{
    if (target->direct || target->fd < 0)
        return WSP_OK;
    if (fsync(target->fd))
        return wsp_fail_write(err, WSP_IO, target->path, errno);
    int failed = close(target->fd) ? errno : 0; /* network file systems tell only now */
    target->fd = -1;
    return failed ? wsp_fail_write(err, WSP_IO, target->path, failed) : WSP_OK;
}

enum wsp_status wsp_target_commit(struct wsp_target *target, struct wsp_error *err)
{
    if (target->direct) {
        target->committed = true;
        return WSP_OK;
    }
    enum wsp_status st = wsp_target_finish(target, err);
    if (st)
        return st;
    if (renameat(target->folder, target->slot->name, target->folder, target->name))
        return fail_open(target, errno, err);
    slot_free(target->slot);
    target->slot = NULL;
    target->committed = true;
    int failed = sync_folder(target->folder);
    return failed ? wsp_fail_write(err, WSP_IO, target->path, failed) : WSP_OK;
}

void wsp_target_close(struct wsp_target *target)
{
    if (!target)
        return;
    if (target->slot) {
        unlinkat(target->slot->folder, target->slot->name, 0);
        slot_free(target->slot);
    }
    if (target->fd >= 0)
        close(target->fd);
    if (target->folder >= 0)
        close(target->folder);
    free(target);
}
