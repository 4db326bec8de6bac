/* SPDX-License-Identifier: Apache-2.0 */
/* What a program draws, layer by layer. */
#include <string.h>

#include "noun_json.h"
#include "rows.h"

struct path_args {
    int64_t layer;
    char model[32];
};

static const struct json_field fields[] = {
    {.name = "layer",
     .type = JSON_INTEGER,
     .offset = offsetof(struct path_args, layer),
     .min = 1,
     .max = 1000000,
     .preset = "1",
     .help = "which one, from 1; lasers have one"},
    {.name = "model",
     .type = JSON_STRING,
     .offset = offsetof(struct path_args, model),
     .size = 32,
     .help = "as on this machine model; default: the first it is made for"},
};

static const struct profile *model_of(const struct office *office, const struct program *program,
                                      const char *wanted)
{
    for (size_t i = 0; i < program->model_count; i++)
        if (*wanted == '\0' || strcmp(program->models[i].model, wanted) == 0)
            return config_model(office->config, program->models[i].model);
    return NULL;
}

static void run_path(struct office *office, const struct call *call, struct answer *answer)
{
    const struct path_args *args = call->args;
    const struct program *program = queue_program_find(office->queue, call->id);
    const struct profile *profile = program != NULL ? model_of(office, program, args->model) : NULL;
    char file[768];

    if (program == NULL) {
        answer_fail(answer, ERR_NOT_FOUND,
                    "no program \"%.100s\", or several begin so; `usine program list` lists them",
                    call->id);
    } else if (profile == NULL) {
        answer_fault(answer, ERR_INVALID, "model", "the program is not made for such a model",
                     NULL);
    } else {
        queue_program_path(office->queue, program->sha256, file, sizeof file);
        previews_ask(&office->previews, file, profile, (uint32_t)args->layer, answer);
    }
}

const struct command command_program_path = {
    .name = "program.path",
    .route = "GET /api/v1/programs/{id}/path",
    .role = ROLE_VIEWER,
    .help = "What a layer draws, as the machine will do it: `strokes` of [works, power in %, x, y, "
            "dx, dy, …] in 0.01 mm, off by at most `off_mm`.",
    FIELDS(fields),
    .args_size = sizeof(struct path_args),
    .run = run_path,
};
