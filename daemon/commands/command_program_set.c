/* SPDX-License-Identifier: Apache-2.0 */
/* A program gets a name, or the parts that its file's name did not say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "program_yields.h"
#include "rows.h"

struct set_args {
    char name[128];
    const cJSON *yields;
};

static const struct json_field set_fields[] = {
    {.name = "name",
     .type = JSON_STRING,
     .offset = offsetof(struct set_args, name),
     .size = 128,
     .help = "what people call it; without: as it is"},
    {.name = "yield",
     .type = JSON_ANY,
     .offset = offsetof(struct set_args, yields),
     .help = "[\"PART=N\"]: pieces a run makes; without: as they are"},
};

static cJSON *current(struct office *office, const struct asking *asking)
{
    const struct program *program = queue_program_find(office->queue, asking->id);

    return program != NULL ? program_to_json(program, false) : NULL;
}

struct setting {
    struct answer *answer; /* borrowed until it is ended */
    char sha256[HASH_TEXT_SIZE];
};

static void on_set(void *context, enum err err, const char *text, int64_t id)
{
    struct setting *setting = context;
    struct answer *answer = setting->answer;
    const struct program *program = queue_program_find(answer->office->queue, setting->sha256);

    (void)id;
    free(setting);
    if (err != ERR_OK || program == NULL)
        answer_fault(answer, err != ERR_OK ? err : ERR_NOT_FOUND,
                     err == ERR_INVALID ? "yield" : NULL, text, NULL);
    else
        answer_json(answer, program_to_json(program, true));
}

static void run_set(struct office *office, const struct call *call, struct answer *answer)
{
    const struct set_args *args = call->args;
    const struct program *program = queue_program_find(office->queue, call->id);
    struct program_request change = {0};
    struct setting *setting;

    if (program == NULL) {
        answer_fail(answer, ERR_NOT_FOUND,
                    "no program \"%.100s\", or several begin so; `usine program list` lists them",
                    call->id);
        return;
    }
    snprintf(change.name, sizeof change.name, "%s", args->name);
    if (args->yields != NULL && !program_read_yields(args->yields, &change, answer))
        return;
    setting = calloc(1, sizeof *setting);
    if (setting == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    setting->answer = answer;
    memcpy(setting->sha256, program->sha256, sizeof setting->sha256);
    queue_program_set(office->queue, program->sha256, &change, on_set, setting);
}

const struct command command_program_set = {
    .name = "program.set",
    .route = "PATCH /api/v1/programs/{id}",
    .role = ROLE_COORDINATOR,
    .help = "Name a program, or say what a run of it makes: a file whose name says no part waits "
            "for it.",
    FIELDS(set_fields),
    .args_size = sizeof(struct set_args),
    .current = current,
    .run = run_set,
};
