#include "reading/part.h"

#include "reading/chars.h"
#include "reading/script.h"

/* How good a place to breathe is: after a semicolon best, between two words if need be. */
enum { NOWHERE, AT_BLANK, AT_COMMA, AT_SEMICOLON };

struct place {
    size_t at;
    int quality;
};

/* Only blanks are places, and what stands before or after them says how good they are: the
 * comma of "2,5" has no blank. */
static int quality_of(struct wsp_char before, struct wsp_char after)
{
    if (before.code == ';' || before.code == ':' || before.class == WSP_CHAR_STOP)
        return AT_SEMICOLON;
    if (before.class == WSP_CHAR_COMMA || before.code == ')' || after.class == WSP_CHAR_DASH ||
        after.code == '(')
        return AT_COMMA;
    return AT_BLANK;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* The last character boundary that is not beyond `limit`; a combining mark stays with its
 * letter when the letter is near. */
static size_t boundary_before(const char *text, size_t begin, size_t limit, size_t end)
{
    size_t at = limit;
    for (int step = 0; step < 8 && at > begin; step++) {
        while (at > begin && ((unsigned char)text[at] & 0xC0) == 0x80)
            at--;
        if (at == begin || wsp_char_at(text, at, end).class != WSP_CHAR_MARK)
            break;
        at--;
    }
    return at > begin ? at : limit;
}

size_t wsp_part_end(const char *text, size_t begin, size_t end)
{
    if (end - begin <= WSP_SENTENCE_LIMIT)
        return end;
    size_t limit = begin + WSP_SENTENCE_LIMIT;
    size_t low = begin + WSP_SENTENCE_LIMIT / 3;
    size_t target = limit;
    if (end - begin < (size_t)2 * WSP_SENTENCE_LIMIT) { /* two parts: of about one length */
        target = begin + (end - begin) / 2;
        if (end - WSP_SENTENCE_LIMIT > low)
            low = end - WSP_SENTENCE_LIMIT;
    }

    struct place best = {boundary_before(text, begin, limit, end), NOWHERE};
    struct wsp_char before = {0};
    for (size_t at = begin; at < limit;) {
        struct wsp_char c = wsp_char_at(text, at, end);
        if (c.class == WSP_CHAR_BLANK && at > begin && before.class != WSP_CHAR_BLANK) {
            struct wsp_char after =
                at + c.len < end ? wsp_char_at(text, at + c.len, end) : (struct wsp_char){0};
            struct place here = {at, at < low ? AT_BLANK : quality_of(before, after)};
            if (here.quality > best.quality ||
                (here.quality == best.quality &&
                 distance(here.at, target) <= distance(best.at, target)))
                best = here;
        }
        before = c;
        at += c.len;
    }
    return best.at;
}
