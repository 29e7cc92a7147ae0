/* The user's own lexicon: before everything else. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/vi_number.h"

#include <stdint.h>
#include <string.h>

/* The user's "kg" of "5kg", behind its number without a blank. */
static size_t say_joined(const struct wsp_reading *reading, size_t at,
                         const struct wsp_lexicon *own, struct wsp_utterance *out)
{
    struct wsp_figure figure;
    struct wsp_str text = wsp_token_text(reading, at);
    size_t len = own->n > 0 ? wsp_figure_read(text, 0, &figure) : 0;
    struct wsp_str unit = {text.ptr + len, text.len - len};
    const char *spoken =
        len > 0 && unit.len > 0 ? wsp_lexicon_choose(reading, at, own, unit) : NULL;
    if (!spoken || strcmp(spoken, "*") == 0)
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(2048);
    wsp_figure_say(&words, &figure);
    wsp_vi_add(&words, spoken);
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return 1;
}

size_t wsp_read_lexicon(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    const struct wsp_lexicon *own = reading->script->settings.own;
    const char *spoken;
    size_t taken = own ? wsp_lexicon_match(reading, at, own, &spoken) : 0;
    if (taken == 0)
        return own ? say_joined(reading, at, own, out) : 0;
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
