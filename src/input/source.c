/* Reads files, pipes and terminals, and recognises what is no text. It decides by the first
 * bytes only; an invalid byte further on is found by decode.c, which can say where. */
#include "input/source.h"

#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SNIFF_BYTES = 4096,
    STRAY_BYTES = 3, /* so many control characters may slip into the shortest text */
    CHUNK_BYTES = 1 << 18,
};

#define MEBIBYTE ((size_t)1 << 20)

/* ---- what is no text --------------------------------------------------------------------- */

struct magic {
    struct wsp_str bytes;
    bool printable; /* could begin a text ("ID3 là một ..."): wants other evidence too */
    bool has_text;  /* it can be opened and saved as text */
    const char *looks_like;
};

#define MAGIC(literal)               \
    {                                \
        literal, sizeof(literal) - 1 \
    }

/* clang-format off */
static const struct magic magics[] = {
    {MAGIC("%PDF-"),            false, true,  N_("a PDF file")},
    {MAGIC("PK\003\004"),       false, true,  N_("a ZIP archive or an office document")},
    {MAGIC("\xD0\xCF\x11\xE0"), false, true,  N_("an old office document")},
    {MAGIC("{\\rtf"),           false, true,  N_("an RTF document")},
    {MAGIC("\x89PNG"),          false, false, N_("a picture")},
    {MAGIC("\xFF\xD8\xFF"),     false, false, N_("a picture")},
    {MAGIC("GIF8"),             true,  false, N_("a picture")},
    {MAGIC("RIFF"),             true,  false, N_("a sound file")},
    {MAGIC("RF64"),             true,  false, N_("a sound file")},
    {MAGIC("ID3"),              true,  false, N_("a sound file")},
    {MAGIC("OggS"),             true,  false, N_("a sound file")},
    {MAGIC("fLaC"),             true,  false, N_("a sound file")},
    {MAGIC("\x7F" "ELF"),       false, false, N_("a program")},
    {MAGIC("MZ"),               true,  false, N_("a program")},
    {MAGIC("\x1F\x8B"),         false, false, N_("a compressed file")},
    {MAGIC("BZh"),              true,  false, N_("a compressed file")},
    {MAGIC("\xFD" "7zXZ"),      false, false, N_("a compressed file")},
    {MAGIC("7z\xBC\xAF"),       false, false, N_("a compressed file")},
    {MAGIC("Rar!\x1A"),         false, false, N_("a compressed file")},
    {MAGIC("SQLite format 3"),  true,  false, N_("a database")},
};
/* clang-format on */

static enum wsp_status fail_magic(const struct magic *magic, struct wsp_error *err)
{
    if (magic->has_text)
        return wsp_fail(err, WSP_DATA, _("this looks like %s; save it as plain text, UTF-8"),
                        _(magic->looks_like));
    return wsp_fail(err, WSP_DATA, _("this looks like %s; name a file of plain text"),
                    _(magic->looks_like));
}

static bool begins(struct wsp_str text, struct wsp_str with)
{
    return text.len >= with.len && memcmp(text.ptr, with.ptr, with.len) == 0;
}

static size_t count_zeros(struct wsp_str text)
{
    size_t zeros = 0;
    for (size_t i = 0; i < text.len; i++)
        zeros += text.ptr[i] == '\0';
    return zeros;
}

/* Bytes that no text is made of; the blanks, the backspace, the escape and the end mark of old
 * systems (Ctrl-Z) may stand in one. */
static size_t count_controls(struct wsp_str text)
{
    size_t controls = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        controls += byte < 0x08 || (byte > 0x0D && byte < 0x20 && byte != 0x1A && byte != 0x1B);
    }
    return controls;
}

/* UTF-16 is what "Unicode" means in the save dialogue of old Windows programs. Without a byte
 * order mark it shows by its zeros: every other byte of what is ASCII. */
static bool is_utf16(struct wsp_str head)
{
    return begins(head, WSP_STR("\xFF\xFE")) || begins(head, WSP_STR("\xFE\xFF")) ||
           (head.len >= 4 && (head.ptr[0] == '\0') != (head.ptr[1] == '\0') &&
            (head.ptr[2] == '\0') != (head.ptr[3] == '\0') && count_zeros(head) > head.len / 10);
}

enum wsp_status wsp_source_sniff(struct wsp_str source, struct wsp_error *err)
{
    struct wsp_str head = {source.ptr, source.len < SNIFF_BYTES ? source.len : SNIFF_BYTES};
    size_t strange = count_controls(head);
    bool binary = count_zeros(head) > 0 || (strange > STRAY_BYTES && strange > head.len / 10);
    for (size_t i = 0; i < WSP_LEN(magics); i++)
        if (begins(head, magics[i].bytes) && (binary || !magics[i].printable))
            return fail_magic(&magics[i], err);
    if (is_utf16(head))
        return wsp_fail(err, WSP_DATA, _("this looks like UTF-16 text; save it as UTF-8"));
    if (binary)
        return wsp_fail(err, WSP_DATA,
                        _("this is not text; give a file of plain text, saved as UTF-8"));
    return WSP_OK;
}

/* ---- reading ------------------------------------------------------------------------------ */

static enum wsp_status fail_too_large(const struct wsp_buf *out, struct wsp_error *err)
{
    return wsp_fail(err, WSP_DATA, _("this is larger than %zu MB; give a text, or part it"),
                    out->limit / MEBIBYTE);
}

/* Returns WSP_OK with *n the bytes that came, 0 at the end. */
static enum wsp_status read_chunk(struct wsp_buf *out, int fd, size_t *n, struct wsp_error *err)
{
    size_t room = out->limit - out->len;
    char spill; /* one byte more than the limit tells "just full" from "too large" */
    size_t want = room < CHUNK_BYTES ? room : CHUNK_BYTES;
    if (want > 0 && wsp_buf_reserve(out, want))
        return wsp_fail_nomem(err);
    ssize_t got;
    do
        got = want > 0 ? read(fd, out->ptr + out->len, want) : read(fd, &spill, 1);
    while (got < 0 && errno == EINTR);
    if (got < 0 && errno == EISDIR)
        return wsp_fail(err, WSP_NOINPUT, _("this is a folder; name a file in it"));
    if (got < 0)
        return wsp_fail(err, WSP_IO, _("cannot read it to the end: %s; try again"),
                        wsp_errno_text(errno));
    if (want == 0 && got > 0)
        return fail_too_large(out, err);
    *n = (size_t)got;
    out->len += *n;
    if (out->cap > 0)
        out->ptr[out->len] = '\0';
    return WSP_OK;
}

static enum wsp_status read_all(struct wsp_buf *out, int fd, struct wsp_error *err)
{
    bool sniffed = false;
    size_t n = 0;
    do {
        enum wsp_status st = read_chunk(out, fd, &n, err);
        if (!st && !sniffed && (out->len >= SNIFF_BYTES || n == 0)) {
            st = wsp_source_sniff(wsp_buf_str(out), err);
            sniffed = true;
        }
        if (st)
            return st;
    } while (n > 0);
    return WSP_OK;
}

static enum wsp_status open_source(int *fd, const char *path, struct wsp_error *err)
{
    *fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*fd >= 0)
        return WSP_OK;
    if (errno == ENOENT)
        return wsp_fail(err, WSP_NOINPUT, _("there is no such file; check the name"));
    return wsp_fail(err, WSP_NOINPUT, _("cannot open it: %s"), wsp_errno_text(errno));
}

/* What can be known before reading. */
static enum wsp_status inspect(const struct wsp_buf *out, int fd, struct wsp_error *err)
{
    struct stat about;
    if (fstat(fd, &about))
        return wsp_fail(err, WSP_NOINPUT, _("cannot open it: %s"), wsp_errno_text(errno));
    if (S_ISDIR(about.st_mode))
        return wsp_fail(err, WSP_NOINPUT, _("this is a folder; name a file in it"));
    if (S_ISBLK(about.st_mode))
        return wsp_fail(err, WSP_NOINPUT, _("this is a disk; name a file on it"));
    if (S_ISREG(about.st_mode) && (uintmax_t)about.st_size > out->limit) {
        char head[SNIFF_BYTES]; /* a large file of another kind is told what it is */
        ssize_t n = pread(fd, head, sizeof head, 0);
        if (n > 0 && wsp_source_sniff((struct wsp_str){head, (size_t)n}, err))
            return WSP_DATA;
        return fail_too_large(out, err);
    }
    return WSP_OK;
}

enum wsp_status wsp_source_read(struct wsp_buf *out, const char *path, struct wsp_error *err)
{
    int fd;
    enum wsp_status st = open_source(&fd, path, err);
    if (st)
        return st;
    st = inspect(out, fd, err);
    if (!st)
        st = read_all(out, fd, err);
    if (fd != STDIN_FILENO)
        close(fd);
    return st;
}
