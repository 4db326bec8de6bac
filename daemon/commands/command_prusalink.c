/* SPDX-License-Identifier: Apache-2.0 */
/* What slicers ask a PrusaLink (Prusa-Link-Web, spec/openapi.yaml): PrusaSlicer and OrcaSlicer ask
 * for api/version (OctoPrint's; "upload-by-put" there leads them here), for api/v1/storage to
 * choose from, and send by PUT api/v1/files/STORAGE/PATH, with Overwrite: ?1 and, to print,
 * Print-After-Upload: ?1. Older ones send OctoPrint's form. Only keys are taken: for Digest a
 * server must keep passwords in a form that can be read. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rows.h"
#include "slicer.h"
#include "slicer_name.h"

#define STORAGE "local"

static void run_info(struct office *office, const struct call *call, struct answer *answer)
{
    const struct profile *model;
    cJSON *body;

    if (!slicer_address(office, call, &model, answer))
        return;
    body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "name", model != NULL ? model->name : "Usine");
    cJSON_AddStringToObject(body, "hostname", "usine");
    cJSON_AddFalseToObject(body, "mmu");
    cJSON_AddFalseToObject(body, "sd_ready");
    if (model != NULL && model->kind == KIND_PRINTER)
        cJSON_AddNumberToObject(body, "nozzle_diameter", model->nozzle_mm);
    answer_json(answer, body);
}

static void add_storage(cJSON *to)
{
    cJSON_AddStringToObject(to, "name", "Usine");
    cJSON_AddStringToObject(to, "type", "LOCAL");
    cJSON_AddStringToObject(to, "path", "/" STORAGE);
    cJSON_AddTrueToObject(to, "available");
    cJSON_AddFalseToObject(to, "read_only");
}

static void run_status(struct office *office, const struct call *call, struct answer *answer)
{
    const struct profile *model;
    cJSON *body;

    if (!slicer_address(office, call, &model, answer))
        return;
    body = cJSON_CreateObject();
    add_storage(cJSON_AddObjectToObject(body, "storage"));
    cJSON_AddStringToObject(cJSON_AddObjectToObject(body, "printer"), "state", "IDLE");
    answer_json(answer, body);
}

static void run_storage(struct office *office, const struct call *call, struct answer *answer)
{
    const struct profile *model;
    cJSON *body, *item;

    if (!slicer_address(office, call, &model, answer))
        return;
    body = cJSON_CreateObject();
    item = cJSON_CreateObject();
    add_storage(item);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(body, "storage_list"), item);
    answer_json(answer, body);
}

static cJSON *file_to_json(const struct slicer_sent *sent)
{
    const struct program *program = sent->program;
    cJSON *file = cJSON_CreateObject();
    cJSON *usine;
    char location[640];

    slicer_location(sent, location, sizeof location);
    cJSON_AddStringToObject(file, "name", program->name);
    cJSON_AddStringToObject(file, "display_name", program->name);
    cJSON_AddStringToObject(file, "type", "PRINT_FILE");
    cJSON_AddNumberToObject(file, "size", (double)program->bytes);
    cJSON_AddNumberToObject(file, "m_timestamp", floor((double)program->added_ms / 1000));
    cJSON_AddFalseToObject(file, "read_only");
    cJSON_AddStringToObject(cJSON_AddObjectToObject(file, "refs"), "resource", location);
    usine = cJSON_AddObjectToObject(file, "usine");
    cJSON_AddStringToObject(usine, "program", program->sha256);
    if (sent->print)
        cJSON_AddNumberToObject(usine, "job", (double)sent->job);
    return file;
}

struct put_args {
    bool print, overwrite;
};

static const struct json_field put_fields[] = {
    {.name = "print",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct put_args, print),
     .preset = "false",
     .help = "also add a job for what one run makes; header Print-After-Upload: ?1"},
    {.name = "overwrite",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct put_args, overwrite),
     .preset = "false",
     .help = "take the place of a program of the same name; header Overwrite: ?1"},
};

static void run_put(struct office *office, const struct call *call, struct answer *answer)
{
    const struct put_args *args = call->args;
    size_t n = strcspn(call->path, "/");
    const struct slicer_upload upload = {.path = call->path + n,
                                         .print = args->print,
                                         .overwrite = args->overwrite,
                                         .to_json = file_to_json};

    if (n == strlen(STORAGE) && strncmp(call->path, STORAGE, n) == 0)
        slicer_upload(office, call, &upload, answer);
    else
        answer_fail(answer, ERR_NOT_FOUND, "no storage \"%.*s\": choose " STORAGE, (int)n,
                    call->path);
}

const struct command command_prusalink_info = {
    .name = "prusalink.info",
    .route = "GET /slicer/{id}/api/v1/info",
    .alias = "/api/v1/info",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: the model as PrusaLink describes a printer.",
    .run = run_info,
};

const struct command command_prusalink_status = {
    .name = "prusalink.status",
    .route = "GET /slicer/{id}/api/v1/status",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: always idle, because it is a queue that takes the file.",
    .run = run_status,
};

const struct command command_prusalink_storage = {
    .name = "prusalink.storage",
    .route = "GET /slicer/{id}/api/v1/storage",
    .alias = "/api/v1/storage",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: the one storage, local.",
    .run = run_storage,
};

const struct command command_prusalink_send = {
    .name = "prusalink.send",
    .route = "PUT /slicer/{id}/api/v1/files/{path}",
    .alias = "/api/v1/files/{path}",
    .role = ROLE_COORDINATOR,
    .place = PLACE_ANYWHERE,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: send a program; {path} is local/, folders, and the file's name.",
    FIELDS(put_fields),
    .args_size = sizeof(struct put_args),
    .upload = true,
    .run = run_put,
};
