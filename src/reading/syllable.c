/* The syllable model: three small tables (letters, onsets, rimes) and the rules of spelling that
 * tie them together. It decides what the orthography allows, not what the dictionary holds:
 * "nghoèn" is no word, but nobody would spell it out letter by letter. */
#include "reading/syllable.h"

#include <string.h>

/* "nghiêng" is the longest. */
enum { MAX_LETTERS = 7, MAX_BYTES = 3 * MAX_LETTERS };

/* A word in lower case, its tone mark taken off. */
struct spelling {
    char text[2 * MAX_LETTERS + 1]; /* no letter needs more than two bytes without its tone */
    uint8_t begin[MAX_LETTERS + 1]; /* where each letter begins; after the last: the length */
    size_t n_letters;
    size_t marked; /* the letter with the tone mark; n_letters: none */
    enum wsp_tone tone;
};

/* ---- letters ---- */

static const struct {
    char base[3];
    uint16_t codes[6]; /* by enum wsp_tone */
} vowels[] = {
    {"a", {0x61, 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1}},
    {"ă", {0x103, 0x1EB1, 0x1EAF, 0x1EB3, 0x1EB5, 0x1EB7}},
    {"â", {0xE2, 0x1EA7, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD}},
    {"e", {0x65, 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9}},
    {"ê", {0xEA, 0x1EC1, 0x1EBF, 0x1EC3, 0x1EC5, 0x1EC7}},
    {"i", {0x69, 0xEC, 0xED, 0x1EC9, 0x129, 0x1ECB}},
    {"o", {0x6F, 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD}},
    {"ô", {0xF4, 0x1ED3, 0x1ED1, 0x1ED5, 0x1ED7, 0x1ED9}},
    {"ơ", {0x1A1, 0x1EDD, 0x1EDB, 0x1EDF, 0x1EE1, 0x1EE3}},
    {"u", {0x75, 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5}},
    {"ư", {0x1B0, 0x1EEB, 0x1EE9, 0x1EED, 0x1EEF, 0x1EF1}},
    {"y", {0x79, 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5}},
};

/* The lower case of the code points in the table above, and of Đ. */
static uint32_t lower(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
    if (code < 0x100)
        return code >= 0xC0 && code < 0xDF ? code + 0x20 : code;
    if (code == 0x1AF) /* Ư is the odd one: its block counts the other way */
        return 0x1B0;
    return code == 0x1A0 || code < 0x1A0 || code >= 0x1EA0 ? code | 1 : code;
}

/* Vietnamese letters have one to three bytes; 0: something else. */
static size_t decode(const char *text, size_t len, uint32_t *code)
{
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80) {
        *code = p[0];
        return 1;
    }
    if (len >= 2 && p[0] >= 0xC3 && p[0] <= 0xC6 && (p[1] & 0xC0) == 0x80) {
        *code = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (len >= 3 && p[0] == 0xE1 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *code = 0x1000 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return 3;
    }
    return 0;
}

static const char consonants[] = "bcdghklmnpqrstvx";

static bool add_letter(struct spelling *s, const char *base)
{
    size_t len = strlen(base);
    if (s->n_letters == MAX_LETTERS)
        return false;
    size_t at = s->begin[s->n_letters];
    memcpy(s->text + at, base, len + 1);
    s->begin[++s->n_letters] = (uint8_t)(at + len);
    return true;
}

static bool add_vowel(struct spelling *s, uint32_t code, bool *marked)
{
    for (size_t v = 0; v < WSP_LEN(vowels); v++)
        for (size_t tone = 0; tone < WSP_LEN(vowels[v].codes); tone++) {
            if (vowels[v].codes[tone] != code)
                continue;
            if (tone != WSP_TONE_NGANG) {
                if (*marked)
                    return false; /* "hóà": one mark a syllable */
                *marked = true;
                s->marked = s->n_letters;
                s->tone = (enum wsp_tone)tone;
            }
            return add_letter(s, vowels[v].base);
        }
    return false;
}

static bool spell(struct spelling *s, struct wsp_str word)
{
    *s = (struct spelling){.tone = WSP_TONE_NGANG};
    bool marked = false;
    for (size_t at = 0; at < word.len;) {
        uint32_t code;
        size_t n = decode(word.ptr + at, word.len - at, &code);
        if (n == 0)
            return false;
        at += n;
        code = lower(code);
        char ascii[2] = {(char)code, '\0'};
        bool ok = code == 0x111 ? add_letter(s, "đ")
                  : code > 0 && code < 0x80 && strchr(consonants, (int)code)
                      ? add_letter(s, ascii)
                      : add_vowel(s, code, &marked);
        if (!ok)
            return false;
    }
    if (!marked)
        s->marked = s->n_letters;
    return s->n_letters > 0;
}

/* ---- onsets and rimes ---- */

/* Which onsets a rime can follow. */
enum {
    ALONE = 1,     /* none: "yêu", "oai" */
    ORDINARY = 2,  /* most of them */
    LABIAL = 4,    /* b m p ph v: no rounded glide after them: "muân" is not spelt */
    BEFORE_A = 8,  /* c g ng: before a o u */
    BEFORE_E = 16, /* k gh ngh: before e ê i y */
    GI = 32,
    QU = 64, /* its u is the glide: "quốc" is qu + ôc */
};

static const struct onset {
    struct wsp_str text;
    uint8_t kind;
} onsets[] = {
/* the longer first */
#define ONSET(text, kind)              \
    {                                  \
        {text, sizeof(text) - 1}, kind \
    }
    ONSET("ngh", BEFORE_E), ONSET("ch", ORDINARY), ONSET("gh", BEFORE_E), ONSET("gi", GI),
    ONSET("kh", ORDINARY),  ONSET("ng", BEFORE_A), ONSET("nh", ORDINARY), ONSET("ph", LABIAL),
    ONSET("qu", QU),        ONSET("th", ORDINARY), ONSET("tr", ORDINARY), ONSET("b", LABIAL),
    ONSET("c", BEFORE_A),   ONSET("d", ORDINARY),  ONSET("đ", ORDINARY),  ONSET("g", BEFORE_A),
    ONSET("h", ORDINARY),   ONSET("k", BEFORE_E),  ONSET("l", ORDINARY),  ONSET("m", LABIAL),
    ONSET("n", ORDINARY),   ONSET("p", LABIAL),    ONSET("r", ORDINARY),  ONSET("s", ORDINARY),
    ONSET("t", ORDINARY),   ONSET("v", LABIAL),    ONSET("x", ORDINARY),  ONSET("", ALONE),
#undef ONSET
};

enum {
    OPEN = ALONE | ORDINARY | LABIAL | BEFORE_A | GI | QU, /* begins with a ă â ô ơ ư */
    ROUND = OPEN & ~QU,                                    /* begins with o u */
    UY = ROUND & ~GI,
    GLIDE = ALONE | ORDINARY | BEFORE_A,                    /* u before ê ơ â y */
    FRONT = ALONE | ORDINARY | LABIAL | BEFORE_E | GI | QU, /* begins with e ê i y */
    FRONT_I = FRONT & ~GI,
    IE = FRONT & ~(ALONE | GI), /* alone it is written yê */
};

static const struct rime {
    struct wsp_str text;
    uint8_t mark, new_mark; /* the letter that takes the tone mark, in the old and the new style */
    uint8_t kinds;
} rimes[] = {
/* in the order of their bytes */
#define RIME(text, mark, new_mark, kinds)               \
    {                                                   \
        {text, sizeof(text) - 1}, mark, new_mark, kinds \
    }
    RIME("a", 0, 0, OPEN),         RIME("ac", 0, 0, OPEN),    RIME("ach", 0, 0, OPEN),
    RIME("ai", 0, 0, OPEN),        RIME("am", 0, 0, OPEN),    RIME("an", 0, 0, OPEN),
    RIME("ang", 0, 0, OPEN),       RIME("anh", 0, 0, OPEN),   RIME("ao", 0, 0, OPEN),
    RIME("ap", 0, 0, OPEN),        RIME("at", 0, 0, OPEN),    RIME("au", 0, 0, OPEN),
    RIME("ay", 0, 0, OPEN),        RIME("e", 0, 0, FRONT),    RIME("ec", 0, 0, FRONT),
    RIME("em", 0, 0, FRONT),       RIME("en", 0, 0, FRONT),   RIME("eng", 0, 0, FRONT),
    RIME("eo", 0, 0, FRONT),       RIME("ep", 0, 0, FRONT),   RIME("et", 0, 0, FRONT),
    RIME("i", 0, 0, FRONT),        RIME("ia", 0, 0, FRONT),   RIME("ich", 0, 0, FRONT_I),
    RIME("im", 0, 0, FRONT),       RIME("in", 0, 0, FRONT),   RIME("inh", 0, 0, FRONT_I),
    RIME("ip", 0, 0, FRONT_I),     RIME("it", 0, 0, FRONT_I), RIME("iu", 0, 0, FRONT_I),
    RIME("iêc", 1, 1, IE),         RIME("iêm", 1, 1, IE),     RIME("iên", 1, 1, IE),
    RIME("iêng", 1, 1, IE),        RIME("iêp", 1, 1, IE),     RIME("iêt", 1, 1, IE),
    RIME("iêu", 1, 1, IE),         RIME("o", 0, 0, ROUND),    RIME("oa", 0, 1, ROUND),
    RIME("oac", 1, 1, ROUND),      RIME("oach", 1, 1, ROUND), RIME("oai", 1, 1, ROUND),
    RIME("oam", 1, 1, ROUND),      RIME("oan", 1, 1, ROUND),  RIME("oang", 1, 1, ROUND),
    RIME("oanh", 1, 1, ROUND),     RIME("oao", 1, 1, ROUND),  RIME("oap", 1, 1, ROUND),
    RIME("oat", 1, 1, ROUND),      RIME("oay", 1, 1, ROUND),  RIME("oc", 0, 0, ROUND),
    RIME("oe", 0, 1, ROUND),       RIME("oen", 1, 1, ROUND),  RIME("oeo", 1, 1, ROUND),
    RIME("oet", 1, 1, ROUND),      RIME("oi", 0, 0, ROUND),   RIME("om", 0, 0, ROUND),
    RIME("on", 0, 0, ROUND),       RIME("ong", 0, 0, ROUND),  RIME("ooc", 1, 1, ROUND),
    RIME("oong", 1, 1, ROUND),     RIME("op", 0, 0, ROUND),   RIME("ot", 0, 0, ROUND),
    RIME("oăc", 1, 1, ROUND),      RIME("oăm", 1, 1, ROUND),  RIME("oăn", 1, 1, ROUND),
    RIME("oăng", 1, 1, ROUND),     RIME("oăt", 1, 1, ROUND),  RIME("u", 0, 0, ROUND),
    RIME("ua", 0, 0, ROUND),       RIME("uc", 0, 0, ROUND),   RIME("ui", 0, 0, ROUND),
    RIME("um", 0, 0, ROUND),       RIME("un", 0, 0, ROUND),   RIME("ung", 0, 0, ROUND),
    RIME("up", 0, 0, ROUND),       RIME("ut", 0, 0, ROUND),   RIME("uy", 0, 1, UY),
    RIME("uya", 1, 1, GLIDE),      RIME("uych", 1, 1, GLIDE), RIME("uynh", 1, 1, GLIDE),
    RIME("uyt", 1, 1, UY),         RIME("uyu", 1, 1, GLIDE),  RIME("uyên", 2, 2, GLIDE),
    RIME("uyêt", 2, 2, GLIDE),     RIME("uân", 1, 1, GLIDE),  RIME("uâng", 1, 1, GLIDE),
    RIME("uât", 1, 1, GLIDE),      RIME("uây", 1, 1, GLIDE),  RIME("uê", 1, 1, GLIDE),
    RIME("uêch", 1, 1, GLIDE),     RIME("uênh", 1, 1, GLIDE), RIME("uôc", 1, 1, ROUND),
    RIME("uôi", 1, 1, ROUND),      RIME("uôm", 1, 1, ROUND),  RIME("uôn", 1, 1, ROUND),
    RIME("uông", 1, 1, ROUND),     RIME("uôt", 1, 1, ROUND),  RIME("uơ", 1, 1, GLIDE),
    RIME("y", 0, 0, FRONT),        RIME("ych", 0, 0, QU),     RIME("yn", 0, 0, QU),
    RIME("ynh", 0, 0, QU),         RIME("yt", 0, 0, QU),      RIME("yêm", 1, 1, ALONE),
    RIME("yên", 1, 1, ALONE | QU), RIME("yêng", 1, 1, ALONE), RIME("yêt", 1, 1, ALONE | QU),
    RIME("yêu", 1, 1, ALONE),      RIME("âc", 0, 0, OPEN),    RIME("âm", 0, 0, OPEN),
    RIME("ân", 0, 0, OPEN),        RIME("âng", 0, 0, OPEN),   RIME("âp", 0, 0, OPEN),
    RIME("ât", 0, 0, OPEN),        RIME("âu", 0, 0, OPEN),    RIME("ây", 0, 0, OPEN),
    RIME("ê", 0, 0, FRONT),        RIME("êch", 0, 0, FRONT),  RIME("êm", 0, 0, FRONT),
    RIME("ên", 0, 0, FRONT),       RIME("ênh", 0, 0, FRONT),  RIME("êp", 0, 0, FRONT),
    RIME("êt", 0, 0, FRONT),       RIME("êu", 0, 0, FRONT),   RIME("ô", 0, 0, OPEN),
    RIME("ôc", 0, 0, OPEN),        RIME("ôi", 0, 0, OPEN),    RIME("ôm", 0, 0, OPEN),
    RIME("ôn", 0, 0, OPEN),        RIME("ông", 0, 0, OPEN),   RIME("ôp", 0, 0, OPEN),
    RIME("ôt", 0, 0, OPEN),        RIME("ăc", 0, 0, OPEN),    RIME("ăm", 0, 0, OPEN),
    RIME("ăn", 0, 0, OPEN),        RIME("ăng", 0, 0, OPEN),   RIME("ăp", 0, 0, OPEN),
    RIME("ăt", 0, 0, OPEN),        RIME("ơ", 0, 0, OPEN),     RIME("ơi", 0, 0, OPEN),
    RIME("ơm", 0, 0, OPEN),        RIME("ơn", 0, 0, OPEN),    RIME("ơp", 0, 0, OPEN),
    RIME("ơt", 0, 0, OPEN),        RIME("ư", 0, 0, OPEN),     RIME("ưa", 0, 0, OPEN),
    RIME("ưc", 0, 0, OPEN),        RIME("ưi", 0, 0, OPEN),    RIME("ưng", 0, 0, OPEN),
    RIME("ưt", 0, 0, OPEN),        RIME("ưu", 0, 0, OPEN),    RIME("ươc", 1, 1, OPEN),
    RIME("ươi", 1, 1, OPEN),       RIME("ươm", 1, 1, OPEN),   RIME("ươn", 1, 1, OPEN),
    RIME("ương", 1, 1, OPEN),      RIME("ươp", 1, 1, OPEN),   RIME("ươt", 1, 1, OPEN),
    RIME("ươu", 1, 1, OPEN),
#undef RIME
};

/* After gi the rime's own i is not written a second time: "gì", "gìn", "giếng"; "gìa" with the
 * mark on the i is gi + ia, "già" is gi + a. */
static const struct contraction {
    const char *rest; /* what is written after "gi" */
    struct wsp_str rime;
    uint8_t mark; /* the letter of the word that takes the tone mark */
    bool must;    /* and there must be one */
} contractions[] = {
    {"", {"i", 1}, 1, false},     {"m", {"im", 2}, 1, false},     {"n", {"in", 2}, 1, false},
    {"êc", {"iêc", 4}, 2, false}, {"êng", {"iêng", 5}, 2, false}, {"a", {"ia", 2}, 1, true},
};

static const struct rime *find_rime(const char *text)
{
    size_t low = 0, high = WSP_LEN(rimes);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(text, rimes[middle].text.ptr);
        if (order == 0)
            return &rimes[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* "các", "cạc"; no other tone is said on a stop. */
static bool tone_fits(struct wsp_str rime, enum wsp_tone tone)
{
    char last = rime.ptr[rime.len - 1];
    bool stop = last == 'c' || last == 'p' || last == 't' ||
                (last == 'h' && rime.len > 1 && rime.ptr[rime.len - 2] == 'c');
    return !stop || tone == WSP_TONE_SAC || tone == WSP_TONE_NANG;
}

static bool parse_contraction(const struct spelling *s, const struct onset *onset,
                              struct wsp_syllable *out)
{
    for (size_t i = 0; i < WSP_LEN(contractions); i++) {
        const struct contraction *c = &contractions[i];
        if (strcmp(s->text + onset->text.len, c->rest) != 0 || !tone_fits(c->rime, s->tone))
            continue;
        bool marked = s->marked < s->n_letters;
        if (marked ? s->marked != c->mark : c->must)
            continue;
        *out = (struct wsp_syllable){onset->text, c->rime, s->tone};
        return true;
    }
    return false;
}

static size_t letters_in(struct wsp_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

static bool parse_after(const struct spelling *s, const struct onset *onset,
                        struct wsp_syllable *out)
{
    if (onset->kind == GI && parse_contraction(s, onset, out))
        return true;
    const struct rime *rime = find_rime(s->text + onset->text.len);
    if (!rime || !(rime->kinds & onset->kind) || !tone_fits(rime->text, s->tone))
        return false;
    if (onset->kind == GI && rime->text.ptr[0] == 'i')
        return false;
    size_t first = letters_in(onset->text);
    if (s->marked < s->n_letters && s->marked != first + rime->mark &&
        s->marked != first + rime->new_mark)
        return false; /* "hoấn", "ngưòi" */
    *out = (struct wsp_syllable){onset->text, rime->text, s->tone};
    return true;
}

bool wsp_syllable_parse(struct wsp_str word, struct wsp_syllable *out)
{
    struct wsp_syllable ignored;
    struct spelling s;
    if (word.len == 1 && !out) /* a letter is one if it is a vowel; asked for again and again */
        return strchr("aeiouyAEIOUY", word.ptr[0]) && word.ptr[0];
    if (word.len > MAX_BYTES || !spell(&s, word))
        return false;
    for (size_t i = 0; i < WSP_LEN(onsets); i++)
        if ((onsets[i].text.len == 0 || onsets[i].text.ptr[0] == s.text[0]) &&
            strncmp(s.text, onsets[i].text.ptr, onsets[i].text.len) == 0)
            return parse_after(&s, &onsets[i], out ? out : &ignored);
    return false;
}
