/* SPDX-License-Identifier: Apache-2.0 */
/* What a program draws in one layer, as the machine will do it: the tokeniser and the policy read
 * each line, and what moves becomes a line to draw. Lasers have one layer. */
#ifndef USINE_GCODE_PATH_H
#define USINE_GCODE_PATH_H

#include "base/err.h"
#include "base/profile.h"
#include "path_index.h"
#include "strokes.h"

struct path {
    uint32_t layer;  /* this one, from 1 */
    uint32_t layers; /* of the program, as analysis.layers counts them; lasers: 1 */
    double z_mm;     /* of the layer; 0 for lasers, NAN when there is no such layer */
    struct strokes strokes;
};

/* Reads what of the file index says that it holds the layer (later objects may return to it), and
 * the whole file for lasers, which need no index (NULL; printers need theirs). Blocks: pool only.
 * *path is the caller's to path_finish. ERR_NOT_FOUND, ERR_DISK, ERR_NO_MEMORY. */
enum err path_read(const char *file, const struct profile *profile, uint32_t layer,
                   const struct path_index *index, struct path *path);
void path_finish(struct path *path); /* zeroed is harmless */

#endif
