/* SPDX-License-Identifier: Apache-2.0 */
/* What happened lately. */
#include <string.h>

#include "noun_json.h"
#include "paging.h"
#include "rows.h"

struct log_args {
    struct paging_args page;
    char machine[ID_SIZE];
};

static const struct json_field fields[] = {
    PAGING_ROW(struct log_args, page, "after",
               "only rows after this one, oldest first: the `next` of the last list"),
    {.name = "limit",
     .type = JSON_INTEGER,
     .offset = offsetof(struct log_args, page.limit),
     .min = 1,
     .max = CHRONICLE_ROWS,
     .preset = "100",
     .help = "at most so many; without \"after\" the newest"},
    {.name = "machine",
     .type = JSON_STRING,
     .offset = offsetof(struct log_args, machine),
     .size = ID_SIZE,
     .help = "only about this machine"},
};

static bool matches(const struct log_args *args, const struct chronicle_row *row)
{
    return *args->machine == '\0' || strcmp(row->machine, args->machine) == 0;
}

/* The seq from which at most `limit` rows match, counted back from the newest; or the oldest there
 * is after `after`. */
static uint64_t first_row(const struct chronicle *chronicle, const struct log_args *args)
{
    uint64_t seq = chronicle->last;
    int64_t left = args->page.from > 0 ? CHRONICLE_ROWS : args->page.limit;

    for (; seq > (uint64_t)args->page.from; seq--) {
        const struct chronicle_row *row = chronicle_row(chronicle, seq);

        if (row == NULL || (matches(args, row) && left-- == 0))
            break;
    }
    return seq + 1;
}

/* The list has no end: "next" is where to go on when more has happened. */
static void run_log(struct office *office, const struct call *call, struct answer *answer)
{
    const struct log_args *args = call->args;
    const struct chronicle *chronicle = &office->chronicle;
    struct paging paging;
    uint64_t next;

    paging_begin(&paging, 0, args->page.limit);
    for (uint64_t seq = first_row(chronicle, args); seq <= chronicle->last; seq++) {
        const struct chronicle_row *row = chronicle_row(chronicle, seq);

        if (row != NULL && matches(args, row) && paging_takes(&paging, (int64_t)seq))
            cJSON_AddItemToArray(paging.items, chronicle_to_json(row));
    }
    next = paging.more ? (uint64_t)paging.last : chronicle->last;
    cJSON_ReplaceItemInObjectCaseSensitive(paging.list, "next", cJSON_CreateNumber((double)next));
    paging.more = false;
    answer_json(answer, paging_end(&paging));
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
