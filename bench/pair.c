/* Time two commands side by side: alternately, A B A B ..., so that a machine whose speed drifts
 * treats both alike, and print the medians and the median of the ratios pair by pair.
 *
 *   pair RUNS A-COMMAND -- B-COMMAND     (each a command with its arguments)
 *
 * One run of each comes first and is not counted. What the commands print is thrown away; one
 * that fails ends the comparison. Output, one line:
 *   wall A, wall B [s], ratio A/B; processor time A, B [s]; largest process of A, B [MB] */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { RUNS_MAX = 101 };

struct run {
    double wall_s, cpu_s, rss_mb;
};

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static bool time_command(char **argv, struct run *run)
{
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
    pid_t pid;
    int status = 0;
    struct rusage usage;
    double begin = now_s();
    int failed = posix_spawnp(&pid, argv[0], &quiet, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&quiet);
    if (failed || wait4(pid, &status, 0, &usage) < 0)
        return false;
    run->wall_s = now_s() - begin;
    run->cpu_s = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    run->rss_mb = (double)usage.ru_maxrss / 1024;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, by_value);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* The median of one member over the runs. */
static double median_of(const struct run *runs, int n, size_t offset)
{
    double values[RUNS_MAX];
    for (int i = 0; i < n; i++)
        memcpy(&values[i], (const char *)&runs[i] + offset, sizeof values[i]);
    return median(values, n);
}

static void print_result(const struct run *a, const struct run *b, int n)
{
    double ratios[RUNS_MAX];
    for (int i = 0; i < n; i++)
        ratios[i] = a[i].wall_s / b[i].wall_s;
    printf("%.3f %.3f %.3f %.3f %.3f %.1f %.1f\n", median_of(a, n, offsetof(struct run, wall_s)),
           median_of(b, n, offsetof(struct run, wall_s)), median(ratios, n),
           median_of(a, n, offsetof(struct run, cpu_s)),
           median_of(b, n, offsetof(struct run, cpu_s)),
           median_of(a, n, offsetof(struct run, rss_mb)),
           median_of(b, n, offsetof(struct run, rss_mb)));
}

int main(int argc, char **argv)
{
    int parting = 2;
    while (parting < argc && strcmp(argv[parting], "--") != 0)
        parting++;
    int n = argc > 1 ? atoi(argv[1]) : 0;
    if (n < 1 || n >= RUNS_MAX || parting < 3 || parting + 1 >= argc) {
        fputs("usage: pair RUNS A-COMMAND -- B-COMMAND\n", stderr);
        return 64;
    }
    argv[parting] = NULL;
    static struct run a[RUNS_MAX], b[RUNS_MAX];
    for (int i = -1; i < n; i++) {
        int at = i < 0 ? 0 : i;
        if (!time_command(argv + 2, &a[at]) || !time_command(argv + parting + 1, &b[at])) {
            fprintf(stderr, "pair: a command failed: %s or %s\n", argv[2], argv[parting + 1]);
            return 1;
        }
    }
    print_result(a, b, n);
    return 0;
}
