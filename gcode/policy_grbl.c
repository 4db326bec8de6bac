/* SPDX-License-Identifier: Apache-2.0 */
/* Lasers on Grbl and its kin. A line is a block: words in any order, Grbl's own order of execution
 * (feed, power, beam, dwell, motion). Words that only repeat Grbl's defaults are left out: G54
 * reads the EEPROM, which loses bytes of a running stream (FAULTS.md section 1 rule 8). */
#include "policy_parts.h"

enum {
    XY = GCODE_LETTER('X') | GCODE_LETTER('Y'),
    BLOCK_LETTERS = XY | GCODE_LETTER('F') | GCODE_LETTER('S') | GCODE_LETTER('I') |
                    GCODE_LETTER('J') | GCODE_LETTER('R') | GCODE_LETTER('P'),
};

struct block {
    int motion; /* -1: none named */
    bool dwell, end, pause, off;
    enum beam beam; /* BEAM_OFF: none named */
    bool relative, absolute;
    uint32_t letters;     /* with values */
    const double *values; /* by GCODE_INDEX(), of those letters */
};

static bool has(const struct block *b, uint32_t letters)
{
    return (b->letters & letters) != 0;
}

/* 0 if it is not there. */
static double value(const struct block *b, char letter)
{
    return has(b, GCODE_LETTER(letter)) ? b->values[GCODE_INDEX(letter)] : 0;
}

/* Named in tenths, so that G43.1 is no G43. */
static bool take_g(struct block *b, const struct gcode_word *word, uint32_t *cut, uint32_t bit)
{
    double tenths = word->value * 10;

    if (tenths < 0 || tenths > 1000 || tenths != (int)tenths)
        return false;
    switch ((int)tenths) {
    case 0:
    case 10:
    case 20:
    case 30:
        if (b->motion >= 0)
            return false;
        b->motion = (int)tenths / 10;
        return true;
    case 40:
        b->dwell = true;
        return true;
    case 900:
    case 910:
        b->absolute = b->absolute || (int)tenths == 900;
        b->relative = b->relative || (int)tenths == 910;
        return b->absolute != b->relative;
    case 170:
    case 210:
    case 940:
        return true;
    case 400: /* no cutter compensation, no tool length, exact path, first coordinates: defaults */
    case 490:
    case 540:
    case 610:
        *cut |= bit;
        return true;
    default:
        return false;
    }
}

static bool take_m(struct block *b, const struct gcode_word *word)
{
    if (word->value == 3 || word->value == 4) {
        if (b->off || b->beam != BEAM_OFF)
            return false;
        b->beam = word->value == 3 ? BEAM_CONSTANT : BEAM_DYNAMIC;
        return true;
    }
    if (word->value == 5) {
        b->off = true;
        return b->beam == BEAM_OFF;
    }
    if (word->value == 2 || word->value == 30)
        return b->end = true;
    if (word->value == 0 || word->value == 1)
        return b->pause = true;
    return word->value == 7 || word->value == 8 || word->value == 9;
}

static bool read_block(struct block *b, const struct gcode_line *line, struct policy_ruling *ruling)
{
    b->letters = line->letters & BLOCK_LETTERS;
    b->values = line->values;
    for (unsigned i = 0; i < line->count; i++) {
        const struct gcode_word *word = &line->words[i];
        bool taken;

        if (word->letter == 'G')
            taken = take_g(b, word, &ruling->cut, 1u << i);
        else if (word->letter == 'M')
            taken = take_m(b, word);
        else
            taken = (BLOCK_LETTERS & GCODE_LETTER(word->letter)) != 0;
        if (taken)
            continue;
        policy_refuse(ruling, "%.*s has no place in a laser program, or not here%s", (int)word->len,
                      line->text + word->at,
                      word->letter == 'G' && word->value == 20 ? ": export it in millimetres"
                                                               : ": remove it");
        return false;
    }
    return true;
}

static bool beam_allowed(const struct policy_state *state, const struct block *b,
                         struct policy_ruling *ruling)
{
    const struct profile *p = state->profile;
    bool has_s = has(b, GCODE_LETTER('S')), moves = has(b, XY) && !b->dwell;
    double named = value(b, 'S'), s = has_s ? named : state->s;
    enum beam beam = b->off ? BEAM_OFF : b->beam != BEAM_OFF ? b->beam : state->beam;

    if (named < 0 || named > p->s_max)
        policy_refuse(ruling, "S%g is outside 0 to %g of %s", named, p->s_max, p->id);
    else if (b->beam == BEAM_CONSTANT && !p->m3_allowed)
        policy_refuse(ruling, "M3 keeps the beam on while still: use M4 (dynamic power)");
    else if (b->beam == BEAM_CONSTANT && s > 0 && !moves)
        policy_refuse(ruling, "M3 with S above 0 and no motion would burn one spot: M3 S0, and S "
                              "on the moves");
    else if (named > 0 && !moves && b->beam != BEAM_DYNAMIC)
        policy_refuse(ruling, "S above 0 without motion would burn one spot: add X or Y");
    else if ((b->dwell || b->pause) && beam != BEAM_OFF && s > 0)
        policy_refuse(ruling, "standing still with the beam on: M5 or S0 first");
    return ruling->verdict != POLICY_REFUSE;
}

/* What Grbl itself would answer with error 20 to 36, in the middle of a cut. */
static bool form_allowed(const struct policy_state *state, const struct block *b, int motion,
                         struct policy_ruling *ruling)
{
    bool moves = has(b, XY), has_f = has(b, GCODE_LETTER('F'));
    bool offsets = has(b, GCODE_LETTER('I') | GCODE_LETTER('J'));
    bool radius = has(b, GCODE_LETTER('R'));

    if (b->dwell != has(b, GCODE_LETTER('P')))
        policy_refuse(ruling, b->dwell ? "G4 needs its time P" : "P belongs to G4: remove it");
    else if (b->dwell && (moves || b->motion >= 0))
        policy_refuse(ruling, "G4 and a move in one line: split it");
    else if ((offsets || radius) && !(moves && motion >= 2))
        policy_refuse(ruling, "I, J and R belong to arcs (G2, G3 with X or Y): remove them");
    else if (offsets && radius)
        policy_refuse(ruling, "an arc has I and J, or R, not both");
    else if (b->motion >= 2 && !moves)
        policy_refuse(ruling, "an arc needs its end: add X or Y");
    else if (has_f && !(value(b, 'F') > 0))
        policy_refuse(ruling, "F must be above 0");
    else if (moves && motion > 0 && !has_f && !(state->feed_mm_min > 0))
        policy_refuse(ruling, "a cut before any feed: add F");
    return ruling->verdict != POLICY_REFUSE;
}

/* Where the block leads; false and a refusal if it may not. */
static bool motion_allowed(const struct policy_state *state, const struct block *b,
                           struct policy_path *path, struct policy_ruling *ruling)
{
    path->relative = b->relative || (state->relative && !b->absolute);
    path->motion = b->motion >= 0 ? b->motion : state->motion;
    path->letters = b->letters;
    for (int axis = AXIS_X; axis <= AXIS_Y; axis++) {
        double at = state->position[axis];

        if (has(b, GCODE_LETTER('X' + axis)))
            at = (path->relative ? at : 0) + value(b, (char)('X' + axis));
        path->to[axis] = at;
    }
    path->to[AXIS_Z] = 0;
    path->i = value(b, 'I');
    path->j = value(b, 'J');
    path->r = value(b, 'R');
    if (!form_allowed(state, b, path->motion, ruling))
        return false;
    return !has(b, XY) || policy_path_check(state, path, ruling);
}

static void settle_beam(struct policy_state *state, const struct block *b)
{
    if (b->off || b->end) {
        state->beam = BEAM_OFF;
        state->ended_off = state->ended_off || b->off;
    }
    if (b->beam != BEAM_OFF) {
        state->beam = b->beam;
        state->ended_off = false;
    }
    state->laser_on = state->beam != BEAM_OFF;
    if (has(b, GCODE_LETTER('S')))
        state->s = value(b, 'S');
}

static void settle(struct policy_state *state, const struct block *b,
                   const struct policy_path *path)
{
    settle_beam(state, b);
    if (b->absolute || b->relative)
        state->relative = b->relative;
    if (value(b, 'F') > 0)
        state->feed_mm_min = value(b, 'F');
    state->motion = path->motion;
    for (int axis = AXIS_X; axis <= AXIS_Y; axis++) {
        state->position[axis] = path->to[axis];
        state->known[axis] |= has(b, GCODE_LETTER('X' + axis));
    }
    if (b->end) { /* Grbl resets its modes: G1 G17 G54 G90 G94 */
        state->motion = 1;
        state->relative = false;
    }
}

void policy_grbl(struct policy_state *state, const struct gcode_line *line,
                 struct policy_ruling *ruling)
{
    struct block b = {.motion = -1};
    struct policy_path path;

    if (line->letter == '$' || line->letter == '[') {
        policy_refuse(ruling, "settings are not for files: remove it");
        return;
    }
    if (line->has_string || state->profile->kind != KIND_LASER) {
        policy_refuse(ruling, "not a command for this machine: remove it");
        return;
    }
    if (!read_block(&b, line, ruling) || !beam_allowed(state, &b, ruling) ||
        !motion_allowed(state, &b, &path, ruling))
        return;
    if (b.pause && line->count > 1) {
        policy_refuse(ruling, "a pause needs a line of its own: split it");
        return;
    }
    settle(state, &b, &path);
    ruling->moves = has(&b, XY);
    if (b.pause) {
        ruling->verdict = POLICY_ACT;
        ruling->action = ACTION_PAUSE;
    } else if (ruling->cut == (line->count == 32 ? UINT32_MAX : (1u << line->count) - 1)) {
        policy_drop(ruling, "it is Grbl's default already");
    }
}
