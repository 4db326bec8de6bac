/* SPDX-License-Identifier: Apache-2.0 */
/* What is loaded, for the queue's own files. */
#ifndef USINE_QUEUE_LOADS_H
#define USINE_QUEUE_LOADS_H

#include "room.h"

/* Reads what was said before a restart. */
enum err loads_load(struct queue *queue, struct db *db);

/* As last said, or as the config says. */
const char *loads_material(const struct machine_item *machine);

#endif
