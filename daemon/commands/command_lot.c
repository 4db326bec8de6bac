/* SPDX-License-Identifier: Apache-2.0 */
/* Lots: what is loaded on a machine, and what became of what was made of it. */
#include <string.h>

#include "block_json.h"
#include "noun_json.h"
#include "production/story.h"
#include "queue/load.h"
#include "rows.h"

/* ---- the story of a lot ---- */

static void add_making(cJSON *item, const struct lot_row *row)
{
    if (row->event != LOT_MADE)
        return;
    cJSON_AddNumberToObject(item, "run", (double)row->run);
    cJSON_AddStringToObject(item, "machine", row->machine);
    cJSON_AddStringToObject(item, "program", row->sha256);
    json_add_text(item, "program_name", row->program);
    json_add_text(item, "material_lot", row->material);
}

static void add_maker(cJSON *item, const struct lot_row *row)
{
    if (row->event != LOT_RECEIVED || row->origin[0] == '\0')
        return;
    json_add_text(item, "maker", row->origin);
    cJSON_AddNumberToObject(item, "declaration", (double)row->declaration);
}

static cJSON *row_to_json(const struct lot_row *row)
{
    static const unsigned says_why = 1u << LOT_SHIPPED | 1u << LOT_DISCARDED | 1u << LOT_RECEIVED |
                                     1u << LOT_STEPPED | 1u << LOT_BLOCKED | 1u << LOT_RELEASED;
    cJSON *item = cJSON_CreateObject();

    json_add_text(item, "lot", row->lot);
    cJSON_AddStringToObject(item, "item", row->item);
    cJSON_AddStringToObject(item, "site", row->site);
    cJSON_AddNumberToObject(item, "quantity", (double)row->qty);
    if (row->event == LOT_WENT_INTO || row->event == LOT_CAME_FROM)
        json_add_text(item, "kit_lot", row->kit_lot);
    if (row->event == LOT_IN_STOCK)
        return item;
    json_add_time(item, "at", row->at_ms);
    json_add_text(item, "by", row->by);
    if ((says_why >> row->event & 1) != 0)
        json_add_text(item, "reason", row->reason);
    if (row->event == LOT_STEPPED)
        cJSON_AddStringToObject(item, "step", row->step);
    add_maker(item, row);
    add_making(item, row);
    return item;
}

static void on_story(void *context, enum err err, const char *text, const struct lot_row *rows,
                     size_t count)
{
    struct answer *answer = context;
    cJSON *body, *lists[LOT_EVENTS];

    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", text);
        return;
    }
    body = cJSON_CreateObject();
    for (int event = 0; event < LOT_EVENTS; event++)
        lists[event] = cJSON_AddArrayToObject(body, lot_event_name((enum lot_event)event));
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(lists[rows[i].event], row_to_json(&rows[i]));
    cJSON_AddItemToObject(body, "blocked", blocked_among_to_json(answer->office, rows, count));
    answer_json(answer, body);
}

static void run_show(struct office *office, const struct call *call, struct answer *answer)
{
    story_read(queue_store(office->queue), call->id, on_story, answer);
}

const struct command command_lot_show = {
    .name = "lot.show",
    .route = "GET /api/v1/lots/{id}",
    .role = ROLE_VIEWER,
    .help =
        "The story of a lot, of pieces, kits, goods bought, or a spool: who made it on which "
        "machine with which program and material, what it went into, who did which step of work "
        "by hand on it, where its pieces are, and to whom they were given. For a recall.",
    .run = run_show,
};

/* ---- what is loaded ---- */

struct load_args {
    char material[32];
    char lot[64];
};

static const struct json_field load_fields[] = {
    {.name = "material",
     .type = JSON_STRING,
     .offset = offsetof(struct load_args, material),
     .size = 32,
     .help = "PETG, PLA, …; absent: the one the config names"},
    {.name = "lot",
     .type = JSON_STRING,
     .offset = offsetof(struct load_args, lot),
     .size = 64,
     .help = "of the spool or the sheets, as its label says"},
};

static void on_loaded(void *context, enum err err, const char *text, int64_t id)
{
    (void)id;
    answer_act(context, err, text, (struct answer_done){200, 0});
}

static void run_load(struct office *office, const struct call *call, struct answer *answer)
{
    const struct load_args *args = call->args;
    struct load load = {.machine = ""};

    snprintf(load.machine, sizeof load.machine, "%s", call->id);
    snprintf(load.by, sizeof load.by, "%s", call->by);
    memcpy(load.material, args->material, sizeof load.material);
    memcpy(load.lot, args->lot, sizeof load.lot);
    queue_load(office->queue, &load, on_loaded, answer);
}

const struct command command_machine_load = {
    .name = "machine.load",
    .route = "POST /api/v1/machines/{id}/load",
    .role = ROLE_OPERATOR,
    .help = "Say what material is loaded, and of which lot.",
    FIELDS(load_fields),
    .args_size = sizeof(struct load_args),
    .current = machine_current,
    .run = run_load,
};
