/* A break stands before the word that begins a clause ("... | nhằm ...", "... | để ..."), else
 * before a thing more ("... | cùng ..."), what is said of a long subject ("... | đã ...") or where
 * ("... | tại ..."). Which word that is, this guesses from the word alone and its neighbours; where
 * nothing fits, there is no break: an odd one is worse than none. */
#include "reading/phrase.h"

#include "base/utf8.h"
#include "reading/chars.h"
#include "reading/reader.h"
#include "reading/readers.h"

#include <string.h>

enum { BREATH_WORDS = 25, PIECE_MIN = 6 };

enum { PLACE = 1, HEAD, MORE, JOINT, CLAUSE };

/* Words that a break may stand before, the better the higher their weight. */
static const struct marker {
    const char *word;
    int weight;
    const char *not_after; /* after these it is part of another word: "tự do", "trở nên" */
    const char *with;      /* these go with it, the break is before them: "trong khi" */
    const char *then;      /* it needs one of these after it: "trong đó" */
    const char *not_then;  /* before these it is part of another word: "cùng nhau" */
} markers[] = {
    /* clauses */
    {"nhưng", CLAUSE, "", "", "", ""},
    {"nhằm", CLAUSE, "", "", "", ""},
    {"để", CLAUSE, "không đừng chớ", "cũng", "", "dành ý lại"},
    {"nếu", CLAUSE, "", "", "", ""},
    {"bởi", CLAUSE, "", "", "", ""},
    {"vì", CLAUSE, "", "bởi", "", "sao"},
    {"khi", CLAUSE, "có đôi", "trong sau trước mỗi một ngay từ đến kể cho", "", ""},
    {"nên", CLAUSE, "trở làm tạo dựng gây", "cho", "", "người"},
    {"rằng", CLAUSE, "", "", "", ""},
    {"tuy", CLAUSE, "", "", "", ""},
    /* what is like a clause */
    {"trong", JOINT, "bên", "", "đó", ""},
    {"cũng", JOINT, "", "", "như", ""},
    {"đồng", JOINT, "", "", "thời", ""},
    {"do", JOINT, "tự lý lí mặc dù", "", "", ""},
    {"nhờ", JOINT, "giúp cậy", "", "", ""},
    {"mà", JOINT, "", "nhưng thế", "", "thôi"},
    /* one thing more */
    {"và", MORE, "", "", "", ""},
    {"hoặc", MORE, "", "", "", ""},
    {"cùng", MORE, "vô cuối sau tận", "", "", "nhau ngày lúc một kỳ kì loại thời năm tháng tuổi"},
    /* what is said of a long subject */
    {"nằm", HEAD, "", "", "", ""},
    {"tới", HEAD, "", "", "dự thăm", ""},
    {"đến", HEAD, "", "", "dự thăm", ""},
    {"xin", HEAD, "", "", "mời gửi liên thông trân", ""},
    {"chủ", HEAD, "cực", "", "động", ""},
    {"phát", HEAD, "", "", "động", ""},
    {"kêu", HEAD, "cầu nghị", "", "gọi", ""},
    {"bắt", HEAD, "", "", "đầu", ""},
    {"giúp", HEAD, "trợ người", "", "", ""},
    {"tham", HEAD, "cực", "", "dự gia", ""},
    {"tiến", HEAD, "", "", "hành", ""},
    {"thực", HEAD, "chức khai", "", "hiện", ""},
    {"góp", HEAD, "đóng", "", "phần", ""},
    {"phục", HEAD, "", "", "vụ", ""},
    {"bảo", HEAD, "đảm", "", "đảm", ""},
    {"đảm", HEAD, "bảo", "", "bảo", ""},
    {"gồm", HEAD, "", "bao", "", ""},
    {"có", HEAD, "", "", "thể", ""},
    {"không", HEAD, "hay có chứ hàng", "", "phải được để cho còn", ""},
    {"đã", HEAD, "", "", "", ""},
    {"sẽ", HEAD, "", "", "", ""},
    {"đang", HEAD, "", "", "", "tâm"},
    {"bị", HEAD, "thiết trang chuẩn dự", "", "", ""},
    {"cần", HEAD, "chuyên", "", "", "thiết cù câu thơ thẩu"},
    {"phải", HEAD, "bên lẽ mắc gặp vấp trúng bắt buộc", "", "", "trái"},
    {"được", HEAD, "góp làm nhận đạt giữ thu mua tìm bắt thấy nghe biết gặp hiểu nhớ", "", "",
     "hơn gần trên"},
    {"với", HEAD, "hợp gặp nói tiếp giáp", "đối so", "", ""},
    /* where and for whom */
    {"tại", PLACE, "hiện tồn", "", "", "chỗ sao"},
    {"trên", PLACE, "bên phía", "", "", ""},
    {"trong", PLACE, "bên phía", "",
     "vòng suốt thời dịp đợt các những ngày tháng năm một hai ba bốn năm "
     "sáu bảy tám chín mười",
     ""},
    {"đặc", PLACE, "xã thôn vùng bản ấp khu diện", "", "biệt", ""},
    {"kể", PLACE, "", "", "từ cả", ""},
    {"theo", PLACE, "", "", "hướng quy kế đúng chỉ yêu lời đề", ""},
    {"thuộc", PLACE, "quen thân trực phụ lệ tùy học", "", "", ""},
    {"như", PLACE, "cũng hầu dường coi xem giống ví hình gần", "", "", "thế vậy nhau"},
    {"ở", PLACE, "nhà chỗ nơi", "", "", ""},
    {"từ", PLACE, "chứng danh", "", "", "thiện chối điển ngữ vựng"},
    {"cho", PLACE, "làm khiến dành giao gửi báo trao cấp phát", "", "",
     "biết rằng nên hay phép đến"},
};

/* Nothing breaks off after a word that asks for more. */
static const char binds[] =
    "của cho với từ ở tại bằng do vì bởi để và hoặc hay là mà nhưng nếu nên "
    "rằng nhằm các những mọi mỗi từng cả như";

/* What is said of a subject, and a place, stay with these too. */
static const char binds_heads[] =
    "trên dưới trong ngoài giữa về theo đến tới vào qua khi sau trước "
    "không chưa chẳng đừng đã sẽ đang vừa mới sắp cũng vẫn đều còn "
    "bị được cần phải có thể ai một hai ba bốn năm sáu bảy tám chín "
    "mười rất quá hơn hãy càng chỉ việc sự cuộc nhiều mấy thì";

/* "bằng kẻng hoặc loa": a thing after one of these is short. */
static const char prepositions[] =
    "bằng qua theo tại ở cho với của từ đến tới về vào trong trên dưới giữa";

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

/* "Ngày Viễn thông và Xã hội thông tin": a capital after it, and one not far before. */
static bool is_inside_name(const struct wsp_utterance *u, size_t word)
{
    enum { NEAR = 4 };
    if (!wsp_begins_upper(text_of(u, word + 1)))
        return false;
    for (size_t back = 1; back <= NEAR && back <= word; back++)
        if (wsp_begins_upper(text_of(u, word - back)))
            return true;
    return false;
}

static const struct marker *marker_at(const struct wsp_utterance *u, size_t word)
{
    struct wsp_str text = text_of(u, word), next = text_of(u, word + 1);
    for (size_t i = 0; i < WSP_LEN(markers); i++)
        if (wsp_str_is(text, markers[i].word) &&
            (!*markers[i].then || wsp_str_is_one_of(next, markers[i].then)) &&
            !wsp_str_is_one_of(next, markers[i].not_then))
            return &markers[i];
    return NULL;
}

static bool is_number(const struct wsp_utterance *u, size_t word)
{
    static const char numbers[] =
        "không một hai ba bốn năm sáu bảy tám chín mười mươi mốt tư lăm trăm nghìn triệu tỷ";
    return word < u->n_words &&
           (!is_plain(u, word) || wsp_str_is_one_of(text_of(u, word), numbers));
}

/* "bằng kẻng hoặc loa", "cho trẻ nhỏ và người già": does `word` join two short things? */
static bool joins_short(const struct wsp_utterance *u, size_t word, size_t end)
{
    enum { BEFORE = 4, AFTER = 2 };
    if (is_number(u, word - 1) && is_number(u, word + 1))
        return true; /* "năm mươi hoặc sáu mươi" */
    for (size_t back = 2; back <= BEFORE && back <= word; back++)
        if (wsp_str_is_one_of(text_of(u, word - back), prepositions))
            return true;
    for (size_t next = word + 2; next <= word + AFTER + 1; next++)
        if (next >= end || marker_at(u, next) || wsp_str_is_one_of(text_of(u, next), prepositions))
            return true;
    return false;
}

/* How good a break before `word` is, 0: none; *before is moved back over words that go with it. */
static int weight_of(const struct wsp_utterance *u, size_t word, size_t end, size_t *before)
{
    const struct marker *marker = marker_at(u, word);
    *before = word;
    if (!marker || word == 0 || is_inside_name(u, word) ||
        wsp_str_is_one_of(text_of(u, word - 1), marker->not_after))
        return 0;
    while (*before > 1 && wsp_str_is_one_of(text_of(u, *before - 1), marker->with))
        --*before;
    struct wsp_str last = text_of(u, *before - 1);
    if (wsp_str_is_one_of(last, binds) ||
        (marker->weight <= HEAD && wsp_str_is_one_of(last, binds_heads)))
        return 0;
    if (wsp_str_is(text_of(u, word), "hoặc") && joins_short(u, word, end))
        return 0;
    if (wsp_str_is(text_of(u, word), "và") && joins_short(u, word, end))
        return PLACE;
    return marker->weight;
}

/* The best place in begin..end, a word before which to break; 0: none. What counts is the marker,
 * and how near it is to the middle. */
static size_t best_break(const struct wsp_utterance *u, size_t begin, size_t end)
{
    enum { WEIGHT_WORDS = 6 }; /* a marker is worth so many words for each of its weight */
    size_t best = 0, middle = begin + (end - begin) / 2;
    int best_score = 0;
    for (size_t i = begin + PIECE_MIN; i + PIECE_MIN <= end; i++) {
        size_t before;
        int weight = is_plain(u, i) ? weight_of(u, i, end, &before) : 0;
        if (weight == 0 || before <= begin)
            continue;
        size_t distance = before > middle ? before - middle : middle - before;
        int score = WEIGHT_WORDS * weight - (int)distance;
        if (best > 0 && score <= best_score)
            continue;
        best = before;
        best_score = score;
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
