/* SPDX-License-Identifier: Apache-2.0 */
#include "data_dir.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

void data_dir(const char *installed, const char *source, char *path, size_t size)
{
    char own[PATH_MAX], *slash;
    ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
    int length;

    own[n > 0 ? n : 0] = '\0';
    slash = strrchr(own, '/');
    if (slash != NULL) {
        *slash = '\0';
        length = snprintf(path, size, "%s/../share/usine/%s", own, installed);
        if (length > 0 && (size_t)length < size && is_folder(path))
            return;
    }
    snprintf(path, size, USINE_SOURCE_DIR "/%s", source);
}
