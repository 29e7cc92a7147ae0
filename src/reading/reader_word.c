/* What no other reader knows is said as it is written. */
#include "reading/readers.h"

size_t wsp_read_word(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    const struct wsp_token *token = &reading->tokens[at];
    (void)wsp_say(out, wsp_token_text(reading, at), (struct wsp_span){token->begin, token->end});
    return 1;
}
