/* Statuses and errors: what a call decides by, and what a person reads.
 *
 * Code branches on `enum wsp_status` (zero is success). People read `struct wsp_error`: one
 * sentence, lower case, without a full stop, saying what is wrong and what to do, with the
 * file and line it is about. Rooms fill it and return; only `app` prints it and exits. */
#ifndef WSP_BASE_ERROR_H
#define WSP_BASE_ERROR_H

#include <stddef.h>

/* name, exit status (sysexits.h), meaning */
#define WSP_STATUS_LIST(X)                                          \
    X(OK, 0, "success")                                             \
    X(USAGE, 64, "the command line cannot be understood")           \
    X(DATA, 65, "the input is not what it should be")               \
    X(NOINPUT, 66, "the input is not there or cannot be read")      \
    X(UNAVAILABLE, 69, "an engine, a voice or a device is missing") \
    X(INTERNAL, 70, "the fault is ours, or the engine's")           \
    X(CANTCREAT, 73, "the output cannot be created")                \
    X(IO, 74, "reading or writing failed")                          \
    X(TEMPFAIL, 75, "a passing fault: try again")                   \
    X(NOMEM, 75, "out of memory")                                   \
    X(CANCELLED, 75, "stopped on request")

enum wsp_status {
#define WSP_STATUS_ENUM(name, code, meaning) WSP_##name,
    WSP_STATUS_LIST(WSP_STATUS_ENUM)
#undef WSP_STATUS_ENUM
};

/* The exit status for `status`, after sysexits.h. */
int wsp_status_exit_code(enum wsp_status status);

struct wsp_error {
    enum wsp_status status;
    size_t line;    /* 1-based; 0: not about a line */
    size_t column;  /* 1-based, in bytes; 0: not about a column */
    char file[256]; /* as the user named it; "" when not about a file */
    char text[512]; /* the sentence, in the user's language, UTF-8 */
};

/* Fill `err` (may be NULL) with `status` and a sentence, and return `status`, so that
 * `return wsp_fail(err, WSP_DATA, _("..."), ...)` reads well. Place fields become empty.
 * A sentence that does not fit is cut at a character. Never allocates. */
enum wsp_status wsp_fail(struct wsp_error *err, enum wsp_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Say where the error in `err` (may be NULL) is; a place that is known already stays.
 * Returns the error's status (WSP_INTERNAL when `err` is NULL). */
enum wsp_status wsp_error_place(struct wsp_error *err, const char *file, size_t line,
                                size_t column);

/* "no such file or directory" in the user's language for the errno values that users meet;
 * the C library's words for the rest. Valid until the next call in the same thread. */
const char *wsp_errno_text(int errnum);

/* Out of memory, said in one way everywhere. */
enum wsp_status wsp_fail_nomem(struct wsp_error *err);

#endif
