#include "speech/mappings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define UNDER_SANITIZER true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define UNDER_SANITIZER true
#endif
#endif
#ifndef UNDER_SANITIZER
#define UNDER_SANITIZER false
#endif

/* "7f1200000000-7f1200021000 rw-p 00000000 00:00 0   /path" */
static bool parse(char *line, struct wsp_mapping *mapping)
{
    char *at;
    unsigned long begin = strtoul(line, &at, 16);
    if (*at != '-')
        return false;
    unsigned long end = strtoul(at + 1, &at, 16);
    if (*at != ' ' || end < begin)
        return false;
    line[strcspn(line, "\n")] = '\0';
    const char *path = strpbrk(at, "/[");
    if (!path)
        path = "";
    size_t len = strlen(path), room = sizeof mapping->path - 1;
    mapping->begin = (char *)begin;
    mapping->len = end - begin;
    mapping->writable = strncmp(at + 1, "rw", 2) == 0 && at[4] == 'p';
    snprintf(mapping->path, sizeof mapping->path, "%s", len > room ? path + len - room : path);
    return true;
}

size_t wsp_mappings(struct wsp_mapping *mappings, size_t n_max)
{
    FILE *maps = UNDER_SANITIZER ? NULL : fopen("/proc/self/maps", "re");
    if (!maps)
        return 0;
    char line[4096 + 128];
    size_t n = 0;
    bool watched = false;
    while (fgets(line, sizeof line, maps)) {
        watched = watched || strstr(line, "/valgrind/");
        n += n < n_max && parse(line, &mappings[n]);
    }
    bool whole = !ferror(maps);
    fclose(maps);
    return watched || !whole ? 0 : n;
}
