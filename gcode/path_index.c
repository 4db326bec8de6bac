/* SPDX-License-Identifier: Apache-2.0 */
#include "path_index.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/grow.h"
#include "path_walk.h"

enum { BLOCK = 65536, LAYERS_MAX = 1000000 };

struct making {
    struct path_walk walk;
    struct path_index *index;
    double highest, last; /* of what was extruded; NAN: nothing was */
    enum err err;
};

static void before(struct path_walk *walk)
{
    struct making *making = walk->owner;
    struct path_index *index = making->index;
    struct path_block *blocks;

    if (index->block_count > 0 &&
        walk->offset - index->blocks[index->block_count - 1].offset < BLOCK)
        return;
    blocks = array_grow(index->blocks, index->block_count, &index->block_room, sizeof *blocks);
    if (blocks == NULL) {
        making->err = ERR_NO_MEMORY;
        return; /* the block before it only becomes longer */
    }
    index->blocks = blocks;
    blocks[index->block_count++] = (struct path_block){.offset = walk->offset,
                                                       .state = walk->state,
                                                       .before = making->last,
                                                       .low = INFINITY,
                                                       .high = -INFINITY};
}

static void add_layer(struct making *making, double z)
{
    struct path_index *index = making->index;
    struct path_layer *layers =
        index->layer_count < LAYERS_MAX
            ? array_grow(index->layers, index->layer_count, &index->layer_room, sizeof *layers)
            : NULL;

    making->highest = z;
    if (layers == NULL) {
        making->err = ERR_NO_MEMORY;
        return;
    }
    index->layers = layers;
    layers[index->layer_count++] = (struct path_layer){.z_mm = z, .first = making->walk.offset};
}

static void moved(struct path_walk *walk)
{
    struct making *making = walk->owner;
    double z = path_walk_height(walk);
    struct path_block *block;

    if (isnan(z) || making->index->block_count == 0)
        return;
    block = &making->index->blocks[making->index->block_count - 1];
    block->low = fmin(block->low, z);
    block->high = fmax(block->high, z);
    making->last = z;
    if (z > making->highest + PATH_SAME_HEIGHT_UM / 1000.0)
        add_layer(making, z);
}

enum err path_index_read(const char *file, const struct profile *profile, struct path_index *index)
{
    struct making *making = calloc(1, sizeof *making);
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    enum err err = fd >= 0 ? ERR_OK : errno == ENOENT ? ERR_NOT_FOUND : ERR_DISK;

    *index = (struct path_index){0};
    if (err == ERR_OK && making == NULL)
        err = ERR_NO_MEMORY;
    if (err == ERR_OK) {
        making->index = index;
        making->highest = -INFINITY;
        making->last = NAN;
        making->walk.owner = making;
        making->walk.before = before;
        making->walk.moved = moved;
        policy_begin(&making->walk.state, profile);
        index->size = (uint64_t)lseek(fd, 0, SEEK_END);
        err = path_walk(&making->walk, fd, 0, UINT64_MAX);
        err = err != ERR_OK ? err : making->err;
    }
    if (fd >= 0)
        close(fd);
    free(making);
    return err;
}

void path_index_finish(struct path_index *index)
{
    free(index->layers);
    free(index->blocks);
    *index = (struct path_index){0};
}
