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

static void take_time(struct tm *made)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    errno = 0;
    long long seconds = epoch ? strtoll(epoch, &end, 10) : 0;
    time_t when = epoch && end != epoch && !*end && !errno ? (time_t)seconds : time(NULL);
    if (epoch)
        (void)gmtime_r(&when, made);
    else
        (void)localtime_r(&when, made);
}

enum wsp_status wsp_about_files(struct wsp_metadata *metadata, const struct wsp_options *options,
                                struct wsp_error *err)
{
    *metadata = (struct wsp_metadata){.program = "wtisd-speak", .version = WSP_VERSION};
    take_time(&metadata->made);
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
