/* SPDX-License-Identifier: Apache-2.0 */
/* The last batches of work by hand, for those who want to take one back. */
#include <string.h>

#include "noun_json.h"
#include "production/batches.h"
#include "production/hand_work.h"
#include "rows.h"
#include "step_json.h"

static const struct json_field fields[] = {
    JSON_TEXT_ROW(struct batches_query, site, "only this site"),
    {.name = "limit",
     .type = JSON_INTEGER,
     .offset = offsetof(struct batches_query, limit),
     .min = 1,
     .max = BATCHES_MAX,
     .preset = "20",
     .help = "at most so many"},
};

static const struct config_step *find_step(const struct config *config, const struct batch_row *row)
{
    struct hand_steps steps = hand_steps(config, row->item);

    for (size_t k = 0; k < steps.count; k++)
        if (strcmp(steps.items[k].id, row->step) == 0)
            return &steps.items[k];
    return NULL;
}

static cJSON *row_to_json(const struct config *config, const struct batch_row *row)
{
    cJSON *item = cJSON_CreateObject();
    const char *what = config_product(config, row->item) != NULL ? "product" : "part";

    json_add_time(item, "at", row->at_ms);
    cJSON_AddStringToObject(item, "site", row->site);
    cJSON_AddStringToObject(item, what, row->item);
    json_add_text(item, "lot", row->lot);
    cJSON_AddStringToObject(item, "step", row->step);
    cJSON_AddItemToObject(item, "name", step_name_to_json(find_step(config, row)));
    json_add_text(item, "by", row->by);
    cJSON_AddNumberToObject(item, "quantity", (double)row->quantity);
    cJSON_AddNumberToObject(item, "scrap", (double)row->scrap);
    cJSON_AddNumberToObject(item, "left", (double)row->left);
    cJSON_AddNumberToObject(item, "left_scrap", (double)row->left_scrap);
    json_add_text(item, "note", row->note);
    json_add_text(item, "reason", row->reason);
    return item;
}

static void on_read(void *context, enum err err, const char *text, const struct batch_row *rows,
                    size_t count)
{
    struct answer *answer = context;
    cJSON *items, *list;

    if (err != ERR_OK) {
        answer_fail(answer, err, "%s", text);
        return;
    }
    list = list_to_json(&items);
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(items, row_to_json(answer->office->config, &rows[i]));
    answer_json(answer, list);
}

static void run(struct office *office, const struct call *call, struct answer *answer)
{
    const struct batches_query *query = call->args;

    if (*query->site != '\0' && config_site(office->config, query->site) == NULL)
        answer_fault(answer, ERR_INVALID, "site", "no such site in the config", NULL);
    else
        batches_read(queue_store(office->queue), query, on_read, answer);
}

const struct command command_step_batches = {
    .name = "step.batches",
    .route = "GET /api/v1/steps/batches",
    .role = ROLE_VIEWER,
    .help =
        "The last batches of work by hand, newest first: who counted how many of which lot, and "
        "what of it has not been taken back.",
    FIELDS(fields),
    .args_size = sizeof(struct batches_query),
    .run = run,
};
