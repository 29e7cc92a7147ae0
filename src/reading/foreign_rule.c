/* The word is folded to the letters a to z, then eaten from the left, a syllable at a time: the
 * longest onset of the table, the longest vowel, and a coda when no vowel comes after it. Clusters
 * become syllables with a light "ờ" as announcers say them ("Brown": bờ rao). What cannot be spelt
 * in Vietnamese loses its coda, then its vowel: each syllable is checked with the syllable model.
 */
#include "reading/foreign_rule.h"

#include "base/utf8.h"
#include "reading/syllable.h"

#include <string.h>

enum { SYLLABLE_BYTES = 32, LETTERS_MAX = 200 };

/* ---- folding ---- */

/* Letters with marks by what they sound like; the code points rise. */
static const struct {
    uint16_t code;
    const char *letters;
} folded[] = {
    {0xDF, "ss"},  {0xE0, "a"},   {0xE1, "a"},  {0xE2, "a"},   {0xE3, "a"},   {0xE4, "e"},
    {0xE5, "o"},   {0xE6, "e"},   {0xE7, "s"},  {0xE8, "e"},   {0xE9, "e"},   {0xEA, "e"},
    {0xEB, "e"},   {0xEC, "i"},   {0xED, "i"},  {0xEE, "i"},   {0xEF, "i"},   {0xF0, "d"},
    {0xF1, "nh"},  {0xF2, "o"},   {0xF3, "o"},  {0xF4, "o"},   {0xF5, "o"},   {0xF6, "eu"},
    {0xF8, "eu"},  {0xF9, "u"},   {0xFA, "u"},  {0xFB, "u"},   {0xFC, "ui"},  {0xFD, "i"},
    {0xFE, "th"},  {0xFF, "i"},   {0x101, "a"}, {0x103, "a"},  {0x105, "on"}, {0x107, "ch"},
    {0x10D, "ch"}, {0x111, "d"},  {0x113, "e"}, {0x119, "en"}, {0x11B, "ie"}, {0x11F, "g"},
    {0x129, "i"},  {0x12B, "i"},  {0x131, "i"}, {0x142, "l"},  {0x144, "nh"}, {0x148, "nh"},
    {0x14D, "o"},  {0x151, "eu"}, {0x159, "r"}, {0x15B, "sh"}, {0x15F, "sh"}, {0x161, "sh"},
    {0x163, "s"},  {0x169, "u"},  {0x16B, "u"}, {0x16F, "u"},  {0x171, "ui"}, {0x17A, "z"},
    {0x17C, "z"},  {0x17E, "z"},  {0x1A1, "o"}, {0x1B0, "u"},  {0x219, "sh"},
};

static const char *fold(uint32_t code)
{
    for (size_t i = 0; i < sizeof folded / sizeof folded[0] && folded[i].code <= code; i++)
        if (folded[i].code == code)
            return folded[i].letters;
    return "";
}

/* ẠẢẤ ... are Vietnamese: they come by fives of one vowel, by their place in the block. */
static const char *fold_vietnamese(uint32_t code)
{
    if (code >= 0x1EA0 && code <= 0x1EB7)
        return "a";
    if (code >= 0x1EB8 && code <= 0x1EC7)
        return "e";
    if (code >= 0x1EC8 && code <= 0x1ECB)
        return "i";
    if (code >= 0x1ECC && code <= 0x1EE3)
        return "o";
    if (code >= 0x1EE4 && code <= 0x1EF1)
        return "u";
    return code >= 0x1EF2 && code <= 0x1EF9 ? "i" : "";
}

/* Double letters count once, but for ee and oo. Returns how many letters there are. */
static size_t fold_word(struct wsp_str word, char *letters)
{
    size_t n = 0;
    for (size_t at = 0; at < word.len;) {
        uint32_t code;
        size_t len = wsp_utf8_decode(word.ptr + at, word.len - at, &code);
        at += len ? len : 1;
        code = len ? wsp_utf8_lower(code) : 0;
        char plain[2] = {code >= 'a' && code <= 'z' ? (char)code : '\0', '\0'};
        const char *with = plain[0] ? plain : code < 0x1E00 ? fold(code) : fold_vietnamese(code);
        for (; *with && n < LETTERS_MAX; with++) {
            bool doubled = n > 0 && letters[n - 1] == *with && *with != 'e' && *with != 'o';
            bool tripled = n > 1 && letters[n - 1] == *with && letters[n - 2] == *with;
            if (!doubled && !tripled)
                letters[n++] = *with;
        }
    }
    letters[n] = '\0';
    return n;
}

/* ---- the tables: longest first ---- */

struct row {
    const char *written, *spoken;
};

/* "k" and "g" are spelt by onset_before(), "w" by with_w(). */
static const struct row onsets[] = {
    {"tsch", "ch"}, {"sch", "s"}, {"tch", "ch"}, {"sh", "s"},  {"ch", "ch"}, {"th", "th"},
    {"ph", "ph"},   {"kh", "kh"}, {"gh", "g"},   {"nh", "nh"}, {"gn", "nh"}, {"ng", "ng"},
    {"zh", "gi"},   {"dz", "d"},  {"ts", "x"},   {"tz", "x"},  {"ck", "k"},  {"qu", "qu"},
    {"kn", "n"},    {"wr", "r"},  {"wh", "w"},   {"rh", "r"},  {"ps", "x"},  {"pt", "t"},
    {"b", "b"},     {"c", "k"},   {"d", "đ"},    {"f", "ph"},  {"g", "g"},   {"h", "h"},
    {"j", "gi"},    {"k", "k"},   {"l", "l"},    {"m", "m"},   {"n", "n"},   {"p", "p"},
    {"q", "k"},     {"r", "r"},   {"s", "x"},    {"t", "t"},   {"v", "v"},   {"w", "w"},
    {"x", "x"},     {"z", "d"},
};

/* Vowels: alone or with a glide; a blank parts two syllables. */
static const struct row vowels[] = {
    {"eau", "ô"},  {"oeu", "ơ"},  {"ieu", "iu"}, {"iou", "i u"}, {"eou", "u"},  {"aia", "ai a"},
    {"ai", "ai"},  {"ay", "ây"},  {"au", "au"},  {"aw", "o"},    {"ao", "ao"},  {"ae", "e"},
    {"ea", "i"},   {"ee", "i"},   {"ei", "ây"},  {"eu", "ơ"},    {"ew", "iu"},  {"ey", "ây"},
    {"eo", "e ô"}, {"ia", "i a"}, {"ie", "i"},   {"io", "i ô"},  {"iu", "iu"},  {"oa", "ô"},
    {"oo", "u"},   {"ou", "u"},   {"ow", "ao"},  {"oi", "oi"},   {"oy", "oi"},  {"oe", "ô e"},
    {"ua", "u a"}, {"ue", "uê"},  {"ui", "uy"},  {"uy", "uy"},   {"uo", "u ô"}, {"ya", "i a"},
    {"ye", "i e"}, {"yo", "i ô"}, {"yu", "iu"},  {"er", "ơ"},    {"ir", "ơ"},   {"ur", "ơ"},
    {"a", "a"},    {"e", "e"},    {"i", "i"},    {"o", "ô"},     {"u", "u"},    {"y", "i"},
};

/* What is left of consonants at the end of a syllable. "" : nothing. */
static const struct row codas[] = {
    {"ngs", "ng"}, {"nks", "ng"}, {"ng", "ng"}, {"nk", "ng"}, {"nch", "n"}, {"nt", "n"},
    {"nd", "n"},   {"ns", "n"},   {"mp", "m"},  {"mb", "m"},  {"ms", "m"},  {"nh", "nh"},
    {"gn", "nh"},  {"ck", "c"},   {"ch", "ch"}, {"sh", "t"},  {"th", "t"},  {"ph", "p"},
    {"gh", ""},    {"n", "n"},    {"m", "m"},   {"p", "p"},   {"b", "p"},   {"t", "t"},
    {"d", "t"},    {"k", "c"},    {"c", "c"},   {"g", "c"},   {"q", "c"},   {"s", "t"},
    {"z", "t"},    {"x", "c"},    {"f", "p"},   {"v", "p"},   {"l", "n"},   {"r", ""},
    {"h", ""},     {"j", ""},     {"w", ""},
};

/* Rimes that Vietnamese spells or says otherwise: no "ic", no "ơng". */
static const struct {
    const char *rime, *vowel, *coda;
} closed[] = {
    {"ic", "i", "ch"},  {"êc", "ê", "ch"},  {"ing", "i", "nh"}, {"êng", "ê", "nh"},
    {"och", "o", "c"},  {"ôch", "ô", "c"},  {"uch", "u", "c"},  {"ech", "ê", "ch"},
    {"ơc", "ơ", "t"},   {"ơch", "ơ", "t"},  {"ơng", "ơ", "n"},  {"onh", "o", "nh"},
    {"uyc", "uy", "t"}, {"enh", "ê", "nh"},
};

/* The vowel of a syllable that ends in a stop carries sắc. */
static const struct row acute[] = {
    {"a", "á"}, {"e", "é"}, {"ê", "ế"},   {"i", "í"},   {"o", "ó"},   {"ô", "ố"},
    {"ơ", "ớ"}, {"u", "ú"}, {"uy", "uý"}, {"oa", "oá"}, {"oe", "oé"}, {"uê", "uế"},
};

/* Endings, by letters that sound so: "nation" na shon. */
static const struct row endings[] = {
    {"tion", "shon"}, {"sion", "shon"}, {"cian", "shan"}, {"ture", "cher"}, {"eaux", "eau"},
    {"ight", "ait"},  {"ough", "o"},    {"ille", "il"},   {"que", "k"},     {"gue", "g"},
    {"les", "les"},   {"ois", "oa"},    {"ism", "izm"},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The first row that `text` begins with. */
static const struct row *find(const struct row *rows, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strncmp(text, rows[i].written, strlen(rows[i].written)) == 0)
            return &rows[i];
    return NULL;
}

static const struct row *find_whole(const struct row *rows, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(text, rows[i].written) == 0)
            return &rows[i];
    return NULL;
}

static bool is_vowel(char c)
{
    return c && strchr("aeiouy", c);
}

static bool is_consonant(char c)
{
    return c && !is_vowel(c);
}

static size_t respell_ending(char *letters, size_t n)
{
    for (size_t i = 0; i < COUNT(endings); i++) {
        size_t len = strlen(endings[i].written);
        if (n <= len || strcmp(letters + n - len, endings[i].written) != 0)
            continue;
        stpcpy(letters + n - len, endings[i].spoken);
        return strlen(letters);
    }
    return n;
}

/* ---- one syllable ---- */

static bool parses(const char *syllable)
{
    return wsp_syllable_parse((struct wsp_str){syllable, strlen(syllable)}, NULL);
}

static bool is_front(const char *vowel)
{
    return vowel[0] == 'e' || vowel[0] == 'i' || strncmp(vowel, "ê", strlen("ê")) == 0;
}

/* c and g are soft before e, i, y ("Cecilia", "Gina"); k, gh and ngh are how Vietnamese spells the
 * hard ones there. */
static const char *onset_before(const char *onset, const char *written, const char *vowel)
{
    bool front = is_front(vowel);
    if (strcmp(onset, "k") == 0)
        return written[0] == 'c' && written[1] != 'k' && front ? "x" : front ? "k" : "c";
    if (strcmp(onset, "g") == 0)
        return !front ? "g" : written[1] == 'h' ? "gh" : vowel[0] == 'i' ? "d" : "gi";
    if (strcmp(onset, "ng") == 0)
        return front ? "ngh" : "ng";
    if (strcmp(onset, "gi") == 0 && vowel[0] == 'i')
        return "d"; /* "gii" cannot be spelt */
    return strcmp(onset, "w") == 0 ? "" : onset;
}

/* w before a vowel: "Washington" oa, "Wendy" oe, "William" uy. */
static const char *with_w(const char *vowel)
{
    static const struct row rows[] = {{"a", "oa"},   {"e", "oe"}, {"i", "uy"},
                                      {"ai", "oai"}, {"ê", "uê"}, {"ơ", "uơ"}};
    const struct row *row = find_whole(rows, COUNT(rows), vowel);
    return row ? row->spoken : vowel;
}

static void join(char *out, const char *onset, const char *vowel, const char *coda)
{
    char rime[SYLLABLE_BYTES];
    stpcpy(stpcpy(rime, vowel), coda);
    for (size_t i = 0; i < COUNT(closed); i++)
        if (strcmp(rime, closed[i].rime) == 0) {
            vowel = closed[i].vowel;
            coda = closed[i].coda;
        }
    const struct row *sharp = NULL;
    if (*coda && strchr("ptc", coda[0]))
        sharp = find_whole(acute, COUNT(acute), vowel);
    stpcpy(stpcpy(stpcpy(out, onset), sharp ? sharp->spoken : vowel), coda);
}

/* The nearest thing that can be spelt: another vowel, no coda, at last a plain one. */
static void make_syllable(char *out, const struct row *onset, const char *vowel, const char *coda)
{
    static const struct row others[] = {{"e", "ê"},  {"ê", "e"},  {"ô", "o"},  {"o", "ô"},
                                        {"ao", "a"}, {"ai", "a"}, {"ây", "ê"}, {"au", "a"},
                                        {"iu", "i"}, {"oi", "o"}};
    bool w = onset && strcmp(onset->spoken, "w") == 0;
    if (w)
        vowel = with_w(vowel);
    const struct row *other = find_whole(others, COUNT(others), vowel);
    const struct {
        const char *vowel, *coda;
    } tries[] = {
        {vowel, coda}, {other ? other->spoken : vowel, coda}, {vowel, ""}, {"ơ", coda}, {"ơ", ""}};
    for (size_t i = 0; i < COUNT(tries); i++) {
        const char *begin =
            onset ? onset_before(onset->spoken, onset->written, tries[i].vowel) : "";
        join(out, begin, tries[i].vowel, tries[i].coda);
        if (parses(out))
            return;
    }
    stpcpy(out, "ơ");
}

/* ---- the walk ---- */

struct walk {
    const char *at; /* what is left */
    struct wsp_buf *out;
    bool begun;
};

static void put(struct walk *walk, const char *syllable)
{
    if (walk->begun)
        wsp_buf_putc(walk->out, ' ');
    wsp_buf_puts(walk->out, syllable);
    walk->begun = true;
}

/* "B" of "Brown": bờ. */
static void put_light(struct walk *walk, const struct row *onset)
{
    char syllable[SYLLABLE_BYTES];
    stpcpy(stpcpy(syllable, onset_before(onset->spoken, onset->written, "ơ")), "ờ");
    put(walk, parses(syllable) ? syllable : "ờ");
}

static const struct row *take_onset(struct walk *walk)
{
    const struct row *onset = NULL;
    while (is_consonant(*walk->at)) {
        const struct row *row = find(onsets, COUNT(onsets), walk->at);
        if (onset)
            put_light(walk, onset);
        onset = row;
        walk->at += row ? strlen(row->written) : 1;
    }
    return onset;
}

/* A vowel with r, w or y at its end is one only where no vowel follows: "Erica", "Maya". */
static const struct row *take_vowel(struct walk *walk)
{
    for (size_t i = 0; i < COUNT(vowels); i++) {
        size_t len = strlen(vowels[i].written);
        if (strncmp(walk->at, vowels[i].written, len) != 0)
            continue;
        char last = vowels[i].written[len - 1];
        bool glides = len > 1 && strchr("rwy", last);
        if (glides && is_vowel(walk->at[len]))
            continue;
        walk->at += len;
        return &vowels[i];
    }
    return NULL;
}

/* How many of the consonants at `at` end the syllable: all at the end of the word ("e" after them
 * is silent), else what the next syllable cannot begin with. */
static size_t coda_length(const char *at)
{
    size_t run = 0;
    while (is_consonant(at[run]))
        run++;
    if (!at[run])
        return run;
    if (at[run] == 'e' && !at[run + 1])
        return run;
    if (run < 2)
        return 0;
    const struct row *last_two = find(onsets, COUNT(onsets), at + run - 2);
    if (last_two && strlen(last_two->written) == 2) /* "Congo" parts n and g */
        return run - (strcmp(last_two->written, "ng") == 0 ? 1 : 2);
    bool liquid = (at[run - 1] == 'r' || at[run - 1] == 'l') && strchr("bcdfgkptv", at[run - 2]);
    return run - (liquid ? 2 : 1);
}

static const char *take_coda(struct walk *walk)
{
    size_t len = coda_length(walk->at);
    const char *coda = "";
    if (len > 0) {
        for (size_t i = 0; i < COUNT(codas); i++)
            if (strlen(codas[i].written) <= len &&
                strncmp(walk->at, codas[i].written, strlen(codas[i].written)) == 0) {
                coda = codas[i].spoken;
                break;
            }
        walk->at += len;
        if (walk->at[0] == 'e' && !walk->at[1]) /* silent */
            walk->at++;
    }
    return coda;
}

static void walk_syllable(struct walk *walk)
{
    char syllable[SYLLABLE_BYTES], first[SYLLABLE_BYTES];
    const struct row *onset = take_onset(walk), *vowel = take_vowel(walk);
    if (!vowel) {
        if (onset)
            put_light(walk, onset);
        return;
    }
    const char *coda = take_coda(walk), *blank = strchr(vowel->spoken, ' ');
    if (!blank) {
        make_syllable(syllable, onset, vowel->spoken, coda);
        put(walk, syllable);
        return;
    }
    size_t len = (size_t)(blank - vowel->spoken);
    memcpy(first, vowel->spoken, len);
    first[len] = '\0';
    make_syllable(syllable, onset, first, "");
    put(walk, syllable);
    make_syllable(syllable, NULL, blank + 1, coda);
    put(walk, syllable);
}

bool wsp_foreign_respell(struct wsp_buf *out, struct wsp_str word)
{
    char letters[LETTERS_MAX + 8];
    size_t before = out->len, n = fold_word(word, letters);
    if (n == 0)
        return false;
    (void)respell_ending(letters, n);
    struct walk walk = {.at = letters, .out = out};
    while (*walk.at)
        walk_syllable(&walk);
    if (out->status == WSP_OK)
        return true;
    out->len = before;
    if (out->cap > 0)
        out->ptr[before] = '\0';
    return false;
}
