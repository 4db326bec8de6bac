/* SPDX-License-Identifier: Apache-2.0 */
/* A factory for the tests of the forecast: an outlook made of a config and a few rows, without a
 * queue. */
#ifndef USINE_TESTS_PLANNING_TOY_H
#define USINE_TESTS_PLANNING_TOY_H

#include "queue/outlook.h"

struct toy_program {
    const char *part;
    int64_t pieces;
    const char *models; /* space separated */
    double time_s;
};

/* Every machine is idle and clear, nothing is in stock. Takes over the reference to config; the
 * outlook is the caller's (outlook_free). Ends the process when memory is out. */
struct outlook *toy_make(struct config *config, const struct toy_program *programs, size_t count,
                         int64_t now_ms);

/* A job for a part of the config; its index. At most TOY_JOBS. */
enum { TOY_JOBS = 16 };
size_t toy_job(struct outlook *toy, const char *part, int64_t target, int64_t good);

/* An order of the product with this index, and a job for each of its parts that is made. */
void toy_order(struct outlook *toy, size_t product, int64_t quantity);

size_t toy_part(const struct outlook *toy, const char *id);

/* The Normandy factory of config/examples with the samples' times. Run from the source folder. */
struct outlook *toy_normandy(int64_t now_ms);

/* A small one: two sites, twelve printers of two models, two lasers. */
struct outlook *toy_small(int64_t now_ms);

#endif
