/* SPDX-License-Identifier: Apache-2.0 */
#include "left.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "request.h"
#include "store/store_machine.h"

struct left {
    struct list node; /* in queue->left */
    char id[ID_SIZE];
    bool word;
    struct condition condition;
};

struct leaving {
    struct note note; /* first */
    struct machine_row row;
};

void left_keep(struct queue *queue, const char *id, const struct condition *condition, bool word)
{
    struct left *left = calloc(1, sizeof *left);

    if (left == NULL) {
        log_error("queue: out of memory: what is known of %s is forgotten", id);
        return;
    }
    snprintf(left->id, sizeof left->id, "%s", id);
    left->condition = *condition;
    left->word = word;
    list_add(&queue->left, &left->node);
}

static enum err leaving_apply(struct store_work *work, struct db *db)
{
    return store_machine_put(db, &((struct leaving *)(void *)work)->row);
}

void left_write(struct queue *queue)
{
    for (struct list *node = queue->left.next; node != &queue->left; node = node->next) {
        struct left *left = list_entry(node, struct left, node);
        struct leaving *leaving =
            left->word ? note_begin(queue, sizeof *leaving, leaving_apply) : NULL;

        if (leaving == NULL)
            continue;
        left->word = false;
        memcpy(leaving->row.id, left->id, sizeof left->id);
        leaving->row.bed = (int64_t)BED_UNCERTAIN;
        note_write(&leaving->note);
    }
}

bool left_back(struct queue *queue, const char *id, struct condition *condition)
{
    for (struct list *node = queue->left.next; node != &queue->left; node = node->next) {
        struct left *left = list_entry(node, struct left, node);

        if (strcmp(left->id, id) != 0)
            continue;
        *condition = left->condition;
        list_remove(&left->node);
        free(left);
        return true;
    }
    return false;
}

void left_free(struct queue *queue)
{
    while (!list_empty(&queue->left))
        free(list_entry(list_take(&queue->left), struct left, node));
}
