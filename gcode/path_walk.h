/* SPDX-License-Identifier: Apache-2.0 */
/* Goes through the lines of a program, or of a piece of it, as its machine would: the tokeniser and
 * the policy read each line, and the walker is told of what moves. */
#ifndef USINE_GCODE_PATH_WALK_H
#define USINE_GCODE_PATH_WALK_H

#include "base/err.h"
#include "policy.h"
#include "reader.h"

struct path_walk {
    struct policy_state state; /* after the line */
    double from[AXES];         /* where the tool was before it */
    uint64_t offset;           /* of the line in the file */
    struct gcode_line line;
    void *owner;
    void (*before)(
        struct path_walk *walk);           /* each line, with the state before it; NULL: not told */
    void (*moved)(struct path_walk *walk); /* a line that moves */
    struct policy_ruling ruling;
    struct reader reader;
};

/* Takes the lines that begin from offset `start`, which is one of a line, and before `end`. The
 * state is the caller's to begin. Blocks: pool only. ERR_DISK, ERR_NO_MEMORY. */
enum err path_walk(struct path_walk *walk, int fd, uint64_t start, uint64_t end);

/* The height at which the line extrudes; NAN: it does not. Printers only. */
double path_walk_height(const struct path_walk *walk);

#endif
