/* SPDX-License-Identifier: Apache-2.0 */
/* How the count of one part rose during a day. */
#include <string.h>

#include "noun_json.h"
#include "production/curve.h"
#include "rows.h"

struct curve_args {
    char day[11];
    char part[ID_SIZE];
};

static const struct json_field fields[] = {
    JSON_TEXT_ROW(struct curve_args, day, "as 2020-04-07; default: today"),
    {.name = "part",
     .type = JSON_STRING,
     .offset = offsetof(struct curve_args, part),
     .size = ID_SIZE,
     .required = true,
     .min = 1,
     .help = "part id"},
};

static void on_points(void *context, enum err err, const char *text,
                      const struct curve_point *points, size_t count)
{
    cJSON *items, *list;

    if (err != ERR_OK) {
        answer_fail(context, err, "%s", text);
        return;
    }
    list = list_to_json(&items);
    for (size_t i = 0; i < count; i++) {
        cJSON *item = cJSON_CreateObject();

        json_add_time(item, "at", points[i].at_ms);
        cJSON_AddNumberToObject(item, "good", (double)points[i].good);
        cJSON_AddItemToArray(items, item);
    }
    answer_json(context, list);
}

static void run_curve(struct office *office, const struct call *call, struct answer *answer)
{
    const struct curve_args *args = call->args;
    struct curve_query query = {0};

    memcpy(query.day, args->day, sizeof query.day);
    memcpy(query.part, args->part, sizeof query.part);
    curve_read(queue_store(office->queue), &query, clock_wall(office->clock), on_points, answer);
}

const struct command command_curve = {
    .name = "curve",
    .route = "GET /api/v1/curve",
    .role = ROLE_VIEWER,
    .help = "Running total of a part's good pieces on one day, at most a row each five minutes.",
    FIELDS(fields),
    .args_size = sizeof(struct curve_args),
    .run = run_curve,
};
