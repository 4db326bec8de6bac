/* SPDX-License-Identifier: Apache-2.0 */
/* A file is known by device, inode, size and both times of its last change. Times of a file system
 * move in steps, so a file changed just now may be changed again without a trace: such a file is
 * hashed, but not remembered. Several threads may hash one file at the same time, once each. */
#include "verified.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <uv.h>

#include "base/hash.h"

enum { KEPT = 64 };

#define SETTLED_NS                                                                                 \
    INT64_C(100000000) /* far above the kernel's tick, which is the steps' length                  \
                        */

struct identity {
    dev_t device;
    ino_t inode;
    off_t size;
    int64_t modified_ns, changed_ns;
};

struct entry {
    struct identity file;
    char sha256[HASH_TEXT_SIZE];
};

struct verified {
    uv_mutex_t mutex;
    unsigned count, next; /* next: the entry given up for a new one */
    struct entry entries[KEPT];
};

static int64_t ns_of(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

static enum err identify(const char *path, struct identity *file)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_DISK;
    *file = (struct identity){.device = st.st_dev,
                              .inode = st.st_ino,
                              .size = st.st_size,
                              .modified_ns = ns_of(&st.st_mtim),
                              .changed_ns = ns_of(&st.st_ctim)};
    return ERR_OK;
}

static bool is_same(const struct identity *a, const struct identity *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->modified_ns == b->modified_ns && a->changed_ns == b->changed_ns;
}

static bool is_settled(const struct identity *file)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return ns_of(&now) - file->changed_ns > SETTLED_NS &&
           ns_of(&now) - file->modified_ns > SETTLED_NS;
}

static bool is_known(struct verified *known, const struct identity *file, const char *sha256)
{
    bool found = false;

    uv_mutex_lock(&known->mutex);
    for (unsigned i = 0; i < known->count && !found; i++)
        found =
            is_same(&known->entries[i].file, file) && strcmp(known->entries[i].sha256, sha256) == 0;
    uv_mutex_unlock(&known->mutex);
    return found;
}

static void remember(struct verified *known, const struct identity *file, const char *sha256)
{
    struct entry *entry;

    uv_mutex_lock(&known->mutex);
    entry = &known->entries[known->next];
    entry->file = *file;
    memcpy(entry->sha256, sha256, sizeof entry->sha256);
    known->next = (known->next + 1) % KEPT;
    if (known->count < KEPT)
        known->count++;
    uv_mutex_unlock(&known->mutex);
}

enum err verified_file(struct verified *known, const char *path, const char *sha256, bool *same)
{
    char sum[HASH_TEXT_SIZE];
    struct identity before, after;
    enum err err = identify(path, &before);
    bool settled = err == ERR_OK && is_settled(&before);

    *same = err == ERR_OK && known != NULL && is_known(known, &before, sha256);
    if (err != ERR_OK || *same)
        return err;
    err = hash_file(path, sum);
    if (err != ERR_OK)
        return err;
    *same = strcmp(sum, sha256) == 0;
    if (*same && known != NULL && settled && identify(path, &after) == ERR_OK &&
        is_same(&before, &after))
        remember(known, &before, sum);
    return ERR_OK;
}

struct verified *verified_create(void)
{
    struct verified *known = calloc(1, sizeof *known);

    if (known != NULL && uv_mutex_init(&known->mutex) != 0) {
        free(known);
        return NULL;
    }
    return known;
}

void verified_destroy(struct verified *known)
{
    if (known == NULL)
        return;
    uv_mutex_destroy(&known->mutex);
    free(known);
}
