/* Foreign words by rule: names as an announcer would say them, and what is promised for any
 * letters.
 */
#include "testing.h"

#include "base/utf8.h"
#include "reading/foreign_rule.h"
#include "reading/syllable.h"

#include <stdlib.h>
#include <string.h>

static const struct name {
    const char *word, *spoken;
} names[] = {
    /* English */
    {"Harris", "ha rít"},
    {"Johnson", "giôn xơn"},
    {"Thompson", "tôm xơn"},
    {"Robertson", "rô bớt xơn"},
    {"Anderson", "an đơ xơn"},
    {"Wilson", "uynh xơn"},
    {"Washington", "oa sinh tơn"},
    {"Clinton", "cờ lin tơn"},
    {"Newton", "niu tơn"},
    {"Stanford", "xờ tan pho"},
    {"Oxford", "ốc pho"},
    {"Hamilton", "ha min tơn"},
    {"Jefferson", "gie phơ xơn"},
    {"Reagan", "ri gan"},
    {"Nixon", "ních xôn"},
    {"Lincoln", "lin côn"},
    {"Donald", "đô nan"},
    {"William", "uy li am"},
    {"Elizabeth", "ê li da bét"},
    {"Catherine", "ca thê rin"},
    {"Margaret", "mác ga rét"},
    {"George", "giót"},
    {"Andrew", "an đờ riu"},
    {"Edward", "ê đoát"},
    {"Thatcher", "tha chơ"},
    {"Cameron", "ca mê rôn"},
    {"Starmer", "xờ tác mơ"},
    {"Mark", "mác"},
    {"Mike", "mai"},
    {"Steve", "xờ típ"},
    {"Blake", "bờ lếch"},
    {"Kate", "kết"},
    {"James", "giêm"},
    {"Jones", "giôn"},
    {"Wright", "rai"},
    {"Knight", "nai"},
    {"Brown", "bờ rao"},
    {"Smith", "xờ mít"},
    {"Wolf", "uôn"},
    {"World", "uôn"},
    {"Bush", "bút"},
    {"Trump", "trăm"},
    {"Manchester", "man chét tơ"},
    {"Liverpool", "li vơ pun"},
    {"Newcastle", "niu cát tồ"},
    {"Chelsea", "chen xi"},
    {"Tottenham", "tô ten ham"},
    {"Hampshire", "ham sơ"},
    {"Cambridge", "cam bờ rít"},
    {"Netherlands", "nê thơ lan"},
    {"Hollywood", "hô li út"},
    {"Kennedy", "ke nê đi"},
    {"Sydney", "xít ni"},
    {"Austin", "ốt tin"},
    {"Boston", "bốt tơn"},
    {"Seattle", "xi tồ"},
    {"Texas", "tếch xát"},
    {"Nation", "na sần"},
    {"Picture", "pích chơ"},
    {"Spain", "xờ pên"},
    {"Stockholm", "xờ tốc hôm"},
    {"O'Neil", "ô nin"},
    {"McCain", "mác kên"},
    {"YouTube", "i u túp"},
    {"Netflix", "nét phờ lích"},
    /* French */
    {"Paris", "pa ri"},
    {"Macron", "ma cờ rôn"},
    {"Bordeaux", "bo đô"},
    {"Rousseau", "ru xô"},
    {"Dubois", "đu boa"},
    {"Antoine", "an toan"},
    {"François", "phờ ran xoa"},
    {"Versailles", "véc xai"},
    {"Marseille", "mác xây"},
    {"Calais", "ca lê"},
    {"Lyon", "li ông"},
    {"Toulouse", "tu lút"},
    {"Cannes", "can"},
    {"Grenoble", "gờ rê nô bồ"},
    {"Alexandre", "a lếch xan đơ"},
    {"France", "phờ ran"},
    {"Monique", "mô ních"},
    {"Prague", "pờ rác"},
    {"Louisville", "lu ít vin"},
    {"Xavier", "xa vi ê"},
    {"L'Oréal", "lô rê an"},
    {"Jean-Pierre", "gin pi ê"},
    {"Mbappé", "em ba pê"},
    /* Spanish, Portuguese, Italian */
    {"Guterres", "gu te rét"},
    {"Gonzalez", "gôn da lét"},
    {"Lopez", "lô pét"},
    {"Hernandez", "héc nan đét"},
    {"Rodriguez", "rô đờ ri ghét"},
    {"Marquez", "mác két"},
    {"Carlos", "các lốt"},
    {"Juan", "hoan"},
    {"Miguel", "mi ghen"},
    {"Guevara", "ghê va ra"},
    {"Guatemala", "goa tê ma la"},
    {"Mexico", "mếch xi cô"},
    {"Barcelona", "bác xê lô na"},
    {"Sevilla", "xê vi la"},
    {"España", "ét pa nha"},
    {"Brazil", "bờ ra xin"},
    {"São", "xao"},
    {"Paulo", "pao lô"},
    {"Mourinho", "mu ri nhô"},
    {"Bolsonaro", "bôn xô na rô"},
    {"Giovanni", "giô va ni"},
    {"Giorgio", "gio giô"},
    {"Bologna", "bô lô nha"},
    {"Berlusconi", "béc lút cô ni"},
    {"Meloni", "mê lô ni"},
    {"Cecilia", "xê xi li a"},
    /* German, Dutch, Nordic, Turkish */
    {"Merkel", "méc ken"},
    {"Berlin", "béc lin"},
    {"Müller", "muy lơ"},
    {"Köln", "cơn"},
    {"Hamburg", "ham bua"},
    {"Zuckerberg", "dắc cơ béc"},
    {"Spielberg", "xờ pin béc"},
    {"Frankfurt", "phờ răng phớt"},
    {"Wagner", "oác nơ"},
    {"Stuttgart", "xờ tút gát"},
    {"Einstein", "anh xờ tanh"},
    {"Switzerland", "xuýt xơ lan"},
    {"Twain", "toen"},
    {"Åland", "ô lan"},
    {"Øresund", "ơ rê xun"},
    {"Erdoğan", "éc đô gan"},
    /* Slavic and neighbours */
    {"Kremlin", "cờ rem lin"},
    {"Kiev", "ki ép"},
    {"Lavrov", "la vờ rốp"},
    {"Medvedev", "mét vê đép"},
    {"Zelensky", "dê len xờ ki"},
    {"Zelenskyy", "dê len xờ ki"},
    {"Tchaikovsky", "chai cốp xờ ki"},
    {"Vladimir", "vờ la đi mia"},
    {"Djokovic", "giô cô vích"},
    {"Škoda", "sờ cô đa"},
    {"Wałęsa", "oa len xa"},
    {"Lewandowski", "liu an đốp xờ ki"},
    /* pinyin */
    {"Xi", "xi"},
    {"Jinping", "gin pinh"},
    {"Zhang", "trang"},
    {"Qing", "chinh"},
    {"Jiang", "giang"},
    {"Xiao", "xi ao"},
    {"Xi'an", "xi an"},
    {"Shenzhen", "sân trân"},
    {"Guangzhou", "goang trâu"},
    {"Chongqing", "chông chinh"},
    {"Xinjiang", "xin giang"},
    {"Wang", "oang"},
    {"Deng", "đâng"},
    {"Taxi", "tác xi"},
    {"Queen", "quin"},
    /* romaji */
    {"Yokohama", "i ô cô ha ma"},
    {"Fukushima", "phu cu si ma"},
    {"Suzuki", "xu du ki"},
    {"Watanabe", "oa ta na bê"},
    {"Shigeru", "si ghê ru"},
    {"Hiroshima", "hi rô si ma"},
    {"Toyota", "tô i ô ta"},
    {"Kyushu", "ki u su"},
    /* Korean, Malay, Indian, Arabic, African */
    {"Park", "pác"},
    {"Seok", "xốc"},
    {"Jae-in", "giê in"},
    {"Jong-un", "giông un"},
    {"Incheon", "in chơn"},
    {"Pyongyang", "pi ông i ang"},
    {"Seoul", "xơ un"},
    {"Widodo", "uy đô đô"},
    {"Anwar", "an oa"},
    {"Mahathir", "ma ha thia"},
    {"Jakarta", "gia các ta"},
    {"Gandhi", "gan đi"},
    {"Bangladesh", "băng la đét"},
    {"Pakistan", "pa kít tan"},
    {"Khartoum", "khác tum"},
    {"Kuwait", "cu oét"},
    {"Ankara", "ăng ca ra"},
    {"Mbeki", "em bê ki"},
    {"Nkrumah", "en cờ ru ma"},
    {"Congo", "công gô"},
    {"Angola", "ăng gô la"},
    {"Indonesia", "in đô nê xi a"},
    {"Nguyen", "nguyên"},
    /* no vowel, capitals */
    {"Brrr", "bờ rờ"},
    {"Shh", "sờ"},
    {"Ng", "ngờ"},
    {"PARIS", "pa ri"},
};

static struct wsp_str str(const char *text)
{
    return (struct wsp_str){text, strlen(text)};
}

static void test_names(void **state)
{
    (void)state;
    size_t wrong = 0;
    assert_true(WSP_LEN(names) >= 120);
    for (size_t i = 0; i < WSP_LEN(names); i++) {
        struct wsp_buf out = WSP_BUF_INIT(256);
        assert_true(wsp_foreign_respell(&out, str(names[i].word)));
        if (strcmp(out.ptr, names[i].spoken) != 0) {
            print_message("  %s is %s, not %s\n", names[i].word, out.ptr, names[i].spoken);
            wrong++;
        }
        wsp_buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

static bool all_syllables(struct wsp_str text)
{
    for (size_t at = 0; at <= text.len;) {
        const char *blank = memchr(text.ptr + at, ' ', text.len - at);
        size_t end = blank ? (size_t)(blank - text.ptr) : text.len;
        if (!wsp_syllable_parse((struct wsp_str){text.ptr + at, end - at}, NULL))
            return false;
        at = end + 1;
    }
    return true;
}

/* Six bytes for a letter and a constant, as the header promises. */
static size_t most(struct wsp_str word)
{
    return 6 * wsp_utf8_count(word) + 8;
}

/* Said if there is a letter in it, all of it Vietnamese, and not without end. */
static void check(struct wsp_str word, bool has_letter)
{
    struct wsp_buf out = WSP_BUF_INIT(16 * word.len + 64);
    bool said = wsp_foreign_respell(&out, word);
    if (said != has_letter || (said && !all_syllables(wsp_buf_str(&out))) || out.len > most(word))
        fail_msg("'%.*s' is '%s'", (int)(word.len < 400 ? word.len : 400), word.ptr, out.ptr);
    wsp_buf_release(&out);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void test_any_letters(void **state)
{
    (void)state;
    static const char *const letters[] = {
        "a", "e", "i", "o", "u", "y", "a", "e", "i", "o", "u", "b", "c", "d", "f",
        "g", "h", "j", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "w", "x",
        "z", "é", "è", "ü", "ñ", "ç", "ø", "å", "ł", "š", "ß", "ž", "ơ", "ư", "ế",
        "ą", "æ", "þ", "Ə", "Ǆ", "E", "S", "Đ", "Ö", "K", "-", "'", "’", "-",
    };
    enum { MARKS = 4 }; /* the last ones */
    uint32_t seed = 17;
    for (int i = 0; i < 200000; i++) {
        char word[40 * 3 + 1] = "", *end = word;
        bool has_letter = false;
        for (size_t n = 1 + next_random(&seed) % 40; n > 0; n--) {
            size_t letter = next_random(&seed) % WSP_LEN(letters);
            end = stpcpy(end, letters[letter]);
            has_letter = has_letter || letter < WSP_LEN(letters) - MARKS;
        }
        check(str(word), has_letter);
    }
}

/* Every letter alone, and between others: no table has a hole. */
static void test_each_letter(void **state)
{
    (void)state;
    for (uint32_t code = 'A'; code < 0x1F00; code = code == 0x24F ? 0x1E00 : code + 1) {
        struct wsp_buf alone = WSP_BUF_INIT(16), between = WSP_BUF_INIT(16);
        wsp_utf8_append(&alone, code);
        wsp_buf_puts(&between, "at");
        wsp_utf8_append(&between, code);
        wsp_buf_puts(&between, "ren");
        struct wsp_buf out = WSP_BUF_INIT(64);
        bool said = wsp_foreign_respell(&out, wsp_buf_str(&alone));
        assert_true(said || code >= 0x80 || !wsp_utf8_is_letter(code));
        assert_true(!said || all_syllables(wsp_buf_str(&out)));
        check(wsp_buf_str(&between), true);
        wsp_buf_release(&out);
        wsp_buf_release(&alone);
        wsp_buf_release(&between);
    }
}

/* All initials and finals of pinyin, legal together or not. */
static void test_pinyin(void **state)
{
    (void)state;
    static const char *const initials[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l",
                                           "g",  "k",  "h",  "j", "q", "x", "r", "z", "c", "s", ""};
    static const char *const finals[] = {
        "a",   "ai",   "an",   "ang",  "ao",   "e",    "ei",  "en",  "eng",  "er",   "o",  "ong",
        "ou",  "i",    "ia",   "ian",  "iang", "iao",  "ie",  "in",  "ing",  "iong", "iu", "u",
        "ua",  "uai",  "uan",  "uang", "ue",   "ui",   "un",  "uo",  "ü",    "üe",   "wa", "wai",
        "wan", "wang", "wei",  "wen",  "wo",   "wu",   "ya",  "yan", "yang", "yao",  "ye", "yi",
        "yin", "ying", "yong", "you",  "yu",   "yuan", "yue", "yun",
    };
    for (size_t i = 0; i < WSP_LEN(initials); i++)
        for (size_t f = 0; f < WSP_LEN(finals); f++) {
            char word[32];
            stpcpy(stpcpy(stpcpy(word, initials[i]), finals[f]), "zhang");
            check(str(word), true);
        }
}

/* 100 kB of one word: as long as promised. */
static void test_long_words(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "b",   "e",    "x",   "ng",   "iu",  "ck",    "Ab",
                                         "ñ", "str", "ture", "shi", "xing", "a'b", "yokoh", "uye"};
    enum { LENGTH = 100000 };
    char *word = malloc(LENGTH + 1);
    assert_non_null(word);
    for (size_t i = 0; i < WSP_LEN(pieces); i++) {
        char *end = word;
        while (end + strlen(pieces[i]) <= word + LENGTH)
            end = stpcpy(end, pieces[i]);
        check(str(word), true);
    }
    free(word);
}

/* `out` is as it was, whatever its limit: half a word is worse than none. */
static void test_what_does_not_fit(void **state)
{
    (void)state;
    static const char spoken[] = "ma xa chu xét";
    for (size_t limit = 1; limit < 30; limit++) {
        struct wsp_buf out = WSP_BUF_INIT(limit);
        assert_int_equal(wsp_buf_puts(&out, "x"), WSP_OK);
        bool said = wsp_foreign_respell(&out, WSP_STR("Massachusetts"));
        assert_int_equal(said, limit >= 1 + strlen(spoken));
        assert_string_equal(out.ptr + 1, said ? spoken : "");
        assert_int_equal(out.len, 1 + strlen(out.ptr + 1));
        assert_int_equal(out.status, WSP_OK);
        wsp_buf_release(&out);
    }
}

static void test_no_letters(void **state)
{
    (void)state;
    static const char *const words[] = {"", "-", "'", "-'-", "7", "日本", "Ω", "\xCC\x81", "÷"};
    for (size_t i = 0; i < WSP_LEN(words); i++) {
        struct wsp_buf out = WSP_BUF_INIT(64);
        assert_false(wsp_foreign_respell(&out, str(words[i])));
        assert_int_equal(out.len, 0);
        assert_int_equal(out.status, WSP_OK);
        wsp_buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),       cmocka_unit_test(test_any_letters),
        cmocka_unit_test(test_each_letter), cmocka_unit_test(test_pinyin),
        cmocka_unit_test(test_long_words),  cmocka_unit_test(test_what_does_not_fit),
        cmocka_unit_test(test_no_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
