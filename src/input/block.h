/* What one line of a text looks like, by itself: an item of a list, a heading, prose. What it
 * is among its neighbours is plain.c's matter. Everything here guesses; a wrong guess costs a
 * pause, never a word. */
#ifndef WSP_INPUT_BLOCK_H
#define WSP_INPUT_BLOCK_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum wsp_look_kind {
    WSP_LOOK_PROSE,
    WSP_LOOK_ITEM, /* begins with the mark of a list: "- ", "1. ", "a) " */
    WSP_LOOK_PART, /* names a part of a text: "Chương II", "Điều 5. Phạm vi", "IV. Dự báo" */
    WSP_LOOK_CAPITALS,   /* written in capitals, as headings are */
    WSP_LOOK_LETTERHEAD, /* stands over a letter: "Độc lập - Tự do - Hạnh phúc" */
    WSP_LOOK_RULE,       /* nothing but signs: "-----" */
};

enum wsp_look_end {
    WSP_END_OPEN, /* a word: the sentence may go on */
    WSP_END_COMMA,
    WSP_END_HYPHEN,
    WSP_END_COLON,    /* colon or semicolon */
    WSP_END_SENTENCE, /* . ! ? … */
};

struct wsp_look {
    uint32_t chars;      /* length */
    uint32_t first_word; /* length of the first word */
    uint16_t number;     /* items with a number: the (last) number of the mark, else 0 */
    bool tight_hyphen;   /* WSP_END_HYPHEN: it touches the word before it */
    uint8_t kind;        /* enum wsp_look_kind */
    uint8_t level;       /* headings: 1 is the highest */
    uint8_t end;         /* enum wsp_look_end */
    bool lower;          /* its first letter is a small one */
    bool salutation;     /* "Kính gửi", "Kính thưa" */
    uint8_t edges;       /* tabs and bars that part the cells of a table's row, up to two */
};

/* Look at a line of clean text. */
struct wsp_look wsp_line_look(struct wsp_str line);

#endif
