/* SPDX-License-Identifier: Apache-2.0 */
#include "remember.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noun_json.h"

struct remembered_answer {
    struct list node;
    struct remember *owner;        /* borrowed */
    const struct command *command; /* constant */
    char by[64];
    char key[REMEMBER_KEY_MAX + 1];
    char fields[HASH_TEXT_SIZE]; /* hash of id and fields */
    int64_t at_ms;
    int status;  /* 0: under way */
    char *text;  /* owned */
    bool before; /* it was answered in another life of the daemon: the text is a short one */
    int64_t id;  /* then: of what was made; 0: it has none */
};

void remember_init(struct remember *remember)
{
    list_init(&remember->answers);
    remember->count = 0;
}

static void forget(struct remembered_answer *entry)
{
    list_remove(&entry->node);
    entry->owner->count--;
    free(entry->text);
    free(entry);
}

void remember_finish(struct remember *remember)
{
    while (!list_empty(&remember->answers))
        forget(list_entry(remember->answers.next, struct remembered_answer, node));
}

/* Old ones go; one that is under way never does (its answer still points at it). */
static void make_room(struct remember *remember, int64_t now_ms)
{
    struct list *node = remember->answers.next;

    while (node != &remember->answers) {
        struct remembered_answer *entry = list_entry(node, struct remembered_answer, node);

        node = node->next;
        if (entry->status == 0)
            continue;
        if (remember->count < REMEMBER_MAX && now_ms - entry->at_ms < REMEMBER_MS)
            return;
        forget(entry);
    }
}

static enum err hash_fields(const struct asking *asking, char text[HASH_TEXT_SIZE])
{
    struct hash hash;
    char *fields = asking->fields != NULL ? cJSON_PrintUnformatted(asking->fields) : strdup("");
    enum err err = fields != NULL ? hash_begin(&hash) : ERR_NO_MEMORY;

    if (err == ERR_OK) {
        hash_feed(&hash, asking->id, strlen(asking->id) + 1);
        hash_feed(&hash, fields, strlen(fields));
        hash_end(&hash, text);
    }
    free(fields);
    return err;
}

static struct remembered_answer *find(struct remember *remember, const struct command *command,
                                      const struct asking *asking)
{
    for (struct list *n = remember->answers.next; n != &remember->answers; n = n->next) {
        struct remembered_answer *entry = list_entry(n, struct remembered_answer, node);

        if (entry->command == command && strcmp(entry->key, asking->key) == 0 &&
            strcmp(entry->by, asking->by) == 0)
            return entry;
    }
    return NULL;
}

static void repeat(const struct remembered_answer *entry, const char *fields, struct answer *answer)
{
    cJSON *made = NULL;

    if (strcmp(entry->fields, fields) != 0) {
        answer_fail(answer, ERR_INVALID,
                    "this was asked before with other values, and done or refused: look how it "
                    "stands, then "
                    "ask anew (its Idempotency-Key was used with other fields)");
        return;
    }
    if (entry->status == 0) {
        answer_fail(answer, ERR_BUSY,
                    "the first call with this Idempotency-Key is still under way");
        return;
    }
    if (entry->before && entry->command->made != NULL && entry->id != 0)
        made = entry->command->made(answer->office, entry->id);
    if (entry->status < 300)
        answer_created(answer, made != NULL ? made : cJSON_Parse(entry->text));
    else
        answer_fail(answer, ERR_REFUSED, "the first call with this Idempotency-Key was refused: %s",
                    entry->text);
}

/* NULL: no room. */
static struct remembered_answer *add(struct remember *remember, const struct command *command)
{
    struct remembered_answer *entry =
        remember->count < REMEMBER_MAX ? calloc(1, sizeof *entry) : NULL;

    if (entry == NULL)
        return NULL;
    entry->owner = remember;
    entry->command = command;
    list_add(&remember->answers, &entry->node);
    remember->count++;
    return entry;
}

bool remember_begin(struct remember *remember, const struct command *command,
                    const struct asking *asking, int64_t now_ms, struct answer *answer)
{
    struct remembered_answer *entry;
    char fields[HASH_TEXT_SIZE];
    size_t n = strlen(asking->key);

    if (n == 0 || n > REMEMBER_KEY_MAX) {
        answer_fail(answer, ERR_BAD_REQUEST, "Idempotency-Key must be 1 to %d bytes",
                    (int)REMEMBER_KEY_MAX);
        return true;
    }
    make_room(remember, now_ms);
    if (hash_fields(asking, fields) != ERR_OK) {
        answer_fail(answer, ERR_NO_MEMORY, "out of memory: try again");
        return true;
    }
    entry = find(remember, command, asking);
    if (entry != NULL) {
        repeat(entry, fields, answer);
        return true;
    }
    entry = add(remember, command);
    if (entry == NULL) {
        answer_fail(answer, ERR_BUSY, "too many calls under way: try again");
        return true;
    }
    entry->at_ms = now_ms;
    memcpy(entry->key, asking->key, n + 1);
    memcpy(entry->fields, fields, sizeof fields);
    strncpy(entry->by, asking->by, sizeof entry->by - 1);
    answer->remember = entry;
    return false;
}

bool remember_key(const struct answer *answer, struct store_key *key)
{
    const struct remembered_answer *entry = answer->remember;

    if (entry == NULL)
        return false;
    *key = (struct store_key){.at_ms = entry->at_ms};
    snprintf(key->command, sizeof key->command, "%s", entry->command->name);
    memcpy(key->by, entry->by, sizeof key->by);
    memcpy(key->key, entry->key, sizeof key->key);
    memcpy(key->fields, entry->fields, sizeof key->fields);
    return true;
}

static const struct command *command_named(const char *name)
{
    for (const struct command *const *row = command_table; *row != NULL; row++)
        if (strcmp((*row)->name, name) == 0)
            return *row;
    return NULL; /* of another version of the daemon */
}

static char *short_answer(const struct store_key *key)
{
    cJSON *body = cJSON_CreateObject();
    char *text;

    if (key->id != 0)
        cJSON_AddNumberToObject(body, "id", (double)key->id);
    json_add_text(body, "message", key->text);
    text = cJSON_PrintUnformatted(body);
    cJSON_Delete(body);
    return text;
}

static enum err take_in(void *context, const struct store_key *key)
{
    struct remember *remember = context;
    const struct command *command = command_named(key->command);
    struct remembered_answer *entry;

    make_room(remember, key->at_ms);
    entry = command != NULL ? add(remember, command) : NULL;
    if (command == NULL)
        return ERR_OK;
    if (entry == NULL || (entry->text = short_answer(key)) == NULL)
        return ERR_NO_MEMORY;
    entry->before = true;
    entry->status = 201;
    entry->at_ms = key->at_ms;
    entry->id = key->id;
    memcpy(entry->by, key->by, sizeof entry->by);
    memcpy(entry->key, key->key, sizeof entry->key);
    memcpy(entry->fields, key->fields, sizeof entry->fields);
    return ERR_OK;
}

enum err remember_load(struct remember *remember, struct db *db, int64_t now_ms)
{
    return store_key_each(db, now_ms - STORE_KEY_MS, take_in, remember);
}

void remember_answer(struct remembered_answer *entry, const struct answer *answer)
{
    char *text = answer->status < 500 && answer->text != NULL ? strdup(answer->text) : NULL;

    if (text == NULL) {
        forget(entry);
        return;
    }
    entry->status = answer->status;
    entry->text = text;
}
