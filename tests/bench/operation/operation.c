/* SPDX-License-Identifier: Apache-2.0 */
/* The order of 5000 shields from an empty state to the last piece, in virtual time: the real
 * office over a model floor. See scripts/operation. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audit.h"
#include "crew.h"
#include "office.h"
#include "queue/job.h"
#include "record.h"
#include "town.h"

#define SEVEN_O_CLOCK 1585288800000 /* 2020-03-27 07:00 in Paris, the Friday it began */

enum { RAMP_STEPS = 4, LAST_HOUR = 7 };

/* From the first workshops to all of them; each step in the morning of its day. */
static const struct {
    size_t day;
    struct town_size size;
} ramp[RAMP_STEPS] = {
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

struct options {
    const char *source, *state, *out;
    uint64_t seed;
    int64_t shields;
    size_t days;
};

struct operation {
    struct options options;
    struct town town;
    struct agenda agenda;
    struct truth truth;
    struct plant plant;
    struct crew crew;
    struct office_run office;
    int64_t jobs[2]; /* headbands, visors */
    size_t ramped;   /* steps of the ramp taken */
    int64_t target_per_day;
    size_t steps;
};

/* ---- beginning ---- */

static void begin_work(struct operation *o)
{
    char path[600];

    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        snprintf(path, sizeof path, "%s/tests/samples/%s", o->options.source, programs[i].file);
        office_program(&o->office, path, programs[i].model, &programs[i].makes);
    }
    o->jobs[0] = office_job(&o->office, "serre-tete", o->options.shields);
    o->jobs[1] = office_job(&o->office, "ecran", o->options.shields);
}

static void begin(struct operation *o)
{
    struct town_size whole = ramp[RAMP_STEPS - 1].size;
    struct config *config = NULL;
    char path[600];

    o->agenda.now_ms = SEVEN_O_CLOCK;
    snprintf(path, sizeof path, "%s/config/examples/normandie.json", o->options.source);
    if (!truth_init(&o->truth, SEVEN_O_CLOCK) || !town_read(&o->town, path, o->options.state)) {
        fprintf(stderr, "operation: %s cannot be read\n", path);
        exit(2);
    }
    list_init(&o->plant.inbox);
    o->plant.agenda = &o->agenda;
    o->plant.truth = &o->truth;
    o->plant.seed = o->options.seed;
    o->plant.luck = (struct plant_luck){
        .scrap = 0.03, .fail_hours = 120, .runout_hours = 70, .break_hours = 400};
    o->plant.need = crew_need;
    o->plant.crew = &o->crew;
    o->crew.slips = 0.015;
    config = town_config(&o->town, &whole);
    crew_init(&o->crew, &o->plant, config);
    config_unref(config);
    config = town_config(&o->town, &ramp[0].size);
    o->target_per_day = ramp[0].size.per_day;
    o->ramped = 1;
    office_open(&o->office, &o->plant, config);
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

static int64_t good(struct operation *o, size_t job)
{
    return queue_job_find(o->office.queue, o->jobs[job])->good;
}

static bool all_made(struct operation *o)
{
    return good(o, 0) >= o->options.shields && good(o, 1) >= o->options.shields;
}

/* Every bed is empty, every piece counted. */
static bool all_counted(const struct operation *o)
{
    for (size_t i = 0; i < o->plant.count; i++)
        if (o->plant.machines[i]->view.run != 0 || o->plant.machines[i]->on_bed.part[0] != '\0')
            return false;
    return true;
}

/* Visors are quickly cut: nobody stays at a laser for more than a day's headbands ahead. */
static bool visors_wanted(struct operation *o)
{
    return all_made(o) || good(o, 1) < good(o, 0) + o->target_per_day;
}

static void each_minute(struct operation *o)
{
    size_t day = truth_day(&o->truth, o->agenda.now_ms);

    if (o->ramped < RAMP_STEPS && day >= ramp[o->ramped].day &&
        o->agenda.now_ms >= o->truth.midnights[day] + (int64_t)LAST_HOUR * HOUR)
        reload(o);
    o->crew.visors_wanted = visors_wanted(o);
    crew_look(&o->crew);
    queue_tick(o->office.queue);
}

static void show_day(struct operation *o, size_t day)
{
    printf("%s is over: %" PRId64 " good headbands, %" PRId64 " good visors\n", o->truth.days[day],
           good(o, 0), good(o, 1));
    fflush(stdout);
}

static void go_on(struct operation *o)
{
    int64_t minute = o->agenda.now_ms;
    size_t today = 0;

    office_settle(&o->office);
    while (today < o->options.days && !(all_made(o) && all_counted(o))) {
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

/* ---- what it came to ---- */

static void add_targets(cJSON *days)
{
    size_t day = 0, step = 0;

    for (cJSON *item = days->child; item != NULL; item = item->next, day++) {
        while (step + 1 < RAMP_STEPS && ramp[step + 1].day <= day)
            step++;
        cJSON_AddNumberToObject(item, "target", ramp[step].size.per_day);
    }
}

static bool check(struct operation *o, const struct audit *audit, cJSON *checks)
{
    int64_t shields = o->options.shields;
    bool kept = true;

    kept &= record_check(checks, all_made(o) && all_counted(o), "the order is complete",
                         "%" PRId64 " headbands, %" PRId64 " visors of %" PRId64, good(o, 0),
                         good(o, 1), shields);
    kept &= record_check(checks, audit->differ == 0, "the ledger is the floor's truth to the piece",
                         "%zu counts of a machine, day and part compared, %zu differ",
                         audit->compared, audit->differ);
    kept &= record_check(checks, good(o, 0) - shields < 4 && good(o, 1) - shields < 6,
                         "surplus within one run", "%" PRId64 " headbands, %" PRId64 " visors",
                         good(o, 0) - shields, good(o, 1) - shields);
    kept &= record_check(checks, audit->short_days == 0, "machine time adds up to the day exactly",
                         "%zu machine days, %zu do not", audit->days, audit->short_days);
    kept &= record_check(checks, audit->misspent == 0, "each kind of time is the floor's",
                         "%zu machine days, %zu differ", audit->days, audit->misspent);
    return kept;
}

static cJSON *conclude(struct operation *o, bool *kept)
{
    struct throughput_query query = {.machine = ""};
    size_t count, last = truth_day(&o->truth, o->agenda.now_ms);
    struct throughput_row *rows;
    cJSON *record = cJSON_CreateObject();
    struct audit audit;

    plant_book(&o->plant);
    snprintf(query.from, sizeof query.from, "%s", o->truth.days[0]);
    snprintf(query.to, sizeof query.to, "%s", o->truth.days[last]);
    rows = office_throughput(&o->office, &query, &count);
    audit_make(&audit, &o->truth, rows, count, o->agenda.now_ms);
    free(rows);
    cJSON_AddNumberToObject(record, "seed", (double)o->options.seed);
    cJSON_AddNumberToObject(record, "shields", (double)o->options.shields);
    cJSON_AddItemToObject(record, "days", record_days(&audit.book, last));
    add_targets(cJSON_GetObjectItem(record, "days"));
    *kept = check(o, &audit, cJSON_AddArrayToObject(record, "checks"));
    cJSON_AddNumberToObject(record, "verdicts", (double)o->crew.verdicts);
    cJSON_AddNumberToObject(record, "corrected", (double)o->crew.corrected);
    cJSON_AddNumberToObject(record, "retried", (double)o->crew.retried);
    cJSON_AddNumberToObject(record, "failed", (double)o->plant.failed);
    cJSON_AddNumberToObject(record, "broken", (double)o->plant.broken);
    cJSON_AddNumberToObject(record, "runouts", (double)o->plant.runouts);
    cJSON_AddNumberToObject(record, "refused", (double)o->plant.refused);
    cJSON_AddNumberToObject(record, "steps", (double)o->steps);
    audit_finish(&audit);
    return record;
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
    record = conclude(o, &kept);
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
