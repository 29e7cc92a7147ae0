/* A break stands before the word that begins a clause ("... | nhằm ...", "... | để ..."). Which
 * word that is, this guesses from the word alone and its neighbours; where nothing fits, there is
 * no break: an odd one is worse than none. */
#include "reading/phrase.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/reader.h"
#include "reading/readers.h"

#include <string.h>

enum { BREATH_WORDS = 25, PIECE_MIN = 6 };

/* `not_after`: after these it is part of another word ("tự do", "trở nên"). `with`: these go with
 * it, the break is before them ("trong khi"). */
static const struct marker {
    const char *word;
    int weight;
    const char *not_after, *with;
} markers[] = {
    {"nhưng", 3, "", ""},
    {"nhằm", 3, "", ""},
    {"để", 3, "", "cũng"},
    {"nếu", 3, "", ""},
    {"bởi", 3, "", ""},
    {"vì", 3, "", "bởi"},
    {"khi", 3, "có", "trong sau trước mỗi ngay từ đến kể"},
    {"nên", 3, "trở làm tạo dựng gây", "cho"},
    {"rằng", 3, "", ""},
    {"tuy", 3, "", ""},
    {"trong", 2, "", ""}, /* only "trong đó", see below */
    {"cũng", 2, "", ""},  /* only "cũng như" */
    {"đồng", 2, "", ""},  /* only "đồng thời" */
    {"đặc", 2, "", ""},   /* only "đặc biệt là" */
    {"do", 2, "tự lý lí mặc dù", ""},
    {"nhờ", 2, "", ""},
    {"mà", 2, "", "nhưng thế"},
    {"hoặc", 2, "", ""},
    {"và", 1, "", ""},
};

static const struct {
    const char *first, *second;
} pairs[] = {{"trong", "đó"}, {"cũng", "như"}, {"đồng", "thời"}, {"đặc", "biệt"}};

static struct wsp_str text_of(const struct wsp_utterance *u, size_t word)
{
    if (word >= u->n_words)
        return WSP_STR("");
    return (struct wsp_str){u->spoken.ptr + u->words[word].spoken_begin,
                            u->words[word].spoken_end - u->words[word].spoken_begin};
}

static bool is_plain(const struct wsp_utterance *u, size_t word)
{
    return wsp_readers[u->words[word].reader].read == wsp_read_word;
}

static bool is_name_part(const struct wsp_utterance *u, size_t word)
{
    struct wsp_str text = text_of(u, word);
    return text.len > 0 && wsp_char_is_upper(wsp_char_at(text.ptr, 0, text.len));
}

/* "Ngày Viễn thông và Xã hội thông tin": a capital after it, and one not far before. */
static bool is_inside_name(const struct wsp_utterance *u, size_t word)
{
    enum { NEAR = 4 };
    if (!is_name_part(u, word + 1))
        return false;
    for (size_t back = 1; back <= NEAR && back <= word; back++)
        if (is_name_part(u, word - back))
            return true;
    return false;
}

/* How good a break before `word` is, 0: none; *before is moved back over words that go with it. */
static int weight_of(const struct wsp_utterance *u, size_t word, size_t *before)
{
    struct wsp_str text = text_of(u, word);
    *before = word;
    for (size_t i = 0; i < WSP_LEN(markers); i++) {
        if (!wsp_str_is(text, markers[i].word))
            continue;
        for (size_t p = 0; p < WSP_LEN(pairs); p++)
            if (wsp_str_is(text, pairs[p].first) &&
                !wsp_str_is(text_of(u, word + 1), pairs[p].second))
                return 0;
        struct wsp_str last = word > 0 ? text_of(u, word - 1) : WSP_STR("");
        if (wsp_str_is_one_of(last, markers[i].not_after) || is_inside_name(u, word))
            return 0;
        *before -= wsp_str_is_one_of(last, markers[i].with);
        return markers[i].weight;
    }
    return 0;
}

/* The best place in begin..end, a word before which to break; 0: none. Heavy markers win over light
 * ones, then the one nearest the middle. */
static size_t best_break(const struct wsp_utterance *u, size_t begin, size_t end)
{
    size_t best = 0, middle = begin + (end - begin) / 2, best_distance = 0;
    int best_weight = 0;
    for (size_t i = begin + PIECE_MIN; i + PIECE_MIN <= end; i++) {
        size_t before;
        if (!is_plain(u, i))
            continue;
        int weight = weight_of(u, i, &before);
        size_t distance = before > middle ? before - middle : middle - before;
        if (weight == 0 || weight < best_weight ||
            (weight == best_weight && distance >= best_distance))
            continue;
        best = before;
        best_weight = weight;
        best_distance = distance;
    }
    return best;
}

static void phrase_stretch(struct wsp_utterance *u, size_t begin, size_t end)
{
    while (end - begin > BREATH_WORDS) {
        size_t limit =
            end - begin > 2 * (size_t)BREATH_WORDS ? begin + 2 * (size_t)BREATH_WORDS : end;
        size_t at = best_break(u, begin, limit);
        if (at == 0 && limit == end)
            return;
        if (at == 0) { /* nothing fits in the first two breaths */
            begin += BREATH_WORDS;
            continue;
        }
        u->words[at - 1].pause_ms = WSP_BREATH_MS;
        if (at - begin > BREATH_WORDS)
            phrase_stretch(u, begin, at); /* at most 2 * BREATH_WORDS: the depth is bounded */
        begin = at;
    }
}

/* "24/01/2020 23:16": numbers that would run into each other. */
static bool parts_date_from_time(const struct wsp_utterance *u, size_t word)
{
    return word + 1 < u->n_words && u->words[word].pause_ms == 0 &&
           wsp_readers[u->words[word].reader].read == wsp_read_date &&
           wsp_readers[u->words[word + 1].reader].read == wsp_read_time;
}

void wsp_phrase(struct wsp_utterance *utterance)
{
    for (size_t i = 0; i < utterance->n_words; i++)
        if (parts_date_from_time(utterance, i))
            utterance->words[i].pause_ms = WSP_BREATH_MS;
    size_t begin = 0;
    for (size_t i = 0; i < utterance->n_words; i++)
        if (utterance->words[i].pause_ms > 0 || i + 1 == utterance->n_words) {
            phrase_stretch(utterance, begin, i + 1);
            begin = i + 1;
        }
}
