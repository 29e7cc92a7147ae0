/* --emit json: the whole script, by the schema in docs/script.schema.json. */
#ifndef WSP_APP_JSON_H
#define WSP_APP_JSON_H

#include "studio/session.h"

/* Print one object for all messages. Returns WSP_OK, WSP_NOMEM or WSP_IO. */
enum wsp_status wsp_print_json(struct wsp_session *session, struct wsp_error *err);

#endif
