/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "queue/product_order.h"
#include "queue/program.h"
#include "queue/roster.h"
#include "store/store.h"

enum { QUIET_TURNS = 2 }; /* so many turns without anything new: all has settled */

static void fail(const char *what, const char *text)
{
    fprintf(stderr, "operation: %s: %s\n", what, text);
    exit(2);
}

void office_open(struct office_run *office, struct plant *plant, struct config *config)
{
    struct queue_setup setup = {.loop = &office->loop,
                                .clock = &office->clock,
                                .config = config,
                                .order = plant_order,
                                .floor = plant,
                                .driven = true};

    office->plant = plant;
    office->clock = agenda_clock(plant->agenda);
    if (uv_loop_init(&office->loop) != 0)
        fail("start", "no event loop");
    if (queue_open(&office->queue, &setup, office->text, sizeof office->text) != ERR_OK)
        fail("start", office->text);
    plant->queue = office->queue;
    forecaster_init(&office->forecaster, &office->loop, &office->clock);
}

static void on_closed(void *context)
{
    (void)context;
}

void office_close(struct office_run *office)
{
    forecaster_close(&office->forecaster);
    queue_close(office->queue, on_closed, NULL);
    uv_run(&office->loop, UV_RUN_DEFAULT);
    forecaster_finish(&office->forecaster);
    uv_loop_close(&office->loop);
    name_pool_finish(&office->names);
}

/* ---- settling ---- */

struct barrier {
    struct store_work work; /* first */
    bool passed;
};

static enum err barrier_apply(struct store_work *work, struct db *db)
{
    (void)work;
    (void)db;
    return ERR_OK;
}

static void barrier_done(struct store_work *work, enum err err, const char *text)
{
    (void)err;
    (void)text;
    ((struct barrier *)(void *)work)->passed = true;
}

/* The store answers in turn: behind this, all that was asked before is written and told. */
static void pass_barrier(struct office_run *office)
{
    struct barrier barrier = {.work = {.apply = barrier_apply, .done = barrier_done}};

    uv_run(&office->loop, UV_RUN_NOWAIT); /* the dispatcher's kick */
    store_write(queue_store(office->queue), &barrier.work);
    while (!barrier.passed)
        uv_run(&office->loop, UV_RUN_ONCE);
}

void office_settle(struct office_run *office)
{
    for (int quiet = 0; quiet < QUIET_TURNS; quiet++) {
        office->plant->stirred = false;
        pass_barrier(office);
        if (plant_obey(office->plant) || office->plant->stirred)
            quiet = -1;
    }
}

/* ---- asking ---- */

static void wait_answer(struct office_run *office)
{
    while (!office->answered)
        uv_run(&office->loop, UV_RUN_ONCE);
    office->answered = false;
}

static void on_program(void *context, enum err err, const char *text, const cJSON *report)
{
    struct office_run *office = context;
    struct plant *plant = office->plant;
    const char *sha256 = cJSON_GetStringValue(cJSON_GetObjectItem(report, "sha256"));

    if (err != ERR_OK || sha256 == NULL)
        fail("program", text);
    snprintf(plant->programs[plant->program_count].sha256, HASH_TEXT_SIZE, "%s", sha256);
    office->answered = true;
}

void office_program(struct office_run *office, const char *path, const char *model,
                    const struct plant_program *makes)
{
    struct program_request ask = {.path = path, .model_count = 1, .yield_count = 1, .by = "anne"};
    const char *slash = strrchr(path, '/');

    snprintf(ask.name, sizeof ask.name, "%s", slash != NULL ? slash + 1 : path);
    snprintf(ask.models[0], sizeof ask.models[0], "%s", model);
    snprintf(ask.yields[0].part, sizeof ask.yields[0].part, "%s", makes->part);
    ask.yields[0].pieces = makes->pieces;
    office->plant->programs[office->plant->program_count] = *makes;
    queue_program_add(office->queue, &ask, on_program, office);
    wait_answer(office);
    office->plant->program_count++;
}

static void on_done(void *context, enum err err, const char *text, int64_t id)
{
    struct office_run *office = context;

    if (err != ERR_OK)
        fail("refused", text);
    office->id = id;
    office->answered = true;
}

int64_t office_order(struct office_run *office, const char *product, int64_t quantity)
{
    struct product_order order = {.quantity = quantity, .priority = 5};

    snprintf(order.product, sizeof order.product, "%s", product);
    snprintf(order.customer, sizeof order.customer, "Normandie");
    snprintf(order.by, sizeof order.by, "anne");
    queue_order_add(office->queue, &order, on_done, office);
    wait_answer(office);
    return office->id;
}

/* ---- reports ---- */

struct rows {
    struct office_run *office;
    void *rows;
    size_t count;
};

static void keep(struct rows *taken, const void *rows, size_t size, size_t count)
{
    taken->rows = malloc((count + 1) * size);
    if (taken->rows == NULL)
        fail("throughput", "out of memory");
    if (count > 0)
        memcpy(taken->rows, rows, count * size);
    taken->count = count;
}

static void on_report(void *context, enum err err, const char *text)
{
    struct rows *taken = context;

    if (err != ERR_OK)
        fail("throughput", text);
    taken->office->answered = true;
}

static enum err take_rows(void *context, const struct throughput_row *rows, size_t count)
{
    keep(context, rows, sizeof *rows, count);
    return ERR_OK;
}

struct throughput_row *office_throughput(struct office_run *office,
                                         const struct throughput_query *query, size_t *count)
{
    struct rows taken = {.office = office};
    const struct throughput_asker asker = {.take = take_rows, .done = on_report, .context = &taken};

    queue_throughput(office->queue, query, &asker);
    wait_answer(office);
    *count = taken.count;
    return taken.rows;
}

static enum err take_groups(void *context, const struct breakdown_row *rows, size_t count)
{
    struct rows *taken = context;
    struct name_pool *names = &taken->office->names;
    struct breakdown_row *kept;

    keep(taken, rows, sizeof *rows, count);
    kept = taken->rows;
    for (size_t i = 0; i < count; i++) {
        kept[i].site = name_pool_keep(names, rows[i].site);
        kept[i].machine = name_pool_keep(names, rows[i].machine);
        kept[i].model = name_pool_keep(names, rows[i].model);
        kept[i].part = name_pool_keep(names, rows[i].part);
        kept[i].shift = name_pool_keep(names, rows[i].shift);
        kept[i].reason = name_pool_keep(names, rows[i].reason);
    }
    return ERR_OK;
}

struct breakdown_row *office_breakdown(struct office_run *office,
                                       const struct throughput_query *query, const char *groups,
                                       size_t *count)
{
    struct breakdown_query grouped = {.days = *query, .groups = breakdown_parse(groups)};
    struct rows taken = {.office = office};
    const struct breakdown_asker asker = {
        .take = take_groups, .done = on_report, .context = &taken};

    queue_breakdown(office->queue, &grouped, &asker);
    wait_answer(office);
    *count = taken.count;
    return taken.rows;
}

/* ---- forecasts ---- */

struct asked {
    struct office_run *office;
    struct office_forecast forecast;
};

static void on_forecast(void *context, enum err err, const char *text,
                        const struct prediction *prediction)
{
    struct asked *asked = context;

    if (err != ERR_OK)
        fail("forecast", text);
    asked->forecast.today = prediction->result->as_is.today[0];
    if (prediction->outlook->order_count > 0) /* else it has just become complete */
        asked->forecast.order = prediction->result->as_is.orders[0];
    asked->office->answered = true;
}

struct office_forecast office_forecast(struct office_run *office)
{
    struct forecaster_question question = {.queue = office->queue, .fresh = true};
    struct forecast_range never = {(double)INFINITY, (double)INFINITY, (double)INFINITY};
    struct asked asked = {.office = office, .forecast.order = never};

    forecaster_ask(&office->forecaster, &question, on_forecast, &asked);
    wait_answer(office);
    return asked.forecast;
}
