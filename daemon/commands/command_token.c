/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens: for programs, for slicers, for the daemons of sites. Shown once, at their making. */
#include <stdio.h>
#include <string.h>

#include "access.h"
#include "noun_json.h"
#include "paging.h"
#include "people_json.h"
#include "rows.h"
#include "token_json.h"
#include "token_mint.h"

struct token_args {
    char kind[8];
    char name[64];
    char role[16];
    char user[LOGIN_SIZE];
    char expires[40];
    const cJSON *sites;
};

#define NAME_FIELD                                                                                 \
    {                                                                                              \
        .name = "name", .type = JSON_STRING, .offset = offsetof(struct token_args, name),          \
        .size = 64, .required = true, .min = 1, .help = "what it is for: \"Grafana\""              \
    }

static const struct json_field add_fields[] = {
    {.name = "kind",
     .type = JSON_STRING,
     .offset = offsetof(struct token_args, kind),
     .size = 8,
     .words = "api slicer site",
     .preset = "\"api\"",
     .help = "api: whatever its role allows; slicer: uploads only; site: a site's daemon"},
    NAME_FIELD,
    {.name = "role",
     .type = JSON_STRING,
     .offset = offsetof(struct token_args, role),
     .size = 16,
     .words = "viewer operator technician coordinator admin",
     .preset = "\"viewer\"",
     .help = "what it may; a slicer's uploads need coordinator"},
    {.name = "sites",
     .type = JSON_ANY,
     .offset = offsetof(struct token_args, sites),
     .help = "site ids where it may; without: everywhere"},
    JSON_TEXT_ROW(struct token_args, user, "acts for this person, within their roles"),
    JSON_TEXT_ROW(struct token_args, expires,
                  "2026-12-31 or RFC 3339; without: when it is revoked"),
};

static const struct json_field key_fields[] = {NAME_FIELD};
#undef NAME_FIELD

static cJSON *show_secret(const struct answer *answer, const struct token *token,
                          const char *secret)
{
    cJSON *body = token_to_json(token);

    (void)answer;
    cJSON_AddStringToObject(body, "secret", secret);
    return body;
}

static enum token_kind kind_of(const char *name)
{
    enum token_kind kind = TOKEN_API;

    while (kind < TOKEN_SITE && strcmp(token_kind_name(kind), name) != 0)
        kind++;
    return kind;
}

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct token_args *args = call->args;
    struct token spec = {.kind = kind_of(args->kind)};

    memcpy(spec.name, args->name, sizeof spec.name);
    snprintf(spec.by, sizeof spec.by, "%s", call->by);
    if (args->user[0] != '\0') {
        spec.person = (struct person *)(uintptr_t)person_find(office->people, args->user);
        if (spec.person == NULL) {
            answer_fault(answer, ERR_INVALID, "user", "nobody has this login", NULL);
            return;
        }
    }
    if (token_expiry(answer, args->expires, &spec.expires_ms) &&
        token_roles(answer, role_of(args->role), args->sites, &spec.roles))
        token_mint(answer, &spec, show_secret);
}

struct list_args {
    struct paging_args page;
};

static const struct json_field list_fields[] = {PAGING_NEWER(struct list_args, page)};

static void list(struct office *office, const struct person *person, const struct call *call,
                 struct answer *answer)
{
    const struct list_args *args = call->args;
    const struct token *token = NULL;
    struct paging paging;

    paging_begin(&paging, args->page.from, args->page.limit);
    while ((token = token_next(office->people, person, token)) != NULL)
        if (paging_takes(&paging, token->id))
            cJSON_AddItemToArray(paging.items, token_to_json(token));
    answer_json(answer, paging_end(&paging));
}

static cJSON *current_of(struct office *office, const struct person *person,
                         const struct asking *asking)
{
    const struct token *token = token_next(office->people, person, NULL);
    int64_t id = command_number(asking->id);

    while (token != NULL && token->id != id)
        token = token_next(office->people, person, token);
    return token != NULL ? token_to_json(token) : NULL;
}

static cJSON *current(struct office *office, const struct asking *asking)
{
    return current_of(office, NULL, asking);
}

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    list(office, NULL, call, answer);
}

static void on_revoked(void *context, enum err err, const char *text)
{
    answer_outcome(context, err, text, "revoked: it works no more");
}

static void take_back(struct office *office, const struct call *call, const struct person *owner,
                      struct answer *answer)
{
    token_revoke(office->people, command_number(call->id), owner, on_revoked, answer);
}

static void run_remove(struct office *office, const struct call *call, struct answer *answer)
{
    take_back(office, call, NULL, answer);
}

/* ---- one's own ---- */

static const struct person *owner(struct office *office, const struct call *call,
                                  struct answer *answer)
{
    struct who who = who_find(office->people, &call->caller->pass);

    if (who.kind == WHO_PERSON)
        return who.person;
    answer_fail(answer, ERR_REFUSED, "only who has logged in by password has keys of their own");
    return NULL;
}

static cJSON *current_key(struct office *office, const struct asking *asking)
{
    struct who who = who_find(office->people, &asking->caller->pass);

    return who.kind == WHO_PERSON ? current_of(office, who.person, asking) : NULL;
}

static void run_keys(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = owner(office, call, answer);

    if (person != NULL)
        list(office, person, call, answer);
}

static void run_key_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct token_args *args = call->args;
    const struct person *person = owner(office, call, answer);
    struct token spec = {.kind = TOKEN_SLICER};

    if (person == NULL)
        return;
    memcpy(spec.name, args->name, sizeof spec.name);
    snprintf(spec.by, sizeof spec.by, "%s", call->by);
    spec.person = (struct person *)(uintptr_t)person;
    spec.roles.all = ROLE_COORDINATOR; /* never more than the person has */
    token_mint(answer, &spec, show_secret);
}

static void run_key_remove(struct office *office, const struct call *call, struct answer *answer)
{
    const struct person *person = owner(office, call, answer);

    if (person != NULL)
        take_back(office, call, person, answer);
}

const struct command command_token_list = {
    .name = "token.list",
    .route = "GET /api/v1/tokens",
    .role = ROLE_ADMIN,
    .help = "All tokens that are not revoked; what they are stands nowhere.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_token_add = {
    .name = "token.add",
    .route = "POST /api/v1/tokens",
    .role = ROLE_ADMIN,
    .place = PLACE_EVERYWHERE,
    .fresh = true,
    .help = "Make a token; the answer's \"secret\" is shown this once.",
    FIELDS(add_fields),
    .args_size = sizeof(struct token_args),
    .run = run_add,
};

const struct command command_token_remove = {
    .name = "token.remove",
    .route = "DELETE /api/v1/tokens/{id}",
    .role = ROLE_ADMIN,
    .fresh = true,
    .help = "Revoke a token, at once.",
    .current = current,
    .run = run_remove,
};

const struct command command_key_list = {
    .name = "key.list",
    .route = "GET /api/v1/me/keys",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "Your own keys for slicers.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_keys,
};

const struct command command_key_add = {
    .name = "key.add",
    .route = "POST /api/v1/me/keys",
    .role = ROLE_OPERATOR,
    .place = PLACE_ANYWHERE,
    .fresh = true,
    .help =
        "A key for your slicer: uploads in your name. The answer's \"secret\" is shown this once.",
    FIELDS(key_fields),
    .args_size = sizeof(struct token_args),
    .run = run_key_add,
};

const struct command command_key_remove = {
    .name = "key.remove",
    .route = "DELETE /api/v1/me/keys/{id}",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "Revoke one of your own keys, at once.",
    .current = current_key,
    .run = run_key_remove,
};
