/* Composes one character. Unicode sorts the marks of a letter by class, but the marks of the
 * vowels â, ê, ô, ă and those of the tones (save the dot below) are of one class and keep the
 * order they were typed in. So "á" with a circumflex after it, as some keyboards make it, is not
 * "ấ" to Unicode; it is to everyone who reads Vietnamese. */
#include "input/compose.h"

#include "base/utf8.h"

#include <string.h>

enum {
    GRAVE = 0x300,
    ACUTE = 0x301,
    CIRCUMFLEX = 0x302,
    TILDE = 0x303,
    BREVE = 0x306,
    HOOK = 0x309,
    CODES_LIMIT = WSP_MARKS_LIMIT + 2, /* the base, the marks, and a tone parted from the base */
};

/* Letters that carry a tone already and would take a vowel's mark. */
static const struct {
    uint16_t letter, base, tone;
} toned[] = {
    {0xC0, 'A', GRAVE}, {0xC1, 'A', ACUTE}, {0xC3, 'A', TILDE},   {0x1EA2, 'A', HOOK},
    {0xC8, 'E', GRAVE}, {0xC9, 'E', ACUTE}, {0x1EBC, 'E', TILDE}, {0x1EBA, 'E', HOOK},
    {0xD2, 'O', GRAVE}, {0xD3, 'O', ACUTE}, {0xD5, 'O', TILDE},   {0x1ECE, 'O', HOOK},
    {0xE0, 'a', GRAVE}, {0xE1, 'a', ACUTE}, {0xE3, 'a', TILDE},   {0x1EA3, 'a', HOOK},
    {0xE8, 'e', GRAVE}, {0xE9, 'e', ACUTE}, {0x1EBD, 'e', TILDE}, {0x1EBB, 'e', HOOK},
    {0xF2, 'o', GRAVE}, {0xF3, 'o', ACUTE}, {0xF5, 'o', TILDE},   {0x1ECF, 'o', HOOK},
};

struct letter {
    uint32_t codes[CODES_LIMIT];
    size_t n;
};

static void take_apart(struct letter *letter, struct wsp_str text)
{
    letter->n = 0;
    for (size_t at = 0; at < text.len && letter->n < CODES_LIMIT - 1;) {
        size_t n = wsp_utf8_decode(text.ptr + at, text.len - at, &letter->codes[letter->n++]);
        at += n ? n : 1;
    }
}

static bool insert(struct letter *letter, size_t at, uint32_t code)
{
    if (letter->n >= CODES_LIMIT)
        return false;
    memmove(&letter->codes[at + 1], &letter->codes[at], (letter->n - at) * sizeof letter->codes[0]);
    letter->codes[at] = code;
    letter->n++;
    return true;
}

static void part_tone_from_base(struct letter *letter)
{
    for (size_t i = 0; i < WSP_LEN(toned); i++)
        if (toned[i].letter == letter->codes[0] && insert(letter, 1, toned[i].tone)) {
            letter->codes[0] = toned[i].base;
            return;
        }
}

static bool takes_vowel_mark(uint32_t base, uint32_t mark)
{
    uint32_t lower = base | 0x20;
    return base < 0x80 && (lower == 'a' || (mark == CIRCUMFLEX && (lower == 'e' || lower == 'o')));
}

/* Move the vowel's mark before the tones: "a", acute, circumflex is "ấ". */
static void vowel_mark_first(struct letter *letter)
{
    size_t at = 1;
    while (at < letter->n && letter->codes[at] != CIRCUMFLEX && letter->codes[at] != BREVE)
        at++;
    if (at >= letter->n)
        return;
    struct letter parted = *letter;
    part_tone_from_base(&parted);
    at += parted.n - letter->n;
    uint32_t mark = parted.codes[at];
    if (!takes_vowel_mark(parted.codes[0], mark))
        return;
    memmove(&parted.codes[2], &parted.codes[1], (at - 1) * sizeof parted.codes[0]);
    parted.codes[1] = mark;
    *letter = parted;
}

enum wsp_status wsp_compose_last(struct wsp_buf *text, size_t from)
{
    struct letter letter;
    take_apart(&letter, (struct wsp_str){text->ptr + from, text->len - from});
    vowel_mark_first(&letter);

    struct wsp_buf raw = WSP_BUF_INIT((size_t)CODES_LIMIT * 4);
    for (size_t i = 0; i < letter.n; i++)
        wsp_utf8_append(&raw, letter.codes[i]);
    enum wsp_status st = raw.status;
    if (!st) {
        text->len = from;
        st = wsp_utf8_add_nfc(text, wsp_buf_str(&raw));
    }
    wsp_buf_release(&raw);
    return st;
}
