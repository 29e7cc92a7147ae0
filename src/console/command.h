/* What whoever steers can say: by a key, by name through a socket, on the session bus. A row of the
 * table in command.c each. */
#ifndef WSP_CONSOLE_COMMAND_H
#define WSP_CONSOLE_COMMAND_H

#include "studio/play.h"

struct wsp_command {
    const char *name; /* as --ask says it */
    char key;         /* 0: none */
    enum wsp_play_command command;
    bool takes_value;    /* a number follows */
    int steps;           /* of rate or volume, where they are changed by steps; else 0 */
    const char *refusal; /* why, when it cannot be done; not yet translated */
};

extern const struct wsp_command wsp_commands[];
extern const size_t wsp_n_commands;

/* By name or by key; NULL: there is none. */
const struct wsp_command *wsp_command_find(const char *name);
const struct wsp_command *wsp_command_of_key(char key);

/* Returns false when it cannot be done now. */
bool wsp_command_run(const struct wsp_command *command, struct wsp_play *play, double value);

#endif
