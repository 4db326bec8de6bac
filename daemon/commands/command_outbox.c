/* SPDX-License-Identifier: Apache-2.0 */
/* The messages on their way to people, and those that arrived or were given up lately. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "notices/address.h"
#include "notices/message.h"
#include "noun_json.h"
#include "paging.h"
#include "people/person.h"
#include "rows.h"
#include "store/store.h"
#include "store/store_outbox.h"

enum { OUTBOX_MOST = 200 };

struct outbox_args {
    char state[8];
    struct paging_args page;
};

static const struct json_field outbox_fields[] = {
    {.name = "state",
     .type = JSON_STRING,
     .offset = offsetof(struct outbox_args, state),
     .size = 8,
     .words = "waiting sent failed",
     .help = "only these; without: all"},
    PAGING_OLDER(struct outbox_args, page, OUTBOX_MOST, "50"),
};

static const char *const states[] = {"waiting", "sent", "failed"};

struct reading {
    struct store_work work; /* first */
    struct answer *answer;  /* borrowed until it is ended */
    struct outbox_range range;
    char language[8];
    int64_t waiting, failed;
    int64_t persons[OUTBOX_MOST]; /* of the items, in order */
    size_t count;
    struct paging paging;
};

static enum err add_row(void *context, const struct outbox_row *row)
{
    struct reading *reading = context;
    struct message_reader reader = {.language = reading->language, .url = ""};
    struct message_text *text = calloc(1, sizeof *text);
    char title[MESSAGE_TITLE_SIZE], shown[NOTICE_ADDRESS_SIZE];
    cJSON *item = cJSON_CreateObject();

    if (text == NULL || item == NULL) {
        free(text);
        cJSON_Delete(item);
        return ERR_NO_MEMORY;
    }
    text->kind = (enum notice_kind)row->kind;
    message_parse(text, row->items);
    message_title(text, &reader, title);
    free(text);
    snprintf(shown, sizeof shown, "%s", row->address);
    if (row->channel != CHANNEL_MAIL)
        address_web_shown(row->address, shown, sizeof shown);
    cJSON_AddNumberToObject(item, "id", (double)row->id);
    cJSON_AddStringToObject(item, "kind", notice_kind_name((enum notice_kind)row->kind));
    cJSON_AddStringToObject(item, "channel",
                            notice_channel_name((enum notice_channel)row->channel));
    cJSON_AddStringToObject(item, "address", shown);
    json_add_text(item, "title", title);
    json_add_time(item, "made", row->made_ms);
    json_add_time(item, "due", row->state == OUTBOX_WAITING ? row->due_ms : 0);
    cJSON_AddNumberToObject(item, "tries", (double)row->tries);
    cJSON_AddStringToObject(item, "state", states[row->state]);
    json_add_text(item, "error", row->error);
    json_add_time(item, "sent", row->state == OUTBOX_SENT ? row->ended_ms : 0);
    cJSON_AddItemToArray(reading->paging.items, item);
    reading->persons[reading->count++] = row->person;
    return ERR_OK;
}

static enum err take_row(void *context, const struct outbox_row *row)
{
    struct reading *reading = context;

    return paging_takes(&reading->paging, row->id) ? add_row(context, row) : ERR_OK;
}

static enum err apply(struct store_work *work, struct db *db)
{
    struct reading *reading = (struct reading *)(void *)work;
    enum err err;

    paging_begin(&reading->paging, 0, reading->range.limit - 1);
    err = store_outbox_list(db, &reading->range, take_row, reading);
    if (err == ERR_OK)
        err = store_outbox_count(db, OUTBOX_WAITING, &reading->waiting);
    if (err == ERR_OK)
        err = store_outbox_count(db, OUTBOX_FAILED, &reading->failed);
    return err;
}

static const char *login_of(const struct people *people, int64_t id)
{
    const struct person *person = person_first(people);

    while (person != NULL && person->id != id)
        person = person_next(people, person);
    return person != NULL ? person->login : "";
}

static void on_read(struct store_work *work, enum err err, const char *text)
{
    struct reading *reading = (struct reading *)(void *)work;
    cJSON *item, *counts, *list = paging_end(&reading->paging);
    size_t i = 0;

    if (err != ERR_OK) {
        cJSON_Delete(list);
        answer_fail(reading->answer, err, "%s", text);
        free(reading);
        return;
    }
    cJSON_ArrayForEach(item, reading->paging.items) cJSON_AddStringToObject(
        item, "person", login_of(reading->answer->office->people, reading->persons[i++]));
    counts = cJSON_AddObjectToObject(list, "counts");
    cJSON_AddNumberToObject(counts, "waiting", (double)reading->waiting);
    cJSON_AddNumberToObject(counts, "failed", (double)reading->failed);
    answer_json(reading->answer, list);
    free(reading);
}

static int64_t state_of(const char *name)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(states[i], name) == 0)
            return i;
    return -1;
}

static void run_outbox(struct office *office, const struct call *call, struct answer *answer)
{
    const struct outbox_args *args = call->args;
    struct reading *reading = calloc(1, sizeof *reading);

    if (reading == NULL) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return;
    }
    reading->answer = answer;
    reading->range =
        (struct outbox_range){.before = args->page.from > 0 ? args->page.from : INT64_MAX,
                              .state = state_of(args->state),
                              .limit = args->page.limit + 1};
    snprintf(reading->language, sizeof reading->language, "%s", office->config->language);
    reading->work.apply = apply;
    reading->work.done = on_read;
    store_read(queue_store(office->queue), &reading->work);
}

const struct command command_outbox = {
    .name = "outbox",
    .route = "GET /api/v1/outbox",
    .role = ROLE_ADMIN,
    .help = "Messages to people: which wait, which were given up, and why.",
    FIELDS(outbox_fields),
    .args_size = sizeof(struct outbox_args),
    .run = run_outbox,
};
