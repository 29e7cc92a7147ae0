#include "reading/context.h"

#include "base/utf8.h"
#include "reading/chars.h"

#include <string.h>

static bool is_word(struct wsp_str token, struct wsp_str word)
{
    size_t at = 0, from = 0;
    while (at < token.len && from < word.len) {
        uint32_t a, b;
        size_t n = wsp_utf8_decode(token.ptr + at, token.len - at, &a);
        size_t m = wsp_utf8_decode(word.ptr + from, word.len - from, &b);
        if (n == 0 || m == 0 || wsp_utf8_lower(a) != b)
            return false;
        at += n;
        from += m;
    }
    return at == token.len && from == word.len;
}

bool wsp_context_is(const struct wsp_reading *reading, size_t at, int offset, const char *words)
{
    size_t other = at + (size_t)offset; /* wraps to a token that is not there */
    struct wsp_str token = wsp_token_text(reading, other);
    while (token.len > 0 && *words) {
        size_t len = strcspn(words, " ");
        if (is_word(token, (struct wsp_str){words, len}))
            return true;
        words += len + strspn(words + len, " ");
    }
    return false;
}

bool wsp_dash_follows(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = wsp_token_gap(reading, at);
    unsigned dashes = 0;
    for (size_t i = 0; i < gap.len && at + 1 < reading->n_tokens;) {
        struct wsp_char c = wsp_char_at(gap.ptr, i, gap.len);
        if (c.class != WSP_CHAR_BLANK && c.class != WSP_CHAR_DASH)
            return false;
        dashes += c.class == WSP_CHAR_DASH;
        i += c.len;
    }
    return dashes == 1;
}

bool wsp_blank_follows(const struct wsp_reading *reading, size_t at)
{
    return at + 1 < reading->n_tokens && wsp_str_is(wsp_token_gap(reading, at), " ");
}

void wsp_say_words(const struct wsp_reading *reading, size_t first, size_t end,
                   struct wsp_str words, struct wsp_utterance *out)
{
    struct wsp_span source = {reading->tokens[first].begin, reading->tokens[end - 1].end};
    for (size_t at = 0; at < words.len;) {
        const char *blank = memchr(words.ptr + at, ' ', words.len - at);
        size_t len = blank ? (size_t)(blank - words.ptr) - at : words.len - at;
        (void)wsp_say(out, (struct wsp_str){words.ptr + at, len}, source);
        at += len + 1;
    }
}
