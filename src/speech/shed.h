/* A lean process forks and rewinds fast: unmap the libraries that a process never calls. */
#ifndef WSP_SPEECH_SHED_H
#define WSP_SPEECH_SHED_H

#include <stddef.h>

/* Unmap every shared object whose file name begins with none of the `keep` prefixes (NULL-
 * terminated); the program itself and what is no shared object stay. For a process that will
 * end with _exit() and load nothing more. Returns how many mappings went; under a sanitizer,
 * which walks all modules, nothing does. */
size_t wsp_shed_libraries(const char *const *keep);

#endif
