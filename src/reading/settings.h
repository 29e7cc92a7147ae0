/* How a message is to be read, where careful readers differ. */
#ifndef WSP_READING_SETTINGS_H
#define WSP_READING_SETTINGS_H

#include <stdbool.h>

/* Northern usage says nghìn, linh and "hai mươi tư", southern ngàn, lẻ and "hai mươi bốn". */
enum wsp_region { WSP_REGION_NORTH, WSP_REGION_SOUTH };

/* "UBND", known from the lexicon or from the message itself ("Ủy ban nhân dân (UBND)"). */
enum wsp_acronyms {
    WSP_ACRONYMS_ALWAYS, /* in full wherever it stands */
    WSP_ACRONYMS_FIRST,  /* in full where it stands first, then letter by letter */
    WSP_ACRONYMS_SPELLED,
};

enum wsp_letters { WSP_LETTERS_VIETNAMESE, WSP_LETTERS_ENGLISH }; /* "B": bê or bi */

/* A whole sentence in another language. */
enum wsp_foreign {
    WSP_FOREIGN_VOICE,   /* is given to that language's voice */
    WSP_FOREIGN_RESPELL, /* goes word by word into Vietnamese syllables */
    WSP_FOREIGN_SKIP,    /* is left out */
};

struct wsp_lexicon;

struct wsp_reading_settings {
    enum wsp_region region;
    enum wsp_acronyms acronyms;
    enum wsp_letters letters;
    enum wsp_foreign foreign;
    bool by_blocks; /* every block is a message of its own: nothing is learnt across them */
    const struct wsp_lexicon *own; /* rows that come before the built-in ones, borrowed; or NULL */
};

#endif
