/* SPDX-License-Identifier: Apache-2.0 */
/* People, as an admin sees them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "noun_json.h"
#include "paging.h"
#include "people_json.h"
#include "rows.h"
#include "token_json.h"

struct list_args {
    struct paging_args page;
};

struct user_args {
    char login[LOGIN_SIZE];
    char name[PERSON_NAME_SIZE];
    char language[8];
    char role[16];
    const cJSON *roles, *sites;
    const cJSON *disabled;
};

#define NAME_FIELDS                                                                                \
    {.name = "role",                                                                               \
     .type = JSON_STRING,                                                                          \
     .offset = offsetof(struct user_args, role),                                                   \
     .size = 16,                                                                                   \
     .words = "viewer operator technician coordinator admin",                                      \
     .help = "in the place of \"roles\": the same role at all of \"sites\""},                      \
        {.name = "sites",                                                                          \
         .type = JSON_ANY,                                                                         \
         .offset = offsetof(struct user_args, sites),                                              \
         .help = "ids; without: everywhere"},                                                      \
        {.name = "name",                                                                           \
         .type = JSON_STRING,                                                                      \
         .offset = offsetof(struct user_args, name),                                               \
         .size = PERSON_NAME_SIZE,                                                                 \
         .help = "what people call them"},                                                         \
    {                                                                                              \
        .name = "language", .type = JSON_STRING, .offset = offsetof(struct user_args, language),   \
        .size = 3, .words = "fr en", .help = "of pages and mails"                                  \
    }

static const struct json_field add_fields[] = {
    {.name = "login",
     .type = JSON_STRING,
     .offset = offsetof(struct user_args, login),
     .size = LOGIN_SIZE,
     .required = true,
     .min = 1,
     .help = "a-z 0-9 - _ . ; it is never changed"},
    NAME_FIELDS,
    {.name = "roles",
     .type = JSON_ANY,
     .offset = offsetof(struct user_args, roles),
     .help = "{SITE: ROLE}; the site \"*\" is all of them"},
};

static const struct json_field set_fields[] = {
    NAME_FIELDS,
    {.name = "roles",
     .type = JSON_ANY,
     .offset = offsetof(struct user_args, roles),
     .help = "{SITE: ROLE}, in the place of what was; the site \"*\" is all of them"},
    {.name = "disabled",
     .type = JSON_ANY,
     .offset = offsetof(struct user_args, disabled),
     .help = "true: may not get in; sessions and tokens do not work meanwhile"},
};
#undef NAME_FIELDS

static const struct person *find(struct office *office, const struct call *call,
                                 struct answer *answer)
{
    const struct person *person = person_find(office->people, call->id);

    if (person == NULL)
        answer_fail(answer, ERR_NOT_FOUND, "no user \"%.64s\"; `usine user list` lists them",
                    call->id);
    return person;
}

static cJSON *current(struct office *office, const struct asking *asking)
{
    const struct person *person = person_find(office->people, asking->id);

    return person != NULL ? person_to_json(person, office->people) : NULL;
}

static const struct json_field list_fields[] = {PAGING_NEWER(struct list_args, page)};

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    const struct person *person = person_first(office->people);
    struct paging paging;

    paging_begin(&paging, args->page.from, args->page.limit);
    for (; person != NULL; person = person_next(office->people, person))
        if (paging_takes(&paging, person->id))
            cJSON_AddItemToArray(paging.items, person_to_json(person, office->people));
    answer_json(answer, paging_end(&paging));
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = find(office, call, answer);

    if (person != NULL)
        answer_json(answer, person_to_json(person, office->people));
}

/* A change on its way, and the code that goes out with its answer. */
struct user_change {
    struct answer *answer;
    char login[LOGIN_SIZE];
    char code[SECRET_TEXT_SIZE]; /* "" : none */
    char base[128];
    bool created;
};

static void on_changed(void *context, enum err err, const char *text)
{
    struct user_change *change = context;
    struct answer *answer = change->answer;
    struct office *office = answer->office;
    const struct person *person = person_find(office->people, change->login);
    char path[80];
    cJSON *body;

    if (err != ERR_OK || person == NULL) {
        answer_fail(answer, err != ERR_OK ? err : ERR_NOT_FOUND, "%s", text);
        free(change);
        return;
    }
    body = person_to_json(person, office->people);
    if (change->code[0] != '\0') {
        snprintf(path, sizeof path, "/invitation#%s", change->code);
        json_add_link(body, office, change->base, path, person->invite_ms);
    }
    if (change->created)
        answer_created(answer, body);
    else
        answer_json(answer, body);
    explicit_bzero(change, sizeof *change);
    free(change);
}

/* NULL: no memory, and the answer was given. */
static struct user_change *begin(const struct call *call, const char *login, struct answer *answer)
{
    struct user_change *change = calloc(1, sizeof *change);

    if (change == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return NULL;
    }
    change->answer = answer;
    snprintf(change->login, sizeof change->login, "%s", login);
    snprintf(change->base, sizeof change->base, "%s", call->caller->base);
    return change;
}

static bool take_roles(struct office *office, const struct user_args *args, struct person *person,
                       struct answer *answer)
{
    cJSON *given = NULL;
    char text[160];
    enum err err = ERR_OK;

    if (args->roles == NULL && args->role[0] != '\0')
        given = roles_given(role_of(args->role), args->sites);
    if (args->roles != NULL || given != NULL)
        err = roles_from_json(office, given != NULL ? given : args->roles, &person->roles, text,
                              sizeof text);
    cJSON_Delete(given);
    if (err != ERR_OK)
        answer_fault(answer, err, "roles", text, NULL);
    return err == ERR_OK;
}

/* Takes what args say over into person; false, and the answer was given: they make no sense. */
static bool take_args(struct office *office, const struct user_args *args, struct person *person,
                      struct answer *answer)
{
    if (!take_roles(office, args, person, answer))
        return false;
    if (args->disabled != NULL && !cJSON_IsBool(args->disabled)) {
        answer_fault(answer, ERR_INVALID, "disabled", "\"disabled\" is true or false", NULL);
        return false;
    }
    if (args->disabled != NULL)
        person->disabled = cJSON_IsTrue(args->disabled);
    if (args->name[0] != '\0')
        memcpy(person->name, args->name, sizeof person->name);
    if (args->language[0] != '\0')
        memcpy(person->language, args->language, sizeof person->language);
    return true;
}

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct user_args *args = call->args;
    struct person spec = {0};
    struct user_change *change;

    if (args->roles == NULL && args->role[0] == '\0') {
        answer_fault(answer, ERR_INVALID, "roles", "say what they may: \"roles\" or \"role\"",
                     NULL);
        return;
    }
    memcpy(spec.login, args->login, sizeof spec.login);
    snprintf(spec.name, sizeof spec.name, "%s", args->login);
    snprintf(spec.language, sizeof spec.language, "%.2s", office->config->language);
    snprintf(spec.by, sizeof spec.by, "%s", call->by);
    if (!take_args(office, args, &spec, answer))
        return;
    change = begin(call, args->login, answer);
    if (change == NULL)
        return;
    change->created = true;
    person_add(office->people, &spec, change->code, on_changed, change);
}

static void run_set(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = find(office, call, answer);
    struct user_change *change;
    struct person wanted;

    if (person == NULL)
        return;
    wanted = *person;
    if (!take_args(office, call->args, &wanted, answer))
        return;
    change = begin(call, person->login, answer);
    if (change != NULL)
        person_set(office->people, &wanted, on_changed, change);
}

static void run_invite(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = find(office, call, answer);
    struct user_change *change = person != NULL ? begin(call, person->login, answer) : NULL;
    struct person wanted;

    if (change == NULL)
        return;
    wanted = *person;
    person_invite(office->people, &wanted, change->code);
    person_set(office->people, &wanted, on_changed, change);
}

static void on_done(void *context, enum err err, const char *text)
{
    answer_outcome(context, err, text, "done");
}

static void run_logout(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = find(office, call, answer);

    if (person != NULL)
        session_end(office->people, person, 0, on_done, answer);
}

static void run_remove(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = find(office, call, answer);

    if (person != NULL)
        person_remove(office->people, person->login, on_done, answer);
}

const struct command command_user_list = {
    .name = "user.list",
    .route = "GET /api/v1/users",
    .role = ROLE_ADMIN,
    .help = "Everybody who has an account.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_user_show = {
    .name = "user.show",
    .route = "GET /api/v1/users/{id}",
    .role = ROLE_ADMIN,
    .help = "One person, by login.",
    .current = current,
    .run = run_show,
};

const struct command command_user_add = {
    .name = "user.add",
    .route = "POST /api/v1/users",
    .role = ROLE_ADMIN,
    .place = PLACE_EVERYWHERE,
    .fresh = true,
    .help =
        "Give somebody an account; the answer's link lets them set a password, once, for 7 days.",
    FIELDS(add_fields),
    .args_size = sizeof(struct user_args),
    .run = run_add,
};

const struct command command_user_set = {
    .name = "user.set",
    .route = "PATCH /api/v1/users/{id}",
    .role = ROLE_ADMIN,
    .place = PLACE_EVERYWHERE,
    .fresh = true,
    .help = "Change a person's name, language or roles, or shut them out.",
    FIELDS(set_fields),
    .args_size = sizeof(struct user_args),
    .current = current,
    .run = run_set,
};

const struct command command_user_invite = {
    .name = "user.invite",
    .route = "POST /api/v1/users/{id}/invite",
    .role = ROLE_ADMIN,
    .place = PLACE_EVERYWHERE,
    .fresh = true,
    .help = "A new link to set a password, for who has forgotten theirs.",
    .current = current,
    .run = run_invite,
};

const struct command command_user_logout = {
    .name = "user.logout",
    .route = "POST /api/v1/users/{id}/logout",
    .role = ROLE_ADMIN,
    .place = PLACE_EVERYWHERE,
    .help = "End all sessions of a person.",
    .run = run_logout,
};

const struct command command_user_remove = {
    .name = "user.remove",
    .route = "DELETE /api/v1/users/{id}",
    .role = ROLE_ADMIN,
    .place = PLACE_EVERYWHERE,
    .fresh = true,
    .help = "Take an account away, with its sessions and tokens. What they did stays on record.",
    .current = current,
    .run = run_remove,
};
