/* SPDX-License-Identifier: Apache-2.0 */
#include "arc.h"

#include <math.h>
#include <string.h>

#define CHORD_MM 1.0
enum { CHORDS_MAX = 20000 };

void arc_begin(struct arc *arc, const double from[AXES], const double to[AXES],
               const double offset[2], bool clockwise)
{
    double end, chords;

    *arc = (struct arc){.center = {from[0] + offset[0], from[1] + offset[1]}};
    memcpy(arc->from, from, sizeof arc->from);
    memcpy(arc->to, to, sizeof arc->to);
    arc->radius = hypot(offset[0], offset[1]);
    arc->angle = atan2(-offset[1], -offset[0]);
    end = atan2(to[1] - arc->center[1], to[0] - arc->center[0]);
    arc->sweep = end - arc->angle;
    if (clockwise && arc->sweep >= -1e-9)
        arc->sweep -= 2 * M_PI;
    if (!clockwise && arc->sweep <= 1e-9)
        arc->sweep += 2 * M_PI;
    chords = ceil(fabs(arc->sweep) * arc->radius / CHORD_MM);
    arc->chords = chords > CHORDS_MAX ? CHORDS_MAX : chords > 1 ? (unsigned)chords : 1;
}

bool arc_offset(const double from[AXES], const double to[AXES], double radius, bool clockwise,
                double offset[2])
{
    double x = to[0] - from[0], y = to[1] - from[1], d = hypot(x, y);
    double h = 4 * radius * radius - d * d, side;

    if (h < 0 || d == 0)
        return false;
    side = (clockwise ? -1 : 1) * (radius < 0 ? -1 : 1) * sqrt(h) / d;
    offset[0] = 0.5 * (x - y * side);
    offset[1] = 0.5 * (y + x * side);
    return true;
}

bool arc_next(struct arc *arc, double point[AXES])
{
    double share, angle;

    if (arc->done >= arc->chords)
        return false;
    arc->done++;
    share = (double)arc->done / arc->chords;
    angle = arc->angle + arc->sweep * share;
    for (int i = 0; i < AXES; i++)
        point[i] = arc->from[i] + (arc->to[i] - arc->from[i]) * share;
    if (arc->done < arc->chords) {
        point[0] = arc->center[0] + arc->radius * cos(angle);
        point[1] = arc->center[1] + arc->radius * sin(angle);
    }
    return true;
}
