/* Roman numerals, in capitals: after a word that counts in them ("thế kỷ XIX", "khóa XII"), or as
 * the number of a part ("II. Kết quả"). */
#include "reading/readers.h"

#include "reading/context.h"
#include "reading/vi_number.h"

#include <stdio.h>
#include <string.h>

static unsigned letter_value(char letter)
{
    static const char letters[] = "IVXLCDM";
    static const unsigned values[] = {1, 5, 10, 50, 100, 500, 1000};
    const char *found = letter ? strchr(letters, letter) : NULL;
    return found ? values[found - letters] : 0;
}

static void write_roman(char *out, unsigned number)
{
    static const struct {
        unsigned value;
        const char *letters;
    } steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    for (size_t i = 0; i < WSP_LEN(steps); i++)
        for (; number >= steps[i].value; number -= steps[i].value)
            out = stpcpy(out, steps[i].letters);
}

/* 0: it is none, or not written as it should be. */
static unsigned roman_value(struct wsp_str text)
{
    enum { LONGEST = 15 }; /* MMMDCCCLXXXVIII */
    char right[64] = "";
    unsigned sum = 0;
    if (text.len == 0 || text.len > LONGEST || (text.len == 1 && strchr("CDLM", text.ptr[0])))
        return 0; /* "bằng lái hạng C" is a letter */
    for (size_t i = 0; i < text.len; i++) {
        unsigned value = letter_value(text.ptr[i]);
        unsigned next = i + 1 < text.len ? letter_value(text.ptr[i + 1]) : 0;
        if (value == 0)
            return 0;
        sum = value < next ? sum - value : sum + value;
    }
    if (sum == 0 || sum >= 4000)
        return 0;
    write_roman(right, sum);
    return wsp_str_is(text, right) ? sum : 0;
}

static bool counts(const struct wsp_reading *reading, size_t at)
{
    return wsp_context_is(reading, at, -1,
                          "kỷ kỉ khóa khoá kỳ thứ chương hạng động phần mục quyển "
                          "tập hội lục khu đời");
}

/* "II. Kết quả": the number of a part. */
static bool heads_line(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = wsp_token_gap(reading, at);
    return at == 0 && reading->n_tokens > 1 && gap.len > 0 && strchr("./)", gap.ptr[0]);
}

size_t wsp_read_roman(const struct wsp_reading *reading, size_t at, struct wsp_utterance *out)
{
    unsigned value = roman_value(wsp_token_text(reading, at));
    if (value == 0 || !(counts(reading, at) || heads_line(reading, at)))
        return 0;
    char digits[16];
    int len = snprintf(digits, sizeof digits, "%u", value);
    struct wsp_buf words = WSP_BUF_INIT(128);
    bool ordinal = wsp_context_is(reading, at, -1, "thứ");
    if (ordinal && value == 1)
        wsp_vi_add(&words, "nhất");
    else if (ordinal)
        wsp_vi_ordinal(&words, (struct wsp_str){digits, (size_t)len});
    else
        wsp_vi_cardinal(&words, (struct wsp_str){digits, (size_t)len});
    wsp_say_words(reading, at, at + 1, wsp_buf_str(&words), out);
    wsp_buf_release(&words);
    return 1;
}
