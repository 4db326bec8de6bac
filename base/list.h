/* SPDX-License-Identifier: Apache-2.0 */
/* An intrusive doubly linked list: the node lives in the struct that is listed. */
#ifndef USINE_BASE_LIST_H
#define USINE_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
    struct list *prev, *next; /* a head points at itself when empty */
};

#define list_entry(node, type, member) ((type *)(void *)((char *)(node)-offsetof(type, member)))

static inline void list_init(struct list *head)
{
    head->prev = head->next = head;
}

static inline bool list_empty(const struct list *head)
{
    return head->next == head;
}

/* Appends node at the end. */
static inline void list_add(struct list *head, struct list *node)
{
    node->prev = head->prev;
    node->next = head;
    head->prev->next = node;
    head->prev = node;
}

/* Takes node out of whatever list it is in; it may then be listed again. */
static inline void list_remove(struct list *node)
{
    node->prev->next = node->next;
    node->next->prev = node->prev;
    node->prev = node->next = node;
}

/* Takes the first node out, or returns NULL. */
static inline struct list *list_take(struct list *head)
{
    struct list *node = head->next;

    if (node == head)
        return NULL;
    list_remove(node);
    return node;
}

/* Moves all nodes of `from` to the end of `to`; `from` is empty afterwards. */
static inline void list_move(struct list *to, struct list *from)
{
    struct list *node;

    while ((node = list_take(from)) != NULL)
        list_add(to, node);
}

#endif
