/* SPDX-License-Identifier: Apache-2.0 */
/* The audit log, and whether somebody has had a hand in it. Read on the pool. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "noun_json.h"
#include "paging.h"
#include "people/audit.h"
#include "rows.h"
#include "store/store.h"

struct audit_args {
    struct paging_args page;
    char who[64];
    char command[48];
};

static const struct json_field fields[] = {
    PAGING_OLDER(struct audit_args, page, 1000, "100"),
    {.name = "who",
     .type = JSON_STRING,
     .offset = offsetof(struct audit_args, who),
     .size = 64,
     .help = "only what this one did"},
    {.name = "command",
     .type = JSON_STRING,
     .offset = offsetof(struct audit_args, command),
     .size = 48,
     .help = "only this command: machine.unlock"},
};

struct audit_read {
    struct store_work work; /* first */
    struct answer *answer;
    struct audit_args args;
    struct paging paging;
    struct audit_check check;
};

static enum err add_row(void *context, const struct audit_row *row)
{
    struct audit_read *read = context;
    cJSON *item = paging_takes(&read->paging, row->seq) ? cJSON_CreateObject() : NULL;

    if (item == NULL)
        return ERR_OK;
    cJSON_AddNumberToObject(item, "seq", (double)row->seq);
    json_add_time(item, "at", row->at_ms);
    json_add_text(item, "who", row->who);
    json_add_text(item, "via", row->via);
    json_add_text(item, "address", row->address);
    json_add_text(item, "command", row->command);
    json_add_text(item, "object", row->object);
    json_add_text(item, "site", row->site);
    cJSON_AddNumberToObject(item, "status", (double)row->status);
    json_add_text(item, "outcome", row->outcome);
    json_add_text(item, "detail", row->detail);
    json_add_text(item, "hash", row->hash);
    return cJSON_AddItemToArray(read->paging.items, item) ? ERR_OK : ERR_NO_MEMORY;
}

static enum err list_apply(struct store_work *work, struct db *db)
{
    struct audit_read *read = (struct audit_read *)(void *)work;
    const struct audit_page page = {read->args.page.from > 0 ? read->args.page.from : INT64_MAX,
                                    read->args.page.limit + 1, read->args.who, read->args.command};

    return store_audit_page(db, &page, add_row, read);
}

static void list_done(struct store_work *work, enum err err, const char *text)
{
    struct audit_read *read = (struct audit_read *)(void *)work;

    if (err != ERR_OK) {
        cJSON_Delete(paging_end(&read->paging));
        answer_fail(read->answer, err, "%s", text);
    } else {
        answer_json(read->answer, paging_end(&read->paging));
    }
    free(read);
}

static enum err verify_apply(struct store_work *work, struct db *db)
{
    return store_audit_verify(db, &((struct audit_read *)(void *)work)->check);
}

static void verify_done(struct store_work *work, enum err err, const char *text)
{
    struct audit_read *read = (struct audit_read *)(void *)work;
    const struct audit_check *check = &read->check;
    char words[200];
    cJSON *body;

    if (err != ERR_OK) {
        answer_fail(read->answer, err, "%s", text);
        free(read);
        return;
    }
    audit_words(check, words, sizeof words);
    body = cJSON_CreateObject();
    cJSON_AddBoolToObject(body, "ok", audit_good(check));
    cJSON_AddNumberToObject(body, "rows", (double)check->rows);
    cJSON_AddStringToObject(body, "head", check->head);
    if (check->broken != 0)
        cJSON_AddNumberToObject(body, "broken", (double)check->broken);
    else
        cJSON_AddNullToObject(body, "broken");
    if (check->wanted_at != 0)
        cJSON_AddNumberToObject(body, "head_at", (double)check->wanted_at);
    else
        cJSON_AddNullToObject(body, "head_at");
    cJSON_AddStringToObject(body, "message", words);
    answer_json(read->answer, body);
    free(read);
}

/* NULL: no memory, and the answer was given. */
static struct audit_read *begin(struct answer *answer)
{
    struct audit_read *read = calloc(1, sizeof *read);

    if (read == NULL)
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
    else
        read->answer = answer;
    return read;
}

static void run_list(struct office *office, const struct call *call, struct answer *answer)
{
    struct audit_read *read = begin(answer);

    if (read == NULL)
        return;
    memcpy(&read->args, call->args, sizeof read->args);
    paging_begin(&read->paging, 0, read->args.page.limit);
    read->work.apply = list_apply;
    read->work.done = list_done;
    store_read(queue_store(office->queue), &read->work);
}

struct verify_args {
    char head[HASH_TEXT_SIZE];
};

static const struct json_field verify_fields[] = {
    {.name = "head",
     .type = JSON_STRING,
     .offset = offsetof(struct verify_args, head),
     .size = HASH_TEXT_SIZE,
     .help = "a head noted earlier, or its first 16 digits at least: is it still in the log?"},
};

static void run_verify(struct office *office, const struct call *call, struct answer *answer)
{
    const struct verify_args *args = call->args;
    size_t n = strlen(args->head);
    struct audit_read *read;

    if (n > 0 && (n < 16 || strspn(args->head, "0123456789abcdef") != n)) {
        answer_fault(answer, ERR_INVALID, "head", "\"head\" must be 16 to 64 digits 0-9 a-f", NULL);
        return;
    }
    read = begin(answer);
    if (read == NULL)
        return;
    memcpy(read->check.wanted, args->head, sizeof read->check.wanted);
    read->work.apply = verify_apply;
    read->work.done = verify_done;
    store_read(queue_store(office->queue), &read->work);
}

const struct command command_audit_list = {
    .name = "audit.list",
    .route = "GET /api/v1/audit",
    .role = ROLE_ADMIN,
    .help = "Who did what, from where, on what, with what outcome; newest first.",
    FIELDS(fields),
    .args_size = sizeof(struct audit_args),
    .run = run_list,
};

const struct command command_audit_verify = {
    .name = "audit.verify",
    .route = "GET /api/v1/audit/verify",
    .role = ROLE_ADMIN,
    .help = "Compute the whole chain anew: does each row follow from the one before?",
    FIELDS(verify_fields),
    .args_size = sizeof(struct verify_args),
    .run = run_verify,
};
