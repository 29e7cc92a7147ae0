/* Times of day: "7h30", "19g45", "7:30", "22h00", "23h00-4h30". "20g" is an hour only after a word
 * that asks for one: elsewhere it is grams. */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/figure.h"
#include "reading/vi_number.h"

#include <string.h>

struct time_of_day {
    struct wsp_str hour, minute, second; /* empty: not written */
    bool grams;                          /* could be grams: "20g" */
};

static bool takes(struct wsp_str text, size_t at, const char *letters)
{
    return at < text.len && text.ptr[at] && strchr(letters, text.ptr[at]);
}

/* Returns the bytes of a time at `begin`, 0: none. */
static size_t read_time(struct wsp_str text, size_t begin, struct time_of_day *time)
{
    size_t at = begin, len = wsp_digits_at(text, at);
    *time = (struct time_of_day){.hour = {text.ptr + at, len}};
    at += len;
    bool hours = len <= 3 && takes(text, at, "hH") && wsp_digits_at(text, at + 1) == 0; /* "48h" */
    if (len == 0 || !(hours || (len <= 2 && wsp_digits_value(time->hour) <= 24)) ||
        !takes(text, at, "hHgG:"))
        return 0;
    bool colon = text.ptr[at] == ':', gram = (text.ptr[at] | 0x20) == 'g';
    size_t minutes = wsp_digits_at(text, ++at);
    if (minutes == 2 && wsp_digits_value((struct wsp_str){text.ptr + at, 2}) < 60) {
        time->minute = (struct wsp_str){text.ptr + at, 2};
        at += 2;
        if (takes(text, at, "'p"))
            at++;
        size_t seconds = colon && takes(text, at, ":") ? wsp_digits_at(text, at + 1) : 0;
        if (seconds == 2 && wsp_digits_value((struct wsp_str){text.ptr + at + 1, 2}) < 60) {
            time->second = (struct wsp_str){text.ptr + at + 1, 2};
            at += 3;
        }
    } else if (minutes > 0 || colon) {
        return 0;
    }
    time->grams = gram && time->minute.len == 0;
    return at - begin;
}

/* "05" is "năm": the zero only fills the place. */
static void say_number(struct wsp_buf *words, struct wsp_str digits)
{
    while (digits.len > 1 && digits.ptr[0] == '0') {
        digits.ptr++;
        digits.len--;
    }
    wsp_vi_cardinal(words, digits);
}

static void say_time(struct wsp_buf *words, const struct time_of_day *time)
{
    say_number(words, time->hour);
    wsp_vi_add(words, "giờ");
    if (time->minute.len > 0 && (wsp_digits_value(time->minute) > 0 || time->second.len > 0)) {
        say_number(words, time->minute);
        wsp_vi_add(words, "phút");
    }
    if (time->second.len > 0) {
        say_number(words, time->second);
        wsp_vi_add(words, "giây");
    }
}

static bool asks_for_time(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, -1,
                          "lúc từ đến tới vào đầu trước sau hồi sáng trưa chiều "
                          "tối đêm hết");
}

static bool is_one_of(struct wsp_str text, const char *words)
{
    while (*words) {
        size_t len = strcspn(words, " ");
        if (wsp_str_equal(text, (struct wsp_str){words, len}))
            return true;
        words += len + strspn(words + len, " ");
    }
    return false;
}

/* How long: "3p20s", "3'20\"", "1p". */
static bool say_duration(struct wsp_str text, struct wsp_buf *words)
{
    struct wsp_str minutes = {text.ptr, wsp_digits_at(text, 0)}, seconds = {text.ptr, 0};
    size_t at = minutes.len, begin = at;
    while (at < text.len && wsp_digits_at(text, at) == 0)
        at++;
    struct wsp_str sign = {text.ptr + begin, at - begin};
    seconds = (struct wsp_str){text.ptr + at, wsp_digits_at(text, at)};
    struct wsp_str rest = {text.ptr + at + seconds.len, text.len - at - seconds.len};
    if (minutes.len == 0 || minutes.len > 3 || seconds.len == 0 || seconds.len > 2 ||
        !is_one_of(sign, "p ph phút ' ’ ′") ||
        !(rest.len == 0 || is_one_of(rest, "s '' \" ” ″ giây")))
        return false;
    say_number(words, minutes);
    wsp_vi_add(words, "phút");
    say_number(words, seconds);
    wsp_vi_add(words, "giây");
    return true;
}

/* One time, or two with a dash between. */
static bool say_token(const struct wsp_reading *reading, size_t at, struct wsp_buf *words)
{
    struct wsp_str text = wsp_token_text(reading, at);
    struct time_of_day from, to;
    if (say_duration(text, words))
        return true;
    size_t first = read_time(text, 0, &from);
    if (first == 0 || (from.grams && !asks_for_time(reading, at)))
        return false;
    size_t dash = wsp_dash_at(text, first);
    size_t second = dash > 0 ? read_time(text, first + dash, &to) : 0;
    if (first + dash + second != text.len || (dash > 0 && second == 0))
        return false;
    say_time(words, &from);
    if (second > 0) {
        wsp_vi_add(words, "đến");
        say_time(words, &to);
    }
    return true;
}

size_t wsp_read_time(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    struct wsp_buf words = WSP_BUF_INIT(512), other = WSP_BUF_INIT(512);
    size_t taken = say_token(reading, at, &words);
    if (taken && wsp_dash_follows(reading, at) && say_token(reading, at + 1, &other)) {
        wsp_vi_add(&words, "đến");
        wsp_vi_add(&words, other.ptr);
        taken = 2;
    }
    if (taken)
        wsp_say_words(reading, at, at + taken, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    wsp_buf_release(&other);
    return taken;
}
