/* Finds the lines that a page has and its message has not. Only whole lines go, only lines that
 * some rule names, and only near the beginning or the end: what could be said on purpose stays.
 * A new rule is one function and one row in the table at the end. */
#include "input/residue.h"

#include "base/utf8.h"
#include "input/block.h"

#include <string.h>

enum {
    EDGE_LINES = 120,    /* how far from the beginning or the end residue stands */
    HEAD_LINES = 40,     /* how long the part before the first paragraph may be */
    RESIDUE_BYTES = 200, /* longer lines are never residue (titles excepted) */
    TITLE_BYTES = 600,
    TITLE_WORDS = 4,    /* "Việt Nam ơi" may be said twice on purpose */
    TITLE_DISTANCE = 6, /* lines from a title to its repetition */
    PARAGRAPH_CHARS = 50,
};

struct page {
    struct wsp_clean *clean;
    size_t head; /* the lines before the first paragraph, which there must be; else 0 */
    struct wsp_buf key, other; /* scratch */
};

static struct wsp_str line_text(const struct page *page, size_t i)
{
    const struct wsp_line *line = &page->clean->lines[i];
    return (struct wsp_str){page->clean->text.ptr + line->begin, line->end - line->begin};
}

/* The line as it is compared: small letters, no blanks, colons or full stops around. */
static struct wsp_str fold(struct wsp_buf *key, struct wsp_str text)
{
    while (text.len > 0 && strchr(" :.|\t", text.ptr[text.len - 1]))
        text.len--;
    while (text.len > 0 && strchr(" |", text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    wsp_buf_clear(key);
    wsp_utf8_add_lower(key, text);
    return wsp_buf_str(key);
}

static bool is_one_of(struct wsp_str key, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (wsp_str_is(key, list[i]))
            return true;
    return false;
}

/* Ask `is_residue` about every short line near the edges, and mark with `name`. */
static void mark_lines(struct page *page, const char *name,
                       bool (*is_residue)(const struct page *page, size_t i, struct wsp_str key))
{
    struct wsp_clean *clean = page->clean;
    for (size_t i = 0; i < clean->n_lines; i++) {
        if (i == EDGE_LINES && clean->n_lines > (size_t)2 * EDGE_LINES)
            i = clean->n_lines - EDGE_LINES;
        struct wsp_str text = line_text(page, i);
        if (!clean->lines[i].rule && text.len <= RESIDUE_BYTES &&
            is_residue(page, i, fold(&page->key, text)))
            clean->lines[i].rule = name;
    }
}

/* ---- skip-link: what a screen reader is offered before a page ------------------------------ */

static const char *const skip_links[] = {
    "skip ribbon commands",
    "skip to main content",
    "skip to content",
    "skip to navigation",
    "skip navigation",
    "skip to footer",
    "skip to search",
    "jump to navigation",
    "jump to content",
    "turn on more accessible mode",
    "turn off more accessible mode",
    "turn on animations",
    "turn off animations",
    "bỏ qua đến nội dung chính",
    "bỏ qua để đến nội dung chính",
    "bỏ qua và tới nội dung chính",
    "bỏ qua điều hướng",
    "chuyển đến nội dung chính",
    "chuyển tới nội dung chính",
    "đi đến nội dung chính",
    "đến nội dung chính",
    "nhảy đến nội dung",
    "nhảy tới nội dung",
    "nhảy đến nội dung chính",
};

static bool is_skip_link(const struct page *page, size_t i, struct wsp_str key)
{
    (void)page;
    (void)i;
    return is_one_of(key, skip_links, WSP_LEN(skip_links));
}

static void mark_skip_links(struct page *page, const char *name)
{
    mark_lines(page, name, is_skip_link);
}

/* ---- repeated-title ----------------------------------------------------------------------- */

static size_t count_words(struct wsp_str text)
{
    size_t words = text.len > 0;
    for (size_t i = 0; i < text.len; i++)
        words += text.ptr[i] == ' ';
    return words;
}

/* What is said twice with a full stop or an exclamation mark is meant. */
static bool may_be_title(struct wsp_str text)
{
    return text.len <= TITLE_BYTES && count_words(text) >= TITLE_WORDS &&
           !strchr(".!?:;,", text.ptr[text.len - 1]);
}

/* "Trang chủ › Tin tức › Thông báo" */
static bool has_arrow(struct wsp_str text)
{
    static const char *const arrows[] = {">", "›", "»", "→"};
    for (size_t i = 0; i < WSP_LEN(arrows); i++)
        if (memmem(text.ptr, text.len, arrows[i], strlen(arrows[i])))
            return true;
    return false;
}

/* The title is the first line that could be one: the hours under each village of a list may stand
 * there twice as well, and are no title. `none` when there is none. */
static size_t find_title(const struct page *page, size_t none)
{
    for (size_t i = 0; i < page->head; i++) {
        struct wsp_str text = line_text(page, i);
        if (!page->clean->lines[i].rule && may_be_title(text) && !has_arrow(text))
            return wsp_line_look(text).kind == WSP_LOOK_ITEM ? none : i;
    }
    return none;
}

/* One copy of the title goes, the next one after it. */
static void mark_repeated_titles(struct page *page, const char *name)
{
    size_t title = find_title(page, page->head);
    if (title == page->head)
        return;
    struct wsp_str key = fold(&page->key, line_text(page, title));
    for (size_t i = title + 1; i < page->head && i <= title + TITLE_DISTANCE; i++)
        if (!page->clean->lines[i].rule &&
            wsp_str_equal(key, fold(&page->other, line_text(page, i)))) {
            page->clean->lines[i].rule = name;
            return;
        }
}

/* ---- breadcrumb: where in the site the page stands ----------------------------------------- */

static const char *const roots[] = {"trang chủ", "trang nhất", "home", "trang đầu"};

static const char *const sections[] = {
    "trang chủ",
    "trang nhất",
    "home",
    "tin tức",
    "sự kiện",
    "tin tức sự kiện",
    "tin tức và sự kiện",
    "tin tức & sự kiện",
    "tin hoạt động",
    "tin trong nước",
    "tin quốc tế",
    "tin nổi bật",
    "tin mới",
    "tin tổng hợp",
    "tin địa phương",
    "thông báo",
    "thông cáo báo chí",
    "giới thiệu",
    "hoạt động",
    "hoạt động của bộ",
    "hoạt động của ngành",
    "thời sự",
    "chính trị",
    "xã hội",
    "kinh tế",
    "chỉ đạo điều hành",
    "chi tiết tin",
    "tin chi tiết",
    "nội dung chi tiết",
    "văn bản",
    "news",
    "báo chí",
    "truyền thông",
    "chuyên mục",
    "hợp tác quốc tế",
};

static const struct {
    const char *sign;
    bool arrow; /* means nothing else than "further in" */
} separators[] = {
    {" › ", true},  {" » ", true},  {" > ", true}, {" >> ", true}, {" → ", true},
    {"›", true},    {"»", true},    {">", true},   {" / ", false}, {" - ", false},
    {" – ", false}, {" | ", false}, {"/", false},
};

struct trail {
    size_t parts, known; /* how many parts, and how many of them are names of sections */
    bool rooted;         /* the first is the front page */
    bool arrows;
};

static const char *find_separator(struct wsp_str key, size_t *len, bool *arrow)
{
    const char *found = NULL;
    for (size_t i = 0; i < WSP_LEN(separators); i++) {
        size_t n = strlen(separators[i].sign);
        const char *at = memmem(key.ptr, key.len, separators[i].sign, n);
        if (at && (!found || at < found)) {
            found = at;
            *len = n;
            *arrow = separators[i].arrow;
        }
    }
    return found;
}

static struct trail follow(struct wsp_str key)
{
    struct trail trail = {.arrows = true};
    for (bool more = true; more;) {
        size_t skip = 0;
        bool arrow = true;
        const char *at = find_separator(key, &skip, &arrow);
        struct wsp_str part = {key.ptr, at ? (size_t)(at - key.ptr) : key.len};
        size_t taken = part.len + skip; /* the blanks before the sign too: "Tin  > Xã" */
        while (part.len > 0 && part.ptr[part.len - 1] == ' ')
            part.len--;
        trail.rooted |= trail.parts == 0 && is_one_of(part, roots, WSP_LEN(roots));
        trail.known += is_one_of(part, sections, WSP_LEN(sections));
        trail.parts += part.len > 0;
        trail.arrows &= arrow;
        more = at != NULL;
        key = at ? (struct wsp_str){at + skip, key.len - taken} : key;
    }
    return trail;
}

/* Does line i stand between a title and its repetition? */
static bool is_between_titles(const struct page *page, size_t i)
{
    const struct wsp_line *lines = page->clean->lines;
    for (size_t j = i + 1; j < page->head && j <= i + TITLE_DISTANCE; j++)
        if (lines[j].rule && strcmp(lines[j].rule, "repeated-title") == 0)
            return i > 0;
    return false;
}

/* "Trang chủ › Tin tức › Thông báo" before the text; "Tin tức - Sự kiện" only where a title
 * stands twice, for it may be the name of a programme. */
static bool is_breadcrumb(const struct page *page, size_t i, struct wsp_str key)
{
    if (i >= page->head || key.len == 0)
        return false;
    struct trail trail = follow(key);
    if (trail.parts > 1 && trail.known > 0 && (trail.arrows || trail.rooted))
        return true;
    return trail.known > 0 && trail.known + 1 >= trail.parts && is_between_titles(page, i);
}

static void mark_breadcrumbs(struct page *page, const char *name)
{
    mark_lines(page, name, is_breadcrumb);
}

/* ---- page-tool: buttons and counters ------------------------------------------------------ */

static const char *const tools[] = {
    "in trang",
    "in trang này",
    "in bài viết",
    "in bài này",
    "in bài",
    "bản in",
    "bản để in",
    "gửi email",
    "gửi e-mail",
    "gửi qua email",
    "gửi cho bạn bè",
    "chia sẻ facebook",
    "chia sẻ lên facebook",
    "về đầu trang",
    "lên đầu trang",
    "quay lại trang trước",
    "cỡ chữ",
    "xem cỡ chữ",
    "a- a a+",
    "a a- a+",
    "a+ a a-",
    "a- a+",
    "cỡ chữ a- a a+",
    "cỡ chữ: a- a a+",
    "cỡ chữ: a a- a+",
    "đọc bài viết",
    "print this page",
    "back to top",
    "in trang gửi email",
};

/* These could be said on purpose; they go where other residue has been found. */
static const char *const weak_tools[] = {
    "chia sẻ", "quay lại", "trở lại", "in",       "email", "print",
    "share",   "facebook", "twitter", "zalo",     "a-",    "a+",
    "tweet",   "like",     "lưu",     "xem thêm", "thích", "bình luận",
};

/* "Lượt xem: 1.234", "1.234 lượt xem" */
static const char *const counters[] = {"lượt xem",    "số lượt xem",   "lượt đọc",
                                       "số lượt đọc", "lượt truy cập", "số lượt truy cập",
                                       "số lần đọc"};

static bool is_digit_or_sign(char byte)
{
    return (byte >= '0' && byte <= '9') || strchr(" \t.,:()", byte);
}

static bool is_counter(struct wsp_str key)
{
    struct wsp_str words = key;
    while (words.len > 0 && is_digit_or_sign(words.ptr[words.len - 1]))
        words.len--;
    while (words.len > 0 && is_digit_or_sign(words.ptr[0])) {
        words.ptr++;
        words.len--;
    }
    return words.len < key.len && is_one_of(words, counters, WSP_LEN(counters));
}

/* Bytes of the longest of `list` that `key` begins with, as a whole word; 0: none. */
static size_t begins_with(struct wsp_str key, const char *const *list, size_t n)
{
    size_t longest = 0;
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(list[i]);
        bool begins = key.len >= len && memcmp(key.ptr, list[i], len) == 0;
        bool ends = key.len == len || (begins && is_digit_or_sign(key.ptr[len]));
        longest = begins && ends && len > longest ? len : longest;
    }
    return longest;
}

/* "Lượt xem: 1.024 In bài viết Gửi email", "Chia sẻ 25 Thích 112": several of them in a line; such
 * as could be said on purpose only with their numbers. */
static bool is_row_of_tools(struct wsp_str key)
{
    size_t n = 0, sure = 0, digits = 0;
    while (key.len > 0) {
        size_t skip = 0, len;
        for (; skip < key.len && is_digit_or_sign(key.ptr[skip]); skip++)
            digits += key.ptr[skip] >= '0' && key.ptr[skip] <= '9';
        key = (struct wsp_str){key.ptr + skip, key.len - skip};
        if (key.len == 0)
            break;
        len = begins_with(key, tools, WSP_LEN(tools));
        size_t counter = begins_with(key, counters, WSP_LEN(counters));
        len = counter > len ? counter : len;
        sure += len > 0;
        if (len == 0)
            len = begins_with(key, weak_tools, WSP_LEN(weak_tools));
        if (len == 0)
            return false;
        n++;
        key = (struct wsp_str){key.ptr + len, key.len - len};
    }
    return n > 1 && (sure > 0 || (digits > 0 && n > 2));
}

static bool is_tool(const struct page *page, size_t i, struct wsp_str key)
{
    (void)page;
    (void)i;
    return is_one_of(key, tools, WSP_LEN(tools)) || is_counter(key) || is_row_of_tools(key);
}

static bool is_weak_tool(const struct page *page, size_t i, struct wsp_str key)
{
    (void)page;
    (void)i;
    return is_one_of(key, weak_tools, WSP_LEN(weak_tools));
}

static void mark_tools(struct page *page, const char *name)
{
    mark_lines(page, name, is_tool);
    for (size_t i = 0; i < page->clean->n_lines; i++)
        if (page->clean->lines[i].rule) {
            mark_lines(page, name, is_weak_tool);
            return;
        }
}

/* ---- the table ---------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*mark)(struct page *page, const char *name);
} rules[] = {
    {"skip-link", mark_skip_links},
    {"repeated-title", mark_repeated_titles},
    {"breadcrumb", mark_breadcrumbs}, /* looks at the titles before it */
    {"page-tool", mark_tools},        /* is bolder where the others found something */
};

/* A paragraph is what has some length and ends as sentences end. */
static bool is_paragraph(struct wsp_str text)
{
    static const char *const ends[] = {".", "!", "?", ":", ";", "…", ".\"", ".”", "!”", "?”"};
    if (wsp_utf8_count(text) < PARAGRAPH_CHARS)
        return false;
    for (size_t i = 0; i < WSP_LEN(ends); i++) {
        size_t n = strlen(ends[i]);
        if (memcmp(text.ptr + text.len - n, ends[i], n) == 0)
            return true;
    }
    return text.len > TITLE_BYTES;
}

static size_t find_head(const struct page *page)
{
    for (size_t i = 0; i < page->clean->n_lines && i < HEAD_LINES; i++)
        if (is_paragraph(line_text(page, i)))
            return i;
    return 0;
}

enum wsp_status wsp_residue_mark(struct wsp_clean *clean)
{
    struct page page = {.clean = clean,
                        .key = WSP_BUF_INIT((size_t)4 * TITLE_BYTES),
                        .other = WSP_BUF_INIT((size_t)4 * TITLE_BYTES)};
    page.head = find_head(&page);
    for (size_t i = 0; i < WSP_LEN(rules); i++)
        rules[i].mark(&page, rules[i].name);
    enum wsp_status st =
        page.key.status == WSP_NOMEM || page.other.status == WSP_NOMEM ? WSP_NOMEM : WSP_OK;
    wsp_buf_release(&page.key);
    wsp_buf_release(&page.other);
    return st;
}
