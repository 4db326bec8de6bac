/* SPDX-License-Identifier: Apache-2.0 */
/* What moves, and the beam that goes with it. */
#include <math.h>
#include <string.h>

#include "marlin_parts.h"
#include "words.h"

#define COLD_C 170

struct target {
    double to[AXES]; /* machine */
    double center[2], radius;
    bool extrudes, has_radius;
};

/* An axis word: where it asks the axis to be, in machine coordinates. */
static double axis_target(const struct marlin *m, int axis, double value)
{
    bool relative = axis == AXIS_E ? m->e_relative : m->relative;

    return relative ? m->planner.position[axis] + value : value - m->offset[axis];
}

static void read_word(struct marlin *m, struct target *t, char letter, double value)
{
    switch (letter) {
    case 'X':
        t->to[AXIS_X] = axis_target(m, AXIS_X, value);
        break;
    case 'Y':
        t->to[AXIS_Y] = axis_target(m, AXIS_Y, value);
        break;
    case 'Z':
        t->to[AXIS_Z] = axis_target(m, AXIS_Z, value);
        break;
    case 'E':
        t->to[AXIS_E] = axis_target(m, AXIS_E, value);
        t->extrudes = true;
        break;
    case 'F':
        m->feed_mm_s = value > 0 ? value / 60 : m->feed_mm_s;
        break;
    case 'S':
        if (m->beam_inline)
            m->power = (float)value;
        break;
    case 'I':
        t->center[0] = value;
        break;
    case 'J':
        t->center[1] = value;
        break;
    case 'R':
        t->radius = value;
        t->has_radius = true;
        break;
    default:
        break;
    }
}

static void read_target(struct marlin *m, const char *args, struct target *t)
{
    double value;
    char letter;
    bool has;

    *t = (struct target){.has_radius = false};
    memcpy(t->to, m->planner.position, sizeof t->to);
    while (words_next(&args, &letter, &value, &has))
        read_word(m, t, letter, value);
    if (marlin_has(m, MARLIN_LASER)) {
        t->to[AXIS_E] = m->planner.position[AXIS_E];
        return;
    }
    if (t->extrudes && heater_at(&m->nozzle, m->board.now_us) < COLD_C) {
        board_say(&m->board, "echo: cold extrusion prevented\n");
        m->planner.position[AXIS_E] = t->to[AXIS_E];
    }
}

/* The host should have sent this move before the last one ended. */
static void account_dry(struct marlin *m)
{
    struct tally *t = &m->board.tally;

    if (!m->in_motion || m->planner.count > 0 || t->excused)
        return;
    t->underruns++;
    t->dry_ms += (double)(m->board.now_us - m->planner.idle_since_us) * 1e-3 / m->board.speed;
}

static void add_move(struct marlin *m, const double to[AXES])
{
    const struct marlin_command *c = m->current;

    account_dry(m);
    marlin_beam_account(m);
    if (planner_add(&m->planner, m->board.now_us, to, m->feed_mm_s * m->feed_factor, m->power))
        m->in_motion = c->numbered && c->number >= 10000;
    marlin_beam_account(m);
}

enum marlin_progress marlin_move(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    struct target target;

    if (m->planner.count == PLANNER_BLOCKS)
        return marlin_wait_until(m, MARLIN_FOR_ROOM, 0);
    read_target(m, call->args, &target);
    add_move(m, target.to);
    return MARLIN_DONE;
}

enum marlin_progress marlin_arc(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    struct target t;
    double point[AXES];

    if (m->stage == 0) {
        read_target(m, call->args, &t);
        if (t.has_radius &&
            !arc_offset(m->planner.position, t.to, t.radius, call->code == 2, t.center))
            return MARLIN_DONE;
        arc_begin(&m->arc, m->planner.position, t.to, t.center, call->code == 2);
    }
    while (m->arc.done < m->arc.chords) {
        if (m->planner.count == PLANNER_BLOCKS)
            return marlin_wait_until(m, MARLIN_FOR_ROOM, 0);
        arc_next(&m->arc, point);
        add_move(m, point);
    }
    return MARLIN_DONE;
}

/* G28, and G29 which measures after that: both take their time and report where they end. */
enum marlin_progress marlin_home(const struct marlin_call *call)
{
    static const char letters[] = "XYZ";
    struct marlin *m = call->m;
    bool all = true;
    double far = 0;

    if (m->stage == 0)
        return marlin_wait_until(m, MARLIN_FOR_MOTION, 0);
    for (int i = 0; i < 3; i++)
        all = all && !words_has(call->args, letters[i]);
    if (m->stage == 1) {
        for (int i = 0; i < 3; i++)
            if (all || words_has(call->args, letters[i]))
                far += 4 + fabs(m->planner.position[i]) / 40;
        return marlin_wait_until(m, MARLIN_FOR_TIME, m->board.now_us + (int64_t)(far * 1e6));
    }
    for (int i = 0; i < 3; i++)
        if (all || words_has(call->args, letters[i]))
            m->planner.position[i] = m->offset[i] = 0;
    if (call->code == 28)
        marlin_say_position(m);
    return MARLIN_DONE;
}

enum marlin_progress marlin_set_position(const struct marlin_call *call)
{
    static const char letters[AXES] = {'X', 'Y', 'Z', 'E'};
    double value;

    for (int i = 0; i < AXES; i++)
        if (words_value(call->args, letters[i], &value))
            call->m->offset[i] = value - call->m->planner.position[i];
    return MARLIN_DONE;
}

/* M3, M4, M5. With I the power goes with each move; without, all moves end first. */
enum marlin_progress marlin_beam(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    double power = 255;

    if (words_has(call->args, 'I') || (m->beam_inline && call->code == 5)) {
        if (m->planner.count == PLANNER_BLOCKS)
            return marlin_wait_until(m, MARLIN_FOR_ROOM, 0);
        if (call->code == 5 && m->stage == 0)
            return marlin_wait_until(m, MARLIN_FOR_MOTION, 0);
        marlin_beam_account(m);
        m->beam_inline = call->code != 5;
        m->beam_steady = false;
        m->power = 0;
        if (words_value(call->args, 'S', &power) && call->code != 5)
            m->power = (float)power;
        marlin_beam_account(m);
        return MARLIN_DONE;
    }
    if (m->stage == 0)
        return marlin_wait_until(m, MARLIN_FOR_MOTION, 0);
    marlin_beam_account(m);
    words_value(call->args, 'S', &power);
    m->power = call->code == 5 ? 0 : (float)power;
    m->beam_steady = call->code != 5;
    marlin_beam_account(m);
    return MARLIN_DONE;
}

/* M106 and M107. On some lasers the fan output drives the beam: power whatever moves. */
enum marlin_progress marlin_fan(const struct marlin_call *call)
{
    struct marlin *m = call->m;
    double speed = call->code == 106 ? 255 : 0;

    if (call->code == 106)
        words_value(call->args, 'S', &speed);
    if (marlin_has(m, MARLIN_FAN_BEAM)) {
        marlin_beam_account(m);
        m->power = (float)speed;
        m->beam_steady = speed > 0;
        marlin_beam_account(m);
    }
    if (marlin_has(m, MARLIN_PROMPTS) && !marlin_has(m, MARLIN_LASER))
        board_say(&m->board, "M106 P0 S%.0f\n", speed);
    return MARLIN_DONE;
}
