/* SPDX-License-Identifier: Apache-2.0 */
#include "toy.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *room(size_t count, size_t size)
{
    void *made = calloc(count + 1, size);

    if (made == NULL)
        abort();
    return made;
}

size_t toy_part(const struct outlook *toy, const char *id)
{
    for (size_t i = 0; i < toy->dispatch.part_count; i++)
        if (strcmp(toy->parts[i].id, id) == 0)
            return i;
    abort();
}

static int model_number(const struct config *config, const char *id)
{
    for (size_t i = 0; i < config->model_count; i++)
        if (strcmp(config->models[i].id, id) == 0)
            return (int)i;
    return -1;
}

static void add_program(struct outlook *toy, const struct toy_program *from,
                        struct dispatch_program *to, struct program *row)
{
    char models[200];
    char *rest = NULL;

    snprintf(models, sizeof models, "%s", from->models);
    snprintf(row->sha256, sizeof row->sha256, "%.20s %d %.30s", from->part, (int)from->pieces,
             models);
    row->yield_count = 1;
    row->yields[0].pieces = from->pieces;
    snprintf(row->yields[0].part, ID_SIZE, "%s", from->part);
    for (char *id = strtok_r(models, " ", &rest); id != NULL; id = strtok_r(NULL, " ", &rest))
        to->models[row->model_count++] =
            (struct dispatch_model){model_number(toy->config, id), true, from->time_s};
    for (int axis = 0; axis < 3; axis++)
        row->min_mm[axis] = row->max_mm[axis] = NAN;
    to->program = row;
    to->parts[0] = toy_part(toy, from->part);
}

static void add_parts(struct outlook *toy)
{
    const struct config *config = toy->config;

    toy->dispatch.parts = room(config->part_count, sizeof *toy->dispatch.parts);
    toy->parts = room(config->part_count, sizeof *toy->parts);
    toy->dispatch.part_count = config->part_count;
    for (size_t i = 0; i < config->part_count; i++) {
        memcpy(toy->parts[i].id, config->parts[i].id, ID_SIZE);
        toy->parts[i].made = config->parts[i].process != PART_BUY;
        toy->dispatch.parts[i].needed = 100;
    }
    toy->products = room(config->product_count, sizeof *toy->products);
    for (size_t i = 0; i < config->product_count; i++) {
        const struct config_product *from = &config->products[i];

        memcpy(toy->products[i].id, from->id, ID_SIZE);
        toy->products[i].needs = room(from->bom_count, sizeof *toy->products[i].needs);
        toy->products[i].need_count = from->bom_count;
        for (size_t k = 0; k < from->bom_count; k++)
            toy->products[i].needs[k] =
                (struct outlook_need){from->bom[k].part, from->bom[k].quantity};
    }
    toy->product_count = config->product_count;
    toy->orders = room(TOY_JOBS, sizeof *toy->orders);
}

static void add_machines(struct outlook *toy)
{
    const struct config *config = toy->config;
    struct dispatch_machine *machines = room(config->machine_count, sizeof *machines);

    toy->views = room(config->machine_count, sizeof *toy->views);
    toy->runs = room(config->machine_count, sizeof *toy->runs);
    for (size_t i = 0; i < config->machine_count; i++) {
        toy->views[i].state = MACHINE_IDLE;
        toy->views[i].bed = BED_CLEAR;
        toy->views[i].heard_ms = toy->views[i].since_ms = toy->dispatch.now_ms;
        machines[i] = (struct dispatch_machine){
            .view = &toy->views[i],
            .profile = &config->machines[i].profile,
            .model = model_number(config, config->machines[i].model),
            .number = i,
            .warm_s = config->machines[i].profile.kind == KIND_PRINTER ? 300 : 0,
            .consent = 1};
        while (strcmp(config->sites[machines[i].site].id, config->machines[i].site) != 0)
            machines[i].site++;
    }
    toy->dispatch.machines = machines;
    toy->dispatch.machine_count = config->machine_count;
}

struct outlook *toy_make(struct config *config, const struct toy_program *programs, size_t count,
                         int64_t now_ms)
{
    struct outlook *toy = room(1, sizeof *toy);
    struct dispatch_program *rows = room(count, sizeof *rows);
    struct dispatch_site *sites;

    toy->config = config;
    toy->dispatch.now_ms = now_ms;
    toy->dispatch.model_count = config->model_count;
    sites = room(config->site_count, sizeof *sites);
    for (size_t i = 0; i < config->site_count; i++)
        sites[i].clear_s = config->sites[i].clear_min * 60;
    toy->dispatch.sites = sites;
    toy->dispatch.site_count = config->site_count;
    toy->dispatch.jobs = room(TOY_JOBS, sizeof *toy->dispatch.jobs);
    toy->job_rows = room(TOY_JOBS, sizeof *toy->job_rows);
    add_parts(toy);
    add_machines(toy);
    toy->program_rows = room(count, sizeof *toy->program_rows);
    for (size_t i = 0; i < count; i++)
        add_program(toy, &programs[i], &rows[i], &toy->program_rows[i]);
    toy->dispatch.programs = rows;
    toy->dispatch.program_count = count;
    return toy;
}

size_t toy_job(struct outlook *toy, const char *part, int64_t target, int64_t good)
{
    size_t i = toy->dispatch.job_count++;
    struct job *row = &toy->job_rows[i];

    if (i >= TOY_JOBS)
        abort();
    *row = (struct job){.id = (int64_t)i + 1, .target = target, .good = good, .priority = 5};
    snprintf(row->part, sizeof row->part, "%s", part);
    row->owed = target - good;
    toy->dispatch.jobs[i] =
        (struct dispatch_job){.job = row, .part = toy_part(toy, part), .owed = row->owed};
    return i;
}

void toy_order(struct outlook *toy, size_t product, int64_t quantity)
{
    const struct outlook_product *p = &toy->products[product];

    toy->orders[toy->order_count] = (struct outlook_order){.id = (int64_t)toy->order_count + 1,
                                                           .product = product,
                                                           .quantity = quantity,
                                                           .priority = 5};
    toy->order_count++;
    for (size_t i = 0; i < p->need_count; i++)
        if (toy->parts[p->needs[i].part].made)
            toy_job(toy, toy->parts[p->needs[i].part].id, quantity * p->needs[i].quantity, 0);
}

static struct config *checked(enum err err, struct config *config, struct config_faults *faults)
{
    if (err != ERR_OK) {
        fprintf(stderr, "config: %s\n", faults->count > 0 ? faults->items[0].text : "?");
        abort();
    }
    config_faults_finish(faults);
    return config;
}

struct outlook *toy_normandy(int64_t now_ms)
{
    static const struct toy_program programs[] = {
        {"serre-tete", 1, "prusa-mk3", 6690},       {"serre-tete", 4, "prusa-mk3", 17645},
        {"serre-tete", 1, "ender-3", 7229},         {"serre-tete", 4, "ender-3", 28095},
        {"serre-tete", 2, "cr-10", 14206},          {"serre-tete", 2, "ramps", 13828},
        {"ecran", 2, "grbl-600x400", 114},          {"ecran", 6, "grbl-900x600", 249},
        {"ecran", 2, "marlin-laser k40-grbl", 114},
    };
    struct config_faults faults;
    struct config *config = NULL;
    enum err err = config_load("config/examples/normandie.json", &config, &faults);
    struct outlook *toy = toy_make(checked(err, config, &faults), programs,
                                   sizeof programs / sizeof *programs, now_ms);

    toy->parts[toy_part(toy, "elastique")].stock = 6000;
    return toy;
}

struct outlook *toy_small(int64_t now_ms)
{
    static const struct toy_program programs[] = {
        {"serre-tete", 1, "prusa-mk3", 6690}, {"serre-tete", 4, "prusa-mk3", 17645},
        {"serre-tete", 1, "ender-3", 7229},   {"serre-tete", 4, "ender-3", 28095},
        {"ecran", 2, "grbl-600x400", 114},
    };
    char text[6000];
    int n =
        snprintf(text, sizeof text,
                 "{\"role\": \"standalone\", \"state\": \"/tmp\", \"timezone\": \"Europe/Paris\", "
                 "\"sites\": ["
                 "{\"id\": \"caen\", \"hours\": \"08:00-20:00\", \"assembly\": true},"
                 "{\"id\": \"rouen\", \"hours\": \"Mo-Sa 09:00-19:00\"}], \"parts\": ["
                 "{\"id\": \"serre-tete\", \"name\": \"S\", \"process\": \"print\"},"
                 "{\"id\": \"ecran\", \"name\": \"E\", \"process\": \"laser\"},"
                 "{\"id\": \"elastique\", \"name\": \"L\", \"process\": \"buy\"}], \"products\": ["
                 "{\"id\": \"visiere\", \"name\": \"V\","
                 " \"parts\": {\"serre-tete\": 1, \"ecran\": 1, \"elastique\": 1}}],"
                 " \"target_per_day\": 60, \"machines\": [");
    struct config_faults faults;
    struct config *config = NULL;
    struct outlook *toy;
    enum err err;

    for (int i = 0; i < 14; i++)
        n += snprintf(
            text + n, sizeof text - (size_t)n,
            "%s{\"id\": \"m%d\", \"site\": \"%s\", \"model\": \"%s\", \"port\": \"/p/%d\"}",
            i > 0 ? "," : "", i, i % 2 == 0 ? "caen" : "rouen",
            i >= 12 ? "grbl-600x400"
            : i < 8 ? "prusa-mk3"
                    : "ender-3",
            i);
    n += snprintf(text + n, sizeof text - (size_t)n, "]}");
    err = config_parse("toy.json", text, (size_t)n, &config, &faults);
    toy = toy_make(checked(err, config, &faults), programs, sizeof programs / sizeof *programs,
                   now_ms);
    toy->parts[toy_part(toy, "elastique")].stock = 6000;
    return toy;
}
