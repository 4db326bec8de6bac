/* SPDX-License-Identifier: Apache-2.0 */
/* A count corrected afterwards. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "queue/correct.h"
#include "rows.h"

struct correct_args {
    char part[ID_SIZE];
    int64_t good, scrap;
    char reason[96];
    bool more;
};

static const struct json_field correct_fields[] = {
    {.name = "part",
     .type = JSON_STRING,
     .offset = offsetof(struct correct_args, part),
     .size = ID_SIZE,
     .help = "part id; absent: the part the run was started for"},
    {.name = "good",
     .type = JSON_INTEGER,
     .offset = offsetof(struct correct_args, good),
     .required = true,
     .min = 0,
     .max = 100000,
     .help = "good pieces there really were"},
    {.name = "scrap",
     .type = JSON_INTEGER,
     .offset = offsetof(struct correct_args, scrap),
     .required = true,
     .min = 0,
     .max = 100000,
     .help = "pieces that were no good"},
    {.name = "reason",
     .type = JSON_STRING,
     .offset = offsetof(struct correct_args, reason),
     .size = 96,
     .help = "why there is scrap, or more pieces than the program makes; absent: as before"},
    {.name = "more",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct correct_args, more),
     .preset = "false",
     .help = "there really were more pieces than the program makes"},
};

static void on_corrected(void *context, enum err err, const char *text, int64_t id)
{
    answer_act(context, err, text, (struct answer_done){200, id});
}

static void run_correct(struct office *office, const struct call *call, struct answer *answer)
{
    const struct correct_args *args = call->args;
    struct correction correction = {
        .run = command_number(call->id),
        .any = call->role >= ROLE_COORDINATOR,
        .part = {.good = args->good, .scrap = args->scrap, .more = args->more}};

    if (correction.run == 0) {
        answer_fail(answer, ERR_NOT_FOUND, "no run \"%.32s\"; `usine runs` lists them", call->id);
        return;
    }
    snprintf(correction.by, sizeof correction.by, "%s", call->by);
    memcpy(correction.part.part, args->part, sizeof correction.part.part);
    memcpy(correction.part.reason, args->reason, sizeof correction.part.reason);
    queue_correct(office->queue, &correction, on_corrected, answer);
}

const struct command command_run_correct = {
    .name = "run.correct",
    .route = "POST /api/v1/runs/{id}/correct",
    .role = ROLE_OPERATOR,
    .help = "Correct a run's count: one's own within 10 minutes, any as a coordinator.",
    FIELDS(correct_fields),
    .args_size = sizeof(struct correct_args),
    .run = run_correct,
};
