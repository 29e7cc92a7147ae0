/* From one place to another: "từ Thanh Hóa – Quảng Trị", "từ cầu Rạch Gốc -> công viên". */
#include "reading/readers.h"

#include "reading/context.h"

#include <string.h>

/* Does "từ" stand before the words that end with token `at`? */
static bool is_led(const struct wsp_reading *reading, size_t at)
{
    enum { LONGEST = 6 };
    for (size_t back = 1; back <= LONGEST && back <= at; back++) {
        if (reading->tokens[at - back].pause_ms > 0)
            return false;
        if (wsp_context_is(reading, at - back, 0, "từ"))
            return true;
        if (reading->tokens[at - back].kind == WSP_TOKEN_OTHER)
            return false;
    }
    return false;
}

size_t wsp_read_span(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_str gap = wsp_token_gap(reading, at);
    bool arrow = memmem(gap.ptr, gap.len, "->", 2) || memmem(gap.ptr, gap.len, "→", strlen("→"));
    bool names = at + 1 < reading->n_tokens && reading->tokens[at].kind == WSP_TOKEN_NAME &&
                 reading->tokens[at + 1].kind == WSP_TOKEN_NAME;
    if (!wsp_dash_follows(reading, at) || !(arrow || names) || !is_led(reading, at))
        return 0;
    wsp_say_words(reading, at, at + 1, wsp_token_text(reading, at), out);
    wsp_say_span(reading, (struct wsp_span){reading->tokens[at].end, reading->tokens[at + 1].begin},
                 WSP_STR("đến"), out);
    return 1;
}
