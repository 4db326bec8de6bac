/* SPDX-License-Identifier: Apache-2.0 */
#include "port_lock.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { LINKS_MAX = 4096 }; /* open files looked at: about 5 ms on a small machine */

/* True if process pid has path open; *left counts the looks down. */
static bool has_open(const char *pid, const char *path, int *left)
{
    char folder[64], target[256], name[320];
    struct dirent *entry;
    bool found = false;
    DIR *dir;

    snprintf(folder, sizeof folder, "/proc/%.20s/fd", pid);
    dir = opendir(folder);
    if (dir == NULL)
        return false;
    while (!found && *left > 0 && (entry = readdir(dir)) != NULL) {
        ssize_t n;

        --*left;
        snprintf(name, sizeof name, "%s/%.20s", folder, entry->d_name);
        n = readlink(name, target, sizeof target - 1);
        if (n <= 0)
            continue;
        target[n] = '\0';
        found = strcmp(target, path) == 0;
    }
    closedir(dir);
    return found;
}

/* The pid, as text, of another process that has path open; false if none is seen. */
static bool find_holder(const char *path, char *pid, size_t size)
{
    struct dirent *entry;
    int left = LINKS_MAX;
    bool found = false;
    DIR *dir = opendir("/proc");

    if (dir == NULL)
        return false;
    while (!found && left > 0 && (entry = readdir(dir)) != NULL) {
        if (!isdigit((unsigned char)entry->d_name[0]) || atol(entry->d_name) == (long)getpid())
            continue;
        found = has_open(entry->d_name, path, &left);
        if (found)
            snprintf(pid, size, "%.20s", entry->d_name);
    }
    closedir(dir);
    return found;
}

/* The program's name, printable ASCII. */
static void read_name(const char *pid, char *name, size_t size)
{
    char path[64];
    FILE *file;

    snprintf(name, size, "a program");
    snprintf(path, sizeof path, "/proc/%.20s/comm", pid);
    file = fopen(path, "re");
    if (file == NULL)
        return;
    if (fgets(name, (int)size, file) == NULL)
        snprintf(name, size, "a program");
    fclose(file);
    name[strcspn(name, "\n")] = '\0';
    for (char *p = name; *p != '\0'; p++)
        if (*p < ' ' || *p > '~')
            *p = '?';
}

void port_name_holder(const char *path, char *text, size_t size)
{
    char pid[24], name[32];

    if (find_holder(path, pid, sizeof pid)) {
        read_name(pid, name, sizeof name);
        snprintf(text, size, "%s is in use by %s (pid %s): stop it first", path, name, pid);
    } else {
        snprintf(text, size,
                 "%s is in use by another program, or by another machine of this config", path);
    }
}

enum err port_lock(int fd, const char *path, char *text, size_t size)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return ERR_OK;
    if (errno == EWOULDBLOCK) {
        port_name_holder(path, text, size);
        return ERR_BUSY;
    }
    snprintf(text, size, "%s cannot be locked: %s", path, strerror(errno));
    return ERR_LINK;
}
