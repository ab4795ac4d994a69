/*
 * Runs a fuzz target over files instead of under libFuzzer, so that every build replays the corpus.
 * usage: PROGRAM FILE-OR-DIRECTORY...
 */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each input gets a block of exactly its size, so that a read past the end is seen. */
static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data;
    long size;

    if (!file) return 0;
    if (fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        fclose(file);
        return 0;
    }
    rewind(file);
    data = malloc(size ? (size_t)size : 1);
    if (!data || fread(data, 1, (size_t)size, file) != (size_t)size) {
        free(data);
        fclose(file);
        return 0;
    }
    fclose(file);
    LLVMFuzzerTestOneInput(data, (size_t)size);
    free(data);
    return 1;
}

static int replay_directory(const char *path, DIR *directory)
{
    const struct dirent *entry;
    int count = 0;

    while ((entry = readdir(directory))) {
        char name[1024];

        if (entry->d_name[0] == '.') continue;
        if (snprintf(name, sizeof(name), "%s/%s", path, entry->d_name) < (int)sizeof(name))
            count += replay_file(name);
    }
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;

    for (int i = 1; i < argc; i++) {
        DIR *directory = opendir(argv[i]);

        if (directory) {
            count += replay_directory(argv[i], directory);
            closedir(directory);
        } else {
            count += replay_file(argv[i]);
        }
    }
    printf("%d inputs replayed\n", count);
    return count ? 0 : 1;
}
