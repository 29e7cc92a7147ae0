/* Somebody who takes text piece by piece: standard output, a file. */
#ifndef WSP_BASE_WRITER_H
#define WSP_BASE_WRITER_H

#include "base/buf.h"
#include "base/error.h"

struct wsp_writer {
    void *context;
    /* `text` is borrowed for the call. Returns WSP_OK or WSP_IO. */
    enum wsp_status (*write)(void *context, struct wsp_str text, struct wsp_error *err);
};

#endif
