/* SPDX-License-Identifier: Apache-2.0 */
/* What is lost: scrap by reason, durations against what was announced. */
#include <string.h>

#include "noun_json.h"
#include "production/losses.h"
#include "rows.h"

static const struct json_field fields[] = {
    JSON_TEXT_ROW(struct losses_query, from, "first day, as 2020-04-07; default: today"),
    JSON_TEXT_ROW(struct losses_query, to, "last day; default: today"),
    JSON_TEXT_ROW(struct losses_query, site, "only this site"),
    JSON_TEXT_ROW(struct losses_query, part, "only this part"),
};

static void on_scrap(void *context, enum err err, const char *text, const struct scrap_row *rows,
                     size_t count)
{
    cJSON *items, *list;

    if (err != ERR_OK) {
        answer_fail(context, err, "%s", text);
        return;
    }
    list = list_to_json(&items);
    for (size_t i = 0; i < count; i++) {
        cJSON *item = cJSON_CreateObject();

        json_add_text(item, "reason", rows[i].reason);
        cJSON_AddStringToObject(item, "part", rows[i].part);
        cJSON_AddStringToObject(item, "step", rows[i].step);
        cJSON_AddNumberToObject(item, "pieces", (double)rows[i].pieces);
        cJSON_AddItemToArray(items, item);
    }
    answer_json(context, list);
}

static cJSON *cycle_to_json(const struct cycle_row *row)
{
    cJSON *item = cJSON_CreateObject();

    cJSON_AddStringToObject(item, "program", row->sha256);
    cJSON_AddStringToObject(item, "program_name", row->program);
    cJSON_AddStringToObject(item, "part", row->part);
    json_add_number(item, "plan_s", row->plan_s);
    cJSON_AddNumberToObject(item, "runs", (double)row->runs);
    json_add_number(item, "median_s", row->median_s);
    json_add_number(item, "p90_s", row->p90_s);
    json_add_number(item, "total_s", row->total_s);
    cJSON_AddItemToObject(item, "took_s", cJSON_CreateDoubleArray(row->dots, (int)row->dot_count));
    return item;
}

static void on_cycles(void *context, enum err err, const char *text, const struct cycle_row *rows,
                      size_t count)
{
    cJSON *items, *list;

    if (err != ERR_OK) {
        answer_fail(context, err, "%s", text);
        return;
    }
    list = list_to_json(&items);
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(items, cycle_to_json(&rows[i]));
    answer_json(context, list);
}

static void run_scrap(struct office *office, const struct call *call, struct answer *answer)
{
    scrap_read(queue_store(office->queue), call->args, clock_wall(office->clock), on_scrap, answer);
}

static void run_cycles(struct office *office, const struct call *call, struct answer *answer)
{
    cycles_read(queue_store(office->queue), call->args, clock_wall(office->clock), on_cycles,
                answer);
}

const struct command command_scrap = {
    .name = "scrap",
    .route = "GET /api/v1/scrap",
    .role = ROLE_VIEWER,
    .help =
        "Scrap by reason and part, most first; what was found bad after the verdict, in work by "
        "hand, with the step at which it was.",
    FIELDS(fields),
    .args_size = sizeof(struct losses_query),
    .run = run_scrap,
};

const struct command command_cycles = {
    .name = "cycles",
    .route = "GET /api/v1/cycles",
    .role = ROLE_VIEWER,
    .help = "How long finished runs took, by program and model: median, 90 of 100, announced.",
    FIELDS(fields),
    .args_size = sizeof(struct losses_query),
    .run = run_cycles,
};
