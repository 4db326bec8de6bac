/* SPDX-License-Identifier: Apache-2.0 */
#include "arc.h"

#include <math.h>
#include <stddef.h>

static const double turn = 6.283185307179586;

/* The centre for an R word: on the right of the chord for a short clockwise arc. */
static bool centre_from_radius(struct arc *arc, const struct arc_words *w)
{
    double x = w->to[0] - w->from[0], y = w->to[1] - w->from[1];
    double chord2 = x * x + y * y;
    double side = 4 * w->r * w->r - chord2;
    double h;

    if (chord2 == 0 || side < 0)
        return false;
    h = sqrt(side / chord2) / 2;
    if (w->clockwise != (w->r < 0))
        h = -h;
    arc->centre[0] = w->from[0] + x / 2 - y * h;
    arc->centre[1] = w->from[1] + y / 2 + x * h;
    arc->radius = fabs(w->r);
    return true;
}

static bool centre_from_offsets(struct arc *arc, const struct arc_words *w)
{
    double end_radius, error;

    arc->centre[0] = w->from[0] + w->i;
    arc->centre[1] = w->from[1] + w->j;
    arc->radius = hypot(w->i, w->j);
    end_radius = hypot(w->to[0] - arc->centre[0], w->to[1] - arc->centre[1]);
    error = fabs(end_radius - arc->radius);
    if (error > 0.005 && (error > 0.5 || error > 0.001 * arc->radius))
        return false;
    return arc->radius > 0;
}

bool arc_from_words(struct arc *arc, const struct arc_words *w)
{
    double end;

    if (!(w->has_r ? centre_from_radius(arc, w) : centre_from_offsets(arc, w)))
        return false;
    arc->clockwise = w->clockwise;
    arc->start = atan2(w->from[1] - arc->centre[1], w->from[0] - arc->centre[0]);
    end = atan2(w->to[1] - arc->centre[1], w->to[0] - arc->centre[0]);
    arc->sweep = w->clockwise ? arc->start - end : end - arc->start;
    if (w->from[0] == w->to[0] && w->from[1] == w->to[1])
        arc->sweep = turn;
    else if (arc->sweep <= 0)
        arc->sweep += turn;
    return isfinite(arc->sweep) && isfinite(arc->radius);
}

double arc_length(const struct arc *arc)
{
    return arc->sweep * arc->radius;
}

static void grow(double min[2], double max[2], double x, double y)
{
    min[0] = fmin(min[0], x);
    min[1] = fmin(min[1], y);
    max[0] = fmax(max[0], x);
    max[1] = fmax(max[1], y);
}

void arc_box(const struct arc *arc, double min[2], double max[2])
{
    double low = arc->clockwise ? arc->start - arc->sweep : arc->start;
    double high = low + arc->sweep;
    static const double side_x[] = {1, 0, -1, 0}, side_y[] = {0, 1, 0, -1};

    min[0] = max[0] = arc->centre[0] + arc->radius * cos(low);
    min[1] = max[1] = arc->centre[1] + arc->radius * sin(low);
    grow(min, max, arc->centre[0] + arc->radius * cos(high),
         arc->centre[1] + arc->radius * sin(high));
    for (int quarter = (int)ceil(low / (turn / 4)); quarter * (turn / 4) <= high; quarter++) {
        size_t side = (size_t)(((quarter % 4) + 4) % 4);

        grow(min, max, arc->centre[0] + arc->radius * side_x[side],
             arc->centre[1] + arc->radius * side_y[side]);
    }
}
