/* SPDX-License-Identifier: Apache-2.0 */
/* Tablets of a workshop: paired by a code that somebody of the site shows them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "noun_json.h"
#include "paging.h"
#include "people_json.h"
#include "rows.h"
#include "token_json.h"

struct tablet_args {
    char site[ID_SIZE];
    char name[64];
    char code[64];
};

static const struct json_field add_fields[] = {
    {.name = "site",
     .type = JSON_STRING,
     .offset = offsetof(struct tablet_args, site),
     .size = ID_SIZE,
     .required = true,
     .min = 1,
     .help = "where it stays"},
    {.name = "name",
     .type = JSON_STRING,
     .offset = offsetof(struct tablet_args, name),
     .size = 64,
     .required = true,
     .min = 1,
     .help = "what people call it: \"By the door\""},
};

static const struct json_field pair_fields[] = {
    {.name = "code",
     .type = JSON_STRING,
     .offset = offsetof(struct tablet_args, code),
     .size = 64,
     .required = true,
     .min = 1,
     .secret = true,
     .help = "of the link behind the QR code"},
};

static void run_add(struct office *office, const struct call *call, struct answer *answer)
{
    const struct tablet_args *args = call->args;
    char code[SECRET_TEXT_SIZE], path[80];
    cJSON *body;

    if (config_site(office->config, args->site) == NULL) {
        answer_fault(answer, ERR_INVALID, "site", "there is no such site", NULL);
        return;
    }
    if (!tablet_invite(office->people, args->site, args->name, call->by, code)) {
        answer_fail(answer, ERR_BUSY,
                    "too many tablets wait to be paired: try again in 10 minutes");
        return;
    }
    body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "code", code);
    snprintf(path, sizeof path, "/pairing#%s", code);
    json_add_link(body, office, call->caller->base, path,
                  clock_wall(office->clock) + TABLET_CODE_MS);
    answer_created(answer, body);
}

/* A tablet on its way to the disk. */
struct pairing_up {
    struct answer *answer;
    char cookie[SECRET_TEXT_SIZE];
};

static void on_paired(void *context, enum err err, const char *text)
{
    struct pairing_up *pairing = context;
    struct answer *answer = pairing->answer;
    struct secret_hash hash = secret_hash("", pairing->cookie);
    struct who who = {.kind = WHO_TABLET};
    char csrf[CALLER_CSRF_SIZE], name[64];

    who.tablet = tablet_find(answer->office->people, &hash);
    if (err != ERR_OK || who.tablet == NULL) {
        answer_fail(answer, err != ERR_OK ? err : ERR_NOT_FOUND, "%s", text);
    } else {
        caller_csrf(pairing->cookie, csrf);
        who_name(&who, name);
        answer->tablet = (struct answer_cookie){.set = true, .age_s = TABLET_MS / 1000};
        memcpy(answer->tablet.value, pairing->cookie, sizeof answer->tablet.value);
        answer_json(answer, me_to_json(&who, name, csrf, clock_wall(answer->office->clock)));
    }
    explicit_bzero(pairing, sizeof *pairing);
    free(pairing);
}

static void run_pair(struct office *office, const struct call *call, struct answer *answer)
{
    const struct tablet_args *args = call->args;
    struct pairing_up *pairing = calloc(1, sizeof *pairing);

    if (pairing == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    pairing->answer = answer;
    if (tablet_pair(office->people, args->code, pairing->cookie, on_paired, pairing) != NULL)
        return;
    free(pairing);
    answer_fault(answer, ERR_UNAUTHORIZED, "code",
                 "this code is not valid any more: have a new one shown", NULL);
}

struct list_args {
    struct paging_args page;
};

static const struct json_field list_fields[] = {PAGING_NEWER(struct list_args, page)};

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    const struct tablet *tablet = NULL;
    struct paging paging;

    paging_begin(&paging, args->page.from, args->page.limit);
    while ((tablet = tablet_next(office->people, tablet)) != NULL)
        if (paging_takes(&paging, tablet->id))
            cJSON_AddItemToArray(paging.items, tablet_to_json(tablet));
    answer_json(answer, paging_end(&paging));
}

/* Who may say "it is me" on the asking tablet: names, so that nobody types a login with gloves. */
static void run_people(struct office *office, const struct call *call, struct answer *answer)
{
    struct who who = who_find(office->people, &call->caller->pass);
    const struct person *person = person_first(office->people);
    cJSON *items, *list;

    if (who.tablet == NULL) {
        answer_fail(answer, ERR_REFUSED, "only on a paired tablet");
        return;
    }
    list = list_to_json(&items);
    for (; person != NULL; person = person_next(office->people, person)) {
        cJSON *item;

        if (person->disabled || person->pin[0] == '\0' ||
            roles_at(&person->roles, who.tablet->site) == ROLE_UNSET)
            continue;
        item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "login", person->login);
        json_add_text(item, "name", person->name);
        cJSON_AddItemToArray(items, item);
    }
    answer_json(answer, list);
}

static void on_removed(void *context, enum err err, const char *text)
{
    answer_outcome(context, err, text, "the tablet is not known any more");
}

static const struct tablet *find(struct office *office, const char *id)
{
    const struct tablet *tablet = NULL;
    int64_t number = command_number(id);

    do
        tablet = tablet_next(office->people, tablet);
    while (tablet != NULL && tablet->id != number);
    return tablet;
}

static cJSON *current(struct office *office, const struct asking *asking)
{
    const struct tablet *tablet = find(office, asking->id);

    return tablet != NULL ? tablet_to_json(tablet) : NULL;
}

/* The site is known only now, so the role there is looked at here. */
static void run_remove(struct office *office, const struct call *call, struct answer *answer)
{
    struct who who = who_find(office->people, &call->caller->pass);
    const struct tablet *tablet = find(office, call->id);

    if (tablet != NULL && who_role(&who, tablet->site) < ROLE_OPERATOR)
        answer_fail(answer, ERR_FORBIDDEN, "this needs the role operator at %s", tablet->site);
    else
        tablet_remove(office->people, command_number(call->id), on_removed, answer);
}

const struct command command_tablet_list = {
    .name = "tablet.list",
    .route = "GET /api/v1/tablets",
    .role = ROLE_OPERATOR,
    .place = PLACE_ANYWHERE,
    .help = "All paired tablets.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_tablet_add = {
    .name = "tablet.add",
    .route = "POST /api/v1/tablets",
    .role = ROLE_OPERATOR,
    .help = "A link for a tablet of one site, to be shown as a QR code; good once, for 10 minutes.",
    FIELDS(add_fields),
    .args_size = sizeof(struct tablet_args),
    .run = run_add,
};

const struct command command_tablet_people = {
    .name = "tablet.people",
    .route = "GET /api/v1/tablets/people",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "On a tablet: who may say by PIN that it is them.",
    .run = run_people,
};

const struct command command_tablet_remove = {
    .name = "tablet.remove",
    .route = "DELETE /api/v1/tablets/{id}",
    .role = ROLE_OPERATOR,
    .place = PLACE_ANYWHERE,
    .help = "Forget a tablet, at once.",
    .current = current,
    .run = run_remove,
};

const struct command command_pairing = {
    .name = "pairing",
    .route = "POST /api/v1/pairing",
    .role = ROLE_ANYONE,
    .help = "Make this browser a tablet of the site whose code it shows: sets its cookie.",
    FIELDS(pair_fields),
    .args_size = sizeof(struct tablet_args),
    .run = run_pair,
};
