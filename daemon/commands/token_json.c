/* SPDX-License-Identifier: Apache-2.0 */
#include "token_json.h"

#include <stdio.h>
#include <string.h>

#include "noun_json.h"
#include "people_json.h"
#include "version.h"

cJSON *token_to_json(const struct token *token)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddNumberToObject(object, "id", (double)token->id);
    cJSON_AddStringToObject(object, "kind", token_kind_name(token->kind));
    json_add_text(object, "name", token->name);
    cJSON_AddItemToObject(object, "roles", roles_to_json(&token->roles));
    if (token->person != NULL)
        cJSON_AddStringToObject(object, "user", token->person->login);
    else
        cJSON_AddNullToObject(object, "user");
    json_add_time(object, "created", token->created_ms);
    json_add_text(object, "by", token->by);
    json_add_time(object, "expires", token->expires_ms);
    json_add_time(object, "used", token->used_ms);
    version_add(object, "id name roles user expires");
    return object;
}

cJSON *tablet_to_json(const struct tablet *tablet)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddNumberToObject(object, "id", (double)tablet->id);
    cJSON_AddStringToObject(object, "site", tablet->site);
    json_add_text(object, "name", tablet->name);
    json_add_time(object, "added", tablet->created_ms);
    json_add_text(object, "by", tablet->by);
    json_add_time(object, "seen", tablet->seen_ms);
    version_add(object, "id site name");
    return object;
}

void json_add_link(cJSON *object, const struct office *office, const char *base, const char *path,
                   int64_t expires_ms)
{
    const char *const *address = office->addresses;
    char link[320];

    while (*base == '\0' && address != NULL && *address != NULL &&
           strncmp(*address, "http", 4) != 0)
        address++;
    if (*base == '\0' && address != NULL && *address != NULL)
        base = *address;
    if (office->config->url[0] != '\0')
        base = office->config->url;
    snprintf(link, sizeof link, "%s%s", base, path);
    cJSON_AddStringToObject(object, "path", path);
    cJSON_AddStringToObject(object, "link", link);
    json_add_time(object, "expires", expires_ms);
}
