/* SPDX-License-Identifier: Apache-2.0 */
/* What a maker without a daemon may do by their link: say what they made and where they dropped it,
 * see what became of it, take it back. Nothing of it is stock before the site has received it. */
#include <stdio.h>
#include <string.h>

#include "access.h"
#include "declared_json.h"
#include "noun_json.h"
#include "production/ledger.h"
#include "queue/declaration.h"
#include "rows.h"

enum { SHOWN = 50 };

/* NULL: the answer was given. */
static const struct token *maker(struct office *office, const struct call *call,
                                 struct answer *answer)
{
    struct who who = who_find(office->people, &call->caller->pass);

    if (who.kind == WHO_TOKEN && who.token->kind == TOKEN_MAKER)
        return who.token;
    answer_fail(answer, ERR_REFUSED,
                "only with a declaration link: `usine maker add` makes one for a maker");
    return NULL;
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    const struct token *token = maker(office, call, answer);
    struct declared_asking asking = {.limit = SHOWN};

    if (token == NULL)
        return;
    asking.maker = token->id;
    asking.more = cJSON_CreateObject();
    json_add_text(asking.more, "name", token->name);
    json_add_time(asking.more, "expires", token->expires_ms);
    declared_add_choice(asking.more, office, token);
    cJSON_AddNumberToObject(asking.more, "quantity_max", DECLARED_QUANTITY_MAX);
    cJSON_AddNumberToObject(asking.more, "open_max", DECLARED_OPEN_MAX);
    declared_answer_list(office, &asking, answer);
}

struct declare_args {
    char part[ID_SIZE], site[ID_SIZE];
    int64_t quantity;
    char made[11];
    char material[64];
    char note[256];
    char mark[64];
};

static const struct json_field declare_fields[] = {
    {.name = "part",
     .type = JSON_STRING,
     .offset = offsetof(struct declare_args, part),
     .size = ID_SIZE,
     .required = true,
     .min = 1,
     .help = "what: one of the link's parts"},
    {.name = "quantity",
     .type = JSON_INTEGER,
     .offset = offsetof(struct declare_args, quantity),
     .required = true,
     .min = 1,
     .max = DECLARED_QUANTITY_MAX,
     .help = "good pieces that were made"},
    {.name = "site",
     .type = JSON_STRING,
     .offset = offsetof(struct declare_args, site),
     .size = ID_SIZE,
     .required = true,
     .min = 1,
     .help = "where they were, or will be, dropped: one of the link's sites"},
    JSON_TEXT_ROW(struct declare_args, made, "the day they were made, 2020-04-07; absent: today"),
    JSON_TEXT_ROW(struct declare_args, material, "PETG, PLA, …"),
    JSON_TEXT_ROW(struct declare_args, note, "for who receives them"),
    {.name = "mark",
     .type = JSON_STRING,
     .offset = offsetof(struct declare_args, mark),
     .size = 64,
     .help = "a text of your own for this declaration; the same again declares nothing anew"},
};

static void on_declared(void *context, const struct declared *declared)
{
    struct answer *answer = context;

    if (declared->err == ERR_TOO_MANY)
        answer_too_many(answer, (declared->retry_ms + 999) / 1000, declared->text);
    else if (declared->err != ERR_OK)
        answer_fail(answer, declared->err, "%s", declared->text);
    else
        answer_created(answer, declaration_to_json(declared->row, false));
}

static void run_declare(struct office *office, const struct call *call, struct answer *answer)
{
    const struct declare_args *args = call->args;
    const struct token *token = maker(office, call, answer);
    struct declared_scope scope = {.config = office->config, .now_ms = clock_wall(office->clock)};
    struct declaration_row row = {.quantity = args->quantity};
    char text[GOODS_TEXT_SIZE];
    const char *field;
    enum err err;

    if (token == NULL)
        return;
    scope.parts = token->parts;
    row.maker = token->id;
    row.made_day = args->made[0] != '\0' ? ledger_day_parse(args->made) : ledger_day(scope.now_ms);
    memcpy(row.name, token->name, sizeof row.name);
    memcpy(row.mark, args->mark, sizeof row.mark);
    if (row.mark[0] == '\0')
        secret_make(row.mark); /* any that nobody else uses */
    memcpy(row.site, args->site, sizeof row.site);
    memcpy(row.part, args->part, sizeof row.part);
    memcpy(row.material, args->material, sizeof row.material);
    memcpy(row.note, args->note, sizeof row.note);
    err = declared_check(&scope, &row, &field, text);
    if (err != ERR_OK)
        answer_fault(answer, err, field, text, NULL);
    else if (config_site(office->config, row.site) == NULL)
        answer_fault(answer, ERR_INVALID, "site", "no such site in the config", NULL);
    else
        queue_declare(office->queue, &row, on_declared, answer);
}

static void on_withdrawn(void *context, enum err err, const char *text, int64_t id)
{
    (void)id;
    answer_outcome(context, err, text, text);
}

static void run_withdraw(struct office *office, const struct call *call, struct answer *answer)
{
    const struct token *token = maker(office, call, answer);

    if (token != NULL)
        queue_undeclare(office->queue, command_number(call->id), token->id, on_withdrawn, answer);
}

const struct command command_declare_show = {
    .name = "declare.show",
    .route = "GET /api/v1/declare",
    .role = ROLE_VIEWER,
    .help = "With a declaration link: what it is for, and what became of what you declared.",
    .links = LINK_MAKER,
    .run = run_show,
};

const struct command command_declare = {
    .name = "declare",
    .route = "POST /api/v1/declare",
    .role = ROLE_VIEWER,
    .help = "With a declaration link: say what you made and where you dropped it.",
    FIELDS(declare_fields),
    .args_size = sizeof(struct declare_args),
    .links = LINK_MAKER,
    .run = run_declare,
};

const struct command command_declare_withdraw = {
    .name = "declare.withdraw",
    .route = "DELETE /api/v1/declare/{id}",
    .role = ROLE_VIEWER,
    .place = PLACE_ANYWHERE,
    .help = "With a declaration link: take back what nobody has received yet.",
    .links = LINK_MAKER,
    .run = run_withdraw,
};
