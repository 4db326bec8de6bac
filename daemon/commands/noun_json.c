/* SPDX-License-Identifier: Apache-2.0 */
#include "noun_json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "version.h"

cJSON *list_to_json(cJSON **items)
{
    cJSON *list = cJSON_CreateObject();

    *items = cJSON_AddArrayToObject(list, "items");
    cJSON_AddNullToObject(list, "next");
    return list;
}

void json_add_time(cJSON *object, const char *name, int64_t wall_ms)
{
    char text[CLOCK_TEXT_SIZE];

    if (wall_ms <= 0)
        cJSON_AddNullToObject(object, name);
    else
        cJSON_AddStringToObject(object, name, clock_text(text, wall_ms));
}

void json_add_text(cJSON *object, const char *name, const char *text)
{
    char copy[512];
    size_t n;

    if (json_utf8(text, strlen(text))) {
        cJSON_AddStringToObject(object, name, text);
        return;
    }
    snprintf(copy, sizeof copy, "%s", text);
    n = strlen(copy);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)copy[i] >= 0x80)
            copy[i] = '?';
    cJSON_AddStringToObject(object, name, copy);
}

void json_add_number(cJSON *object, const char *name, double value)
{
    if (isfinite(value))
        cJSON_AddNumberToObject(object, name, value);
    else
        cJSON_AddNullToObject(object, name);
}

static void add_parts(cJSON *object, const char *name, const struct program_yield *yields,
                      size_t count)
{
    cJSON *parts = cJSON_AddObjectToObject(object, name);

    for (size_t i = 0; i < count; i++)
        cJSON_AddNumberToObject(parts, yields[i].part, (double)yields[i].pieces);
}

static void add_box(cJSON *object, const char *name, const double mm[3])
{
    cJSON *box = isfinite(mm[0]) ? cJSON_CreateDoubleArray(mm, 3) : cJSON_CreateNull();

    if (!cJSON_AddItemToObject(object, name, box))
        cJSON_Delete(box);
}

cJSON *program_to_json(const struct program *program, bool with_report)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *models;

    cJSON_AddStringToObject(object, "id", program->sha256);
    cJSON_AddStringToObject(object, "name", program->name);
    models = cJSON_AddArrayToObject(object, "models");
    for (size_t i = 0; i < program->model_count; i++) {
        const struct program_model *model = &program->models[i];
        cJSON *item = cJSON_CreateObject();

        cJSON_AddStringToObject(item, "id", model->model);
        cJSON_AddBoolToObject(item, "accepted", model->accepted);
        cJSON_AddNumberToObject(item, "lines", (double)model->prepared_lines);
        json_add_number(item, "time_s", model->time_s);
        cJSON_AddItemToArray(models, item);
    }
    add_parts(object, "yield", program->yields, program->yield_count);
    json_add_text(object, "material", program->material);
    cJSON_AddNumberToObject(object, "bytes", (double)program->bytes);
    add_box(object, "min_mm", program->min_mm);
    add_box(object, "max_mm", program->max_mm);
    json_add_number(object, "nozzle_max_c", program->nozzle_max_c);
    json_add_number(object, "bed_max_c", program->bed_max_c);
    json_add_number(object, "filament_g", program->filament_g);
    cJSON_AddStringToObject(object, "by", program->by);
    json_add_time(object, "added", program->added_ms);
    cJSON_AddBoolToObject(object, "removed", program->removed);
    version_add(object, "id name yield removed");
    if (with_report && program->analysis != NULL)
        cJSON_AddItemToObject(object, "report", cJSON_Duplicate(program->analysis, 1));
    return object;
}

static void add_machines(cJSON *object, const char *name, const struct job_machines *machines)
{
    cJSON *array = cJSON_AddArrayToObject(object, name);

    for (size_t i = 0; i < machines->count; i++)
        cJSON_AddItemToArray(array, cJSON_CreateString(machines->ids[i]));
}

cJSON *job_to_json(const struct job *job)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *sites;

    cJSON_AddNumberToObject(object, "id", (double)job->id);
    cJSON_AddStringToObject(object, "part", job->part);
    cJSON_AddNumberToObject(object, "quantity", (double)job->target);
    cJSON_AddNumberToObject(object, "priority", job->priority);
    json_add_time(object, "due", job->due_ms);
    sites = cJSON_AddArrayToObject(object, "sites");
    for (size_t i = 0; i < job->site_count; i++)
        cJSON_AddItemToArray(sites, cJSON_CreateString(job->sites[i]));
    add_machines(object, "preferred", &job->preferred);
    add_machines(object, "excluded", &job->excluded);
    cJSON_AddStringToObject(object, "state", job_state_name(job->state));
    cJSON_AddNumberToObject(object, "good", (double)job->good);
    cJSON_AddNumberToObject(object, "scrap", (double)job->scrap);
    cJSON_AddNumberToObject(object, "in_flight", (double)job->in_flight);
    cJSON_AddNumberToObject(object, "owed", (double)job->owed);
    if (job->product_order != 0)
        cJSON_AddNumberToObject(object, "order", (double)job->product_order);
    else
        cJSON_AddNullToObject(object, "order");
    cJSON_AddStringToObject(object, "by", job->by);
    cJSON_AddStringToObject(object, "note", job->note);
    json_add_time(object, "added", job->added_ms);
    version_add(object, "quantity priority due sites preferred excluded state note");
    return object;
}

static cJSON *run_part_to_json(const struct run_part *part)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "part", part->part);
    if (part->job != 0)
        cJSON_AddNumberToObject(object, "job", (double)part->job);
    else
        cJSON_AddNullToObject(object, "job");
    cJSON_AddNumberToObject(object, "pieces", (double)part->pieces);
    cJSON_AddNumberToObject(object, "good", (double)part->good);
    cJSON_AddNumberToObject(object, "scrap", (double)part->scrap);
    return object;
}

cJSON *run_to_json(const struct run *run)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *parts;

    cJSON_AddNumberToObject(object, "id", (double)run->id);
    cJSON_AddNumberToObject(object, "job", (double)run->job);
    cJSON_AddStringToObject(object, "part", run->part);
    cJSON_AddStringToObject(object, "machine", run->machine);
    cJSON_AddStringToObject(object, "site", run->site);
    cJSON_AddStringToObject(object, "program", run->sha256);
    cJSON_AddStringToObject(object, "program_name", run->program);
    cJSON_AddStringToObject(object, "material_lot", run->material);
    cJSON_AddStringToObject(object, "status", run_status_name(run->status));
    cJSON_AddBoolToObject(object, "judged", run->judged);
    json_add_time(object, "ordered", run->ordered_ms);
    json_add_time(object, "started", run->started_ms);
    json_add_time(object, "ended", run->ended_ms);
    cJSON_AddNumberToObject(object, "line", (double)run->acked);
    cJSON_AddNumberToObject(object, "lines", (double)run->lines);
    json_add_number(object, "time_s", run->time_s);
    json_add_text(object, "reason", run->reason);
    json_add_time(object, "judged_at", run->judged_ms);
    cJSON_AddStringToObject(object, "judged_by", run->judged_by);
    json_add_time(object, "corrected_at", run->corrected_ms);
    cJSON_AddStringToObject(object, "corrected_by", run->corrected_by);
    parts = cJSON_AddArrayToObject(object, "parts");
    for (size_t i = 0; i < run->part_count; i++)
        cJSON_AddItemToArray(parts, run_part_to_json(&run->parts[i]));
    return object;
}

cJSON *chronicle_to_json(const struct chronicle_row *row)
{
    cJSON *item = cJSON_CreateObject();

    cJSON_AddNumberToObject(item, "seq", (double)row->seq);
    json_add_time(item, "at", row->at_ms);
    cJSON_AddStringToObject(item, "machine", row->machine);
    cJSON_AddStringToObject(item, "by", row->by);
    json_add_text(item, "text", row->text);
    return item;
}
