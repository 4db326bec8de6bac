/* SPDX-License-Identifier: Apache-2.0 */
/* Drawings of programs, made on the pool one after the other: a person who drags a slider over a
 * program of 100 MB must not take the pool from the machines. Office thread. */
#ifndef USINE_COMMANDS_PREVIEWS_H
#define USINE_COMMANDS_PREVIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "answer.h"
#include "base/list.h"
#include "base/profile.h"
#include "gcode/path_index.h"

enum {
    PREVIEWS_MAX = 16, /* waiting */
    PREVIEWS_KEPT =
        4, /* programs whose layers are known: who drags a slider asks again and again */
};

/* Where the layers of a program are, on a machine model. */
struct previewed {
    char file[768];
    struct profile profile;
    struct path_index index;
    uint64_t used; /* the larger, the later; 0: never */
};

struct previews {
    uv_loop_t *loop;                      /* borrowed */
    struct list waiting;                  /* struct preview of previews.c */
    size_t count;                         /* in waiting */
    bool busy;                            /* one is on the pool */
    struct previewed kept[PREVIEWS_KEPT]; /* the pool's while busy */
    uint64_t uses;                        /* the same */
};

void previews_init(struct previews *previews, uv_loop_t *loop);

/* Answers what waits with ERR_BUSY; the one on the pool is answered when it is done. */
void previews_close(struct previews *previews);

/* After the last one has come from the pool. */
void previews_finish(struct previews *previews);

/* Draws a layer (from 1) of the file for this model (copied) and ends the answer with it. ERR_BUSY:
 * too many wait. */
void previews_ask(struct previews *previews, const char *file, const struct profile *profile,
                  uint32_t layer, struct answer *answer);

#endif
