/* The nursery: a small process that starts the engine and never speaks. It keeps one pristine
 * worker a lane, forked from itself and waiting; a worker speaks one utterance and is taken back to
 * the moment before any (rewind.h), or ends where it cannot be. So an utterance's samples depend on
 * the utterance and the voice alone, and a crash or a hang inside the engine costs one worker.
 *
 *   this process            the nursery                   its workers
 *   pool.c   --control-->   forks, reaps, ends workers
 *     lane 0 <==================================> [worker waits or speaks]
 *     lane 1 <==================================> [worker waits or speaks]
 */
#ifndef WSP_SPEECH_NURSERY_H
#define WSP_SPEECH_NURSERY_H

#include "speech/engine.h"

/* The role's name (its argv[0]). argv: {role, lanes, voice file, rate in words a minute,
 * pitch, "phonemes" or "sound"}. Descriptor 3 is the control socket, 4 the first lane. */
#define WSP_NURSERY_ROLE "wtisd-speak-nursery"
enum { WSP_NURSERY_CONTROL = 3, WSP_NURSERY_LANES = 4, WSP_NURSERY_LANES_MAX = 256 };

/* Run the nursery until the control socket is closed. `engines` as for wsp_engine_find().
 * Returns an exit status; the caller ends with _exit(). */
int wsp_nursery_main(int argc, char **argv, const struct wsp_engine *const *engines);

#endif
