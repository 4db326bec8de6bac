/* SPDX-License-Identifier: Apache-2.0 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "operation.h"
#include "queue/product_order.h"
#include "queue/warehouse.h"

#define SEVEN_O_CLOCK 1585288800000 /* 2020-03-27 07:00 in Paris, the Friday it began */

enum { RELOAD_HOUR = 7, FORECAST_HOUR = 9 };

static const struct ramp_step ramp[RAMP_STEPS] = {
    {0, {.printers = 18, .lasers = 3, .per_day = 150}},
    {2, {.printers = 35, .lasers = 5, .per_day = 250}},
    {4, {.printers = 52, .lasers = 8, .per_day = 380}},
    {6, {.printers = 70, .lasers = 10, .per_day = 500}},
};

static const struct {
    const char *file, *model;
    struct plant_program makes;
} programs[] = {
    {"impression/mk3_serre-tete_x1_0.20.gcode", "prusa-mk3", {"", "serre-tete", 1}},
    {"impression/ender3_serre-tete_x1_0.28.gcode", "ender-3", {"", "serre-tete", 1}},
    {"impression/ultimaker2_serre-tete_x1_0.28.gcode", "ultimaker-2", {"", "serre-tete", 1}},
    {"impression/cr10_serre-tete_plateau2_0.28.gcode", "cr-10", {"", "serre-tete", 2}},
    {"impression/ramps_serre-tete_pile2_0.28.gcode", "ramps", {"", "serre-tete", 2}},
    {"impression/mk3_serre-tete_pile4_0.30.gcode", "prusa-mk3", {"", "serre-tete", 4}},
    {"impression/ender3_serre-tete_pile4_0.28.gcode", "ender-3", {"", "serre-tete", 4}},
    {"laser/grbl_ecran_2x1_600x400.nc", "grbl-600x400", {"", "ecran", 2}},
    {"laser/grbl_ecran_x1.nc", "k40-grbl", {"", "ecran", 1}},
    {"laser/grbl_ecran_3x2_900x600.nc", "grbl-900x600", {"", "ecran", 6}},
    {"laser/marlin_inline_ecran_2x1_600x400.gcode", "marlin-laser", {"", "ecran", 2}},
};

/* ---- beginning ---- */

static void begin_work(struct operation *o)
{
    char path[600];

    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        snprintf(path, sizeof path, "%s/tests/samples/%s", o->options.source, programs[i].file);
        office_program(&o->office, path, programs[i].model, &programs[i].makes);
    }
    o->order = office_order(&o->office, "visiere", o->options.shields);
}

/* The people's tools and how often things go wrong. */
static void begin_people(struct operation *o)
{
    struct config *config = town_config(&o->town, &ramp[RAMP_STEPS - 1].size);

    list_init(&o->plant.inbox);
    o->plant.agenda = o->tables.agenda = &o->agenda;
    o->plant.truth = o->tables.truth = &o->truth;
    o->plant.seed = o->options.seed;
    o->plant.luck = (struct plant_luck){
        .scrap = 0.03, .fail_hours = 120, .runout_hours = 70, .break_hours = 400};
    o->plant.need = crew_need;
    o->plant.crew = &o->crew;
    o->crew.slips = 0.015;
    crew_init(&o->crew, &o->plant, config);
    o->tables.stirred = &o->plant.stirred;
    o->tables.dice = dice_named(o->options.seed, "tables");
    tables_init(&o->tables, config);
    config_unref(config);
}

static void begin(struct operation *o)
{
    struct config *config;
    char path[600];

    o->ramp = ramp;
    o->agenda.now_ms = SEVEN_O_CLOCK;
    snprintf(path, sizeof path, "%s/config/examples/normandie.json", o->options.source);
    if (!truth_init(&o->truth, SEVEN_O_CLOCK) || !town_read(&o->town, path, o->options.state)) {
        fprintf(stderr, "operation: %s cannot be read\n", path);
        exit(2);
    }
    begin_people(o);
    config = town_config(&o->town, &ramp[0].size);
    o->target_per_day = ramp[0].size.per_day;
    o->ramped = 1;
    office_open(&o->office, &o->plant, config);
    o->tables.queue = o->office.queue;
    config_unref(config);
    begin_work(o);
}

/* ---- going on ---- */

/* More workshops have joined: the technician reloads the config. */
static void reload(struct operation *o)
{
    const struct town_size *size = &ramp[o->ramped].size;
    struct config *config = town_config(&o->town, size);

    o->ramped++;
    o->target_per_day = size->per_day;
    queue_configure(o->office.queue, config);
    config_unref(config);
}

bool operation_counted(const struct operation *o)
{
    for (size_t i = 0; i < o->plant.count; i++)
        if (o->plant.machines[i]->view.run != 0 || o->plant.machines[i]->on_bed.part[0] != '\0')
            return false;
    return true;
}

/* Visors are quickly cut: nobody stays at a laser for more than a day's headbands ahead. */
static bool visors_wanted(const struct operation *o)
{
    const struct stock *stock = queue_stock(o->office.queue);

    return o->done_ms != 0 ||
           stock_of(stock, NULL, "ecran") < stock_of(stock, NULL, "serre-tete") + o->target_per_day;
}

static bool is_hour(const struct operation *o, size_t day, int hour)
{
    return o->agenda.now_ms >= o->truth.midnights[day] + (int64_t)hour * HOUR;
}

/* What the office says every morning. Virtual time stands still meanwhile. */
static void forecast(struct operation *o, size_t day)
{
    struct timespec from, to;

    plant_report(&o->plant);
    office_settle(&o->office);
    clock_gettime(CLOCK_MONOTONIC, &from);
    o->foresight[day].said = office_forecast(&o->office);
    o->foresight[day].at_ms = o->agenda.now_ms;
    clock_gettime(CLOCK_MONOTONIC, &to);
    o->forecast_s += (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void each_minute(struct operation *o)
{
    const struct product_order *order = queue_order_find(o->office.queue, o->order);
    size_t day = truth_day(&o->truth, o->agenda.now_ms);
    bool open[CREW_SITES];

    if (o->ramped < RAMP_STEPS && day >= ramp[o->ramped].day && is_hour(o, day, RELOAD_HOUR))
        reload(o);
    if (o->done_ms == 0 && order->done >= order->quantity)
        o->done_ms = o->agenda.now_ms;
    o->tables.closed = o->done_ms != 0;
    o->crew.visors_wanted = visors_wanted(o);
    crew_look(&o->crew);
    crew_opening(&o->crew, open);
    if (o->agenda.now_ms % (15 * MINUTE) == 0)
        tables_quarter(&o->tables, open);
    queue_tick(o->office.queue);
    if (day > 0 && o->done_ms == 0 && o->foresight[day].at_ms == 0 &&
        is_hour(o, day, FORECAST_HOUR))
        forecast(o, day);
}

static void show_day(const struct operation *o, size_t day)
{
    const struct stock *stock = queue_stock(o->office.queue);

    printf("%s is over: %" PRId64 " shields; in stock: %" PRId64 " headbands, %" PRId64
           " visors, %" PRId64 " elastics\n",
           o->truth.days[day], queue_order_find(o->office.queue, o->order)->done,
           stock_of(stock, NULL, "serre-tete"), stock_of(stock, NULL, "ecran"),
           stock_of(stock, NULL, "elastique"));
    fflush(stdout);
}

static void go_on(struct operation *o)
{
    int64_t minute = o->agenda.now_ms;
    size_t today = 0;

    office_settle(&o->office);
    while (today < o->options.days && (o->done_ms == 0 || !operation_counted(o))) {
        int64_t next = agenda_next(&o->agenda);

        agenda_reach(&o->agenda, next < minute ? next : minute);
        if (o->agenda.now_ms == minute) {
            minute += MINUTE;
            each_minute(o);
        }
        office_settle(&o->office);
        o->steps++;
        if (truth_day(&o->truth, o->agenda.now_ms) == today)
            continue;
        show_day(o, today++);
    }
}

static bool write_record(const struct options *options, cJSON *record)
{
    FILE *file = fopen(options->out, "w");
    char *text = cJSON_Print(record);
    bool ok = file != NULL && text != NULL && fprintf(file, "%s\n", text) > 0;

    ok = file != NULL && fclose(file) == 0 && ok;
    free(text);
    if (!ok)
        fprintf(stderr, "operation: %s cannot be written\n", options->out);
    return ok;
}

/* ---- arguments ---- */

static void read_options(struct options *options, int argc, char **argv)
{
    int option;

    while ((option = getopt(argc, argv, "s:t:o:r:n:d:")) != -1) {
        if (option == 's')
            options->source = optarg;
        else if (option == 't')
            options->state = optarg;
        else if (option == 'o')
            options->out = optarg;
        else if (option == 'r')
            options->seed = strtoull(optarg, NULL, 10);
        else if (option == 'n')
            options->shields = strtoll(optarg, NULL, 10);
        else if (option == 'd')
            options->days = (size_t)strtoull(optarg, NULL, 10);
        else
            exit(2);
    }
    if (options->state != NULL && options->out != NULL && options->shields > 0 &&
        options->days < TRUTH_DAYS)
        return;
    fputs(
        "usage: bench_operation -t STATE -o RECORD [-s SOURCE] [-r SEED] [-n SHIELDS] [-d DAYS]\n",
        stderr);
    exit(2);
}

int main(int argc, char **argv)
{
    struct operation *o = calloc(1, sizeof *o);
    cJSON *record;
    bool kept, written;

    if (o == NULL)
        return 2;
    o->options = (struct options){.source = ".", .seed = 1, .shields = 5000, .days = 20};
    read_options(&o->options, argc, argv);
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    begin(o);
    go_on(o);
    record = operation_conclude(o, &kept);
    written = write_record(&o->options, record);
    cJSON_Delete(record);
    office_close(&o->office);
    crew_finish(&o->crew);
    plant_finish(&o->plant);
    truth_finish(&o->truth);
    town_finish(&o->town);
    agenda_finish(&o->agenda);
    free(o);
    return !written ? 2 : kept ? 0 : 1;
}
