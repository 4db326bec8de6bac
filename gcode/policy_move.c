/* SPDX-License-Identifier: Apache-2.0 */
/* Moves: where the tool is, and that it stays in the work area. What homing leaves an axis at is
 * not known here, so relative moves after it are only bounded (REACH_MM) until an absolute one. */
#include <math.h>
#include <string.h>

#include "arc.h"
#include "policy_parts.h"

static const double reach_mm = 50; /* "G91 G1 Z10" before homing is common and harmless */

enum {
    ARC_LETTERS = GCODE_LETTER('I') | GCODE_LETTER('J') | GCODE_LETTER('R'),
    XYZ_LETTERS = GCODE_LETTER('X') | GCODE_LETTER('Y') | GCODE_LETTER('Z'),
    XY_LETTERS = GCODE_LETTER('X') | GCODE_LETTER('Y'),
    PRINTER_LETTERS = XYZ_LETTERS | GCODE_LETTER('E') | GCODE_LETTER('F'),
    LASER_LETTERS = XY_LETTERS | GCODE_LETTER('F') | GCODE_LETTER('S'),
};

static bool axis_inside(const struct policy_state *state, int axis, double at,
                        struct policy_ruling *ruling)
{
    const struct profile *p = state->profile;

    if (at >= policy_low(p, axis) && at <= policy_high(p, axis))
        return true;
    policy_refuse(ruling,
                  "%c %.3f mm is outside the work area (%g to %g) of %s: move the part or use "
                  "another model",
                  "XYZ"[axis], at, p -> min_mm[axis], p -> max_mm[axis], p -> id);
    return false;
}

static bool arc_inside(const struct policy_state *state, const struct policy_path *path,
                       struct policy_ruling *ruling)
{
    struct arc_words words = {.clockwise = path->motion == 2,
                              .i = path->i,
                              .j = path->j,
                              .has_r = (path->letters & GCODE_LETTER('R')) != 0,
                              .r = path->r};
    struct arc arc;
    double min[2], max[2];

    if (!state->known[AXIS_X] || !state->known[AXIS_Y]) {
        policy_refuse(ruling, "an arc from an unknown position: go to an absolute X and Y first");
        return false;
    }
    memcpy(words.from, state->position, sizeof words.from);
    memcpy(words.to, path->to, sizeof words.to);
    if (!arc_from_words(&arc, &words)) {
        policy_refuse(ruling, "no circle goes through both ends of this arc: correct I, J or R");
        return false;
    }
    arc_box(&arc, min, max);
    for (int axis = AXIS_X; axis <= AXIS_Y; axis++)
        if (!axis_inside(state, axis, min[axis], ruling) ||
            !axis_inside(state, axis, max[axis], ruling))
            return false;
    return true;
}

static bool relative_reaches(const struct policy_state *state, int axis, double at,
                             struct policy_ruling *ruling)
{
    if (state->profile->kind == KIND_PRINTER && fabs(at) <= reach_mm)
        return true;
    policy_refuse(ruling,
                  "relative %c from an unknown position cannot be checked: "
                  "home or go to an absolute position first",
                  "XYZ"[axis]);
    return false;
}

bool policy_path_check(const struct policy_state *state, const struct policy_path *path,
                       struct policy_ruling *ruling)
{
    for (int axis = AXIS_X; axis <= AXIS_Z; axis++) {
        if ((path->letters & GCODE_LETTER('X' + axis)) == 0)
            continue;
        if (path->relative && !state->known[axis]) {
            if (!relative_reaches(state, axis, path->to[axis], ruling))
                return false;
        } else if (!axis_inside(state, axis, path->to[axis], ruling)) {
            return false;
        }
    }
    return path->motion < 2 || arc_inside(state, path, ruling);
}

static void refuse_word(const struct gcode_line *line, uint32_t allowed,
                        struct policy_ruling *ruling)
{
    const struct gcode_word *word = &line->words[1];

    while ((allowed & GCODE_LETTER(word->letter)) != 0 && word->has_value)
        word++;
    policy_refuse(ruling, "G%d does not take %c%s here", line->number, word->letter,
                  word->has_value ? "" : " without a value");
}

static inline double value_or_0(const struct gcode_line *line, char letter)
{
    return (line->letters & GCODE_LETTER(letter)) != 0 ? line->values[GCODE_INDEX(letter)] : 0;
}

/* True if the move is of the usual kind: straight, absolute, to a place inside. If not,
 * policy_path_check() finds out what is wrong, if anything. */
static inline bool set_path(struct policy_path *path, const struct policy_state *state,
                            const struct gcode_line *line)
{
    const struct profile *p = state->profile;
    bool outside = false;

    path->motion = line->number;
    path->relative = state->relative;
    path->letters = line->letters;
    for (int axis = AXIS_X; axis <= AXIS_Z; axis++) {
        double at = state->position[axis];

        if ((line->letters & GCODE_LETTER('X' + axis)) != 0) {
            at = (state->relative ? at : state->offset[axis]) +
                 line->values[GCODE_INDEX('X' + axis)];
            outside |= at < policy_low(p, axis);
            outside |= at > policy_high(p, axis);
        }
        path->to[axis] = at;
    }
    if (line->number < 2)
        return !outside && !state->relative;
    path->i = value_or_0(line, 'I');
    path->j = value_or_0(line, 'J');
    path->r = value_or_0(line, 'R');
    return false;
}

static bool beam_moves_rightly(struct policy_state *state, uint32_t letters, double s,
                               struct policy_ruling *ruling)
{
    if ((letters & GCODE_LETTER('S')) == 0)
        return true;
    if (s < 0 || s > state->profile->s_max)
        policy_refuse(ruling, "S%g is outside 0 to %g of %s", s, state->profile->s_max,
                      state->profile->id);
    else if (s > 0 && (letters & XY_LETTERS) == 0)
        policy_refuse(ruling, "S above 0 without motion would burn one spot: add X or Y");
    else
        state->s = s;
    return ruling->verdict != POLICY_REFUSE;
}

/* Moves E, and notes the first line of plastic on the bed. */
static void move_e(struct policy_state *state, uint32_t letters, double e)
{
    double from = state->position[AXIS_E];

    if ((letters & GCODE_LETTER('E')) == 0)
        return;
    state->position[AXIS_E] = state->e_relative ? from + e : e;
    if ((letters & (XY_LETTERS | ARC_LETTERS)) != 0 &&
        (state->position[AXIS_E] > from || (state->e_kept && e > 0)))
        state->extruded = true;
}

void policy_move(struct policy_state *state, const struct gcode_line *line,
                 struct policy_ruling *ruling)
{
    uint32_t letters = line->letters;
    uint32_t allowed = state->profile->kind == KIND_LASER ? LASER_LETTERS : PRINTER_LETTERS;
    struct policy_path path;

    if (line->number >= 2)
        allowed |= ARC_LETTERS;
    if (((letters & ~allowed) | line->bare) != 0) {
        refuse_word(line, allowed, ruling);
        return;
    }
    if ((!set_path(&path, state, line) && !policy_path_check(state, &path, ruling)) ||
        !beam_moves_rightly(state, letters, value_or_0(line, 'S'), ruling))
        return;
    for (int axis = AXIS_X; axis <= AXIS_Z; axis++) {
        if ((letters & GCODE_LETTER('X' + axis)) == 0)
            continue;
        state->position[axis] = path.to[axis];
        state->known[axis] |= !state->relative;
    }
    if (value_or_0(line, 'F') > 0)
        state->feed_mm_min = line->values[GCODE_INDEX('F')];
    move_e(state, letters, value_or_0(line, 'E'));
    if ((letters & XY_LETTERS) != 0)
        state->fan_still = false;
    state->motion = line->number;
    ruling->moves = true;
}

void policy_home(struct policy_state *state, const struct gcode_line *line,
                 struct policy_ruling *ruling)
{
    uint32_t axes = line->letters & XYZ_LETTERS;

    if (state->extruded && (line->number != 28 || axes == 0 || (axes & GCODE_LETTER('Z')) != 0)) {
        policy_refuse(ruling,
                      "%c%d after printing has begun would drive the nozzle into the part: "
                      "home X and Y only, or before the first extrusion",
                      line->letter, line->number);
        return;
    }
    if (line->letter == 'M') /* M420 moves nothing */
        return;
    if (line->number != 28 &&
        (state->offset[AXIS_X] != 0 || state->offset[AXIS_Y] != 0 || state->offset[AXIS_Z] != 0)) {
        policy_refuse(ruling,
                      "%c%d after a G92 of X, Y or Z: firmware differs on where it is then; "
                      "home first",
                      line->letter, line->number);
        return;
    }
    if (line->number != 28 || axes == 0)
        axes = XYZ_LETTERS;
    for (int axis = AXIS_X; axis <= AXIS_Z; axis++) {
        if ((axes & GCODE_LETTER('X' + axis)) == 0)
            continue;
        state->known[axis] = false;
        state->position[axis] = 0;
        if (line->number == 28)
            state->offset[axis] = 0;
    }
}

void policy_absolute(struct policy_state *state, const struct gcode_line *line,
                     struct policy_ruling *ruling)
{
    (void)ruling;
    if (line->letter == 'M') {
        state->e_relative = state->e_kept = line->number == 83;
    } else {
        state->relative = state->e_relative = line->number == 91; /* as Marlin 2: E too */
    }
}

void policy_set_position(struct policy_state *state, const struct gcode_line *line,
                         struct policy_ruling *ruling)
{
    double value;

    if (line->count < 2) {
        policy_refuse(ruling, "G92 without an axis means different things to different firmware: "
                              "name the axis");
        return;
    }
    for (unsigned i = 1; i < line->count; i++) {
        int axis = line->words[i].letter == 'E' ? AXIS_E : line->words[i].letter - 'X';

        value = line->words[i].value;
        if (!line->words[i].has_value || (axis != AXIS_E && !state->known[axis])) {
            policy_refuse(ruling,
                          "G92 %c: the position of this axis is not known, so what follows "
                          "cannot be checked: remove it",
                          line->words[i].letter);
            return;
        }
        if (axis == AXIS_E)
            state->position[AXIS_E] = value;
        else
            state->offset[axis] = state->position[axis] - value;
    }
}
