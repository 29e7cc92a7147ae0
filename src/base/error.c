#include "base/error.h"

#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int wsp_status_exit_code(enum wsp_status status)
{
    static const int codes[] = {
#define WSP_STATUS_CODE(name, code, meaning) code,
        WSP_STATUS_LIST(WSP_STATUS_CODE)
#undef WSP_STATUS_CODE
    };
    size_t index = (size_t)status;
    return index < sizeof codes / sizeof codes[0] ? codes[index] : 70;
}

/* Cut `text` so that it does not end inside a UTF-8 sequence. */
static void trim_partial_character(char *text)
{
    size_t len = strlen(text);
    size_t start = len;
    while (start > 0 && len - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (lead >= 0x80 && len - start + 1 < want)
        text[start - 1] = '\0';
}

enum wsp_status wsp_fail(struct wsp_error *err, enum wsp_status status, const char *format, ...)
{
    if (!err)
        return status;
    /* The arguments may point into `err` itself (an error that wraps another). */
    char text[sizeof err->text];
    va_list args;
    va_start(args, format);
    int need = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (need >= (int)sizeof text)
        trim_partial_character(text);
    *err = (struct wsp_error){.status = status};
    memcpy(err->text, text, sizeof text);
    return status;
}

enum wsp_status wsp_error_place(struct wsp_error *err, const char *file, size_t line, size_t column)
{
    if (!err)
        return WSP_INTERNAL;
    if (file && !err->file[0]) {
        snprintf(err->file, sizeof err->file, "%s", file);
        trim_partial_character(err->file);
    }
    if (!err->line) {
        err->line = line;
        err->column = column;
    }
    return err->status;
}

enum wsp_status wsp_fail_nomem(struct wsp_error *err)
{
    return wsp_fail(err, WSP_NOMEM, _("out of memory; close other programs and try again"));
}

const char *wsp_errno_text(int errnum)
{
    static const struct {
        int errnum;
        const char *text;
    } table[] = {
        {ENOENT, N_("no such file or folder")},
        {ENOTDIR, N_("a part of the path is not a folder")},
        {EACCES, N_("permission denied")},
        {EPERM, N_("not permitted")},
        {EISDIR, N_("it is a folder")},
        {ENOSPC, N_("the disk is full")},
        {EDQUOT, N_("the disk quota is used up")},
        {EFBIG, N_("the file would be larger than allowed here")},
        {EROFS, N_("the disk is read-only")},
        {EPIPE, N_("the program at the other end has closed the pipe")},
        {EIO, N_("the disk or device reports an error")},
        {ENAMETOOLONG, N_("the name is too long")},
        {EMFILE, N_("too many open files")},
        {ENOMEM, N_("out of memory")},
        {ELOOP, N_("too many symbolic links")},
        {ENXIO, N_("no such device")},
        {ENODEV, N_("no such device")},
        {EAGAIN, N_("a resource is short at the moment")},
        {ETXTBSY, N_("the file is in use")},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].errnum == errnum)
            return _(table[i].text);
    return strerror(errnum);
}
