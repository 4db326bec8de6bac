/* SPDX-License-Identifier: Apache-2.0 */
/* What there is, and what people do with it by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"
#include "queue/warehouse.h"
#include "rows.h"
#include "stock_json.h"

struct show_args {
    char site[ID_SIZE];
    bool lots;
};

static const struct json_field show_fields[] = {
    {.name = "site",
     .type = JSON_STRING,
     .offset = offsetof(struct show_args, site),
     .size = ID_SIZE,
     .help = "only this site (and the total)"},
    {.name = "lots",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct show_args, lots),
     .preset = "false",
     .help = "with the lots of each site"},
};

/* Something lies there, whether the config has it or not. */
static bool lies_at(const struct stock *stock, const char *site)
{
    const struct stock_row *row;

    for (size_t i = 0; (row = stock_at(stock, i)) != NULL; i++)
        if (row->qty != 0 && strcmp(row->site, site) == 0)
            return true;
    return false;
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    const struct show_args *args = call->args;

    if (*args->site != '\0' && config_site(office->config, args->site) == NULL &&
        !lies_at(queue_stock(office->queue), args->site))
        answer_fault(answer, ERR_INVALID, "site", "no such site in the config", NULL);
    else
        answer_json(answer, stock_to_json(office, args->site, args->lots));
}

struct goods_args {
    char site[ID_SIZE];
    char part[ID_SIZE], product[ID_SIZE];
    int64_t quantity, order;
    char lot[64];
    char to[ID_SIZE];
    char reason[160];
};

#define SITE                                                                                       \
    {                                                                                              \
        .name = "site", .type = JSON_STRING, .offset = offsetof(struct goods_args, site),          \
        .size = ID_SIZE, .required = true, .min = 1, .help = "where: a site id"                    \
    }
#define PART                                                                                       \
    {                                                                                              \
        .name = "part", .type = JSON_STRING, .offset = offsetof(struct goods_args, part),          \
        .size = ID_SIZE, .help = "what: a part id; or \"product\""                                 \
    }
#define PRODUCT                                                                                    \
    {                                                                                              \
        .name = "product", .type = JSON_STRING, .offset = offsetof(struct goods_args, product),    \
        .size = ID_SIZE, .help = "what: a product id, for finished kits"                           \
    }
#define QUANTITY(least, words)                                                                     \
    {                                                                                              \
        .name = "quantity", .type = JSON_INTEGER, .offset = offsetof(struct goods_args, quantity), \
        .required = true, .min = (least), .max = GOODS_QUANTITY_MAX, .help = (words)               \
    }
#define LOT(words)                                                                                 \
    {                                                                                              \
        .name = "lot", .type = JSON_STRING, .offset = offsetof(struct goods_args, lot),            \
        .size = 64, .help = (words)                                                                \
    }
#define REASON(needed)                                                                             \
    {                                                                                              \
        .name = "reason", .type = JSON_STRING, .offset = offsetof(struct goods_args, reason),      \
        .size = 160, .required = (needed), .min = (needed), .help = "why, for people"              \
    }

static const struct json_field receive_fields[] = {
    SITE, PART, PRODUCT, QUANTITY(1, "pieces that came in"), LOT("their lot"), REASON(false),
};
static const struct json_field move_fields[] = {
    SITE,
    PART,
    PRODUCT,
    QUANTITY(1, "pieces that go"),
    LOT("from this lot; absent: the oldest first"),
    {.name = "to",
     .type = JSON_STRING,
     .offset = offsetof(struct goods_args, to),
     .size = ID_SIZE,
     .required = true,
     .min = 1,
     .help = "the site they go to"},
    REASON(false),
};
static const struct json_field assemble_fields[] = {
    SITE,
    {.name = "product",
     .type = JSON_STRING,
     .offset = offsetof(struct goods_args, product),
     .size = ID_SIZE,
     .help = "the kit; absent: the config's first product"},
    QUANTITY(1, "kits put together"),
    LOT("the lot the kits become"),
    {.name = "order",
     .type = JSON_INTEGER,
     .offset = offsetof(struct goods_args, order),
     .min = 0,
     .max = 9007199254740991.0,
     .preset = "0",
     .help = "the order they are for; 0: the one whose turn it is"},
};
static const struct json_field ship_fields[] = {
    SITE,
    PART,
    PRODUCT,
    QUANTITY(1, "pieces or kits that leave for good"),
    LOT("from this lot; absent: the oldest first"),
    {.name = "for",
     .type = JSON_STRING,
     .offset = offsetof(struct goods_args, reason),
     .size = 160,
     .required = true,
     .min = 1,
     .help = "who is given them"},
};
static const struct json_field discard_fields[] = {
    SITE,
    PART,
    PRODUCT,
    QUANTITY(1, "pieces that are no good after all"),
    LOT("from this lot; absent: the oldest first"),
    REASON(true),
};
static const struct json_field count_fields[] = {
    SITE,
    PART,
    PRODUCT,
    QUANTITY(0, "pieces that are really there"),
    LOT("only this lot; absent: all together"),
    REASON(false),
};

#undef SITE
#undef PART
#undef PRODUCT
#undef QUANTITY
#undef LOT
#undef REASON

/* "part" or "product", but not both; kits are of the first product unless said. False: answered. */
static bool read_item(const struct office *office, const struct goods_args *args,
                      struct goods_ask *ask, struct answer *answer)
{
    const char *item = *args->part != '\0' ? args->part : args->product;

    if (*args->part != '\0' && *args->product != '\0') {
        answer_fault(answer, ERR_INVALID, "product", "give \"part\" or \"product\", not both",
                     NULL);
        return false;
    }
    if (*item == '\0' && ask->kind == GOODS_ASSEMBLE && office->config->product_count > 0)
        item = office->config->products[0].id;
    if (*item == '\0') {
        answer_fault(answer, ERR_INVALID, "part", "say what: \"part\", or \"product\" for kits",
                     NULL);
        return false;
    }
    snprintf(ask->item, sizeof ask->item, "%s", item);
    return true;
}

static void on_handled(void *context, enum err err, const char *text, int64_t id)
{
    struct answer *answer = context;
    struct office *office = answer->office;
    cJSON *body;

    (void)id;
    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", text);
        return;
    }
    chronicle_add(&office->chronicle, "", "", "%s", text);
    body = cJSON_CreateObject();
    json_add_text(body, "message", text);
    cJSON_AddItemToObject(body, "stock", stock_to_json(office, "", false));
    answer_created(answer, body);
}

static void handle(struct office *office, const struct call *call, enum goods_kind kind,
                   struct answer *answer)
{
    const struct goods_args *args = call->args;
    struct goods_ask ask = {.kind = kind, .quantity = args->quantity, .product_order = args->order};

    if (!read_item(office, args, &ask, answer))
        return;
    memcpy(ask.site, args->site, sizeof ask.site);
    memcpy(ask.lot, args->lot, sizeof ask.lot);
    memcpy(ask.to, args->to, sizeof ask.to);
    memcpy(ask.reason, args->reason, sizeof ask.reason);
    snprintf(ask.by, sizeof ask.by, "%s", call->by);
    queue_goods(office->queue, &ask, on_handled, answer);
}

static void run_receive(struct office *office, const struct call *call, struct answer *answer)
{
    handle(office, call, GOODS_RECEIVE, answer);
}

static void run_move(struct office *office, const struct call *call, struct answer *answer)
{
    handle(office, call, GOODS_MOVE, answer);
}

static void run_assemble(struct office *office, const struct call *call, struct answer *answer)
{
    handle(office, call, GOODS_ASSEMBLE, answer);
}

static void run_discard(struct office *office, const struct call *call, struct answer *answer)
{
    handle(office, call, GOODS_DISCARD, answer);
}

static void run_ship(struct office *office, const struct call *call, struct answer *answer)
{
    handle(office, call, GOODS_SHIP, answer);
}

static void run_count(struct office *office, const struct call *call, struct answer *answer)
{
    handle(office, call, GOODS_COUNT, answer);
}

const struct command command_stock_show = {
    .name = "stock.show",
    .route = "GET /api/v1/stock",
    .role = ROLE_VIEWER,
    .help = "What there is, all together and by site, and how many kits it makes.",
    FIELDS(show_fields),
    .args_size = sizeof(struct show_args),
    .run = run_show,
};

const struct command command_stock_receive = {
    .name = "stock.receive",
    .route = "POST /api/v1/stock/receive",
    .role = ROLE_OPERATOR,
    .help = "Book in what was bought, or made by others.",
    FIELDS(receive_fields),
    .args_size = sizeof(struct goods_args),
    .creates = true,
    .run = run_receive,
};

const struct command command_stock_move = {
    .name = "stock.move",
    .route = "POST /api/v1/stock/move",
    .role = ROLE_OPERATOR,
    .help = "Send pieces from a site to another.",
    FIELDS(move_fields),
    .args_size = sizeof(struct goods_args),
    .creates = true,
    .run = run_move,
};

const struct command command_stock_assemble = {
    .name = "stock.assemble",
    .route = "POST /api/v1/stock/assemble",
    .role = ROLE_OPERATOR,
    .help = "Count kits that were put together: their parts leave the stock.",
    FIELDS(assemble_fields),
    .args_size = sizeof(struct goods_args),
    .creates = true,
    .run = run_assemble,
};

const struct command command_stock_discard = {
    .name = "stock.discard",
    .route = "POST /api/v1/stock/discard",
    .role = ROLE_OPERATOR,
    .help = "Throw away pieces or kits that were found bad after they had been counted.",
    FIELDS(discard_fields),
    .args_size = sizeof(struct goods_args),
    .creates = true,
    .run = run_discard,
};

const struct command command_stock_ship = {
    .name = "stock.ship",
    .route = "POST /api/v1/stock/ship",
    .role = ROLE_OPERATOR,
    .help = "Give away goods for good, and say to whom.",
    FIELDS(ship_fields),
    .args_size = sizeof(struct goods_args),
    .creates = true,
    .run = run_ship,
};

const struct command command_stock_count = {
    .name = "stock.count",
    .route = "POST /api/v1/stock/count",
    .role = ROLE_OPERATOR,
    .help = "Take stock: say how many there really are.",
    FIELDS(count_fields),
    .args_size = sizeof(struct goods_args),
    .creates = true,
    .run = run_count,
};
