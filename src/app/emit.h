/* --emit: text on standard output instead of sound. A kind is one function and one row. */
#ifndef WSP_APP_EMIT_H
#define WSP_APP_EMIT_H

#include "app/options.h"
#include "studio/session.h"

/* Does this kind need every line to be a document of its own? */
bool wsp_emit_by_lines(enum wsp_emit emit);

/* Print what `emit` asks for of all messages of `session`. Returns WSP_OK, WSP_IO (closed pipe,
 * full disk) or what the rooms return. */
enum wsp_status wsp_emit(enum wsp_emit emit, struct wsp_session *session, struct wsp_error *err);

#endif
