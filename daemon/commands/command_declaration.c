/* SPDX-License-Identifier: Apache-2.0 */
/* What makers declared, at the site where it was dropped: counted in, or refused. */
#include <stdio.h>
#include <string.h>

#include "declared_json.h"
#include "noun_json.h"
#include "paging.h"
#include "queue/declaration.h"
#include "rows.h"

enum { LIST_MAX = 500 };

struct list_args {
    struct paging_args page;
    char site[ID_SIZE];
    int64_t maker;
    bool all;
};

static const struct json_field list_fields[] = {
    PAGING_OLDER(struct list_args, page, LIST_MAX, "100"),
    JSON_TEXT_ROW(struct list_args, site, "only those dropped at this site"),
    {.name = "maker",
     .type = JSON_INTEGER,
     .offset = offsetof(struct list_args, maker),
     .min = 0,
     .max = 9007199254740991.0,
     .preset = "0",
     .help = "only those of this link"},
    {.name = "all",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct list_args, all),
     .preset = "false",
     .help = "also what has been received, refused or withdrawn"},
};

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    struct declared_asking asking = {.before = args->page.from,
                                     .limit = args->page.limit,
                                     .maker = args->maker,
                                     .waiting = !args->all,
                                     .for_site = true};

    memcpy(asking.site, args->site, sizeof asking.site);
    declared_answer_list(office, &asking, answer);
}

struct receive_args {
    int64_t good, scrap;
    char reason[160];
};

static const struct json_field receive_fields[] = {
    {.name = "good",
     .type = JSON_INTEGER,
     .offset = offsetof(struct receive_args, good),
     .required = true,
     .min = 0,
     .max = GOODS_QUANTITY_MAX,
     .help = "good pieces that are there"},
    {.name = "scrap",
     .type = JSON_INTEGER,
     .offset = offsetof(struct receive_args, scrap),
     .min = 0,
     .max = GOODS_QUANTITY_MAX,
     .preset = "0",
     .help = "pieces that are no good"},
    JSON_TEXT_ROW(struct receive_args, reason,
                  "why there is scrap, or more than was declared; the maker reads it"),
};

static const struct json_field refuse_fields[] = {
    {.name = "reason",
     .type = JSON_STRING,
     .offset = offsetof(struct receive_args, reason),
     .size = 160,
     .required = true,
     .min = 1,
     .help = "why none is taken; the maker reads it"},
};

static void on_received(void *context, enum err err, const char *text, int64_t id)
{
    answer_act(context, err, text, (struct answer_done){201, id});
}

static void receive(struct office *office, const struct call *call, struct answer *answer,
                    bool refuse)
{
    const struct receive_args *args = call->args;
    struct reception reception = {
        .id = command_number(call->id), .refuse = refuse, .good = args->good, .scrap = args->scrap};

    memcpy(reception.reason, args->reason, sizeof reception.reason);
    snprintf(reception.by, sizeof reception.by, "%s", call->by);
    queue_reception(office->queue, &reception, on_received, answer);
}

static void run_receive(struct office *office, const struct call *call, struct answer *answer)
{
    receive(office, call, answer, false);
}

static void run_refuse(struct office *office, const struct call *call, struct answer *answer)
{
    receive(office, call, answer, true);
}

const struct command command_declaration_list = {
    .name = "declaration.list",
    .route = "GET /api/v1/declarations",
    .role = ROLE_OPERATOR,
    .place = PLACE_ANYWHERE,
    .help = "What makers declared and nobody has received yet, newest first.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_declaration_receive = {
    .name = "declaration.receive",
    .route = "POST /api/v1/declarations/{id}/receive",
    .role = ROLE_OPERATOR,
    .help = "Count in what a maker declared: the good pieces become stock, in a lot of their own.",
    FIELDS(receive_fields),
    .args_size = sizeof(struct receive_args),
    .creates = true,
    .run = run_receive,
};

const struct command command_declaration_refuse = {
    .name = "declaration.refuse",
    .route = "POST /api/v1/declarations/{id}/refuse",
    .role = ROLE_OPERATOR,
    .help = "Take nothing of what a maker declared, and say why.",
    FIELDS(refuse_fields),
    .args_size = sizeof(struct receive_args),
    .creates = true,
    .run = run_refuse,
};
