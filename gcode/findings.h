/* SPDX-License-Identifier: Apache-2.0 */
/* The policy's report: lines alike (same command, same reason) are one finding. */
#ifndef USINE_GCODE_FINDINGS_H
#define USINE_GCODE_FINDINGS_H

#include <stddef.h>
#include <stdint.h>

#include "analyse.h"
#include "line.h"
#include "policy.h"

struct findings {
    struct finding *list; /* owned; room for ANALYSIS_FINDINGS_MAX */
    uint32_t *keys;       /* owned; what makes lines alike */
    size_t count;
};

enum err findings_init(struct findings *findings);

/* Notes one line that is not simply sent; `number` from 1, text as in the file. */
void findings_add(struct findings *findings, const struct policy_ruling *ruling,
                  const struct gcode_line *line, uint32_t number);

/* Puts refusals first, then by line; hands the list over. */
struct finding *findings_take(struct findings *findings, size_t *count);

void findings_finish(struct findings *findings);

#endif
