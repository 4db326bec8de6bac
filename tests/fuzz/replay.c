/* SPDX-License-Identifier: Apache-2.0 */
/* replay FOLDER: feeds every file of a corpus to a fuzz target, each whole and cut at a few places,
 * so that the seeds (and every fault a fuzzer ever found) are a plain test of every build. An empty
 * corpus is a fault. */
#include "fuzz.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CUTS = 16 };

/* Returns the file's bytes (the caller's to free) and sets *size, or NULL. */
static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    long n = -1;

    if (file == NULL)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0)
        n = ftell(file);
    rewind(file);
    if (n >= 0)
        data = malloc((size_t)n + 1);
    if (data != NULL)
        *size = fread(data, 1, (size_t)n, file);
    fclose(file);
    return data;
}

/* The copy is exactly as long as what is fed, so that a read past its end is seen. */
static bool feed(const uint8_t *data, size_t n)
{
    uint8_t *copy = malloc(n > 0 ? n : 1);

    if (copy == NULL)
        return false;
    memcpy(copy, data, n);
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
    return true;
}

static bool replay(const char *folder, const char *name)
{
    char path[4096];
    size_t size = 0;
    uint8_t *data;
    bool done = true;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    data = read_file(path, &size);
    if (data == NULL) {
        perror(path);
        return false;
    }
    for (size_t cut = 0; cut <= CUTS && done; cut++)
        done = feed(data, size * cut / CUTS);
    free(data);
    return done;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    unsigned count = 0, failed = 0;

    if (folder == NULL) {
        fprintf(stderr, "usage: replay FOLDER (the corpus, with at least one file)\n");
        return 2;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        count++;
        failed += !replay(argv[1], entry->d_name);
    }
    closedir(folder);
    printf("%u files, %u failed\n", count, failed);
    return count == 0 || failed > 0;
}
