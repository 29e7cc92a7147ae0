#include "studio/selection.h"

#include "base/buf.h"
#include "base/text.h"

#include <stdlib.h>

/* A number at *at, which moves behind it. */
static bool read_number(const char **at, size_t *number)
{
    enum { DIGITS_MAX = 9 };
    size_t n = 0;
    for (*number = 0; **at >= '0' && **at <= '9' && n < DIGITS_MAX; ++*at, n++)
        *number = *number * 10 + (size_t)(**at - '0');
    return n > 0 && !(**at >= '0' && **at <= '9');
}

static enum wsp_status read_range(const char **at, size_t n_sentences, struct wsp_range *range,
                                  const char *text, struct wsp_error *err)
{
    bool read = read_number(at, &range->first);
    range->last = range->first;
    if (read && **at == '-') {
        ++*at;
        range->last = n_sentences;
        if (**at && **at != ',')
            read = read_number(at, &range->last);
    }
    if (!read || (**at && **at != ','))
        return wsp_fail(err, WSP_USAGE, _("'%s' names no sentences; write for example 3-7,12"),
                        text);
    if (range->first == 0 || range->first > range->last || range->last > n_sentences)
        return wsp_fail(err, WSP_USAGE,
                        _("there are no sentences %zu to %zu; those there are, 1 to %zu, are shown "
                          "by --list-sentences"),
                        range->first, range->last, n_sentences);
    return WSP_OK;
}

enum wsp_status wsp_selection_parse(struct wsp_selection *selection, const char *text,
                                    size_t n_sentences, struct wsp_error *err)
{
    for (const char *at = text;; at++) {
        struct wsp_range range;
        enum wsp_status st = read_range(&at, n_sentences, &range, text, err);
        if (st)
            return st;
        if (wsp_grow(&selection->ranges, &selection->cap, selection->n, sizeof range))
            return wsp_fail_nomem(err);
        selection->ranges[selection->n++] = range;
        if (!*at)
            return WSP_OK;
    }
}

void wsp_selection_release(struct wsp_selection *selection)
{
    free(selection->ranges);
    *selection = (struct wsp_selection){0};
}

bool wsp_selection_has(const struct wsp_selection *selection, size_t number)
{
    for (size_t i = 0; i < selection->n; i++)
        if (number >= selection->ranges[i].first && number <= selection->ranges[i].last)
            return true;
    return selection->n == 0;
}
