#include "app/run.h"
#include "studio/roles.h"

#include <unistd.h>

int main(int argc, char **argv)
{
    int status;
    if (wsp_role_run(argc, argv, &status))
        _exit(status);
    return wsp_app_run(argc, argv);
}
