/* SPDX-License-Identifier: Apache-2.0 */
/* What a program makes a machine do, line by line: bounds, layers, filament, path, temperatures,
 * time. Pure. */
#ifndef USINE_GCODE_MEASURE_H
#define USINE_GCODE_MEASURE_H

#include "analyse.h"
#include "estimate.h"
#include "line.h"
#include "policy.h"

enum { MEASURE_STEPS = 32 };

struct bounds {
    double min[3], max[3];
};

struct measure {
    struct bounds bounds[2]; /* of travel; of moves that extrude or cut */
    bool inside;             /* the second ones hold the place where the tool is */
    double highest;          /* of extruding moves */
    uint32_t layers;
    struct {
        int hundredths; /* mm */
        uint32_t count;
    } steps[MEASURE_STEPS]; /* between layers */
    double e, e_most;       /* mm of filament; e_most leaves a last retraction out */
    double cut_mm;
    uint32_t tools;
    double nozzle_max, bed_max;
    struct estimate estimate;
};

void measure_begin(struct measure *measure, const struct profile *profile);

/* A move the policy let pass: `from` is state->position before it. */
void measure_move(struct measure *measure, const struct policy_state *state,
                  const struct gcode_line *line, const double from[AXES]);

/* The tool works at this height: if it is a new one above the others, it is a layer. */
void measure_layer(struct measure *measure, double height);

/* Any other line that the policy did not refuse. */
void measure_command(struct measure *measure, const struct policy_state *state,
                     const struct gcode_line *line);

/* Fills in its part of the report. */
void measure_end(struct measure *measure, const struct profile *profile, struct analysis *analysis);

#endif
