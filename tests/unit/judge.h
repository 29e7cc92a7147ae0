/* Is a syllable spoken right? A judge of the mnemonics that espeak-ng 1.51 traces while it speaks
 * one of its Vietnamese voices, one syllable at a time:
 *
 *     họa    h w ' a: 6 _ |     onset, glide, stress, vowel, tone, coda, end
 *
 * Right is: nothing of another language, one stress (' or, in little words, a comma), after it one
 * vowel that the rime may have in the region, at once the digit of the tone (level tone: 1, or 7 at
 * the end of a phrase), and no other vowel and no other digit; and before it the onset of the
 * region. Codas and glides are not looked at: the regions differ in them and so do speakers. */
#ifndef WSP_TESTS_JUDGE_H
#define WSP_TESTS_JUDGE_H

#include "base/buf.h"
#include "reading/syllable.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* What may stand for a part of the spelling in north, centre and south: mnemonics with blanks
 * between them, "-" for none; NULL: as in the north. */
struct judge_row {
    const char *part;
    const char *said[3];
};

static const struct judge_row judge_onsets[] = {
    {"", {"-"}},
    {"b", {"_b"}},
    {"c", {"k"}},
    {"ch", {"tS", "c", "c"}},
    {"d", {"z", "J^", "J^"}},
    {"đ", {"d_"}},
    {"g", {"Q"}},
    {"gh", {"Q"}},
    {"gi", {"z", "J^", "J^"}},
    {"h", {"h", "h", "- h"}},
    {"k", {"k"}},
    {"kh", {"x"}},
    {"l", {"l"}},
    {"m", {"m"}},
    {"n", {"n"}},
    {"ng", {"N"}},
    {"ngh", {"N"}},
    {"nh", {"n^"}},
    {"p", {"p"}},
    {"ph", {"f"}},
    {"qu", {"k"}},
    {"r", {"z", "z.", "Q"}},
    {"s", {"s"}},
    {"t", {"t["}},
    {"th", {"t"}},
    {"tr", {"tS", "cr", "c"}},
    {"v", {"v", "v", "J^"}},
    {"x", {"s"}},
};

/* The vowel alone: the coda and the glide before it do not count. "quô-" is said "cuô-". */
static const struct judge_row judge_rimes[] = {
    {"a", {"a:"}},
    {"ac", {"a:"}},
    {"ach", {"e-"}},
    {"ai", {"a:"}},
    {"am", {"a:"}},
    {"an", {"a:"}},
    {"ang", {"a:"}},
    {"anh", {"e-"}},
    {"ao", {"a:"}},
    {"ap", {"a:"}},
    {"at", {"a:"}},
    {"au", {"a", "a", "a:U"}},
    {"ay", {"a", "a", "a:I"}},
    {"ăc", {"a"}},
    {"ăm", {"a"}},
    {"ăn", {"a"}},
    {"ăng", {"a"}},
    {"ăp", {"a"}},
    {"ăt", {"a"}},
    {"âc", {"@"}},
    {"âm", {"@"}},
    {"ân", {"@"}},
    {"âng", {"@"}},
    {"âp", {"@"}},
    {"ât", {"@"}},
    {"âu", {"@"}},
    {"ây", {"@I"}},
    {"e", {"E"}},
    {"ec", {"E"}},
    {"em", {"E"}},
    {"en", {"E"}},
    {"eng", {"E"}},
    {"eo", {"E"}},
    {"ep", {"E"}},
    {"et", {"E"}},
    {"ê", {"e"}},
    {"êch", {"e", "e", "@:"}},
    {"êm", {"e"}},
    {"ên", {"e", "e", "@:"}},
    {"ênh", {"e", "e", "@:"}},
    {"êp", {"e"}},
    {"êt", {"e iE"}},
    {"êu", {"e"}},
    {"i", {"i"}},
    {"ia", {"i@"}},
    {"ich", {"i", "@", "@"}},
    {"im", {"i"}},
    {"in", {"i", "i", "@"}},
    {"inh", {"i", "@", "@"}},
    {"ip", {"i"}},
    {"it", {"i"}},
    {"iu", {"i"}},
    {"o", {"O"}},
    {"oa", {"a:"}},
    {"oac", {"a:"}},
    {"oach", {"e-"}},
    {"oai", {"a:"}},
    {"oam", {"a:"}},
    {"oan", {"a:"}},
    {"oang", {"a:"}},
    {"oanh", {"e-"}},
    {"oao", {"a:"}},
    {"oap", {"a:"}},
    {"oat", {"a:"}},
    {"oay", {"a", "a", "a:I"}},
    {"oăc", {"a"}},
    {"oăm", {"a"}},
    {"oăn", {"a"}},
    {"oăng", {"a"}},
    {"oăt", {"a"}},
    {"oc", {"O#"}},
    {"oe", {"E"}},
    {"oen", {"E"}},
    {"oeo", {"E"}},
    {"oet", {"E"}},
    {"oi", {"O"}},
    {"om", {"O"}},
    {"on", {"O"}},
    {"ong", {"O#"}},
    {"op", {"O"}},
    {"ot", {"O"}},
    {"oong", {"O"}},
    {"ooc", {"O"}},
    {"ô", {"o u@"}},
    {"ôc", {"o# u@"}},
    {"ôi", {"o u@", "o u@", "O- u@"}},
    {"ôm", {"o u@"}},
    {"ôn", {"o u@"}},
    {"ông", {"o# u@"}},
    {"ôp", {"o u@"}},
    {"ôt", {"o u@"}},
    {"ơ", {"@:"}},
    {"ơi", {"@:", "@:", "@-"}},
    {"ơm", {"@:"}},
    {"ơn", {"@:"}},
    {"ơp", {"@:"}},
    {"ơt", {"@:"}},
    {"u", {"u", "u", "u-"}},
    {"ua", {"u@"}},
    {"uân", {"@"}},
    {"uâng", {"@"}},
    {"uât", {"@"}},
    {"uây", {"@I"}},
    {"uc", {"u", "u", "u-"}},
    {"uê", {"e"}},
    {"uêch", {"e", "e", "@:"}},
    {"uênh", {"e", "e", "@:"}},
    {"ui", {"u"}},
    {"um", {"u", "u", "u-"}},
    {"un", {"u", "u", "u-"}},
    {"ung", {"u", "u", "u-"}},
    {"uôc", {"u@"}},
    {"uôi", {"u@"}},
    {"uôm", {"u@"}},
    {"uôn", {"u@"}},
    {"uông", {"u@"}},
    {"uôt", {"u@"}},
    {"up", {"u", "u", "u-"}},
    {"ut", {"u", "u", "u-"}},
    {"uơ", {"@:"}},
    {"uy", {"i"}},
    {"uya", {"i@"}},
    {"uych", {"i"}},
    {"uyên", {"iE"}},
    {"uyêt", {"iE"}},
    {"uynh", {"i"}},
    {"uyt", {"i"}},
    {"uyu", {"i"}},
    {"ư", {"y"}},
    {"ưa", {"y@"}},
    {"ưc", {"y"}},
    {"ưi", {"y"}},
    {"ưng", {"y"}},
    {"ươc", {"y@"}},
    {"ươi", {"y@"}},
    {"ươm", {"y@"}},
    {"ươn", {"y@"}},
    {"ương", {"y@"}},
    {"ươp", {"y@"}},
    {"ươt", {"y@"}},
    {"ươu", {"y@"}},
    {"ưt", {"y"}},
    {"ưu", {"i"}},
    {"y", {"i"}},
    {"yêm", {"iE"}},
    {"yên", {"iE"}},
    {"yêng", {"iE"}},
    {"yêt", {"iE"}},
    {"yêu", {"iE"}},
    {"iêc", {"iE"}},
    {"iêm", {"iE"}},
    {"iên", {"iE"}},
    {"iêng", {"iE"}},
    {"iêp", {"iE"}},
    {"iêt", {"iE"}},
    {"iêu", {"iE"}},
    {"ynh", {"i"}},
    {"yt", {"i"}},
    {"ych", {"i"}},
    {"yn", {"i"}},
};

static inline size_t judge_region(const char *region)
{
    return strcmp(region, "central") == 0 ? 1 : strcmp(region, "south") == 0 ? 2 : 0;
}

/* Is `sound` one of `list`, whose members have blanks between them? */
static inline bool judge_in(struct wsp_str sound, const char *list)
{
    if (sound.len == 0)
        sound = WSP_STR("-");
    while (*list) {
        size_t len = strcspn(list, " ");
        if (wsp_str_equal(sound, (struct wsp_str){list, len}))
            return true;
        list += len + strspn(list + len, " ");
    }
    return false;
}

/* May `part` sound so in region `r`? A part that no row has may sound as any row's does. */
static inline bool judge_part(const struct judge_row *rows, size_t n, struct wsp_str part,
                              struct wsp_str sound, size_t r)
{
    bool known = false, anywhere = false;
    for (size_t i = 0; i < n; i++) {
        const char *list = rows[i].said[r] ? rows[i].said[r] : rows[i].said[0];
        bool fits = judge_in(sound, list);
        anywhere |= fits;
        if (!wsp_str_is(part, rows[i].part))
            continue;
        known = true;
        if (fits)
            return true;
    }
    return !known && anywhere;
}

static inline bool judge_tone(char digit, enum wsp_tone tone)
{
    static const char *const digits[] = {
        [WSP_TONE_NGANG] = "17", [WSP_TONE_HUYEN] = "2", [WSP_TONE_SAC] = "3",
        [WSP_TONE_HOI] = "4",    [WSP_TONE_NGA] = "5",   [WSP_TONE_NANG] = "6",
    };
    return strchr(digits[tone], digit) != NULL;
}

/* Judge `phonemes`, those of one syllable, as a trace has them between two blanks. If they are
 * not right and `why` is given, *why says what is wrong. */
static inline bool judge_syllable(const char *voice_region, const char *phonemes,
                                  struct wsp_syllable s, const char **why)
{
    const char *unused;
    why = why ? why : &unused;
    size_t r = judge_region(voice_region);
    size_t head = strcspn(phonemes, "',");
    const char *vowel = phonemes + head + 1;
    *why = "another language";
    if (strpbrk(phonemes, "(;"))
        return false;
    *why = "no stress, so no vowel";
    if (!phonemes[head])
        return false;
    size_t len = strcspn(vowel, "1234567");
    *why = "no tone";
    if (!vowel[len])
        return false;
    *why = "two syllables";
    if (strpbrk(vowel + len + 1, "',1234567 "))
        return false;
    *why = "wrong tone";
    if (!judge_tone(vowel[len], s.tone))
        return false;
    *why = "wrong vowel";
    if (!judge_part(judge_rimes, WSP_LEN(judge_rimes), s.rime, (struct wsp_str){vowel, len}, r))
        return false;
    *why = "wrong onset";
    struct wsp_str onset = {phonemes, head};
    if (onset.len > 0 && onset.ptr[onset.len - 1] == 'w')
        onset.len--;
    return judge_part(judge_onsets, WSP_LEN(judge_onsets), s.onset, onset, r);
}

#endif
