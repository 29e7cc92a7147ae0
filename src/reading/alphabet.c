#include "reading/alphabet.h"

#include "reading/sign.h"

/* `first` rises. What is not here is Latin before U+0370, and unknown after it. */
static const struct wsp_char_range blocks[] = {
    {0x0370, 0x03FF, WSP_LANGUAGE_GREEK},     {0x0400, 0x052F, WSP_LANGUAGE_RUSSIAN},
    {0x0600, 0x06FF, WSP_LANGUAGE_ARABIC},    {0x0750, 0x077F, WSP_LANGUAGE_ARABIC},
    {0x08A0, 0x08FF, WSP_LANGUAGE_ARABIC},    {0x0900, 0x097F, WSP_LANGUAGE_HINDI},
    {0x0E00, 0x0E7F, WSP_LANGUAGE_THAI},      {0x1100, 0x11FF, WSP_LANGUAGE_KOREAN},
    {0x1D00, 0x1DBF, WSP_LANGUAGE_VOICE}, /* Latin ones again: phonetic, raised, lowered */
    {0x1E00, 0x1EFF, WSP_LANGUAGE_VOICE},     {0x1F00, 0x1FFF, WSP_LANGUAGE_GREEK},
    {0x2071, 0x209C, WSP_LANGUAGE_VOICE},     {0x2100, 0x214F, WSP_LANGUAGE_VOICE},
    {0x2C60, 0x2C7F, WSP_LANGUAGE_VOICE},     {0x2E80, 0x2FDF, WSP_LANGUAGE_CHINESE},
    {0x3005, 0x3007, WSP_LANGUAGE_CHINESE},   {0x3040, 0x30FF, WSP_LANGUAGE_JAPANESE},
    {0x3130, 0x318F, WSP_LANGUAGE_KOREAN},    {0x31F0, 0x31FF, WSP_LANGUAGE_JAPANESE},
    {0x3400, 0x9FFF, WSP_LANGUAGE_CHINESE},   {0xA720, 0xA7FF, WSP_LANGUAGE_VOICE},
    {0xAB30, 0xAB6F, WSP_LANGUAGE_VOICE},     {0xAC00, 0xD7FF, WSP_LANGUAGE_KOREAN},
    {0xF900, 0xFAFF, WSP_LANGUAGE_CHINESE},   {0xFB50, 0xFDFF, WSP_LANGUAGE_ARABIC},
    {0xFE70, 0xFEFE, WSP_LANGUAGE_ARABIC},    {0xFF66, 0xFF9F, WSP_LANGUAGE_JAPANESE},
    {0x20000, 0x323AF, WSP_LANGUAGE_CHINESE},
};

static enum wsp_language language_of(uint32_t code)
{
    if (code < blocks[0].first)
        return WSP_LANGUAGE_VOICE;
    const struct wsp_char_range *block = wsp_char_range_of(blocks, WSP_LEN(blocks), code);
    return block ? (enum wsp_language)block->value : WSP_LANGUAGE_UNSPOKEN;
}

bool wsp_is_other_letter(struct wsp_char c)
{
    if (c.class != WSP_CHAR_LETTER)
        return false;
    enum wsp_language language = language_of(c.code);
    return language != WSP_LANGUAGE_VOICE && language != WSP_LANGUAGE_GREEK;
}

bool wsp_is_other_word(struct wsp_str word)
{
    enum { GREEK_WORD = 3 };
    size_t greek = 0;
    for (size_t at = 0; at < word.len;) {
        struct wsp_char c = wsp_char_at(word.ptr, at, word.len);
        if (wsp_is_other_letter(c))
            return true;
        bool is_greek = c.class == WSP_CHAR_LETTER && language_of(c.code) == WSP_LANGUAGE_GREEK;
        if (is_greek && !wsp_sign_is_letter((struct wsp_str){word.ptr + at, c.len})) /* "ή" */
            return true;
        greek += is_greek;
        at += c.len;
    }
    return greek >= GREEK_WORD;
}

enum wsp_language wsp_language_of_letters(struct wsp_str words)
{
    size_t letters[WSP_LANGUAGE_UNSPOKEN + 1] = {0};
    for (size_t at = 0; at < words.len;) {
        struct wsp_char c = wsp_char_at(words.ptr, at, words.len);
        if (c.class == WSP_CHAR_LETTER)
            letters[language_of(c.code)]++;
        at += c.len;
    }
    letters[WSP_LANGUAGE_VOICE] = 0;
    if (letters[WSP_LANGUAGE_JAPANESE] > 0 || letters[WSP_LANGUAGE_KOREAN] > 0)
        letters[WSP_LANGUAGE_CHINESE] = 0;
    size_t best = WSP_LANGUAGE_UNSPOKEN;
    for (size_t l = 0; l < WSP_LANGUAGE_UNSPOKEN; l++)
        if (letters[l] > letters[best])
            best = l;
    return (enum wsp_language)best;
}
