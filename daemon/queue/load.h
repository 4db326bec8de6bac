/* SPDX-License-Identifier: Apache-2.0 */
/* What is loaded on a machine: the material that the dispatcher goes by, and the lot of the spool
 * or the sheets, by which pieces are found again. */
#ifndef USINE_QUEUE_LOAD_H
#define USINE_QUEUE_LOAD_H

#include "queue.h"

struct load {
    char machine[ID_SIZE];
    char material[32]; /* "PETG"; "": the one that the config names */
    char lot[64];      /* "": not said */
    char by[ID_SIZE];
};

/* Says what is loaded; counts for runs that start from now on, and outlives a restart.
 * ERR_NOT_FOUND; ERR_REFUSED: the lot is blocked (quarantine.h). */
void queue_load(struct queue *queue, const struct load *load, queue_done done, void *context);

/* The material on a machine: as last said, or as the config says. "": unknown machine. */
const char *queue_material(const struct queue *queue, const char *machine);

/* The material it should be loaded with for what comes next; "": it can go on as it is. */
const char *queue_material_wanted(const struct queue *queue, const char *machine);

/* The lot of it; "": not said. */
const char *queue_material_lot(const struct queue *queue, const char *machine);

#endif
