/* A process that takes itself back: all memory that it can write becomes what it was.
 *
 * libespeak-ng carries state from one utterance to the next, in its own variables and in what it
 * has on the heap. A process that can put back every byte, those of the C library and of malloc
 * included, is as pristine as one that has just been forked, for the price of comparing some
 * hundreds of pages: where page faults are dear, a fork costs more than speaking. What it has in
 * the kernel (descriptors, signals, mappings made meanwhile) is not taken back. */
#ifndef WSP_SPEECH_REWIND_H
#define WSP_SPEECH_REWIND_H

#include <stdbool.h>

struct wsp_moment;

/* Let what will be allocated lie where it can be taken back, and little of it: no mappings of
 * malloc's own, and small stacks for threads. To be called before. */
void wsp_rewind_prepare(void);

/* Remember all that this process may write but its stack. The moment lives as long as the process,
 * and holds for its forks too, which take no threads with them. NULL where that is more than 16 MB,
 * the memory is not ours alone (a sanitizer, valgrind), or there is none for the moment. */
const struct wsp_moment *wsp_rewind_remember(void);

/* Make everything as it was at `moment`, and the dead stack below the caller zero. What lives on
 * the stack stays, and `moment` must be there. Returns false when the heap cannot be what it was;
 * then the process is good for nothing more. */
bool wsp_rewind_to(const struct wsp_moment *moment);

#endif
