/* Addresses of the Internet: "www.xa.vn", "tin@xa.vn", "https://xa.vn/lich". The names in them are
 * said as they are when they could be words and spelt when they are short; the signs have names.
 * "https://" is said by nobody. */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/syllable.h"
#include "reading/vi_number.h"

#include <string.h>

enum { SHORT = 3 }; /* letters: "vtv" is spelt, "tuoitre" is not */

static const struct {
    char sign;
    const char *spoken;
} signs[] = {{'.', "chấm"},      {'@', "a còng"},   {'/', "gạch chéo"}, {'-', "gạch ngang"},
             {'_', "gạch dưới"}, {':', "hai chấm"}, {'?', "chấm hỏi"},  {'=', "bằng"},
             {'&', "và"},        {'#', "thăng"},    {'%', "phần trăm"}, {'+', "cộng"}};

static const struct {
    const char *written, *spoken;
} names[] = {{"com", "com"}, {"net", "nét"}, {"org", "o rờ gờ"}, {"gov", "gâu"}, {"edu", "e đu"}};

static const char *const last_names[] = {".vn",  ".com", ".net", ".org", ".info",
                                         ".edu", ".gov", ".me",  ".io",  ".int"};

static bool begins(struct wsp_str text, const char *with)
{
    size_t len = strlen(with);
    return text.len > len && memcmp(text.ptr, with, len) == 0;
}

static bool is_address(struct wsp_str text)
{
    if (memchr(text.ptr, '@', text.len) || memmem(text.ptr, text.len, "://", 3) ||
        begins(text, "www."))
        return memchr(text.ptr, '.', text.len) != NULL;
    const char *slash = memchr(text.ptr, '/', text.len); /* "xa.vn/lich" */
    size_t host = slash ? (size_t)(slash - text.ptr) : text.len;
    for (size_t i = 0; i < WSP_LEN(last_names); i++) {
        size_t len = strlen(last_names[i]);
        if (host > len && memcmp(text.ptr + host - len, last_names[i], len) == 0)
            return true;
    }
    return false;
}

static void spell(const struct wsp_reading *reading, struct wsp_buf *words, struct wsp_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char letter = name.ptr[i];
        (void)wsp_add_letter_names(reading, words, (struct wsp_str){&letter, 1}, 1);
    }
}

static void say_name(const struct wsp_reading *reading, struct wsp_buf *words, struct wsp_str name)
{
    for (size_t i = 0; i < WSP_LEN(names); i++)
        if (wsp_str_is(name, names[i].written)) {
            wsp_vi_add(words, names[i].spoken);
            return;
        }
    bool ascii = wsp_utf8_count(name) == name.len;
    if (ascii && name.len <= SHORT && !wsp_syllable_parse(name, NULL)) {
        spell(reading, words, name);
        return;
    }
    if (words->len > 0)
        wsp_buf_putc(words, ' ');
    wsp_buf_add_str(words, name);
}

static size_t letters_at(struct wsp_str text, size_t at)
{
    size_t end = at;
    while (end < text.len) {
        struct wsp_char c = wsp_char_at(text.ptr, end, text.len);
        if (c.class != WSP_CHAR_LETTER && c.class != WSP_CHAR_MARK)
            break;
        end += c.len;
    }
    return end - at;
}

static void say_sign(struct wsp_buf *words, char sign)
{
    for (size_t i = 0; i < WSP_LEN(signs); i++)
        if (signs[i].sign == sign)
            wsp_vi_add(words, signs[i].spoken);
}

size_t wsp_read_address(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (!is_address(text))
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    size_t from = begins(text, "https://") ? 8 : begins(text, "http://") ? 7 : 0;
    while (from < text.len) {
        size_t letters = letters_at(text, from), digits = wsp_digits_at(text, from);
        if (letters > 0)
            say_name(reading, &words, (struct wsp_str){text.ptr + from, letters});
        else if (digits > 0)
            wsp_vi_digits(&words, (struct wsp_str){text.ptr + from, digits});
        else
            say_sign(&words, text.ptr[from]);
        from += letters > 0 ? letters : digits > 0 ? digits : 1;
    }
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return 1;
}
