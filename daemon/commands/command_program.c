/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: G-code files, uploaded, analysed and checked before anything may run them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "noun_json.h"
#include "paging.h"
#include "program_yields.h"
#include "rows.h"

static const struct program *find(struct office *office, const struct call *call,
                                  struct answer *answer)
{
    const struct program *program = queue_program_find(office->queue, call->id);

    if (program == NULL)
        answer_fail(answer, ERR_NOT_FOUND,
                    "no program \"%.100s\", or several begin so; `usine program list` lists them",
                    call->id);
    return program;
}

static cJSON *current(struct office *office, const struct asking *asking)
{
    const struct program *program = queue_program_find(office->queue, asking->id);

    return program != NULL ? program_to_json(program, false) : NULL;
}

struct list_args {
    char part[ID_SIZE];
    bool removed;
    struct paging_args page;
};

static const struct json_field list_fields[] = {
    PAGING_NEWER(struct list_args, page),
    {.name = "part",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, part),
     .size = ID_SIZE,
     .help = "only programs that make this part"},
    {.name = "removed",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct list_args, removed),
     .preset = "false",
     .help = "also removed ones"},
};

static bool makes(const struct program *program, const char *part)
{
    for (size_t i = 0; i < program->yield_count; i++)
        if (strcmp(program->yields[i].part, part) == 0)
            return true;
    return false;
}

/* Programs stay where they are, also when they are removed: a page's number is a place. */
static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    const struct program *program;
    struct paging paging;

    paging_begin(&paging, args->page.from, args->page.limit);
    for (size_t i = 0; (program = queue_program_at(office->queue, i)) != NULL; i++) {
        if (program->removed && !args->removed)
            continue;
        if (*args->part != '\0' && !makes(program, args->part))
            continue;
        if (paging_takes(&paging, (int64_t)i + 1))
            cJSON_AddItemToArray(paging.items, program_to_json(program, false));
    }
    answer_json(answer, paging_end(&paging));
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    const struct program *program = find(office, call, answer);

    if (program != NULL)
        answer_json(answer, program_to_json(program, true));
}

static void run_gcode(struct office *office, const struct call *call, struct answer *answer)
{
    const struct program *program = find(office, call, answer);
    char path[768];

    if (program == NULL)
        return;
    queue_program_path(office->queue, program->sha256, path, sizeof path);
    snprintf(answer->save_as, sizeof answer->save_as, "%.16s.gcode", program->sha256);
    answer_file(answer, "text/x.gcode", path, false);
}

static void run_thumbnail(struct office *office, const struct call *call, struct answer *answer)
{
    const struct program *program = find(office, call, answer);
    char path[768];
    size_t n;

    if (program == NULL)
        return;
    queue_program_path(office->queue, program->sha256, path, sizeof path - 8);
    n = strlen(path);
    if (n > 6)
        strcpy(path + n - 6, ".thumb");
    if (access(path, R_OK) != 0)
        answer_fail(answer, ERR_NOT_FOUND, "this program holds no picture");
    else
        answer_file(answer, "image/png", path, false);
}

struct add_args {
    char name[128];
    const cJSON *models, *yields;
};

static const struct json_field add_fields[] = {
    {.name = "name",
     .type = JSON_STRING,
     .offset = offsetof(struct add_args, name),
     .size = 128,
     .help = "what people call it"},
    {.name = "model",
     .type = JSON_ANY,
     .offset = offsetof(struct add_args, models),
     .required = true,
     .help = "machine model it is made for; may be repeated"},
    {.name = "yield",
     .type = JSON_ANY,
     .offset = offsetof(struct add_args, yields),
     .required = true,
     .help = "PART=N: pieces a run makes; may be repeated"},
};

static bool read_models(const cJSON *models, struct program_request *request, struct answer *answer)
{
    const cJSON *item;

    if (!cJSON_IsArray(models) || cJSON_GetArraySize(models) < 1 ||
        cJSON_GetArraySize(models) > PROGRAM_MODELS_MAX) {
        answer_fault(answer, ERR_INVALID, "model", "give 1 to 16 models", NULL);
        return false;
    }
    cJSON_ArrayForEach(item, models)
    {
        if (!cJSON_IsString(item) || strlen(item->valuestring) >= sizeof request->models[0]) {
            answer_fault(answer, ERR_INVALID, "model", "\"model\" must be a model's id", NULL);
            return false;
        }
        strcpy(request->models[request->model_count++], item->valuestring);
    }
    return true;
}

static void on_added(void *context, enum err err, const char *text, const cJSON *report)
{
    struct answer *answer = context;
    const cJSON *sha256 = cJSON_GetObjectItemCaseSensitive(report, "sha256");
    const struct program *program = NULL;

    if (err == ERR_OK && cJSON_IsString(sha256))
        program = queue_program_find(answer->office->queue, sha256->valuestring);
    if (program != NULL)
        answer_created(answer, program_to_json(program, true));
    else if (err != ERR_OK)
        answer_fault(answer, err, NULL, text, report != NULL ? cJSON_Duplicate(report, 1) : NULL);
    else
        answer_fail(answer, ERR_INTERNAL, "the program was written but is not there");
}

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct add_args *args = call->args;
    struct program_request request = {.path = call->upload};

    snprintf(request.name, sizeof request.name, "%s", *args->name != '\0' ? args->name : "program");
    snprintf(request.by, sizeof request.by, "%s", call->by);
    if (read_models(args->models, &request, answer) &&
        program_read_yields(args->yields, &request, answer))
        queue_program_add(office->queue, &request, on_added, answer);
}

static void on_removed(void *context, enum err err, const char *text, int64_t id)
{
    cJSON *body;

    (void)id;
    if (err != ERR_OK) {
        answer_fail(context, err, "%s", text);
        return;
    }
    body = cJSON_CreateObject();
    json_add_text(body, "message", text);
    answer_json(context, body);
}

static void run_remove(struct office *office, const struct call *call, struct answer *answer)
{
    queue_program_remove(office->queue, call->id, on_removed, answer);
}

const struct command command_program_list = {
    .name = "program.list",
    .route = "GET /api/v1/programs",
    .role = ROLE_VIEWER,
    .help = "All programs, in order of addition.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_program_add = {
    .name = "program.add",
    .route = "POST /api/v1/programs",
    .role = ROLE_COORDINATOR,
    .place = PLACE_ANYWHERE,
    .links = LINK_SLICER,
    .help = "Upload a G-code file: analysed and checked for each model, refused with line numbers.",
    FIELDS(add_fields),
    .args_size = sizeof(struct add_args),
    .upload = true,
    .run = run_add,
};

const struct command command_program_show = {
    .name = "program.show",
    .route = "GET /api/v1/programs/{id}",
    .role = ROLE_VIEWER,
    .help = "One program with its report; {id} is its SHA-256, a beginning of it, or its name.",
    .current = current,
    .run = run_show,
};

const struct command command_program_gcode = {
    .name = "program.gcode",
    .route = "GET /api/v1/programs/{id}/gcode",
    .role = ROLE_VIEWER,
    .help = "The G-code file, byte by byte as uploaded.",
    .run = run_gcode,
};

const struct command command_program_thumbnail = {
    .name = "program.thumbnail",
    .route = "GET /api/v1/programs/{id}/thumbnail",
    .role = ROLE_VIEWER,
    .help = "The picture in the file.",
    .run = run_thumbnail,
};

const struct command command_program_remove = {
    .name = "program.remove",
    .route = "DELETE /api/v1/programs/{id}",
    .role = ROLE_COORDINATOR,
    .help = "Hand it out no more; old runs still name it.",
    .current = current,
    .run = run_remove,
};
