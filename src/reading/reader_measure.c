/* Numbers, alone or with what they count: "3.417", "-15°C", "31-34°C", "6,5%/năm", "35.000
 * đồng/trẻ", "80 km/h", "118 000". A unit that stands alone is one only after a number. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/lexicon.h"
#include "reading/vi_number.h"

#include <string.h>

/* A unit or a currency, see voices/lexicon. */
struct unit {
    const char *spoken; /* NULL: it is none */
    size_t len;         /* bytes of what is written */
    bool money;         /* "một" stands for the slash after it: "đồng một lượt" */
    bool alone;         /* is a unit also after a blank */
};

/* The unit at the beginning of `text` that ends there or before a slash. */
static struct unit find_unit(struct wsp_str text)
{
    const char *slash = memchr(text.ptr, '/', text.len);
    struct wsp_str name = {text.ptr, slash ? (size_t)(slash - text.ptr) : text.len};
    size_t n;
    const struct wsp_lexicon_row *row = wsp_lexicon_rows(&wsp_lexicon_units, name, &n);
    if (row)
        return (struct unit){row->spoken, name.len, strstr(row->cues, "một") != NULL,
                             !strstr(row->cues, "dính")};
    row = wsp_lexicon_rows(&wsp_lexicon_currencies, name, &n);
    if (row)
        return (struct unit){row->spoken, name.len, true, !strstr(row->cues, "dính")};
    return (struct unit){0};
}

static bool is_plain_word(struct wsp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x80 && ((c | 0x20) < 'a' || (c | 0x20) > 'z'))
            return false;
    }
    return text.len > 0;
}

/* "km/h", "đồng/trẻ/ngày", "%/năm", "mm/24h". Returns whether all of `text` was that. */
static bool say_unit(struct wsp_buf *words, struct wsp_str text, bool alone)
{
    struct unit unit = find_unit(text);
    if (!unit.spoken || (alone && !unit.alone))
        return false;
    wsp_vi_add(words, unit.spoken);
    for (size_t at = unit.len; at < text.len;) {
        struct wsp_str part = {text.ptr + at + 1, text.len - at - 1};
        const char *slash = memchr(part.ptr, '/', part.len);
        if (slash)
            part.len = (size_t)(slash - part.ptr);
        struct wsp_figure figure;
        size_t count = wsp_figure_read(part, 0, &figure); /* "mm/24h" */
        struct wsp_str rest = {part.ptr + count, part.len - count};
        struct unit per = find_unit(rest);
        if (!per.spoken && !is_plain_word(rest))
            return false;
        wsp_vi_add(words, unit.money && count == 0 ? "một" : "trên");
        if (count > 0)
            wsp_figure_say(words, &figure);
        if (per.spoken) {
            wsp_vi_add(words, per.spoken);
        } else {
            wsp_buf_putc(words, ' ');
            wsp_buf_add_str(words, rest);
        }
        at += 1 + part.len;
    }
    return true;
}

/* "118 000": groups that blanks part. Returns how many tokens, the digits joined in `joined`. */
static size_t join_groups(const struct wsp_reading *reading, size_t at, struct wsp_buf *joined)
{
    struct wsp_str first = wsp_token_text(reading, at);
    if (first.len > 3 || wsp_digits_at(first, 0) != first.len || first.ptr[0] == '0')
        return 0;
    size_t n = 1;
    wsp_buf_add_str(joined, first);
    for (; wsp_blank_follows(reading, at + n - 1); n++) {
        struct wsp_str next = wsp_token_text(reading, at + n);
        size_t digits = wsp_digits_at(next, 0);
        if (digits != 3 ||
            (next.len > 3 && !find_unit((struct wsp_str){next.ptr + 3, next.len - 3}).spoken))
            break;
        wsp_buf_add_str(joined, next);
        if (next.len > 3)
            return n + 1;
    }
    return n > 1 ? n : 0;
}

static bool is_score(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, -1, "thắng thua hòa hoà dẫn") ||
           (wsp_context_is(reading, at, -1, "số") && wsp_context_is(reading, at, -2, "tỷ tỉ"));
}

/* What follows a number in its token. */
static bool say_rest(struct wsp_buf *words, struct wsp_str text, size_t at)
{
    return at == text.len || say_unit(words, (struct wsp_str){text.ptr + at, text.len - at}, false);
}

static bool say_after_ordinal_word(const struct wsp_reading *reading, size_t at,
                                   struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    if (!wsp_context_is(reading, at, -1, "thứ tháng quý") || wsp_digits_at(text, 0) != text.len)
        return false;
    if (wsp_str_is(text, "1") && wsp_context_is(reading, at, -1, "thứ"))
        wsp_vi_add(words, "nhất");
    else
        wsp_vi_ordinal(words, text);
    return true;
}

/* "5", "-15°C", "31-34°C", "4-3" */
static bool say_text(const struct wsp_reading *reading, size_t at, struct wsp_str text,
                     struct wsp_buf *words)
{
    struct wsp_figure low, high;
    size_t first = wsp_figure_read(text, 0, &low);
    if (first == 0)
        return false;
    size_t dash = wsp_dash_at(text, first);
    if (dash == 0) {
        wsp_figure_say(words, &low);
        return say_rest(words, text, first);
    }
    size_t second = wsp_figure_read(text, first + dash, &high);
    if (second == 0 || high.sign != WSP_FIGURE_PLAIN || low.sign == WSP_FIGURE_PLUS)
        return false;
    wsp_figure_say(words, &low);
    if (!is_score(reading, at))
        wsp_vi_add(words, "đến");
    wsp_figure_say(words, &high);
    return say_rest(words, text, first + dash + second);
}

static bool ends_in_digit(struct wsp_str text)
{
    return text.len > 0 && text.ptr[text.len - 1] >= '0' && text.ptr[text.len - 1] <= '9';
}

/* "$5", "USD 5" are said after the number. */
static bool say_dollars(struct wsp_str text, struct wsp_buf *words)
{
    struct wsp_figure figure;
    if (text.len < 2 || text.ptr[0] != '$' ||
        !wsp_figure_is((struct wsp_str){text.ptr + 1, text.len - 1}, &figure))
        return false;
    wsp_figure_say(words, &figure);
    wsp_vi_add(words, "đô la");
    return true;
}

static size_t say(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct wsp_buf joined = WSP_BUF_INIT(128);
    size_t taken = join_groups(reading, at, &joined);
    if (taken > 0) {
        taken = say_text(reading, at, wsp_buf_str(&joined), words) ? taken : 0;
        wsp_buf_release(&joined);
        return taken;
    }
    wsp_buf_release(&joined);
    if (say_after_ordinal_word(reading, at, words))
        return 1;
    bool counted = at > 0 && wsp_blank_follows(reading, at - 1) &&
                   (ends_in_digit(wsp_token_text(reading, at - 1)) ||
                    wsp_context_is(reading, at, -1, "nghìn ngàn triệu tỷ tỉ"));
    if (counted && say_unit(words, text, true))
        return 1;
    wsp_buf_clear(words);
    if (say_text(reading, at, text, words))
        return 1;
    wsp_buf_clear(words);
    return say_dollars(text, words);
}

size_t wsp_read_measure(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(2048), other = WSP_BUF_INIT(2048);
    size_t taken = say(reading, at, &words);
    bool number = taken == 1 && ends_in_digit(wsp_token_text(reading, at));
    struct wsp_figure figure;
    if (number && wsp_dash_follows(reading, at) &&
        wsp_figure_read(wsp_token_text(reading, at + 1), 0, &figure) > 0 &&
        say(reading, at + 1, &other) == 1) { /* "5 - 7 ngày" */
        wsp_vi_add(&words, is_score(reading, at) ? other.ptr : "đến");
        if (!is_score(reading, at))
            wsp_vi_add(&words, other.ptr);
        taken = 2;
    }
    if (taken > 0)
        wsp_say_words(reading, at, at + taken, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    wsp_buf_release(&other);
    return taken;
}
