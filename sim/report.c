/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

static double tenths(double value)
{
    return (double)(int64_t)(value * 10 + 0.5) / 10;
}

static cJSON *turnaround_to_json(const struct histogram *h)
{
    cJSON *json = cJSON_CreateObject();

    cJSON_AddNumberToObject(json, "count", (double)h->count);
    cJSON_AddNumberToObject(json, "p50", tenths((double)histogram_at(h, 0.5) * 1e-3));
    cJSON_AddNumberToObject(json, "p99", tenths((double)histogram_at(h, 0.99) * 1e-3));
    cJSON_AddNumberToObject(json, "max", tenths((double)h->max_ns * 1e-3));
    return json;
}

static cJSON *run_to_json(const struct tally_run *run, bool open)
{
    cJSON *json = cJSON_CreateObject();

    cJSON_AddNumberToObject(json, "lines", (double)run->lines);
    cJSON_AddStringToObject(json, "sha256", run->sha256);
    cJSON_AddNumberToObject(json, "skipped", (double)run->skipped);
    cJSON_AddNumberToObject(json, "repeated", (double)run->repeated);
    cJSON_AddBoolToObject(json, "open", open);
    return json;
}

/* The runs still remembered, oldest first, and the one under way. The hash of the last one also
 * stands alone, as "sha256". */
static void add_runs(cJSON *json, struct tally *t)
{
    uint64_t first = t->run_count > TALLY_RUNS ? t->run_count - TALLY_RUNS : 0;
    cJSON *runs = cJSON_CreateArray();
    struct tally_run now = {.lines = 0};

    for (uint64_t i = first; i < t->run_count; i++) {
        now = t->runs[i % TALLY_RUNS];
        cJSON_AddItemToArray(runs, run_to_json(&now, false));
    }
    if (tally_run_now(t, &now))
        cJSON_AddItemToArray(runs, run_to_json(&now, true));
    cJSON_AddStringToObject(json, "sha256", now.sha256);
    cJSON_AddItemToObject(json, "runs", runs);
}

static void add_heaters(cJSON *machine, const struct board *board)
{
    double now[2] = {0, 0}, target[2] = {0, 0};
    cJSON *json;

    if (board->ops->heat != NULL)
        board->ops->heat(board, now, target);
    cJSON_AddBoolToObject(machine, "heaters_on", target[0] > 0 || target[1] > 0);
    if (board->ops->heat == NULL) {
        cJSON_AddNullToObject(machine, "heaters");
        return;
    }
    json = cJSON_CreateObject();
    cJSON_AddNumberToObject(json, "nozzle_c", tenths(now[0]));
    cJSON_AddNumberToObject(json, "nozzle_target_c", target[0]);
    cJSON_AddNumberToObject(json, "bed_c", tenths(now[1]));
    cJSON_AddNumberToObject(json, "bed_target_c", target[1]);
    cJSON_AddItemToObject(machine, "heaters", json);
}

static cJSON *machine_to_json(struct machine *m)
{
    struct tally *t = &m->board->tally;
    cJSON *json = cJSON_CreateObject();

    cJSON_AddStringToObject(json, "id", m->board->name);
    cJSON_AddStringToObject(json, "dialect", m->board->ops->dialect);
    cJSON_AddNumberToObject(json, "lines", (double)t->lines);
    cJSON_AddNumberToObject(json, "commands", (double)t->commands);
    cJSON_AddNumberToObject(json, "resends", (double)t->resends);
    cJSON_AddNumberToObject(json, "overflows", (double)t->overflows);
    cJSON_AddNumberToObject(json, "lost_bytes", (double)t->lost);
    cJSON_AddNumberToObject(json, "noise_errors",
                            (double)(m->board->trouble.in.errors + m->board->trouble.out.errors));
    cJSON_AddNumberToObject(json, "resets", (double)t->resets);
    cJSON_AddNumberToObject(json, "underruns", (double)t->underruns);
    cJSON_AddNumberToObject(json, "dry_ms", tenths(t->dry_ms));
    cJSON_AddNumberToObject(json, "beam_still_ms", tenths(t->beam_still_ms));
    add_heaters(json, m->board);
    cJSON_AddItemToObject(json, "turnaround_us", turnaround_to_json(&t->turnaround));
    add_runs(json, t);
    return json;
}

static cJSON *total_to_json(struct fleet *fleet)
{
    cJSON *json = cJSON_CreateObject();
    struct histogram all = {.count = 0};
    double lines = 0, resends = 0, overflows = 0, underruns = 0, dry = 0, beam = 0, runs = 0;

    for (size_t i = 0; i < fleet_count(fleet); i++) {
        const struct tally *t = &fleet_machine(fleet, i)->board->tally;

        lines += (double)t->lines;
        resends += (double)t->resends;
        overflows += (double)t->overflows;
        underruns += (double)t->underruns;
        dry += t->dry_ms;
        beam += t->beam_still_ms;
        runs += (double)t->run_count + (t->run_open && t->run.lines > 0);
        histogram_merge(&all, &t->turnaround);
    }
    cJSON_AddNumberToObject(json, "machines", (double)fleet_count(fleet));
    cJSON_AddNumberToObject(json, "runs", runs);
    cJSON_AddNumberToObject(json, "lines", lines);
    cJSON_AddNumberToObject(json, "resends", resends);
    cJSON_AddNumberToObject(json, "overflows", overflows);
    cJSON_AddNumberToObject(json, "underruns", underruns);
    cJSON_AddNumberToObject(json, "dry_ms", tenths(dry));
    cJSON_AddNumberToObject(json, "beam_still_ms", tenths(beam));
    cJSON_AddItemToObject(json, "turnaround_us", turnaround_to_json(&all));
    return json;
}

static enum err write_whole(const char *path, const char *text)
{
    char fresh[1024];
    FILE *file;
    bool ok;

    if (snprintf(fresh, sizeof fresh, "%s.~", path) >= (int)sizeof fresh)
        return ERR_TOO_LARGE;
    file = fopen(fresh, "we");
    if (file == NULL)
        return ERR_DISK;
    ok = fprintf(file, "%s\n", text) >= 0;
    ok = fclose(file) == 0 && ok;
    if (ok && rename(fresh, path) == 0)
        return ERR_OK;
    remove(fresh);
    return ERR_DISK;
}

enum err report_write(struct fleet *fleet, const char *path)
{
    cJSON *json = cJSON_CreateObject(), *machines = cJSON_CreateArray();
    char *text;
    enum err err;

    for (size_t i = 0; i < fleet_count(fleet); i++)
        cJSON_AddItemToArray(machines, machine_to_json(fleet_machine(fleet, i)));
    cJSON_AddItemToObject(json, "total", total_to_json(fleet));
    cJSON_AddItemToObject(json, "machines", machines);
    text = cJSON_Print(json);
    err = text == NULL ? ERR_NO_MEMORY : write_whole(path, text);
    cJSON_free(text);
    cJSON_Delete(json);
    return err;
}
