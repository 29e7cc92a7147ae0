/* Words in other alphabets, "Привет", "你好", are left out: no Vietnamese voice can say them. A
 * person is told, and a lexicon of one's own comes first. */
#include "reading/readers.h"

#include "reading/alphabet.h"

size_t wsp_read_alphabet(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    if (!wsp_is_other_word(wsp_token_text(reading, at)))
        return 0;
    wsp_leave_out(out, (struct wsp_span){reading->tokens[at].begin, reading->tokens[at].end},
                  WSP_DOUBT_ALPHABET);
    return 1;
}
