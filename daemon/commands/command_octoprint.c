/* SPDX-License-Identifier: Apache-2.0 */
/* What slicers ask an OctoPrint (docs.octoprint.org, "REST API"): PrusaSlicer and OrcaSlicer ask
 * for api/version, then send to api/files/local; Cura's OctoPrint plugin asks for settings,
 * version, login and printerprofiles once, for printer and job every 2 s, sends, and follows
 * Location, in which it looks for "api/". What a slicer sees as a printer is the queue of all
 * machines of one model: always ready to take a file. Temperatures and pause are for the pages. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rows.h"
#include "slicer.h"
#include "slicer_name.h"

/* The release whose interface this is; PrusaSlicer wants "text" to begin with "OctoPrint". */
#define OCTOPRINT "1.9.3"

static void run_version(struct office *office, const struct call *call, struct answer *answer)
{
    const struct profile *model;
    cJSON *body, *can;

    if (!slicer_address(office, call, &model, answer))
        return;
    body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "api", "0.1");
    cJSON_AddStringToObject(body, "server", OCTOPRINT);
    cJSON_AddStringToObject(body, "text", "OctoPrint " OCTOPRINT " (Usine " USINE_VERSION ")");
    can = cJSON_AddObjectToObject(body, "capabilities"); /* PrusaLink's: PUT rather than a form */
    cJSON_AddTrueToObject(can, "upload-by-put");
    answer_json(answer, body);
}

static void run_settings(struct office *office, const struct call *call, struct answer *answer)
{
    const struct profile *model;
    cJSON *body;

    if (!slicer_address(office, call, &model, answer))
        return;
    body = cJSON_CreateObject();
    cJSON_AddStringToObject(cJSON_AddObjectToObject(body, "appearance"), "name", "Usine");
    cJSON_AddFalseToObject(cJSON_AddObjectToObject(body, "feature"), "sdSupport");
    cJSON_AddObjectToObject(body, "plugins");
    answer_json(answer, body);
}

static void run_printer(struct office *office, const struct call *call, struct answer *answer)
{
    static const char *const no[] = {"printing", "paused",  "pausing",      "cancelling",
                                     "error",    "sdReady", "closedOrError"};
    const struct profile *model;
    cJSON *body, *state, *flags;

    if (!slicer_address(office, call, &model, answer))
        return;
    body = cJSON_CreateObject();
    cJSON_AddObjectToObject(body, "temperature");
    cJSON_AddFalseToObject(cJSON_AddObjectToObject(body, "sd"), "ready");
    state = cJSON_AddObjectToObject(body, "state");
    cJSON_AddStringToObject(state, "text", "Operational");
    flags = cJSON_AddObjectToObject(state, "flags");
    cJSON_AddTrueToObject(flags, "operational");
    cJSON_AddTrueToObject(flags, "ready");
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        cJSON_AddFalseToObject(flags, no[i]);
    answer_json(answer, body);
}

static void run_job(struct office *office, const struct call *call, struct answer *answer)
{
    static const char *const file[] = {"name", "origin", "size", "date"};
    static const char *const progress[] = {"completion", "filepos", "printTime", "printTimeLeft"};
    const struct profile *model;
    cJSON *body, *job, *object;

    if (!slicer_address(office, call, &model, answer))
        return;
    body = cJSON_CreateObject();
    job = cJSON_AddObjectToObject(body, "job");
    object = cJSON_AddObjectToObject(job, "file");
    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
        cJSON_AddNullToObject(object, file[i]);
    cJSON_AddNullToObject(job, "estimatedPrintTime");
    cJSON_AddNullToObject(job, "filament");
    object = cJSON_AddObjectToObject(body, "progress");
    for (size_t i = 0; i < sizeof progress / sizeof *progress; i++)
        cJSON_AddNullToObject(object, progress[i]);
    cJSON_AddStringToObject(body, "state", "Operational");
    answer_json(answer, body);
}

static void add_profile(cJSON *profiles, const struct profile *model, bool current)
{
    static const char *const axes[] = {"x", "y", "z", "e"};
    cJSON *item = cJSON_AddObjectToObject(profiles, model->id);
    cJSON *volume, *list;

    cJSON_AddStringToObject(item, "id", model->id);
    cJSON_AddStringToObject(item, "name", model->name);
    cJSON_AddStringToObject(item, "model", model->name);
    cJSON_AddBoolToObject(item, "current", current);
    cJSON_AddBoolToObject(item, "default", current);
    cJSON_AddBoolToObject(item, "heatedBed", model->bed_max_c > 0);
    volume = cJSON_AddObjectToObject(item, "volume");
    cJSON_AddStringToObject(volume, "formFactor", "rectangular");
    cJSON_AddStringToObject(volume, "origin", "lowerleft");
    cJSON_AddNumberToObject(volume, "width", model->bed_mm[0]);
    cJSON_AddNumberToObject(volume, "depth", model->bed_mm[1]);
    cJSON_AddNumberToObject(volume, "height", model->max_mm[AXIS_Z]);
    list = cJSON_AddObjectToObject(item, "axes");
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++) {
        cJSON *axis = cJSON_AddObjectToObject(list, axes[i]);

        cJSON_AddNumberToObject(axis, "speed", 60 * model->max_feed_mm_s[i]);
        cJSON_AddFalseToObject(axis, "inverted");
    }
}

static void run_profiles(struct office *office, const struct call *call, struct answer *answer)
{
    const struct config *config = office->config;
    const struct profile *model;
    cJSON *body, *profiles;

    if (!slicer_address(office, call, &model, answer))
        return;
    body = cJSON_CreateObject();
    profiles = cJSON_AddObjectToObject(body, "profiles");
    if (model != NULL)
        add_profile(profiles, model, true);
    for (size_t i = 0; model == NULL && i < config->machine_count; i++)
        if (!cJSON_HasObjectItem(profiles, config->machines[i].model))
            add_profile(profiles, &config->machines[i].profile, i == 0);
    answer_json(answer, body);
}

struct login_args {
    bool passive;
};

static const struct json_field login_fields[] = {
    {.name = "passive",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct login_args, passive),
     .preset = "true",
     .help = "only say who the key belongs to; nothing else is done"},
};

static void run_login(struct office *office, const struct call *call, struct answer *answer)
{
    cJSON *body = cJSON_CreateObject();

    (void)office;
    cJSON_AddStringToObject(body, "name", call->by);
    cJSON_AddTrueToObject(body, "active");
    cJSON_AddTrueToObject(body, "user");
    cJSON_AddBoolToObject(body, "admin", call->role == ROLE_ADMIN);
    cJSON_AddArrayToObject(body, "groups");
    cJSON_AddArrayToObject(body, "permissions");
    answer_json(answer, body);
}

/* ---- files ---- */

static cJSON *file_to_json(const struct slicer_sent *sent)
{
    const struct program *program = sent->program;
    cJSON *file = cJSON_CreateObject();
    cJSON *types;
    char location[640];

    slicer_location(sent, location, sizeof location);
    cJSON_AddStringToObject(file, "name", program->name);
    cJSON_AddStringToObject(file, "display", program->name);
    cJSON_AddStringToObject(file, "path", program->name);
    cJSON_AddStringToObject(file, "origin", "local");
    cJSON_AddStringToObject(file, "type", "machinecode");
    types = cJSON_AddArrayToObject(file, "typePath");
    cJSON_AddItemToArray(types, cJSON_CreateString("machinecode"));
    cJSON_AddItemToArray(types, cJSON_CreateString("gcode"));
    cJSON_AddStringToObject(file, "hash", program->sha256);
    cJSON_AddNumberToObject(file, "size", (double)program->bytes);
    cJSON_AddNumberToObject(file, "date", floor((double)program->added_ms / 1000));
    cJSON_AddStringToObject(cJSON_AddObjectToObject(file, "refs"), "resource", location);
    return file;
}

static cJSON *sent_to_json(const struct slicer_sent *sent)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *files = cJSON_AddObjectToObject(body, "files");
    cJSON *usine;

    cJSON_AddItemToObject(files, "local", file_to_json(sent));
    cJSON_AddTrueToObject(body, "done");
    cJSON_AddFalseToObject(body, "effectiveSelect");
    cJSON_AddBoolToObject(body, "effectivePrint", sent->print);
    usine = cJSON_AddObjectToObject(body, "usine");
    cJSON_AddStringToObject(usine, "program", sent->program->sha256);
    if (sent->print)
        cJSON_AddNumberToObject(usine, "job", (double)sent->job);
    return body;
}

struct send_args {
    char file[SLICER_NAME_MAX];
    char path[SLICER_NAME_MAX];
    bool print;
};

static const struct json_field send_fields[] = {
    {.name = "file",
     .type = JSON_STRING,
     .offset = offsetof(struct send_args, file),
     .size = SLICER_NAME_MAX,
     .required = true,
     .help = "the file; its name says part and pieces: \"serre-tete x4.gcode\""},
    {.name = "path",
     .type = JSON_STRING,
     .offset = offsetof(struct send_args, path),
     .size = SLICER_NAME_MAX,
     .help = "folder; without a model in the address its first name is the model"},
    {.name = "print",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct send_args, print),
     .preset = "false",
     .help = "also add a job for what one run makes"},
};

static void run_send(struct office *office, const struct call *call, struct answer *answer)
{
    const struct send_args *args = call->args;
    char path[2 * SLICER_NAME_MAX + 2];
    const struct slicer_upload upload = {
        .path = path, .print = args->print, .overwrite = true, .to_json = sent_to_json};

    snprintf(path, sizeof path, "%s/%s", args->path, args->file);
    slicer_upload(office, call, &upload, answer);
}

static void run_file(struct office *office, const struct call *call, struct answer *answer)
{
    const struct slicer_upload none = {.path = call->path, .to_json = file_to_json};

    slicer_print(office, call, &none, answer); /* shows it, without a job */
}

struct file_args {
    char command[32];
    bool print;
};

static const struct json_field file_fields[] = {
    {.name = "command",
     .type = JSON_STRING,
     .offset = offsetof(struct file_args, command),
     .size = 32,
     .required = true,
     .words = "select",
     .help = "Cura says select after each upload"},
    {.name = "print",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct file_args, print),
     .preset = "false",
     .help = "add a job for what one run makes"},
};

static void run_select(struct office *office, const struct call *call, struct answer *answer)
{
    const struct file_args *args = call->args;
    const struct slicer_upload upload = {
        .path = call->path, .print = args->print, .to_json = sent_to_json};

    slicer_print(office, call, &upload, answer);
}

const struct command command_octoprint_version = {
    .name = "octoprint.version",
    .route = "GET /slicer/{id}/api/version",
    .alias = "/api/version",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: what PrusaSlicer's Test button and Cura ask first; {id} is a model.",
    .run = run_version,
};

const struct command command_octoprint_settings = {
    .name = "octoprint.settings",
    .route = "GET /slicer/{id}/api/settings",
    .alias = "/api/settings",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: Cura tries its key here.",
    .run = run_settings,
};

const struct command command_octoprint_printer = {
    .name = "octoprint.printer",
    .route = "GET /slicer/{id}/api/printer",
    .alias = "/api/printer",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: always operational, because it is a queue that takes the file.",
    .run = run_printer,
};

const struct command command_octoprint_job = {
    .name = "octoprint.job",
    .route = "GET /slicer/{id}/api/job",
    .alias = "/api/job",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: never printing; what machines do is on the pages.",
    .run = run_job,
};

const struct command command_octoprint_profiles = {
    .name = "octoprint.profiles",
    .route = "GET /slicer/{id}/api/printerprofiles",
    .alias = "/api/printerprofiles",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: the model as OctoPrint describes a printer.",
    .run = run_profiles,
};

const struct command command_octoprint_login = {
    .name = "octoprint.login",
    .route = "POST /slicer/{id}/api/login",
    .alias = "/api/login",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: whose key it is.",
    FIELDS(login_fields),
    .args_size = sizeof(struct login_args),
    .run = run_login,
};

const struct command command_octoprint_send = {
    .name = "octoprint.send",
    .route = "POST /slicer/{id}/api/files/local",
    .alias = "/api/files/local",
    .role = ROLE_COORDINATOR,
    .place = PLACE_ANYWHERE,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: send a program; print=true also adds a job.",
    FIELDS(send_fields),
    .args_size = sizeof(struct send_args),
    .upload = true,
    .form = true,
    .run = run_send,
};

const struct command command_octoprint_file = {
    .name = "octoprint.file",
    .route = "GET /slicer/{id}/api/files/local/{path}",
    .alias = "/api/files/local/{path}",
    .role = ROLE_VIEWER,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: a program by its name.",
    .run = run_file,
};

const struct command command_octoprint_select = {
    .name = "octoprint.select",
    .route = "POST /slicer/{id}/api/files/local/{path}",
    .alias = "/api/files/local/{path}",
    .role = ROLE_COORDINATOR,
    .place = PLACE_ANYWHERE,
    .slicer = true,
    .links = LINK_SLICER,
    .help = "For slicers: print=true adds a job for a program that was sent before.",
    FIELDS(file_fields),
    .args_size = sizeof(struct file_args),
    .run = run_select,
};
