/* Signs that stand alone between words: "A & B", "2 + 3 = 5". */
#include "reading/readers.h"

#include "reading/context.h"

#include <string.h>

static const struct {
    const char *sign, *spoken;
} signs[] = {
    {"&", "và"},
    {"+", "cộng"},
    {"=", "bằng"},
    {"%", "phần trăm"},
    {"×", "nhân"},
    {"±", "cộng trừ"},
    {"<", "nhỏ hơn"},
    {">", "lớn hơn"},
    {"≤", "nhỏ hơn hoặc bằng"},
    {"≥", "lớn hơn hoặc bằng"},
    {"°", "độ"},
    {"$", "đô la"},
    {"€", "ơ rô"},
};

size_t wsp_read_sign(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str token = wsp_token_text(reading, at);
    for (size_t i = 0; i < WSP_LEN(signs); i++)
        if (wsp_str_is(token, signs[i].sign)) {
            struct wsp_str spoken = {signs[i].spoken, strlen(signs[i].spoken)};
            wsp_say_words(reading, at, at + 1, spoken, out);
            return 1;
        }
    return 0;
}
