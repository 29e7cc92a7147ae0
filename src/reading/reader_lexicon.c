/* The user's own lexicon: before everything else. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/lexicon.h"

#include <stdint.h>
#include <string.h>

size_t wsp_read_lexicon(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    const struct wsp_lexicon *own = reading->script->settings.own;
    const char *spoken;
    size_t taken = own ? wsp_lexicon_match(reading, at, own, &spoken) : 0;
    if (taken == 0)
        return 0;
    if (strcmp(spoken, "*") != 0) {
        wsp_say_words(reading, at, at + taken, (struct wsp_str){spoken, strlen(spoken)}, out);
        return taken;
    }
    struct wsp_buf words = WSP_BUF_INIT(2048);
    (void)wsp_add_letter_names(reading, &words, wsp_token_text(reading, at), SIZE_MAX);
    if (words.len > 0)
        wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return out->n_words > 0 ? 1 : 0;
}
