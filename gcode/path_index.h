/* SPDX-License-Identifier: Apache-2.0 */
/* Where in a printer's program the layers are: made by reading the whole file once, so that each
 * layer is then drawn from the pieces of the file that hold it. */
#ifndef USINE_GCODE_PATH_INDEX_H
#define USINE_GCODE_PATH_INDEX_H

#include "base/err.h"
#include "policy.h"

/* A height at which something is extruded for the first time, as in measure.c. */
struct path_layer {
    double z_mm;
    uint64_t first; /* offset of the line that extrudes there first */
};

/* A piece of the file, from a line to a line. */
struct path_block {
    uint64_t offset;           /* of its first line; it ends where the next one begins */
    struct policy_state state; /* before that line; its profile is the caller's to set */
    double before;             /* height of the last extrusion before it; NAN: none */
    double low, high;          /* of the extrusions in it; low > high: none */
};

struct path_index {
    struct path_layer *layers; /* owned */
    struct path_block *blocks; /* owned */
    size_t layer_count, block_count;
    size_t layer_room, block_room;
    uint64_t size; /* of the file */
};

/* Heights that differ by no more are one layer. */
enum { PATH_SAME_HEIGHT_UM = 5 };

/* Blocks: pool only. *index is the caller's to path_index_finish, also when this fails.
 * ERR_NOT_FOUND, ERR_DISK, ERR_NO_MEMORY. */
enum err path_index_read(const char *file, const struct profile *profile, struct path_index *index);

void path_index_finish(struct path_index *index); /* zeroed is harmless */

#endif
