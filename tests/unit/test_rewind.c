/* A process that takes itself back. */
#include "testing.h"

#include "speech/mappings.h"
#include "speech/rewind.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BLOCKS = 200, LARGE = 300 * 1024, DEEP = 20 * 1024 };

static int count = 7;
static char *blocks[BLOCKS];
static char text[] = "a b c"; /* parted by strtok, whose place is in the C library */

/* As the kernel sees it; sbrk() tells what the C library remembers. */
static unsigned long end_of_heap(void)
{
    return (unsigned long)syscall(SYS_brk, 0);
}

static size_t size_of(size_t i)
{
    return i % 60 == 0 ? LARGE : 16 + i * 97 % 5000;
}

static bool is_as_it_was(unsigned long heap_end)
{
    bool same = count == 7 && end_of_heap() == heap_end && strcmp(text + 2, "b c") == 0;
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t k = 0; k < size_of(i); k++)
            same = same && blocks[i][k] == (char)(i + k);
    return same;
}

/* All that the engine does: variables, what hangs on them, what others look after for it. */
__attribute__((noinline)) static void spoil(void)
{
    char deep[DEEP];
    memset(deep, 'x', sizeof deep);
    __asm__ volatile("" : : "r"(deep) : "memory"); /* so that it is written */
    count = 8;
    for (size_t i = 0; i < BLOCKS; i++) {
        memset(blocks[i], 0, size_of(i));
        if (i % 3 == 0)
            free(blocks[i]);
        blocks[i] = malloc(LARGE);
        memset(blocks[i], 1, LARGE);
    }
    strtok(NULL, " ");
}

__attribute__((noinline)) static bool sees_only_zero(const char *below)
{
    bool zero = true;
    for (size_t i = 1024; i < DEEP; i++)
        zero = zero && below[-(ptrdiff_t)i] == 0;
    return zero;
}

/* Returns 0, or the number of what is not as promised. */
static int live_three_times(void)
{
    wsp_rewind_prepare();
    for (size_t i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(size_of(i));
        for (size_t k = 0; k < size_of(i); k++)
            blocks[i][k] = (char)(i + k);
    }
    strtok(text, " ");
    const struct wsp_moment *moment = wsp_rewind_remember();
    struct wsp_mapping any;
    if (wsp_mappings(&any, 1) == 0) /* a sanitizer or valgrind: the memory is not ours */
        return moment ? 1 : 0;
    if (!moment)
        return 2;
    unsigned long heap_end = end_of_heap();
    void *next = malloc(100);
    free(next);
    for (int life = 0; life < 3; life++) {
        spoil();
        if (is_as_it_was(heap_end))
            return 3;
        if (!wsp_rewind_to(moment))
            return 7;
        if (!sees_only_zero(__builtin_frame_address(0)))
            return 4;
        if (!is_as_it_was(heap_end))
            return 5;
        if (malloc(100) != next)
            return 6;
    }
    return 0;
}

static void test_all_becomes_what_it_was(void **state)
{
    (void)state;
    pid_t pid = fork();
    if (pid == 0)
        _exit(live_three_times());
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_becomes_what_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
