/* SPDX-License-Identifier: Apache-2.0 */
/* A layer is a height at which something is extruded for the first time, as in measure.c; a move
 * belongs to the last such height that is not above it. Travel belongs to the layer that was worked
 * on before it. */
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "motion.h"
#include "reader.h"

enum { CHUNK = 262144, ARC_STEPS_MAX = 720 };

static const double finest_mm = 0.01, arc_off_mm = 0.02, same_height_mm = 0.005;

struct drawing {
    struct path *path;
    struct policy_state state;
    struct policy_ruling ruling;
    struct gcode_line line;
    struct reader reader;
    double highest; /* of what was extruded */
    double above;   /* height of the next layer; NAN: not reached yet */
    bool inside;    /* the last work was done in the layer */
};

static void begin(struct drawing *d, const struct profile *profile, struct path *path)
{
    d->path = path;
    d->highest = -INFINITY;
    d->above = NAN;
    policy_begin(&d->state, profile);
    reader_init(&d->reader);
    if (profile->kind == KIND_PRINTER)
        return;
    path->layers = 1;
    path->z_mm = 0;
    d->inside = path->layer == 1;
}

static void enter_layer(struct drawing *d, double z)
{
    struct path *path = d->path;

    if (z > d->highest + same_height_mm) {
        d->highest = z;
        path->layers++;
        if (path->layers == path->layer)
            path->z_mm = z;
        else if (path->layers == path->layer + 1)
            d->above = z;
    }
    d->inside =
        z + same_height_mm >= path->z_mm && (isnan(d->above) || z + same_height_mm < d->above);
}

static double power(const struct policy_state *state)
{
    double share = state->profile->s_max > 0 ? state->s / state->profile->s_max : 1;

    return share < 0 ? 0 : share > 1 ? 1 : share;
}

/* As many chords as keep them near the circle. */
static void draw_arc(struct strokes *strokes, struct stroke_move *move, const struct arc *arc)
{
    double end[2] = {move->to[0], move->to[1]};
    double half = acos(fmax(0, 1 - arc_off_mm / arc->radius));
    int steps = (int)fmin(ARC_STEPS_MAX, ceil(arc->sweep / fmax(2 * half, 1e-6)));
    double way = arc->clockwise ? -1 : 1;

    for (int i = 1; i < steps; i++) {
        double angle = arc->start + way * arc->sweep * i / steps;

        move->to[0] = arc->centre[0] + arc->radius * cos(angle);
        move->to[1] = arc->centre[1] + arc->radius * sin(angle);
        strokes_add(strokes, move);
        memcpy(move->from, move->to, sizeof move->from);
    }
    memcpy(move->to, end, sizeof move->to);
    strokes_add(strokes, move);
}

static void take_move(struct drawing *d, const double from[AXES])
{
    const struct policy_state *state = &d->state;
    bool printer = state->profile->kind == KIND_PRINTER;
    struct stroke_move move;
    double delta[AXES];
    struct arc arc;
    bool curved = motion_arc(&arc, state, &d->line, from);

    for (int axis = AXIS_X; axis < AXES; axis++)
        delta[axis] = state->position[axis] - from[axis];
    move.works = motion_works(state, delta, curved);
    if (printer && move.works && state->known[AXIS_Z])
        enter_layer(d, state->position[AXIS_Z]);
    if (!d->inside || (delta[AXIS_X] == 0 && delta[AXIS_Y] == 0 && !curved))
        return;
    move.power = printer || !move.works ? 0 : power(state);
    memcpy(move.from, from, sizeof move.from);
    memcpy(move.to, state->position, sizeof move.to);
    if (curved)
        draw_arc(&d->path->strokes, &move, &arc);
    else
        strokes_add(&d->path->strokes, &move);
}

static void take_line(struct drawing *d, const struct reader_line *source)
{
    double from[AXES];

    reader_parse(source, &d->line, d->state.profile->flavour);
    if (d->line.len == 0 && d->line.fault == GCODE_LINE_OK)
        return;
    memcpy(from, d->state.position, sizeof from);
    policy_check(&d->state, &d->line, &d->ruling);
    if (d->ruling.verdict != POLICY_REFUSE && d->ruling.moves)
        take_move(d, from);
}

static enum err read_all(struct drawing *d, int fd, char *chunk)
{
    struct reader_line line;
    ssize_t n;

    while ((n = read(fd, chunk, CHUNK)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_DISK;
        reader_feed(&d->reader, chunk, (size_t)n);
        while (reader_next(&d->reader, &line))
            take_line(d, &line);
    }
    if (reader_rest(&d->reader, &line))
        take_line(d, &line);
    return ERR_OK;
}

enum err path_read(const char *file, const struct profile *profile, uint32_t layer,
                   struct path *path)
{
    struct drawing *drawing = calloc(1, sizeof *drawing);
    char *chunk = malloc(CHUNK);
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    enum err err = ERR_NO_MEMORY;

    *path = (struct path){.layer = layer, .z_mm = NAN};
    if (fd < 0)
        err = errno == ENOENT ? ERR_NOT_FOUND : ERR_DISK;
    else if (drawing != NULL && chunk != NULL)
        err = strokes_init(&path->strokes, finest_mm, profile->kind == KIND_LASER);
    if (err == ERR_OK) {
        begin(drawing, profile, path);
        err = read_all(drawing, fd, chunk);
    }
    if (fd >= 0)
        close(fd);
    free(chunk);
    free(drawing);
    if (err != ERR_OK)
        path_finish(path);
    return err;
}

void path_finish(struct path *path)
{
    strokes_finish(&path->strokes);
}
