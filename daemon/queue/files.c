/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t wrote = write(fd, bytes, n);

        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        bytes += wrote;
        n -= (size_t)wrote;
    }
    return true;
}

/* *reading says which side failed. */
static bool pour(int in, int out, bool *reading)
{
    char bytes[65536];

    for (;;) {
        ssize_t n = read(in, bytes, sizeof bytes);

        *reading = n < 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (n == 0)
            return fsync(out) == 0;
        if (!write_all(out, bytes, (size_t)n))
            return false;
    }
}

static enum err copy_open(int in, const char *from, char *to, char *text, size_t size)
{
    int out = mkstemp(to);
    bool reading = false, ok;
    int saved;

    if (out < 0) {
        snprintf(text, size, "%.200s: cannot be made (%s)", to, strerror(errno));
        return ERR_DISK;
    }
    ok = fchmod(out, 0644) == 0 && pour(in, out, &reading);
    saved = errno;
    close(out);
    if (ok)
        return ERR_OK;
    unlink(to);
    snprintf(text, size, "%.200s: cannot be %s (%s)%s", from, reading ? "read" : "kept",
             strerror(saved), reading ? "" : ": free some space and try again");
    return ERR_DISK;
}

enum err files_copy(const char *from, char *to, char *text, size_t size)
{
    int in = open(from, O_RDONLY | O_CLOEXEC);
    struct stat st;
    enum err err;

    if (in < 0) {
        snprintf(text, size, "%.200s: cannot be opened (%s)", from, strerror(errno));
        return ERR_NOT_FOUND;
    }
    if (fstat(in, &st) != 0 || !S_ISREG(st.st_mode)) {
        snprintf(text, size, "%.200s is not a file", from);
        err = ERR_INVALID;
    } else {
        err = copy_open(in, from, to, text, size);
    }
    close(in);
    return err;
}

bool files_write(const char *path, const char *bytes, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool ok = fd >= 0 && write_all(fd, bytes, n);

    if (fd >= 0)
        close(fd);
    return ok;
}

bool files_flush(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return ok;
}
