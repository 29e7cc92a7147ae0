/* The tokens of one sentence: runs between blanks, their outer punctuation parted off. */
#ifndef WSP_READING_TOKEN_H
#define WSP_READING_TOKEN_H

#include "reading/reader.h"

/* A sentence of the index has no more tokens than bytes. */
#define WSP_TOKENS WSP_SENTENCE_LIMIT

/* Two bytes may become three in small letters (Ⱥ), and every token has a blank and a NUL. */
#define WSP_TOKENS_LOWER (4 * WSP_SENTENCE_LIMIT)

struct wsp_tokens {
    struct wsp_token items[WSP_TOKENS];
    char lower[WSP_TOKENS_LOWER]; /* see struct wsp_reading */
    size_t n;
    bool capitals; /* most words are written in capitals, at least two */
};

/* Part the bytes begin..end of `text`. `bullet`: the sentence begins a list item, so a sign at
 * its beginning is a mark and no minus. */
void wsp_tokens_make(struct wsp_tokens *tokens, const char *text, struct wsp_span sentence,
                     bool bullet);

/* Are all letters of `word` capitals, and how many are they? 0: no. */
size_t wsp_capitals_in(struct wsp_str word);

#endif
