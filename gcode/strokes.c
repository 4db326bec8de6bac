/* SPDX-License-Identifier: Apache-2.0 */
#include "strokes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float same_power = 0.02f;

enum err strokes_init(struct strokes *strokes, double tolerance, bool blend)
{
    *strokes = (struct strokes){.tolerance = (float)tolerance, .blend = blend};
    strokes->points = calloc(STROKE_POINTS_MAX, sizeof *strokes->points);
    strokes->items = calloc(STROKES_MAX, sizeof *strokes->items);
    if (strokes->points != NULL && strokes->items != NULL)
        return ERR_OK;
    strokes_finish(strokes);
    return ERR_NO_MEMORY;
}

void strokes_finish(struct strokes *strokes)
{
    free(strokes->points);
    free(strokes->items);
    *strokes = (struct strokes){.points = NULL};
}

static float distance(const float a[2], const float b[2])
{
    return hypotf(b[0] - a[0], b[1] - a[1]);
}

/* Of p from the straight way a to b. */
static float off_line(const float p[2], const float a[2], const float b[2])
{
    float x = b[0] - a[0], y = b[1] - a[1];
    float square = x * x + y * y;
    float along;

    if (square == 0)
        return distance(p, a);
    along = ((p[0] - a[0]) * x + (p[1] - a[1]) * y) / square;
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    return hypotf(p[0] - a[0] - along * x, p[1] - a[1] - along * y);
}

/* Puts a point at the end of the last stroke; a point before it that adds nothing goes. What was
 * left out adds up, so that a slow curve is not straightened. */
static void append(struct strokes *s, const float at[2])
{
    struct stroke *stroke = &s->items[s->count - 1];
    float(*end)[2] = &s->points[s->point_count];
    float point[2] = {at[0], at[1]}; /* which may be where we write */

    if (stroke->count >= 2) {
        float off = off_line(end[-1], end[-2], point);

        if (s->deviation + off <= s->tolerance / 2) { /* redrawing adds to it */
            s->deviation += off;
            memcpy(end[-1], point, sizeof end[-1]);
            return;
        }
    }
    s->deviation = 0;
    memcpy(*end, point, sizeof *end);
    s->point_count++;
    stroke->count++;
}

static void begin(struct strokes *s, const struct stroke *like, const float point[2])
{
    struct stroke *stroke = &s->items[s->count++];

    *stroke = *like;
    stroke->first = (uint32_t)s->point_count;
    stroke->count = 0;
    append(s, point);
}

static bool alike(const struct stroke *a, const struct stroke *b)
{
    return a->works == b->works && fabsf(a->power - b->power) < same_power;
}

/* Half burnt is burnt at half power. */
static void melt(struct stroke *into, const struct stroke *stroke)
{
    float length = into->length + stroke->length;
    float burnt = (into->works ? into->power * into->length : 0) +
                  (stroke->works ? stroke->power * stroke->length : 0);

    into->works = into->works || stroke->works;
    into->power = length > 0 ? burnt / length : into->power;
}

/* The stroke becomes part of the last one, a stroke of its own, or too small to be drawn. */
static void put(struct strokes *s, const struct stroke *stroke, const float (*points)[2])
{
    struct stroke *last = s->count > 0 ? &s->items[s->count - 1] : NULL;
    bool follows = last != NULL && distance(s->points[s->point_count - 1], points[0]) == 0;
    bool joins = follows && (alike(last, stroke) || (s->blend && last->length < s->tolerance));

    if (!joins && stroke->rounds > 2 && stroke->length < s->tolerance / 4)
        return; /* nothing has joined it */
    if (joins) {
        melt(last, stroke);
        last->length += stroke->length;
    } else {
        begin(s, stroke, points[0]);
    }
    for (uint32_t i = 1; i < stroke->count; i++)
        append(s, points[i]);
}

/* Everything again, in the same memory: what is written never overtakes what is read. */
static void redraw(struct strokes *s)
{
    size_t count = s->count;

    s->count = s->point_count = 0;
    s->deviation = 0;
    for (size_t i = 0; i < count; i++) {
        struct stroke stroke = s->items[i];

        stroke.rounds = stroke.rounds < UINT8_MAX ? (uint8_t)(stroke.rounds + 1) : UINT8_MAX;
        put(s, &stroke, (const float(*)[2]) & s->points[stroke.first]);
    }
}

/* What came lately as coarse as the rest; then all of it twice as coarse, until half is free. */
static void make_room(struct strokes *s)
{
    redraw(s);
    while (s->count > STROKES_MAX / 2 || s->point_count > STROKE_POINTS_MAX / 2) {
        s->tolerance *= 2;
        redraw(s);
    }
}

void strokes_add(struct strokes *s, const struct stroke_move *move)
{
    float from[2] = {(float)move->from[0], (float)move->from[1]};
    float to[2] = {(float)move->to[0], (float)move->to[1]};
    struct stroke stroke = {
        .works = move->works, .power = (float)move->power, .length = distance(from, to)};
    struct stroke *last = s->count > 0 ? &s->items[s->count - 1] : NULL;

    if (s->count == STROKES_MAX || s->point_count + 2 > STROKE_POINTS_MAX) {
        make_room(s);
        last = &s->items[s->count - 1];
    }
    if (last == NULL || !alike(last, &stroke) ||
        distance(s->points[s->point_count - 1], from) != 0) {
        begin(s, &stroke, from);
        last = &s->items[s->count - 1];
        last->length = 0;
    }
    last->length += stroke.length;
    append(s, to);
}
