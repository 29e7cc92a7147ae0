/* Addresses of the Internet: "www.xa.vn", "tin@xa.vn", "https://xa.vn/lich". The names in them are
 * said as they are when they could be words and spelt when they are short; the signs have names.
 * "https://" is said by nobody. */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/foreign_rule.h"
#include "reading/lexicon.h"
#include "reading/syllable.h"
#include "reading/vi_number.h"

#include <string.h>

enum { SHORT = 3, UNSAYABLE = 6 }; /* letters: "vtv", "nchmf" are spelt, "tuoitre" is not */

static const struct {
    char sign;
    const char *spoken;
} signs[] = {{'.', "chấm"},      {'@', "a còng"},   {'/', "gạch chéo"}, {'-', "gạch ngang"},
             {'_', "gạch dưới"}, {':', "hai chấm"}, {'?', "chấm hỏi"},  {'=', "bằng"},
             {'&', "và"},        {'#', "thăng"},    {'%', "phần trăm"}, {'+', "cộng"}};

static const struct {
    const char *written, *spoken;
} names[] = {
    {"net", "nét"}, {"org", "o rờ gờ"}, {"gov", "gốp"}, {"edu", "ê đu"}, {"info", "in phô"}};

static const char *const last_names[] = {
    ".vn",   ".com",  ".net",  ".org",   ".info",  ".edu",    ".gov", ".me",   ".io",  ".int",
    ".asia", ".app",  ".ai",   ".tech",  ".dev",   ".tv",     ".top", ".xyz",  ".vip", ".club",
    ".shop", ".site", ".link", ".click", ".store", ".online", ".doc", ".docx", ".xls", ".xlsx",
    ".ppt",  ".pptx", ".pdf",  ".jpg",   ".png",   ".zip",    ".mp3", ".mp4"};

static bool begins(struct wsp_str text, const char *with)
{
    size_t len = strlen(with);
    return text.len > len && memcmp(text.ptr, with, len) == 0;
}

/* "192.168.1.10"; where it could be thousands ("120.250.100.200"), only if something says so. */
static bool is_ip(const struct wsp_reading *reading, size_t at)
{
    enum { NUMBERS = 4, LARGEST = 255 };
    struct wsp_str text = wsp_token_text(reading, at);
    size_t n = 0, from = 0, longest = 0;
    for (; n < NUMBERS; n++) {
        size_t digits = wsp_digits_at(text, from);
        bool padded = digits > 1 && text.ptr[from] == '0'; /* "1.000.000.000" */
        if (digits == 0 || digits > 3 || padded ||
            wsp_digits_value((struct wsp_str){text.ptr + from, digits}) > LARGEST)
            return false;
        longest += n > 0 && digits == 3;
        from += digits;
        if (n + 1 < NUMBERS && (from >= text.len || text.ptr[from++] != '.'))
            return false;
    }
    return from == text.len && (longest < NUMBERS - 1 || reading->n_tokens == 1 ||
                                wsp_stands_before(reading, at, 3, "ip dns chỉ mask gateway"));
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

/* Syllables without marks that stand together ("dichvucong"), parted by blanks, the longest first.
 * Returns whether all of `name` is made of them. */
static bool add_syllables(struct wsp_buf *out, struct wsp_str name)
{
    enum { SYLLABLE_MAX = 6, NAME_MAX_BYTES = 63 };
    size_t len_at[NAME_MAX_BYTES + 1] = {
        0}; /* of the syllable that begins there; 0: none leads on */
    if (name.len == 0 || name.len > NAME_MAX_BYTES)
        return false;
    for (size_t at = name.len; at-- > 0;)
        for (size_t len = 2; len <= SYLLABLE_MAX && at + len <= name.len; len++)
            if ((at + len == name.len || len_at[at + len] > 0) &&
                wsp_syllable_parse((struct wsp_str){name.ptr + at, len}, NULL))
                len_at[at] = len;
    for (size_t at = 0; len_at[0] > 0 && at < name.len; at += len_at[at])
        wsp_buf_printf(out, "%s%.*s", at > 0 ? " " : "", (int)len_at[at], name.ptr + at);
    return len_at[0] > 0;
}

/* People see the name; the engine is given syllables. */
static void say_name(const struct wsp_reading *reading, struct wsp_span span,
                     struct wsp_utterance *out)
{
    struct wsp_str name = wsp_document_text(reading->script->document, span);
    struct wsp_buf words = WSP_BUF_INIT(WSP_UTTERANCE_ENGINE_BYTES);
    const char *known = NULL;
    for (size_t i = 0; i < WSP_LEN(names) && !known; i++)
        known = wsp_str_is(name, names[i].written) ? names[i].spoken : NULL;
    bool whole = wsp_syllable_parse(name, NULL);
    bool sayable = false; /* "nchmf" is not */
    for (size_t i = 0; i < name.len; i++)
        sayable |= (name.ptr[i] & 0x80) || strchr("aeiouyAEIOUY", name.ptr[i]);
    if (!known && (name.len <= SHORT || (!sayable && name.len <= UNSAYABLE)) && !whole &&
        wsp_add_letter_names(reading, &words, name, name.len)) {
        wsp_say_span(reading, span, wsp_buf_str(&words), out);
    } else {
        (void)wsp_say(out, name, span);
        if (known)
            wsp_vi_add(&words, known);
        if (!whole && (known || add_syllables(&words, name) || wsp_foreign_respell(&words, name)))
            wsp_spell_for_engine(out, wsp_buf_str(&words));
    }
    wsp_buf_release(&words);
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

static void say_sign(const struct wsp_reading *reading, struct wsp_span span,
                     struct wsp_utterance *out)
{
    struct wsp_str sign = wsp_document_text(reading->script->document, span);
    for (size_t i = 0; i < WSP_LEN(signs); i++)
        if (signs[i].sign == sign.ptr[0])
            wsp_say_span(reading, span, (struct wsp_str){signs[i].spoken, strlen(signs[i].spoken)},
                         out);
}

static void say_digits(const struct wsp_reading *reading, struct wsp_span span,
                       struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    wsp_vi_digits(&words, wsp_document_text(reading->script->document, span));
    wsp_say_span(reading, span, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
}

size_t wsp_read_address(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (!is_address(text) && !is_ip(reading, at))
        return 0;
    uint32_t place = reading->tokens[at].begin;
    size_t from = begins(text, "https://") ? 8 : begins(text, "http://") ? 7 : 0;
    if (from > 0)
        wsp_pass(out, (struct wsp_span){place, place + (uint32_t)from});
    while (from < text.len) {
        size_t letters = letters_at(text, from), digits = wsp_digits_at(text, from);
        size_t len = letters > 0 ? letters : digits > 0 ? digits : 1;
        struct wsp_span span = {place + (uint32_t)from, place + (uint32_t)(from + len)};
        if (letters > 0)
            say_name(reading, span, out);
        else if (digits > 0)
            say_digits(reading, span, out);
        else
            say_sign(reading, span, out);
        from += len;
    }
    return 1;
}
