/* Number plates: "29A-123.45", "51F1-678.90", "92H - 009.46", "36-B3 456.78": the province, the
 * letters, and the rest digit by digit. So are flights: "chuyến bay VN1234", "chuyến VJ 156". */
#include "reading/readers.h"

#include "reading/chars.h"
#include "reading/context.h"
#include "reading/figure.h"
#include "reading/token.h"
#include "reading/vi_number.h"

/* Bytes of one or two capital letters and perhaps a digit. */
static size_t series_at(struct wsp_str text, size_t at)
{
    size_t begin = at, letters = 0;
    while (at < text.len && letters < 2 && wsp_char_is_upper(wsp_char_at(text.ptr, at, text.len))) {
        at += wsp_char_at(text.ptr, at, text.len).len;
        letters++;
    }
    if (letters == 0)
        return 0;
    at += wsp_digits_at(text, at) == 1;
    return at - begin;
}

/* "123.45", "1234". */
static bool is_number(struct wsp_str text)
{
    size_t first = wsp_digits_at(text, 0);
    if (first == text.len)
        return first == 4 || first == 5;
    return first == 3 && text.ptr[3] == '.' && wsp_digits_at(text, 4) == 2 && text.len == 6;
}

/* Is the number of the plate the next token? Blanks alone may part them only where a word says that
 * it is a plate, or its dot does. */
static bool is_parted(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str next = wsp_token_text(reading, at + 1);
    bool led = next.len == 6 || wsp_stands_before(reading, at, 3, "bks soát biển");
    return led && is_number(next) &&
           (wsp_dash_follows(reading, at) || wsp_blank_follows(reading, at));
}

/* The carrier's two characters by IATA, and up to four digits, joined or after a blank. */
static size_t say_flight(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    enum { CARRIER = 2, DIGITS_MIN = 3, DIGITS_MAX = 4 };
    static const char home[] = "VN VJ QH VU BL"; /* those of Vietnam, in a list too */
    struct wsp_str text = wsp_token_text(reading, at), next = wsp_token_text(reading, at + 1);
    if (text.len < CARRIER)
        return 0;
    struct wsp_str carrier = {text.ptr, CARRIER};
    if (!wsp_context_is(reading, at, -1, "bay chuyến hiệu") &&
        !(wsp_str_is_one_of(carrier, home) && wsp_stands_before(reading, at, 30, "bay chuyến")))
        return 0;
    bool parted = text.len == CARRIER && wsp_blank_follows(reading, at);
    struct wsp_str number = {text.ptr + CARRIER, text.len - CARRIER};
    if (parted)
        number = next;
    if (wsp_capitals_in(carrier) != CARRIER || number.len < DIGITS_MIN || number.len > DIGITS_MAX ||
        wsp_digits_at(number, 0) != number.len)
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(256);
    (void)wsp_add_letter_names(reading, &words, carrier, CARRIER);
    wsp_vi_digits(&words, number);
    wsp_say_words(reading, at, at + 1 + parted, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return 1 + parted;
}

size_t wsp_read_plate(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    size_t flight = say_flight(reading, at, out);
    if (flight > 0)
        return flight;
    struct wsp_str text = wsp_token_text(reading, at);
    if (wsp_digits_at(text, 0) != 2)
        return 0;
    size_t inner = wsp_dash_at(text, 2), series = series_at(text, 2 + inner),
           end = 2 + inner + series;
    size_t dash = series > 0 ? wsp_dash_at(text, end) : 0;
    struct wsp_str number = {text.ptr + end + dash, text.len - end - dash};
    bool bare = series > 0 && end == text.len && /* "xe biển số 51H" */
                wsp_stands_before(reading, at, 2, "bks biển");
    bool parted = series > 0 && number.len == 0 && is_parted(reading, at);
    if (parted)
        number = wsp_token_text(reading, at + 1);
    else if (!bare && (dash == 0 || !is_number(number)))
        return 0;
    struct wsp_buf words = WSP_BUF_INIT(512);
    wsp_vi_cardinal(&words, (struct wsp_str){text.ptr, 2});
    (void)wsp_add_letter_names(reading, &words, (struct wsp_str){text.ptr + 2 + inner, series}, 2);
    wsp_vi_digits(&words, number);
    wsp_say_words(reading, at, at + 1 + parted, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return 1 + parted;
}
