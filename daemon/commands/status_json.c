/* SPDX-License-Identifier: Apache-2.0 */
/* The status: what every page and `usine watch` show. */
#include <math.h>
#include <string.h>

#include "block_json.h"
#include "noun_json.h"
#include "queue/declaration.h"
#include "queue/load.h"
#include "queue/warehouse.h"
#include "step_json.h"
#include "stock_json.h"
#include "version.h"

static void add_flags(cJSON *object, unsigned flags)
{
    static const struct {
        enum machine_flag flag;
        const char *name;
    } names[] = {
        {FLAG_QUARANTINED, "quarantined"},
        {FLAG_OUT_OF_SERVICE, "out-of-service"},
        {FLAG_NOT_READY, "not-ready"},
    };
    cJSON *array = cJSON_AddArrayToObject(object, "flags");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (flags & names[i].flag)
            cJSON_AddItemToArray(array, cJSON_CreateString(names[i].name));
}

/* Pieces the run makes of the part it was started for. */
static double run_pieces(const struct run *run)
{
    for (size_t i = 0; i < run->part_count; i++)
        if (strcmp(run->parts[i].part, run->part) == 0)
            return (double)run->parts[i].pieces;
    return 0;
}

/* What the queue knows of a run; nulls when it has forgotten it. */
static void add_about_run(cJSON *item, const struct run *run)
{
    static const char *const names[] = {"job", "program", "program_name", "part", "pieces"};

    for (size_t i = 0; run == NULL && i < sizeof names / sizeof *names; i++)
        cJSON_AddNullToObject(item, names[i]);
    if (run == NULL)
        return;
    cJSON_AddNumberToObject(item, "job", (double)run->job);
    cJSON_AddStringToObject(item, "program", run->sha256);
    cJSON_AddStringToObject(item, "program_name", run->program);
    cJSON_AddStringToObject(item, "part", run->part);
    cJSON_AddNumberToObject(item, "pieces", run_pieces(run));
}

static void add_progress(cJSON *object, const struct machine_view *view)
{
    cJSON_AddNumberToObject(object, "line", (double)view->line);
    json_add_number(object, "progress", round(view->progress * 10000) / 10000);
    json_add_number(object, "eta_s", view->eta_s < 0 ? NAN : round(view->eta_s));
}

static void add_run(cJSON *object, const struct office *office, const struct machine_view *view)
{
    const struct run *run = queue_run_find(office->queue, view->run);
    cJSON *item;

    if (view->run == 0) {
        cJSON_AddNullToObject(object, "run");
        return;
    }
    item = cJSON_AddObjectToObject(object, "run");
    cJSON_AddNumberToObject(item, "id", (double)view->run);
    add_about_run(item, run);
    json_add_time(item, "started", run != NULL ? run->started_ms : 0);
    cJSON_AddNumberToObject(item, "lines", (double)view->lines);
    add_progress(item, view);
}

static void add_last_run(cJSON *object, const struct office *office,
                         const struct machine_view *view)
{
    const struct run *run = queue_run_find(office->queue, view->last_run);
    cJSON *item;

    if (view->last_run == 0) {
        cJSON_AddNullToObject(object, "last_run");
        return;
    }
    item = cJSON_AddObjectToObject(object, "last_run");
    cJSON_AddNumberToObject(item, "id", (double)view->last_run);
    cJSON_AddStringToObject(item, "outcome", run_outcome_name(view->last_outcome));
    add_about_run(item, run);
    json_add_time(item, "ended", run != NULL ? run->ended_ms : 0);
}

static void add_degrees(cJSON *object, const char *name, float value)
{
    json_add_number(object, name, round((double)value * 10) / 10);
}

static void add_tools(cJSON *temps, const struct machine_view *view)
{
    cJSON *tools = view->tool_count > 0 ? cJSON_AddArrayToObject(temps, "tools") : NULL;

    for (int i = 0; i < view->tool_count; i++) {
        cJSON *tool = cJSON_CreateObject();

        add_degrees(tool, "now", view->tools[i][0]);
        add_degrees(tool, "target", view->tools[i][1]);
        cJSON_AddItemToArray(tools, tool);
    }
}

static void add_readings(cJSON *object, const struct machine_view *view)
{
    cJSON *temps = cJSON_AddObjectToObject(object, "temps");
    cJSON *position;

    add_degrees(temps, "nozzle", view->nozzle);
    add_degrees(temps, "nozzle_target", view->nozzle_target);
    add_degrees(temps, "bed", view->bed_temp);
    add_degrees(temps, "bed_target", view->bed_target);
    add_tools(temps, view);
    position = view->has_position ? cJSON_CreateDoubleArray(view->position, 3) : cJSON_CreateNull();
    cJSON_AddItemToObject(object, "position", position);
}

static void add_counters(cJSON *object, const struct machine_view *view)
{
    cJSON_AddNumberToObject(object, "sent_lines", (double)view->sent_lines);
    cJSON_AddNumberToObject(object, "resends", (double)view->resends);
}

cJSON *machine_progress_to_json(const struct machine_view *view)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "id", view->id);
    if (view->run != 0)
        add_progress(object, view);
    add_readings(object, view);
    json_add_time(object, "heard", view->heard_ms);
    add_counters(object, view);
    return object;
}

cJSON *machine_to_json(const struct office *office, const struct machine_view *view)
{
    const struct config_machine *machine = config_machine(office->config, view->id);
    const char *waiting = waiting_for_name(view->waiting_for);
    cJSON *object = cJSON_CreateObject();
    bool printer = machine != NULL && machine->profile.kind == KIND_PRINTER;

    cJSON_AddStringToObject(object, "id", view->id);
    cJSON_AddStringToObject(object, "site", view->site);
    cJSON_AddStringToObject(object, "model", machine != NULL ? machine->model : "");
    cJSON_AddStringToObject(object, "kind", machine == NULL ? "" : printer ? "printer" : "laser");
    cJSON_AddStringToObject(object, "state", machine_state_name(view->state));
    cJSON_AddStringToObject(object, "bed", bed_state_name(view->bed));
    add_flags(object, view->flags);
    add_run(object, office, view);
    add_last_run(object, office, view);
    add_readings(object, view);
    if (waiting != NULL)
        cJSON_AddStringToObject(object, "waiting_for", waiting);
    else
        cJSON_AddNullToObject(object, "waiting_for");
    json_add_time(object, "since", view->since_ms);
    json_add_time(object, "heard", view->heard_ms);
    cJSON_AddStringToObject(object, "port", machine != NULL ? machine->port : "");
    cJSON_AddStringToObject(object, "material", queue_material(office->queue, view->id));
    cJSON_AddStringToObject(object, "material_wanted",
                            queue_material_wanted(office->queue, view->id));
    cJSON_AddStringToObject(object, "material_lot", queue_material_lot(office->queue, view->id));
    json_add_text(object, "message", view->message);
    json_add_text(object, "firmware", view->firmware);
    add_counters(object, view);
    version_add(object, "bed flags run.id last_run.id");
    return object;
}

static void set_count(cJSON *counts, const char *part, int64_t count)
{
    cJSON *item = cJSON_GetObjectItemCaseSensitive(counts, part);

    if (item != NULL)
        cJSON_SetNumberValue(item, (double)count);
    else
        cJSON_AddNumberToObject(counts, part, (double)count);
}

cJSON *today_to_json(const struct office *office)
{
    const struct config *config = office->config;
    const char *product = config->product_count > 0 ? config->products[0].id : NULL;
    cJSON *today = cJSON_CreateObject();
    cJSON *good, *scrap;
    size_t count;
    const struct part_count *parts = queue_today(office->queue, &count);

    if (product != NULL)
        cJSON_AddStringToObject(today, "product", product);
    else
        cJSON_AddNullToObject(today, "product");
    cJSON_AddNumberToObject(today, "done",
                            product != NULL ? (double)queue_kits_today(office->queue, product) : 0);
    cJSON_AddNumberToObject(today, "target", (double)config->target_per_day);
    good = cJSON_AddObjectToObject(today, "good");
    scrap = cJSON_AddObjectToObject(today, "scrap");
    for (size_t i = 0; i < config->part_count; i++) {
        cJSON_AddNumberToObject(good, config->parts[i].id, 0);
        cJSON_AddNumberToObject(scrap, config->parts[i].id, 0);
    }
    for (size_t i = 0; i < count; i++) {
        if (config_product(config, parts[i].part) != NULL)
            continue; /* kits are put together, not judged */
        set_count(good, parts[i].part, parts[i].good);
        set_count(scrap, parts[i].part, parts[i].scrap);
    }
    return today;
}

static cJSON *site_to_json(const struct office *office, const struct config_site *site)
{
    size_t count;
    const struct machine_view *views = queue_views(office->queue, &count);
    int states[MACHINE_STATES] = {0};
    int machines = 0, waiting = 0, vanished = 0;
    cJSON *object = cJSON_CreateObject();
    cJSON *by_state;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(views[i].site, site->id) != 0)
            continue;
        machines++;
        states[views[i].state]++;
        if (views[i].waiting_for != WAITING_NOTHING)
            waiting++;
        vanished += views[i].swept;
    }
    cJSON_AddStringToObject(object, "id", site->id);
    cJSON_AddStringToObject(object, "name", site->name);
    cJSON_AddStringToObject(object, "town", site->town);
    json_add_number(object, "lat", site->lat);
    json_add_number(object, "lon", site->lon);
    cJSON_AddStringToObject(object, "hours", site->hours);
    cJSON_AddBoolToObject(object, "open", queue_is_open(office->queue, site->id));
    cJSON_AddBoolToObject(object, "assembly", site->assembly);
    cJSON_AddNumberToObject(object, "machines", machines);
    cJSON_AddNumberToObject(object, "waiting", waiting);
    cJSON_AddNumberToObject(object, "vanished", vanished); /* together, not yet back */
    cJSON_AddNumberToObject(object, "to_receive",          /* what makers declared */
                            (double)queue_declarations_waiting(office->queue, site->id));
    by_state = cJSON_AddObjectToObject(object, "states");
    for (int s = 0; s < MACHINE_STATES; s++)
        if (states[s] > 0)
            cJSON_AddNumberToObject(by_state, machine_state_name((enum machine_state)s), states[s]);
    return object;
}

/* The bill of one kit: pieces by part, or by product for a kit in a kit. */
static void add_bill(cJSON *object, const struct config *config,
                     const struct config_product *product)
{
    cJSON *bill = cJSON_AddObjectToObject(object, "parts");

    for (size_t i = 0; i < product->bom_count; i++) {
        const struct config_bom_row *row = &product->bom[i];

        cJSON_AddNumberToObject(bill,
                                row->part != CONFIG_NONE ? config->parts[row->part].id
                                                         : config->products[row->product].id,
                                (double)row->quantity);
    }
}

static void add_products(cJSON *status, const struct config *config)
{
    cJSON *products = cJSON_AddArrayToObject(status, "products");

    for (size_t i = 0; i < config->product_count; i++) {
        cJSON *product = cJSON_CreateObject();

        cJSON_AddStringToObject(product, "id", config->products[i].id);
        cJSON_AddStringToObject(product, "name", config->products[i].name);
        add_bill(product, config, &config->products[i]);
        cJSON_AddItemToArray(products, product);
    }
}

/* Names for people of what the rest names by id. */
static void add_names(cJSON *status, const struct config *config)
{
    static const char *const processes[] = {"print", "laser", "buy", "other"};
    cJSON *parts = cJSON_AddArrayToObject(status, "parts");
    cJSON *models = cJSON_AddArrayToObject(status, "models");

    for (size_t i = 0; i < config->part_count; i++) {
        cJSON *part = cJSON_CreateObject();

        cJSON_AddStringToObject(part, "id", config->parts[i].id);
        cJSON_AddStringToObject(part, "name", config->parts[i].name);
        cJSON_AddStringToObject(part, "process", processes[config->parts[i].process]);
        cJSON_AddStringToObject(part, "unit",
                                config->parts[i].unit == UNIT_GRAM ? "gram" : "piece");
        cJSON_AddItemToArray(parts, part);
    }
    for (size_t i = 0; i < config->model_count; i++) {
        const struct profile *profile = &config->models[i];
        cJSON *model = cJSON_CreateObject();

        cJSON_AddStringToObject(model, "id", profile->id);
        cJSON_AddStringToObject(model, "name", profile->name);
        cJSON_AddStringToObject(model, "kind", profile->kind == KIND_PRINTER ? "printer" : "laser");
        cJSON_AddItemToArray(models, model);
    }
}

cJSON *status_to_json(const struct office *office)
{
    size_t count;
    const struct machine_view *views = queue_views(office->queue, &count);
    cJSON *status = cJSON_CreateObject();
    cJSON *machines = cJSON_AddArrayToObject(status, "machines");
    cJSON *sites;

    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(machines, machine_to_json(office, &views[i]));
    cJSON_AddItemToObject(status, "today", today_to_json(office));
    cJSON_AddItemToObject(status, "low", low_to_json(office));
    cJSON_AddNumberToObject(status, "by_hand", (double)queue_by_hand(office->queue));
    cJSON_AddItemToObject(status, "blocked", blocked_to_json(office));
    sites = cJSON_AddArrayToObject(status, "sites");
    for (size_t i = 0; i < office->config->site_count; i++)
        cJSON_AddItemToArray(sites, site_to_json(office, &office->config->sites[i]));
    add_names(status, office->config);
    add_products(status, office->config);
    cJSON_AddItemToObject(status, "steps", steps_to_json(office->config));
    cJSON_AddStringToObject(status, "timezone", office->config->timezone);
    json_add_time(status, "at", clock_wall(office->clock));
    if (office->clock->pace > 0) /* a calendar of its own, for training */
        cJSON_AddNumberToObject(status, "training", office->clock->pace);
    else
        cJSON_AddNullToObject(status, "training");
    return status;
}
