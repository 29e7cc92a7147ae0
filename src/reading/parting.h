/* Where a run of characters between blanks parts into tokens although no blank is there, because
 * whoever wrote it forgot one ("anh,chị", "từ8h", "24/4,14h") or because two things are joined by a
 * sign ("0912 345 678/0987 654 321"). */
#ifndef WSP_READING_PARTING_H
#define WSP_READING_PARTING_H

#include "reading/chars.h"
#include "reading/token.h"

struct wsp_unparted {
    const char *text;
    size_t begin, end;
    struct wsp_span sentence;
    bool whole;  /* an address: nothing inside it is touched */
    bool bullet; /* a sign at its beginning is a mark */
};

/* The character at byte `at`, of class 0 beyond the run; is it a digit, a letter; does a digit
 * stand before it? */
struct wsp_char wsp_run_char(const struct wsp_unparted *run, size_t at);
bool wsp_run_is_number(const struct wsp_unparted *run, size_t at);
bool wsp_run_is_letter(const struct wsp_unparted *run, size_t at);
bool wsp_run_follows_number(const struct wsp_unparted *run, size_t at);

/* Does the character `c` at `at` part the run, and belong to neither side? "anh,chị", "vui…quá",
 * "người(cả già)"; not "2,5", "8:30", "TP.HCM". `piece`: where the token begins; `tokens`: those
 * before it. */
bool wsp_run_parts(const struct wsp_unparted *run, const struct wsp_tokens *tokens, size_t piece,
                   size_t at, struct wsp_char c);

/* Does a token begin with the character `c`: "từ8h", "ngày15/3", "13hđến"? */
bool wsp_run_misses_blank(const struct wsp_unparted *run, size_t piece, size_t at,
                          struct wsp_char c);

/* Is the dash at `begin` no minus, because the number behind it ends a range that the last token
 * began: "bón 3 -4 kg", "16h30 -18h30"? */
bool wsp_run_ends_range(const struct wsp_unparted *run, const struct wsp_tokens *tokens,
                        size_t begin, size_t end);

#endif
