/* SPDX-License-Identifier: Apache-2.0 */
/* The last hour of a machine, column by column: an object per sample would be three times as
 * much. */
#include <math.h>

#include "noun_json.h"
#include "queue/roster.h"
#include "rows.h"

static double number(int16_t value, double scale)
{
    return value == HISTORY_UNKNOWN ? NAN : value / scale;
}

struct columns {
    cJSON *at, *nozzle, *nozzle_target, *bed, *bed_target, *progress, *state;
};

static void append(cJSON *column, double value)
{
    cJSON_AddItemToArray(column, isfinite(value) ? cJSON_CreateNumber(value) : cJSON_CreateNull());
}

static void append_sample(const struct columns *columns, const struct history_sample *sample)
{
    append(columns->at, sample->at_s);
    append(columns->nozzle, number(sample->nozzle, 10));
    append(columns->nozzle_target, number(sample->nozzle_target, 10));
    append(columns->bed, number(sample->bed, 10));
    append(columns->bed_target, number(sample->bed_target, 10));
    append(columns->progress, number(sample->progress, 10000));
    cJSON_AddItemToArray(columns->state, cJSON_CreateStringReference(machine_state_name(
                                             (enum machine_state)sample->state)));
}

static void run_history(struct office *office, const struct call *call, struct answer *answer)
{
    const struct history_ring *ring = history_of(&office->history, call->id);
    cJSON *body;
    struct columns columns;

    if (queue_view(office->queue, call->id) == NULL) {
        answer_fail(answer, ERR_NOT_FOUND, "no machine \"%.64s\"; `usine machines` lists them",
                    call->id);
        return;
    }
    body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "machine", call->id);
    cJSON_AddNumberToObject(body, "every_s", HISTORY_EVERY_MS / 1000.0);
    columns = (struct columns){
        .at = cJSON_AddArrayToObject(body, "at"),
        .nozzle = cJSON_AddArrayToObject(body, "nozzle"),
        .nozzle_target = cJSON_AddArrayToObject(body, "nozzle_target"),
        .bed = cJSON_AddArrayToObject(body, "bed"),
        .bed_target = cJSON_AddArrayToObject(body, "bed_target"),
        .progress = cJSON_AddArrayToObject(body, "progress"),
        .state = cJSON_AddArrayToObject(body, "state"),
    };
    for (size_t i = 0; ring != NULL && i < ring->count; i++)
        append_sample(&columns, history_sample(ring, i));
    answer_json(answer, body);
}

const struct command command_machine_history = {
    .name = "machine.history",
    .route = "GET /api/v1/machines/{id}/history",
    .role = ROLE_VIEWER,
    .help = "Temperatures and progress of the last hour, every 5 s: one list per value, `at` in "
            "seconds since 1970.",
    .run = run_history,
};
