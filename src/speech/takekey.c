#include "speech/takekey.h"

enum wsp_status wsp_takekey_of_sound(struct wsp_buf *key, struct wsp_engine_text *text,
                                     const struct wsp_utterance *utterance,
                                     const struct wsp_voice *voice, struct wsp_str identity)
{
    enum wsp_status st = wsp_engine_text_make(text, utterance, voice);
    wsp_buf_clear(key);
    wsp_buf_add_str(key, identity);
    wsp_buf_printf(key, "%d\n", (int)utterance->language);
    wsp_buf_add(key, (const char *)text->word_begins, text->n_words * sizeof *text->word_begins);
    wsp_buf_add_str(key, wsp_buf_str(&text->text));
    return st ? st : key->status;
}

enum wsp_status wsp_takekey_extend(struct wsp_buf *key, const struct wsp_utterance *utterance,
                                   struct wsp_str shape)
{
    wsp_buf_putc(key, '\0');
    wsp_buf_add_str(key, shape);
    for (size_t i = 0; i < utterance->n_words; i++)
        wsp_buf_add(key, (const char *)&utterance->words[i].pause_ms,
                    sizeof utterance->words[i].pause_ms);
    return key->status;
}
