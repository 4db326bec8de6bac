/* SPDX-License-Identifier: Apache-2.0 */
/* A move belongs to the last height extruded at that is not above it. Travel belongs to the layer
 * that was worked on before it. */
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "motion.h"
#include "path_walk.h"

enum { ARC_STEPS_MAX = 720 };

static const double finest_mm = 0.01, arc_off_mm = 0.02;
static const double same_height_mm = PATH_SAME_HEIGHT_UM / 1000.0;

struct drawing {
    struct path_walk walk;
    struct path *path;
    const struct path_layer *layer, *next; /* of the index; NULL: none; lasers: NULL */
    bool inside;                           /* the last work was done in the layer */
};

/* Does an extrusion at this height, by the line at this offset, belong to the layer? */
static bool belongs(const struct drawing *d, double z, uint64_t offset)
{
    if (isnan(z) || offset < d->layer->first || z + same_height_mm < d->layer->z_mm)
        return false;
    return d->next == NULL || offset < d->next->first || z + same_height_mm < d->next->z_mm;
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

static void moved(struct path_walk *walk)
{
    struct drawing *d = walk->owner;
    const struct policy_state *state = &walk->state;
    bool printer = state->profile->kind == KIND_PRINTER;
    struct stroke_move move;
    double delta[AXES];
    struct arc arc;
    bool curved = motion_arc(&arc, state, &walk->line, walk->from);

    for (int axis = AXIS_X; axis < AXES; axis++)
        delta[axis] = state->position[axis] - walk->from[axis];
    move.works = motion_works(state, delta, curved);
    if (printer && move.works && state->known[AXIS_Z])
        d->inside = belongs(d, state->position[AXIS_Z], walk->offset);
    if (!d->inside || (delta[AXIS_X] == 0 && delta[AXIS_Y] == 0 && !curved))
        return;
    move.power = printer || !move.works ? 0 : power(state);
    memcpy(move.from, walk->from, sizeof move.from);
    memcpy(move.to, state->position, sizeof move.to);
    if (curved)
        draw_arc(&d->path->strokes, &move, &arc);
    else
        strokes_add(&d->path->strokes, &move);
}

/* What is in the block at all may belong to the layer. */
static bool may_hold(const struct drawing *d, const struct path_block *block, uint64_t end)
{
    if (end <= d->layer->first)
        return false;
    if (belongs(d, block->before, block->offset))
        return true;
    return block->high + same_height_mm >= d->layer->z_mm &&
           (d->next == NULL || block->offset < d->next->first ||
            block->low + same_height_mm < d->next->z_mm);
}

static enum err draw_layer(struct drawing *d, int fd, const struct path_index *index)
{
    const struct profile *profile = d->walk.state.profile;
    enum err err = ERR_OK;

    for (size_t i = 0; i < index->block_count && err == ERR_OK; i++) {
        const struct path_block *block = &index->blocks[i];
        uint64_t end = i + 1 < index->block_count ? block[1].offset : UINT64_MAX;

        if (!may_hold(d, block, end))
            continue;
        d->walk.state = block->state;
        d->walk.state.profile = profile;
        d->inside = belongs(d, block->before, block->offset);
        err = path_walk(&d->walk, fd, block->offset, end);
    }
    return err;
}

static enum err draw(struct drawing *d, int fd, const struct path_index *index)
{
    struct path *path = d->path;

    if (index == NULL) {
        path->layers = 1;
        path->z_mm = 0;
        d->inside = path->layer == 1;
        return path_walk(&d->walk, fd, 0, UINT64_MAX);
    }
    path->layers = (uint32_t)index->layer_count;
    if (path->layer == 0 || path->layer > path->layers)
        return ERR_OK;
    d->layer = &index->layers[path->layer - 1];
    d->next = path->layer < path->layers ? d->layer + 1 : NULL;
    path->z_mm = d->layer->z_mm;
    return draw_layer(d, fd, index);
}

enum err path_read(const char *file, const struct profile *profile, uint32_t layer,
                   const struct path_index *index, struct path *path)
{
    struct drawing *drawing = calloc(1, sizeof *drawing);
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    enum err err = ERR_NO_MEMORY;

    *path = (struct path){.layer = layer, .z_mm = NAN};
    if (fd < 0)
        err = errno == ENOENT ? ERR_NOT_FOUND : ERR_DISK;
    else if (drawing != NULL)
        err = strokes_init(&path->strokes, finest_mm, profile->kind == KIND_LASER);
    if (err == ERR_OK) {
        drawing->path = path;
        drawing->walk.owner = drawing;
        drawing->walk.moved = moved;
        policy_begin(&drawing->walk.state, profile);
        err = draw(drawing, fd, profile->kind == KIND_PRINTER ? index : NULL);
    }
    if (fd >= 0)
        close(fd);
    free(drawing);
    if (err != ERR_OK)
        path_finish(path);
    return err;
}

void path_finish(struct path *path)
{
    strokes_finish(&path->strokes);
}
