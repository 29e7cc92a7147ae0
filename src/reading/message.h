/* A message: a document and the script that was made of it. */
#ifndef WSP_READING_MESSAGE_H
#define WSP_READING_MESSAGE_H

#include "input/document.h"
#include "reading/script.h"

struct wsp_message {
    struct wsp_document document;
    struct wsp_script script; /* points to `document`: a message does not move */
};

#endif
