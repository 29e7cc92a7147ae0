/* A number with what it counts, as it is written in one piece: "15", "-15°C", "18.500đ/kg", "1tr2",
 * "$50", "mm/24h" after a number. */
#ifndef WSP_READING_QUANTITY_H
#define WSP_READING_QUANTITY_H

#include "reading/figure.h"
#include "reading/shorthand.h"

struct wsp_quantity {
    struct wsp_figure figure;
    bool counts;        /* a unit, a currency or a multiplier was read */
    const char *prefix; /* what the currency before the number is called, not said yet; or NULL */
};

/* What stands around it may tell what it is. */
enum wsp_quantity_kind {
    WSP_QUANTITY_ANY,
    WSP_QUANTITY_LENGTH, /* "cao 1m2" is no square metre */
    WSP_QUANTITY_SCREEN, /* 55" are inches, no seconds */
    WSP_QUANTITY_MONEY,  /* "lương 20M", "1.25B USD" */
    WSP_QUANTITY_MARKS,  /* "xếp hạng: Hà Nội 45đ" */
    WSP_QUANTITY_AGE,    /* "hưởng thọ 87t", no tonnes */
    WSP_QUANTITY_MINUTE, /* "phút 37'": the mark says the word again */
};

struct wsp_quantity_hint {
    enum wsp_quantity_kind kind;
    struct wsp_shorthand shorthand;
};

/* Read a quantity at byte `at` of `text`, up to a dash, a cross (×, x) or the end, and append its
 * words. Returns the number of bytes, 0: there is none, and `words` is unchanged. */
size_t wsp_quantity_say(struct wsp_buf *words, struct wsp_str text, size_t at,
                        struct wsp_quantity_hint hint, struct wsp_quantity *quantity);

/* All of `text` is "tr", "nghìnđ", "triệu/tháng". Returns whether it was said. */
bool wsp_multiplier_say(struct wsp_buf *words, struct wsp_str text);

/* All of `text` is a unit, with what it is counted by: "km/h", "đồng/trẻ/ngày", "mm/24h",
 * "người/km2". `alone`: it stands after a blank. Returns whether it was said. */
bool wsp_unit_say(struct wsp_buf *words, struct wsp_str text, bool alone);

/* All of `text` is that unit, "v" or "v/ngày". Returns whether it was said. */
bool wsp_shorthand_say(struct wsp_buf *words, struct wsp_str text, struct wsp_shorthand shorthand);

/* Is all of `text` a unit or a currency that may follow a number? */
bool wsp_is_unit(struct wsp_str text);

#endif
