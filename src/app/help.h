/* --help and --version, on standard output. */
#ifndef WSP_APP_HELP_H
#define WSP_APP_HELP_H

void wsp_print_help(void);
void wsp_print_version(void);

#endif
