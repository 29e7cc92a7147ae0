#include "studio/roles.h"

#include "base/buf.h"
#include "output/playback.h"
#include "speech/nursery.h"

#include <string.h>

static int run_nursery(int argc, char **argv)
{
    return wsp_nursery_main(argc, argv, NULL);
}

static const struct {
    const char *name;
    int (*main)(int argc, char **argv);
} roles[] = {
    {WSP_NURSERY_ROLE, run_nursery},
    {WSP_PLAYER_ROLE, wsp_player_main},
};

bool wsp_role_run(int argc, char **argv, int *exit_status)
{
    for (size_t i = 0; argc > 0 && i < WSP_LEN(roles); i++) {
        if (strcmp(argv[0], roles[i].name) != 0)
            continue;
        *exit_status = roles[i].main(argc, argv);
        return true;
    }
    return false;
}
