/* SPDX-License-Identifier: Apache-2.0 */
#include "state_dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

/* As mkdir -p, mode 0750. */
static int make_folders(const char *folder)
{
    char path[512];

    snprintf(path, sizeof path, "%s", folder);
    for (char *c = path + 1; *c != '\0'; c++) {
        if (*c != '/')
            continue;
        *c = '\0';
        if (mkdir(path, 0750) != 0 && errno != EEXIST)
            return -1;
        *c = '/';
    }
    return mkdir(path, 0750) != 0 && errno != EEXIST ? -1 : 0;
}

static void empty_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    if (dir == NULL)
        return;
    while ((entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
}

static enum err take_lock(const char *folder, int *lock_fd, char *text, size_t size)
{
    char path[512];

    snprintf(path, sizeof path, "%s/lock", folder);
    *lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (*lock_fd < 0) {
        snprintf(text, size, "\"state\": cannot write in %s: %s", folder, strerror(errno));
        return ERR_DISK;
    }
    if (flock(*lock_fd, LOCK_EX | LOCK_NB) != 0) {
        close(*lock_fd);
        *lock_fd = -1;
        snprintf(text, size, "another usined uses %s: stop it, or choose another \"state\"",
                 folder);
        return ERR_REFUSED;
    }
    return ERR_OK;
}

enum err state_dir_open(const char *folder, int *lock_fd, char *text, size_t size)
{
    char path[512];
    enum err err;

    if (make_folders(folder) != 0) {
        snprintf(text, size, "\"state\": cannot make %s: %s", folder, strerror(errno));
        return ERR_DISK;
    }
    err = take_lock(folder, lock_fd, text, size);
    if (err != ERR_OK)
        return err;
    snprintf(path, sizeof path, "%s/tmp", folder);
    if (make_folders(path) != 0) {
        snprintf(text, size, "\"state\": cannot make %s: %s", path, strerror(errno));
        close(*lock_fd);
        *lock_fd = -1;
        return ERR_DISK;
    }
    empty_folder(path);
    return ERR_OK;
}

void state_dir_tell(const char *folder, const char *const *addresses)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/listening", folder);
    file = fopen(path, "we");
    if (file == NULL) {
        log_warning("%s: %s", path, strerror(errno));
        return;
    }
    for (; *addresses != NULL; addresses++)
        fprintf(file, "%s\n", *addresses);
    fclose(file);
}
