#include "reading/context.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/figure.h"
#include "reading/quantity.h"
#include "reading/syllable.h"
#include "reading/token.h"
#include "reading/vi_number.h"

#include <string.h>

/* Is `word` the first of `words`? */
static bool is_first(const char *word, const char *words)
{
    for (; *word; word++, words++)
        if (*word != *words)
            return false;
    return *words == ' ' || *words == '\0';
}

/* `token` as in struct wsp_reading: " xã" */
static bool is_among(const char *token, const char *words)
{
    const char *word = token + 1;
    if (*word == '\0')
        return false;
    for (char before = ' '; *words; before = *words++)
        if (*words == *word && before == ' ' && is_first(word, words))
            return true;
    return false;
}

static const char *lower_at(const struct wsp_reading *reading, size_t at)
{
    return at < reading->n_tokens ? reading->lower + reading->tokens[at].lower : " ";
}

bool wsp_context_is(const struct wsp_reading *reading, size_t at, int offset, const char *words)
{
    size_t other = at + (size_t)offset; /* wraps to a token that is not there */
    const char *token = lower_at(reading, other);
    bool number = token[1] >= '0' && token[1] <= '9'; /* most of those that are asked about */
    return !number && is_among(token, words);
}

bool wsp_dash_follows(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = wsp_token_gap(reading, at);
    unsigned dashes = 0;
    for (size_t i = 0; i < gap.len && at + 1 < reading->n_tokens;) {
        struct wsp_char c = wsp_char_at(gap.ptr, i, gap.len);
        bool arrow = c.code == '>' && i > 0 && gap.ptr[i - 1] == '-';
        if (c.class != WSP_CHAR_BLANK && c.class != WSP_CHAR_DASH && !arrow)
            return false;
        dashes += c.class == WSP_CHAR_DASH;
        i += c.len;
    }
    return dashes == 1;
}

bool wsp_arrow_follows(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = wsp_token_gap(reading, at);
    return wsp_dash_follows(reading, at) &&
           (memchr(gap.ptr, '>', gap.len) || memmem(gap.ptr, gap.len, "→", strlen("→")));
}

bool wsp_is_what_is_measured(const struct wsp_reading *reading, size_t at)
{
    return wsp_is_unit(wsp_token_text(reading, at)) ||
           wsp_context_is(reading, at, 0, "tuổi tháng ngày giờ độ triệu tỷ");
}

bool wsp_ends_cell(const struct wsp_reading *reading, size_t at)
{
    struct wsp_str gap = wsp_token_gap(reading, at);
    return memchr(gap.ptr, '|', gap.len) || memchr(gap.ptr, '\t', gap.len);
}

bool wsp_blank_follows(const struct wsp_reading *reading, size_t at)
{
    return at + 1 < reading->n_tokens && wsp_str_is(wsp_token_gap(reading, at), " ");
}

bool wsp_stands_before(const struct wsp_reading *reading, size_t at, size_t n, const char *words)
{
    for (size_t back = 1; back <= n && back <= at; back++)
        if (wsp_context_is(reading, at, -(int)back, words))
            return true;
    return false;
}

bool wsp_stands_near(const struct wsp_reading *reading, size_t at, size_t before, size_t after,
                     const char *words)
{
    for (size_t next = at + 1; next <= at + after && next < reading->n_tokens; next++)
        if (wsp_context_is(reading, next, 0, words))
            return true;
    return wsp_stands_before(reading, at, before, words);
}

/* "hòa 1-1", not "điều hòa 26-27" or "Khánh Hòa 15-20". */
static bool is_draw(const struct wsp_reading *reading, size_t at, int offset)
{
    static const char others[] = "điều ôn hài cộng trung thuận dung chan bão";
    if (!wsp_context_is(reading, at, offset, "hòa hoà") ||
        wsp_context_is(reading, at, offset - 1, others))
        return false;
    size_t word = at - (size_t)-offset;
    struct wsp_str text = wsp_token_text(reading, word);
    return word == 0 || reading->capitals || wsp_char_is_lower(wsp_char_at(text.ptr, 0, text.len));
}

bool wsp_tells_of_score(const struct wsp_reading *reading, size_t at)
{
    enum { FAR = 12 };
    bool ends = at + 1 >= reading->n_tokens || reading->tokens[at].pause_ms > 0 ||
                wsp_context_is(reading, at, 1, "và trong ở sau trên trước để để");
    if (at > 0 && wsp_context_is(reading, at, 1, "clb") &&
        wsp_begins_upper(wsp_token_text(reading, at - 1))) /* "HAGL 0-3 CLB Nam Định" */
        return true;
    for (int back = -1; back >= -2; back--)
        if (wsp_context_is(reading, at, back, "thắng thua dẫn set hiệp") ||
            is_draw(reading, at, back))
            return !wsp_context_is(reading, at, -2, "chiến");
    if (ends && wsp_stands_before(reading, at, 2, "thúc cuộc") && /* "hiệp 1 kết thúc 0-2" */
        wsp_stands_before(reading, at, FAR, "hiệp trận"))
        return true;
    for (size_t back = 1; back <= FAR && back <= at; back++) {
        int offset = -(int)back;
        bool ratio = wsp_context_is(reading, at, offset, "số") &&
                     wsp_context_is(reading, at, offset - 1, "tỷ tỉ");
        bool result = wsp_context_is(reading, at, offset, "thắng thua") &&
                      !wsp_context_is(reading, at, offset - 1, "chiến phần quyết trận") &&
                      !wsp_context_is(reading, at, offset + 1, "lợi cảnh thầu");
        bool match =
            (wsp_context_is(reading, at, offset, "hữu") && /* "giao hữu: A - B 3:0" */
             wsp_context_is(reading, at, offset - 1, "giao")) ||
            (wsp_context_is(reading, at, offset, "set") && reading->tokens[at - back].pause_ms > 0);
        if (ratio || ((result || match) && ends))
            return true;
    }
    return false;
}

bool wsp_tells_of_tie(const struct wsp_reading *reading, size_t at)
{
    enum { FAR = 12 };
    return wsp_stands_before(reading, at, FAR, "set") && wsp_tells_of_score(reading, at);
}

bool wsp_counts_a_total(const struct wsp_reading *reading, size_t at)
{
    return wsp_blank_follows(reading, at) &&
           wsp_context_is(reading, at, 1,
                          "xã phường thị huyện quận tỉnh thành thôn xóm tổ hộ phiếu đại học em "
                          "người trẻ trường lớp đơn công điểm ca mẫu môn trận giờ tiêu chỉ khu ấp "
                          "bản cơ đội câu bài vụ cán đồng sinh thí ứng giáo bệnh phòng nhà cử bị "
                          "nạn chi đảng đoàn ủy uỷ tàu cửa bóng thuyền đập trạm đài cầu tuyến nhóm "
                          "bang khoản hồ");
}

/* ---- lexicons ---- */

static bool begins_with_digit(struct wsp_str token)
{
    return token.len > 0 && token.ptr[0] >= '0' && token.ptr[0] <= '9';
}

/* "0225.3842.577", "0912 345 678", "19001234", "(+84) 24" */
static bool begins_phone(struct wsp_str token, struct wsp_str next)
{
    bool service =
        token.len > 3 && (memcmp(token.ptr, "1900", 4) == 0 || memcmp(token.ptr, "1800", 4) == 0);
    bool led = token.len > 2 && (token.ptr[0] == '0' || token.ptr[0] == '+');
    return service || (led && (token.len > 4 || begins_with_digit(next)));
}

static bool begins_name(struct wsp_str token)
{
    if (!wsp_begins_upper(token))
        return false;
    return wsp_utf8_count(token) == 1 || wsp_capitals_in(token) == 0;
}

/* Is `next` a number, as "#", "###", "#/#" or "#A" has it? */
static bool is_number_of_kind(struct wsp_str next, const char *kind)
{
    if (strcmp(kind, "###") == 0)
        return wsp_digits_at(next, 0) > 2;
    bool slash = strcmp(kind, "#/#") == 0, letter = strcmp(kind, "#A") == 0;
    return begins_with_digit(next) && (!slash || memchr(next.ptr, '/', next.len)) &&
           (!letter || (next.len > 3 && next.ptr[2] >= 'A' && next.ptr[2] <= 'Z'));
}

/* One cue: "<word" one of the three words before, ">word" the next; "#" is a number, "###" a long
 * one, "#/#" one with a slash, "XX" a Roman one, "#A" one that begins like a vehicle's, "0" one
 * that begins like a telephone's, ":" a colon, "|" the end of a table's cell, which no other cue
 * looks over, "Aa" a name, "AA" capitals, "a" a small letter.
 */
static bool cue_holds(const struct wsp_reading *reading, size_t at, const char *cue)
{
    char word[64] = "";
    size_t len = strcspn(cue, " ");
    if (len < 2 || len >= sizeof word)
        return false;
    memcpy(word, cue + 1, len - 1);
    if (cue[0] == '<') {
        if (strcmp(word, "#") == 0)
            return at > 0 && begins_with_digit(wsp_token_text(reading, at - 1));
        return is_among(lower_at(reading, at - 1), word) ||
               is_among(lower_at(reading, at - 2), word) ||
               is_among(lower_at(reading, at - 3), word);
    }
    struct wsp_str next = wsp_token_text(reading, at + 1), gap = wsp_token_gap(reading, at);
    if (strcmp(word, "aa") == 0)
        return !reading->capitals;
    if (strcmp(word, ":") == 0)
        return gap.len > 0 && gap.ptr[0] == ':';
    bool cell = wsp_ends_cell(reading, at);
    if (strcmp(word, "|") == 0 || cell)
        return cell && strcmp(word, "|") == 0;
    if (strcmp(word, "XX") == 0)
        return next.len > 0 && strspn(next.ptr, "IVX-") >= next.len;
    if (word[0] == '#') /* "##" is one that is joined: wsp_lexicon_find_numbered() */
        return strcmp(word, "##") != 0 && is_number_of_kind(next, word);
    if (strcmp(word, "0") == 0)
        return begins_phone(next, wsp_token_text(reading, at + 2));
    if (strcmp(word, "Aa") == 0)
        return begins_name(next);
    if (strcmp(word, "AA") == 0) /* "P. TCCB", not "CHỢ ĐÊM P. AN HỘI" */
        return wsp_capitals_in(next) > 1 && !(reading->capitals && wsp_syllable_parse(next, NULL));
    if (strcmp(word, "a") == 0)
        return next.len > 0 && wsp_char_is_lower(wsp_char_at(next.ptr, 0, next.len));
    return is_among(lower_at(reading, at + 1), word);
}

static bool cues_hold(const struct wsp_reading *reading, size_t at, const char *cues)
{
    bool any = !*cues;
    while (*cues && !any) {
        any = cue_holds(reading, at, cues);
        cues += strcspn(cues, " ");
        cues += strspn(cues, " ");
    }
    return any;
}

const char *wsp_lexicon_choose(const struct wsp_reading *reading, size_t at,
                               const struct wsp_lexicon *lexicon, struct wsp_str word)
{
    size_t n;
    const struct wsp_lexicon_row *rows = wsp_lexicon_rows(lexicon, word, &n);
    for (size_t i = 0; i < n; i++)
        if (cues_hold(reading, at, rows[i].cues))
            return rows[i].spoken;
    return NULL;
}

/* A row that is written with a dot at its end, "Q.", where one stands behind the token. */
static const char *choose_dotted(const struct wsp_reading *reading, size_t at,
                                 const struct wsp_lexicon *lexicon, struct wsp_buf *written,
                                 size_t n)
{
    struct wsp_str gap = wsp_token_gap(reading, at + n - 1);
    if (gap.len == 0 || gap.ptr[0] != '.')
        return NULL;
    size_t len = written->len;
    wsp_buf_putc(written, '.');
    const char *found = wsp_lexicon_choose(reading, at, lexicon, wsp_buf_str(written));
    wsp_buf_cut(written, len);
    return found;
}

const char *wsp_without_repeat(const struct wsp_reading *reading, size_t at, const char *spoken)
{
    static const char again[] = "đường ";
    bool twice =
        strncmp(spoken, again, strlen(again)) == 0 && wsp_context_is(reading, at, -1, "đường");
    return spoken + (twice ? strlen(again) : 0);
}

size_t wsp_lexicon_match(const struct wsp_reading *reading, size_t at,
                         const struct wsp_lexicon *lexicon, const char **spoken)
{
    enum { TOKENS_MAX = 5, BYTES_MAX = 128, LOWER_MAX = 256 };
    struct wsp_buf written = WSP_BUF_INIT(BYTES_MAX), lower = WSP_BUF_INIT(LOWER_MAX);
    size_t taken = 0;
    for (size_t n = 1; lexicon->n > 0 && n <= TOKENS_MAX && at + n <= reading->n_tokens; n++) {
        if (n > 1)
            wsp_buf_putc(&written, ' ');
        wsp_buf_add_str(&written, wsp_token_text(reading, at + n - 1));
        wsp_buf_clear(&lower);
        if (written.status || wsp_utf8_add_lower(&lower, wsp_buf_str(&written)))
            break;
        const char *found = choose_dotted(reading, at, lexicon, &written, n);
        if (!found)
            found = wsp_lexicon_choose(reading, at, lexicon, wsp_buf_str(&written));
        if (!found)
            found = wsp_lexicon_choose(reading, at, lexicon, wsp_buf_str(&lower));
        if (found) {
            *spoken = found;
            taken = n;
        }
        if (!wsp_blank_follows(reading, at + n - 1) ||
            !(wsp_lexicon_begins(lexicon, wsp_buf_str(&written)) ||
              wsp_lexicon_begins(lexicon, wsp_buf_str(&lower))))
            break;
    }
    wsp_buf_release(&written);
    wsp_buf_release(&lower);
    return taken;
}

static bool add_letter_name(const struct wsp_reading *reading, struct wsp_buf *words,
                            uint32_t letter)
{
    const struct wsp_lexicon *names = reading->script->settings.letters == WSP_LETTERS_ENGLISH
                                          ? &wsp_lexicon_letters_en
                                          : &wsp_lexicon_letters;
    struct wsp_buf upper = WSP_BUF_INIT(16);
    (void)wsp_utf8_append(&upper, wsp_utf8_upper(letter));
    const char *name = wsp_lexicon_find(names, wsp_buf_str(&upper));
    if (name)
        wsp_vi_add(words, name);
    wsp_buf_release(&upper);
    return name != NULL;
}

bool wsp_add_letter_names(const struct wsp_reading *reading, struct wsp_buf *words,
                          struct wsp_str text, size_t at_most)
{
    size_t n = 0;
    for (size_t at = 0; at < text.len;) {
        struct wsp_char c = wsp_char_at(text.ptr, at, text.len);
        if (c.class == WSP_CHAR_DIGIT)
            wsp_vi_digits(words, (struct wsp_str){text.ptr + at, c.len});
        else if (c.class == WSP_CHAR_LETTER &&
                 (n++ == at_most || !add_letter_name(reading, words, c.code)))
            return false;
        at += c.len;
    }
    return true;
}

/* ---- saying ---- */

/* What the South says for a word of the North; `before` is the word said before it. */
static struct wsp_str southern(struct wsp_str word, struct wsp_str before)
{
    static const struct {
        const char *north, *south, *after; /* after: only there; NULL: everywhere */
    } words[] = {{"nghìn", "ngàn", NULL}, {"linh", "lẻ", "trăm"}, {"tư", "bốn", "mươi"}};
    for (size_t i = 0; i < WSP_LEN(words); i++)
        if (wsp_str_is(word, words[i].north) &&
            (!words[i].after || wsp_str_is(before, words[i].after)))
            return (struct wsp_str){words[i].south, strlen(words[i].south)};
    return word;
}

void wsp_say_span(const struct wsp_reading *reading, struct wsp_span source, struct wsp_str words,
                  struct wsp_utterance *out)
{
    struct wsp_str before = WSP_STR("");
    for (size_t at = 0; at < words.len;) {
        const char *blank = memchr(words.ptr + at, ' ', words.len - at);
        size_t len = blank ? (size_t)(blank - words.ptr) - at : words.len - at;
        struct wsp_str word = {words.ptr + at, len};
        bool south = reading->script->settings.region == WSP_REGION_SOUTH;
        (void)wsp_say(out, south ? southern(word, before) : word, source);
        before = word;
        at += len + 1;
    }
}

void wsp_say_words(const struct wsp_reading *reading, size_t first, size_t end,
                   struct wsp_str words, struct wsp_utterance *out)
{
    struct wsp_span source = {reading->tokens[first].begin, reading->tokens[end - 1].end};
    wsp_say_span(reading, source, words, out);
}
