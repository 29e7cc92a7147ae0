#include "app/locale.h"

#include "base/text.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *wanted_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "";
}

static bool is_plain_c(const char *locale)
{
    return strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
}

void wsp_locale_init(const char *catalogues)
{
    const char *wanted = wanted_locale();
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8"); /* what we read and write is UTF-8 */
    const char *messages = setlocale(LC_MESSAGES, NULL);
    bool asked = *wanted && !is_plain_c(wanted) && strncmp(wanted, "C.", 2) != 0;
    if (asked && messages && (is_plain_c(messages) || strncmp(messages, "C.", 2) == 0)) {
        /* Not installed. gettext then looks at LANGUAGE, but not in the locale "C". */
        setlocale(LC_MESSAGES, "C.UTF-8");
        const char *language = getenv("LANGUAGE");
        setenv("LANGUAGE", wanted, !language || !*language);
    }
    bindtextdomain(WSP_TEXT_DOMAIN, catalogues);
    bind_textdomain_codeset(WSP_TEXT_DOMAIN, "UTF-8");
}
