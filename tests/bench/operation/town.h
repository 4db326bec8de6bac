/* SPDX-License-Identifier: Apache-2.0 */
/* The Normandy factory's config as technicians write it day by day, with more and more machines. */
#ifndef USINE_BENCH_OPERATION_TOWN_H
#define USINE_BENCH_OPERATION_TOWN_H

#include <cjson/cJSON.h>

#include "config/load.h"

struct town {
    cJSON *whole; /* the example file; owned */
};

struct town_size {
    int printers, lasers; /* the first of the file */
    int per_day;          /* kits wanted */
};

/* Reads config/examples/normandie.json, and changes what differs here: one filament for all, and
 * printers may print at night. */
bool town_read(struct town *town, const char *path, const char *state);

/* One reference, the caller's. Ends the program when it is refused. */
struct config *town_config(const struct town *town, const struct town_size *size);

void town_finish(struct town *town);

#endif
