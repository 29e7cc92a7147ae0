/* "10 (mười) ngày", "200.000.000 đồng (hai trăm triệu đồng)": the words of a number in brackets
 * behind its figures. An announcer says it once. */
#include "reading/readers.h"

#include "reading/figure.h"

#include <string.h>

/* The last word of `text`, which it loses with the blank before it. */
static struct wsp_str take_last(struct wsp_str *text)
{
    size_t begin = text->len;
    while (begin > 0 && text->ptr[begin - 1] != ' ')
        begin--;
    struct wsp_str word = {text->ptr + begin, text->len - begin};
    text->len = begin > 0 ? begin - 1 : 0;
    return word;
}

/* The same word, or another of the same number. */
static bool is_same(struct wsp_str said, const char *written)
{
    static const char *const pairs[][2] = {{"nghìn", "ngàn"}, {"linh", "lẻ"}, {"tư", "bốn"},
                                           {"năm", "lăm"},    {"tỷ", "tỉ"},   {"một", "mốt"}};
    if (wsp_str_is(said, written))
        return true;
    for (size_t i = 0; i < WSP_LEN(pairs); i++)
        for (size_t side = 0; side < 2; side++)
            if (wsp_str_is(said, pairs[i][side]) && strcmp(written, pairs[i][!side]) == 0)
                return true;
    return false;
}

/* How many tokens the brackets hold, all plain words; 0: others, or none. */
static size_t bracketed(const struct wsp_reading *reading, size_t at)
{
    enum { LONGEST = 30 };
    struct wsp_str before = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    if (before.len == 0 || before.ptr[before.len - 1] != '(')
        return 0;
    for (size_t n = 0; n < LONGEST && at + n < reading->n_tokens; n++) {
        struct wsp_str gap = wsp_token_gap(reading, at + n);
        if (reading->tokens[at + n].kind & WSP_TOKEN_OTHER)
            return 0;
        if (gap.len > 0 && gap.ptr[0] == ')')
            return n + 1;
        if (!wsp_str_is(gap, " "))
            return 0;
    }
    return 0;
}

size_t wsp_read_repeated(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    size_t n = bracketed(reading, at);
    if (n == 0 || !(wsp_has_digit(wsp_token_text(reading, at - 1)) ||
                    (at > 1 && wsp_has_digit(wsp_token_text(reading, at - 2)))))
        return 0;
    struct wsp_str said = wsp_buf_str(&out->spoken);
    while (said.len > 0 && strchr(" (", said.ptr[said.len - 1])) /* the bracket is there already */
        said.len--;
    for (size_t i = n; i-- > 0;)
        if (!is_same(take_last(&said), reading->lower + reading->tokens[at + i].lower + 1))
            return 0;
    wsp_pass(out, (struct wsp_span){reading->tokens[at].begin, reading->tokens[at + n - 1].end});
    return n;
}
