/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "job_args.h"
#include "noun_json.h"
#include "rows.h"

struct why_args {
    char machine[ID_SIZE];
};

static const struct json_field fields[] = {
    {.name = "machine",
     .type = JSON_STRING,
     .offset = offsetof(struct why_args, machine),
     .size = ID_SIZE,
     .help = "only this machine"},
};

static void answer_rows(struct answer *answer, struct why *rows, size_t count)
{
    cJSON *items;
    cJSON *list = list_to_json(&items);

    for (size_t i = 0; i < count; i++) {
        cJSON *item = cJSON_CreateObject();

        cJSON_AddNumberToObject(item, "job", (double)rows[i].job);
        cJSON_AddStringToObject(item, "machine", rows[i].machine);
        cJSON_AddStringToObject(item, "program", rows[i].program);
        cJSON_AddStringToObject(item, "reason", rows[i].reason);
        json_add_text(item, "message", rows[i].message);
        cJSON_AddItemToArray(items, item);
    }
    free(rows);
    answer_json(answer, list);
}

static void run_why(struct office *office, const struct call *call, struct answer *answer)
{
    const struct why_args *args = call->args;
    const struct job *job = job_find(office, call, answer);
    const char *machine = *args->machine != '\0' ? args->machine : NULL;
    struct why *rows;
    size_t count;
    enum err err;

    if (job == NULL)
        return;
    err = queue_why(office->queue, job->id, machine, &rows, &count);
    if (err != ERR_OK)
        answer_fail(answer, err, "%s", err == ERR_NOT_FOUND ? "no such machine" : err_words(err));
    else
        answer_rows(answer, rows, count);
}

static void run_machine_why(struct office *office, const struct call *call, struct answer *answer)
{
    struct why *rows;
    size_t count;
    enum err err = queue_why_machine(office->queue, call->id, &rows, &count);

    if (err == ERR_NOT_FOUND)
        answer_fail(answer, err, "no machine \"%.64s\"; `usine machines` lists them", call->id);
    else if (err != ERR_OK)
        answer_fail(answer, err, "%s", err_words(err));
    else
        answer_rows(answer, rows, count);
}

const struct command command_job_why = {
    .name = "job.why",
    .route = "GET /api/v1/jobs/{id}/why",
    .role = ROLE_VIEWER,
    .help = "Why a job is, or is not, being made on each machine.",
    FIELDS(fields),
    .args_size = sizeof(struct why_args),
    .run = run_why,
};

const struct command command_machine_why = {
    .name = "machine.why",
    .route = "GET /api/v1/machines/{id}/why",
    .role = ROLE_VIEWER,
    .help = "Why a machine does, or does not, work on each job that is open or held.",
    .run = run_machine_why,
};
