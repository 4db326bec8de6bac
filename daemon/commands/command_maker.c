/* SPDX-License-Identifier: Apache-2.0 */
/* Links by which somebody without a daemon declares what they made. A link is a token that may do
 * nothing else, at the sites where they may drop it. */
#include <stdio.h>
#include <string.h>

#include "access.h"
#include "declared_json.h"
#include "paging.h"
#include "people_json.h"
#include "production/declared.h"
#include "production/kits.h"
#include "rows.h"
#include "token_json.h"
#include "token_mint.h"

enum { LINK_DAYS = 60 };
#define DAY_MS INT64_C(86400000)

struct maker_args {
    char name[64];
    char contact[TOKEN_CONTACT_SIZE];
    char expires[40];
    const cJSON *sites, *parts;
};

static const struct json_field add_fields[] = {
    {.name = "name",
     .type = JSON_STRING,
     .offset = offsetof(struct maker_args, name),
     .size = 64,
     .required = true,
     .min = 1,
     .help = "who makes them, as lots and labels will say"},
    {.name = "contact",
     .type = JSON_STRING,
     .offset = offsetof(struct maker_args, contact),
     .size = TOKEN_CONTACT_SIZE,
     .secret = true,
     .help = "how to reach them; coordinators see it, until the link is revoked"},
    {.name = "parts",
     .type = JSON_ANY,
     .offset = offsetof(struct maker_args, parts),
     .required = true,
     .help = "ids of the parts or products they make"},
    {.name = "sites",
     .type = JSON_ANY,
     .offset = offsetof(struct maker_args, sites),
     .help = "site ids where they may drop them; without: at all"},
    JSON_TEXT_ROW(struct maker_args, expires, "2026-12-31 or RFC 3339; without: in 60 days"),
};

/* False: answered. */
static bool read_parts(const struct office *office, const cJSON *given, char *parts,
                       struct answer *answer)
{
    const cJSON *item;
    size_t n = 0;

    parts[0] = '\0';
    cJSON_ArrayForEach(item, given)
    {
        const char *id = cJSON_GetStringValue(item);

        if (id == NULL || kits_item(office->config, id) == CONFIG_NONE ||
            declared_makes(parts, id) || n + strlen(id) + 2 > TOKEN_PARTS_SIZE) {
            answer_fault(answer, ERR_INVALID, "parts",
                         "each must be a part or a product of the config, and stand once", NULL);
            return false;
        }
        n += (size_t)snprintf(parts + n, TOKEN_PARTS_SIZE - n, "%s%s", n > 0 ? " " : "", id);
    }
    if (n == 0)
        answer_fault(answer, ERR_INVALID, "parts", "say what they make: a list of part ids", NULL);
    return n > 0;
}

static cJSON *show_link(const struct answer *answer, const struct token *token, const char *secret)
{
    cJSON *body = maker_to_json(token);
    char path[sizeof "/declare#" + SECRET_TEXT_SIZE];

    /* What stands behind # is not sent: neither logs nor other sites get to see it. */
    snprintf(path, sizeof path, "/declare#%s", secret);
    cJSON_DeleteItemFromObject(body, "expires");
    json_add_link(body, answer->office, "", path, token->expires_ms);
    return body;
}

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct maker_args *args = call->args;
    struct token spec = {.kind = TOKEN_MAKER};

    memcpy(spec.name, args->name, sizeof spec.name);
    memcpy(spec.contact, args->contact, sizeof spec.contact);
    snprintf(spec.by, sizeof spec.by, "%s", call->by);
    if (!token_expiry(answer, args->expires, &spec.expires_ms) ||
        !read_parts(office, args->parts, spec.parts, answer) ||
        !token_roles(answer, ROLE_VIEWER, args->sites, &spec.roles))
        return;
    if (spec.expires_ms == 0)
        spec.expires_ms = clock_wall(office->clock) + LINK_DAYS * DAY_MS;
    token_mint(answer, &spec, show_link);
}

struct list_args {
    struct paging_args page;
};

static const struct json_field list_fields[] = {PAGING_NEWER(struct list_args, page)};

/* Coordinators of a site see the links that lead to it. */
static bool sees(const struct who *who, const struct token *token)
{
    if (token->kind != TOKEN_MAKER)
        return false;
    if (token->roles.count == 0)
        return who_role_anywhere(who) >= ROLE_COORDINATOR;
    for (size_t i = 0; i < token->roles.count; i++)
        if (who_role(who, token->roles.sites[i].site) >= ROLE_COORDINATOR)
            return true;
    return false;
}

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    struct who who = who_find(office->people, &call->caller->pass);
    const struct token *token = NULL;
    struct paging paging;

    paging_begin(&paging, args->page.from, args->page.limit);
    while ((token = token_next(office->people, NULL, token)) != NULL)
        if (sees(&who, token) && paging_takes(&paging, token->id))
            cJSON_AddItemToArray(paging.items, maker_to_json(token));
    answer_json(answer, paging_end(&paging));
}

static void on_revoked(void *context, enum err err, const char *text)
{
    answer_outcome(context, err, text, "revoked: it works no more");
}

static void run_remove(struct office *office, const struct call *call, struct answer *answer)
{
    const struct token *token = token_maker(office->people, command_number(call->id));

    if (token == NULL)
        answer_fail(answer, ERR_NOT_FOUND, "there is no such link: it may have been revoked");
    else
        token_revoke(office->people, token->id, NULL, on_revoked, answer);
}

const struct command command_maker_list = {
    .name = "maker.list",
    .route = "GET /api/v1/makers",
    .role = ROLE_COORDINATOR,
    .place = PLACE_ANYWHERE,
    .help = "Links by which makers without a daemon declare what they made, of your sites.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_maker_add = {
    .name = "maker.add",
    .route = "POST /api/v1/makers",
    .role = ROLE_COORDINATOR,
    .help = "Make a declaration link; the answer's \"link\" is shown this once.",
    FIELDS(add_fields),
    .args_size = sizeof(struct maker_args),
    .run = run_add,
};

const struct command command_maker_remove = {
    .name = "maker.remove",
    .route = "DELETE /api/v1/makers/{id}",
    .role = ROLE_COORDINATOR,
    .help = "Revoke a declaration link, at once. What it declared stays.",
    .run = run_remove,
};
