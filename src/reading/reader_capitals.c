/* Words written in capitals. An engine spells "VÀ XÃ HỘI" letter by letter, so legal syllables
 * become lower-case: all of them in a sentence written in capitals; elsewhere those that have
 * a diacritic ("ĐỀ", "VÀ"), because AI, TIN and CA may be acronyms there. UBND, QĐ and ITU
 * are no syllables and stay. */
#include "reading/readers.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/syllable.h"
#include "reading/token.h"

/* The part of a compound that begins at `at`: letters up to the next sign or digit, or one
 * character that is no letter. "GIỚI-17/5" is GIỚI, -, 1, 7, /, 5. */
static struct wsp_str part_at(struct wsp_str word, size_t at)
{
    size_t end = at;
    while (end < word.len) {
        struct wsp_char c = wsp_char_at(word.ptr, end, word.len);
        if (c.class != WSP_CHAR_LETTER && end > at)
            break;
        end += c.len;
        if (c.class != WSP_CHAR_LETTER)
            break;
    }
    return (struct wsp_str){word.ptr + at, end - at};
}

static bool has_diacritic(struct wsp_str part)
{
    return wsp_utf8_count(part) < part.len;
}

static bool is_letters(struct wsp_str part)
{
    return wsp_char_at(part.ptr, 0, part.len).class == WSP_CHAR_LETTER;
}

/* Does `word` hold letters that are no syllable? Then it is a code, "TB-UBND". */
static bool is_code(struct wsp_str word)
{
    struct wsp_str part;
    for (size_t at = 0; at < word.len; at += part.len) {
        part = part_at(word, at);
        if (is_letters(part) && !wsp_syllable_parse(part, NULL))
            return true;
    }
    return false;
}

static bool becomes_lower(struct wsp_str part, struct wsp_str word, bool capitals, bool code)
{
    if (!is_letters(part) || !wsp_syllable_parse(part, NULL))
        return false;
    if (part.len == 1) /* "Y TẾ"; but "KHU A", "PHẦN I" */
        return capitals && part.len == word.len && part.ptr[0] == 'Y';
    if (has_diacritic(part)) /* "Ở đây", "nước Ý": one letter is a capital at its place */
        return capitals || part.len < word.len || wsp_utf8_count(part) > 1;
    return capitals && !code;
}

size_t wsp_read_capitals(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str word = wsp_token_text(reading, at), part;
    if (wsp_capitals_in(word) == 0)
        return 0;

    bool code = is_code(word), changed = false;
    struct wsp_buf spoken = WSP_BUF_INIT(WSP_UTTERANCE_BYTES);
    for (size_t from = 0; from < word.len; from += part.len) {
        part = part_at(word, from);
        if (becomes_lower(part, word, reading->capitals, code)) {
            wsp_utf8_add_lower(&spoken, part);
            changed = true;
        } else {
            wsp_buf_add_str(&spoken, part);
        }
    }
    if (spoken.status)
        out->spoken.status = spoken.status;
    else if (changed)
        (void)wsp_say(out, wsp_buf_str(&spoken),
                      (struct wsp_span){reading->tokens[at].begin, reading->tokens[at].end});
    wsp_buf_release(&spoken);
    return changed ? 1 : 0;
}
