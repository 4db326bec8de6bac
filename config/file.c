/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "source.h"

static enum err fail(enum err err, const char *what, char *why, size_t size)
{
    snprintf(why, size, "cannot be read: %s", what);
    return err;
}

static enum err read_open(FILE *file, char **text, size_t *n)
{
    *text = malloc(SOURCE_MAX + 1);
    if (*text == NULL)
        return ERR_NO_MEMORY;
    *n = fread(*text, 1, SOURCE_MAX + 1, file);
    if (ferror(file))
        return ERR_DISK;
    return *n > SOURCE_MAX ? ERR_TOO_LARGE : ERR_OK;
}

enum err file_read(const char *path, char **text, size_t *n, char *why, size_t size)
{
    struct stat st;
    FILE *file = fopen(path, "re");
    enum err err;

    *text = NULL;
    if (file == NULL)
        return fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_DISK, strerror(errno), why, size);
    if (fstat(fileno(file), &st) == 0 && S_ISDIR(st.st_mode)) {
        fclose(file);
        return fail(ERR_DISK, "it is a folder", why, size);
    }
    err = read_open(file, text, n);
    if (err == ERR_TOO_LARGE)
        snprintf(why, size, "is larger than %d MB", SOURCE_MAX >> 20);
    else if (err != ERR_OK)
        fail(err, err == ERR_DISK ? strerror(errno) : err_words(err), why, size);
    fclose(file);
    if (err != ERR_OK) {
        free(*text);
        *text = NULL;
    }
    return err;
}
