/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "audit.h"
#include "operation.h"
#include "queue/product_order.h"
#include "queue/warehouse.h"
#include "record.h"

enum { HEADBANDS_A_RUN = 4, VISORS_A_RUN = 6 }; /* at most */

static void add_targets(const struct operation *o, cJSON *days)
{
    size_t day = 0, step = 0;

    for (cJSON *item = days->child; item != NULL; item = item->next, day++) {
        while (step + 1 < RAMP_STEPS && o->ramp[step + 1].day <= day)
            step++;
        cJSON_AddNumberToObject(item, "target", o->ramp[step].size.per_day);
    }
}

static void add_moment(cJSON *object, const char *name, int64_t at_ms)
{
    char text[CLOCK_TEXT_SIZE];

    if (at_ms > 0)
        cJSON_AddStringToObject(object, name, clock_text(text, at_ms));
    else
        cJSON_AddNullToObject(object, name);
}

static void add_range(cJSON *object, const char *name, const struct forecast_range *range,
                      int64_t from_ms)
{
    static const char *const names[] = {"p10", "p50", "p90"};
    const double values[] = {range->p10, range->p50, range->p90};
    cJSON *item = cJSON_AddObjectToObject(object, name);

    for (size_t i = 0; i < 3; i++)
        if (from_ms == 0)
            cJSON_AddNumberToObject(item, names[i], values[i]);
        else
            add_moment(item, names[i],
                       isfinite(values[i]) ? from_ms + (int64_t)(values[i] * 1000) : 0);
}

static cJSON *forecasts(const struct operation *o)
{
    cJSON *list = cJSON_CreateArray();

    for (size_t day = 0; day < TRUTH_DAYS; day++) {
        const struct foresight *foresight = &o->foresight[day];
        cJSON *item;

        if (foresight->at_ms == 0)
            continue;
        item = cJSON_CreateObject();
        cJSON_AddNumberToObject(item, "number", (double)(day + 1));
        cJSON_AddStringToObject(item, "day", o->truth.days[day]);
        add_range(item, "today", &foresight->said.today, 0);
        cJSON_AddNumberToObject(item, "came", (double)record_kits(&o->truth, NULL, day));
        add_range(item, "order", &foresight->said.order, foresight->at_ms);
        cJSON_AddItemToArray(list, item);
    }
    return list;
}

/* Pieces that lie about when the order is complete: no more than one run of each machine. */
static bool check_surplus(struct operation *o, cJSON *checks)
{
    const struct stock *stock = queue_stock(o->office.queue);
    int64_t bands = stock_of(stock, NULL, "serre-tete"), visors = stock_of(stock, NULL, "ecran");
    int64_t lasers = 0;

    for (size_t i = 0; i < o->plant.count; i++)
        lasers += o->plant.machines[i]->laser;
    return record_check(checks,
                        bands <= HEADBANDS_A_RUN * ((int64_t)o->plant.count - lasers) &&
                            visors <= VISORS_A_RUN * lasers,
                        "surplus within one run of each machine",
                        "%" PRId64 " headbands, %" PRId64 " visors left over", bands, visors);
}

static bool check(struct operation *o, const struct audit *audit, cJSON *checks)
{
    const struct product_order *order = queue_order_find(o->office.queue, o->order);
    bool kept = true;

    kept &= record_check(checks, o->done_ms != 0 && operation_counted(o), "the order is complete",
                         "%" PRId64 " shields of %" PRId64, order->done, order->quantity);
    kept &= record_check(checks, audit->differ == 0, "the ledger is the floor's truth to the piece",
                         "%zu counts of a machine, day and part compared, %zu differ",
                         audit->compared, audit->differ);
    kept &= record_check(checks, audit->heaps_differ == 0,
                         "kits and stock are the tables' truth to the piece",
                         "%zu compared, %zu differ", audit->heaps, audit->heaps_differ);
    kept &= check_surplus(o, checks);
    kept &= record_check(checks, audit->short_days == 0, "machine time adds up to the day exactly",
                         "%zu machine days, %zu do not", audit->days, audit->short_days);
    kept &= record_check(checks, audit->misspent == 0, "each kind of time is the floor's",
                         "%zu machine days, %zu differ", audit->days, audit->misspent);
    return kept;
}

static void add_counts(const struct operation *o, cJSON *record)
{
    const struct {
        const char *name;
        double value;
    } counts[] = {
        {"seed", (double)o->options.seed},
        {"shields", (double)o->options.shields},
        {"verdicts", (double)o->crew.verdicts},
        {"corrected", (double)o->crew.corrected},
        {"retried", (double)o->crew.retried},
        {"failed", (double)o->plant.failed},
        {"broken", (double)o->plant.broken},
        {"runouts", (double)o->plant.runouts},
        {"refused", (double)o->plant.refused},
        {"moves", (double)o->tables.moves},
        {"received", (double)o->tables.received},
        {"discarded", (double)o->tables.discarded},
        {"lost", (double)o->tables.lost},
        {"stocktakes", (double)o->tables.found_out},
        {"goods_refused", (double)o->tables.refused},
        {"forecast_s", o->forecast_s},
        {"steps", (double)o->steps},
    };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        cJSON_AddNumberToObject(record, counts[i].name, counts[i].value);
    add_moment(record, "done", o->done_ms);
}

cJSON *operation_conclude(struct operation *o, bool *kept)
{
    struct throughput_query query = {.machine = ""};
    size_t count, last = truth_day(&o->truth, o->agenda.now_ms);
    struct throughput_row *rows;
    struct breakdown_row *groups;
    cJSON *record = cJSON_CreateObject();
    struct audit audit;

    plant_book(&o->plant);
    snprintf(query.from, sizeof query.from, "%s", o->truth.days[0]);
    snprintf(query.to, sizeof query.to, "%s", o->truth.days[last]);
    rows = office_throughput(&o->office, &query, &count);
    audit_make(&audit, &o->truth, rows, count, o->agenda.now_ms);
    free(rows);
    groups = office_breakdown(&o->office, &query, "day,site,part", &count);
    audit_kits(&audit, &o->truth, groups, count);
    free(groups);
    audit_stock(&audit, &o->truth, queue_stock(o->office.queue));
    groups = office_breakdown(&o->office, &query, "model", &count);
    cJSON_AddItemToObject(record, "models", record_models(groups, count));
    free(groups);
    add_counts(o, record);
    cJSON_AddItemToObject(record, "days", record_days(&audit.book, last));
    add_targets(o, cJSON_GetObjectItem(record, "days"));
    cJSON_AddItemToObject(record, "forecasts", forecasts(o));
    *kept = check(o, &audit, cJSON_AddArrayToObject(record, "checks"));
    audit_finish(&audit);
    return record;
}
