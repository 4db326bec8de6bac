/* SPDX-License-Identifier: Apache-2.0 */
/* Runs: what was executed where, and how it ended. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "noun_json.h"
#include "paging.h"
#include "rows.h"

struct list_args {
    char machine[ID_SIZE];
    int64_t job;
    struct paging_args page;
};

static const struct json_field list_fields[] = {
    {.name = "machine",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, machine),
     .size = ID_SIZE,
     .help = "only runs of this machine"},
    {.name = "job",
     .type = JSON_INTEGER,
     .offset = offsetof(struct list_args, job),
     .min = 0,
     .max = 9e15,
     .preset = "0",
     .help = "only runs of this job"},
    PAGING_OLDER(struct list_args, page, 1000, "100"),
};

struct listing {
    struct answer *answer;
    int64_t limit;
};

static void on_list(void *context, enum err err, const char *text, const struct run *runs,
                    size_t count)
{
    struct listing *listing = context;
    struct answer *answer = listing->answer;
    struct paging paging;

    paging_begin(&paging, 0, listing->limit);
    free(listing);
    for (size_t i = 0; i < count; i++)
        if (paging_takes(&paging, runs[i].id))
            cJSON_AddItemToArray(paging.items, run_to_json(&runs[i]));
    if (err == ERR_OK) {
        answer_json(answer, paging_end(&paging));
        return;
    }
    cJSON_Delete(paging_end(&paging));
    answer_fail(answer, err, "%s", text);
}

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    struct run_filter filter = {
        .job = args->job, .before = args->page.from, .limit = args->page.limit + 1};
    struct listing *listing = malloc(sizeof *listing);

    if (listing == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    listing->answer = answer;
    listing->limit = args->page.limit;
    memcpy(filter.machine, args->machine, sizeof filter.machine);
    queue_runs(office->queue, &filter, on_list, listing);
}

static void on_show(void *context, enum err err, const char *text, const struct run *runs,
                    size_t count)
{
    if (err != ERR_OK)
        answer_fail(context, err, "%s", text);
    else if (count == 0)
        answer_fail(context, ERR_NOT_FOUND, "no such run; `usine runs` lists them");
    else
        answer_json(context, run_to_json(&runs[0]));
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    struct run_filter filter = {.id = command_number(call->id), .limit = 1};

    if (filter.id == 0)
        answer_fail(answer, ERR_NOT_FOUND, "no run \"%.32s\"; `usine runs` lists them", call->id);
    else
        queue_runs(office->queue, &filter, on_show, answer);
}

static void run_wire(struct office *office, const struct call *call, struct answer *answer)
{
    char path[768];

    queue_run_log_path(office->queue, command_number(call->id), path, sizeof path);
    if (command_number(call->id) == 0 || access(path, R_OK) != 0)
        answer_fail(answer, ERR_NOT_FOUND, "no wire log of run %.32s: only failed runs leave one",
                    call->id);
    else
        answer_file(answer, "text/plain; charset=utf-8", path, false);
}

const struct command command_run_list = {
    .name = "run.list",
    .route = "GET /api/v1/runs",
    .role = ROLE_VIEWER,
    .help = "Runs, newest first.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_run_show = {
    .name = "run.show",
    .route = "GET /api/v1/runs/{id}",
    .role = ROLE_VIEWER,
    .help = "One run.",
    .run = run_show,
};

const struct command command_run_wire = {
    .name = "run.wire",
    .route = "GET /api/v1/runs/{id}/wire",
    .role = ROLE_TECHNICIAN,
    .help = "The last lines on the wire of a run that failed.",
    .run = run_wire,
};
