/* SPDX-License-Identifier: Apache-2.0 */
/* A laser under Smoothieware, by its source (GcodeDispatch, SimpleShell, Robot, Laser; no board was
 * recorded): numbered lines one at a time, "rs N12" without an ok, "!!" once halted. The beam fires
 * on G1 to G3 only. */
#ifndef USINE_SIM_SMOOTHIE_H
#define USINE_SIM_SMOOTHIE_H

#include "arc.h"
#include "board.h"
#include "planner.h"
#include "ring.h"

enum { SMOOTHIE_LINE = 132 };

enum smoothie_wait { SMOOTHIE_READY, SMOOTHIE_FOR_ROOM, SMOOTHIE_FOR_MOTION, SMOOTHIE_FOR_TIME };

struct smoothie {
    struct board board; /* first */
    struct planner_limits limits;
    struct planner planner;
    struct ring rx;
    char line[SMOOTHIE_LINE + 1]; /* being read */
    unsigned line_used;
    char text[SMOOTHIE_LINE + 1]; /* under way: without number and checksum; "" : none */
    uint32_t number, last_number;
    bool numbered, halted, relative, in_motion;
    enum smoothie_wait wait;
    unsigned stage; /* how often the line under way has waited */
    int64_t until_us;
    struct arc arc;
    double feed_mm_s, power, offset[AXES];
};

void smoothie_init(struct smoothie *s, const char *name, double speed);

#endif
