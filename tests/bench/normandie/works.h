/* SPDX-License-Identifier: Apache-2.0 */
/* What the fleet makes: the samples' programs, with the times our analysis gives them. */
#ifndef USINE_BENCH_WORKS_H
#define USINE_BENCH_WORKS_H

#include <stdbool.h>
#include <stddef.h>

#include "config/load.h"
#include "queue/dispatch.h"

enum { WORKS = 13, PARTS = 3 };
enum { HEADBAND, VISOR, CLIP }; /* a kit is one of each of the first two, or of all three */

struct works {
    struct program rows[WORKS];
    struct dispatch_program programs[WORKS];
};

extern const char *const part_names[PARTS];

/* Analyses the files, from the root of the repository. Materials: 1 PETG, 2 any other. */
bool works_read(struct works *works, const struct config *config);

/* The number of a model in the config; -1: none. */
int works_model(const struct config *config, const char *model);

#endif
