/* SPDX-License-Identifier: Apache-2.0 */
/* What happens next: a heap of moments, at most one for each actor. Pure but for its memory. */
#ifndef USINE_PLANNING_MOMENTS_H
#define USINE_PLANNING_MOMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct moment {
    double at;
    size_t actor;
};

struct moments {
    struct moment *heap; /* owned */
    size_t count;
};

/* Room for so many actors. ERR_NO_MEMORY. */
enum err moments_init(struct moments *moments, size_t actors);
void moments_finish(struct moments *moments);

/* The actor must have no moment in the heap. INFINITY: never, which is left out. */
void moments_add(struct moments *moments, double at, size_t actor);

/* The earliest; of equals the actor with the lowest number. False: none is left. */
bool moments_next(struct moments *moments, struct moment *next);

#endif
