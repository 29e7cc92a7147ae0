/* What the player process and its parent say to each other, besides the queue: small structs of
 * fixed size over a SOCK_SEQPACKET socket, from the player to its parent only. The player
 * says codes, the parent makes sentences of them, in the user's language. */
#ifndef WSP_OUTPUT_PLAYER_H
#define WSP_OUTPUT_PLAYER_H

#include "output/playback.h"
#include "output/queue.h"

enum wsp_player_fd { WSP_PLAYER_SOCKET = 3, WSP_PLAYER_QUEUE = 4 };

#define WSP_PLAYER_LIST "--list" /* in place of a device: tell the devices and end */

enum wsp_player_word {
    WSP_PLAYER_READY = 1, /* the device is open */
    WSP_PLAYER_ROOM,      /* there is room in the queue again */
    WSP_PLAYER_DEVICE,    /* `device` is one that can sound */
    WSP_PLAYER_FINISHED,  /* all is said: the last sample has sounded, the last device is told */
    WSP_PLAYER_FAILED,    /* for the reason `failure`; nothing follows */
};

/* name, what `text` is then */
enum wsp_player_failure {
    WSP_PLAYER_NO_DEVICE = 1, /* - */
    WSP_PLAYER_UNKNOWN,       /* the devices there are, ", " between them */
    WSP_PLAYER_AMBIGUOUS,     /* the devices that are meant */
    WSP_PLAYER_CANNOT_OPEN,   /* what PortAudio says */
    WSP_PLAYER_LOST,          /* what PortAudio says */
    WSP_PLAYER_STUCK,         /* -; opening took too long or nothing was consumed for too long */
    WSP_PLAYER_WRONG_RATE,    /* a rate in Hz that it takes */
    WSP_PLAYER_STILL,         /* -; said for it, which says nothing: its process is stopped */
    WSP_PLAYER_BROKEN,        /* -; no socket, no queue: not started by us */
};

struct wsp_player_message {
    uint32_t word;    /* of enum wsp_player_word */
    uint32_t failure; /* of enum wsp_player_failure */
    struct wsp_device device;
    char text[400]; /* terminated */
};

#endif
