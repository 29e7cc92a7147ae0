/* The helper processes of the program are second lives of the same executable: what it is called
 * by (argv[0]) tells which. `main` asks here first. */
#ifndef WSP_STUDIO_ROLES_H
#define WSP_STUDIO_ROLES_H

#include <stdbool.h>

/* When argv[0] is a role's name, live it, and set *exit_status: the caller then ends at once with
 * _exit(). Returns false when this is no helper. */
bool wsp_role_run(int argc, char **argv, int *exit_status);

#endif
