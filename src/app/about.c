#include "app/about.h"

#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static enum wsp_status take(char *to, size_t size, const char *option, const char *text,
                            struct wsp_error *err)
{
    if (!text)
        return WSP_OK;
    size_t len = strlen(text);
    if (len >= size)
        return wsp_fail(err, WSP_USAGE, _("--%s has %zu bytes; %zu is the most"), option, len,
                        size - 1);
    if (wsp_utf8_valid_prefix(text, len) < len)
        return wsp_fail(err, WSP_USAGE, _("--%s is not UTF-8; write it anew"), option);
    memcpy(to, text, len + 1);
    return WSP_OK;
}

/* The time of day as files have it: the machine's, or UTC where the present is set from outside. */
static void break_down(time_t when, struct tm *time)
{
    if (getenv("SOURCE_DATE_EPOCH"))
        (void)gmtime_r(&when, time);
    else
        (void)localtime_r(&when, time);
}

static time_t present(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    errno = 0;
    long long seconds = epoch ? strtoll(epoch, &end, 10) : 0;
    return epoch && end != epoch && !*end && !errno ? (time_t)seconds : time(NULL);
}

enum wsp_status wsp_about_files(struct wsp_metadata *metadata, const struct wsp_options *options,
                                time_t start, struct wsp_error *err)
{
    *metadata = (struct wsp_metadata){.program = "wtisd-speak", .version = WSP_VERSION};
    break_down(present(), &metadata->made);
    break_down(start ? start : present(), &metadata->start);
    strncpy(metadata->voice, options->voice, sizeof metadata->voice - 1);
    enum wsp_status st =
        take(metadata->title, sizeof metadata->title, "title", options->title, err);
    if (!st)
        st = take(metadata->originator, sizeof metadata->originator, "originator",
                  options->originator, err);
    if (!st)
        st = take(metadata->cut_id, sizeof metadata->cut_id, "cut-id", options->cut_id, err);
    return st;
}
