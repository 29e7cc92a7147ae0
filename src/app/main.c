#include "app/run.h"
#include "studio/roles.h"

#include <fcntl.h>
#include <unistd.h>

/* A descriptor that is closed at the start would become a socket or a file of ours. Standard output
 * is opened for reading, so that writing to it fails as one expects. */
static void open_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 2 ? O_WRONLY : O_RDONLY) != fd)
            _exit(71); /* EX_OSERR: nothing works here */
}

int main(int argc, char **argv)
{
    int status;
    open_standard_descriptors();
    if (wsp_role_run(argc, argv, &status))
        _exit(status);
    return wsp_app_run(argc, argv);
}
