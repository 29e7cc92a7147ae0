#include "console/command.h"

#include "base/text.h"

#include <string.h>

/* Why several of them cannot be done. */
#define NO_MORE N_("nothing comes behind it")
#define NO_HEADING N_("there is no heading on that side")
#define NO_RATE N_("the rate is 80 to 450 words a minute")
#define NO_VOLUME N_("the volume is -40 to 0 dB")
#define TOO_LATE N_("it is over")

const struct wsp_command wsp_commands[] = {
    {"toggle", ' ', WSP_PLAY_TOGGLE, .refusal = TOO_LATE},
    {"pause", 0, WSP_PLAY_PAUSE, .refusal = N_("it is paused")},
    {"resume", 0, WSP_PLAY_RESUME, .refusal = N_("it is not paused")},
    {"next", 'n', WSP_PLAY_NEXT, .refusal = NO_MORE},
    {"previous", 'p', WSP_PLAY_PREVIOUS, .refusal = TOO_LATE},
    {"repeat", 'r', WSP_PLAY_REPEAT, .refusal = N_("nothing has been said yet")},
    {"next-heading", 'N', WSP_PLAY_NEXT_HEADING, .refusal = NO_HEADING},
    {"previous-heading", 'P', WSP_PLAY_PREVIOUS_HEADING, .refusal = NO_HEADING},
    {"go", 'g', WSP_PLAY_GO, .takes_value = true, .refusal = N_("there is no such sentence")},
    {"faster", '+', WSP_PLAY_RATE, .steps = 1, .refusal = NO_RATE},
    {"slower", '-', WSP_PLAY_RATE, .steps = -1, .refusal = NO_RATE},
    {"rate", 0, WSP_PLAY_RATE, .takes_value = true, .refusal = NO_RATE},
    {"louder", ']', WSP_PLAY_VOLUME, .steps = 1, .refusal = NO_VOLUME},
    {"softer", '[', WSP_PLAY_VOLUME, .steps = -1, .refusal = NO_VOLUME},
    {"volume", 0, WSP_PLAY_VOLUME, .takes_value = true, .refusal = NO_VOLUME},
    {"finish", 'q', WSP_PLAY_FINISH, .refusal = TOO_LATE},
    {"stop", 'Q', WSP_PLAY_STOP, .refusal = TOO_LATE},
};
const size_t wsp_n_commands = WSP_LEN(wsp_commands);

const struct wsp_command *wsp_command_find(const char *name)
{
    for (size_t i = 0; i < wsp_n_commands; i++)
        if (strcmp(wsp_commands[i].name, name) == 0)
            return &wsp_commands[i];
    return NULL;
}

const struct wsp_command *wsp_command_of_key(char key)
{
    for (size_t i = 0; i < wsp_n_commands; i++)
        if (key != 0 && wsp_commands[i].key == key)
            return &wsp_commands[i];
    return NULL;
}

bool wsp_command_run(const struct wsp_command *command, struct wsp_play *play, double value)
{
    if (command->steps && command->command == WSP_PLAY_RATE)
        return wsp_play_change_rate(play, command->steps);
    if (command->steps)
        return wsp_play_change_volume(play, command->steps);
    return wsp_play_do(play, command->command, value);
}
