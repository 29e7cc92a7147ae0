/* "#AnToanTrenMang": its words, which capitals, digits or underscores part. */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/script_digit.h"
#include "reading/syllable.h"
#include "reading/token.h"
#include "reading/vi_number.h"

/* Does a new word begin at `c`, after `before`? */
static bool parts(struct wsp_char before, struct wsp_char c, struct wsp_char after)
{
    bool raised = c.class == WSP_CHAR_DIGIT && (c.code < 0x80) != (before.code < 0x80); /* "2⁵" */
    if (c.class != before.class || raised)
        return true;
    return wsp_char_is_upper(c) && (wsp_char_is_lower(before) || wsp_char_is_lower(after));
}

static void say_part(const struct wsp_reading *reading, struct wsp_buf *words, struct wsp_str part)
{
    struct wsp_char first = wsp_char_at(part.ptr, 0, part.len);
    char raised[64];
    size_t n;
    if (wsp_digits_at(part, 0) == part.len) {
        wsp_vi_cardinal(words, part);
    } else if (wsp_raised_digits_at(part, 0, raised, sizeof raised, &n) == part.len) {
        wsp_vi_cardinal(words, (struct wsp_str){raised, n});
    } else if (first.class == WSP_CHAR_LETTER) {
        bool spelled = wsp_capitals_in(part) > 1 && !wsp_syllable_parse(part, NULL);
        struct wsp_buf lower = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
        wsp_utf8_add_lower(&lower, part);
        if (!spelled || !wsp_add_letter_names(reading, words, part, 6))
            wsp_vi_add(words, lower.ptr);
        wsp_buf_release(&lower);
    }
}

size_t wsp_read_hashtag(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (text.len < 3 || text.ptr[0] != '#' ||
        wsp_char_at(text.ptr, 1, text.len).class != WSP_CHAR_LETTER)
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(4096);
    wsp_vi_add(&words, "hashtag");
    size_t begin = 1;
    struct wsp_char before = wsp_char_at(text.ptr, 1, text.len);
    for (size_t i = 1 + before.len; i < text.len;) {
        struct wsp_char c = wsp_char_at(text.ptr, i, text.len), after = {0};
        if (i + c.len < text.len)
            after = wsp_char_at(text.ptr, i + c.len, text.len);
        if (parts(before, c, after)) {
            say_part(reading, &words, (struct wsp_str){text.ptr + begin, i - begin});
            begin = i;
        }
        before = c;
        i += c.len;
    }
    say_part(reading, &words, (struct wsp_str){text.ptr + begin, text.len - begin});
    bool said = words.status == WSP_OK;
    if (said)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return said;
}
