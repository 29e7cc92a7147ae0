/* The session bus: desktops, media keys and playerctl steer what plays, after the MPRIS D-Bus
 * Interface Specification 2.2. */
#ifndef WSP_CONSOLE_MPRIS_H
#define WSP_CONSOLE_MPRIS_H

#include "studio/play.h"

struct wsp_mpris; /* opaque; one owner */

/* Returns NULL when out of memory. The bus is reached when the sound has begun; where there is
 * none, nobody misses it. */
struct wsp_mpris *wsp_mpris_new(void);
void wsp_mpris_free(struct wsp_mpris *mpris); /* NULL is fine */

struct wsp_play_guest wsp_mpris_guest(struct wsp_mpris *mpris);

#endif
