/* SPDX-License-Identifier: Apache-2.0 */
/* What really happens, for testing forecasts: weeks of a small factory, richer than the forecast's
 * model and unknown to it. People come late, have lunch, are absent, make rounds from bed to bed
 * and stand beside the lasers; machines differ in speed and care and wear out; plates are lost
 * whole, spools have bad days; repairs wait for opening. Every week draws its own. Minute by
 * minute; the dispatcher is the real one. */
#ifndef USINE_TESTS_PLANNING_TRUTH_H
#define USINE_TESTS_PLANNING_TRUTH_H

#include "planning/evidence.h"
#include "toy.h"

struct truth;

/* A Monday, 00:00 in Paris. The process's zone must be that. */
struct truth *truth_create(uint64_t week, int64_t shields);
void truth_destroy(struct truth *truth);

/* Lives on until so many minutes have passed since the beginning. */
void truth_run(struct truth *truth, int minute);

/* How things stand: the truth's own, valid until it lives on. */
const struct outlook *truth_outlook(struct truth *truth);

/* What the ledger shows of the past. */
enum err truth_show(const struct truth *truth, struct evidence *evidence);

int64_t truth_kits(const struct truth *truth);       /* of the order */
int64_t truth_kits_today(const struct truth *truth); /* of the calendar day */
int truth_done_minute(const struct truth *truth);    /* -1: the order is not done yet */

#endif
