/* SPDX-License-Identifier: Apache-2.0 */
/* Work by hand: what waits for which step, and batches that were done. */
#include <stdio.h>
#include <string.h>

#include "noun_json.h"
#include "production/kits.h"
#include "queue/stepped.h"
#include "queue/warehouse.h"
#include "rows.h"
#include "step_json.h"

/* ---- what waits ---- */

struct list_args {
    char site[ID_SIZE];
    bool all;
};

static const struct json_field list_fields[] = {
    {.name = "site",
     .type = JSON_STRING,
     .offset = offsetof(struct list_args, site),
     .size = ID_SIZE,
     .help = "only this site"},
    {.name = "all",
     .type = JSON_BOOLEAN,
     .offset = offsetof(struct list_args, all),
     .preset = "false",
     .help = "steps for which nothing waits, too"},
};

/* One step of one part or product at one site. */
struct step_place {
    struct hand_view view;
    const struct config_site *site;
    const char *item;
    bool product;
    struct hand_steps steps;
    size_t k;
};

static const char *kind_name(enum hand_kind kind)
{
    static const char *const names[] = {
        [HAND_DEBURR] = "deburr",   [HAND_WASH] = "wash", [HAND_REST] = "rest",
        [HAND_INSPECT] = "inspect", [HAND_PACK] = "pack", [HAND_OTHER] = "other"};

    return names[kind];
}

/* The lots that wait, the oldest first. Returns how many pieces, without those of blocked lots. */
static int64_t add_lots(cJSON *object, const struct step_place *p)
{
    const struct stock_row *row = stock_find(p->view.stock, p->site->id, p->item);
    cJSON *list = cJSON_AddArrayToObject(object, "lots");
    int64_t sum = 0;

    for (size_t i = 0; row != NULL && i < row->lot_count; i++) {
        int64_t at[HAND_STEPS_MAX + 1];
        cJSON *lot;

        hand_spread(&p->view, row, &row->lots[i], at);
        if (at[p->k] == 0)
            continue;
        lot = cJSON_CreateObject();
        json_add_text(lot, "lot", row->lots[i].lot);
        cJSON_AddNumberToObject(lot, "waiting", (double)at[p->k]);
        cJSON_AddItemToArray(list, lot);
        if (blocks_find(p->view.blocks, row->lots[i].lot) != NULL)
            cJSON_AddTrueToObject(lot, "blocked");
        else
            sum += at[p->k];
    }
    return sum;
}

static cJSON *place_to_json(const struct step_place *p)
{
    const struct config_step *step = &p->steps.items[p->k];
    cJSON *object = cJSON_CreateObject();

    cJSON_AddStringToObject(object, "site", p->site->id);
    cJSON_AddStringToObject(object, p->product ? "product" : "part", p->item);
    cJSON_AddStringToObject(object, "step", step->id);
    cJSON_AddItemToObject(object, "name", step_name_to_json(step));
    cJSON_AddStringToObject(object, "kind", kind_name(step->kind));
    cJSON_AddNumberToObject(object, "minutes", step->minutes);
    json_add_text(object, "method", step->method);
    cJSON_AddBoolToObject(object, "gate", step->gate);
    cJSON_AddNumberToObject(object, "waiting", (double)add_lots(object, p));
    return object;
}

static void list_item(cJSON *items, struct step_place *p, bool all)
{
    p->steps = hand_steps(p->view.config, p->item);
    for (p->k = 0; p->k < p->steps.count; p->k++) {
        cJSON *object = place_to_json(p);

        if (all || cJSON_GetArraySize(cJSON_GetObjectItem(object, "lots")) > 0)
            cJSON_AddItemToArray(items, object);
        else
            cJSON_Delete(object);
    }
}

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    const struct list_args *args = call->args;
    const struct config *config = office->config;
    struct step_place p = {.view = queue_hand(office->queue)};
    cJSON *items, *body;

    if (*args->site != '\0' && config_site(config, args->site) == NULL) {
        answer_fault(answer, ERR_INVALID, "site", "no such site in the config", NULL);
        return;
    }
    body = list_to_json(&items);
    for (size_t s = 0; s < config->site_count; s++) {
        p.site = &config->sites[s];
        if (*args->site != '\0' && strcmp(args->site, p.site->id) != 0)
            continue;
        for (size_t i = 0; i < kits_items(config); i++) {
            p.item = kits_item_id(config, i);
            p.product = kits_part(config, i) == NULL;
            list_item(items, &p, args->all);
        }
    }
    answer_json(answer, body);
}

/* ---- what was done ---- */

struct batch_args {
    char site[ID_SIZE];
    char part[ID_SIZE], product[ID_SIZE];
    char step[ID_SIZE];
    int64_t quantity, scrap;
    char lot[64];
    char reason[160];
    char note[160];
};

#define TEXT(member, width, must, words)                                                           \
    {                                                                                              \
        .name = #member, .type = JSON_STRING, .offset = offsetof(struct batch_args, member),       \
        .size = (width), .required = (must), .min = (must), .help = (words)                        \
    }
#define COUNT(member, words)                                                                       \
    {                                                                                              \
        .name = #member, .type = JSON_INTEGER, .offset = offsetof(struct batch_args, member),      \
        .preset = "0", .max = GOODS_QUANTITY_MAX, .help = (words)                                  \
    }
#define WHAT                                                                                       \
    TEXT(site, ID_SIZE, true, "where: a site id"),                                                 \
        TEXT(part, ID_SIZE, false, "what: a part id; or \"product\""),                             \
        TEXT(product, ID_SIZE, false, "what: a product id, for finished kits"),                    \
        TEXT(step, ID_SIZE, true, "the step's id in the config")

static const struct json_field done_fields[] = {
    WHAT,
    COUNT(quantity, "pieces that are done"),
    COUNT(scrap, "pieces found bad at it, and thrown away"),
    TEXT(lot, 64, false, "of this lot; absent: the oldest first"),
    TEXT(reason, 160, false, "why they are scrap; needed with scrap"),
    TEXT(note, 160, false, "how it was done; absent: the method of the config"),
};
static const struct json_field back_fields[] = {
    WHAT,
    COUNT(quantity, "pieces that wait for the step again"),
    COUNT(scrap, "pieces thrown away at it that are good after all"),
    TEXT(lot, 64, false, "their lot; absent: pieces of no lot"),
    TEXT(reason, 160, false, "why; needed with scrap"),
};

#undef TEXT
#undef COUNT
#undef WHAT

static void on_written(void *context, enum err err, const char *text, int64_t id)
{
    (void)id;
    answer_act(context, err, text, (struct answer_done){201, 0});
}

static void handle(struct office *office, const struct call *call, bool back, struct answer *answer)
{
    const struct batch_args *args = call->args;
    struct stepping_ask ask = {.quantity = args->quantity, .scrap = args->scrap};
    const char *item = *args->part != '\0' ? args->part : args->product;

    if ((*args->part != '\0') == (*args->product != '\0')) {
        answer_fault(answer, ERR_INVALID, "part",
                     "say what: \"part\", or \"product\" for kits, not both", NULL);
        return;
    }
    memcpy(ask.site, args->site, sizeof ask.site);
    memcpy(ask.step, args->step, sizeof ask.step);
    memcpy(ask.lot, args->lot, sizeof ask.lot);
    memcpy(ask.reason, args->reason, sizeof ask.reason);
    memcpy(ask.note, args->note, sizeof ask.note);
    snprintf(ask.item, sizeof ask.item, "%s", item);
    snprintf(ask.by, sizeof ask.by, "%s", call->by);
    ask.any_lot = !back && *args->lot == '\0';
    queue_stepped(office->queue, &ask, back, on_written, answer);
}

static void run_done(struct office *office, const struct call *call, struct answer *answer)
{
    handle(office, call, false, answer);
}

static void run_back(struct office *office, const struct call *call, struct answer *answer)
{
    handle(office, call, true, answer);
}

const struct command command_step_list = {
    .name = "step.list",
    .route = "GET /api/v1/steps",
    .role = ROLE_VIEWER,
    .help = "What waits for which step of work by hand, by site, part or product, and lot, the "
            "oldest lot first.",
    FIELDS(list_fields),
    .args_size = sizeof(struct list_args),
    .run = run_list,
};

const struct command command_step_done = {
    .name = "step.done",
    .route = "POST /api/v1/steps",
    .role = ROLE_OPERATOR,
    .help = "Count a batch of work by hand: so many pieces are done, so many were found bad at it.",
    FIELDS(done_fields),
    .args_size = sizeof(struct batch_args),
    .creates = true,
    .run = run_done,
};

const struct command command_step_back = {
    .name = "step.back",
    .route = "POST /api/v1/steps/back",
    .role = ROLE_OPERATOR,
    .help = "Take a batch of work by hand back: its pieces wait for the step again.",
    FIELDS(back_fields),
    .args_size = sizeof(struct batch_args),
    .creates = true,
    .run = run_back,
};
