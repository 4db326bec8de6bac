/* SPDX-License-Identifier: Apache-2.0 */
/* What runs use up of what is bought: grams of filament by the program's analysis, or one sheet. */
#ifndef USINE_QUEUE_USED_H
#define USINE_QUEUE_USED_H

#include "room.h"

/* The fact of the material that a run which has ended took, since its spool was last changed; of
 * one that broke off, by the lines it had done. False: nothing, or the config names no part for
 * this material. */
bool used_by_run(const struct queue *queue, const struct run *run, struct fact *fact);

/* The same of one under way, whose spool is changed now. Sheets are not: one that was begun is the
 * run's. */
bool used_so_far(const struct queue *queue, const struct run *run, int64_t now_ms,
                 struct fact *fact);

/* How much of a material (a part with `material`) one piece of a part takes, by the first program
 * that makes it of this material; 0: none does. */
double used_per_piece(const struct queue *queue, const struct config_part *material,
                      const char *part);

#endif
