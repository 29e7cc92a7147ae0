/* Plays the files of the given folders to a fuzz target, where there is no libFuzzer.
 *
 *   fuzz_NAME FOLDER... */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int play(const char *path)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &about)) {
        perror(path);
        exit(1);
    }
    /* No byte more than there is: a sanitizer sees whoever reads on. */
    uint8_t *data = malloc((size_t)about.st_size + !about.st_size);
    size_t size = data ? fread(data, 1, (size_t)about.st_size, file) : 0;
    int status = size == (size_t)about.st_size ? LLVMFuzzerTestOneInput(data, size) : 1;
    free(data);
    fclose(file);
    return status;
}

int main(int argc, char **argv)
{
    int played = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        struct dirent *entry;
        while (folder && (entry = readdir(folder))) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            if (entry->d_name[0] == '.')
                continue;
            printf("%s\n", path);
            fflush(stdout);
            if (play(path))
                return 1;
            played++;
        }
        if (folder)
            closedir(folder);
    }
    return played > 0 ? 0 : 1; /* an empty corpus is a mistake */
}
