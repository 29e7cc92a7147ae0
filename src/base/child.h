/* Child processes: one way to start a helper, to wait for it and to end it.
 *
 * A helper is a second life of the program itself (or of any program): it is started with
 * posix_spawn, so that nothing the parent has allocated is copied, and gets exactly the
 * descriptors that are listed. */
#ifndef WSP_BASE_CHILD_H
#define WSP_BASE_CHILD_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct wsp_child_fd {
    int parent; /* a descriptor of ours */
    int child;  /* the number it has in the child */
};

/* Start `program` (a path) with `argv` (NULL-terminated). The child has the descriptors of
 * `fds` and no others above 2; standard input is /dev/null, standard output is /dev/null, and
 * standard error is ours unless `fds` says otherwise. On success *pid is the child's and the caller
 * ends it with wsp_child_end(). Returns WSP_OK or WSP_UNAVAILABLE. */
enum wsp_status wsp_child_start(pid_t *pid, const char *program, char *const argv[],
                                const struct wsp_child_fd *fds, size_t n_fds,
                                struct wsp_error *err);

/* The same with one more variable in the child's environment, as in "LD_BIND_NOW=1". */
enum wsp_status wsp_child_start_with(pid_t *pid, const char *program, char *const argv[],
                                     const char *variable, const struct wsp_child_fd *fds,
                                     size_t n_fds, struct wsp_error *err);

/* Has the child ended? Waits up to `timeout_ms` (0: just look). On true *wait_status is
 * waitpid's, and the pid is no longer ours. */
bool wsp_child_wait(pid_t pid, int timeout_ms, int *wait_status);

/* End the child: wait `grace_ms` for it to end by itself, then SIGKILL, and reap it. */
void wsp_child_end(pid_t pid, int grace_ms);

/* Milliseconds on a clock that only goes forward. */
long long wsp_now_ms(void);

#endif
