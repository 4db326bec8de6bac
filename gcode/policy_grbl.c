/* SPDX-License-Identifier: Apache-2.0 */
/* Lasers on Grbl and its kin. A line is a block: words in any order, Grbl's own order of execution
 * (feed, power, beam, dwell, motion). Words that only repeat Grbl's defaults are left out: G54
 * reads the EEPROM, which loses bytes of a running stream (FAULTS.md section 1 rule 8). */
#include <math.h>

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
    uint32_t letters; /* with values */
    double x, y, i, j, r, f, s;
};

/* Named in tenths, so that G43.1 is no G43. */
static bool take_g(struct block *b, const struct gcode_word *word, uint32_t *cut, uint32_t bit)
{
    double tenths = word->value * 10;

    if (tenths < 0 || tenths > 1000 || tenths != floor(tenths))
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

static void take_value(struct block *b, const struct gcode_word *word)
{
    double *place = NULL;

    switch (word->letter) {
    case 'X':
        place = &b->x;
        break;
    case 'Y':
        place = &b->y;
        break;
    case 'I':
        place = &b->i;
        break;
    case 'J':
        place = &b->j;
        break;
    case 'R':
        place = &b->r;
        break;
    case 'F':
        place = &b->f;
        break;
    case 'S':
        place = &b->s;
        break;
    default: /* P, the time of a dwell */
        break;
    }
    if (place != NULL)
        *place = word->value;
    b->letters |= GCODE_LETTER(word->letter);
}

static bool read_block(struct block *b, const struct gcode_line *line, struct policy_ruling *ruling)
{
    for (unsigned i = 0; i < line->count; i++) {
        const struct gcode_word *word = &line->words[i];
        bool taken = true;

        if (word->letter == 'G')
            taken = take_g(b, word, &ruling->cut, 1u << i);
        else if (word->letter == 'M')
            taken = take_m(b, word);
        else if ((BLOCK_LETTERS & GCODE_LETTER(word->letter)) != 0)
            take_value(b, word);
        else
            taken = false;
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
    bool has_s = (b->letters & GCODE_LETTER('S')) != 0;
    bool moves = (b->letters & XY) != 0 && !b->dwell;
    double s = has_s ? b->s : state->s;
    enum beam beam = b->off ? BEAM_OFF : b->beam != BEAM_OFF ? b->beam : state->beam;

    if (has_s && (b->s < 0 || b->s > p->s_max))
        policy_refuse(ruling, "S%g is outside 0 to %g of %s", b->s, p->s_max, p->id);
    else if (b->beam == BEAM_CONSTANT && !p->m3_allowed)
        policy_refuse(ruling, "M3 keeps the beam on while still: use M4 (dynamic power)");
    else if (b->beam == BEAM_CONSTANT && s > 0 && !moves)
        policy_refuse(ruling, "M3 with S above 0 and no motion would burn one spot: M3 S0, and S "
                              "on the moves");
    else if (has_s && b->s > 0 && !moves && b->beam != BEAM_DYNAMIC)
        policy_refuse(ruling, "S above 0 without motion would burn one spot: add X or Y");
    else if ((b->dwell || b->pause) && beam != BEAM_OFF && s > 0)
        policy_refuse(ruling, "standing still with the beam on: M5 or S0 first");
    return ruling->verdict != POLICY_REFUSE;
}

/* What Grbl itself would answer with error 20 to 36, in the middle of a cut. */
static bool form_allowed(const struct policy_state *state, const struct block *b, int motion,
                         struct policy_ruling *ruling)
{
    bool moves = (b->letters & XY) != 0;
    bool offsets = (b->letters & (GCODE_LETTER('I') | GCODE_LETTER('J'))) != 0;
    bool radius = (b->letters & GCODE_LETTER('R')) != 0;
    bool has_f = (b->letters & GCODE_LETTER('F')) != 0;

    if (b->dwell != ((b->letters & GCODE_LETTER('P')) != 0))
        policy_refuse(ruling, b->dwell ? "G4 needs its time P" : "P belongs to G4: remove it");
    else if (b->dwell && (moves || b->motion >= 0))
        policy_refuse(ruling, "G4 and a move in one line: split it");
    else if ((offsets || radius) && !(moves && motion >= 2))
        policy_refuse(ruling, "I, J and R belong to arcs (G2, G3 with X or Y): remove them");
    else if (offsets && radius)
        policy_refuse(ruling, "an arc has I and J, or R, not both");
    else if (b->motion >= 2 && !moves)
        policy_refuse(ruling, "an arc needs its end: add X or Y");
    else if (has_f && !(b->f > 0))
        policy_refuse(ruling, "F must be above 0");
    else if (moves && motion > 0 && !has_f && !(state->feed_mm_min > 0))
        policy_refuse(ruling, "a cut before any feed: add F");
    return ruling->verdict != POLICY_REFUSE;
}

/* Where the block leads; false and a refusal if it may not. */
static bool motion_allowed(const struct policy_state *state, const struct block *b,
                           struct policy_path *path, struct policy_ruling *ruling)
{
    struct policy_state from = *state;

    from.relative = b->relative || (state->relative && !b->absolute);
    path->motion = b->motion >= 0 ? b->motion : state->motion;
    path->letters = b->letters;
    path->to[AXIS_X] = state->position[AXIS_X];
    path->to[AXIS_Y] = state->position[AXIS_Y];
    path->to[AXIS_Z] = 0;
    path->i = b->i;
    path->j = b->j;
    path->r = b->r;
    if ((b->letters & GCODE_LETTER('X')) != 0)
        path->to[AXIS_X] = from.relative ? path->to[AXIS_X] + b->x : b->x;
    if ((b->letters & GCODE_LETTER('Y')) != 0)
        path->to[AXIS_Y] = from.relative ? path->to[AXIS_Y] + b->y : b->y;
    if (!form_allowed(state, b, path->motion, ruling))
        return false;
    return (b->letters & XY) == 0 || policy_path_check(&from, path, ruling);
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
    if ((b->letters & GCODE_LETTER('S')) != 0)
        state->s = b->s;
}

static void settle(struct policy_state *state, const struct block *b,
                   const struct policy_path *path)
{
    settle_beam(state, b);
    if (b->absolute || b->relative)
        state->relative = b->relative;
    if ((b->letters & GCODE_LETTER('F')) != 0 && b->f > 0)
        state->feed_mm_min = b->f;
    state->motion = path->motion;
    state->position[AXIS_X] = path->to[AXIS_X];
    state->position[AXIS_Y] = path->to[AXIS_Y];
    state->known[AXIS_X] = state->known[AXIS_X] || (b->letters & GCODE_LETTER('X')) != 0;
    state->known[AXIS_Y] = state->known[AXIS_Y] || (b->letters & GCODE_LETTER('Y')) != 0;
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
    ruling->moves = (b.letters & XY) != 0;
    if (b.pause) {
        ruling->verdict = POLICY_ACT;
        ruling->action = ACTION_PAUSE;
    } else if (ruling->cut == (line->count == 32 ? UINT32_MAX : (1u << line->count) - 1)) {
        policy_drop(ruling, "it is Grbl's default already");
    }
}
