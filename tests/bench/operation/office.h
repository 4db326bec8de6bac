/* SPDX-License-Identifier: Apache-2.0 */
/* The real office in virtual time: queue, dispatcher, store and ledger, driven step by step. */
#ifndef USINE_BENCH_OPERATION_OFFICE_H
#define USINE_BENCH_OPERATION_OFFICE_H

#include "planning/forecaster.h"
#include "plant.h"
#include "production/breakdown.h"
#include "production/name_pool.h"
#include "queue/queue.h"

struct office_run {
    uv_loop_t loop;
    struct clock clock;
    struct queue *queue;
    struct plant *plant;
    struct forecaster forecaster;
    bool answered;
    char text[400];
    int64_t id;
    struct name_pool names; /* of what office_breakdown gave */
};

/* Opens it on config->state. Ends the program when it cannot. */
void office_open(struct office_run *office, struct plant *plant, struct config *config);

void office_close(struct office_run *office);

/* Turns the loop until all is written, told and done that follows from what has happened. */
void office_settle(struct office_run *office);

/* One real program for one model, analysed as any upload. */
void office_program(struct office_run *office, const char *path, const char *model,
                    const struct plant_program *makes);

/* Orders kits of a product; returns the order's number. */
int64_t office_order(struct office_run *office, const char *product, int64_t quantity);

/* The report of these days; rows are the caller's to free. */
struct throughput_row *office_throughput(struct office_run *office,
                                         const struct throughput_query *query, size_t *count);

/* The same added up, by words as "day,site"; names are valid until office_close. */
struct breakdown_row *office_breakdown(struct office_run *office,
                                       const struct throughput_query *query, const char *groups,
                                       size_t *count);

/* What a forecast says of the first product and the order; moments are seconds from now. */
struct office_forecast {
    struct forecast_range today, order;
};

struct office_forecast office_forecast(struct office_run *office);

#endif
