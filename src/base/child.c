#include "base/child.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Two steps, because a target number may be the source of another row: first every descriptor is
 * parked above all numbers in use, then each goes to its place. */
static int plan_descriptors(posix_spawn_file_actions_t *plan, const struct wsp_child_fd *fds,
                            size_t n_fds)
{
    int top = 2, parking = 2;
    for (size_t i = 0; i < n_fds; i++) {
        top = fds[i].child > top ? fds[i].child : top;
        parking = fds[i].parent > parking ? fds[i].parent : parking;
    }
    parking = (top > parking ? top : parking) + 1;

    int failed = posix_spawn_file_actions_addopen(plan, 0, "/dev/null", O_RDWR, 0);
    failed |= posix_spawn_file_actions_adddup2(plan, 0, 1);
    for (size_t i = 0; i < n_fds; i++)
        failed |= posix_spawn_file_actions_adddup2(plan, fds[i].parent, parking + (int)i);
    for (size_t i = 0; i < n_fds; i++)
        failed |= posix_spawn_file_actions_adddup2(plan, parking + (int)i, fds[i].child);
    failed |= posix_spawn_file_actions_addclosefrom_np(plan, top + 1);
    return failed;
}

static enum wsp_status start(pid_t *pid, const char *program, char *const argv[],
                             char *const environment[], const struct wsp_child_fd *fds,
                             size_t n_fds, struct wsp_error *err)
{
    *pid = -1;
    posix_spawn_file_actions_t plan;
    posix_spawnattr_t attributes;
    sigset_t none, normal;
    sigemptyset(&none);
    sigemptyset(&normal);
    sigaddset(&normal, SIGPIPE);
    sigaddset(&normal, SIGCHLD);

    posix_spawn_file_actions_init(&plan);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &normal);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    int failed = plan_descriptors(&plan, fds, n_fds);
    if (!failed)
        failed = posix_spawn(pid, program, &plan, &attributes, argv, environment);
    posix_spawn_file_actions_destroy(&plan);
    posix_spawnattr_destroy(&attributes);
    if (failed) {
        *pid = -1;
        return wsp_fail(err, WSP_UNAVAILABLE, _("cannot start the helper '%s': %s"), program,
                        wsp_errno_text(failed));
    }
    return WSP_OK;
}

enum wsp_status wsp_child_start(pid_t *pid, const char *program, char *const argv[],
                                const struct wsp_child_fd *fds, size_t n_fds, struct wsp_error *err)
{
    return start(pid, program, argv, environ, fds, n_fds, err);
}

enum wsp_status wsp_child_start_with(pid_t *pid, const char *program, char *const argv[],
                                     const char *variable, const struct wsp_child_fd *fds,
                                     size_t n_fds, struct wsp_error *err)
{
    size_t n = 0;
    while (environ[n])
        n++;
    char **environment = calloc(n + 2, sizeof *environment);
    if (!environment)
        return wsp_fail_nomem(err);
    memcpy(environment, environ, n * sizeof *environment);
    environment[n] = (char *)(uintptr_t)variable;
    enum wsp_status st = start(pid, program, argv, environment, fds, n_fds, err);
    free(environment);
    return st;
}

bool wsp_child_wait(pid_t pid, int timeout_ms, int *wait_status)
{
    int status = 0;
    if (timeout_ms > 0) {
        int fd = (int)syscall(SYS_pidfd_open, pid, 0);
        if (fd >= 0) {
            struct pollfd ended = {.fd = fd, .events = POLLIN};
            poll(&ended, 1, timeout_ms);
            close(fd);
        }
    }
    pid_t got;
    do
        got = waitpid(pid, &status, WNOHANG);
    while (got < 0 && errno == EINTR);
    if (got == 0)
        return false;
    if (wait_status)
        *wait_status = status;
    return true;
}

void wsp_child_end(pid_t pid, int grace_ms)
{
    if (pid <= 0 || wsp_child_wait(pid, grace_ms, NULL))
        return;
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

long long wsp_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
