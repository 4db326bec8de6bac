/* SPDX-License-Identifier: Apache-2.0 */
/* A program as JSON: what its row holds besides hash, name and date. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "programs.h"

static void add_vector(cJSON *object, const char *name, const double v[3])
{
    cJSON *array = cJSON_AddArrayToObject(object, name);

    for (int i = 0; array != NULL && i < 3; i++)
        cJSON_AddItemToArray(array, isfinite(v[i]) ? cJSON_CreateNumber(v[i]) : cJSON_CreateNull());
}

static void add_models(cJSON *body, const struct program *program)
{
    cJSON *models = cJSON_AddArrayToObject(body, "models");

    for (size_t i = 0; i < program->model_count; i++) {
        const struct program_model *from = &program->models[i];
        cJSON *model = cJSON_CreateObject();

        cJSON_AddStringToObject(model, "model", from->model);
        cJSON_AddBoolToObject(model, "accepted", from->accepted);
        cJSON_AddNumberToObject(model, "prepared_lines", (double)from->prepared_lines);
        cJSON_AddNumberToObject(model, "time_s", from->time_s);
        cJSON_AddItemToArray(models, model);
    }
}

static void add_yields(cJSON *body, const struct program *program)
{
    cJSON *yields = cJSON_AddObjectToObject(body, "yields");

    for (size_t i = 0; i < program->yield_count; i++)
        cJSON_AddNumberToObject(yields, program->yields[i].part, (double)program->yields[i].pieces);
}

char *program_body(const struct program *program)
{
    cJSON *body = cJSON_CreateObject();
    char *text;

    add_models(body, program);
    add_yields(body, program);
    cJSON_AddStringToObject(body, "material", program->material);
    cJSON_AddNumberToObject(body, "bytes", (double)program->bytes);
    add_vector(body, "min_mm", program->min_mm);
    add_vector(body, "max_mm", program->max_mm);
    cJSON_AddNumberToObject(body, "nozzle_max_c", program->nozzle_max_c);
    cJSON_AddNumberToObject(body, "bed_max_c", program->bed_max_c);
    cJSON_AddNumberToObject(body, "nozzle_mm", program->nozzle_mm);
    cJSON_AddNumberToObject(body, "filament_g", program->filament_g);
    cJSON_AddItemReferenceToObject(body, "analysis", program->analysis);
    text = cJSON_PrintUnformatted(body);
    cJSON_Delete(body);
    return text;
}

static double number(const cJSON *object, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsNumber(value) ? value->valuedouble : 0.0;
}

static void read_text(const cJSON *object, const char *name, char *text, size_t size)
{
    const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));

    snprintf(text, size, "%s", value != NULL ? value : "");
}

static void read_vector(const cJSON *object, const char *name, double v[3])
{
    const cJSON *array = cJSON_GetObjectItemCaseSensitive(object, name);

    for (int i = 0; i < 3; i++) {
        const cJSON *value = cJSON_GetArrayItem(array, i);

        v[i] = cJSON_IsNumber(value) ? value->valuedouble : NAN;
    }
}

static void read_models(struct program *program, const cJSON *models)
{
    const cJSON *model;

    cJSON_ArrayForEach(model, models)
    {
        struct program_model *to = &program->models[program->model_count];

        if (program->model_count == PROGRAM_MODELS_MAX)
            return;
        read_text(model, "model", to->model, sizeof to->model);
        to->accepted = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(model, "accepted"));
        to->prepared_lines = (uint64_t)number(model, "prepared_lines");
        to->time_s = number(model, "time_s");
        program->model_count++;
    }
}

static void read_yields(struct program *program, const cJSON *yields)
{
    const cJSON *yield;

    cJSON_ArrayForEach(yield, yields)
    {
        struct program_yield *to = &program->yields[program->yield_count];

        if (program->yield_count == PROGRAM_YIELDS_MAX)
            return;
        snprintf(to->part, sizeof to->part, "%s", yield->string);
        to->pieces = (int64_t)yield->valuedouble;
        program->yield_count++;
    }
}

bool program_from_body(struct program *program, const char *body)
{
    cJSON *json = cJSON_Parse(body);

    read_models(program, cJSON_GetObjectItemCaseSensitive(json, "models"));
    read_yields(program, cJSON_GetObjectItemCaseSensitive(json, "yields"));
    read_text(json, "material", program->material, sizeof program->material);
    program->bytes = (uint64_t)number(json, "bytes");
    read_vector(json, "min_mm", program->min_mm);
    read_vector(json, "max_mm", program->max_mm);
    program->nozzle_max_c = number(json, "nozzle_max_c");
    program->bed_max_c = number(json, "bed_max_c");
    program->nozzle_mm = number(json, "nozzle_mm");
    program->filament_g = number(json, "filament_g");
    program->analysis = cJSON_DetachItemFromObjectCaseSensitive(json, "analysis");
    cJSON_Delete(json);
    return program->model_count > 0;
}
