/* SPDX-License-Identifier: Apache-2.0 */
/* The usual move of a printer's program, straight to an absolute place in the work area, ruled on
 * and measured at once: what policy_check() and measure_move() say of it, in two thirds of
 * their instructions (docs/estimate.md). What is unusual in any way is theirs. For the analyser
 * alone. Pure. */
#ifndef USINE_GCODE_USUAL_H
#define USINE_GCODE_USUAL_H

#include <stdbool.h>

#include "measure.h"
#include "plain_move.h"
#include "policy.h"

/* Two numbers that are worked on together: X and Y, Z and E. */
typedef double usual_pair __attribute__((vector_size(16)));

/* What only other lines than usual moves change. */
struct usual {
    bool may;                 /* there can be usual moves now */
    usual_pair low, high;     /* of the work area: X, Y */
    usual_pair low_z, high_z; /* Z; E may go anywhere */
    double feed_mm_s;         /* in force, with M220 */
};

/* To be called at the beginning, and after each line that was no usual move. */
void usual_settle(struct usual *usual, const struct policy_state *state,
                  const struct measure *measure);

/* A line plain_move_read() has read. True: it is a usual move, policy_check() would send it as it
 * stands, and *state and *measure are as after policy_check() and measure_move(), to the bit.
 * False: nothing has changed. */
bool usual_move(struct usual *usual, struct policy_state *state, struct measure *measure,
                const struct plain_move *move);

#endif
