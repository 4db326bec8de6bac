/* SPDX-License-Identifier: Apache-2.0 */
/* The config in force, and how the last reading of its file went. */
#include "faults_json.h"
#include "noun_json.h"
#include "rows.h"

static void add_reload(cJSON *body, const struct reload_report *reload)
{
    cJSON *object = cJSON_AddObjectToObject(body, "last_reload");

    json_add_time(object, "at", reload->at_ms);
    cJSON_AddBoolToObject(object, "accepted", reload->accepted);
    json_add_text(object, "message", reload->words);
    cJSON_AddItemToObject(object, "faults", faults_to_json(&reload->faults));
}

static void run_config(struct office *office, const struct call *call, struct answer *answer)
{
    static const char *const roles[] = {"standalone", "hub", "site"};
    const struct config *config = office->config;
    cJSON *body = cJSON_CreateObject();
    cJSON *listen, *ids;

    (void)call;
    cJSON_AddStringToObject(body, "version", USINE_VERSION);
    json_add_time(body, "started", office->started_ms);
    json_add_text(body, "file", office->config_path);
    cJSON_AddStringToObject(body, "role", roles[config->role]);
    cJSON_AddStringToObject(body, "timezone", config->timezone);
    cJSON_AddStringToObject(body, "language", config->language);
    cJSON_AddStringToObject(body, "state", config->state);
    listen = cJSON_AddArrayToObject(body, "listen");
    for (const char *const *a = office->addresses; a != NULL && *a != NULL; a++)
        cJSON_AddItemToArray(listen, cJSON_CreateString(*a));
    ids = cJSON_AddArrayToObject(body, "models");
    for (size_t i = 0; i < config->model_count; i++)
        cJSON_AddItemToArray(ids, cJSON_CreateString(config->models[i].id));
    ids = cJSON_AddArrayToObject(body, "parts");
    for (size_t i = 0; i < config->part_count; i++)
        cJSON_AddItemToArray(ids, cJSON_CreateString(config->parts[i].id));
    add_reload(body, &office->reload);
    answer_json(answer, body);
}

const struct command command_config = {
    .name = "config",
    .route = "GET /api/v1/config",
    .role = ROLE_TECHNICIAN,
    .place = PLACE_ANYWHERE,
    .help = "What is configured, and how the last reload went, with its faults.",
    .run = run_config,
};
