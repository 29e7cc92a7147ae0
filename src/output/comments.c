#include "output/comments.h"

#include <string.h>

void wsp_comments_add_number(struct wsp_buf *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        wsp_buf_putc(out, (char)(value >> (8 * i)));
}

static void add_text(struct wsp_buf *out, const char *text)
{
    wsp_comments_add_number(out, strlen(text), 4);
    wsp_buf_puts(out, text);
}

enum wsp_status wsp_comments_add(struct wsp_buf *out, const char *vendor,
                                 const struct wsp_metadata *metadata)
{
    enum { LONGEST = WSP_METADATA_TITLE_BYTES + 32 };
    char made[32] = "", encoder[2 * WSP_METADATA_NAME_BYTES + 1] = "";
    if (metadata->made.tm_mday > 0)
        (void)strftime(made, sizeof made, "%Y-%m-%d", &metadata->made);
    if (metadata->program[0])
        stpcpy(stpcpy(stpcpy(encoder, metadata->program), " "), metadata->version);
    const struct {
        const char *key, *text;
    } comments[] = {
        {"TITLE=", metadata->title},
        {"ARTIST=", metadata->originator[0] ? metadata->originator : metadata->voice},
        {"DATE=", made},
        {"ENCODER=", encoder},
    };
    uint32_t n = 0;
    for (size_t i = 0; i < WSP_LEN(comments); i++)
        n += comments[i].text[0] != '\0';
    add_text(out, vendor);
    wsp_comments_add_number(out, n, 4);
    for (size_t i = 0; i < WSP_LEN(comments); i++) {
        char comment[LONGEST];
        if (!comments[i].text[0])
            continue;
        stpcpy(stpcpy(comment, comments[i].key), comments[i].text);
        add_text(out, comment);
    }
    return out->status;
}
