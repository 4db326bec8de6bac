/* SPDX-License-Identifier: Apache-2.0 */
#include "people_json.h"

#include <stdio.h>
#include <string.h>

#include "noun_json.h"
#include "version.h"

cJSON *roles_to_json(const struct roles *roles)
{
    cJSON *object = cJSON_CreateObject();

    if (roles->all != ROLE_UNSET)
        cJSON_AddStringToObject(object, "*", role_name(roles->all));
    for (size_t i = 0; i < roles->count; i++)
        cJSON_AddStringToObject(object, roles->sites[i].site, role_name(roles->sites[i].role));
    return object;
}

cJSON *roles_given(enum role role, const cJSON *sites)
{
    cJSON *object = cJSON_CreateObject();
    const cJSON *site;

    if (sites == NULL)
        cJSON_AddStringToObject(object, "*", role_name(role));
    cJSON_ArrayForEach(site, sites)
    {
        const char *id = cJSON_GetStringValue(site);

        cJSON_AddStringToObject(object, id != NULL ? id : "", role_name(role));
    }
    return object;
}

enum err roles_from_json(const struct office *office, const cJSON *object, struct roles *roles,
                         char *text, size_t size)
{
    const cJSON *item;

    memset(roles, 0, sizeof *roles);
    snprintf(text, size,
             "\"roles\" must say at least one role: {\"*\": \"viewer\"} or {SITE: ROLE}");
    if (!cJSON_IsObject(object) || object->child == NULL)
        return ERR_INVALID;
    cJSON_ArrayForEach(item, object)
    {
        enum role role = cJSON_IsString(item) ? role_of(item->valuestring) : ROLE_UNSET;

        snprintf(text, size,
                 "\"%.60s\": a role is viewer, operator, technician, coordinator or admin",
                 item->string);
        if (role == ROLE_UNSET)
            return ERR_INVALID;
        snprintf(text, size, "no site \"%.60s\"; \"*\" is all of them", item->string);
        if (strcmp(item->string, "*") != 0 && config_site(office->config, item->string) == NULL)
            return ERR_INVALID;
        snprintf(text, size, "at most %d sites; \"*\" is all of them", (int)ROLES_SITES_MAX);
        if (!roles_give(roles, item->string, role))
            return ERR_INVALID;
    }
    return ERR_OK;
}

cJSON *person_to_json(const struct person *person, struct people *people)
{
    cJSON *object = cJSON_CreateObject();
    const struct session *session = NULL;
    int64_t seen = 0;

    while ((session = session_next(people, person, session)) != NULL)
        seen = session->seen_ms > seen ? session->seen_ms : seen;
    cJSON_AddStringToObject(object, "login", person->login);
    json_add_text(object, "name", person->name);
    cJSON_AddStringToObject(object, "language", person->language);
    cJSON_AddItemToObject(object, "roles", roles_to_json(&person->roles));
    cJSON_AddBoolToObject(object, "disabled", person->disabled);
    cJSON_AddBoolToObject(object, "invited", person->password[0] == '\0');
    cJSON_AddBoolToObject(object, "pin", person->pin[0] != '\0');
    json_add_time(object, "added", person->added_ms);
    json_add_text(object, "by", person->by);
    json_add_time(object, "seen", seen);
    version_add(object, "name language roles disabled invited pin");
    return object;
}

cJSON *session_to_json(const struct session *session, const struct session *current)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddNumberToObject(object, "id", (double)session->id);
    cJSON_AddStringToObject(object, "kind", session->tablet != 0 ? "pin" : "person");
    json_add_time(object, "since", session->created_ms);
    json_add_time(object, "seen", session->seen_ms);
    json_add_time(object, "expires", session_expires(session));
    json_add_text(object, "address", session->address);
    json_add_text(object, "agent", session->agent);
    cJSON_AddBoolToObject(object, "current", session == current);
    return object;
}

/* A PIN's and a tablet's roles are those at its site. */
static cJSON *effective_roles(const struct who *who)
{
    cJSON *object;

    if (who->tablet == NULL && who->token != NULL)
        return roles_to_json(&who->token->roles);
    if (who->tablet == NULL && who->person != NULL)
        return roles_to_json(&who->person->roles);
    object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, who->tablet != NULL ? who->tablet->site : "*",
                            role_name(who_role_anywhere(who)));
    return object;
}

static void add_session(cJSON *object, const struct session *session, int64_t now_ms)
{
    int64_t fresh = session->auth_ms + SESSION_FRESH_MS;
    int idle_s = (session->tablet != 0 ? SESSION_PIN_IDLE_MS : SESSION_IDLE_MS) / 1000;

    json_add_time(object, "fresh_until", fresh > now_ms ? fresh : 0);
    json_add_time(object, "expires", session->created_ms + SESSION_MS);
    cJSON_AddNumberToObject(object, "idle_s", idle_s);
}

cJSON *me_to_json(const struct who *who, const char *name, const char *csrf, int64_t now_ms)
{
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "kind", who_kind_name(who->kind));
    json_add_text(object, "login", name);
    json_add_text(object, "name", who->person != NULL ? who->person->name : name);
    if (who->person != NULL)
        cJSON_AddStringToObject(object, "language", who->person->language);
    else
        cJSON_AddNullToObject(object, "language");
    cJSON_AddStringToObject(object, "role", role_name(who_role_anywhere(who)));
    cJSON_AddItemToObject(object, "roles", effective_roles(who));
    if (who->tablet != NULL) {
        cJSON_AddStringToObject(object, "site", who->tablet->site);
        json_add_text(object, "tablet", who->tablet->name);
    } else {
        cJSON_AddNullToObject(object, "site");
        cJSON_AddNullToObject(object, "tablet");
    }
    cJSON_AddBoolToObject(object, "pin", who->person != NULL && who->person->pin[0] != '\0');
    cJSON_AddStringToObject(object, "csrf", csrf);
    if (who->session != NULL)
        add_session(object, who->session, now_ms);
    return object;
}
