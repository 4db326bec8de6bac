/* SPDX-License-Identifier: Apache-2.0 */
/* The queue's list of machines, as the config has them. */
#ifndef USINE_QUEUE_MACHINES_H
#define USINE_QUEUE_MACHINES_H

#include "room.h"
#include "store/store_machine.h"

/* Takes over config (one reference of its own): new lists of views, machines and hours; what was
 * known of machines that stay is kept. ERR_NO_MEMORY: all as before. */
enum err machines_configure(struct queue *queue, struct config *config);

void machines_free(struct queue *queue);

/* NULL: not configured. */
struct machine_item *machines_find(const struct queue *queue, const char *id);

/* Fills id, site, place, bed and consent as they are now. */
void machines_row(const struct machine_item *machine, struct machine_row *row);

struct machine_view *machines_view(const struct queue *queue, const struct machine_item *machine);

/* Copies what the floor tells; views of unknown machines are left out. */
void machines_heard(struct queue *queue, const struct machine_view *views, size_t count);

#endif
