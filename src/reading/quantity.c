#include "reading/quantity.h"

#include "reading/chars.h"
#include "reading/lexicon.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

/* A unit or a currency, see voices/lexicon. */
struct unit {
    const char *spoken; /* NULL: it is none */
    size_t len;         /* bytes of what is written */
    bool money;         /* "một" stands for the slash after it: "đồng một lượt" */
    bool alone;         /* is a unit also after a blank */
};

/* `price`: it stands after the slash of a price, where "ng" is no nanogram. */
static struct unit find_written(struct wsp_str text, bool price)
{
    size_t n;
    const struct wsp_lexicon_row *row = wsp_lexicon_rows(&wsp_lexicon_units, text, &n);
    while (row && n > 0 && !price && strstr(row->cues, "giá")) {
        row++;
        n--;
    }
    if (row && n > 0)
        return (struct unit){row->spoken, text.len, strstr(row->cues, "một") != NULL,
                             !strstr(row->cues, "dính")};
    row = wsp_lexicon_rows(&wsp_lexicon_currencies, text, &n);
    if (row)
        return (struct unit){row->spoken, text.len, true, !strstr(row->cues, "dính")};
    return (struct unit){0};
}

/* The unit that is all of `text`. In headings "120 M2" and "5 KG" are written for m2 and kg; one
 * letter is never guessed at: "5G". */
static struct unit find_unit(struct wsp_str text, bool price)
{
    enum { LONGEST = 8 };
    struct unit unit = find_written(text, price);
    char lower[LONGEST];
    if (unit.spoken || text.len < 2 || text.len > LONGEST || wsp_str_is(text, "DL"))
        return unit;                      /* DL: of the solar calendar */
    for (size_t i = 0; i < text.len; i++) /* "Gbp" is no pound */
        if (text.ptr[i] >= 'a' && text.ptr[i] <= 'z')
            return unit;
    for (size_t i = 0; i < text.len; i++)
        lower[i] =
            text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? (char)(text.ptr[i] | 0x20) : text.ptr[i];
    return find_written((struct wsp_str){lower, text.len}, price);
}

bool wsp_is_unit(struct wsp_str text)
{
    return find_unit(text, false).spoken != NULL;
}

static struct wsp_str from(struct wsp_str text, size_t at)
{
    return (struct wsp_str){text.ptr + at, text.len - at};
}

/* Letters only: "lượt", "trẻ". */
static bool is_plain_word(struct wsp_str text)
{
    for (size_t at = 0; at < text.len;) {
        struct wsp_char c = wsp_char_at(text.ptr, at, text.len);
        if (c.class != WSP_CHAR_LETTER && c.class != WSP_CHAR_MARK)
            return false;
        at += c.len;
    }
    return text.len > 0;
}

static void add_word(struct wsp_buf *words, struct wsp_str word)
{
    if (words->len > 0)
        wsp_buf_putc(words, ' ');
    wsp_buf_add_str(words, word);
}

/* ---- units ---- */

/* What is counted, in full: "đồng/HS/tháng". */
static void add_counted(struct wsp_buf *words, struct wsp_str word)
{
    const char *acronym = wsp_lexicon_find(&wsp_lexicon_acronyms, word);
    if (acronym && strcmp(acronym, "*") != 0)
        wsp_vi_add(words, acronym);
    else
        add_word(words, word);
}

/* One part between slashes: "h", "24h", "trẻ". */
static bool say_per(struct wsp_buf *words, struct wsp_str part, bool one)
{
    struct wsp_figure figure;
    size_t count = wsp_figure_read(part, 0, &figure); /* "mm/24h" */
    struct wsp_str rest = from(part, count);
    struct unit per = wsp_str_is(rest, "H") ? find_unit(WSP_STR("h"), one) : find_unit(rest, one);
    bool number = count > 0 && rest.len == 0; /* "100mm/3 giờ", "50.000đ/1 cây" */
    if (wsp_str_is(rest, "ng") && !one)       /* "2 kg/ng", no nanogram */
        per = (struct unit){.spoken = "ngày", .len = rest.len};
    if (!per.spoken && !is_plain_word(rest) && !number)
        return false;
    bool single = count == 1 && part.ptr[0] == '1';
    if (one && count == 0)
        wsp_vi_add(words, "một");
    else if (!one || !single)
        wsp_vi_add(words, "trên");
    if (count > 0)
        wsp_figure_say(words, &figure);
    if (per.spoken)
        wsp_vi_add(words, per.spoken);
    else if (rest.len > 0)
        add_counted(words, rest);
    return true;
}

static struct wsp_str part_at(struct wsp_str text, size_t at)
{
    const char *slash = memchr(text.ptr + at, '/', text.len - at);
    return (struct wsp_str){text.ptr + at, slash ? (size_t)(slash - text.ptr) - at : text.len - at};
}

/* Times are counted one by one: "viên/ngày" is "viên một ngày", "người/km2" "người trên ...". */
static bool is_word_per_word(struct wsp_str text, struct wsp_str first)
{
    struct wsp_str rest = from(text, first.len);
    return rest.len > 1 && is_plain_word(from(rest, 1)) && !wsp_is_unit(from(rest, 1));
}

/* "33 tỉnh/thành phố", "12 anh/chị": either, and no number of one in the other. */
static bool are_alternatives(struct wsp_str first, struct wsp_str second)
{
    static const char alike[] = "tỉnh thành thị quận huyện xã phường thôn xóm bản ấp khóm khu tổ "
                                "sở ban ngành đoàn nam nữ trai gái ông bà anh chị cha mẹ thầy cô "
                                "khoa phòng ngày đêm và";
    return wsp_str_is_one_of(first, alike) &&
           (wsp_str_is_one_of(second, alike) || wsp_str_is(first, "và"));
}

bool wsp_unit_say(struct wsp_buf *words, struct wsp_str text, bool alone)
{
    struct unit whole = find_unit(text, false); /* "G/L" has a row of its own */
    struct wsp_str first = whole.spoken ? text : part_at(text, 0);
    struct unit unit = whole.spoken ? whole : find_unit(first, false);
    bool per_word = !unit.spoken && first.len < text.len && first.len > 1 && is_plain_word(first) &&
                    wsp_capitals_in(first) < 2 && /* "100 ĐT/ngày" is for others */
                    !are_alternatives(first, part_at(text, first.len + 1));
    if ((!unit.spoken && !per_word) || (unit.spoken && alone && !unit.alone))
        return false;
    size_t before = words->len;
    if (unit.spoken)
        wsp_vi_add(words, unit.spoken);
    else
        add_counted(words, first);
    bool one = unit.money || per_word || is_word_per_word(text, first);
    for (size_t at = first.len; at < text.len;) {
        struct wsp_str part = part_at(text, at + 1);
        struct wsp_figure figure;
        size_t count = wsp_figure_read(part, 0, &figure);
        bool round = part.ptr[0] == '1' && strspn(figure.digits + 1, "0") == figure.n_digits - 1;
        if (count > 0 && unit.spoken && !round && wsp_str_equal(from(part, count), first)) {
            wsp_figure_say(words, &figure); /* "250ml/350ml": one or the other */
            wsp_vi_add(words, unit.spoken);
            at += 1 + part.len;
            continue;
        }
        struct wsp_str measure = from(part, count);
        bool times = find_unit(measure, false).spoken || wsp_str_is(measure, "giờ") ||
                     wsp_str_is(measure, "ngày") || wsp_str_is(measure, "tuần"); /* "viên/24h" */
        bool total = per_word && count > 0 && !times; /* "60 nam/60 nữ" */
        if (total || !say_per(words, part, one)) {
            wsp_buf_cut(words, before);
            return false;
        }
        at += 1 + part.len;
    }
    return true;
}

/* ---- multipliers, and what is said for short ---- */

static const struct {
    const char *written, *spoken;
    const char *hundreds; /* what a digit behind it counts: the two of "1tr2" */
    bool word; /* only money is joined to it: "5 nghìnđ", but "ngành" and "tỉnh" are words */
} multipliers[] = {
    {"triệu", "triệu", "nghìn", true}, {"tr.", "triệu", "nghìn", false},
    {"tr", "triệu", "nghìn", false},   {"Tr", "triệu", "nghìn", false},
    {"TR", "triệu", "nghìn", false},   {"tỷ", "tỷ", "triệu", true},
    {"tỉ", "tỷ", "triệu", true},       {"nghìn", "nghìn", "", true},
    {"ngàn", "nghìn", "", true},       {"k", "nghìn", "", false},
    {"K", "nghìn", "", false},         {"trăm", "trăm", NULL, true},
};

static bool begins(struct wsp_str text, const char *with)
{
    size_t len = strlen(with);
    return text.len >= len && memcmp(text.ptr, with, len) == 0;
}

/* The digits at the end of "1m75": two are said as a number, "1m25" hai mươi lăm. */
static bool say_short_rest(struct wsp_buf *words, struct wsp_str digits)
{
    enum { LONGEST = 3 };
    if (digits.len == 0 || digits.len > LONGEST || wsp_digits_at(digits, 0) != digits.len)
        return false;
    wsp_vi_cardinal(words, digits);
    return true;
}

/* The digits at the end of "1tr2": in full, "một triệu hai trăm nghìn", for "một triệu hai một
 * tháng" is hard to follow. `unit`: what hundreds of are meant; NULL: the digits alone. */
static bool say_hundreds(struct wsp_buf *words, struct wsp_str digits, const char *unit)
{
    enum { LONGEST = 3 };
    char padded[] = "000";
    bool full = unit && digits.len > 0 && digits.len <= LONGEST &&
                (digits.ptr[0] != '0' || digits.len == LONGEST); /* "1tr050" */
    if (!full)
        return say_short_rest(words, digits);
    memcpy(padded, digits.ptr, digits.len);
    size_t zeros = strspn(padded, "0");
    if (zeros > 0 && zeros < LONGEST)
        wsp_vi_add(words, zeros == 1 ? "không trăm" : "không trăm linh");
    wsp_vi_cardinal(words, (struct wsp_str){padded + zeros % LONGEST, LONGEST - zeros % LONGEST});
    if (*unit)
        wsp_vi_add(words, unit);
    return true;
}

/* "m75" of "1m75", "kg2" of "1kg2"; "m2" only where a length is meant. */
static bool say_short_measure(struct wsp_buf *words, struct wsp_str text,
                              enum wsp_quantity_kind hint)
{
    static const char *const short_units[] = {"m", "kg", "°"};
    for (size_t i = 0; i < WSP_LEN(short_units); i++) {
        size_t len = strlen(short_units[i]);
        struct wsp_str digits = from(text, len < text.len ? len : text.len);
        if (!begins(text, short_units[i]) || digits.len == 0 ||
            wsp_digits_at(digits, 0) != digits.len)
            continue;
        if (wsp_is_unit(text) && hint != WSP_QUANTITY_LENGTH) /* "m2" */
            return false;
        wsp_vi_add(words, find_unit((struct wsp_str){text.ptr, len}, false).spoken);
        return say_short_rest(words, digits);
    }
    return false;
}

/* "tr", "tr2", "tr/tháng", "k/suất", "tỷđ" */
bool wsp_multiplier_say(struct wsp_buf *words, struct wsp_str text)
{
    for (size_t i = 0; i < WSP_LEN(multipliers); i++) {
        if (!begins(text, multipliers[i].written))
            continue;
        struct wsp_str rest = from(text, strlen(multipliers[i].written));
        size_t before = words->len;
        wsp_vi_add(words, multipliers[i].spoken);
        size_t digits = wsp_digits_at(rest, 0);
        struct wsp_str per = from(rest, digits);
        if (digits > 0 && per.len > 0 && per.ptr[0] == 'k' && multipliers[i].written[0] != 'k')
            per = from(per, 1); /* "2tr350k" */
        if (rest.len == 0 ||
            (say_hundreds(words, (struct wsp_str){rest.ptr, digits}, multipliers[i].hundreds) &&
             (per.len == 0 || (per.ptr[0] == '/' && say_per(words, from(per, 1), true)))))
            return true;
        struct unit joined = find_unit(part_at(rest, 0), false);
        bool unit = joined.spoken && (joined.money || !multipliers[i].word);
        if (rest.ptr[0] != '/' ? unit && wsp_unit_say(words, rest, false)
                               : say_per(words, from(rest, 1), true))
            return true;
        wsp_buf_cut(words, before);
    }
    return false;
}

/* "5M USD", "$1.2B": where money is meant, else metres. */
static bool say_big(struct wsp_buf *words, struct wsp_str text, enum wsp_quantity_kind hint)
{
    static const struct {
        const char *written, *spoken;
    } bigs[] = {{"M", "triệu"}, {"m", "triệu"}, {"B", "tỷ"}, {"b", "tỷ"}};
    for (size_t i = 0; hint == WSP_QUANTITY_MONEY && i < WSP_LEN(bigs); i++)
        if (wsp_str_is(text, bigs[i].written)) {
            wsp_vi_add(words, bigs[i].spoken);
            return true;
        }
    return false;
}

/* Inches of a screen, minutes and seconds. */
static bool say_primes(struct wsp_buf *words, struct wsp_str text, enum wsp_quantity_kind hint)
{
    static const struct {
        const char *written, *spoken;
    } primes[] = {{"'", "phút"},  {"’", "phút"}, {"′", "phút"}, {"''", "giây"},
                  {"\"", "giây"}, {"”", "giây"}, {"″", "giây"}};
    struct wsp_str sign = part_at(text, 0), per = from(text, sign.len); /* "10'/chuyến" */
    for (size_t i = 0; i < WSP_LEN(primes); i++)
        if (wsp_str_is(sign, primes[i].written)) {
            bool inches = hint == WSP_QUANTITY_SCREEN && i > 2;
            if (hint != WSP_QUANTITY_MINUTE || i > 2)
                wsp_vi_add(words, inches ? "inh" : primes[i].spoken);
            return per.len == 0 || say_per(words, from(per, 1), true);
        }
    return false;
}

/* ---- all of it ---- */

/* The currency that stands before a number: "$", "US$". */
static struct unit prefix_at(struct wsp_str text, size_t at)
{
    static const char *const prefixes[] = {"US$", "$", "€", "£", "¥", "₫", "₩", "₹", "฿", "₿"};
    for (size_t i = 0; i < WSP_LEN(prefixes); i++) {
        size_t len = strlen(prefixes[i]);
        if (begins(from(text, at), prefixes[i]) && wsp_digits_at(text, at + len) > 0)
            return find_unit((struct wsp_str){text.ptr + at, len}, false);
    }
    return (struct unit){0};
}

/* Where the quantity ends that has its number's end at `at`: at a dash, or a cross with a number
 * after it. */
static size_t end_of(struct wsp_str text, size_t at)
{
    for (; at < text.len; at++) {
        if (wsp_dash_at(text, at) > 0)
            break;
        bool cross = text.ptr[at] == 'x' || text.ptr[at] == 'X' || text.ptr[at] == '*';
        if (cross && wsp_digits_at(text, at + 1) > 0)
            break;
        if (begins(from(text, at), "×"))
            break;
    }
    return at;
}

/* "9,5đ", "9đ25": a đồng has no decimals; the marks of a pupil, the points of an index. */
static bool say_marks(struct wsp_buf *words, struct wsp_str rest, const struct wsp_figure *figure,
                      enum wsp_quantity_kind hint)
{
    struct wsp_str hundredths = begins(rest, "đ") ? from(rest, strlen("đ")) : WSP_STR("");
    bool decimal =
        wsp_str_is(rest, "đ") && (figure->decimals.len > 0 || hint == WSP_QUANTITY_MARKS);
    bool parted = hundredths.len == 2 && wsp_digits_at(hundredths, 0) == 2 && figure->n_digits <= 2;
    if (!decimal && !parted)
        return false;
    wsp_vi_add(words, "điểm");
    if (parted)
        wsp_vi_cardinal(words, hundredths);
    return true;
}

bool wsp_shorthand_say(struct wsp_buf *words, struct wsp_str rest, struct wsp_shorthand shorthand)
{
    size_t len = shorthand.unit.len;
    if (!shorthand.spoken || rest.len < len || memcmp(rest.ptr, shorthand.unit.ptr, len) != 0 ||
        (rest.len > len && rest.ptr[len] != '/'))
        return false;
    wsp_vi_add(words, shorthand.spoken);
    if (rest.len > len && wsp_str_is(from(rest, len + 1), "ng"))
        wsp_vi_add(words, "một ngày");
    else if (rest.len > len)
        return say_per(words, from(rest, len + 1), true);
    return true;
}

size_t wsp_quantity_say(struct wsp_buf *words, struct wsp_str text, size_t at,
                        struct wsp_quantity_hint hint, struct wsp_quantity *quantity)
{
    size_t before = words->len, begin = at;
    enum wsp_quantity_kind kind = hint.kind;
    struct unit prefix = prefix_at(text, at);
    at += prefix.len;
    size_t number = wsp_figure_read(text, at, &quantity->figure);
    if (number == 0)
        return 0;
    size_t end = end_of(text, at + number);
    struct wsp_str rest = {text.ptr + at + number, end - at - number};
    struct wsp_figure *figure = &quantity->figure;
    if (rest.len > 0 && rest.ptr[0] != '/' && figure->n_digits == 2 && figure->digits[0] == '0' &&
        figure->digits[1] != '0') { /* "03kg" */
        memmove(figure->digits, figure->digits + 1, 2);
        figure->n_digits--;
    }
    wsp_figure_say(words, figure);
    quantity->counts = prefix.spoken || rest.len > 0;
    quantity->prefix = NULL;
    if (number > 1) /* "rộng 24m2" is an area */
        kind = kind == WSP_QUANTITY_LENGTH ? WSP_QUANTITY_ANY : kind;
    if (wsp_str_is(rest, "K") && quantity->figure.n_digits == 1) { /* "màn hình 4K" */
        wsp_vi_add(words, "ca");
        return end - begin;
    }
    struct wsp_str per = rest.len > 1 ? from(rest, 1) : WSP_STR("");
    bool padded = quantity->figure.n_digits > 1 && quantity->figure.digits[0] == '0'; /* "06/CP" */
    bool price = !padded && rest.len > 1 && rest.ptr[0] == '/' &&
                 find_unit(per, true).spoken; /* "145.000/kg" */
    if (kind == WSP_QUANTITY_AGE && (wsp_str_is(rest, "t") || wsp_str_is(rest, "T"))) {
        wsp_vi_add(words, "tuổi");
        return end - begin;
    }
    if (rest.len > 0 && rest.ptr[0] == 'o' && wsp_digits_at(rest, 1) == rest.len - 1) {
        wsp_vi_add(words, "độ"); /* "38o", "39o5" */
        if (rest.len > 1)
            wsp_vi_cardinal(words, from(rest, 1));
        return end - begin;
    }
    bool said = rest.len == 0 || wsp_shorthand_say(words, rest, hint.shorthand) ||
                say_marks(words, rest, &quantity->figure, kind) ||
                (price && say_per(words, per, true)) ||
                say_big(words, rest, prefix.spoken ? WSP_QUANTITY_MONEY : kind) ||
                say_short_measure(words, rest, kind) || wsp_unit_say(words, rest, false) ||
                wsp_multiplier_say(words, rest) || say_primes(words, rest, kind);
    if (!said) {
        wsp_buf_cut(words, before);
        return 0;
    }
    quantity->prefix = prefix.spoken;
    return end - begin;
}
