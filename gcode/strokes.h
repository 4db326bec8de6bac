/* SPDX-License-Identifier: Apache-2.0 */
/* Lines to draw, in bounded memory: moves that lie on a straight line are one, and when there is no
 * more room everything becomes a little coarser. Pure but for the memory. */
#ifndef USINE_GCODE_STROKES_H
#define USINE_GCODE_STROKES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { STROKES_MAX = 10000, STROKE_POINTS_MAX = 24000 };

/* A line through points that follow each other. */
struct stroke {
    uint32_t first, count; /* points */
    bool works;            /* false: the tool only travels */
    uint8_t rounds;        /* of redrawing it has been through */
    float power;           /* lasers: 0..1 */
    float length;          /* mm */
};

struct strokes {
    float (*points)[2];   /* mm; owned */
    struct stroke *items; /* owned */
    size_t point_count, count;
    float tolerance; /* mm: nothing drawn is further off */
    float deviation; /* mm that the last point's line may be off already */
    bool blend;      /* short strokes of other power melt into their neighbours (lasers) */
};

struct stroke_move {
    double from[2], to[2]; /* mm */
    bool works;
    double power;
};

/* ERR_NO_MEMORY. */
enum err strokes_init(struct strokes *strokes, double tolerance, bool blend);
void strokes_finish(struct strokes *strokes); /* zeroed is harmless */

void strokes_add(struct strokes *strokes, const struct stroke_move *move);

#endif
