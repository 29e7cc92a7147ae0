/* Footnote marks are silent: "tài liệu[7]", "theo báo cáo [12]". */
#include "reading/readers.h"

#include "reading/figure.h"

size_t wsp_read_footnote(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    enum { LONGEST = 3 };
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_str before = at > 0 ? wsp_token_gap(reading, at - 1) : WSP_STR("");
    struct wsp_str after = wsp_token_gap(reading, at);
    if (text.len > LONGEST || wsp_digits_at(text, 0) != text.len || before.len == 0 ||
        before.ptr[before.len - 1] != '[' || after.len == 0 || after.ptr[0] != ']')
        return 0;
    wsp_pass(out, (struct wsp_span){reading->tokens[at].begin, reading->tokens[at].end});
    return 1;
}
