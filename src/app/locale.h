/* The user's language. */
#ifndef WSP_APP_LOCALE_H
#define WSP_APP_LOCALE_H

/* Take the language of messages from the environment, with the catalogues in `catalogues`. When
 * the locale asked for is not installed (a bare system has only C.UTF-8), the language is still
 * taken from LC_ALL, LC_MESSAGES or LANG. Numbers keep their decimal point. */
void wsp_locale_init(const char *catalogues);

#endif
