/* Acronyms that a message explains itself: "Ủy ban nhân dân (UBND)", "Liên minh Viễn thông quốc tế
 * (ITU)". */
#ifndef WSP_READING_DEFINITION_H
#define WSP_READING_DEFINITION_H

#include "reading/script.h"

/* Fill the script's `definitions` and `firsts`; its sentences are there. Returns WSP_OK or
 * WSP_NOMEM. */
enum wsp_status wsp_definitions_find(struct wsp_script *script);

/* What the message says that `term` means, as it was defined last in the bytes since..at of the
 * text; NULL: nothing. */
const struct wsp_definition *wsp_definition_before(const struct wsp_script *script,
                                                   struct wsp_str term, uint32_t since,
                                                   uint32_t at);

/* The definition whose brackets hold the term at byte `at`; NULL: none. */
const struct wsp_definition *wsp_definition_at(const struct wsp_script *script, struct wsp_str term,
                                               uint32_t at);

/* Do the letters of the term begin the words of its meaning? Not so in "(ITU)". */
bool wsp_definition_is_by_initials(const struct wsp_script *script,
                                   const struct wsp_definition *definition);

/* With WSP_ACRONYMS_FIRST: does the acronym `term` stand nowhere in the bytes since..at? */
bool wsp_is_first_time(const struct wsp_script *script, struct wsp_str term, uint32_t since,
                       uint32_t at);

#endif
