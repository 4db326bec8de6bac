/* SPDX-License-Identifier: Apache-2.0 */
/* What happened lately. */
#include <string.h>

#include "noun_json.h"
#include "rows.h"

struct log_args {
    int64_t after, limit;
    char machine[ID_SIZE];
};

static const struct json_field fields[] = {
    {.name = "after",
     .type = JSON_INTEGER,
     .offset = offsetof(struct log_args, after),
     .min = 0,
     .max = 9e15,
     .preset = "0",
     .help = "only rows after this one: the `next` of the last list"},
    {.name = "limit",
     .type = JSON_INTEGER,
     .offset = offsetof(struct log_args, limit),
     .min = 1,
     .max = CHRONICLE_ROWS,
     .preset = "100",
     .help = "at most so many, the newest"},
    {.name = "machine",
     .type = JSON_STRING,
     .offset = offsetof(struct log_args, machine),
     .size = ID_SIZE,
     .help = "only about this machine"},
};

/* The seq from which at most `limit` rows match, counted back from the newest. */
static uint64_t first_row(const struct chronicle *chronicle, const struct log_args *args)
{
    uint64_t seq = chronicle->last;
    int64_t left = args->limit;

    for (; seq > (uint64_t)args->after; seq--) {
        const struct chronicle_row *row = chronicle_row(chronicle, seq);

        if (row == NULL)
            break;
        if (*args->machine != '\0' && strcmp(row->machine, args->machine) != 0)
            continue;
        if (left-- == 0)
            break;
    }
    return seq + 1;
}

static void run_log(struct office *office, const struct call *call, struct answer *answer)
{
    const struct log_args *args = call->args;
    const struct chronicle *chronicle = &office->chronicle;
    cJSON *items;
    cJSON *list = list_to_json(&items);

    for (uint64_t seq = first_row(chronicle, args); seq <= chronicle->last; seq++) {
        const struct chronicle_row *row = chronicle_row(chronicle, seq);

        if (row != NULL && (*args->machine == '\0' || strcmp(row->machine, args->machine) == 0))
            cJSON_AddItemToArray(items, chronicle_to_json(row));
    }
    cJSON_ReplaceItemInObjectCaseSensitive(list, "next",
                                           cJSON_CreateNumber((double)chronicle->last));
    answer_json(answer, list);
}

const struct command command_log = {
    .name = "log",
    .route = "GET /api/v1/log",
    .role = ROLE_VIEWER,
    .help = "What happened since the start of the daemon, at most 1000 facts.",
    FIELDS(fields),
    .args_size = sizeof(struct log_args),
    .run = run_log,
};
