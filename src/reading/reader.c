/* The table of readers, and how they say a word. */
#include "reading/reader.h"

#include "reading/chars.h"
#include "reading/readers.h"

enum {
    WORD = WSP_TOKEN_WORD,
    NAME = WSP_TOKEN_NAME,
    MIXED = WSP_TOKEN_MIXED,
    OTHER = WSP_TOKEN_OTHER,
    ANY = WORD | NAME | OTHER,
};

/* The first that takes a token has it. One row a reader: its name, the kinds of tokens it looks at,
 * and its function. */
/* clang-format off */
const struct wsp_reader wsp_readers[] = {
    {"lexicon", ANY, wsp_read_lexicon},
    {"alphabet", MIXED, wsp_read_alphabet},
    {"abbreviation", ANY, wsp_read_abbreviation},
    {"address", MIXED, wsp_read_address},
    {"hashtag", MIXED, wsp_read_hashtag},
    {"footnote", MIXED, wsp_read_footnote},
    {"repeated", WORD | NAME, wsp_read_repeated},
    {"phone", MIXED, wsp_read_phone},
    {"plate", OTHER, wsp_read_plate},
    {"place", OTHER, wsp_read_place},
    {"power", MIXED, wsp_read_power},
    {"weekday", ANY, wsp_read_weekday},
    {"padded", MIXED, wsp_read_padded},
    {"date", OTHER, wsp_read_date},
    {"time", MIXED, wsp_read_time},
    {"ratio", MIXED, wsp_read_ratio},
    {"measure", ANY, wsp_read_measure},
    {"span", ANY, wsp_read_span},
    {"roman", WORD | OTHER, wsp_read_roman},
    {"name", NAME | OTHER, wsp_read_name},
    {"sign", OTHER, wsp_read_sign},
    {"acronym", OTHER, wsp_read_acronym},
    {"compound", MIXED, wsp_read_compound},
    {"rest", MIXED, wsp_read_rest},
    {"capitals", OTHER, wsp_read_capitals},
    {"foreign", OTHER, wsp_read_foreign},
    {"word", ANY, wsp_read_word},
};
/* clang-format on */
const size_t wsp_n_readers = WSP_LEN(wsp_readers);

/* After an opening mark there is no blank; a quotation mark opens when nothing stands before. */
static bool wants_blank(struct wsp_str spoken)
{
    if (spoken.len == 0)
        return false;
    struct wsp_char last = wsp_char_before(spoken.ptr, 0, spoken.len);
    if (last.class == WSP_CHAR_OPEN || last.class == WSP_CHAR_BLANK)
        return false;
    if (last.class != WSP_CHAR_QUOTE)
        return true;
    if (spoken.len == last.len)
        return false;
    enum wsp_char_class before = wsp_char_before(spoken.ptr, 0, spoken.len - last.len).class;
    return before != WSP_CHAR_BLANK && before != WSP_CHAR_OPEN;
}

enum wsp_status wsp_say(struct wsp_utterance *out, struct wsp_str spoken, struct wsp_span source)
{
    if (spoken.len == 0)
        return WSP_OK;
    if (out->n_words + 1 >= WSP_UTTERANCE_WORDS)
        return out->spoken.status = WSP_DATA;
    if (wsp_grow(&out->words, &out->cap_words, out->n_words, sizeof *out->words))
        return out->spoken.status = WSP_NOMEM;
    if (wants_blank(wsp_buf_str(&out->spoken)))
        wsp_buf_putc(&out->spoken, ' ');
    uint32_t begin = (uint32_t)out->spoken.len;
    if (wsp_buf_add_str(&out->spoken, spoken))
        return out->spoken.status;
    out->words[out->n_words++] = (struct wsp_word){
        .spoken_begin = begin,
        .spoken_end = (uint32_t)out->spoken.len,
        .begin = source.begin,
        .end = source.end,
    };
    return WSP_OK;
}

void wsp_leave_out(struct wsp_utterance *out, struct wsp_span source, enum wsp_doubt doubt)
{
    if (wsp_grow(&out->silent, &out->cap_silent, out->n_silent, sizeof *out->silent))
        out->spoken.status = WSP_NOMEM;
    else
        out->silent[out->n_silent++] =
            (struct wsp_silent){.begin = source.begin, .end = source.end, .doubt = (uint8_t)doubt};
}

void wsp_pass(struct wsp_utterance *out, struct wsp_span source)
{
    wsp_leave_out(out, source, WSP_DOUBT_NONE);
}

void wsp_doubt(struct wsp_utterance *out, enum wsp_doubt doubt)
{
    for (size_t i = out->n_words; i-- > 0;) {
        struct wsp_word *word = &out->words[i], *last = &out->words[out->n_words - 1];
        if (word->begin != last->begin || word->end != last->end)
            break;
        word->doubt = (uint8_t)doubt;
    }
}

void wsp_spell_for_engine(struct wsp_utterance *out, struct wsp_str spelling)
{
    if (out->n_words == 0)
        return;
    struct wsp_word *word = &out->words[out->n_words - 1];
    word->engine_begin = (uint16_t)out->engine.len;
    if (wsp_buf_add_str(&out->engine, spelling))
        out->spoken.status = out->engine.status;
    word->engine_end = (uint16_t)out->engine.len;
}

struct wsp_str wsp_token_gap(const struct wsp_reading *reading, size_t at)
{
    if (at >= reading->n_tokens)
        return WSP_STR("");
    uint32_t end =
        at + 1 < reading->n_tokens ? reading->tokens[at + 1].begin : reading->sentence->end;
    return wsp_document_text(reading->script->document,
                             (struct wsp_span){reading->tokens[at].end, end});
}
