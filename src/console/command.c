#include "console/command.h"

#include <string.h>

const struct wsp_command wsp_commands[] = {
    {"toggle", ' ', .command = WSP_PLAY_TOGGLE},
    {"pause", .command = WSP_PLAY_PAUSE},
    {"resume", .command = WSP_PLAY_RESUME},
    {"next", 'n', .command = WSP_PLAY_NEXT},
    {"previous", 'p', .command = WSP_PLAY_PREVIOUS},
    {"repeat", 'r', .command = WSP_PLAY_REPEAT},
    {"next-heading", 'N', .command = WSP_PLAY_NEXT_HEADING},
    {"previous-heading", 'P', .command = WSP_PLAY_PREVIOUS_HEADING},
    {"go", 'g', .command = WSP_PLAY_GO, .takes_value = true},
    {"faster", '+', .command = WSP_PLAY_RATE, .steps = 1},
    {"slower", '-', .command = WSP_PLAY_RATE, .steps = -1},
    {"rate", .command = WSP_PLAY_RATE, .takes_value = true},
    {"louder", ']', .command = WSP_PLAY_VOLUME, .steps = 1},
    {"softer", '[', .command = WSP_PLAY_VOLUME, .steps = -1},
    {"volume", .command = WSP_PLAY_VOLUME, .takes_value = true},
    {"finish", 'q', .command = WSP_PLAY_FINISH},
    {"stop", 'Q', .command = WSP_PLAY_STOP},
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
