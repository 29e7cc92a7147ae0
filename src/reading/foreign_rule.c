/* From foreign spelling to Vietnamese syllables, in four steps:
 *
 *   "Guterres"   fold       letters a to z; a mark becomes what it sounds like ("Müller": mUller)
 *    guterres    parts      at hyphens and inner capitals ("YouTube": you, tube), each for itself
 *    guterres    endings    written again in letters that sound so ("-tion", "-eaux", a silent e)
 *    g u t e rr  walk       consonants and vowels by table; how many consonants come before the
 *    gu te rét              next vowel decides where a syllable ends; the syllable model checks it
 *
 * A part that is pinyin all through has its own tables; one that is romaji keeps its e. Which other
 * language a word is from is not decided for the word but in each row, by what stands around the
 * letters: "-ez" is Spanish, "-ski" Slavic, and most names mix anyway. Vietnamese has no clusters:
 * what can neither end nor begin a syllable gets a light "ờ" ("Brown" bờ rao) or is dropped. */
#include "reading/foreign_rule.h"

#include "base/utf8.h"
#include "reading/syllable.h"

#include <string.h>

enum { SYLLABLE_BYTES = 48 };

struct pair {
    const char *from, *to;
};

static const char *look_up(const struct pair *pairs, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(pairs[i].from, text) == 0)
            return pairs[i].to;
    return NULL;
}

/* ---- fold ---- */

/* Capitals are vowels of one sound, whatever stands around them: E é ("Pelé"), A long a ("Blake"),
 * I long i ("Mike"), O ơ ("Köln"), U uy ("Müller"), W oa ("Dubois"), Q and H the weak ends of
 * "Seattle" and "nation". */
static const char vowel_letters[] = "aeiouyAEIOUQHW";

static const struct {
    uint16_t code;
    char letters[3];
} marked[] = {
    {0xDF, "ss"},  {0xE4, "e"},   {0xE5, "o"},  {0xE6, "e"},   {0xE7, "s"},   {0xE8, "E"},
    {0xE9, "E"},   {0xEA, "E"},   {0xEB, "E"},  {0xF0, "d"},   {0xF1, "nh"},  {0xF6, "O"},
    {0xF8, "O"},   {0xFC, "U"},   {0xFE, "th"}, {0x105, "on"}, {0x107, "ch"}, {0x10D, "ch"},
    {0x113, "E"},  {0x119, "en"}, {0x11B, "E"}, {0x133, "ay"}, {0x144, "nh"}, {0x148, "nh"},
    {0x14B, "ng"}, {0x151, "O"},  {0x153, "O"}, {0x15B, "sh"}, {0x15F, "sh"}, {0x161, "sh"},
    {0x163, "ts"}, {0x171, "U"},  {0x1A1, "O"}, {0x1C6, "j"},  {0x1DA, "U"},  {0x1DC, "U"},
    {0x219, "sh"}, {0x21B, "ts"}, {0x259, "e"},
};

/* All others by their place; '?' is no letter, or none that we can say. */
static const struct {
    uint16_t first;
    const char *letters;
} blocks[] = {
    {0xE0, "aaaaaa?ceeeeiiii?nooooo?ouuuuy?y"},
    {0x100, "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkk?lllllll"
            "lllnnnnnnn??oooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"},
    {0x180, "bbbb??occdddd?e?effg???ikkl?mnnooo??pp?????ttttuu?vyyzz?????????"
            "?????d??l??n?aaiioouuuuuuuuuueaaaa??ggggkkoooo??j?d?gg??nnaa??oo"
            "aaaaeeeeiiiioooorrrruuuusstt??hhnd??zzaaeeooooooooyylntj??acclts"
            "z??b?veejjqqrryy"},
    {0x1E00, "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
             "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
             "wwwwwwwwwwxxxxyyzzzzzzhtwyassss?aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
             "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy????yy"},
};

/* What the code point sounds like, in `letters`; "": it is no Latin letter. */
static void fold_letter(uint32_t code, char letters[3])
{
    code = wsp_utf8_lower(code);
    letters[0] = code >= 'a' && code <= 'z' ? (char)code : '\0';
    letters[1] = '\0';
    for (size_t i = 0; i < WSP_LEN(blocks); i++)
        if (code >= blocks[i].first && code - blocks[i].first < strlen(blocks[i].letters))
            letters[0] = blocks[i].letters[code - blocks[i].first];
    for (size_t i = 0; i < WSP_LEN(marked); i++)
        if (marked[i].code == code)
            memcpy(letters, marked[i].letters, sizeof marked[i].letters);
    if (letters[0] == '?')
        letters[0] = '\0';
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

static bool is_consonant(char c)
{
    return c && !strchr(vowel_letters, c);
}

/* The word in letters; a NUL between its parts. An apostrophe parts after a vowel ("Xi'an",
 * "O'Neil"); after a consonant it is passed over ("D'Artagnan"). */
static void fold(struct wsp_buf *parts, struct wsp_str word)
{
    bool was_lower = false;
    for (size_t at = 0; at < word.len;) {
        uint32_t code = 0;
        size_t len = wsp_utf8_decode(word.ptr + at, word.len - at, &code);
        at += len ? len : 1;
        char letters[3] = "", last = parts->len ? parts->ptr[parts->len - 1] : '\0';
        fold_letter(code, letters);
        bool parts_here = letters[0]                       ? was_lower && wsp_utf8_is_upper(code)
                          : code == '\'' || code == 0x2019 ? !is_consonant(last)
                                                           : !wsp_utf8_is_mark(code);
        if (parts_here && last)
            wsp_buf_putc(parts, '\0');
        wsp_buf_puts(parts, letters);
        was_lower = letters[0] && wsp_utf8_is_lower(code);
    }
}

/* ---- endings ---- */

/* The longest one that fits; what is spoken is never longer than what is written. English first,
 * then German, French, Spanish, Slavic, Korean. */
#define E(from, to)                \
    {                              \
        from, sizeof(from) - 1, to \
    }
static const struct {
    const char *from;
    size_t len;
    const char *to;
} endings[] = {
    E("tion", "shHn"),    E("sion", "shHn"), E("cian", "shHn"),   E("ture", "chO"),
    E("cture", "kchO"),   E("shire", "shO"), E("owski", "opski"), E("bury", "bOri"),
    E("borough", "bOrO"), E("burgh", "bO"),  E("mouth", "mut"),   E("son", "sOn"),
    E("ton", "tOn"),      E("don", "dOn"),   E("ford", "for"),    E("ward", "wad"),
    E("wood", "wud"),     E("worth", "wOt"), E("field", "fin"),   E("ers", "O"),
    E("ows", "ow"),       E("ney", "ni"),    E("ley", "li"),      E("sey", "si"),
    E("vey", "vi"),       E("sea", "si"),    E("ake", "Ak"),      E("ame", "Am"),
    E("ames", "Am"),      E("ate", "At"),    E("ace", "As"),      E("ale", "Al"),
    E("ones", "on"),      E("ines", "in"),   E("nnes", "n"),      E("arl", "ark"),
    E("arles", "ark"),    E("ism", "im"),    E("burg", "bur"),    E("bourg", "bur"),
    E("berg", "bek"),     E("heim", "hIm"),  E("ville", "vil"),   E("eaux", "o"),
    E("ault", "o"),       E("ois", "W"),     E("oix", "W"),       E("oit", "W"),
    E("oir", "W"),        E("oire", "W"),    E("oine", "Wn"),     E("aris", "ari"),
    E("ais", "e"),        E("aix", "e"),     E("aire", "e"),      E("air", "e"),
    E("ques", "k"),       E("que", "k"),     E("gue", "g"),       E("gues", "g"),
    E("ailles", "I"),     E("eille", "ey"),  E("oux", "u"),       E("ier", "iE"),
    E("iers", "iE"),      E("quez", "kes"),  E("sky", "ski"),     E("skiy", "ski"),
    E("cheon", "chOn"),   E("jeon", "jOn"),  E("yeon", "yOn"),    E("seon", "sOn"),
};
#undef E

static char turn(char c, const char *from, const char *to)
{
    const char *at = strchr(from, c);
    return at ? to[at - from] : c;
}

/* An e after the last consonant is silent, makes c and g soft and a short word's vowel long:
 * "France", "Blake", "Steve". After a consonant and l or r it is weak: "Grenoble", "Alexandre". */
static void silence_e(char *part, size_t n)
{
    size_t first = strcspn(part, vowel_letters);
    if (n < 3 || part[n - 1] != 'e' || !is_consonant(part[n - 2]) || first > n - 3)
        return;
    part[n - 1] = '\0';
    char before = part[n - 3], *last = part + n - 2;
    bool weak = is_consonant(before) && !is_one_of(before, "lr");
    *last = weak ? turn(*last, "lrcg", "QOsj") : turn(*last, "cg", "sj");
    if (first == n - 3)
        part[first] = turn(before, "aeiy", "AiII");
}

static void respell_ending(char *part)
{
    size_t n = strlen(part), longest = 0;
    const char *spoken = NULL;
    for (size_t i = 0; i < WSP_LEN(endings); i++) {
        size_t len = endings[i].len;
        if (len <= longest || len > n || part[n - 1] != endings[i].from[len - 1] ||
            memcmp(part + n - len, endings[i].from, len) != 0)
            continue;
        if (len == n && !strpbrk(endings[i].to, vowel_letters))
            continue;
        longest = len;
        spoken = endings[i].to;
    }
    if (spoken)
        stpcpy(part + n - longest, spoken);
    else
        silence_e(part, n);
}

/* ---- consonants and vowels: the first row that fits ---- */

static bool fits(char sign, const char *at)
{
    switch (sign) {
    case '#': /* a consonant */
        return is_consonant(*at);
    case '=': /* the same consonant twice */
        return is_consonant(*at) && at[1] == *at;
    case '@': /* a vowel */
        return is_one_of(*at, vowel_letters);
    case '%': /* a vowel that makes c and g soft */
        return is_one_of(*at, "eiyEI");
    case '$': /* the end of the part */
        return *at == '\0';
    default:
        return *at == sign;
    }
}

enum { PATTERN = 8 }; /* bytes; beside each other, they are looked through at once */

/* Has it the first letter, which every pattern begins with? */
static inline bool may_match(const char *pattern, char letter)
{
    return pattern[pattern[0] == '^'] == letter;
}

/* How many letters `pattern` takes at `at`; 0: it does not fit. ^ is the begin of the part; what
 * comes after / must follow but is not taken. */
static size_t match(const char *pattern, const char *at, bool first)
{
    size_t taken = 0, *count = &taken, ahead = 0;
    if (*pattern == '^' && !first)
        return 0;
    for (pattern += *pattern == '^'; *pattern; pattern++) {
        if (*pattern == '/') {
            count = &ahead;
            continue;
        }
        if (!fits(*pattern, at))
            return 0;
        at += *at != '\0';
        ++*count;
    }
    return taken;
}

static const struct consonant {
    char written[PATTERN];
    const char *onset; /* before a vowel; put_onset() spells k and g; a w at its end is a glide */
    const char *coda;  /* after a vowel; "": nothing; "+": between vowels it is both: "Texas" */
} consonants[] = {
    {"bh", "b", "p"},    {"b", "b", "p"},      {"ch/r", "k", "c"},  {"ch/l", "k", "c"},
    {"ch", "ch", "ch"},  {"ck", "k", "+c"},    {"cz", "ch", "c"},   {"c/%", "x", "t"},
    {"c", "k", "c"},     {"dj", "gi", "t"},    {"dz", "d", "t"},    {"dg/%", "gi", "t"},
    {"dw/@", "đw", "t"}, {"dh", "đ", "t"},     {"d", "đ", "t"},     {"f", "ph", "p"},
    {"gh", "g", ""},     {"g/ner", "g", "c"},  {"gn", "nh", "nh"},  {"gu/%", "g", "c"},
    {"gu/a", "gw", "c"}, {"gi/a", "gi", "t"},  {"gi/o", "gi", "t"}, {"gi/u", "gi", "t"},
    {"g/%", "gi", "t"},  {"g", "g", "c"},      {"hs/@", "x", "t"},  {"h", "h", ""},
    {"ju/a", "hw", ""},  {"j", "gi", "t"},     {"kh", "kh", "c"},   {"^kn", "n", "n"},
    {"kw/@", "kw", "c"}, {"k", "k", "c"},      {"lm/$", "m", "m"},  {"lk/$", "k", "c"},
    {"l", "l", "n"},     {"m", "m", "m"},      {"^ng", "ng", "ng"}, {"ng/y@", "", "+ng"},
    {"n/g%", "n", "n"},  {"n/gr", "n", "ng"},  {"n/k", "n", "ng"},  {"ng/@", "g", "+ng"},
    {"ng", "ng", "ng"},  {"n/ham$", "n", "n"}, {"nh", "nh", "nh"},  {"n", "n", "n"},
    {"ph", "ph", "p"},   {"pf", "ph", "p"},    {"^ps", "x", "t"},   {"p", "p", "p"},
    {"qu/@", "qu", "c"}, {"q", "k", "c"},      {"r", "r", ""},      {"sch", "s", "t"},
    {"sc/%", "x", "t"},  {"sh", "s", "t"},     {"sw/@", "xw", "t"}, {"sz", "x", "t"},
    {"s", "x", "t"},     {"tsh", "ch", "t"},   {"tch", "ch", "t"},  {"th/om", "t", "t"},
    {"th", "th", "t"},   {"t/sO", "t", "t"},   {"ts", "x", "t"},    {"tz", "x", "+t"},
    {"tw/@", "tw", "t"}, {"tr", "tr", "t"},    {"t", "t", "t"},     {"v", "v", "p"},
    {"wh/@", "w", ""},   {"^wr", "r", ""},     {"w", "w", ""},      {"^x", "x", "c"},
    {"x", "x", "+c"},    {"zh", "gi", "t"},    {"z/il", "x", "t"},  {"z", "d", "t"},
};

/* A dot parts two syllables. The first rows are whole ones: "McCain", "Mbeki", "Nkrumah". An r
 * before a consonant is said as c where it closes a syllable of its own ("Merkel" méc ken, "Carlos"
 * các lốt), and not at all beside another coda ("Mark" mác, "Robert" rô bớt). */
static const struct vowel {
    char written[PATTERN];
    const char *open;   /* where the syllable ends with it */
    const char *closed; /* before a coda; "": it takes none ("Mike" mai) */
} vowels[] = {
    {"^mc", "mác", ""},     {"^m/b", "em", ""},     {"^m/p", "em", ""},      {"^n/d", "en", ""},
    {"^n/k", "en", ""},     {"^n/v", "en", ""},     {"^n/t", "en", ""},

    {"aa", "a", "a"},       {"ae/l", "a.ê", "a.e"}, {"ae", "ê", "e"},        {"aii", "ai", ""},
    {"ai", "ai", "ê"},      {"ao", "ao", ""},       {"a/rr", "a", "a"},      {"ar/#", "ác", "a"},
    {"au", "ao", "ô"},      {"a/w@", "a", "a"},     {"aw", "o", "o"},        {"ay/@", "ai", ""},
    {"ay", "ây", "ê"},      {"a/ng%", "a", "a"},    {"a/ng$", "a", "a"},     {"a/ng", "ă", "ă"},
    {"a/nk$", "a", "a"},    {"a/nk", "ă", "ă"},     {"a", "a", "a"},         {"A", "ê", "ê"},

    {"eau", "ô", "ô"},      {"ea/$", "ê.a", "ê.a"}, {"ea/s$", "ê.a", "ê.a"}, {"ea", "i", "i"},
    {"ee", "i", "i"},       {"ei/l$", "i", "i"},    {"ein/#", "anh", ""},    {"ein/$", "anh", ""},
    {"ei", "ây", "ê"},      {"eou", "ơ.u", "ơ.u"},  {"eor/#", "o", "o"},     {"eo/k", "ô", "ô"},
    {"eo/ng", "ô", "ô"},    {"eo", "ê.ô", "ê.ô"},   {"e/rr", "e", "e"},      {"er/la", "ơ", "ơ"},
    {"er/po", "ơ", "ơ"},    {"er/sO", "ơ", "ơ"},    {"er/tO", "ơ", "ơ"},     {"er/be", "ơ", "ơ"},
    {"er/bO", "ơ", "ơ"},    {"er/c", "éc", "e"},    {"er/k", "éc", "e"},     {"er/#", "éc", "ơ"},
    {"er/$", "ơ", ""},      {"eu", "ơ", "ơ"},       {"ew", "iu", "u"},       {"ey/@", "ê.i", "ê.i"},
    {"ey", "ây", "ê"},      {"e/x", "ê", "ê"},      {"e/=", "e", "e"},       {"e", "ê", "e"},
    {"E", "ê", "e"},

    {"igh", "ai", ""},      {"ia", "i.a", "i.a"},   {"ie/$", "i", "i"},      {"ie/d", "i", "i"},
    {"ie/f", "i", "i"},     {"ie/l#", "i", "i"},    {"ie/m", "i", "i"},      {"ie/t", "i.ê", "iê"},
    {"ieu", "i.ơ", "i.ơ"},  {"ie", "i.ê", "i.e"},   {"ion/$", "i.ông", ""},  {"iou", "i.u", "i.u"},
    {"io", "i.ô", "i.ô"},   {"i/rr", "i", "i"},     {"ir/#", "ơ", "ơ"},      {"ir/$", "ia", ""},
    {"iu", "i.u", "i.u"},   {"i", "i", "i"},        {"I", "ai", ""},

    {"oa/$", "ô.a", "ô.a"}, {"oa/@", "ô.a", "ô.a"}, {"oa/h", "ô.a", "ô.a"},  {"oa", "ô", "ô"},
    {"oeu", "ơ", "ơ"},      {"oe/$", "ô", "ô"},     {"oe", "ô.ê", "ô.e"},    {"oi", "oi", ""},
    {"oo", "u", "u"},       {"o/rr", "ô", "ô"},     {"or/k", "o", "oo"},     {"or/#", "o", "o"},
    {"or/$", "o", "o"},     {"ough", "ô", "ô"},     {"our/$", "ua", ""},     {"our/n", "ơ", "ơ"},
    {"ou", "u", "u"},       {"o/w@", "ô", "ô"},     {"ow/$", "âu", ""},      {"ow", "ao", ""},
    {"oy/@", "ô.i", "ô.i"}, {"oy", "oi", ""},       {"o", "ô", "ô"},         {"O", "ơ", "ơ"},

    {"ua", "u.a", "u.a"},   {"u/ck", "ă", "ă"},     {"ue/$", "u", "u"},      {"ue", "u.ê", "u.e"},
    {"ui", "u.i", "u.i"},   {"u/mp", "ă", "ă"},     {"uo", "u.ô", "u.ô"},    {"u/rr", "u", "u"},
    {"ur/#", "ơ", "ơ"},     {"ur/$", "ua", ""},     {"uye", "uy.ê", "uyê"},  {"uy", "uy", "uy"},
    {"u", "u", "u"},        {"U", "uy", "u"},       {"yon/$", "i.ông", ""},  {"yr/#", "ơ", "ơ"},
    {"yi", "i", "i"},       {"yy", "i", "i"},       {"yeo", "i.ơ", "i.ơ"},   {"y", "i", "i"},
    {"H", "ờ", "ầ"},        {"Q", "ồ", ""},         {"W", "oa", "oa"},
};

/* ---- one syllable ---- */

/* Rimes that Vietnamese has not, or spells otherwise. */
static const struct pair rimes[] = {
    {"ic", "ich"},  {"ing", "inh"},  {"êc", "êch"},  {"êng", "ênh"},  {"ech", "êch"},
    {"enh", "ênh"}, {"ơc", "âc"},    {"ơch", "âc"},  {"ơng", "âng"},  {"ôch", "ôc"},
    {"och", "oc"},  {"uch", "uc"},   {"ăch", "ăc"},  {"ônh", "ông"},  {"onh", "ong"},
    {"unh", "ung"}, {"uyc", "uych"}, {"uyp", "uyt"}, {"uyn", "uynh"}, {"uyng", "uynh"},
};

/* With a glide before it: "Washington" oa, "Edwin" ét uynh. */
static const struct pair glides[] = {
    {"a", "oa"},   {"ă", "oă"},   {"e", "oe"},   {"ê", "uê"},     {"i", "uy"},
    {"o", "uô"},   {"ô", "uô"},   {"ơ", "uơ"},   {"ờ", "uờ"},     {"ai", "oai"},
    {"ao", "oao"}, {"ây", "uây"}, {"ác", "oác"}, {"anh", "oanh"},
};

/* The next best vowel, where the syllable model refuses the first. */
static const struct pair others[] = {{"ê", "e"}, {"e", "ê"}, {"ô", "o"}, {"o", "ô"}, {"ă", "a"}};

/* Returns the end. Before e, ê and i, Vietnamese writes k, gh and ngh, else c, g and ng. */
static char *put_onset(char *out, const char *onset, const char *vowel)
{
    static const struct pair front[] = {{"g", "gh"}, {"ng", "ngh"}}, back[] = {{"k", "c"}};
    bool is_front = strchr("eiy", vowel[0]) || strncmp(vowel, "ê", strlen("ê")) == 0 ||
                    strncmp(vowel, "é", strlen("é")) == 0;
    size_t n = strcspn(onset, "w");
    memcpy(out, onset, n);
    out[n] = '\0';
    const char *spelt =
        is_front ? look_up(front, WSP_LEN(front), out) : look_up(back, WSP_LEN(back), out);
    return spelt ? stpcpy(out, spelt) : out + n;
}

/* Stops take sắc, on the last vowel letter. */
static void sharpen(char *out)
{
    static const struct pair sharp[] = {
        {"a", "á"}, {"ă", "ắ"}, {"â", "ấ"}, {"e", "é"}, {"ê", "ế"}, {"i", "í"},
        {"o", "ó"}, {"ô", "ố"}, {"ơ", "ớ"}, {"u", "ú"}, {"y", "ý"},
    };
    char stop[SYLLABLE_BYTES];
    size_t n = strlen(out);
    while (n > 0 && strchr("ptch", out[n - 1]))
        n--;
    if (out[n] == '\0')
        return;
    stpcpy(stop, out + n);
    for (size_t i = 0; i < WSP_LEN(sharp); i++) {
        size_t len = strlen(sharp[i].from);
        if (n < len || memcmp(out + n - len, sharp[i].from, len) != 0)
            continue;
        stpcpy(stpcpy(out + n - len, sharp[i].to), stop);
        return;
    }
}

/* Write one syllable; false: the model refuses it. */
static bool join(char *out, const char *onset, const char *vowel, const char *coda)
{
    char rime[SYLLABLE_BYTES];
    const char *glided = strchr(onset, 'w') ? look_up(glides, WSP_LEN(glides), vowel) : NULL;
    stpcpy(stpcpy(rime, glided ? glided : vowel), coda);
    const char *spelt = look_up(rimes, WSP_LEN(rimes), rime);
    char *at = put_onset(out, onset, rime);
    bool gi = strcmp(out, "gi") == 0;
    stpcpy(gi && rime[0] == 'i' ? at - 1 : at, spelt ? spelt : rime); /* "gin" writes its i once */
    sharpen(out);
    return wsp_syllable_parse((struct wsp_str){out, strlen(out)}, NULL) ||
           (gi && join(out, "d", vowel, coda)); /* "ginh" cannot be spelt; "dinh" sounds so */
}

static bool join_either(char *out, const char *onset, const char *vowel, const char *coda)
{
    const char *other = look_up(others, WSP_LEN(others), vowel);
    return join(out, onset, vowel, coda) || (other && join(out, onset, other, coda));
}

/* The nearest that can be spelt: another vowel ("Wales" oen), qu for w, no coda, at last "ơ".
 * `closed` may be NULL. Returns whether the syllable has the coda. */
static bool make_syllable(char *out, const char *onset, const char *open, const char *closed,
                          const char *coda)
{
    const char *again = strcmp(onset, "w") == 0 ? "qu" : onset;
    if (closed && (join_either(out, onset, closed, coda) || join_either(out, again, closed, coda)))
        return true;
    if (!join_either(out, onset, open, "") && !join_either(out, again, open, "") &&
        !join(out, onset, "ơ", ""))
        stpcpy(out, "ơ");
    return false;
}

/* ---- the walk ---- */

struct walk {
    struct wsp_buf *out;
    size_t begin;          /* of what we have written */
    const char *part, *at; /* its begin, and what is left of it */
    bool romaji;
};

static void put(struct walk *walk, const char *syllable)
{
    if (walk->out->len > walk->begin)
        wsp_buf_putc(walk->out, ' ');
    wsp_buf_puts(walk->out, syllable);
}

/* "B" of "Brown": bờ. */
static void put_light(struct walk *walk, const struct consonant *c)
{
    char syllable[SYLLABLE_BYTES];
    put(walk, join(syllable, c->onset, "ờ", "") ? syllable : "ờ");
}

/* Put the syllables of `vowel`, the first with the onset, the last with the coda. Returns whether
 * it has it. */
static bool put_syllables(struct walk *walk, const char *onset, const struct vowel *vowel,
                          const char *coda)
{
    bool closes = *coda && *vowel->closed;
    const char *text = closes ? vowel->closed : vowel->open, *last = strrchr(vowel->open, '.');
    char syllable[SYLLABLE_BYTES];
    for (const char *dot; (dot = strchr(text, '.')); text = dot + 1) {
        char first[SYLLABLE_BYTES] = "";
        memcpy(first, text, (size_t)(dot - text));
        (void)make_syllable(syllable, onset, first, NULL, "");
        put(walk, syllable);
        onset = "";
    }
    bool closed =
        make_syllable(syllable, onset, last ? last + 1 : vowel->open, closes ? text : NULL, coda);
    put(walk, syllable);
    return closed;
}

static const struct vowel *take_vowel(struct walk *walk)
{
    for (size_t i = 0; i < WSP_LEN(vowels); i++) {
        size_t len = may_match(vowels[i].written, *walk->at)
                         ? match(vowels[i].written, walk->at, walk->at == walk->part)
                         : 0;
        walk->at += len;
        if (len > 0)
            return &vowels[i];
    }
    return NULL;
}

/* A double letter counts once ("Matthew", "Shh"). In romaji g is always hard: "Shigeru". */
static const struct consonant *take_consonant(struct walk *walk)
{
    bool first = walk->at == walk->part;
    size_t i = 0, len = 0;
    while (walk->at[0] == walk->at[1])
        walk->at++;
    for (; i < WSP_LEN(consonants) - 1; i++) /* the last is z: every letter has a row */
        if (may_match(consonants[i].written, *walk->at) &&
            !(walk->romaji && strchr(consonants[i].written, '%')) &&
            (len = match(consonants[i].written, walk->at, first)) > 0)
            break;
    walk->at += len > 0 ? len : 1;
    while (*walk->at == walk->at[-1])
        walk->at++;
    return &consonants[i];
}

/* Consonants between two vowels, or after the last. */
struct run {
    const struct consonant *c[6];
    size_t n;
    bool onward; /* a vowel follows; the last of them is its onset */
};

/* "Macron" ma cờ rôn: both go to the next syllable. */
static bool is_cluster(const struct consonant *a, const struct consonant *b)
{
    static const char *const firsts[] = {"b", "k", "g", "p", "ph", "v", "đ"};
    bool l = strcmp(b->onset, "l") == 0, r = strcmp(b->onset, "r") == 0;
    for (size_t i = 0; i < WSP_LEN(firsts); i++)
        if (strcmp(a->onset, firsts[i]) == 0)
            return r || (l && strcmp(a->onset, "đ") != 0);
    return false;
}

/* A syllable ends, and so do the consonants of the run that are not the next one's onset: the first
 * that can is the coda, an s left over is light ("Einstein"), others are dropped ("Thompson"). */
static void end_syllable(struct walk *walk, const char *onset, const struct vowel *vowel,
                         const struct run *run)
{
    size_t own = run->n - (run->onward && run->n > 0), at = 0;
    bool cluster = own > 0 && run->onward && is_cluster(run->c[own - 1], run->c[own]);
    own -= cluster;
    while (at < own && !run->c[at]->coda[0])
        at++;
    const char *coda = at < own || (run->onward && run->n == 1) ? run->c[at]->coda : "";
    bool both = *coda == '+';
    if (at == own && !both)
        coda = "";
    bool closed = put_syllables(walk, onset, vowel, coda + both);
    for (size_t i = 0; run->onward && i < own; i++)
        if (strcmp(run->c[i]->onset, "x") == 0 && !(closed && i == at))
            put_light(walk, run->c[i]);
    if (cluster)
        put_light(walk, run->c[own]);
}

static void walk_part(struct walk *walk)
{
    const char *onset = "";
    for (const struct vowel *vowel = take_vowel(walk), *next; vowel || *walk->at; vowel = next) {
        struct run run = {.n = 0};
        while (run.n < WSP_LEN(run.c) && is_consonant(*walk->at))
            run.c[run.n++] = take_consonant(walk);
        next = take_vowel(walk);
        run.onward = next;
        size_t last = run.n - (next && run.n > 0);
        if (vowel)
            end_syllable(walk, onset, vowel, &run);
        for (size_t i = 0; !vowel && i < last; i++)
            put_light(walk, run.c[i]);
        onset = last < run.n ? run.c[last]->onset : "";
    }
}

/* (C)V(n) all through, and something that is Japanese. A word in -e must be longer: "Kate". */
static bool is_romaji(const char *part)
{
    static const char *const onsets[] = {"ky", "gy", "ny", "hy", "my", "ry", "by", "py", "sh",
                                         "ch", "ts", "k",  "s",  "t",  "n",  "h",  "m",  "y",
                                         "r",  "w",  "g",  "z",  "d",  "b",  "p",  "f",  "j"};
    static const char *const typical[] = {"tsu",  "shi",  "ky",   "ry",   "hy",   "yo",
                                          "yu",   "zu",   "wata", "mura", "naga", "saka",
                                          "hara", "yama", "kawa", "moto", "maru"};
    const char *at = part;
    size_t count = 0, found = 0;
    for (; *at; count++) {
        at += is_consonant(*at) && at[0] == at[1];
        size_t i = 0, len = 0;
        while (!len && i < WSP_LEN(onsets))
            len = match(onsets[i++], at, false);
        at += len;
        if (!is_one_of(*at, "aiueo"))
            return false;
        at++;
        at += *at == 'n' && !is_one_of(at[1], "aiueoy");
    }
    for (size_t i = 0; i < WSP_LEN(typical); i++)
        found += strstr(part, typical[i]) != NULL;
    return found > 0 && count >= (at[-1] == 'e' ? 3 : 2);
}

/* ---- pinyin ---- */

enum { LIP = 1, TIP = 2, BACK = 4, PALATE = 8, CURLED = 16, HISS = 32, NONE = 64 };
enum { HARD = BACK | CURLED, SYLLABIC = CURLED | HISS, NARROW = LIP | TIP | PALATE };
enum { MIDDLE = TIP | BACK | CURLED | HISS, OPEN = MIDDLE | NONE, ROUND = MIDDLE | PALATE };
enum { FULL = LIP | MIDDLE, BROAD = FULL | NONE };

static const struct initial {
    const char *written, *spoken;
    uint8_t kind;
} initials[] = {
    {"zh", "tr", CURLED}, {"ch", "ch", CURLED}, {"sh", "s", CURLED}, {"b", "b", LIP},
    {"p", "p", LIP},      {"m", "m", LIP},      {"f", "ph", LIP},    {"d", "đ", TIP},
    {"t", "th", TIP},     {"n", "n", TIP},      {"l", "l", TIP},     {"g", "g", BACK},
    {"k", "kh", BACK},    {"h", "h", BACK},     {"j", "gi", PALATE}, {"q", "ch", PALATE},
    {"x", "x", PALATE},   {"r", "r", CURLED},   {"z", "d", HISS},    {"c", "x", HISS},
    {"s", "x", HISS},     {"", "", NONE},
};

static const struct final {
    const char *written, *spoken;
    uint8_t kinds; /* of the initials that it follows */
} finals[] = {
    {"a", "a", BROAD},       {"ai", "ai", BROAD},       {"an", "an", BROAD},
    {"ang", "ang", BROAD},   {"ao", "ao", BROAD},       {"e", "ơ", OPEN},
    {"ei", "ây", BROAD},     {"en", "ân", BROAD},       {"eng", "âng", BROAD},
    {"er", "ơ", NONE},       {"o", "ô", LIP},           {"ong", "ông", MIDDLE},
    {"ou", "âu", BROAD},     {"i", "ư", SYLLABIC},      {"i", "i", NARROW},
    {"ia", "i.a", PALATE},   {"ian", "iên", NARROW},    {"iang", "i.ang", NARROW},
    {"iao", "i.ao", NARROW}, {"ie", "i.ê", NARROW},     {"in", "in", NARROW},
    {"ing", "inh", NARROW},  {"iong", "i.ông", PALATE}, {"iu", "iu", NARROW},
    {"u", "u", FULL},        {"u", "uy", PALATE},       {"ua", "oa", HARD},
    {"uai", "oai", HARD},    {"uan", "oan", MIDDLE},    {"uan", "uyên", PALATE},
    {"uang", "oang", HARD},  {"ue", "uê", PALATE},      {"ui", "uây", MIDDLE},
    {"un", "uân", ROUND},    {"uo", "u.ô", MIDDLE},     {"U", "uy", TIP},
    {"Ue", "uê", TIP},       {"wa", "oa", NONE},        {"wai", "oai", NONE},
    {"wan", "oan", NONE},    {"wang", "oang", NONE},    {"wei", "uây", NONE},
    {"wen", "uân", NONE},    {"wo", "u.ô", NONE},       {"wu", "u", NONE},
    {"ya", "i.a", NONE},     {"yan", "yên", NONE},      {"yang", "i.ang", NONE},
    {"yao", "i.ao", NONE},   {"ye", "i.ê", NONE},       {"yi", "i", NONE},
    {"yin", "in", NONE},     {"ying", "inh", NONE},     {"yong", "i.ông", NONE},
    {"you", "i.âu", NONE},   {"yu", "uy", NONE},        {"yuan", "uyên", NONE},
    {"yue", "uê", NONE},     {"yun", "uân", NONE},
};

/* One syllable. It does not end before a vowel if it need not: he-nan. Returns its end or NULL. */
static const char *take_pinyin(const char *at, const struct initial **initial,
                               const struct final **final)
{
    size_t best = 0;
    *initial = initials;
    while (strncmp(at, (*initial)->written, strlen((*initial)->written)) != 0)
        ++*initial;
    at += strlen((*initial)->written);
    for (size_t f = 0; f < WSP_LEN(finals); f++) {
        size_t len = strlen(finals[f].written);
        if (!(finals[f].kinds & (*initial)->kind) || strncmp(at, finals[f].written, len) != 0)
            continue;
        size_t worth = is_one_of(at[len], "aeiou") ? len : len + SYLLABLE_BYTES;
        if (worth > best)
            *final = &finals[f];
        best = worth > best ? worth : best;
    }
    return best > 0 ? at + strlen((*final)->written) : NULL;
}

/* Pinyin all through, and something that is Chinese: "Xi", "Zhang", "Jin", "Qing", "Wang", "Deng".
 * "Taxi" is not: an x after a vowel is common elsewhere. */
static bool is_pinyin(const char *part)
{
    const struct initial *initial;
    const struct final *final;
    bool typical = false;
    for (const char *at = part, *begin; *at;) {
        begin = at;
        at = take_pinyin(at, &initial, &final);
        if (!at || (begin > part && is_one_of(*begin, "aeo")))
            return false;
        const char *rime = final->written;
        typical = typical || strncmp(begin, "zh", 2) == 0 || strncmp(begin, "qi", 2) == 0 ||
                  (*begin == 'x' && (begin == part || is_consonant(begin[-1]))) ||
                  strncmp(begin, "ji", 2) == 0 || strlen(rime) > 3 || strcmp(rime, "eng") == 0;
    }
    return typical;
}

static void speak_pinyin(struct walk *walk)
{
    const struct initial *initial;
    const struct final *final;
    while (*walk->at) {
        walk->at = take_pinyin(walk->at, &initial, &final);
        bool swallows = strcmp(initial->spoken, "gi") == 0 && strncmp(final->spoken, "i.", 2) == 0;
        struct vowel rime = {"", final->spoken + (swallows ? 2 : 0), ""}; /* "Jiang" giang */
        (void)put_syllables(walk, initial->spoken, &rime, "");
    }
}

static void speak_part(struct walk *walk, char *part)
{
    walk->part = walk->at = part;
    if (is_pinyin(part)) {
        speak_pinyin(walk);
        return;
    }
    walk->romaji = is_romaji(part);
    if (!walk->romaji)
        respell_ending(part);
    walk_part(walk);
}

bool wsp_foreign_respell(struct wsp_buf *out, struct wsp_str word)
{
    struct wsp_buf parts = WSP_BUF_INIT(2 * word.len + 2);
    const enum wsp_status status = out->status;
    struct walk walk = {.out = out, .begin = out->len};
    fold(&parts, word);
    for (size_t at = 0, len; at < parts.len; at += len + 1) {
        len = strlen(parts.ptr + at); /* before endings make it shorter */
        speak_part(&walk, parts.ptr + at);
    }
    bool whole = parts.status == WSP_OK && out->status == WSP_OK && out->len > walk.begin;
    wsp_buf_release(&parts);
    if (whole)
        return true;
    out->len = walk.begin;
    out->status = status;
    if (out->cap > 0)
        out->ptr[out->len] = '\0';
    return false;
}
