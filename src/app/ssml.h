/* --emit ssml: what is said as SSML 1.1 (W3C), breaks and spellings for the engine included. */
#ifndef WSP_APP_SSML_H
#define WSP_APP_SSML_H

#include "studio/session.h"

/* Print one document for all messages. Returns WSP_OK, WSP_NOMEM or WSP_IO. */
enum wsp_status wsp_print_ssml(struct wsp_session *session, struct wsp_error *err);

#endif
