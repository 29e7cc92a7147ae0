/* From the command line to an exit status. */
#ifndef WSP_APP_RUN_H
#define WSP_APP_RUN_H

int wsp_app_run(int argc, char **argv);

#endif
