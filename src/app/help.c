#include "app/help.h"

#include "app/options.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 28, WIDTH = 80 };

/* Break `text` at blanks; every line begins at HELP_COLUMN. */
static void print_wrapped(const char *text)
{
    size_t column = HELP_COLUMN;
    while (*text) {
        size_t len = strcspn(text, " ");
        size_t width = wsp_utf8_count((struct wsp_str){text, len});
        if (column + width > WIDTH && column > HELP_COLUMN) {
            printf("\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        }
        printf("%s%.*s", column > HELP_COLUMN ? " " : "", (int)len, text);
        column += width + 1;
        text += len;
        text += strspn(text, " ");
    }
    putchar('\n');
}

static void print_option(const struct wsp_option *option)
{
    char left[128];
    char letter[8] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, option->name, option->arg_name ? " " : "",
             option->arg_name ? _(option->arg_name) : "");
    size_t width = wsp_utf8_count((struct wsp_str){left, strlen(left)});
    fputs(left, stdout);
    if (width + 2 > HELP_COLUMN)
        printf("\n%*s", HELP_COLUMN, "");
    else
        printf("%*s", (int)(HELP_COLUMN - width), "");
    print_wrapped(_(option->help));
}

void wsp_print_help(void)
{
    puts(_("Usage: wtisd-speak [OPTION]... [FILE]...\n"
           "Read Vietnamese messages aloud: from the loudspeakers, or into a file.\n"
           "Without FILE, or when FILE is -, standard input is read."));
    putchar('\n');
    for (size_t i = 0; i < wsp_n_options; i++)
        print_option(&wsp_option_table[i]);
    putchar('\n');
    puts(_("Examples:\n"
           "  wtisd-speak thong-bao.txt                   play it\n"
           "  wtisd-speak thong-bao.txt --out tb.wav      make a file\n"
           "  wtisd-speak -v vi-south -r 90% -t \"Kính chào bà con\""));
}

void wsp_print_version(void)
{
    printf("wtisd-speak %s\n", WSP_VERSION);
    puts(_("License GPLv3+: GNU GPL version 3 or later. There is no warranty."));
}
